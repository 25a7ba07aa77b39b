//! Ports for the servers of a run, which no other run on this machine takes at the same time.

use anyhow::{Context, Result, bail};
use socket2::{Domain, Socket, Type};
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering};

/// Ports are taken from here, below those that the kernel gives to outgoing connections.
const ALL: std::ops::Range<u16> = 20_000..32_000;
/// So many belong to a run: far more than it has in use at the same time.
const A_RUN: u16 = 3_000;

/// A run's ports.
#[derive(Default)]
pub struct Ports {
    claim: OnceLock<Option<Claim>>,
    taken: AtomicU16,
}

/// The first port of a run, and the locked file that says that they are its own as long as it lives.
struct Claim {
    first: u16,
    _lock: File,
}

impl Claim {
    fn new() -> Option<Self> {
        ALL.step_by(A_RUN.into()).find_map(|first| {
            let lock = File::create(std::env::temp_dir().join(format!("fivexx-lab-ports-{first}"))).ok()?;
            lock.try_lock().ok()?;
            Some(Self { first, _lock: lock })
        })
    }
}

impl Ports {
    /// A port that nobody listens on.
    pub fn next(&self) -> Result<u16> {
        let claim = self.claim.get_or_init(Claim::new);
        let first = claim.as_ref().context("too many runs at the same time: wait until one has ended")?.first;
        for _ in 0..A_RUN {
            let port = first + self.taken.fetch_add(1, Ordering::Relaxed) % A_RUN;
            if bound(port).is_ok() {
                return Ok(port);
            }
        }
        bail!("no port between {first} and {} is free", first + A_RUN)
    }
}

/// A socket that is bound to a port of 127.0.0.1. It does not listen: a program that is being started at this moment has a copy of it,
/// and only a listening one would keep others from the port.
pub fn bound(port: u16) -> Result<Socket> {
    let address = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port));
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into()).with_context(|| format!("{address} can't be bound"))?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_have_different_ports() {
        let (one, other) = (Ports::default(), Ports::default());
        let first = one.next().unwrap();
        assert!(other.next().unwrap().abs_diff(first) >= A_RUN / 2);
    }

    #[test]
    fn a_port_that_is_listened_on_is_left_out() {
        let ports = Ports::default();
        let listening = bound(ports.next().unwrap() + 1).unwrap();
        listening.listen(1).unwrap();
        let taken = listening.local_addr().unwrap().as_socket().unwrap().port();
        assert_ne!(ports.next().unwrap(), taken);
    }
}
