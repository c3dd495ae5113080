//! A Crisis to its dossier and records.
