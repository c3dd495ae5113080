//! The hard cases of assembling, each with the trap that it holds. Facts and outlets are invented; the codes
//! of countries are only codes.

use super::{has, lacks, told};

/// Weekdays in one report, a calendar date in another, neither with a year: one clash, a day apart.
#[test]
fn a_weekday_chain_is_dated_by_another_reports_calendar_date() {
    let page = told(
        r#"
        report a ? "Example Wire"
          act appeal BRA for THA,KHM by BRA/MFA on ~Monday "called for restraint"
          ACCUSE-allege KHM -> THA on ~Thursday "Cambodia accused Thailand of laying mines"
          ASSAULT KHM/MIL -> THA/MIL on ~Two_days_later at border:5:KHM+THA "Cambodian forces attacked posts along the border"
          ASSAULT-firearms+drone THA/MIL -> KHM/MIL on ~Sunday_morning at border:5:KHM+THA "Thai troops returned fire"
          COERCE-restrict - -> - on ~by_Monday "the crossings remained closed"
        report b ? "Example Post"
          ASSAULT KHM/MIL -> THA/MIL on ~October_12 at border:5:KHM+THA "Cambodian troops mounted an assault on posts along the border"
          ASSAULT THA,KHM on ~last_month "the confrontations of last month"
        report c ? "Example Times"
          ASSAULT THA,KHM on 2025-10 "the deadly clashes of October 2025"
        "#,
    );
    has(&page, "incident ASSAULT occurred KHM/MIL -> THA/MIL on 11-12 October 2025 … origins 2 [a b] part");
    has(&page, "incident ASSAULT-firearms+drone occurred THA/MIL -> KHM/MIL on 12 October 2025");
    has(&page, "incident ACCUSE-allege occurred KHM -> THA on 9 October 2025");
    has(&page, "incident COERCE-restrict occurred - -> - on by 13 October 2025");
    has(&page, "act appeal by BRA/MFA on 13 October 2025");
    has(&page, "differ date … (open): 11 October 2025 [a] | 12 October 2025 [b]");
    has(&page, "report a published 13-15 October 2025");
    has(&page, "report b published November 2025");
    has(&page, "crisis KHM – THA");
}

/// In a war with an attack every day, a lone weekday has no week.
#[test]
fn a_weekday_that_fits_many_weeks_stays_unresolved() {
    let page = told(
        r#"
        report a 2024-03-08 "Example Wire"
          ASSAULT RUS -> UKR on 2024-03-07 at Kharkiv "missiles hit Kharkiv"
        report b 2024-03-15 "Example Post"
          ASSAULT RUS -> UKR on 2024-03-14 at Dnipro "missiles hit Dnipro"
        report c ? "Example Times"
          ASSAULT RUS -> UKR on ~Thursday at Sumy "missiles hit Sumy"
        "#,
    );
    has(&page, "incident ASSAULT occurred RUS -> UKR on Thursday at Sumy");
}

