//! `detente watch`: follows what `detente.toml` names, for as long as it runs or one round.
//!
//! # How
//! 1. The settings are read and checked; nothing is begun while something in them is wrong.
//! 2. What is due is visited; folders are looked at. Each new report is one line on standard output.
//! 3. After a round that brought something the reports are read, and `Run::after_round` tells what they change.
//! 4. It waits for what is due next. Ctrl-C ends it; the next start goes on where it was.

use super::store_arguments::Watch as Wanted;
use super::{Outcome, Stop, alerts, read, say, screen, store};
use crate::collecting::{self, Keeper};
use crate::intake::Failure;
use crate::pipeline::{self, Desk};
use crate::sending::Sending;
use crate::settings::{self, Settings};
use detente_collect::clock::{Clock, MachineClock};
use detente_collect::fetch::{Fetcher, user_agent};
use detente_collect::follow::{self, Watch};
use detente_collect::visit::Visitor;
use detente_collect::{Limits, State};
use detente_store::{Filter, Store};
use detente_types::Document;
use indicatif::ProgressBar;
use jiff::Timestamp;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often folders are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// The longest time without a look at the clock, which may be set meanwhile.
const LOOK_AGAIN: Duration = Duration::from_secs(600);

/// Everything that a run works with.
struct Run {
    settings: Settings,
    folders: Vec<PathBuf>,
    store: Store,
    visitor: Visitor,
    clock: Arc<MachineClock>,
    sending: Option<Sending>,
    bar: ProgressBar,
}

/// Follows what the settings name.
pub(super) fn run(wanted: &Wanted) -> Outcome {
    let settings = read_settings(&wanted.config)?;
    let own = settings.store.as_ref().map(|path| settings::beside(&wanted.config, path));
    let store = store::made(&wanted.store, own)?;
    if wanted.list {
        return list(&settings, &store);
    }
    let _alone = alone(store.path())?;
    let folders = settings.folders.iter().map(|path| settings::beside(&wanted.config, path)).collect();
    let clock = Arc::new(MachineClock::default());
    let fetcher = Arc::new(fetcher(&settings)?);
    end_when_told(&clock, &fetcher)?;
    let visitor = Visitor::new(fetcher, Arc::<MachineClock>::clone(&clock), settings.gap);
    let sending = alerts::of(&settings, &wanted.config)?;
    let run = Run { settings, folders, store, visitor, clock, sending, bar: screen::status() };
    let done = run.follow(wanted);
    run.bar.finish_and_clear();
    done
}

fn read_settings(path: &Path) -> Result<Settings, Stop> {
    let place = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::new(
            "there are no settings",
            place.clone(),
            "write them as docs/using.md shows, or give --config FILE",
        ),
        _ => Failure::of_system(&error, place.clone()),
    })?;
    let settings = settings::read(&text, &place).map_err(Stop::Failures)?;
    if settings.watches.is_empty() && settings.folders.is_empty() {
        return Err(Failure::new(
            "nothing to follow",
            place,
            "put a [[feed]], [[page]] or [[folder]] into it",
        )
        .into());
    }
    Ok(settings)
}

/// What is followed, and where that stands: pages that were had, when it was visited last and is the next time, trouble.
fn list(settings: &Settings, store: &Store) -> Outcome {
    let minute = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let mut out = String::new();
    for watch in &settings.watches {
        let state = collecting::known(store, watch)?;
        let well = state.well().map_or("never".to_string(), minute);
        let pages = state.pages();
        out.push_str(&format!("{}\n    pages {pages}; visited {well}", watch.address));
        if let Some(trouble) = state.trouble() {
            let next = minute(state.next());
            out.push_str(&format!("; not before {next}: {}", store::inert(trouble)));
        }
        out.push('\n');
    }
    settings.folders.iter().for_each(|path| out.push_str(&format!("{}\n", path.display())));
    screen::print(out.as_bytes())?;
    Ok(Vec::new())
}

fn fetcher(settings: &Settings) -> Result<Fetcher, Failure> {
    let guard = collecting::guard(&settings.allow)?;
    Ok(Fetcher::new(guard, Limits::default(), &user_agent(settings.contact.as_deref())))
}

