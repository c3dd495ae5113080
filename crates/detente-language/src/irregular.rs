//! The irregular verbs and nouns of English: a past tense, participle or plural gives its dictionary
//! form.
//!
//! The treebanks have most of them, but not all, and some with errors ("fled" as "flead"); so this
//! closed class is written down whole. Forms that belong to two verbs ("found", "wound", "lay") stand
//! with the verb that a news report means; the other one's regular form ("founded") is not here.
//!
//! # From
//! The irregular verbs listed by Quirk et al. 1985, §3.11-3.20, and Huddleston and Pullum 2002, ch. 18.

/// The dictionary form of an irregular form with its Penn tag, in lower case.
pub(crate) fn base(form: &str, tag: &str) -> Option<&'static str> {
    match tag {
        "VBD" => verb(form, 1).or_else(|| verb(form, 2)),
        "VBN" => verb(form, 2).or_else(|| verb(form, 1)),
        "NNS" => NOUNS.lines().find_map(|line| match line.split_once(' ') {
            Some((plural, singular)) if plural == form => Some(singular),
            _ => None,
        }),
        _ => None,
    }
}

/// The verb that has this form as its past tense (1) or participle (2).
fn verb(form: &str, column: usize) -> Option<&'static str> {
    VERBS.lines().find_map(|line| {
        let mut columns = line.split(' ');
        let base = columns.next()?;
        let forms = columns.nth(column - 1)?;
        forms.split('/').any(|f| f == form).then_some(base)
    })
}

/// Dictionary form, past tense, past participle; a slash between forms of the same use.
const VERBS: &str = "\
abide abode abode
arise arose arisen
awake awoke awoken
be was/were been
bear bore borne/born
beat beat beaten
become became become
befall befell befallen
beget begot/begat begotten
begin began begun
behold beheld beheld
bend bent bent
bereave bereft bereft
beset beset beset
bespeak bespoke bespoken
bet bet bet
betake betook betaken
bid bid/bade bid/bidden
bide bode bided
bind bound bound
bite bit bitten
bleed bled bled
blow blew blown
break broke broken
breed bred bred
bring brought brought
broadcast broadcast broadcast
browbeat browbeat browbeaten
build built built
burn burnt burnt
burst burst burst
buy bought bought
cast cast cast
catch caught caught
choose chose chosen
cleave clove/cleft cloven/cleft
cling clung clung
come came come
cost cost cost
creep crept crept
cut cut cut
deal dealt dealt
dig dug dug
dive dove dived
do did done
draw drew drawn
dream dreamt dreamt
drink drank drunk
drive drove driven
dwell dwelt dwelt
eat ate eaten
fall fell fallen
feed fed fed
feel felt felt
fight fought fought
find found found
flee fled fled
fling flung flung
fly flew flown
forbear forbore forborne
forbid forbade/forbad forbidden
forecast forecast forecast
forego forewent foregone
foresee foresaw foreseen
foretell foretold foretold
forget forgot forgotten
forgive forgave forgiven
forgo forwent forgone
forsake forsook forsaken
forswear forswore forsworn
freeze froze frozen
get got gotten/got
gild gilt gilt
gird girt girt
give gave given
go went gone
grind ground ground
grow grew grown
hamstring hamstrung hamstrung
hang hung hung
have had had
hear heard heard
hew hewed hewn
hide hid hidden
hit hit hit
hold held held
hurt hurt hurt
input input input
inset inset inset
interweave interwove interwoven
keep kept kept
kneel knelt knelt
knit knit knit
know knew known
lay laid laid
lead led led
lean leant leant
leap leapt leapt
learn learnt learnt
leave left left
lend lent lent
let let let
lie lay lain
light lit lit
lose lost lost
make made made
mean meant meant
meet met met
mow mowed mown
offset offset offset
partake partook partaken
pay paid paid
plead pled pled
prove proved proven
put put put
quit quit quit
read read read
rebind rebound rebound
rebuild rebuilt rebuilt
rend rent rent
rid rid rid
ride rode ridden
ring rang rung
rise rose risen
run ran run
saw sawed sawn
say said said
see saw seen
seek sought sought
sell sold sold
send sent sent
set set set
sew sewed sewn
shake shook shaken
shear shore shorn
shed shed shed
shine shone shone
shoe shod shod
shoot shot shot
show showed shown
shred shred shred
shrink shrank shrunk/shrunken
shut shut shut
sing sang sung
sink sank sunk/sunken
sit sat sat
slay slew slain
sleep slept slept
slide slid slid
sling slung slung
slink slunk slunk
slit slit slit
smell smelt smelt
smite smote smitten
sow sowed sown
speak spoke/spake spoken
speed sped sped
spell spelt spelt
spend spent spent
spill spilt spilt
spin spun/span spun
spit spat spat
split split split
spoil spoilt spoilt
spread spread spread
spring sprang sprung
stand stood stood
steal stole stolen
stick stuck stuck
sting stung stung
stink stank stunk
strew strewed strewn
stride strode stridden
strike struck struck/stricken
string strung strung
strive strove striven
swear swore sworn
sweep swept swept
swell swelled swollen
swim swam swum
swing swung swung
take took taken
teach taught taught
tear tore torn
tell told told
think thought thought
thrive throve thriven
throw threw thrown
thrust thrust thrust
tread trod trodden/trod
typeset typeset typeset
upset upset upset
wake woke woken
waylay waylaid waylaid
wear wore worn
weave wove woven
wed wed wed
weep wept wept
wet wet wet
win won won
wind wound wound
wring wrung wrung
write wrote written";