/// 23 by the army and 58 by the enemy; elsewhere "official figures" with no owner.
#[test]
fn dead_by_two_claimants_and_by_a_hidden_one() {
    let page = told(
        r#"
        actor unnamed/officials unnamed
        report a 2024-05-03 "Example Wire"
          ASSAULT ERI/MIL -> ETH/MIL on 2024-05-01 at Zalambessa:1 "troops attacked positions near Zalambessa"
          count killed 23 soldier of ETH/MIL says ETH/MIL here "23 soldiers were killed"
          count killed 200 fighter of ERI/MIL says ETH/MIL claimed here "claimed to have killed 200 fighters"
          count killed 58 soldier of ETH/MIL says ERI here "58 Ethiopian soldiers had died"
        report b 2024-05-06 "Example Post"
          ASSAULT ERI/MIL -> ETH/MIL on 2024-05-01 at Zalambessa:1 "an assault on positions near Zalambessa"
          count killed 200 - of ERI/MIL says unnamed/officials more here "more than 200 fighters were killed"
          count killed 23 soldier of ETH/MIL says unnamed/officials here "lost 23 soldiers"
        "#,
    );
    has(
        &page,
        "tally killed combatant of ETH low 23 best - high 58 contested origins 2: ERI 58 enemy [a]; ETH/MIL 23 own…",
    );
    has(&page, "tally killed combatant of ETH … ETH/MIL 23 own inferred [b]");
    has(&page, "tally killed combatant of ERI low 200 best 200 high 200+ single_claimant origins 1: …");
    has(
        &page,
        "differ provenance Whose count: Killed, ETH (combatants) (compatible): given without an owner [b] | said to be the count of ETH/MIL [a]",
    );
    has(&page, "differ quantity Killed, ETH (combatants) (open): 23 [a b] | 58 [a]");
    has(&page, "differ quantity Killed, ERI (combatants) (compatible): 200 [a] | more than 200 [b]");
    has(
        &page,
        "differ presence The count of ERI: Killed, ETH (combatants) (compatible): 58 [a] | not mentioned [b]",
    );
    has(&page, "gap C102 No count by ERI of its own is reported; the only one is that of ETH/MIL: …");
}

/// An armed group from a country does not count that country's dead as its own.
#[test]
fn a_group_from_a_country_is_not_the_country() {
    let page = told(
        r#"
        actor JNIM group in MLI
        report a 2024-05-03 "Example Wire"
          ASSAULT JNIM -> MLI/MIL on 2024-05-01 at Djibo:1 "fighters attacked a convoy"
          count killed 40 soldier of MLI/MIL says JNIM claimed here "claimed to have killed 40 soldiers"
        "#,
    );
    has(
        &page,
        "tally killed combatant of MLI low 40 best 40 high 40 single_claimant origins 1: JNIM 40 enemy [a]",
    );
    has(&page, "gap C102 No count by MLI of its own");
}

/// A de facto government is the side of the state that it governs; a group with a like name is not.
#[test]
fn a_de_facto_government_stands_for_its_state() {
    let page = told(
        r#"
        actor JUNTA defacto for MMR
        report a 2024-05-03 "Example Wire"
          ASSAULT THA/MIL -> JUNTA on 2024-05-01 at Myawaddy:1 "shells hit Myawaddy"
        report b 2024-05-03 "Example Post"
          ASSAULT THA/MIL -> MMR/MIL on 2024-05-01 at Myawaddy:1 "a shelling of Myawaddy"
        "#,
    );
    has(&page, "crisis MMR – THA (MMR,THA)");
    has(
        &page,
        "incident ASSAULT occurred THA/MIL -> JUNTA,MMR/MIL on 1 May 2024 at Myawaddy corroborated origins 2 [a b]",
    );
}

