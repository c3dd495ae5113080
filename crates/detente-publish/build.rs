//! Packs the fonts of the PDF as they lie in its file: deflated, so that printing a dossier need not do it.
#![allow(clippy::disallowed_methods)] // a build script reads files; the crate does not

use std::path::{Path, PathBuf};

const FACES: [&str; 4] = ["serif", "serif-bold", "sans", "sans-bold"];

/// The hardest that there is: it is done once a build.
const LEVEL: u8 = 10;

fn main() {
    let fonts = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("fonts");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-changed={}", fonts.display());
    for face in FACES {
        let from = fonts.join(format!("{face}.ttf"));
        let font = std::fs::read(&from).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&font, LEVEL);
        let to = out.join(format!("{face}.ttf.z"));
        std::fs::write(&to, packed).unwrap_or_else(|e| panic!("{}: {e}", to.display()));
    }
}
