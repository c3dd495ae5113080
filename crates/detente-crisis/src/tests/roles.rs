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

/// One brokered truce, told with the state and with the group that fights from its land, is one track; who breaks "the
/// truce" breaks that one.
#[test]
fn a_group_and_the_state_it_fights_from_are_one_side_of_a_truce() {
    let page = told(
        r#"
        actor GROUP group in LBN
        report a 2024-11-25 "Example Wire"
          ASSAULT ISR/MIL -> LBN on 2024-11-20 at Tyre:1 "jets struck a suburb of Tyre"
          act propose_plan USA for ISR,GROUP on 2024-11-25 "the American proposal"
        report b 2024-11-27 "Example Post"
          act ceasefire_agreed USA,FRA for ISR,LBN on 2024-11-26 "a ceasefire brokered by two mediators"
          act accept USA for ISR by ISR/CAB on 2024-11-26 "the cabinet accepted the American proposal"
        report c 2024-11-29 "Example Times"
          act ceasefire_violated - for GROUP by GROUP on 2024-11-29 "the group had breached the truce"
          act ceasefire_violated - for ISR,LBN by ISR on 2024-11-28 "strikes broke the truce"
        "#,
    );
    assert_eq!(page.lines().filter(|l| l.trim_start().starts_with("track")).count(), 1, "{page}");
    has(&page, "track FRA,USA for GROUP,ISR,LBN ceasefire");
    has(&page, "act ceasefire_violated …on 29 November 2024");
    has(&page, "act ceasefire_violated …on 28 November 2024");
}

/// Rebels who fight their own state are no bench of it, and other rebels negotiate for themselves.
#[test]
fn rebels_who_fight_the_state_are_the_other_side() {
    let page = told(
        r#"
        actor AU organisation
        actor NORTH group in SDN
        actor WEST group in SDN
        report a 2012-05-02 "Example Wire"
          ASSAULT NORTH -> SDN/MIL on 2012-05-01 at Kadugli:1 "rebels attacked the garrison at Kadugli"
          ASSAULT WEST -> SDN/MIL on 2012-05-01 at Tawila:1 "rebels attacked the garrison at Tawila"
          act talks AU for SDN,NORTH at Nairobi:1 on 2012-04-20 "talks in Nairobi"
          act talks AU for SDN,WEST at Tunis:1 on 2012-04-21 "talks in Tunis"
        "#,
    );
    has(&page, "track AU for NORTH,SDN talks");
    has(&page, "track AU for SDN,WEST talks");
}

/// Two reports that each name one mediator of the same talks tell one process; offers stay those of who made them.
#[test]
fn mediators_of_one_table_are_one_track() {
    let page = told(
        r#"
        actor UN organisation
        report a 2022-07-20 "Example Wire"
          ASSAULT RUS/MIL -> UKR on 2022-07-18 at Odesa:1 "missiles hit the port"
          act facilitate TUR for RUS,UKR at Istanbul:1 on 2022-07-13 "talks in Istanbul hosted by Turkey"
        report b 2022-07-21 "Example Post"
          act facilitate UN for RUS,UKR at Istanbul:1 on 2022-07-13 "talks in Istanbul under the United Nations"
        report c 2022-07-21 "Example Times"
          act offer CHN for RUS,UKR on 2022-07-13 "an offer to host talks"
        "#,
    );
    has(&page, "track TUR,UN for RUS,UKR talks");
    has(&page, "track CHN for RUS,UKR offered");
    lacks(&page, "track UN for");
}

/// Who gave up mediating mediates no more.
#[test]
fn a_mediator_who_steps_aside_leaves_talks_suspended() {
    let page = told(
        r#"
        report a 2025-03-25 "Example Wire"
          ASSAULT RWA/MIL -> COD on 2025-03-20 at Goma:1 "soldiers shelled a suburb"
          act facilitate AGO for COD,RWA at Luanda:1 on 2024-12-15 "mediation in Luanda"
          act withdraw AGO by AGO on 2025-03-24 "stepped aside as mediator"
        "#,
    );
    has(&page, "track AGO for COD,RWA suspended");
}

/// Who accepts what the enemy proposed has not accepted the offer of a third.
#[test]
fn an_answer_to_the_enemy_is_no_answer_to_a_mediator() {
    let page = told(
        r#"
        report a 2017-10-14 "Example Wire"
          ASSAULT IRQ/MIL -> KRG on 2017-10-13 at Kirkuk:1 "soldiers shelled posts near Kirkuk"
          act offer USA for IRQ,KRG on 2017-10-12 "an offer to mediate"
          act accept IRQ by KRG on 2017-10-13 "accepted a proposal by Baghdad"
        "#,
    );
    has(&page, "answer KRG to USA: not reported");
}