/// One standing offer, announced three times by two speakers in three rooms; two papers heard one of them.
#[test]
fn three_announcements_of_one_offer() {
    let page = told(
        r#"
        actor person/ana-lima for BRA named "Ana Lima"
        actor person/rui-costa for BRA named "Rui Costa"
        report a ? "Example Wire"
          AGREE BRA -> GUY,VEN willing says person/ana-lima "prepared to help ease tensions"
          act offer BRA for GUY,VEN,SUR willing by person/ana-lima occasion "an event at the Institute of Regional Studies in Georgetown" here "signalled its willingness"
          X-COMMENT-concern BRA says person/ana-lima "concern over the region"
        report b ? "Example Post"
          AGREE BRA -> GUY,VEN offered headline "now Brazil also offers to mediate"
          act offer BRA for GUY,VEN headline here "offers to mediate"
          AGREE BRA -> GUY,VEN offered says person/ana-lima "assistance in facilitating dialogue"
          act offer BRA for GUY,VEN,SUR by person/ana-lima occasion "a session at the Georgetown Institute of Regional Studies" here "offered assistance"
          X-COMMENT-concern BRA says person/ana-lima "deep concern over security"
          act welcome BRA for GUY,VEN by GUY/MFA "welcomed the offer"
        report c ? "Example Times"
          AGREE BRA -> GUY,VEN again willing says person/ana-lima "reiterated its willingness to mediate"
          act offer_repeat BRA for GUY,VEN willing by person/ana-lima occasion "a press briefing at the Brazilian embassy in Georgetown" here "reiterated its willingness"
        report d ? "Example Herald"
          act offer BRA for GUY,VEN by person/rui-costa occasion "a press conference in Brasilia" "formally offered"
        report e ? "Example Star"
          ACCUSE-allege GUY -> VEN "accused Venezuela of a troop build-up"
          ASSAULT VEN -> GUY on 2024-02 "shots across the river"
        "#,
    );
    has(&page, "track BRA for GUY,SUR,VEN welcomed");
    has(&page, "act offer by person/ana-lima on … origins 1 [a b]");
    has(&page, "act offer by person/rui-costa on … origins 1 [d]");
    has(&page, "act offer_repeat by person/ana-lima on … [c]");
    assert_eq!(page.lines().filter(|l| l.starts_with("act offer")).count(), 3, "{page}");
    has(&page, "answer GUY to BRA: welcome single [b]");
    has(&page, "answer VEN to BRA: not reported []");
    has(&page, "answer SUR to BRA: not reported []");
    has(&page, "gap C101 No answer of VEN to the offer of BRA is reported.");
    has(&page, "differ scope Scope: offer of BRA (compatible): GUY and VEN [b c d] | GUY, SUR and VEN [a b]");
    has(&page, "differ occasion Occasion: offer of BRA (compatible): …");
    has(
        &page,
        "differ modality How firm: offer of BRA (compatible): formally offered … [d] | offered … [b] | ready or willing … [a c]",
    );
    has(
        &page,
        "differ presence The answer of GUY/MFA to … (compatible): GUY/MFA: welcomed it [b] | not mentioned [a c d]",
    );
    has(&page, "story same_event [a b]");
    has(&page, "story single [c]");
}

/// The headline names two parties, the text three.
#[test]
fn a_headline_with_a_narrower_scope_is_told_of() {
    let crises = super::crises(&super::builder::readings(
        r#"
        report b ? "Example Post"
          ASSAULT VEN -> GUY on 2024-02 "shots across the river"
          act offer BRA for GUY,VEN headline "offers to mediate"
          act offer BRA for GUY,VEN,SUR "offered assistance"
        "#,
    ));
    let remark = crises[0].disagreements.iter().find_map(|d| d.remark.clone()).expect("a remark");
    assert_eq!(remark, "In Example Post the headline leaves out SUR, the text does not.");
}

/// Fire across a border and strikes on two cities are two things.
#[test]
fn border_fire_and_strikes_on_a_city_stay_apart() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT-firearms+heavy-weapons THA/MIL -> KHM/MIL on 2024-05-01 at border:5:KHM+THA "troops answered with gunfire and artillery"
        report b 2024-05-03 "Example Post"
          ASSAULT THA/MIL -> KHM/MIL on 2024-05-01 at Battambang:1:KHM "strikes on positions in Battambang"
        "#,
    );
    has(&page, "incident ASSAULT-firearms+heavy-weapons … [a]");
    has(&page, "incident ASSAULT occurred … at Battambang … [b]");
}

