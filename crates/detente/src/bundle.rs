//! The reports of the demonstration, carried in the program.

/// Name and bytes of a file of the folder `demo`.
macro_rules! reports {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../demo/", $name)).as_slice())),*]
    };
}

/// Every report of the demonstration. A test holds the list equal to the folder.
pub(crate) const REPORTS: &[(&str, &[u8])] = reports![
    "01-meridian-border-battle.txt",
    "02-courier-border-battle.txt",
    "03-golden-horn-border-battle.txt",
    "04-lantern-kabul-explosions.txt",
    "05-northgate-appeals.txt",
    "06-courier-48-hours.txt",
    "07-meridian-india-denial.txt",
    "08-lantern-paktika-strikes.txt",
    "09-golden-horn-istanbul.md",
    "10-meridian-istanbul-collapse.txt",
    "11-courier-iran-russia-offers.txt",
    "12-northgate-who-will-mediate.txt",
    "13-pearl-coast.jsonl",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo");
        let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|n| n != "README.md").collect();
        names.sort();
        assert_eq!(REPORTS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    }
}
