//! The dossier as a PDF, read back: its text, its links, its bookmarks, and that nothing stands outside the margins.

use crate::damage::{HOSTILE, hostile};
use crate::fixture::{kessel, quiet};
use detente_publish::{Block, Citation, Dossier, Line, dossier, pdf};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// A file read back.
pub struct Read {
    file: Document,
    pages: Vec<ObjectId>,
    /// For each font: the letter and the width of each number. All pages have the same fonts.
    fonts: Fonts,
}

type Fonts = BTreeMap<Vec<u8>, BTreeMap<u16, (String, f32)>>;

/// A link: the page it is on, what it says of itself, and the page and height that it leads to.
struct Link {
    page: usize,
    words: String,
    to: usize,
    height: f32,
}

/// Text at a place: from, to, height, all in points from the lower left corner.
struct Stretch {
    from: f32,
    to: f32,
    height: f32,
    words: String,
}

impl Read {
    pub fn of(bytes: &[u8]) -> Read {
        let file = Document::load_mem(bytes).expect("it is a PDF");
        let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
        let mut read = Read { file, pages, fonts: Fonts::new() };
        read.fonts = read.fonts(read.pages[0]);
        read
    }

    fn dict(&self, object: &Object) -> Dictionary {
        let object = match object {
            Object::Reference(id) => self.file.get_object(*id).expect("what is referred to is there"),
            other => other,
        };
        object.as_dict().expect("a dictionary").clone()
    }

    fn fonts(&self, page: ObjectId) -> Fonts {
        let (resources, _) = self.file.get_page_resources(page).expect("resources");
        let fonts = self.dict(resources.expect("a page has resources").get(b"Font").expect("fonts"));
        let font = |font: &Object| {
            let font = self.dict(font);
            let letters = font.get(b"ToUnicode").and_then(Object::as_reference).expect("letters");
            let letters = self.file.get_object(letters).and_then(Object::as_stream).expect("a stream");
            let letters = String::from_utf8(letters.decompressed_content().expect("packed")).expect("text");
            let shapes = self.dict(&font.get(b"DescendantFonts").and_then(Object::as_array).expect("one")[0]);
            let widths = shapes.get(b"W").and_then(Object::as_array).expect("widths");
            let first = widths[0].as_i64().expect("a number");
            let widths =
                widths[1].as_array().expect("widths").iter().map(|w| w.as_float().expect("a number"));
            let widths = (u16::try_from(first).expect("small")..).zip(widths);
            let letters = letters_of(&letters);
            widths.map(|(number, width)| (number, (letters[&number].clone(), width))).collect()
        };
        fonts.iter().map(|(name, object)| (name.clone(), font(object))).collect()
    }

    /// Every stretch of text of a page, in order.
    fn stretches(&self, page: usize) -> Vec<Stretch> {
        let content = self.file.get_page_content(self.pages[page]);
        let content = Content::decode(&content).expect("operations");
        let number = |o: &Object| o.as_float().expect("a number");
        let (mut font, mut size, mut spaced, mut at) = (Vec::new(), 0.0, 0.0, (0.0, 0.0));
        let mut out = Vec::new();
        for one in content.operations {
            match one.operator.as_str() {
                "Tf" => {
                    font = one.operands[0].as_name().expect("a name").to_vec();
                    size = number(&one.operands[1]);
                }
                "Tc" => spaced = number(&one.operands[0]),
                "Td" => at = (number(&one.operands[0]), number(&one.operands[1])),
                "TJ" => {
                    let (mut x, mut words) = (at.0, String::new());
                    for part in one.operands[0].as_array().expect("parts") {
                        let Object::String(bytes, _) = part else {
                            x -= number(part) / 1000.0 * size;
                            continue;
                        };
                        for pair in bytes.chunks(2) {
                            let (letter, width) = &self.fonts[&font][&u16::from_be_bytes([pair[0], pair[1]])];
                            x += width / 1000.0 * size + spaced;
                            words.push_str(letter);
                        }
                    }
                    out.push(Stretch { from: at.0, to: x, height: at.1, words });
                }
                _ => {}
            }
        }
        out
    }