/// Clashes hold the attacks between their sides; a report that only names the clashes supports no part.
#[test]
fn clashes_are_an_episode_of_attacks() {
    let page = told(
        r#"
        report a 2024-05-06 "Example Wire"
          ASSAULT THA,KHM on 2024-05-01..2024-05-03 "three days of clashes"
          ASSAULT KHM -> THA on 2024-05-01 at border:5:KHM+THA "an attack on posts"
          ASSAULT-aerial THA -> KHM on 2024-05-02 at Battambang:1:KHM "jets struck Battambang"
          ASSAULT THA,KHM recurring "periodic skirmishes"
        report b 2024-05-20 "Example Post"
          ASSAULT THA,KHM on 2024-05 "the deadly clashes of May"
        "#,
    );
    has(
        &page,
        "incident ASSAULT occurred KHM,THA -> - on 1-3 May 2024 corroborated origins 2 [a b] episode of 2",
    );
    has(&page, "incident ASSAULT occurred KHM -> THA on 1 May 2024 at border … [a] part");
    has(&page, "incident ASSAULT-aerial occurred THA -> KHM on 2 May 2024 at Battambang … [a] part");
    has(&page, "incident ASSAULT occurred KHM,THA -> - on no date reported origins 1 [a]");
}

/// A charge and its denial in one report, the charge alone in another, a denial alone in a third.
#[test]
fn charges_meet_their_denials_across_reports() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          charge RWA against COD about "harbouring fighters of a banned group"
          denial COD to RWA about "harbouring fighters" answers
        report b 2024-05-04 "Example Post"
          charge RWA against COD about "sheltering fighters of a banned group"
        report c 2024-05-05 "Example Times"
          denial COD about "sheltering a banned group"
          charge COD against RWA about "violating its airspace"
        "#,
    );
    has(&page, "charge RWA against COD [a b] answers: denial by COD [a c]");
    has(&page, "charge COD against RWA [c] answers: ");
    has(&page, "differ accusation_denial RWA against COD: … (open): charged [a b] | denied [a c]");
    has(&page, "differ presence The denial: RWA against COD… denied by COD [a c] | not mentioned [b]");
    has(&page, "gap C107 No answer of RWA to the charge by COD is reported: violating its airspace.");
}

/// "The second round" without a city, "talks in Doha" without a number, "talks facilitated by" without either.
#[test]
fn a_round_and_a_venue_are_probably_one() {
    let page = told(
        r#"
        report a ? "Example Wire"
          ASSAULT RWA -> COD on 2025-01 "an offensive"
          act facilitate QAT,AGO for RWA,COD "facilitated"
          act collapse QAT,AGO for RWA,COD outcome "without agreement" "collapsed"
        report b ? "Example Post"
          act talks - for RWA,COD at Doha:1:QAT on 2025-03 "talks"
          act collapse - for RWA,COD at Doha:1:QAT on 2025-03 outcome "both sides failed to reach a consensus" "broke down"
        report c ? "Example Times"
          act talks - for RWA,COD round 2 "the second round of discussions"
          act collapse - for RWA,COD round 2 outcome "without meaningful progress" "concluded"
          act withdraw - for RWA,COD by COD "the delegation returned"
          charge COD against RWA about "unrealistic demands"
          act ceasefire_agreed QAT for RWA,COD link at Doha:1:QAT "agree on immediate ceasefire"
        "#,
    );
    has(&page, "track AGO,QAT for COD,RWA collapsed rounds 2 venues Doha");
    has(&page, "act facilitate by - on March 2025 origins 3 [a b c] unsure");
    has(&page, "act collapse by - on March 2025 origins 3 [a b c] unsure");
    has(&page, "act ceasefire_agreed by - on … [c] weak");
    lacks(&page, "track -");
    lacks(&page, "track QAT ");
    has(&page, "gap C108 AGO and QAT: these are probably, not certainly, one step: …");
    has(&page, "gap C103 No report gives the day on which the ceasefire was agreed.");
    has(
        &page,
        "differ cause Why it failed: mediation by AGO and QAT between COD and RWA (open): both sides failed to reach a consensus [b] | unrealistic demands [c] | without agreement [a] | without meaningful progress [c]",
    );
}

