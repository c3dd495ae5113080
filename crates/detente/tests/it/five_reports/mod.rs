//! Twenty hard tests on five real reports that are not in this repository.
//!
//! The reports are the property of their outlets and lie outside, under `$DETENTE_SHARED/reports/durand` (by
//! default `../shared`). What stands here are file names, byte offsets, codes and hashes, none of their words.
//! Without the reports the test says that it is skipped; where `CI` is `true` that is a failure.

mod checks;
mod five;

use crate::known;
use five::Five;

#[test]
fn twenty_hard_tests() {
    if let Some(five) = Five::open() {
        known::hold("five reports", checks::ALL, &five);
    }
}
