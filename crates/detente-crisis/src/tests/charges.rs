//! Charges and what answers them, across reports. The outlets are invented; the codes of countries are only codes.

use super::{has, lacks, told};

/// A denial of something else answers nobody, though its speaker is charged; one of the same thing does, and so does
/// one right behind a charge in words of accusing.
#[test]
fn a_denial_answers_the_charge_that_it_fits() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          charge ERI against ETH told about "gunners killed farmers raid Senafe"
          ASSAULT ETH/MIL -> ERI on 2024-05-01 at Zalambessa:1 "shells hit Zalambessa"
          denial ETH about "targeting convoy killed"
        report b 2024-05-04 "Example Post"
          charge ERI against ETH about "using clinic depot"
          denial ETH about "presence there"
        "#,
    );
    has(&page, "charge ERI against ETH [b] answers: denial by ETH [b]");
    lacks(&page, "charge ERI against ETH [a]");
}

/// What one side only tells of the other's deed is a charge where the other denies it, and none where nobody does.
#[test]
fn a_deed_that_nobody_disputes_is_no_charge() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT KHM/MIL -> THA/MIL on 2024-05-01 at Sisaket:1 "rockets hit Sisaket"
          charge THA against KHM told about "rockets hospital Sisaket"
          charge THA against KHM told about "grenades checkpoint Surin"
        report b 2024-05-04 "Example Post"
          ASSAULT KHM/MIL -> THA/MIL on 2024-05-01 at Sisaket:1 "rockets hit Sisaket"
          denial KHM about "firing rockets hospital"
        "#,
    );
    has(&page, "charge THA against KHM [a] answers: denial by KHM [b]");
    lacks(&page, "grenades checkpoint Surin");
}

/// Two charges between the same two stay two happenings, though told on one day.
#[test]
fn charges_of_two_things_are_two() {
    let page = told(
        r#"
        report a 2024-05-03 "Example Wire"
          ASSAULT KHM/MIL -> THA/MIL on 2024-05-01 at Sisaket:1 "rockets hit Sisaket"
          ACCUSE-allege THA -> KHM on 2024-05-02 "Thailand accused Cambodia of stalling"
          charge THA against KHM about "stalling" here
        report b 2024-05-03 "Example Post"
          ACCUSE-allege THA -> KHM on 2024-05-02 "Thailand accused Cambodia of hiding guns in a temple"
          charge THA against KHM about "hiding guns temple" here
        report c 2024-05-03 "Example Times"
          ACCUSE-allege THA -> KHM on 2024-05-02 "Bangkok accused Cambodia of hiding guns"
          charge THA against KHM about "hiding guns" here
        "#,
    );
    has(&page, "incident ACCUSE-allege occurred THA -> KHM on 2 May 2024 … origins 1 [a]");
    has(&page, "incident ACCUSE-allege occurred THA -> KHM on 2 May 2024 … [b c]");
}

/// Who is accused of helping the enemy does not make a war of its own with the accuser.
#[test]
fn a_helper_of_the_enemy_is_no_second_war() {
    let page = told(
        r#"
        actor ADF group in UGA
        report a 2024-05-03 "Example Wire"
          ASSAULT ADF -> UGA on 2024-05-01 at Kasese:1 "fighters attacked Kasese"
        report b 2024-05-04 "Example Post"
          ACCUSE-allege UGA -> BEL with ADF on 2024-05-04 "Uganda accused Belgium of arming the ADF"
        "#,
    );
    lacks(&page, "crisis BEL – UGA");
}