/// A ceasefire that is declared and one that is observed are two happenings; an offer is never a deed.
#[test]
fn declared_and_observed_offered_and_done_stay_apart() {
    let page = told(
        r#"
        report a 2024-05-10 "Example Wire"
          ASSAULT SDN/MIL -> RSF on 2024-05-01 at Omdurman:1 "an attack in Omdurman"
          CONCEDE SDN,RSF on 2024-05-08 "agreed to a ceasefire"
          RETREAT-ceasefire SDN,RSF on 2024-05-08 "the ceasefire held"
          CONSULT-third-party SDN,RSF planned on 2024-05-08 at Jeddah:1 "talks are to be held in Jeddah"
        report b 2024-05-10 "Example Post"
          CONCEDE SDN,RSF on 2024-05-08 "declared a ceasefire"
          CONSULT-third-party SDN,RSF on 2024-05-08 at Jeddah:1 "talks were held in Jeddah"
          AGREE SAU -> SDN,RSF offered on 2024-05-08 "offered to host talks"
        "#,
    );
    has(&page, "incident CONCEDE occurred RSF,SDN -> - on 8 May 2024 … [a b]");
    has(&page, "incident RETREAT-ceasefire occurred RSF,SDN -> - on 8 May 2024 … [a]");
    has(&page, "incident CONSULT-third-party planned … [a]");
    has(&page, "incident CONSULT-third-party occurred … [b]");
    has(&page, "incident AGREE offered SAU -> RSF,SDN … [b]");
}

/// Two wars that share outsiders, and a report that names both.
#[test]
fn two_wars_with_the_same_outsiders_are_two_crises() {
    let page = told(
        r#"
        actor HAMAS group
        report a 2024-05-03 "Example Wire"
          ASSAULT RUS -> UKR on 2024-05-01 at Kharkiv:1 "missiles hit Kharkiv"
          act offer QAT for RUS,UKR "offered to host talks"
          SANCTION USA -> RUS "new sanctions"
        report b 2024-05-03 "Example Post"
          ASSAULT ISR -> HAMAS on 2024-05-01 at Rafah:1 "strikes on Rafah"
          act facilitate QAT,USA for ISR,HAMAS at Doha "talks in Doha"
        report c 2024-05-04 "Example Times"
          ASSAULT ISR -> HAMAS on 2024-05-02 at Jabalia:1 headline "strikes on Jabalia"
          ASSAULT RUS -> UKR on 2024-05-01 "as fighting went on in Ukraine"
        report d 2024-05-04 "Example Herald"
          AID JPN -> PER "sent blankets after the flood"
        "#,
    );
    has(&page, "crisis ISR – HAMAS (HAMAS,ISR)");
    has(&page, "crisis RUS – UKR (RUS,UKR)");
    assert_eq!(page.lines().filter(|l| l.starts_with("crisis")).count(), 2, "{page}");
    let hamas = page.split("crisis").find(|c| c.contains("ISR – HAMAS")).unwrap();
    has(hamas, "report b");
    has(hamas, "report c");
    lacks(hamas, "report a");
}

/// The same two states fight twice, years apart.
#[test]
fn half_a_year_of_silence_ends_a_crisis() {
    let page = told(
        r#"
        report a 2019-02-28 "Example Wire"
          ASSAULT-aerial IND -> PAK on 2019-02-26 "jets crossed the line"
        report b 2025-05-08 "Example Post"
          ASSAULT-aerial IND -> PAK on 2025-05-07 "missiles crossed the line"
        report c 2025-05-09 "Example Times"
          ASSAULT PAK -> IND on 2025-05-08 "drones crossed the line"
        "#,
    );
    assert_eq!(page.lines().filter(|l| l.starts_with("crisis")).count(), 2, "{page}");
}

/// Two attackers are named for one attack; one of them is only accused.
#[test]
fn a_contested_perpetrator_is_told_of() {
    let page = told(
        r#"
        actor GROUP group
        report a 2024-05-03 "Example Wire"
          ASSAULT-explosives - -> SYR on 2024-05-01 at Homs:1 "explosions in Homs"
          charge SYR against ISR about "the explosions in Homs" here
        report b 2024-05-03 "Example Post"
          ASSAULT-explosives GROUP -> SYR on 2024-05-01 at Homs:1 "the group set off explosions in Homs"
        report c 2024-05-03 "Example Times"
          ASSAULT ISR -> SYR on 2024-05-02 at Damascus:1 "jets struck Damascus"
        "#,
    );
    has(&page, "incident ASSAULT-explosives occurred GROUP -> SYR on 1 May 2024 at Homs … [a b]");
    has(&page, "differ perpetrator Who did it: … (open): GROUP [a b] | ISR [a]");
}

