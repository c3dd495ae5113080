//! Where something was, as finely as the text says and no finer.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place named in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The name as printed ("Paktika Province", "the Pakistan-Afghanistan border").
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// ISO 3166-1 alpha-3 codes of the countries it lies in; two for a border; empty when not known.
    pub countries: Vec<String>,
    /// Latitude and longitude in degrees (WGS 84), when the place was found in the gazetteer.
    pub point: Option<(f64, f64)>,
    /// How exact the point is: 1 exact place, 2 near it, 3 district, 4 province, 5 part of a country
    /// or a border, 6 country, 7 international (UCDP GED codebook, `where_prec`).
    pub precision: Option<u8>,
}
