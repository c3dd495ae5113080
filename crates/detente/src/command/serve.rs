//! `detente serve`: the page, on this machine.

use super::arguments::{Demo, Door, Serve};
use super::{Outcome, Stop, read, say, screen};
use crate::bundle;
use crate::fresh::{Fresh, From, Look};
use crate::intake::Failure;
use crate::sending::Sending;
use detente_page::{Guard, Shelf, Token};
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// How often the reports are looked at.
const EVERY: Duration = Duration::from_millis(200);

/// The longest pause between two looks.
const SELDOM: Duration = Duration::from_secs(5);

/// Serves reports under paths.
pub(super) fn run(wanted: &Serve) -> Outcome {
    if wanted.reports.paths.iter().any(|p| p.as_os_str() == "-") {
        let remedy = "save it into a folder and give that";
        return Err(Failure::new("standard input cannot be read again", "-", remedy).into());
    }
    let listener = bind(&wanted.door)?;
    let from = match &wanted.reports.paths[..] {
        [] => From::Kept(super::store::existing(&wanted.reports.store)?),
        paths => From::Paths(paths.to_vec()),
    };
    let fresh = Fresh::new(read::open(&wanted.reports.knowledge)?, from, wanted.as_of);
    open(fresh, listener, &wanted.door, super::alerts::sending(wanted.config.as_deref())?)
}

/// Serves the demonstration.
pub(super) fn demo(wanted: &Demo) -> Outcome {
    let listener = bind(&wanted.door)?;
    let desk = read::open(&super::arguments::OwnKnowledge { knowledge: None })?;
    open(Fresh::new(desk, From::Carried(bundle::REPORTS), wanted.rules.as_of), listener, &wanted.door, None)
}

/// Takes the port before anything is read: that it is in use is known at once.
fn bind(door: &Door) -> Result<TcpListener, Stop> {
    let address = SocketAddr::new(door.host, door.port);
    TcpListener::bind(address).map_err(|error| {
        let remedy = "give another with --port N; 0 takes any that is free";
        let failure = match error.kind() {
            ErrorKind::AddrInUse => Failure::new("this port is in use", address.to_string(), remedy),
            ErrorKind::PermissionDenied => {
                Failure::new("not allowed to use this port", address.to_string(), remedy)
            }
            ErrorKind::AddrNotAvailable => {
                Failure::new("not an address of this machine", address.to_string(), "check --host")
            }
            _ => Failure::new(error.to_string(), address.to_string(), remedy),
        };
        failure.into()
    })
}

fn open(mut fresh: Fresh, listener: TcpListener, door: &Door, sending: Option<Sending>) -> Outcome {
    let bar = screen::progress(0);
    let begin = |number: usize| bar.set_length(number as u64);
    if let Some(words) = fresh.read_anew() {
        say::line(&format!("detente: {words}"));
    }
    let Some(first) = fresh.look(begin, &|| bar.inc(1))? else { return Ok(Vec::new()) };
    bar.finish_and_clear();
    say::notes(&first.notes);
    first.failures.iter().for_each(say::failure);
    let address = listener.local_addr()?;
    let (guard, secret) = guard(address.ip(), door)?;
    let told = told(&first, address, secret.as_deref());
    let shelf = Arc::new(Shelf::new(first.edition));
    let lent = fresh.lent();
    let kept = Arc::clone(&shelf);
    std::thread::Builder::new().name("fresh".to_string()).spawn(move || keep_fresh(fresh, &kept, sending))?;
    // What every visitor asks for first is made before the address is told.
    shelf.edition().ready();
    screen::print(told.as_bytes())?;
    detente_page::serve(listener, shelf, lent, guard, std::future::pending())?;
    Ok(Vec::new())
}

