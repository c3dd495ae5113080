//! Questions to a running page, by the plainest HTTP there is, and how long the answers take.

use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Barrier;
use std::time::{Duration, Instant};

/// One connection that is kept open.
pub(super) struct Line {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Line {
    pub(super) fn open(host: &str) -> Result<Line> {
        let stream = TcpStream::connect(host).with_context(|| host.to_string())?;
        stream.set_nodelay(true)?;
        Ok(Line { stream: BufReader::new(stream), host: host.to_string() })
    }

    /// The answer to a question.
    pub(super) fn get(&mut self, path: &str) -> Result<String> {
        let host = &self.host;
        let asked = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        self.stream.get_mut().write_all(asked.as_bytes())?;
        let (mut length, mut first) = (0, String::new());
        self.stream.read_line(&mut first)?;
        loop {
            let mut head = String::new();
            self.stream.read_line(&mut head)?;
            let head = head.trim().to_ascii_lowercase();
            if head.is_empty() {
                break;
            }
            if let Some(n) = head.strip_prefix("content-length:") {
                length = n.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        ensure!(first.contains(" 200 "), "{path}: {}", first.trim());
        Ok(String::from_utf8(body)?)
    }
}

/// How long answers took: the middle one, the hundredth from the end, the longest, and how many there were.
pub(super) struct Waits {
    pub(super) median: Duration,
    pub(super) p99: Duration,
    pub(super) most: Duration,
    pub(super) answers: usize,
    /// The slowest hundredth: the wait, the round, the question.
    pub(super) slowest: Vec<(Duration, usize, String)>,
}

/// Time between two rounds: so many ask at once as often as the page lets one machine ask, and no more.
const ROUND: Duration = Duration::from_millis(280);

/// So many ask one question each at the same moment, in rounds, over connections that stay open.
pub(super) fn crowd(host: &str, paths: &[String], at_once: usize, rounds: usize) -> Result<Waits> {
    let start = Barrier::new(at_once);
    let asker = |n: usize| -> Result<Vec<(Duration, usize, &str)>> {
        let mut line = Line::open(host)?;
        let (mut waits, mut failed) = (Vec::new(), None);
        for round in 0..rounds {
            start.wait();
            let begun = Instant::now();
            // A failure is told after the last round: the others wait for this one at each.
            let path = paths[(round * at_once + n) * 7 % paths.len()].as_str();
            let answer = line.get(path);
            waits.push((begun.elapsed(), round, path));
            failed = failed.or(answer.err());
            std::thread::sleep(ROUND.saturating_sub(begun.elapsed()));
        }
        failed.map_or(Ok(waits), Err)
    };
    let mut waits = std::thread::scope(|scope| -> Result<Vec<(Duration, usize, &str)>> {
        let askers: Vec<_> = (0..at_once)
            .map(|n| {
                scope.spawn({
                    let asker = &asker;
                    move || asker(n)
                })
            })
            .collect();
        let mut all = Vec::new();
        for one in askers {
            all.extend(one.join().expect("an asker does not panic")?);
        }
        Ok(all)
    })?;
    waits.sort();
    ensure!(!waits.is_empty(), "nothing was answered");
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].0;
    let slowest = waits.iter().rev().take(waits.len().div_ceil(100));
    let slowest = slowest.map(|(wait, round, path)| (*wait, *round, (*path).to_string())).collect();
    Ok(Waits { median: at(0.5), p99: at(0.99), most: at(1.0), answers: waits.len(), slowest })
}
