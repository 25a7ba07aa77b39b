//! Drawings as SVG, from data.

pub mod path;
mod sign;