/// Looks at the reports for as long as the program runs. What cannot be read for a moment is told once, and the page
/// shows the last edition until it can.
fn keep_fresh(mut fresh: Fresh, shelf: &Shelf, sending: Option<Sending>) {
    let post = sending.and_then(|sending| postman(sending, &fresh));
    told_of(&fresh, shelf, post.as_ref());
    let mut trouble: Option<String> = None;
    let mut pause = EVERY;
    loop {
        std::thread::sleep(pause);
        let begun = Instant::now();
        match fresh.look(|_| (), &|| ()) {
            // A folder of many files takes a while to look through, and is not looked through all the time.
            Ok(None) => pause = EVERY.max(begun.elapsed() * 10).min(SELDOM),
            Ok(Some(Look { edition, reports, failures, .. })) => {
                failures.iter().for_each(say::failure);
                shelf.publish(edition);
                trouble = None;
                say::line(&format!("detente: {reports} reports now"));
                told_of(&fresh, shelf, post.as_ref());
            }
            Err(failure) => {
                let words = failure.to_string();
                if trouble.as_ref() != Some(&words) {
                    say::line(&format!(
                        "detente: {words}; the page shows the last edition until it can be read"
                    ));
                }
                trouble = Some(words);
            }
        }
    }
}

/// What is done once an edition is out, in the order in which somebody waits for it: its books, alerts, the store.
fn told_of(fresh: &Fresh, shelf: &Shelf, post: Option<&Sender<()>>) {
    shelf.edition().ready();
    tell(fresh, shelf, post);
    fresh.put_down();
}

/// Tells what is new in the books: here, to the page, to those who are sent to.
fn tell(fresh: &Fresh, shelf: &Shelf, post: Option<&Sender<()>>) {
    match fresh.news() {
        Ok(Some((news, unseen))) => {
            super::alerts::history(news.history);
            news.new
                .iter()
                .flat_map(|a| super::alerts::shown(a).lines().map(str::to_string).collect::<Vec<_>>())
                .for_each(|l| say::line(&l));
            shelf.ring(unseen);
            // What was raised by another process is sent, too.
            let _ = post.map(|post| post.send(()));
        }
        Ok(None) => {}
        Err(error) => say::line(&format!("detente: {error}; alerts are told when it can be read")),
    }
}

/// Sends alerts in a thread of its own: whoever takes them may be slow.
fn postman(sending: Sending, fresh: &Fresh) -> Option<Sender<()>> {
    let Some(path) = fresh.store_path() else {
        let remedy = "to send them, keep the reports in a store: detente add, then serve without paths";
        say::line(&format!("detente: alerts are shown here and on the page; {remedy}"));
        return None;
    };
    let (post, bag) = channel::<()>();
    let carry = move || {
        while bag.recv().is_ok() {
            bag.try_iter().for_each(drop);
            match detente_store::Store::open_existing(&path) {
                Ok(store) => super::alerts::send(&sending, &store).iter().for_each(say::failure),
                Err(error) => say::line(&format!("detente: {error}; alerts are sent when it can be read")),
            }
        }
    };
    std::thread::Builder::new().name("alerts".to_string()).spawn(carry).ok()?;
    Some(post)
}

/// Loopback is open to this machine; anything else asks for a token.
fn guard(ip: IpAddr, door: &Door) -> Result<(Guard, Option<String>), Stop> {
    if ip.is_loopback() && door.token.is_none() {
        return Ok((Guard::loopback(), None));
    }
    let token = match &door.token {
        Some(token) if fits(token) => token.clone(),
        Some(_) => {
            let remedy = "use 16 or more letters, digits, hyphens";
            return Err(
                Failure::new("this token is too short or has odd characters", "--token", remedy).into()
            );
        }
        None => random()?,
    };
    Ok((Guard::with_token(Token::new(&token)), Some(token)))
}

/// Long enough not to be guessed, plain enough for an address and a cookie.
fn fits(token: &str) -> bool {
    token.len() >= 16 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn random() -> Result<String, Stop> {
    let mut bytes = [0u8; 24];
    getrandom::fill(&mut bytes)
        .map_err(|e| Failure::new("the system gives no random numbers", e.to_string(), "give a --token"))?;
    Ok(bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    }))
}

fn told(first: &Look, address: SocketAddr, secret: Option<&str>) -> String {
    let query = secret.map(|s| format!("?token={s}")).unwrap_or_default();
    let reports = match first.reports {
        1 => "1 report".to_string(),
        n => format!("{n} reports"),
    };
    format!("Detente has read {reports}. Open http://{address}/{query} in a browser; Ctrl-C ends it.\n")
}
