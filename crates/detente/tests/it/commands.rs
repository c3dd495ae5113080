//! What each command prints.

use crate::support::{ANSWER, FIGHT, Folder, detente, root, run, run_with};
use serde_json::Value;

#[test]
fn help_teaches_the_first_steps() {
    let ran = run(&mut detente(&["--help"]));
    assert_eq!(ran.code, 0);
    for words in [
        "detente demo",
        "brief",
        "records",
        "read",
        "add",
        "search",
        "decide",
        "explain",
        "analyze",
        "my-reports/",
    ] {
        assert!(ran.out.contains(words), "{words}");
    }
    let ran = run(&mut detente(&["brief", "--help"]));
    for words in ["--as-of", "--policy", "--format", "--knowledge", ".jsonl", "front matter", "event_text"] {
        assert!(ran.out.contains(words), "{words}");
    }
}

#[test]
fn a_slip_in_the_arguments_is_an_error_in_few_lines() {
    for arguments in [
        vec!["breif", "x"],
        vec!["brief"],
        vec!["brief", "x", "--policy", "median"],
        vec!["brief", "x", "--as-of", "soon"],
    ] {
        let ran = run(&mut detente(&arguments));
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.out.is_empty() && ran.remarks().len() <= 9, "{}", ran.err);
    }
}

#[test]
fn read_prints_one_reading_a_report() {
    let folder = Folder::with(&[("b.txt", ANSWER.as_bytes()), ("a.txt", FIGHT.as_bytes())]);
    let ran = run(&mut detente(&["read", &folder.at("b.txt"), &folder.at("a.txt")]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines: Vec<Value> = ran.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let path = |v: &Value| v["document"]["path"].as_str().unwrap_or_default().to_string();
    assert_eq!(lines.iter().map(path).collect::<Vec<_>>(), [folder.at("a.txt"), folder.at("b.txt")]);
    assert_eq!(lines[0]["document"]["text"], FIGHT);
    assert!(!lines[0]["events"].as_array().expect("a list").is_empty());
}

#[test]
fn every_format_is_printed_and_the_name_of_the_output_says_which() {
    let folder = Folder::with(&[("r/a.txt", FIGHT.as_bytes()), ("r/b.txt", ANSWER.as_bytes())]);
    let reports = folder.at("r");
    for (name, begins) in [("d.html", "<!DOCTYPE html>"), ("d.md", "# "), ("d.json", "{"), ("d.txt", "")] {
        let file = folder.at(name);
        let ran = run(&mut detente(&["brief", &reports, "--output", &file]));
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        let written = std::fs::read_to_string(&file).expect("the file is there");
        assert!(written.starts_with(begins) && written.len() > 500, "{name}");
        let format = match name {
            "d.html" => "html",
            "d.md" => "markdown",
            "d.json" => "json",
            _ => "terminal",
        };
        let printed = run(&mut detente(&["brief", &reports, "--format", format]));
        assert_eq!(printed.out, written, "{name}");
    }
}

#[test]
fn a_pdf_goes_into_a_file_or_a_pipe() {
    let folder = Folder::with(&[("r/a.txt", FIGHT.as_bytes()), ("r/b.txt", ANSWER.as_bytes())]);
    let (reports, file) = (folder.at("r"), folder.at("d.pdf"));
    let ran = run(&mut detente(&["brief", &reports, "--output", &file]));
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let written = std::fs::read(&file).expect("the file is there");
    let piped = detente(&["brief", &reports, "--format", "pdf"]).output().expect("the program starts");
    assert!(piped.status.success() && piped.stdout == written, "the same in a pipe");
    let read = run(&mut detente(&["read", &file]));
    let reading: Value = serde_json::from_str(&read.out).expect("it can be read again");
    let text = reading["document"]["text"].as_str().expect("a text");
    assert!(text.contains("12 of its soldiers") && text.contains("sentence 9 of report 2"), "{text}");
}

#[test]
fn in_a_pipe_there_is_no_colour_and_the_width_is_kept() {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes()), ("b.txt", ANSWER.as_bytes())]);
    let wide = |text: &str| text.lines().map(|l| l.chars().count()).max().unwrap_or(0);
    let plain = run(&mut detente(&["brief", &folder.arg()]));
    assert!(!plain.out.contains('\u{1b}'));
    let narrow = run(&mut detente(&["brief", &folder.arg(), "--width", "50"]));
    let columns = run(detente(&["brief", &folder.arg()]).env("COLUMNS", "50"));
    assert_eq!(narrow.out, columns.out);
    assert!(wide(&narrow.out) <= 50 && wide(&plain.out) <= 80, "{} {}", wide(&narrow.out), wide(&plain.out));
    let colour = run(detente(&["brief", &folder.arg(), "--colour", "always"]).env("NO_COLOR", "1"));
    assert!(colour.out.contains('\u{1b}'), "asked for outright");
}

