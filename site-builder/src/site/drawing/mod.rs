//! Drawings as SVG, from data.

pub mod path;
pub mod sequence;
pub mod sign;
mod xml;