/// A junta that receives one envoy after another: each report tells talks with another, and all are about the junta.
#[test]
fn reports_on_one_side_that_talks_with_many_are_one_crisis() {
    let page = told(
        r#"
        actor BLOC bloc
        actor person/ousted in NER
        actor person/general in NER
        report a 2023-07-30 "Example Wire"
          COERCE BLOC -> NER on 2023-07-30 "the bloc closed the borders with Niger"
          act talks - for TCD,NER on 2023-07-30 "the president of Chad met both"
          names NER,NER,NER,NER,TCD,TCD,person/ousted,person/general,BLOC
        report b 2023-08-08 "Example Post"
          act talks - for USA,NER on 2023-08-07 "an American envoy met the army chief"
          names NER,NER,NER,NER,USA,USA,person/ousted,BLOC
        report c 2023-08-13 "Example Times"
          act talks - for NGA,NER on 2023-08-12 "clerics from Nigeria met the general"
          names NER,NER,NER,NER,NGA,NGA,person/general,BLOC
        report d 2023-08-13 "Example Mail"
          act talks - for NGA,BEN on 2023-08-12 "Nigeria and Benin talked of trade"
          names NGA,NGA,NGA,NGA,BEN,BEN
        "#,
    );
    assert_eq!(crises(&page), 2, "{page}");
    let coup = page.split("crisis").find(|c| c.contains("BLOC")).expect("a crisis of the bloc and the junta");
    for report in ["report a", "report b", "report c"] {
        has(coup, report);
    }
    lacks(coup, "report d");
}

/// A state that quarrels with two neighbours at once is in two crises, whoever speaks for it in both.
#[test]
fn two_quarrels_of_one_state_stay_two() {
    let page = told(
        r#"
        actor person/minister in IND
        actor person/premier in IND
        report a 2020-06-17 "Example Wire"
          ASSAULT IND/MIL -> CHN/MIL on 2020-06-15 at Galwan:1 "soldiers clashed in the Galwan valley"
          names IND,IND,CHN,CHN,person/minister,person/premier
        report b 2020-06-18 "Example Post"
          ACCUSE IND -> PAK on 2020-06-17 "Delhi accused Islamabad of firing across the line"
          names IND,IND,IND,IND,PAK,person/minister,person/premier
        "#,
    );
    assert_eq!(crises(&page), 2, "{page}");
}

/// A massacre by men whom one report names, and a report that tells of it and of a neighbour in its last line.
#[test]
fn a_report_is_about_the_force_that_it_tells_and_not_about_its_last_line() {
    let page = told(
        r#"
        actor GANG group in HTI
        report a 2024-10-04 "Example Wire"
          ASSAULT GANG -> HTI/CVL on 2024-10-03 at Pont:1 "the gang killed seventy"
          names HTI,HTI,HTI,GANG,GANG
        report b 2024-10-10 "Example Post"
          ASSAULT unnamed/gang -> HTI/CVL on 2024-10-03 "the toll of the massacre rose"
          ASSAULT unnamed/gang -> HTI/CVL on 2024-10-03 "victims of the gang were buried"
          COERCE DOM -> HTI "the neighbour deports thousands a week"
          names HTI,HTI,HTI,HTI,DOM,DOM
        "#,
    );
    assert_eq!(crises(&page), 1, "{page}");
    has(&page, "crisis HTI – GANG");
}

/// Force in one town against one side, told a week apart with other sides in front.
#[test]
fn small_blocks_that_tell_of_one_town_are_one_crisis() {
    let page = told(
        r#"
        actor LOBOS group in ECU
        report a 2024-01-12 "Example Wire"
          ASSAULT LOBOS -> ECU/MIL on 2024-01-11 at Esmeraldas:1 "gunmen ambushed a convoy near Esmeraldas"
          names ECU,ECU,LOBOS,LOBOS
        report b 2024-01-19 "Example Post"
          ASSAULT unnamed/gunman -> ECU/MIL on 2024-01-10..2024-01-13 at Esmeraldas:1 "last week's ambush in Esmeraldas"
          ACCUSE COL -> ECU "Bogota accused Quito"
          ACCUSE COL -> ECU "Bogota accused Quito again"
          ACCUSE COL -> ECU "Bogota accused Quito once more"
          names ECU,ECU,COL,COL
        "#,
    );
    assert_eq!(crises(&page), 1, "{page}");
}
