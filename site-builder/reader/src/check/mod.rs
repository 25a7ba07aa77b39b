//! The checks, in the order in which they make sense: one file each.

mod entries;
mod ids;
mod reach;
mod references;
mod samples;
mod unfilled;

pub(crate) use entries::{days, entries, is_address, messages};
pub(crate) use ids::ids;
pub(crate) use reach::reach;
pub(crate) use references::references;
pub(crate) use samples::samples;
pub(crate) use unfilled::unfilled;