#[test]
fn as_of_leaves_out_what_came_later_and_what_has_no_date() {
    let line = |text: &str, day: &str| format!("{}\n", serde_json::json!({"text": text, "published": day}));
    let lines = format!(
        "{}{}{}",
        line(FIGHT, "2024-05-08"),
        line(ANSWER, "2024-05-10"),
        serde_json::json!({"text": format!("{FIGHT} It went on.")})
    );
    let folder = Folder::with(&[("w.jsonl", lines.as_bytes())]);
    let ran = run(&mut detente(&["brief", &folder.arg(), "--as-of", "2024-05-09", "--format", "json"]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let dossier: Value = serde_json::from_str(&ran.out).expect("JSON");
    let reports = dossier["crises"][0]["reports"].as_array().expect("a crisis with reports");
    assert_eq!(reports.len(), 1);
    assert!(ran.err.contains("D111") && ran.err.contains("D112"), "{}", ran.err);
}

#[test]
fn standard_input_is_lines_or_one_text() {
    let lines =
        format!("{}\n", serde_json::json!({"event_text": FIGHT, "publisher": "Example News", "id": 7}));
    let ran = run_with(&mut detente(&["read", "-"]), lines.as_bytes());
    let reading: Value = serde_json::from_str(&ran.out).expect("one line of JSON");
    assert_eq!(reading["document"]["path"], "stdin:1#7");
    assert_eq!(reading["outlet"], "Example News");
    let ran = run_with(&mut detente(&["read", "-"]), FIGHT.as_bytes());
    let reading: Value = serde_json::from_str(&ran.out).expect("one line of JSON");
    assert_eq!(reading["document"]["path"], "stdin");
}

#[test]
fn own_knowledge_is_used_and_its_faults_are_told_all_at_once() {
    let good = "[[actor]]\nid = \"NRF_TEST\"\nname = \"North Ridge Front\"\nkind = \"armed_group\"\ncountry = \"SDN\"\n";
    let bad = "[[actor]]\nid = \"NRF_TEST\"\nname = \"North Ridge Front\"\nkind = \"armed_gruop\"\n\n[[actor]]\nnmae = \"x\"\n";
    let report = "The North Ridge Front attacked an army post in Darfur on Monday, killing six soldiers, the army said.";
    let folder = Folder::with(&[
        ("good/k.toml", good.as_bytes()),
        ("bad/k.toml", bad.as_bytes()),
        ("a.txt", report.as_bytes()),
    ]);
    let ran = run(&mut detente(&["read", &folder.at("a.txt"), "--knowledge", &folder.at("good")]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("NRF_TEST"));
    let ran = run(&mut detente(&["read", &folder.at("a.txt"), "--knowledge", &folder.at("bad")]));
    assert_eq!(ran.code, 2);
    assert!(
        ran.remarks().len() >= 2
            && ran.remarks().iter().all(|l| l.starts_with("detente: ") && l.contains("k.toml:")),
        "{}",
        ran.err
    );
    let ran = run(&mut detente(&["read", &folder.at("a.txt"), "--knowledge", &folder.at("none")]));
    assert_eq!((ran.code, ran.remarks().len()), (2, 1), "{}", ran.err);
}

#[test]
fn explain_explains_lists_and_helps_after_a_slip() {
    let all = run(&mut detente(&["explain"]));
    for code in [
        "D999",
        "R102",
        "C101",
        "ucdp_reliable",
        "ASSAULT-drone",
        "X-TALKS_COLLAPSE",
        "offer_repeat",
        "provenance",
        "MIL",
        "territory",
    ] {
        assert!(all.out.contains(code), "{code}");
        let one = run(&mut detente(&["explain", code]));
        assert_eq!(one.code, 0);
        assert!(one.out.starts_with(code), "{}", one.out);
    }
    let slip = run(&mut detente(&["explain", "asault"]));
    assert_eq!((slip.code, slip.err.as_str()), (2, "detente: no such code: asault; did you mean ASSAULT?\n"));
}

#[test]
fn analyze_prints_trees() {
    let folder = Folder::with(&[("a.txt", b"Egypt offered to mediate. Both sides agreed.")]);
    let ran = run(&mut detente(&["analyze", &folder.at("a.txt")]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let words: Vec<Vec<&str>> =
        ran.out.lines().filter(|l| l.contains('\t')).map(|l| l.split('\t').collect()).collect();
    assert_eq!(words.len(), 9);
    assert!(words.iter().all(|columns| columns.len() == 10));
    assert_eq!((words[1][1], words[1][2], words[1][3], words[1][7]), ("offered", "offer", "VERB", "root"));
    assert!(words[0][9].starts_with("Bytes=0:5"));
}

#[test]
fn completions_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        let ran = run(&mut detente(&["completions", shell]));
        assert!(ran.code == 0 && ran.out.contains("as-of"), "{shell}");
    }
}

/// Every command and option that is not hidden is in the README or in `docs/using.md`.
#[test]
fn every_command_and_option_is_documented() {
    let docs = ["README.md", "docs/using.md"]
        .map(|f| std::fs::read_to_string(root().join(f)).expect("the page is there"))
        .concat();
    for command in ["brief", "serve", "records", "read", "demo", "explain", "analyze"] {
        assert!(docs.contains(&format!("detente {command}")), "detente {command}");
        let help = run(&mut detente(&[command, "--help"])).out;
        let options = help.split_whitespace().filter(|w| w.starts_with("--") && w.len() > 2);
        for option in options.map(|w| w.trim_end_matches([',', '.', ';', ':', ')', ']'])) {
            let common = ["--help", "--version"].contains(&option);
            assert!(common || docs.contains(option), "{command} {option}");
        }
    }
}
