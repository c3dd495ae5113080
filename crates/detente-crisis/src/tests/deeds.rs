//! Which happening is which: blows that nothing joins stand apart, and each keeps its own dead.

use super::{builder, crises, has, lacks, told};

/// A strike across the territory on Sunday, and two days later a paper with strikes of no day in two of its towns.
#[test]
fn blows_of_two_reports_that_nothing_joins_are_several() {
    let page = told(
        r#"
        actor SDF group
        report a 2019-10-13 "Example Wire"
          ASSAULT-aerial TUR/MIL -> SDF on 2019-10-13 at Hasakah_Province:6:SYR "jets struck across the province"
          count killed 34 - here more "at least 34"
        report b 2019-10-15 "Example Post"
          ASSAULT TUR/MIL -> SDF at Qamishli:1:SYR "troops killed a commander in Qamishli"
          ASSAULT TUR/MIL -> SDF at Ras_al-Ayn:1:SYR "shells hit a school in Ras al-Ayn"
          count killed 2 - here "two died"
        "#,
    );
    has(&page, "incident ASSAULT-aerial occurred TUR/MIL -> SDF on 13 October 2019 … origins 1 [a]");
    has(&page, "incident ASSAULT occurred TUR/MIL -> SDF on by 15 October 2019 at Qamishli … origins 1 [b]");
    has(
        &page,
        "incident ASSAULT occurred TUR/MIL -> SDF on by 15 October 2019 at Ras al-Ayn … origins 1 [b]",
    );
    lacks(&page, "…low 2 … high 34…");
}

/// The same number of dead, the same place or the same words make two tellings without a day one.
#[test]
fn what_two_reports_share_makes_their_blows_one() {
    let page = told(
        r#"
        actor ARSA group
        report a 2017-08-26 "Example Wire"
          ASSAULT-aerial MMR/MIL -> ARSA on 2017-08-25 "helicopters fired on a village"
          count killed 41 - here "41 were killed"
        report b 2017-08-27 "Example Post"
          ASSAULT-aerial MMR/MIL -> ARSA "an air raid cost many lives"
          count killed 41 - here "41 people"
        "#,
    );
    has(&page, "incident ASSAULT-aerial occurred MMR/MIL -> ARSA on 25 August 2017 … origins 2 [a b]");
}

/// The dead that a report of the day before counts are not those of the day after.
#[test]
fn nobody_counts_the_dead_of_tomorrow() {
    let page = told(
        r#"
        actor M23 group
        report a 2024-02-07 "Example Wire"
          ASSAULT - -> - "fighting intensified"
          count killed 56 - says MSF here "56 bodies"
        report b 2024-02-09 "Example Post"
          ASSAULT-heavy-weapons M23 -> COD on 2024-02-08 at Sake:1 "shells struck a camp at Sake"
          count killed 27 - says COD/GOV here more "27 were killed"
        "#,
    );
    has(&page, "tally killed of COD low 27 …");
    lacks(&page, "…low 27 … high 56…");
    lacks(&page, "differ quantity Killed…56…");
}

/// Whose the dead are, one count says: the others of the same blow and the same people are of that side.
#[test]
fn one_count_that_says_whose_the_dead_are_says_it_for_all_of_the_blow() {
    let page = told(
        r#"
        actor M23 group
        report a 2024-02-09 "Example Wire"
          ASSAULT-heavy-weapons M23 -> COD on 2024-02-08 at Sake:1 "shells struck a camp at Sake"
          count killed 27 - says COD/GOV here more "27 were killed"
        report b 2024-02-10 "Example Post"
          ASSAULT-heavy-weapons M23 -> COD on 2024-02-08 at Sake:1 "the shelling of a camp at Sake"
          count killed 38 - of COD says COD/GOV here "the toll rose to 38"
          count killed 31 - says MSF here "31 bodies"
        "#,
    );
    has(&page, "tally killed of COD low 31 best - high 38 …COD/GOV 27 … COD/GOV 38 … MSF 31 …");
    lacks(&page, "tally killed of - …");
}