/// Two that follow the same would ask every outlet twice. The system takes the lock back however a run ends.
fn alone(store: &Path) -> Result<File, Stop> {
    let mut path = store.as_os_str().to_owned();
    path.push(".watch");
    let path = PathBuf::from(path);
    let place = path.display().to_string();
    let file = File::create(&path).map_err(|e| Failure::of_system(&e, place.clone()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let remedy = "end it first, or give another --store";
            Err(Failure::new(
                "another detente watch follows for this store",
                store.display().to_string(),
                remedy,
            )
            .into())
        }
        // A file system without locks is no reason not to begin.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// The first Ctrl-C ends what is under way, the second everything.
fn end_when_told(clock: &Arc<MachineClock>, fetcher: &Arc<Fetcher>) -> Result<(), Stop> {
    let (clock, fetcher) = (Arc::clone(clock), Arc::clone(fetcher));
    let handler = move || {
        if clock.ended() {
            std::process::exit(130);
        }
        clock.end();
        fetcher.stop();
    };
    ctrlc::set_handler(handler)
        .map_err(|e| Failure::new("Ctrl-C cannot be waited for", e.to_string(), "").into())
}

impl Run {
    fn follow(&self, wanted: &Wanted) -> Outcome {
        let mut desk: Option<Desk> = None;
        let mut states = collecting::states(&self.store, &self.settings.watches, self.clock.now())?;
        // A run that was ended may have left reports that are not read yet.
        let mut left_unread = !wanted.once;
        loop {
            let (failures, left) = match self.round(&mut states, wanted, left_unread, &mut desk) {
                // What was not kept is due again; nothing is lost but time.
                Err(Stop::Busy(failure)) if !wanted.once => (vec![failure], true),
                done => (done?, false),
            };
            left_unread = left;
            if wanted.once || self.clock.ended() {
                return Ok(if wanted.once { failures } else { Vec::new() });
            }
            failures.iter().for_each(|failure| self.bar.suspend(|| say::failure(failure)));
            self.wait(&states);
        }
    }

    /// Visits what is due; with `--once`, everything but what failed and is left alone for a while.
    fn round(
        &self,
        states: &mut Vec<State>,
        wanted: &Wanted,
        left_unread: bool,
        desk: &mut Option<Desk>,
    ) -> Result<Vec<Failure>, Stop> {
        let mut keeper = Keeper::new(&self.store);
        let now = self.clock.now();
        let watches = &self.settings.watches;
        // What failed is left alone for its time, also by a timer: perhaps the server asked for that.
        let is_due = |watch: &Watch, state: &State| {
            state.is_due(watch.every, now) || (wanted.once && state.trouble().is_none())
        };
        let due: Vec<usize> = (0..watches.len()).filter(|at| is_due(&watches[*at], &states[*at])).collect();
        if !due.is_empty() {
            let list = due.iter().map(|at| (watches[*at].clone(), states[*at].clone())).collect();
            follow::round(&self.visitor, list, self.settings.at_once, &mut |_, watch, news| {
                let going = keeper.hear(watch, news, self.clock.now(), &mut |report| self.tell(report));
                self.show(&keeper, watch);
                going
            });
            *states = collecting::states(&self.store, watches, now)?;
        }
        for folder in &self.folders {
            if keeper.fault.is_none() && !self.clock.ended() {
                keeper.look(folder, self.clock.now(), &mut |report| self.tell(report));
            }
        }
        if let Some(fault) = keeper.fault {
            return Err(fault.into());
        }
        self.bar.suspend(|| say::notes(&keeper.notes));
        if (keeper.counts.fresh() > 0 || left_unread) && !self.clock.ended() {
            let desk = match desk {
                Some(desk) => desk,
                None => desk.insert(read::open(&wanted.knowledge)?),
            };
            self.after_round(desk)?;
        }
        Ok(keeper.failures)
    }

    /// What a round that brought reports leads to: they are read, and what is new in the books is told.
    fn after_round(&self, desk: &Desk) -> Result<(), Stop> {
        self.bar.set_message("reading");
        pipeline::read_while(&self.store, desk, &|| (), &|| !self.clock.ended())?;
        if self.clock.ended() {
            return Ok(());
        }
        let new = alerts::news(&self.store, desk)?;
        let told: String = new.iter().map(alerts::shown).collect();
        self.bar.suspend(|| {
            // Who read the lines may have gone; the alerts are kept all the same.
            let _ = screen::print(told.as_bytes());
        });
        let Some(sending) = &self.sending else { return Ok(()) };
        let wait = |pause| {
            self.clock.wait(pause);
            !self.clock.ended()
        };
        for failure in sending.send(&self.store, &|| self.clock.now().as_second(), &wait) {
            self.bar.suspend(|| say::failure(&failure));
        }
        Ok(())
    }

    /// Waits for what is due next.
    fn wait(&self, states: &[State]) {
        let now = self.clock.now();
        let next = states.iter().map(State::next).min().unwrap_or(Timestamp::MAX);
        let left = Duration::try_from(next.duration_since(now)).unwrap_or_default();
        let count = self.store.count(&Filter::default()).unwrap_or_default();
        let ill = states.iter().filter(|state| state.trouble().is_some()).count();
        self.bar.set_message(standing(self.settings.watches.len(), self.folders.len(), ill, count, left));
        self.clock.wait(if self.folders.is_empty() { left.clamp(LOOK, LOOK_AGAIN) } else { LOOK });
    }

    /// One line for each new report.
    fn tell(&self, report: &Document) {
        let line = store::told(report);
        self.bar.suspend(|| {
            // Who read the lines may have gone; the reports are kept all the same.
            let _ = screen::print(format!("{line}\n").as_bytes());
        });
    }

    fn show(&self, keeper: &Keeper, watch: &Watch) {
        let host = watch.address.host_str().unwrap_or_default();
        let (new, ahead) = (keeper.counts.fresh(), keeper.counts.ahead);
        self.bar.set_message(format!("{host}: {new} new reports, pages ahead: {ahead}"));
    }
}

/// What is followed, in one line.
fn standing(watches: usize, folders: usize, ill: usize, reports: usize, left: Duration) -> String {
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut parts = Vec::new();
    if watches > 0 {
        let ill = if ill > 0 { format!(" ({ill} in trouble)") } else { String::new() };
        parts.push(counted(watches, "address", "addresses") + &ill);
    }
    if folders > 0 {
        parts.push(counted(folders, "folder", "folders"));
    }
    let next = if watches > 0 {
        format!("; next visit in {} min", left.as_secs().div_ceil(60))
    } else {
        String::new()
    };
    format!("following {}; {}{next}", parts.join(", "), counted(reports, "report", "reports"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_it_stands_is_one_short_line() {
        let told = standing(12, 1, 2, 1432, Duration::from_secs(61));
        assert_eq!(
            told,
            "following 12 addresses (2 in trouble), 1 folder; 1432 reports; next visit in 2 min"
        );
        assert_eq!(standing(0, 2, 0, 1, Duration::MAX), "following 2 folders; 1 report");
    }
}
