//! Who is a party, who mediates, what is one line of a course: invented reports on real and invented conflicts.

use super::{has, lacks, told};

fn crises(page: &str) -> usize {
    page.lines().filter(|l| l.starts_with("crisis")).count()
}

/// "A truce brokered by Qatar and Turkey", read without its parties, is no crisis of the two.
#[test]
fn mediators_are_no_parties() {
    let page = told(
        r#"
        report a 2024-03-02 "Example Wire"
          ASSAULT ERI/MIL -> ETH/MIL on 2024-03-01 at Zalambessa:1 "Eritrean troops attacked posts near Zalambessa"
          act talks QAT,TUR for ERI,ETH at Doha:1 on 2024-03-05 "talks mediated by Qatar and Turkey"
        report b 2024-03-09 "Example Post"
          act ceasefire_agreed - for QAT,TUR on 2024-03-06 at Doha:1 "a truce brokered by Qatar and Turkey"
          act ceasefire_in_force - for ETH,QAT on 2024-03-08 "the truce has held"
          CONSULT QAT,TUR on 2024-03-06 "mediators met"
          names ERI,ETH,ERI,ETH
        "#,
    );
    assert_eq!(crises(&page), 1, "{page}");
    has(&page, "crisis ERI – ETH (ERI,ETH)");
    has(&page, "track QAT,TUR for ERI,ETH ceasefire");
    has(&page, "act ceasefire_agreed …on 6 March 2024");
    lacks(&page, "answer QAT");
    lacks(&page, "answer TUR");
}

/// Two wars in one folder, a report of which names both sides of one war and tells only its mediators.
#[test]
fn two_wars_stay_two_and_a_report_without_a_dyad_goes_to_the_one_that_it_names() {
    let page = told(
        r#"
        actor M23 group in COD
        report a 2024-03-02 "Example Wire"
          ASSAULT M23 -> COD/MIL on 2024-03-01 at Sake:1 "fighters of the group attacked Sake"
        report b 2024-03-03 "Example Post"
          ASSAULT THA/MIL -> KHM/MIL on 2024-03-02 at Surin:1 "Thai guns shelled posts near Surin"
        report c ? "Example Times"
          act facilitate AGO for - "Angola's efforts"
          names M23,COD,M23,COD,AGO,KHM
        report d 2024-03-04 "Example Mail"
          act offer MYS for THA,KHM "Malaysia offered to host talks"
        "#,
    );
    assert_eq!(crises(&page), 2, "{page}");
    let congo = page.split("crisis").find(|c| c.contains("COD – M23")).expect("a crisis of the two");
    has(congo, "report c");
    lacks(congo, "report d");
    let border = page.split("crisis").find(|c| c.contains("KHM – THA")).expect("a crisis of the two");
    has(border, "report d");
    has(border, "answer KHM to MYS: not reported");
    has(border, "answer THA to MYS: not reported");
}

/// An offer that one party is said to be helped by is an offer in the dispute of two.
#[test]
fn an_offer_to_one_side_is_an_offer_in_the_dispute() {
    let page = told(
        r#"
        report a 2024-03-02 "Example Wire"
          ASSAULT ARM/MIL -> AZE/MIL on 2024-03-01 "Armenian troops fired on posts"
          act offer IRN for AZE by IRN "ready to help with Azerbaijan"
          act welcome IRN by ARM "Yerevan welcomed it"
          act welcome IRN by GBR "London welcomed it"
        "#,
    );
    has(&page, "track IRN for ARM,AZE welcomed");
    has(&page, "answer ARM to IRN: welcome");
    has(&page, "answer AZE to IRN: not reported");
    lacks(&page, "answer GBR");
}

/// Who says that the other side broke the truce has not broken it.
#[test]
fn an_accuser_is_no_violator() {
    let page = told(
        r#"
        report a 2024-03-02 "Example Wire"
          ASSAULT THA/MIL,KHM/MIL on 2024-03-01 "Thai and Cambodian troops fought"
          act ceasefire_agreed MYS for THA,KHM on 2024-03-02 "a truce was agreed"
          ACCUSE-allege THA/MIL -> KHM on 2024-03-03 "the Thai army accused Cambodia of breaking the truce"
          act ceasefire_violated - for THA,KHM by THA/MIL here on 2024-03-03 "accused Cambodia of breaking"
        "#,
    );
    has(&page, "act ceasefire_violated by KHM");
    lacks(&page, "act ceasefire_violated by THA");
}

/// One closure told three times, one attack told in two clauses, a demand: two lines and none.
#[test]
fn a_happening_is_one_line_of_the_course() {
    let page = told(
        r#"
        report a 2024-03-04 "Example Wire"
          ASSAULT-aerial THA/MIL -> KHM on 2024-03-01 at Samraong:1 "Thai jets struck three places near Samraong"
          ASSAULT-aerial THA/MIL on 2024-03-01 at Samraong:1 "killed at least ten near Samraong"
          COERCE-restrict - -> - on 2024-03-02 "every crossing was closed"
          REQUEST-change KHM -> THA urged on 2024-03-02 "Cambodia demanded that the raids stop"
        report b 2024-03-09 "Example Post"
          COERCE-restrict - -> - ongoing on 2024-03-09 "the crossings stayed shut"
          ASSAULT - -> - on 2024-03-03 "fighting"
        "#,
    );
    let course: Vec<&str> = page.lines().filter(|l| l.starts_with("time")).collect();
    assert_eq!(course.len(), 2, "{course:#?}");
    has(&page, "time 1 March 2024 Thai jets struck three places near Samraong");
    has(&page, "time 2 March 2024 Every crossing was closed");
}

