//! What this program reads and keeps books by, as two short hashes: of the sources, data and weights of the rooms.
//!
//! A store keeps readings by the first and assembled books by the second, so that a program whose rules changed reads
//! anew by itself. Where the rooms do not lie beside this crate (it came from a registry), its version stands for them.

use std::path::{Path, PathBuf};

const READING: [&str; 4] = ["detente-types", "detente-knowledge", "detente-language", "detente-read"];

/// Offset and prime of FNV-1a in 64 bits: equal on every machine, and no dependency.
const FNV: (u64, u64) = (0xcbf2_9ce4_8422_2325, 0x0000_0100_0000_01b3);

fn main() {
    let rooms = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let mut hash = version.bytes().fold(FNV.0, step);
    READING.iter().for_each(|room| hash = room_hash(hash, &rooms.join(room)));
    println!("cargo::rustc-env=DETENTE_READING={hash:016x}");
    hash = room_hash(hash, &rooms.join("detente-crisis"));
    println!("cargo::rustc-env=DETENTE_BOOKS={hash:016x}");
    println!("cargo::rerun-if-changed=build.rs");
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(FNV.1)
}

/// The hash with every file of a room in it, in order of their names.
fn room_hash(mut hash: u64, room: &Path) -> u64 {
    let mut files = Vec::new();
    for part in ["src", "data", "weights", "build.rs"] {
        let path = room.join(part);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
            gather(&path, &mut files);
        }
    }
    files.sort();
    for file in files {
        let name = file.strip_prefix(room).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        hash = name.bytes().fold(hash, step);
        // A checkout on Windows may have other line ends.
        let bytes = std::fs::read(&file).unwrap_or_default();
        hash = bytes.into_iter().filter(|b| *b != b'\r').fold(hash, step);
    }
    hash
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_path_buf());
        return;
    }
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        gather(&entry.path(), files);
    }
}
