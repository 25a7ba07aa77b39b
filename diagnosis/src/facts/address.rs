//! Addresses: from `http://127.0.0.1:8000/cart` to host, port and what kind of address it is.

use super::{Derived, DerivedFact};
use crate::knowledge::{AddressKind, Signature};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// An upstream address, taken apart.
struct Address<'a> {
    scheme: &'a str,
    target: Target<'a>,
}

enum Target<'a> {
    Socket { path: &'a str },
    Network { host: &'a str, port: Option<&'a str> },
}

/// Adds the parts of what is known: host, port and socket of the upstream, method and path of the request.
pub(crate) fn derive(captures: &mut BTreeMap<String, String>) {
    let mut parts = Vec::new();
    // A line that was cut off, or mangled on its way, may hold the address in the message alone.
    if !captures.contains_key("upstream") {
        let socket = captures.get("socket").map(|path| format!("unix:{path}"));
        if let Some(address) = socket.or_else(|| ["upstream_address", "address"].iter().find_map(|name| captures.get(*name).cloned())) {
            captures.insert("upstream".to_owned(), address);
        }
    }
    if let Some(upstream) = captures.get("upstream") {
        match parse(upstream).target {
            Target::Socket { path } => parts.push(("socket", path.to_owned())),
            Target::Network { host, port } => {
                parts.push(("upstream_host", host.trim_matches(['[', ']']).to_owned()));
                parts.push(("upstream_address", port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))));
                parts.extend(port.map(|port| ("upstream_port", port.to_owned())));
            }
        }
    }
    if let Some(request) = captures.get("request") {
        let mut words = request.split(' ');
        if let (Some(method), Some(path)) = (words.next(), words.next()) {
            parts.push(("method", method.to_owned()));
            parts.push(("path", path.to_owned()));
        }
    }
    for (name, value) in parts {
        captures.entry(name.to_owned()).or_insert(value);
    }
}

/// The facts that an upstream's address shows.
pub(super) fn facts(captures: &BTreeMap<String, String>) -> Vec<Derived> {
    let Some(upstream) = captures.get("upstream") else { return Vec::new() };
    let address = parse(upstream);
    let of_kind =
        [(AddressKind::Ipv6Loopback, DerivedFact::UpstreamIsIpv6Loopback), (AddressKind::Port443WithoutTls, DerivedFact::UpstreamPort443WithoutTls)];
    let about = BTreeMap::from([("upstream".to_owned(), upstream.clone())]);
    of_kind.into_iter().filter(|(kind, _)| address.is(*kind)).map(|(_, fact)| Derived { fact, captures: about.clone() }).collect()
}

/// The position of the first refinement of `signature` that its captures ask for.
pub(crate) fn refinement(signature: &Signature, captures: &BTreeMap<String, String>) -> Option<u8> {
    let asked = signature.refinements.iter().position(|refinement| {
        let value = captures.get(refinement.capture.as_str());
        value.is_some_and(|value| parse(value).is(refinement.is))
    })?;
    u8::try_from(asked).ok()
}

fn parse(text: &str) -> Address<'_> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None => ("", text),
    };
    if let Some(path) = rest.strip_prefix("unix:") {
        return Address { scheme, target: Target::Socket { path: path.split(':').next().unwrap_or(path) } };
    }
    if scheme.is_empty() && rest.starts_with('/') {
        return Address { scheme, target: Target::Socket { path: rest } };
    }
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && is_whole_host(host) => (host, Some(port)),
        _ => (authority, None),
    };
    Address { scheme, target: Target::Network { host, port } }
}

/// A host with colons of its own is whole only in brackets.
fn is_whole_host(host: &str) -> bool {
    !host.contains(':') || host.ends_with(']')
}

impl Address<'_> {
    fn is(&self, kind: AddressKind) -> bool {
        let (host, port) = match self.target {
            Target::Socket { .. } => return kind == AddressKind::UnixSocket,
            Target::Network { host, port } => (host, port),
        };
        let ip = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        match kind {
            AddressKind::UnixSocket => false,
            AddressKind::Ipv4Loopback => ip.is_some_and(|ip| ip.is_ipv4() && ip.is_loopback()),
            AddressKind::Ipv6Loopback => ip.is_some_and(|ip| ip.is_ipv6() && ip.is_loopback()),
            AddressKind::Private => ip.is_some_and(is_private),
            AddressKind::Public => ip.is_some_and(|ip| !ip.is_loopback() && !is_private(ip)),
            AddressKind::Name => ip.is_none(),
            AddressKind::Port443WithoutTls => port == Some("443") && matches!(self.scheme, "http" | "grpc"),
        }
    }
}

/// RFC 1918, link-local, or RFC 4193.
fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived(name: &str, value: &str) -> BTreeMap<String, String> {
        let mut captures = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        derive(&mut captures);
        captures
    }

    #[test]
    fn an_upstream_gives_host_and_port() {
        let captures = derived("upstream", "http://127.0.0.1:8000/cart?x=1:2");
        assert_eq!(captures["upstream_host"], "127.0.0.1");
        assert_eq!(captures["upstream_port"], "8000");
        assert_eq!(captures["upstream_address"], "127.0.0.1:8000");
    }

    #[test]
    fn an_ipv6_address_keeps_its_brackets_where_a_port_follows() {
        let captures = derived("upstream", "http://[::1]:3000/");
        assert_eq!(captures["upstream_host"], "::1");
        assert_eq!(captures["upstream_address"], "[::1]:3000");
        assert!(parse("http://[::1]:3000/").is(AddressKind::Ipv6Loopback));
    }

    #[test]
    fn a_socket_gives_its_path() {
        assert_eq!(derived("upstream", "fastcgi://unix:/run/php/fpm.sock:")["socket"], "/run/php/fpm.sock");
        assert_eq!(derived("upstream", "http://unix:/run/app.sock:/cart")["socket"], "/run/app.sock");
        assert_eq!(derived("address", "unix:/run/app.sock")["socket"], "/run/app.sock");
    }

    #[test]
    fn plain_http_to_port_443_is_noticed() {
        assert!(parse("http://10.0.0.4:443/").is(AddressKind::Port443WithoutTls));
        assert!(!parse("https://10.0.0.4:443/").is(AddressKind::Port443WithoutTls));
    }

    #[test]
    fn a_request_line_gives_method_and_path() {
        let captures = derived("request", "GET /cart?id=1 HTTP/1.1");
        assert_eq!((captures["method"].as_str(), captures["path"].as_str()), ("GET", "/cart?id=1"));
    }
}
