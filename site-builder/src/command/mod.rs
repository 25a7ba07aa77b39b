//! One module a command.

pub mod build;
pub mod check;
pub mod diagnose;
pub mod serve;
