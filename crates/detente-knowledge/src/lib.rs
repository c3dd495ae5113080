//! What Detente knows before it reads.

/// All of it.
#[derive(Debug)]
pub struct Knowledge;
