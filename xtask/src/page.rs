//! `cargo xtask page`: the page in a real browser.
//!
//! # How
//! Needs Node and Chromium; where they are not there it says so and is skipped, so that the other checks need nothing
//! but Rust. What the tests take from npm is installed once, at the versions of `page-tests/package-lock.json`.

use crate::shared::root;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where Chromium is called what.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// How it went.
pub(crate) enum Told {
    /// All checks held.
    Passed,
    /// Not run, and why.
    Skipped(String),
}

/// Runs the checks, and takes pictures into a folder if one is named.
pub(crate) fn run(pictures: Option<&Path>) -> Result<()> {
    if let Told::Skipped(why) = held(pictures)? {
        println!("page: skipped, {why}");
    }
    Ok(())
}

/// Runs the checks where it can.
pub(crate) fn held(pictures: Option<&Path>) -> Result<Told> {
    let Some(node) = found("node") else {
        return Ok(skipped("Node is not there (apt-get install nodejs npm)"));
    };
    let Some(browser) = browser() else {
        return Ok(skipped("Chromium is not there (apt-get install chromium, or set CHROMIUM)"));
    };
    let folder = root().join("page-tests");
    if !folder.join("node_modules/playwright-core").is_dir() {
        let Some(npm) = found("npm") else { return Ok(skipped("npm is not there (apt-get install npm)")) };
        let installed = Command::new(npm)
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .status()?;
        if !installed.success() {
            return Ok(skipped("npm could not install what the tests need (is there a network?)"));
        }
    }
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "-p", "detente"])
        .current_dir(root())
        .status()?;
    if !built.success() {
        bail!("page: detente does not build");
    }
    let mut command = Command::new(node);
    command.arg("run.mjs").arg(program()).arg(browser).current_dir(&folder);
    if let Some(pictures) = pictures {
        command.arg(std::path::absolute(pictures)?);
    }
    if !command.status()?.success() {
        bail!("page: failed");
    }
    Ok(Told::Passed)
}

fn skipped(why: &str) -> Told {
    Told::Skipped(why.to_string())
}

/// The program as it was built just now.
fn program() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug").join(format!("detente{}", std::env::consts::EXE_SUFFIX))
}

fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|p| p.is_file());
    named.or_else(|| BROWSERS.iter().find_map(|name| found(name)))
}

/// A program of this name on the path.
fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|p| p.is_file())
}