/// A closed border that nobody is said to have closed keeps its empty actor.
#[test]
fn a_missing_actor_stays_missing() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT THA -> KHM on 2024-05-01 at border:5:KHM+THA "an attack"
          COERCE-restrict - -> - ongoing on 2024-05-03 "the crossings remained closed"
          count stranded ~hundreds person of - here "hundreds of people stranded"
        "#,
    );
    has(&page, "incident COERCE-restrict ongoing - -> - on 3 May 2024");
    has(&page, "gap C106 No report says who did this: The crossings remained closed.");
    has(
        &page,
        "tally stranded of - low - best - high - vague origins 1: - hundreds of people stranded outlet [a]",
    );
}

/// Offices, quotations, spellings.
#[test]
fn names_titles_and_quotations_that_differ() {
    let page = told(
        r#"
        actor person/li-na for CHN named "Li Na"
        report a 2024-05-03 "Example Wire"
          ASSAULT IND -> CHN on 2024-05-01 "a clash"
          act offer TUR=Türkiye for IND,CHN "offered"
          office person/li-na "foreign minister" of CHN
          quote person/li-na "we would not shy away from any role by Peru or Chile in this"
        report b 2024-05-03 "Example Post"
          ASSAULT IND -> CHN on 2024-05-01 "a clash in the hills"
          act offer TUR=Turkey for IND,CHN "offered"
          office person/li-na "foreign ministry spokesperson" of CHN
          quote person/li-na "we would not shy away from any role by Peru in this"
        report c 2024-05-03 "Example Times"
          ASSAULT IND -> CHN on 2024-05-01 "a clash in the mountains"
          quote person/li-na "we would not shy away from any role"
        "#,
    );
    has(
        &page,
        "differ office Office of Li Na (open): foreign minister, CHN [a] | foreign ministry spokesperson, CHN [b]",
    );
    has(&page, "differ spelling Spelling: TUR (compatible): Turkey [b] | Türkiye [a]");
    has(
        &page,
        "differ quote Wording of a quotation of Li Na (open): …Peru in this [b] | …Peru or Chile in this [a]",
    );
    assert_eq!(page.lines().filter(|l| l.starts_with("differ quote")).count(), 1, "{page}");
}

/// A wire story in three outlets is one origin; one of them cut it.
#[test]
fn a_wire_story_in_three_outlets_is_one_origin() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT-aerial ISR -> LBN on 2024-05-01 at Tyre:1 "jets hit Tyre"
          count killed 14 civilian of LBN here "fourteen people died"
        copy a as b 2024-05-03 "Example Post"
        copy a as c 2024-05-04 "Example Times"
        "#,
    );
    has(&page, "story copy [a b c] copies 1");
    has(
        &page,
        "incident ASSAULT-aerial occurred ISR -> LBN on 1 May 2024 at Tyre reported origins 1 [a b c]",
    );
    has(
        &page,
        "tally killed civilian of LBN low 14 best 14 high 14 single_claimant origins 1: - 14 outlet [a b c]",
    );
}

