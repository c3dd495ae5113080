//! What is set against what: counts of different things stand apart.

use super::{has, lacks, told};

/// The dead of a battle, of this war and of the last one are three counts.
#[test]
fn running_totals_of_different_times_stand_apart() {
    let page = told(
        r#"
        actor TDF group
        report a 2024-02-03 "Example Wire"
          ASSAULT ETH/MIL -> TDF on 2024-02-01 "troops shelled Tselemti"
          count killed 51 - total on 2024-01-28..2024-02-03 "51 people have been killed since Sunday"
          count killed 600000 - total on 2020-11-03..2022-11-02 "the last war killed 600,000"
        report b 2024-02-03 "Example Post"
          ASSAULT ETH/MIL -> TDF on 2024-02-01 "shells fell on Tselemti"
          count killed 60 - total on 2024-01-29..2024-02-03 "60 have died since Monday"
        "#,
    );
    has(&page, "tally killed of - low 51 best - high 60 …");
    has(&page, "tally killed of - low 600000 best 600000 high 600000 …");
    has(&page, "differ quantity Killed, running total (…): 51 [a] | 60 [b]");
}

/// A total whose beginning nobody tells is of the run told last, unless it is a hundred times as large.
#[test]
fn nobody_disputes_a_hundredfold() {
    let page = told(
        r#"
        actor M23 group
        report a 2013-11-03 "Example Wire"
          ASSAULT COD/MIL -> M23 on 2013-11-01 "troops shelled Bunagana"
          count killed 40 - total "the toll stood at 40"
          count killed 5000000 - total "the wars have killed five million"
        report b 2013-11-03 "Example Post"
          ASSAULT COD/MIL -> M23 on 2013-11-01 "shells fell on Bunagana"
          count killed 45 - total "the toll is 45"
        "#,
    );
    has(&page, "tally killed of - low 40 best - high 45 …");
    lacks(&page, "differ quantity …5000000…");
}

/// What an earlier round cost gathers no count that bears no day.
#[test]
fn the_dead_of_an_earlier_round_gather_nobody() {
    let page = told(
        r#"
        report a 2022-09-17 "Example Wire"
          ASSAULT KGZ/BORDER -> TJK on 2022-09-16 "guards shelled Isfara"
          ASSAULT - -> - on 2021-04 "clashes in April 2021 killed 55"
          count killed 55 - here on 2021-04 "55 people"
        report b 2022-09-19 "Example Post"
          ASSAULT TJK -> KGZ on 2022-09-16 "guards shelled Batken"
          ASSAULT - -> - "shelling a mosque, killing ten"
          count killed 10 - here "ten people"
        "#,
    );
    lacks(&page, "differ quantity …55…");
}

/// Both who give a count are its claimants, and it is no one side's alone.
#[test]
fn all_who_give_a_count_are_claimants() {
    let page = told(
        r#"
        actor MNLF group
        report a 2013-09-11 "Example Wire"
          ASSAULT MNLF -> PHL on 2013-09-09 at Zamboanga:1 "gunmen stormed Zamboanga"
          count killed 4 - says PHL/MIL,MNLF here "four people have been killed"
        "#,
    );
    has(&page, "tally killed of - low 4 best 4 high 4 agreed …MNLF 4 … PHL/MIL 4 …");
}
