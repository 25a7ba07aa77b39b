//! The curl command that shows how an address answers, quoted so that no shell reads anything into the address.

use std::fmt;

/// The shell that a command is pasted into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// sh, bash, zsh and their like.
    Posix,
    /// The Windows command prompt.
    Cmd,
    /// Windows PowerShell and PowerShell.
    PowerShell,
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// There is none.
    Empty,
    /// It has a scheme other than http or https.
    Scheme,
    /// It has no host, or one with signs that no host has.
    Host,
    /// It holds a space or a control character.
    Space,
}

impl fmt::Display for AddressError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "Type the address that fails, such as https://shop.example/cart.",
            Self::Scheme => "The address has to begin with http:// or https://.",
            Self::Host => "The address has no host name that curl could ask for, such as shop.example.",
            Self::Space => "The address holds a space or a control character; write %20 for a space.",
        })
    }
}

impl std::error::Error for AddressError {}

/// What curl prints behind the conversation: the status, and when each step was done.
const TIMES: &str =
    "\\nhttp_code: %{http_code}\\ntime_connect: %{time_connect}\\ntime_starttransfer: %{time_starttransfer}\\ntime_total: %{time_total}\\n";
/// Longer than every usual timeout on the way, so that the timeout shows itself.
const LONGEST_SECONDS: u32 = 130;

/// The command for an address, which may lack its scheme.
pub fn command(address: &str, shell: Shell) -> Result<String, AddressError> {
    let address = quoted(&checked(address)?, shell);
    let times = quoted(TIMES, shell);
    let (program, nowhere) = match shell {
        Shell::Posix => ("curl", "/dev/null"),
        // In Windows PowerShell, `curl` alone is another command.
        Shell::Cmd | Shell::PowerShell => ("curl.exe", "NUL"),
    };
    Ok(format!("{program} -sSvg --stderr - --max-time {LONGEST_SECONDS} -o {nowhere} -w {times} {address}"))
}

/// The address with its scheme, and with what a shell or curl could read otherwise written as `%22` and its like.
fn checked(address: &str) -> Result<String, AddressError> {
    let address = address.trim();
    if address.is_empty() {
        return Err(AddressError::Empty);
    }
    if address.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(AddressError::Space);
    }
    let (scheme, rest) = address.split_once("://").unwrap_or(("https", address));
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Err(AddressError::Scheme);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let is_of_host = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ':' | '[' | ']');
    if authority.trim_matches(['.', ':', '[', ']']).is_empty() || !authority.chars().all(is_of_host) {
        return Err(AddressError::Host);
    }
    // What stands behind `#` is never sent.
    let path = path.split('#').next().unwrap_or_default();
    Ok(format!("{scheme}://{authority}{}", escaped(path)))
}

/// Quotes, backslashes and everything beyond ASCII escaped as in addresses: PowerShell takes typographic quotes for quotes.
fn escaped(path: &str) -> String {
    let mut out = String::new();
    for letter in path.chars() {
        if letter.is_ascii() && !matches!(letter, '"' | '\'' | '\\' | '`') {
            out.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// A text without quotes of its own as one word of a shell.
fn quoted(text: &str, shell: Shell) -> String {
    match shell {
        Shell::Posix | Shell::PowerShell => format!("'{text}'"),
        // cmd looks for %NAME% before it reads quotes: with `"^` before each % no name is one of a variable, and ^ falls away afterwards.
        Shell::Cmd => format!("\"{}\"", text.replace('%', "\"^%\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_of(command: &str) -> &str {
        command.rsplit(' ').next().unwrap_or_default()
    }

    #[test]
    fn an_address_without_a_scheme_gets_one() -> Result<(), AddressError> {
        assert_eq!(address_of(&command("shop.example/cart?a=1&b=2", Shell::Posix)?), "'https://shop.example/cart?a=1&b=2'");
        assert_eq!(address_of(&command(" HTTP://[::1]:8080/x#part ", Shell::Posix)?), "'http://[::1]:8080/x'");
        Ok(())
    }

    #[test]
    fn no_shell_reads_anything_into_an_address() -> Result<(), AddressError> {
        let hostile = "https://shop.example/';rm$(id)`id`\"\\%USERNAME%\u{2019}";
        assert_eq!(address_of(&command(hostile, Shell::Posix)?), "'https://shop.example/%27;rm$(id)%60id%60%22%5C%USERNAME%%E2%80%99'");
        assert_eq!(address_of(&command(hostile, Shell::PowerShell)?), "'https://shop.example/%27;rm$(id)%60id%60%22%5C%USERNAME%%E2%80%99'");
        let cmd = command("https://shop.example/a%20b?x=%USERNAME%&y=1", Shell::Cmd)?;
        assert_eq!(address_of(&cmd), "\"https://shop.example/a\"^%\"20b?x=\"^%\"USERNAME\"^%\"&y=1\"");
        Ok(())
    }

    #[test]
    fn what_is_no_address_is_told() {
        for (address, error) in [
            ("", AddressError::Empty),
            ("ftp://shop.example/", AddressError::Scheme),
            ("javascript:alert(1)", AddressError::Host),
            ("https:///cart", AddressError::Host),
            ("https://shop.example;id/", AddressError::Host),
            ("https://shop.example/a b", AddressError::Space),
            ("https://shop.example/\nid", AddressError::Space),
        ] {
            assert_eq!(command(address, Shell::Posix), Err(error), "{address}");
        }
    }
}