/// A toll that rises from day to day is not a contradiction.
#[test]
fn a_rising_toll_is_change_over_time() {
    let page = told(
        r#"
        report a 2024-05-02 "Example Wire"
          ASSAULT ISR -> LBN on 2024-05-01 at Tyre:1 "jets hit Tyre"
          count killed 5 civilian of LBN says LBN/MOH here "five were killed"
        report b 2024-05-03 "Example Post"
          ASSAULT ISR -> LBN on 2024-05-01 at Tyre:1 "a strike on Tyre"
          count killed 9 civilian of LBN says LBN/MOH here "the toll rose to nine"
        "#,
    );
    has(
        &page,
        "tally killed civilian of LBN low 9 best 9 high 9 single_claimant origins 1: LBN/MOH 5 own [a]; LBN/MOH 9 own [b]",
    );
    has(&page, "differ quantity Killed, LBN (civilians) (change_over_time): 5 [a] | 9 [b]");
}

/// One person under a short and a long key, and under two spellings, is one speaker.
#[test]
fn one_person_under_three_keys_is_one_speaker() {
    let page = told(
        r#"
        actor person/kovalenko for UKR
        actor person/olena-kovalenko for UKR
        actor person/olena-covalenko for UKR
        report a 2024-05-02 "Example Wire"
          ACCUSE-allege person/kovalenko -> RUS on 2024-05-01 "accused Russia of shelling a dam"
        report b 2024-05-02 "Example Post"
          ACCUSE-allege person/olena-kovalenko -> RUS on 2024-05-01 "accused Russia of shelling the dam"
        report c 2024-05-02 "Example Times"
          ACCUSE-allege person/olena-covalenko -> RUS on 2024-05-01 "Russia was accused of shelling a dam"
        report d 2024-05-02 "Example Herald"
          ACCUSE-allege person/olena-kovalenko -> RUS on 2024-05-01 "accused Russia over the dam"
        "#,
    );
    has(
        &page,
        "incident ACCUSE-allege occurred person/olena-kovalenko -> RUS on 1 May 2024 reported origins 1 [a b c d]",
    );
}

/// What lies before the crisis is background, and the crisis does not begin with it.
#[test]
fn what_lies_before_is_background() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT ARM -> AZE on 2024-05-01 "shots at the border"
          COERCE-seize AZE -> ARM historical on 2020 "took land in 2020"
          CONSULT-visit ARM -> RUS on 2022 "a visit in 2022"
        "#,
    );
    has(&page, "incident COERCE-seize historical AZE -> ARM on 2020 … background");
    has(&page, "incident CONSULT-visit occurred ARM -> RUS on 2022 … background");
    has(&page, "crisis ARM – AZE (ARM,AZE) 1 May 2024");
}

/// Two offers named in one breath are not one joint offer; two mediators of one table are.
#[test]
fn joint_mediators_only_where_reports_say_so() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT ARM -> AZE on 2024-05-01 "shots at the border"
          act offer IRN for ARM,AZE "offered"
          act offer GEO for ARM,AZE "offered"
          act offer IRN,GEO for ARM,AZE "the invitation of both"
          act facilitate USA,FRA for ARM,AZE at Paris:1 on 2024-05-02 "mediated"
          act salvage FRA for ARM,AZE "tried to rescue the talks"
          act appeal IRN,CHN for ARM,AZE "called for calm"
        "#,
    );
    has(&page, "track IRN for ARM,AZE offered");
    has(&page, "track GEO for ARM,AZE offered");
    has(&page, "track FRA,USA for ARM,AZE talks rounds 1 venues Paris");
    has(&page, "track CHN,IRN for ARM,AZE appeals_only");
    assert_eq!(page.lines().filter(|l| l.starts_with("track")).count(), 4, "{page}");
    assert_eq!(page.lines().filter(|l| l.starts_with("act offer")).count(), 2, "{page}");
}

/// Nobody mediates: direct talks are a track without mediators.
#[test]
fn direct_talks_are_a_track_without_mediators() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT ARM -> AZE on 2024-05-01 "shots at the border"
          act talks - for ARM,AZE at border:5:ARM+AZE on 2024-05-02 "commanders met at the border"
          act ceasefire_agreed - for ARM,AZE on 2024-05-03 "agreed on a truce"
        "#,
    );
    has(&page, "track - for ARM,AZE ceasefire rounds 1 venues border");
}
