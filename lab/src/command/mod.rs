//! The commands, one file each.

pub mod check;
pub mod measure;
pub mod publish;
pub mod run;
pub mod setup;
