//! Does a reading hold what a line of a spec expects?

use detente_types::{ActorRef, Comparator, Reading, Span, When};
use jiff::civil::Date;

/// Does the reading hold the line?
pub(super) fn holds(line: &str, reading: &Reading) -> bool {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "event" => events(reading).any(|e| event(&words(rest), reading, e)),
        "figure" => figure_line(&words(rest), reading),
        "claim" => claim(&words(rest), reading),
        "act" => act(&words(rest), reading),
        "says" => says(&words(rest), reading),
        "attack" => super::attack::attack(&words(rest), reading),
        "quote" => quote(&words(rest), reading),
        "when" => when(&words(rest), reading),
        "actor" => actor(&words(rest), reading),
        "place" => place(&words(rest), reading),
        "mask" => mask(&words(rest), reading),
        "reads" => reads(&words(rest), reading),
        "no" => !present(&words(rest), reading),
        // The stated records are checked one by one; `only` bounds their number from above in prose.
        "only" => true,
        _ => panic!("no such expectation: {line}"),
    }
}

/// Words of a line; what stands in double quotes is one word, marked by its quote.
fn words(line: &str) -> Vec<String> {
    let (mut out, mut current, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                if quoted {
                    current = "\"".to_string();
                } else {
                    out.push(std::mem::take(&mut current));
                }
            }
            ' ' if !quoted => {
                if !current.is_empty() {
                    out.push(std::mem::take(&mut current));
                }
            }
            c => current.push(c),
        }
    }
    if !current.is_empty() {
        out.push(current);
    }
    out
}

fn events(reading: &Reading) -> impl Iterator<Item = &detente_types::Event> {
    reading.events.iter().map(|e| &e.fact)
}

