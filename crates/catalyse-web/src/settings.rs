//! Where the server listens and who protects the way to it.

use std::net::SocketAddr;

use catalyse_locale::Language;

use crate::WebError;

/// Says who keeps the line between browser and server secret.
#[derive(Clone, Debug, Default)]
pub enum Line {
    /// Nobody has to: only this machine can reach it.
    #[default]
    Loopback,
    /// The server itself, with a certificate and its key in PEM.
    Tls {
        /// The certificate and those that vouch for it.
        certificate: Vec<u8>,
        /// Its private key.
        key: Vec<u8>,
    },
    /// A proxy in front of it, as its keeper states.
    Proxy,
}

/// Holds how the server is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens.
    pub address: SocketAddr,
    /// The names under which browsers may ask for it, without port; those of the own machine are always allowed.
    pub hosts: Vec<String>,
    /// Who keeps the line secret.
    pub line: Line,
    /// The language of pages for who has chosen none.
    pub language: Language,
}

impl Settings {
    /// Looks whether the server may listen there.
    ///
    /// # Errors
    /// Others can reach the address and nobody keeps the line secret.
    pub fn guarded(&self) -> Result<(), WebError> {
        match self.line {
            Line::Loopback if !self.address.ip().is_loopback() => {
                Err(WebError::Unguarded(self.address))
            }
            Line::Loopback | Line::Tls { .. } | Line::Proxy => Ok(()),
        }
    }

    /// Says whether browsers reach it by HTTPS.
    pub const fn is_secret(&self) -> bool {
        matches!(self.line, Line::Tls { .. } | Line::Proxy)
    }

    /// Says whether a browser may ask for this host: `127.0.0.1:8017`.
    pub(crate) fn allows_host(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
            _ => host,
        };
        ["localhost", "127.0.0.1", "[::1]"].contains(&name)
            || self.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Settings};
    use catalyse_locale::Language;

    fn at(address: &str, line: Line) -> Settings {
        let address = address.parse().expect("an address");
        Settings { address, hosts: vec!["catalyse.cpas.be".into()], line, language: Language::Fr }
    }

    #[test]
    fn an_office_address_needs_somebody_who_keeps_the_line_secret() {
        assert!(at("127.0.0.1:80", Line::Loopback).guarded().is_ok());
        assert!(at("[::1]:80", Line::Loopback).guarded().is_ok());
        assert!(at("0.0.0.0:80", Line::Loopback).guarded().is_err());
        assert!(at("192.168.1.4:80", Line::Proxy).guarded().is_ok());
    }

    #[test]
    fn other_names_are_refused() {
        let settings = at("127.0.0.1:8017", Line::Loopback);
        for (host, is_allowed) in [
            ("127.0.0.1:8017", true),
            ("localhost", true),
            ("[::1]:8017", true),
            ("Catalyse.CPAS.be", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example:8017", false),
            ("", false),
        ] {
            assert_eq!(settings.allows_host(host), is_allowed, "{host}");
        }
    }
}
