//! Takes what a site's `robots.txt` says, tells what is open to us.
//!
//! # How
//! A file is followed for a day. Where there is none (404 and its like) everything is open; where the site is too busy
//! or broken to say (429, 5xx), nothing is asked until it can say (RFC 9309, 2.3.1).

use crate::fetch::{Answer, NAME};
use crate::trouble::{Kind, Trouble};
use std::panic::catch_unwind;
use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// What one site wants.
pub(crate) enum Rules {
    /// Everything is open.
    Open,
    /// As it says.
    Said(Robot),
}

impl Rules {
    /// How long rules hold, and how long a site is left alone that could not say.
    pub(crate) const HOLD: Duration = Duration::from_secs(24 * 3600);
    pub(crate) const ALONE: Duration = Duration::from_secs(600);

    /// Where a site has its rules.
    pub(crate) fn address(url: &Url) -> Option<Url> {
        url.join("/robots.txt").ok()
    }

    /// The rules as they came, or why there are none.
    pub(crate) fn of(asked: Result<Answer, Trouble>) -> Result<Rules, Trouble> {
        match asked {
            // A file that breaks the parser says nothing.
            Ok(answer) => Ok(match catch_unwind(|| Robot::new(NAME, &tame(&answer.bytes))) {
                Ok(Ok(robot)) => Rules::Said(robot),
                _ => Rules::Open,
            }),
            Err(trouble) => match trouble.kind() {
                Kind::Status { code: 429, .. } => Err(trouble),
                Kind::Status { code: 400..=499, .. } => Ok(Rules::Open),
                Kind::Redirects(_) | Kind::Loop | Kind::Nowhere | Kind::NotText(_) => Ok(Rules::Open),
                _ => Err(trouble),
            },
        }
    }

    /// May this page be asked for?
    pub(crate) fn allows(&self, url: &Url) -> bool {
        match self {
            Rules::Open => true,
            Rules::Said(robot) => robot.allowed(url.as_str()),
        }
    }

    /// The pause between two requests that the site wants.
    pub(crate) fn delay(&self) -> Option<Duration> {
        match self {
            Rules::Open => None,
            Rules::Said(robot) => robot.delay.and_then(|s| Duration::try_from_secs_f32(s).ok()),
        }
    }
}

/// Rules with an end mark that count. Each of these is compiled, so that a file full of them would fill the memory.
const COMPILED: usize = 500;

/// The file without what comes after too many rules that must be compiled.
fn tame(bytes: &[u8]) -> Vec<u8> {
    let mut compiled = 0;
    let keep = |line: &&[u8]| {
        compiled += usize::from(line.contains(&b'$'));
        compiled <= COMPILED
    };
    bytes.split_inclusive(|b| matches!(b, b'\n' | b'\r')).take_while(keep).flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Rules {
        let url = Url::parse("https://a.example/robots.txt").unwrap();
        let bytes = text.as_bytes().to_vec();
        let answer = Answer { url, media_type: None, charset: None, etag: None, modified: None, bytes };
        Rules::of(Ok(answer)).unwrap()
    }

    fn open(rules: &Rules, path: &str) -> bool {
        rules.allows(&Url::parse("https://a.example").unwrap().join(path).unwrap())
    }

    #[test]
    fn we_are_spoken_to_by_name_or_with_all() {
        let rules = said("User-agent: *\nDisallow: /private/\nAllow: /private/open\nCrawl-delay: 2.5\n");
        assert!(open(&rules, "/news/1") && open(&rules, "/private/open") && !open(&rules, "/private/1"));
        assert_eq!(rules.delay(), Some(Duration::from_millis(2500)));
        let rules = said("User-agent: *\nDisallow: /\n\nUser-agent: detente\nDisallow: /x\n");
        assert!(open(&rules, "/news/1") && !open(&rules, "/x"));
        let rules = said("User-agent: detente\nDisallow: /*?print=\nDisallow: /*.pdf$\n");
        assert!(open(&rules, "/a") && !open(&rules, "/a?print=1") && !open(&rules, "/b.pdf"));
    }

    #[test]
    fn what_cannot_be_read_closes_nothing_and_breaks_nothing() {
        for text in [
            "",
            "\0\0\0",
            "<html>no such page</html>",
            "Disallow",
            "User-agent",
            "Crawl-delay: -1\n",
            "Crawl-delay: 1e99\n",
        ] {
            assert!(open(&said(text), "/a"), "{text:?}");
            said(text).delay();
        }
    }

    #[test]
    fn a_file_full_of_costly_rules_costs_little() {
        let begin = crate::clock::monotonic();
        let rules = said(&format!("User-agent: *\nDisallow: /x\n{}", "Disallow: *a*b$\n".repeat(35_000)));
        assert!(open(&rules, &"/a".repeat(1000)) && !open(&rules, "/x"));
        assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
        let stars =
            said(&format!("User-agent: *\n{}", format!("Disallow: /{}b\n", "*a".repeat(60)).repeat(4000)));
        assert!(open(&stars, &"/a".repeat(1000)));
        assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    }
}