/// Plural, singular.
const NOUNS: &str = "\
addenda addendum
alumni alumnus
analyses analysis
antitheses antithesis
appendices appendix
automata automaton
axes axis
bacteria bacterium
cacti cactus
calves calf
children child
codices codex
crises crisis
criteria criterion
curricula curriculum
diagnoses diagnosis
dice die
elves elf
emphases emphasis
errata erratum
feet foot
foci focus
fungi fungus
geese goose
genera genus
halves half
hooves hoof
hypotheses hypothesis
indices index
knives knife
leaves leaf
lice louse
lives life
loaves loaf
loci locus
matrices matrix
memoranda memorandum
men man
metamorphoses metamorphosis
mice mouse
moratoria moratorium
neuroses neurosis
nuclei nucleus
oases oasis
ova ovum
oxen ox
paralyses paralysis
parentheses parenthesis
penknives penknife
phenomena phenomenon
prognoses prognosis
radii radius
referenda referendum
scarves scarf
schemata schema
selves self
sheaves sheaf
shelves shelf
stimuli stimulus
strata stratum
syllabi syllabus
syntheses synthesis
teeth tooth
theses thesis
thieves thief
ultimata ultimatum
vertices vertex
vortices vortex
wharves wharf
wives wife
wolves wolf
women woman";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_give_their_base() {
        for (form, tag, lemma) in [
            ("fled", "VBD", "flee"),
            ("fled", "VBN", "flee"),
            ("slew", "VBD", "slay"),
            ("shot", "VBN", "shoot"),
            ("lay", "VBD", "lie"),
            ("laid", "VBD", "lay"),
            ("found", "VBN", "find"),
            ("bore", "VBD", "bear"),
            ("driven", "VBN", "drive"),
            ("crises", "NNS", "crisis"),
            ("thieves", "NNS", "thief"),
        ] {
            assert_eq!(base(form, tag), Some(lemma), "{form}");
        }
        assert_eq!(base("founded", "VBN"), None);
        assert_eq!(base("lay", "VB"), None);
    }

    #[test]
    fn each_row_is_whole_and_in_order() {
        for (table, columns) in [(VERBS, 3), (NOUNS, 2)] {
            let rows: Vec<Vec<&str>> = table.lines().map(|l| l.split(' ').collect()).collect();
            for row in &rows {
                assert_eq!(row.len(), columns, "{row:?}");
                let letters = |w: &&str| w.chars().all(|c| c.is_ascii_lowercase() || c == '/');
                assert!(row.iter().all(letters), "{row:?}");
            }
            assert!(rows.windows(2).all(|w| w[0][0] < w[1][0]), "sorted, none twice");
        }
    }
}