    /// The text of each page without blanks, and without what its head and foot say.
    fn bodies(&self) -> Vec<String> {
        let inside = |s: &Stretch| s.height < 795.0 && s.height > 58.0;
        let body =
            |at: usize| self.stretches(at).iter().filter(|s| inside(s)).map(|s| bare(&s.words)).collect();
        (0..self.pages.len()).map(body).collect()
    }

    fn links(&self) -> Vec<Link> {
        let mut out = Vec::new();
        for (page, id) in self.pages.iter().enumerate() {
            for link in self.file.get_page_annotations(*id).expect("annotations") {
                assert_eq!(link.get(b"Subtype").and_then(Object::as_name).expect("a kind"), b"Link");
                let area: Vec<f32> = floats(link.get(b"Rect").and_then(Object::as_array).expect("an area"));
                assert!(
                    area[0] >= 50.0 && area[2] <= 546.0 && area[1] >= 40.0 && area[3] <= 800.0,
                    "{area:?}"
                );
                let to = link.get(b"Dest").and_then(Object::as_array).expect("a destination");
                let there = to[0].as_reference().expect("a page");
                out.push(Link {
                    page,
                    words: lopdf::decode_text_string(link.get(b"Contents").expect("words")).expect("text"),
                    to: self.pages.iter().position(|p| *p == there).expect("a page of this file"),
                    height: to[3].as_float().expect("a height"),
                });
            }
        }
        out
    }

    /// Titles of bookmarks under one.
    fn bookmarks(&self, under: &Dictionary) -> Vec<(String, Dictionary)> {
        let mut out = Vec::new();
        let mut next = under.get(b"First").ok().cloned();
        while let Some(one) = next {
            let one = self.dict(&one);
            let title = lopdf::decode_text_string(one.get(b"Title").expect("a title")).expect("text");
            next = one.get(b"Next").ok().cloned();
            out.push((title, one));
        }
        out
    }

    fn outline(&self) -> Vec<(String, Dictionary)> {
        let catalog = self.file.catalog().expect("a catalog");
        self.bookmarks(&self.dict(catalog.get(b"Outlines").expect("bookmarks")))
    }

    /// Nothing is written beyond the edges of the text, or over the head or the foot.
    pub fn is_inside_its_margins(&self) {
        for page in 0..self.pages.len() {
            for one in self.stretches(page) {
                assert!(one.from >= 55.9 && one.to <= 540.4, "{} to {}: {}", one.from, one.to, one.words);
                assert!((30.0..=802.0).contains(&one.height), "{}: {}", one.height, one.words);
            }
        }
    }

    /// Every stretch of text belongs to an element that says so.
    fn every_stretch_has_its_element(&self) {
        let catalog = self.file.catalog().expect("a catalog");
        let root = self.dict(catalog.get(b"StructTreeRoot").expect("elements"));
        let tree = self.dict(root.get(b"ParentTree").expect("a tree"));
        let keys = tree.get(b"Nums").and_then(Object::as_array).expect("keys");
        for (page, id) in self.pages.iter().enumerate() {
            let content = Content::decode(&self.file.get_page_content(*id)).expect("operations");
            let marked = content
                .operations
                .iter()
                .filter(|o| o.operator == "BDC" && o.operands[0] != "Artifact".into());
            let owners = keys[2 * page + 1].as_reference().expect("a list");
            let owners = self.file.get_object(owners).and_then(Object::as_array).expect("a list").clone();
            let names = marked.map(|one| {
                let about = one.operands[1].as_dict().expect("what is marked has a number");
                about.get(b"MCID").and_then(Object::as_i64).expect("a number")
            });
            assert!(names.eq(0..i64::try_from(owners.len()).expect("few")), "numbers of stretches");
            for owner in &owners {
                let owner = self.dict(owner);
                assert_eq!(owner.get(b"Type").and_then(Object::as_name).expect("a kind"), b"StructElem");
            }
        }
    }
}

