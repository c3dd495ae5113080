//! How long to wait before the next visit: longer after every failure, and never the same moment for all.
//!
//! Where many follow the same outlets at the same minute, a little is added. It hangs on address and count of failures
//! alone, so that the same run waits the same time.

use std::time::Duration;

/// Waiting ends here, unless more was wanted from the beginning.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// The pause after so many failures in a row; up to a tenth more.
pub(crate) fn pause(address: &str, every: Duration, failures: u32) -> Duration {
    let doubled = every.saturating_mul(1_u32.checked_shl(failures.saturating_sub(1).min(20)).unwrap_or(1));
    let pause = doubled.min(LONGEST.max(every));
    let hash = blake3::hash(format!("{failures} {address}").as_bytes());
    let share = f64::from(u16::from_le_bytes([hash.as_bytes()[0], hash.as_bytes()[1]])) / f64::from(u16::MAX);
    pause + pause.mul_f64(share / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_day_and_differ_a_little() {
        let every = Duration::from_secs(900);
        let of = |failures| pause("https://a.example/feed", every, failures).as_secs_f64() / 900.0;
        for (failures, times) in
            [(0, 1.0), (1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0), (8, 96.0), (30, 96.0), (u32::MAX, 96.0)]
        {
            let got = of(failures);
            assert!((times..=times * 1.1).contains(&got), "{failures}: {got}");
        }
        assert_eq!(of(3), of(3));
        assert_ne!(pause("https://a.example/", every, 0), pause("https://b.example/", every, 0));
        let week = Duration::from_secs(7 * 24 * 3600);
        assert!(pause("https://a.example/", week, 5) >= week);
    }
}
