//! Running the program, and reports to run it on. They are about a real war, and invented.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A report that tells of a fight, a count and an offer.
pub(crate) const FIGHT: &str = "\
Dozens reported dead in El Fasher

KHARTOUM: The Sudanese army said on Tuesday that 12 of its soldiers were killed when the Rapid Support Forces shelled \
El Fasher. The RSF denied the charge and said that 40 soldiers had died.

Egypt offered to mediate between the army and the RSF, the Egyptian foreign ministry announced in Cairo on Wednesday.
";

/// Another outlet on the same.
pub(crate) const ANSWER: &str = "\
Sudan's army welcomed Egypt's offer to mediate in its war with the Rapid Support Forces, a spokesman said on Thursday. \
The RSF has not said whether it accepts.
";

/// The program with these arguments, in an environment that asks for nothing.
pub(crate) fn detente(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(arguments);
    for name in ["COLUMNS", "NO_COLOR", "PAGER", "LESS", "RAYON_NUM_THREADS", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    for name in ["DETENTE_STORE", "DETENTE_ANALYST"] {
        command.env_remove(name);
    }
    // Whoever runs the tests may have a store.
    command.env("XDG_DATA_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/nobody"));
    command
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: Output) -> Ran {
        let words = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        let ran = Ran {
            code: output.status.code().unwrap_or(-1),
            out: words(output.stdout),
            err: words(output.stderr),
        };
        for trace in ["panicked at", "RUST_BACKTRACE", "stack backtrace"] {
            assert!(!ran.err.contains(trace) && !ran.out.contains(trace), "a backtrace: {}", ran.err);
        }
        ran
    }

    /// Lines of standard error.
    pub(crate) fn remarks(&self) -> Vec<&str> {
        self.err.lines().collect()
    }
}

/// Runs to the end.
pub(crate) fn run(command: &mut Command) -> Ran {
    Ran::of(command.stdin(Stdio::null()).output().expect("the program starts"))
}

/// Runs with words on standard input.
pub(crate) fn run_with(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it was piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The program may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("writing does not panic");
    Ran::of(output)
}

/// A folder that is gone after the test, with these files in it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder can be made"));
        for (name, bytes) in files {
            folder.put(name, bytes);
        }
        folder
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path of a file in it, as an argument.
    pub(crate) fn at(&self, name: &str) -> String {
        self.path().join(name).display().to_string()
    }

    /// The path itself, as an argument.
    pub(crate) fn arg(&self) -> String {
        self.path().display().to_string()
    }
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the crate lies two folders deep")
        .to_path_buf()
}
