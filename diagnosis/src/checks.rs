//! Which commands suit what failed: nobody has a shell on a hosted platform, and `ss` tells nothing on Windows.

use crate::evidence::{Evidence, What};
use crate::knowledge::{Check, Knowledge, Machine, Surroundings, System};

/// The checks that can be run where these systems run: those that ask one of them first, then as they are written.
pub fn suited<'k>(knowledge: &Knowledge, checks: &'k [Check], systems: &[&System]) -> Vec<&'k Check> {
    let machine = machine(systems);
    // A language's own tools need a shell: on a platform that has none they are of no use.
    let has_shell = !matches!(machine, Some(Machine::Hosted | Machine::Windows));
    let asks_one = |check: &Check| systems.iter().any(|system| (has_shell || Some(system.machine) == machine) && is_asked(knowledge, check, system));
    let mut suited: Vec<_> = checks.iter().filter_map(|check| Some((rank(check, machine, asks_one(check))?, check))).collect();
    suited.sort_by_key(|(rank, _)| *rank);
    suited.into_iter().map(|(_, check)| check).collect()
}

/// The systems that the evidence speaks of.
pub(crate) fn systems<'k>(knowledge: &'k Knowledge, evidence: &Evidence) -> Vec<&'k System> {
    let of_finding = |what: &What| match *what {
        What::Signature(index, _) => Some(knowledge.signatures[index.position()].system),
        What::Mark(system) | What::Mention(system) => Some(system),
        What::Status(_) | What::Fact(_) | What::Cue(_) => None,
    };
    evidence.findings.iter().filter_map(|finding| of_finding(&finding.what)).map(|index| &knowledge.systems[index.position()]).collect()
}

/// Whether a check asks the system, or the one that it is built on.
fn is_asked(knowledge: &Knowledge, check: &Check, system: &System) -> bool {
    let base = system.built_on.map(|base| knowledge.systems[base.position()].id.as_str());
    check.with == system.id.as_str() || base == Some(check.with.as_str())
}

/// The machine that decides what can be run; none where nothing is known. A platform tells more of it than a language that runs anywhere.
fn machine(systems: &[&System]) -> Option<Machine> {
    const TELLING: [Machine; 6] = [Machine::Hosted, Machine::Windows, Machine::Kubernetes, Machine::Docker, Machine::Managed, Machine::Linux];
    TELLING.into_iter().find(|machine| systems.iter().any(|system| system.machine == *machine))
}

/// How far in front a check stands; none for one that can't be run there.
fn rank(check: &Check, machine: Option<Machine>, asks_one: bool) -> Option<u8> {
    if asks_one {
        let stands_where_written = !check.is_of_system && machine == Some(Machine::Linux);
        return Some(u8::from(stands_where_written));
    }
    if check.is_of_system {
        return None;
    }
    let asks_another = !check.with.is_empty();
    let on = check.on;
    match machine {
        None => Some(if on == Surroundings::Windows { 3 } else { 1 }),
        Some(Machine::Hosted) => (on == Surroundings::Outside).then_some(1),
        Some(Machine::Windows) if on == Surroundings::Windows => Some(1),
        Some(Machine::Windows) => (on == Surroundings::Outside).then_some(2),
        Some(_) if on == Surroundings::Windows => None,
        Some(Machine::Managed) if asks_another => None,
        Some(Machine::Managed) => Some(if on == Surroundings::Outside { 1 } else { 2 }),
        Some(Machine::Kubernetes) => Some(if on == Surroundings::Kubernetes { 1 } else { 2 + u8::from(asks_another) }),
        Some(Machine::Docker) => Some(if on == Surroundings::Docker { 1 } else { 2 + u8::from(asks_another) }),
        Some(Machine::Linux) => Some(1 + u8::from(asks_another)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{PlaceIndex, SystemId};

    fn check(command: &str, on: Surroundings, with: &str) -> Check {
        Check { command: command.to_owned(), on, with: with.to_owned(), is_of_system: with == "heroku", why: String::new() }
    }

    fn checks() -> Vec<Check> {
        vec![
            check("ss", Surroundings::Any, ""),
            check("nginx -t", Surroundings::Any, "nginx"),
            check("docker ps", Surroundings::Docker, ""),
            check("Get-Service", Surroundings::Windows, ""),
            check("curl", Surroundings::Outside, ""),
            check("heroku ps", Surroundings::Any, "heroku"),
        ]
    }

    fn system(id: &str, machine: Machine) -> Option<System> {
        let (id, name, place) = (SystemId::new(id), id.to_owned(), PlaceIndex::new(0)?);
        Some(System { id, name, place, answers: true, built_on: None, machine, marks: Vec::new(), called: Vec::new() })
    }

    fn commands(systems: &[(&str, Machine)]) -> Vec<String> {
        let checks = checks();
        let systems: Vec<_> = systems.iter().filter_map(|(id, machine)| system(id, *machine)).collect();
        let systems: Vec<_> = systems.iter().collect();
        suited(&Knowledge::default(), &checks, &systems).into_iter().map(|check| check.command.clone()).collect()
    }

    #[test]
    fn a_platform_has_its_own_commands_and_what_a_visitor_has() {
        assert_eq!(commands(&[("heroku", Machine::Hosted)]), ["heroku ps", "curl"]);
        assert_eq!(commands(&[("node", Machine::Linux), ("vercel", Machine::Hosted)]), ["curl"]);
    }

    #[test]
    fn windows_has_no_commands_of_linux_and_linux_none_of_windows() {
        assert_eq!(commands(&[("iis", Machine::Windows)]), ["Get-Service", "curl"]);
        assert_eq!(commands(&[("caddy", Machine::Linux)]), ["ss", "docker ps", "curl", "nginx -t"]);
    }

    #[test]
    fn the_system_itself_is_asked_first() {
        assert_eq!(commands(&[("nginx", Machine::Linux)]), ["ss", "nginx -t", "docker ps", "curl"]);
        assert_eq!(commands(&[("nginx", Machine::Linux), ("cloudflare", Machine::Managed)]).first().map(String::as_str), Some("nginx -t"));
        assert_eq!(commands(&[("docker", Machine::Docker)]).first().map(String::as_str), Some("docker ps"));
    }

    #[test]
    fn where_nothing_is_known_all_stand_as_written() {
        assert_eq!(commands(&[]), ["ss", "nginx -t", "docker ps", "curl", "Get-Service"]);
    }
}