fn floats(all: &[Object]) -> Vec<f32> {
    all.iter().map(|o| o.as_float().expect("a number")).collect()
}

/// "<0001> <0041>" in a list of letters.
fn letters_of(list: &str) -> BTreeMap<u16, String> {
    let hex = |s: &str| s.trim_start_matches('<').trim_end_matches('>').to_string();
    let mut out = BTreeMap::new();
    for line in list.lines().filter(|l| l.starts_with('<') && l.matches('<').count() == 2) {
        let (number, letter) = line.split_once(' ').expect("two of them");
        let Ok(number) = u16::from_str_radix(&hex(number), 16) else { continue };
        let letter = hex(letter);
        let units = (0..letter.len() / 4)
            .map(|at| u16::from_str_radix(&letter[4 * at..4 * at + 4], 16).expect("hex"));
        out.insert(number, String::from_utf16(&units.collect::<Vec<_>>()).expect("a letter"));
    }
    out
}

/// Words without blanks and without signs that show nothing.
fn bare(words: &str) -> String {
    let hidden = |c: char| c.is_control() || matches!(c, '\u{ad}' | '\u{202e}' | '\u{200b}');
    words.chars().filter(|c| !c.is_whitespace() && !hidden(*c)).collect()
}

/// Whether the words stand in the bodies, over the end of a page too.
fn stands(bodies: &str, words: &str) -> bool {
    bodies.contains(&bare(words))
}

fn cited(dossier: &Dossier) -> BTreeMap<(usize, usize), &Citation> {
    dossier.lines().flat_map(Line::citations).map(|c| ((c.report, c.sentence), c)).collect()
}

#[test]
fn it_says_what_the_other_formats_say() {
    let dossier = dossier(&kessel().crisis);
    let read = Read::of(&pdf::render(std::slice::from_ref(&dossier)));
    let all = read.bodies().concat();
    assert!(stands(&all, &dossier.title) && stands(&all, &dossier.dates));
    let summary = dossier.summary.iter();
    let blocks = dossier.sections.iter().flat_map(|s| &s.blocks);
    for line in summary.chain(
        blocks.clone().filter(|b| !matches!(b, Block::Tally(_) | Block::Track(_))).flat_map(Block::lines),
    ) {
        assert!(stands(&all, line.text()), "{} is not in it", line.text());
    }
    let (mut counts, mut steps) = (0, 0);
    for block in blocks {
        match block {
            Block::Tally(tally) => {
                for row in &tally.rows {
                    assert!(stands(&all, &format!("“{}” {}", row.printed, row.said)), "{}", row.printed);
                    counts += 1;
                }
            }
            Block::Track(track) => {
                for step in &track.steps {
                    assert!(
                        stands(&all, step.line.text()) && stands(&all, &step.date),
                        "{}",
                        step.line.text()
                    );
                    steps += 1;
                }
                for answer in &track.answers {
                    let told =
                        format!("Answer of {}{}", answer.party, answer.answer.unwrap_or("not reported"));
                    assert!(stands(&all, &told), "{told}");
                }
            }
            _ => {}
        }
    }
    assert!(counts > 5 && steps > 5, "{counts} counts, {steps} steps");
    for report in &dossier.reports {
        assert!(stands(
            &all,
            &format!("{}. {}, {}", report.number, report.outlet_or_unnamed(), report.dated)
        ));
    }
}

