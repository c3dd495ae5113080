//! The mediation board: what is one track, and where it stands. Invented reports.

use super::{has, lacks, told};

fn tracks(page: &str) -> usize {
    page.lines().filter(|l| l.trim_start().starts_with("track")).count()
}

/// Talks of two sponsors collapsed; both were invited back; each side answered in a report of its own.
#[test]
fn one_negotiation_with_its_answers_is_one_track_and_stands_where_its_last_round_does() {
    let page = told(
        r#"
        actor M23 group
        actor person/doe for COD
        report a 2024-05-14 "Example Wire"
          ASSAULT M23 -> COD/MIL on 2024-05-13 at Sake:1 "fighters shelled Sake"
          act convene QAT,USA for - at Doha:1:QAT on 2023-12 "talks sponsored by two states"
          act collapse QAT,USA for - at Doha:1:QAT on 2023-12 "broke down"
        report b 2024-05-15 "Example Post"
          act accept QAT,USA for M23 by M23 "had accepted an invitation"
          act no_answer QAT,USA for COD/MIL by COD/MIL "had yet to reply"
          act convene AGO for COD on 2024-06 planned "would host a conference"
        report c 2024-05-17 "Example Times"
          act offer QAT,USA for - at Doha:1:QAT on ..2024-05-16 "invited both sides back"
          act decline QAT,USA for COD,M23 by person/doe refused on 2024-05-17 "ruled out talks"
        report d 2024-05-18 "Example Mail"
          act decline - for COD/MIL by COD/MIL at Doha:1:QAT refused "not to take part"
          names COD,COD,COD,M23,M23
        "#,
    );
    has(&page, "track QAT,USA for COD,M23 declined");
    has(&page, "answer M23 to QAT,USA: accept");
    has(&page, "answer COD to QAT,USA: decline");
    lacks(&page, "track -");
    assert_eq!(tracks(&page), 2, "{page}");
}

/// What one side refuses does not begin, whoever else said yes.
#[test]
fn an_offer_that_one_side_refused_is_declined() {
    let page = told(
        r#"
        actor ELN group
        report a 2025-01-20 "Example Wire"
          ASSAULT ELN -> COL on 2025-01-18 at Cucuta:1 "fighters attacked a post"
          act offer VAT for COL,ELN on 2025-01-17 "offered to mediate"
          act decline VAT for ELN by ELN refused on 2025-01-18 "rejected the offer"
          act welcome VAT for COL by COL on 2025-01-19 "welcomed the offer"
        "#,
    );
    has(&page, "track VAT for COL,ELN declined");
}

/// Who took back a refusal has accepted.
#[test]
fn who_comes_round_is_no_longer_refusing() {
    let page = told(
        r#"
        actor ELN group
        report a 2025-01-20 "Example Wire"
          ASSAULT ELN -> COL on 2025-01-18 at Cucuta:1 "fighters attacked a post"
          act offer VAT for COL,ELN on 2025-01-10 "offered to mediate"
          act decline VAT for ELN by ELN refused on 2025-01-11 "rejected the offer"
          act accept VAT for ELN by ELN on 2025-01-19 "accepted the offer after all"
        "#,
    );
    has(&page, "track VAT for COL,ELN welcomed");
    has(&page, "answer ELN to VAT: accept");
}

/// A visit to one side is no meeting of two, and goes to no track for being told near it.
#[test]
fn a_meeting_of_one_side_alone_is_no_talks() {
    let page = told(
        r#"
        actor RSF group
        actor person/doe for SDN
        report a 2024-05-20 "Example Wire"
          ASSAULT RSF -> SDN/MIL on 2024-05-18 at Geneina:1 "fighters shelled a town"
          act convene EGY for SDN,RSF planned on 2024-06 "would host a conference"
          act talks - for person/roe,person/doe planned on 2024-05-21 "is to meet the general"
        "#,
    );
    has(&page, "track EGY for RSF,SDN planned");
    lacks(&page, "act talks");
}

/// A deal, who vouches for it, who confirms it and who is not bound by it are one track.
#[test]
fn a_deal_with_its_guarantor_and_its_answers_is_one_track() {
    let page = told(
        r#"
        actor FRONT group
        actor MARCH group
        report a 2024-11-03 "Example Wire"
          ASSAULT CHL/MIL -> FRONT on 2024-11-02 at Arica:1 "jets struck a suburb of Arica"
          act propose_plan PER,ECU for CHL,FRONT on 2024-11-03 "put forward a plan"
        report b 2024-11-09 "Example Post"
          act withdraw ECU for CHL,FRONT by ECU on 2024-11-08 "suspended its mediation"
        report c 2024-11-14 "Example Times"
          act ceasefire_agreed - for CHL,FRONT on 2024-11-14 "agreed to stop fighting for 60 hours"
          act guarantee USA for CHL "had guaranteed that they would keep to it"
          act accept - for FRONT by FRONT "confirmed the deal"
          act decline - for MARCH by MARCH refused "was not bound by the deal"
        "#,
    );
    assert_eq!(tracks(&page), 1, "{page}");
    has(&page, "track ECU,PER for CHL,FRONT,MARCH ceasefire");
    has(&page, "answer FRONT to ECU,PER: accept");
    has(&page, "answer MARCH to ECU,PER: decline");
}

/// Talks of this year are not those of a mediator whose truce ran out two years before, where another is at work.
#[test]
fn talks_go_to_the_mediator_of_their_time() {
    let page = told(
        r#"
        actor FRONT group
        actor CENTRE organisation
        report a 2005-01-28 "Example Wire"
          ASSAULT FRONT -> PER/MIL on 2005-01-20 at Puno:1 "fighters attacked a post"
          act ceasefire_agreed CENTRE for - on 2002-12-09 "brokered a truce"
          act convene FIN for - "called the meeting"
          act talks - for PER,FRONT on 2005-01-28 "sat down for their first talks"
        "#,
    );
    has(&page, "track FIN for FRONT,PER talks");
    has(&page, "answer FRONT to FIN: talks");
}