pub(super) fn snake<T: std::fmt::Debug>(value: T) -> String {
    let mut out = String::new();
    for (i, c) in format!("{value:?}").chars().enumerate() {
        if c.is_uppercase() && i > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// "A|B", "X*", "?", exact.
fn id_fits(pattern: &str, id: &str) -> bool {
    pattern.split('|').any(|p| match p.strip_suffix('*') {
        Some(prefix) => id.starts_with(prefix),
        None => p == "?" || p == id,
    })
}

/// A list of ids as a set, in any order.
fn list_fits(pattern: &str, ids: &[&str]) -> bool {
    if pattern == "?" {
        return true;
    }
    if pattern == "-" {
        return ids.is_empty();
    }
    let wanted: Vec<&str> = pattern.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    let open = wanted.contains(&"?");
    let named: Vec<&str> = wanted.into_iter().filter(|p| *p != "?").collect();
    if !open && ids.len() > named.len() && !named.iter().all(|p| p.contains('*')) {
        return false;
    }
    assign(&named, ids) && (open || ids.iter().all(|id| named.iter().any(|p| id_fits(p, id))))
}

/// Every pattern gets an id of its own.
fn assign(patterns: &[&str], ids: &[&str]) -> bool {
    let Some((first, rest)) = patterns.split_first() else { return true };
    (0..ids.len()).any(|i| {
        let others: Vec<&str> = ids.iter().enumerate().filter(|(n, _)| *n != i).map(|(_, id)| *id).collect();
        id_fits(first, ids[i]) && assign(rest, &others)
    })
}

fn refs_fit(pattern: &str, refs: &[ActorRef]) -> bool {
    let ids: Vec<&str> = refs.iter().map(|r| r.actor.as_str()).collect();
    list_fits(pattern, &ids)
}

/// Splits words at keywords: the part before the first, then each keyword with what follows it.
fn parts(words: &[String], keys: &[&str]) -> (Vec<String>, Vec<(String, String)>) {
    let (mut head, mut out): (Vec<String>, Vec<(String, Vec<String>)>) = (Vec::new(), Vec::new());
    for w in words {
        if keys.contains(&w.as_str()) {
            out.push((w.clone(), Vec::new()));
        } else {
            match out.last_mut() {
                Some((_, rest)) => rest.push(w.clone()),
                None => head.push(w.clone()),
            }
        }
    }
    (head, out.into_iter().map(|(k, v)| (k, v.join(" "))).collect())
}

fn code_fits(pattern: &str, e: &detente_types::Event) -> bool {
    pattern.split('|').any(|p| {
        if p == "*" {
            return true;
        }
        let kind = e.kind.code();
        p == kind
            || p.strip_prefix(kind)
                .and_then(|m| m.strip_prefix('-'))
                .is_some_and(|mode| e.modes.iter().any(|m| m.short() == mode))
    })
}

fn event(words: &[String], reading: &Reading, e: &detente_types::Event) -> bool {
    let (head, tail) = parts(words, &["->", "with", "by", "on", "from", "at", "about"]);
    let mut head = head.into_iter();
    let code = head.next().unwrap_or_default();
    let mut modality = head.next().unwrap_or_else(|| "*".into());
    let negated = modality == "not";
    if negated {
        modality = head.next().unwrap_or_else(|| "*".into());
    }
    let actors = head.collect::<Vec<_>>().join(" ");
    let real = modality.split('|').any(|m| m == "*" || m == snake(e.modality));
    let polarity = (e.polarity == detente_types::Polarity::Negated) == negated;
    code_fits(&code, e)
        && real
        && polarity
        && (actors.is_empty() || refs_fit(&actors, &e.actors))
        && tail.iter().all(|(key, value)| match key.as_str() {
            "->" => refs_fit(value, &e.recipients),
            "with" => refs_fit(value, &e.others),
            "by" => refs_fit(value, &e.attributed_to),
            "on" => date_fits(value, &e.when),
            "from" => {
                let (from, to) = value.split_once(" to ").unwrap_or((value, value));
                e.when.from() == day(from).map(|d| d.0) && e.when.to() == day(to).map(|d| d.1)
            }
            "at" => e.place.as_ref().is_some_and(|p| p.name.contains(value.as_str())),
            "about" => e.contexts.iter().any(|c| snake(c) == *value),
            _ => false,
        })
        && !reading.sentences.is_empty()
}

/// A day, month or year as first and last day.
fn day(text: &str) -> Option<(Date, Date)> {
    let text = text.trim();
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [y] => Some((Date::new(y.parse().ok()?, 1, 1).ok()?, Date::new(y.parse().ok()?, 12, 31).ok()?)),
        [y, m] => {
            let first = Date::new(y.parse().ok()?, m.parse().ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        _ => text.parse().ok().map(|d| (d, d)),
    }
}

fn date_fits(pattern: &str, when: &When) -> bool {
    if pattern == "unknown" {
        return when.is_unknown();
    }
    let (from, to) = match pattern.split_once("..") {
        Some((a, b)) => (day(a).map(|d| d.0), day(b).map(|d| d.1)),
        None => {
            let d = day(pattern);
            (d.map(|d| d.0), d.map(|d| d.1))
        }
    };
    when.from() == from && when.to() == to
}

fn number_fits(pattern: &str, f: &detente_types::Figure) -> bool {
    if pattern == "*" {
        return true;
    }
    let value = |p: &str| p.replace(',', "").parse::<u64>().ok();
    let (wanted, number) = match pattern {
        p if p.starts_with(">=") => (Comparator::AtLeast, value(&p[2..])),
        p if p.starts_with("<=") => (Comparator::AtMost, value(&p[2..])),
        p if p.starts_with('>') => (Comparator::MoreThan, value(&p[1..])),
        p if p.starts_with('<') => (Comparator::LessThan, value(&p[1..])),
        p if p.starts_with('~') => (Comparator::About, value(&p[1..])),
        p => match p.split_once("..") {
            Some((low, high)) => {
                return f.comparator == Comparator::Range && f.low == value(low) && f.high == value(high);
            }
            None => (Comparator::Exactly, value(p)),
        },
    };
    match number {
        Some(n) => f.comparator == wanted && f.value == Some(n),
        None => f.comparator == Comparator::Vague && f.text.to_lowercase().contains(pattern),
    }
}

fn figure_line(words: &[String], reading: &Reading) -> bool {
    let standing = |w: &String| matches!(w.as_str(), "total" | "once" | "part" | "beside");
    let (words, standing): (Vec<String>, &str) = match words.split_last() {
        Some((last, rest)) if standing(last) => (rest.to_vec(), last.as_str()),
        _ => (words.to_vec(), ""),
    };
    let (head, tail) = parts(&words, &["unit", "of", "by", "from"]);
    let (what, number) =
        (head.first().cloned().unwrap_or_default(), head.get(1).cloned().unwrap_or_else(|| "*".into()));
    reading.figures.iter().map(|f| &f.fact).any(|f| {
        (what == "*" || what.split('|').any(|w| w == snake(f.what)))
            && number_fits(&number, f)
            && match standing {
                "total" => f.total,
                "once" => !f.total,
                "part" => f.part_of.is_some(),
                "beside" => f.beside.is_some(),
                _ => true,
            }
            && tail.iter().all(|(key, value)| match key.as_str() {
                "unit" => f.unit.as_deref().is_some_and(|u| value.split('|').any(|v| u == v)),
                "of" => refs_fit(value, &f.victims),
                "by" if value == "outlet" => f.claimant.is_none(),
                "by" => {
                    refs_fit(value, &f.claimant.iter().chain(&f.also_by).cloned().collect::<Vec<_>>())
                        && (value == "-" || f.claimant.is_some())
                }
                _ => refs_fit(value, &f.perpetrators),
            })
    })
}

fn bare(word: &str) -> Option<&str> {
    word.strip_prefix('"')
}

fn claim(words: &[String], reading: &Reading) -> bool {
    let stance = words.first().cloned().unwrap_or_default();
    let quoted = words.iter().find_map(|w| bare(w));
    let answers = words.windows(2).any(|w| w[0] == "answers" && w[1] == "accusation");
    let plain: Vec<String> = words[1..]
        .iter()
        .filter(|w| bare(w).is_none() && *w != "answers" && *w != "accusation")
        .cloned()
        .collect();
    let (who, tail) = parts(&plain, &["->"]);
    reading.claims.iter().map(|c| &c.fact).any(|c| {
        stance.split('|').any(|s| s == snake(c.stance))
            && refs_fit(&who.join(" "), &c.who)
            && tail.iter().all(|(_, whom)| refs_fit(whom, &c.whom))
            && quoted.is_none_or(|q| {
                q.split_whitespace().all(|w| c.about.to_lowercase().contains(&w.to_lowercase()))
            })
            && (!answers || c.answers.is_some())
    })
}

fn act(words: &[String], reading: &Reading) -> bool {
    let (head, tail) = parts(words, &["between", "by", "at", "round"]);
    let stage = head.first().cloned().unwrap_or_default();
    let mediators = head[1..].join(" ");
    reading.acts.iter().map(|a| &a.fact).any(|a| {
        stage.split('|').any(|s| s == snake(a.stage))
            && (mediators.is_empty() || refs_fit(&mediators, &a.mediators))
            && tail.iter().all(|(key, value)| match key.as_str() {
                "between" => refs_fit(value, &a.parties),
                "by" => refs_fit(value, &a.by),
                "at" => a.place.as_ref().is_some_and(|p| p.name.contains(value.as_str())),
                _ => a.round.is_some_and(|r| r.to_string() == *value),
            })
    })
}

/// `says "source" "cue" "content" [strength]`, an empty source for none.
fn says(words: &[String], reading: &Reading) -> bool {
    let text = reading.document.text();
    let quoted: Vec<&str> = words.iter().filter_map(|w| bare(w)).collect();
    let [source, cue, content] = quoted[..] else { panic!("says needs source, cue and content") };
    let strength = words.iter().find(|w| bare(w).is_none());
    reading.attributions.iter().any(|a| {
        a.source.map_or("", |s| s.of(text)) == source
            && a.cue.of(text) == cue
            && a.content.of(text).contains(content)
            && strength.is_none_or(|s| *s == snake(a.strength))
    })
}

fn quote(words: &[String], reading: &Reading) -> bool {
    let (speaker, start) =
        (words.first().cloned().unwrap_or_default(), words.get(1).and_then(|w| bare(w)).unwrap_or(""));
    let start = start.trim_end_matches([',', '.']);
    reading.quotes.iter().map(|q| &q.fact).any(|q| {
        let speakers: Vec<&str> = q.speaker.iter().map(|s| s.actor.as_str()).collect();
        list_fits(&speaker, &speakers) && q.words.of(reading.document.text()).starts_with(start)
    })
}

/// Every place where the words stand as whole words.
fn spots(reading: &Reading, words: &str) -> Vec<Span> {
    let text = reading.document.text();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(words)
        .filter(|(at, w)| edge(text[..*at].chars().next_back()) && edge(text[at + w.len()..].chars().next()))
        .map(|(at, w)| Span::new(at, at + w.len()))
        .collect()
}

fn when(words: &[String], reading: &Reading) -> bool {
    let pattern = words[..words.len() - 1].join(" ");
    let quoted = words.last().and_then(|w| bare(w)).unwrap_or("");
    let spots = spots(reading, quoted);
    reading.dates.iter().any(|d| {
        d.evidence()[0].marks.iter().any(|m| spots.iter().any(|s| s.overlaps(*m)))
            && date_fits(&pattern, &d.fact)
    })
}

/// Every reference to an actor in the reading's facts, with its words.
fn references(reading: &Reading) -> Vec<&ActorRef> {
    let mut out: Vec<&ActorRef> = Vec::new();
    for e in events(reading) {
        out.extend(e.actors.iter().chain(&e.recipients).chain(&e.others).chain(&e.attributed_to));
    }
    for f in &reading.figures {
        out.extend(f.victims.iter().chain(&f.perpetrators).chain(&f.claimant).chain(&f.also_by));
    }
    for c in &reading.claims {
        out.extend(c.who.iter().chain(&c.whom));
    }
    for a in &reading.acts {
        out.extend(a.mediators.iter().chain(&a.parties).chain(&a.by));
    }
    for q in &reading.quotes {
        out.extend(&q.speaker);
    }
    out
}

fn actor(words: &[String], reading: &Reading) -> bool {
    let (id, via) = (&words[0], words.iter().position(|w| w == "via").map(|i| words[i + 1].clone()));
    let quoted = words.last().and_then(|w| bare(w)).unwrap_or("");
    let spots = spots(reading, quoted);
    references(reading).into_iter().chain(&reading.mentions).any(|r| {
        let here = r.span.is_some_and(|span| spots.iter().any(|s| s.overlaps(span)));
        here && id_fits(id, r.actor.as_str())
            && via.as_ref().is_none_or(|v| v.split('|').any(|v| v == snake(r.via)))
    })
}

fn place(words: &[String], reading: &Reading) -> bool {
    let quoted = words.last().and_then(|w| bare(w)).unwrap_or("");
    let spots = spots(reading, quoted);
    // No fact takes exactly these words for an actor.
    !spots.is_empty()
        && spots.iter().any(|s| {
            !references(reading).iter().any(|r| {
                r.span.is_some_and(|span| span == *s && r.certainty == detente_types::Certainty::Certain)
            })
        })
}

fn mask(words: &[String], reading: &Reading) -> bool {
    let quoted = words.last().and_then(|w| bare(w)).unwrap_or("");
    let spots = spots(reading, quoted);
    reading.mask.iter().any(|m| {
        words[0].split('|').any(|r| r == snake(m.reason)) && spots.iter().any(|s| m.span.overlaps(*s))
    })
}

fn reads(words: &[String], reading: &Reading) -> bool {
    match words[0].as_str() {
        "outlet" => words.last().and_then(|w| bare(w)) == reading.outlet.as_deref(),
        "published" => date_fits(&words[1..].join(" "), &reading.published),
        other => panic!("reads {other}?"),
    }
}

/// For `no …`: is there such a record?
fn present(words: &[String], reading: &Reading) -> bool {
    let (kind, rest) = (words[0].as_str(), &words[1..]);
    let first = rest.first().map(String::as_str);
    match kind {
        "event" => {
            let code = rest.iter().find(|w| w.starts_with(char::is_uppercase));
            let modality = rest.iter().find(|w| w.starts_with(char::is_lowercase));
            let affirmed = |e: &detente_types::Event| {
                modality.is_none() || e.polarity == detente_types::Polarity::Affirmed
            };
            events(reading).any(|e| {
                affirmed(e)
                    && code.is_none_or(|c| code_fits(c, e))
                    && modality.is_none_or(|m| m.split('|').any(|m| m == snake(e.modality)))
            })
        }
        "context" => events(reading).flat_map(|e| &e.contexts).any(|c| first.is_none_or(|w| w == snake(c))),
        "figure" => {
            reading.figures.iter().any(|f| first.is_none_or(|w| w.split('|').any(|w| w == snake(f.what))))
        }
        "claim" => {
            reading.claims.iter().any(|c| first.is_none_or(|w| w.split('|').any(|w| w == snake(c.stance))))
        }
        "act" => reading.acts.iter().any(|a| first.is_none_or(|w| w.split('|').any(|w| w == snake(a.stage)))),
        "mask" => {
            reading.mask.iter().any(|m| first.is_none_or(|w| w.split('|').any(|w| w == snake(m.reason))))
        }
        "attack" => reading.attacks.iter().any(|a| first.is_none_or(|w| w == snake(a.fact.form))),
        "quote" => !reading.quotes.is_empty(),
        "when" => {
            let spots = spots(reading, rest.last().and_then(|w| bare(w)).unwrap_or(""));
            reading
                .dates
                .iter()
                .any(|d| d.evidence()[0].marks.iter().any(|m| spots.iter().any(|s| s.overlaps(*m))))
        }
        "actor" => references(reading).iter().any(|r| id_fits(first.unwrap_or("?"), r.actor.as_str())),
        other => panic!("no {other}?"),
    }
}

fn ids(refs: &[ActorRef]) -> String {
    let ids: Vec<&str> = refs.iter().map(|r| r.actor.as_str()).collect();
    if ids.is_empty() { "-".into() } else { ids.join(", ") }
}

/// The reading as lines of a spec.
pub(super) fn show(reading: &Reading) -> String {
    let mut out = format!("    > {}\n", reading.document.text().replace('\n', "\n    > "));
    for e in events(reading) {
        let modes: Vec<&str> = e.modes.iter().map(|m| m.short()).collect();
        let not = if e.polarity == detente_types::Polarity::Negated { "not " } else { "" };
        let place = e.place.as_ref().map_or("-", |p| &p.name);
        out += &format!(
            "      event {}-{} {not}{} {} -> {} with {} by {} when {:?}..{:?} at {place}\n",
            e.kind,
            modes.join("+"),
            snake(e.modality),
            ids(&e.actors),
            ids(&e.recipients),
            ids(&e.others),
            ids(&e.attributed_to),
            e.when.from(),
            e.when.to()
        );
    }
    for a in &reading.attacks {
        out += &format!("      attack {a:?}\n");
    }
    for f in &reading.figures {
        out += &format!(
            "      figure {} {:?} {:?} low {:?} high {:?} unit {:?} of {} by {} from {} total {} part {} beside {}\n",
            snake(f.what),
            f.comparator,
            f.value,
            f.low,
            f.high,
            f.unit,
            ids(&f.victims),
            f.claimant.as_ref().map_or("outlet", |c| c.actor.as_str()),
            ids(&f.perpetrators),
            f.total,
            f.part_of.is_some(),
            f.beside.is_some()
        );
    }
    for c in &reading.claims {
        out += &format!(
            "      claim {} {} -> {} answers {} {:?}\n",
            snake(c.stance),
            ids(&c.who),
            ids(&c.whom),
            c.answers.is_some(),
            c.about
        );
    }
    for a in &reading.acts {
        out += &format!(
            "      act {} {} between {} by {} at {} round {:?}\n",
            snake(a.stage),
            ids(&a.mediators),
            ids(&a.parties),
            ids(&a.by),
            a.place.as_ref().map_or("-", |p| &p.name),
            a.round
        );
    }
    for q in &reading.quotes {
        out += &format!(
            "      quote {} {:?}\n",
            q.speaker.as_ref().map_or("-", |c| c.actor.as_str()),
            q.words.of(reading.document.text())
        );
    }
    for d in &reading.dates {
        out += &format!("      when {:?}..{:?} {:?}\n", d.from(), d.to(), d.text);
    }
    for m in &reading.mask {
        out += &format!("      mask {} {:?}\n", snake(m.reason), m.span.of(reading.document.text()));
    }
    out
}
