//! The page itself, carried in the program. It is packed there, and unpacked when it is first asked for.

use std::sync::OnceLock;

/// Name, kind and packed bytes of every file of the folder `page`.
macro_rules! files {
    ($($name:literal $kind:expr),* $(,)?) => {
        &[$(($name, $kind, include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".z")).as_slice())),*]
    };
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";
const SVG: &str = "image/svg+xml";

/// Every file. A test holds the list equal to the folder.
const FILES: &[(&str, &str, &[u8])] = files![
    "alerts.js" SCRIPT,
    "api.js" SCRIPT,
    "board.js" SCRIPT,
    "counts.js" SCRIPT,
    "crisis.js" SCRIPT,
    "decide.js" SCRIPT,
    "differences.js" SCRIPT,
    "dom.js" SCRIPT,
    "icon.svg" SVG,
    "index.html" HTML,
    "line.js" SCRIPT,
    "main.js" SCRIPT,
    "map.js" SCRIPT,
    "network.js" SCRIPT,
    "overview.js" SCRIPT,
    "parts.css" CSS,
    "reader.js" SCRIPT,
    "reports.js" SCRIPT,
    "search.js" SCRIPT,
    "state.js" SCRIPT,
    "style.css" CSS,
    "timeline.js" SCRIPT,
    "words.js" SCRIPT,
    "world.json" JSON,
];

/// The bytes of every file, in the order of the list.
static UNPACKED: OnceLock<Vec<Vec<u8>>> = OnceLock::new();

/// Kind and bytes of a file.
pub(crate) fn find(name: &str) -> Option<(&'static str, &'static [u8])> {
    let unpack = |packed: &[u8]| {
        miniz_oxide::inflate::decompress_to_vec_zlib(packed)
            .expect("the build packed it, and a test unpacks it")
    };
    let unpacked = UNPACKED.get_or_init(|| FILES.iter().map(|(_, _, packed)| unpack(packed)).collect());
    let at = FILES.iter().position(|(own, _, _)| *own == name)?;
    Some((FILES[at].1, &unpacked[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/page");
        #[allow(clippy::disallowed_methods)] // the folder of the sources, in a test
        let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> =
            names.filter(|n| !n.ends_with(".md") && !n.starts_with("LICENSE")).collect();
        names.sort();
        let mut listed: Vec<&str> = FILES.iter().map(|(name, _, _)| *name).collect();
        listed.sort_unstable();
        assert_eq!(listed, names);
        for name in names {
            #[allow(clippy::disallowed_methods)]
            let bytes = std::fs::read(format!("{folder}/{name}")).unwrap();
            assert!(find(&name).unwrap().1 == bytes, "{name} is not what lies in the folder");
        }
    }

    #[test]
    fn the_page_has_no_script_or_style_of_its_own() {
        let (_, page) = find("index.html").unwrap();
        let page = std::str::from_utf8(page).unwrap().to_lowercase();
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains("onclick="));
        for tag in page.split("<script").skip(1) {
            assert!(tag.trim_start().starts_with("type=\"module\" src="), "{tag}");
        }
    }
}