/// A head noun with a number is no side, and two parties that count in one war do not count one thing.
#[test]
fn a_number_is_no_side_and_each_party_counts_its_own() {
    let page = told(
        r#"
        actor unnamed/civilian people
        report a 2024-03-04 "Example Wire"
          ASSAULT THA/MIL,KHM/MIL on 2024-03-01 "Thai and Cambodian troops fought"
          count killed 14 person of unnamed/civilian says THA "14 people"
          count killed 13 person of unnamed/civilian says KHM "13 people"
        "#,
    );
    has(&page, "tally killed civilian of - … single_claimant … THA 14");
    has(&page, "tally killed civilian of - … single_claimant … KHM 13");
    lacks(&page, "differ quantity");
}

/// What is neither confirmed nor denied is not denied; a charge ends where its clause ends.
#[test]
fn a_charge_is_its_own_words() {
    let page = told(
        r#"
        report a 2024-03-04 "Example Wire"
          ASSAULT THA/MIL -> KHM/MIL on 2024-03-01 "Thai troops fired on posts"
          charge KHM against THA about "of laying mines, a charge the army denies"
          charge THA against KHM about "which has neither confirmed nor denied it"
          denial KHM to THA about "neither confirmed nor denied it"
        "#,
    );
    has(&page, "charge KHM against THA [a] answers: ");
    has(&page, "gap C107 No answer of THA to the charge by KHM is reported: of laying mines.");
    has(&page, "gap C107 No answer of KHM to the charge by THA is reported.");
    lacks(&page, "charge …denial by KHM");
}

/// Who refuses to accept an offer has declined it, whatever the verb; who is urged to accept has not answered.
#[test]
fn a_refusal_to_accept_is_no_acceptance() {
    let page = told(
        r#"
        actor RSF group
        report a 2024-03-02 "Example Wire"
          ASSAULT RSF -> SDN on 2024-03-01 "fighters shelled a camp"
          act accept ARE for SDN,RSF by SDN refused "would not accept the Emirates as a mediator"
          act accept ARE for SDN,RSF by RSF urged "urged the force to accept"
        "#,
    );
    has(&page, "answer SDN to ARE: decline");
    has(&page, "answer RSF to ARE: not reported");
}

/// A war of many sides: one report dwells on a neighbour and an outsider, and names the two who fight as often.
#[test]
fn a_report_that_dwells_on_others_joins_the_war_that_it_names() {
    let page = told(
        r#"
        actor M23 group
        report a 2025-01-27 "Example Wire"
          ASSAULT M23 -> COD on 2025-01-26 "fighters attacked a town"
          names COD,COD,M23,M23
        report b 2025-01-28 "Example Post"
          ASSAULT M23 -> COD on 2025-01-27 "fighters took an airport"
          names COD,COD,M23,M23
        report c 2025-01-30 "Example Times"
          THREATEN RWA -> ZAF on 2025-01-29 "was ready for a confrontation"
          act talks - for COD,M23 planned "talks"
          names RWA,RWA,ZAF,ZAF,COD,COD,COD,M23,M23
        "#,
    );
    assert_eq!(page.lines().filter(|l| l.starts_with("crisis ")).count(), 1, "{page}");
}

/// An armed group is asked, refused and met; it does not mediate in the war that it fights.
#[test]
fn an_armed_group_is_no_mediator() {
    let page = told(
        r#"
        actor M23 group
        report a 2025-01-27 "Example Wire"
          ASSAULT RWA -> COD on 2025-01-26 "shells fell on a town"
          ACCUSE-allege COD -> M23 "accused the group"
          act decline M23 for COD by COD refused "refused any dialogue with the group"
          names COD,COD,RWA,RWA,M23,M23
        "#,
    );
    lacks(&page, "track M23");
    has(&page, "answer COD to …: decline");
}

/// A charge by people of no side is a charge, and a denial printed before it answers another.
#[test]
fn unnamed_people_accuse_and_nobody_answers_in_advance() {
    let page = told(
        r#"
        actor unnamed/activist people
        actor RSF group
        report a 2025-10-12 "Example Wire"
          ASSAULT RSF -> SDN on 2025-10-11 "fighters shelled a camp"
          denial RSF to - about "attacking civilians"
        report b 2025-10-28 "Example Post"
          ASSAULT RSF -> SDN on 2025-10-27 "fighters took a town"
          charge unnamed/activist against RSF about "of executing civilians"
        "#,
    );
    has(&page, "charge unnamed/activist against RSF [b] answers: ");
    lacks(&page, "denial by RSF");
}