#[test]
fn each_citation_leads_to_its_sentence_and_back() {
    let dossier = dossier(&kessel().crisis);
    let read = Read::of(&pdf::render(std::slice::from_ref(&dossier)));
    let (links, bodies) = (read.links(), read.bodies());
    let cited = cited(&dossier);
    let mut found = BTreeSet::new();
    for ((report, sentence), citation) in &cited {
        let name = format!("Report {report}, sentence {sentence}");
        let there: Vec<&Link> = links.iter().filter(|l| l.words == name).collect();
        assert!(!there.is_empty(), "{name} has no link");
        for link in there {
            let begin: String = bare(&citation.quote).chars().take(24).collect();
            let row = format!("{}{}{begin}", citation.number(), bare(citation.tier_mark().unwrap_or("")));
            assert!(bodies[link.to].contains(&row), "{row} is not on page {}", link.to + 1);
            // The sentence stands a little below the height that the reader is taken to.
            let tops = read.stretches(link.to);
            let label = tops.iter().filter(|s| s.from < 57.0 && s.words.trim() == citation.number());
            let below = label.map(|s| link.height - s.height).find(|d| (0.0..30.0).contains(d));
            assert!(below.is_some(), "{name}: {}", link.height);
            let back = links.iter().filter(|l| l.page == link.to || l.page == link.to + 1);
            assert!(
                back.into_iter().any(|l| l.words == format!("Page {}", link.page + 1) && l.to == link.page)
            );
            found.insert((*report, *sentence));
        }
    }
    assert_eq!(found.len(), cited.len());
    assert!(found.len() > 25, "{}", found.len());
}

#[test]
fn bookmarks_are_the_sections_and_the_reports() {
    let (one, two) = (dossier(&kessel().crisis), dossier(&quiet()));
    let read = Read::of(&pdf::render(std::slice::from_ref(&one)));
    let titles: Vec<String> = read.outline().into_iter().map(|(title, _)| title).collect();
    let mut expected: Vec<&str> = one.sections.iter().map(|s| s.heading).collect();
    expected.push("Reports and cited sentences");
    assert_eq!(titles, expected);
    let reports = read.bookmarks(&read.outline().last().expect("the last one").1);
    assert_eq!(reports.len(), one.reports.len());

    let read = Read::of(&pdf::render(&[one.clone(), two.clone()]));
    let titles: Vec<String> = read.outline().into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, [one.title.as_str(), two.title.as_str()]);
    let all = read.bodies();
    assert!(stands(&all[0], "2 crisis dossiers") && stands(&all[0], &two.title), "{}", all[0]);
    read.every_stretch_has_its_element();
}

#[test]
fn without_a_crisis_it_says_so() {
    let read = Read::of(&pdf::render(&[]));
    assert!(stands(&read.bodies().concat(), "The reports tell of no crisis."));
}

#[test]
fn hostile_words_stay_between_the_margins_and_in_the_text() {
    let mut crisis = hostile(&kessel().crisis);
    crisis.name = format!("{}{}", "w".repeat(900), HOSTILE[8]);
    let mut dossier = dossier(&crisis);
    dossier.reports[0].path = "/تقرير/".repeat(400);
    dossier.reports[0].title = Some("𝔉𝔦𝔤𝔥𝔱 🕊️ e\u{301}\u{200b} 休戦".to_string());
    dossier.reports[0].outlet = None;
    let bytes = pdf::render(std::slice::from_ref(&dossier));
    let read = Read::of(&bytes);
    read.is_inside_its_margins();
    read.every_stretch_has_its_element();
    let all = read.bodies().concat();
    for words in
        [dossier.title.as_str(), "𝔉𝔦𝔤𝔥𝔱🕊é休戦", &dossier.reports[0].path, "</script><svg onload=alert(1)>"]
    {
        assert!(stands(&all, words) || stands(&all, &words.replace('é', "e\u{301}")), "{words}");
    }
    assert!(stands(&all, "An empty box stands for a letter"));
    let plain = Read::of(&pdf::render(&[detente_publish::dossier(&kessel().crisis)])).bodies().concat();
    assert!(!stands(&plain, "An empty box stands for a letter"));
}

#[test]
fn a_sentence_longer_than_a_page_goes_on_on_the_next() {
    let mut dossier = dossier(&kessel().crisis);
    let long = "the ceasefire held and held ".repeat(600);
    dossier.reports[1].title = Some(long.clone());
    let read = Read::of(&pdf::render(&[dossier]));
    assert!(stands(&read.bodies().concat(), &long));
    read.is_inside_its_margins();
}
