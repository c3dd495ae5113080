//! Packs the files of the page: the map alone is four tenths of a megabyte, of which packed a third is left.
#![allow(clippy::disallowed_methods)] // a build script reads files; the crate does not

use std::path::{Path, PathBuf};

/// The hardest that there is: it is done once a build.
const LEVEL: u8 = 10;

fn main() {
    let page = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("page");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-changed={}", page.display());
    for file in std::fs::read_dir(&page).expect("the folder of the page is there") {
        let file = file.expect("its files can be listed").path();
        let name = file.file_name().expect("a file has a name").to_string_lossy();
        let bytes = std::fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&bytes, LEVEL);
        std::fs::write(out.join(format!("{name}.z")), packed).expect("the build may write");
    }
}