/// One report tells an advance and a shelling: the dead of the shelling are not the advance's because it has a town.
#[test]
fn the_dead_of_a_blow_stay_with_it_beside_one_that_has_a_town() {
    let folder = r#"
        actor TPLF group
        report a 2021-08-06 "Example Wire"
          ASSAULT ETH/MIL -> TPLF at Lalibela:1 "the army recaptured a bridge at Lalibela"
          ASSAULT-heavy-weapons - -> - "artillery fire hit a market"
          count killed 19 - says unnamed/activist here more "killed at least 19"
        "#;
    let made = crises(&builder::readings(folder));
    let tally = &made[0].tallies[0];
    let home = made[0].incidents.iter().find(|i| Some(&i.id) == tally.incident.as_ref()).unwrap();
    assert_eq!(home.gist, "Artillery fire hit a market");
}

/// "The strike" and "the shells" go back to the blow told before; who died in it died of no other.
#[test]
fn the_strike_is_the_one_told_before_it() {
    let page = told(
        r#"
        actor JNIM group
        report a 2023-05-09 "Example Wire"
          ASSAULT-aerial MLI/MIL -> JNIM on 2023-05-08 at Mopti:1 word killed "jets killed 30 near Mopti"
          count killed 30 - here "killed 30"
          ASSAULT MLI/MIL -> JNIM at Gao:1 word killed "troops killed a commander at Gao"
          ASSAULT - -> - dying at Clinic:1 word died "three others died in the strike, doctors said"
          count killed 3 - says unnamed/doctor here "three others"
        report b 2023-05-20 "Example Post"
          ASSAULT-heavy-weapons - -> MLI on 2023-05-19 at Timbuktu:1 word fire "artillery fire hit the market of Timbuktu"
          ASSAULT JNIM -> - word fired "the shells were fired from the dunes"
          ASSAULT - -> - word strike "the strike on a depot at Kidal"
        "#,
    );
    has(&page, "incident ASSAULT occurred MLI/MIL -> JNIM on by 9 May 2023 at Gao …");
    has(&page, "incident ASSAULT-heavy-weapons occurred JNIM -> MLI on 19 May 2023 at Timbuktu …");
    has(&page, "time by 9 May 2023 Troops killed a commander at Gao");
    lacks(&page, "tally killed … low 3 … high 30…");
    // More is said of the last one, so that it is another.
    has(&page, "incident ASSAULT occurred - -> - on by 20 May 2023 …");
}

/// What the headline counts the text counts again, and says whose number it is.
#[test]
fn the_number_of_a_headline_has_the_owner_that_the_text_tells() {
    let page = told(
        r#"
        report a 2014-07-20 "Example Wire"
          ASSAULT-heavy-weapons ISR -> PSE on 2014-07-20 headline "shelling kills 60"
          count killed 60 - here headline "kills 60"
          ASSAULT-heavy-weapons ISR -> PSE on 2014-07-20 at Shujaiya:1 "shells fell on Shujaiya"
          count killed 60 - says unnamed/medic here least "at least 60"
        "#,
    );
    has(&page, "tally killed of PSE low 60 … single_claimant origins 1: unnamed/medic 60 …");
}

/// A toll of a war that rises from report to report is no disagreement.
#[test]
fn a_running_total_that_rises_is_told_at_different_times() {
    let page = told(
        r#"
        actor AA group
        report a 2024-01-03 "Example Wire"
          ASSAULT MMR/MIL -> AA on 2024-01-02 "troops shelled Rathedaung"
          count killed 4300 - total says UN "4,300 people have been killed"
        report b 2024-03-09 "Example Post"
          ASSAULT MMR/MIL -> AA on 2024-03-08 "troops shelled Rathedaung again"
          count killed 4700 - total says MSF "4,700 people have been killed"
        "#,
    );
    has(&page, "differ quantity Killed, running total (change_over_time): …");
    lacks(&page, "differ presence …");
}

/// Who died is on the course of days, though only the report's day is known; and no news is from before the crisis.
#[test]
fn what_took_lives_is_a_line_by_the_day_of_its_report() {
    let page = told(
        r#"
        actor FARC group
        report a 2011-03-04 "Example Wire"
          ASSAULT FARC -> COL/MIL "rebels ambushed a patrol near Tumaco"
          count killed 6 soldier of COL/MIL here "six soldiers"
        report b 2011-03-09 "Example Post"
          ASSAULT COL/MIL -> FARC on 2011-03-08 at Cali:1 "jets bombed a camp near Cali"
        "#,
    );
    has(&page, "time by 4 March 2011 Rebels ambushed a patrol near Tumaco");
    lacks(&page, "incident ASSAULT occurred FARC -> COL/MIL …background…");
}
