//! Finds the gold data, which is not part of the repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// A file of the gold data.
pub(crate) fn path(relative: &str) -> PathBuf {
    let shared = std::env::var_os("DETENTE_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    shared.join(relative)
}

/// The text of a file of the gold data; `.xz` is unpacked.
#[cfg(feature = "measure")]
pub(crate) fn read(relative: &str) -> Result<String> {
    let path = path(relative);
    let bytes = std::fs::read(&path)
        .with_context(|| format!("{} (gold data; DETENTE_SHARED says where it is)", path.display()))?;
    let bytes = if relative.ends_with(".xz") { unpack(&bytes, &path)? } else { bytes };
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

#[cfg(feature = "measure")]
fn unpack(bytes: &[u8], path: &Path) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    lzma_rs::xz_decompress(&mut &bytes[..], &mut out)
        .map_err(|e| anyhow::anyhow!("{}: cannot be unpacked: {e:?}", path.display()))?;
    Ok(out)
}

/// How many of the hard tests on the five reports are listed as failing.
pub(crate) fn known_failures() -> Result<usize> {
    let page = root().join("docs/hard-tests.md");
    let text = std::fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    let section = text.split_once("## Known failures: five reports").map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or("");
    let number = |line: &&str| {
        line.trim_matches(['|', ' ']).split('|').next().is_some_and(|n| n.trim().parse::<u8>().is_ok())
    };
    Ok(section.lines().filter(|l| l.starts_with('|')).filter(number).count())
}

/// How many specs are listed as misread.
pub(crate) fn misread() -> Result<usize> {
    let list = root().join("spec/known-failures.txt");
    let text = std::fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    Ok(text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).count())
}

/// The last border between two characters at this byte or before it.
#[cfg(feature = "measure")]
pub(crate) fn border(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|b| text.is_char_boundary(*b)).unwrap_or(0)
}
