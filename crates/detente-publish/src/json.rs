//! Dossiers to one JSON object, for programs that want what a person reads.
//!
//! The shape is that of the nouns in `dossier`, kept in `docs/dossier.schema.json` and explained in
//! `docs/records.md`. Programs that want flat rows take [`records`](crate::records) instead.
//!
//! # Does not
//! Carry the texts of the reports: every citation holds its whole sentence, and the file is at its path.

use crate::dossier::Dossier;
use schemars::JsonSchema;
use serde::Serialize;

/// Name and version of the shape. The number rises when a field is taken away or changes its meaning.
pub const SCHEMA: &str = "detente-dossier/1";

/// What is printed.
#[derive(Serialize, JsonSchema)]
struct Dossiers<'a> {
    /// Name and version of this shape.
    schema: &'static str,
    /// One dossier a crisis.
    crises: &'a [Dossier],
}

/// Prints dossiers as one JSON object, indented, with a line break at the end.
pub fn render(dossiers: &[Dossier]) -> String {
    let whole = Dossiers { schema: SCHEMA, crises: dossiers };
    let mut text = serde_json::to_string_pretty(&whole).expect("strings, numbers and lists are always JSON");
    text.push('\n');
    text
}

/// The JSON Schema of what [`render`] prints.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Dossiers<'_>)
}
