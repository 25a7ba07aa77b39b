//! `lab check`

use crate::capture;
use crate::judge::{self, Judge};
use crate::laboratory::Laboratory;
use crate::report;
use anyhow::Result;
use clap::Args;

/// Checks the engine on the captures that are kept; needs no server.
#[derive(Args)]
pub struct Arguments {
    /// Print the matrix, too.
    #[arg(long)]
    matrix: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let laboratory = Laboratory::open()?;
    let knowledge = judge::read_knowledge(&laboratory.content())?;
    let judge = Judge::new(&knowledge)?;
    let captures = capture::read_all(&laboratory.captures())?;
    let points: Vec<_> = captures.iter().flat_map(|capture| laboratory.judged(&judge, capture)).collect();
    if arguments.matrix {
        println!("{}", report::matrix(&captures));
    }
    println!("{}", report::accuracy(&points));
    let failures = judge::failures(&points, &judge::read_gaps(&laboratory.folder)?);
    failures.iter().for_each(|failure| println!("FAILED: {failure}"));
    println!("{} captures, {} failures", captures.len(), failures.len());
    Ok(failures.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_is_right_on_every_capture() {
        let laboratory = Laboratory::open().unwrap();
        let knowledge = judge::read_knowledge(&laboratory.content()).unwrap();
        let judge = Judge::new(&knowledge).unwrap();
        let captures = capture::read_all(&laboratory.captures()).unwrap();
        let points: Vec<_> = captures.iter().flat_map(|capture| laboratory.judged(&judge, capture)).collect();
        let failures = judge::failures(&points, &judge::read_gaps(&laboratory.folder).unwrap());
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn a_message_that_is_changed_is_noticed() {
        let laboratory = Laboratory::open().unwrap();
        let knowledge = judge::read_knowledge(&laboratory.content()).unwrap();
        let judge = Judge::new(&knowledge).unwrap();
        let captures = capture::read_all(&laboratory.captures()).unwrap();
        let mut capture =
            captures.into_iter().find(|capture| capture.about.server == "nginx" && capture.about.fault == "connection-refused").unwrap();
        assert!(judge::failures(&laboratory.judged(&judge, &capture), &[]).is_empty());
        capture.error = capture.error.replace("Connection refused", "Connexion refused");
        assert!(!judge::failures(&laboratory.judged(&judge, &capture), &[]).is_empty());
    }
}
