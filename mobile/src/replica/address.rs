//! A server's address as people are given it: where it is, which key it must hold, and the code with which a new device comes in.
//! Knows no connection.

use shared::sync::server_pin::ServerPin;

/// What stands in `https://host[/path]#pin=…&code=…`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// Where.
    pub server: String,
    /// Keys of which it must hold one; none: a certificate authority vouches for it.
    pub pins: Vec<ServerPin>,
    /// The code for a new device.
    pub code: Option<String>,
}

impl Address {
    /// Reads what was typed or pasted; none if anything in it can't be understood, since a key that is not compared protects nobody.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let Some((server, words)) = typed.trim().split_once('#') else {
            return Some(Self { server: typed.trim().to_owned(), ..Self::default() });
        };
        let mut address = Self { server: server.to_owned(), ..Self::default() };
        for word in words.split('&') {
            match word.split_once('=')? {
                ("pin", pin) => address.pins.push(pin.parse().ok()?),
                ("code", code) => address.code = Some(code.to_owned()),
                _ => return None,
            }
        }
        Some(address)
    }

    /// The address to give to people: with the key in use, where it is known, and the code. Both stand after the hash: a browser
    /// sends nothing of that.
    pub(super) fn told(&self) -> String {
        let pin = self.pins.first().map(|pin| format!("pin={}", pin.typed()));
        let words: Vec<String> = pin.into_iter().chain(self.code.as_ref().map(|code| format!("code={code}"))).collect();
        if words.is_empty() { self.server.clone() } else { format!("{}/#{}", self.server, words.join("&")) }
    }
}

/// Whether nobody on the way can read what goes to this address: `https`, or this very machine. Anything but a plain
/// `scheme://host[:port][/path]` is none, so that no reader of addresses sees another host in it than another.
pub(super) fn is_private(server: &str) -> bool {
    let Some((scheme, rest)) = server.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let name = host_name(host);
    let is_plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/".contains(&b));
    is_plain && name.is_some_and(|name| scheme == "https" || (scheme == "http" && is_this_machine(name)))
}

/// The host without its port.
fn host_name(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let in_brackets = host.starts_with('[');
    let fits = |b: u8| {
        if in_brackets { b.is_ascii_hexdigit() || b == b':' } else { b.is_ascii_alphanumeric() || b == b'-' || b == b'.' }
    };
    (!name.is_empty() && port_fits && name.bytes().all(fits)).then_some(name)
}

fn is_this_machine(name: &str) -> bool {
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{Address, is_private};
    use shared::sync::server_pin::ServerPin;

    #[test]
    fn only_an_address_that_nobody_can_listen_in_on_is_private() {
        for server in [
            "https://sada.example",
            "https://sada.example:8443/",
            "https://192.168.1.5/sada",
            "https://[fe80::1]:8443",
            "http://localhost:8080",
            "http://127.0.0.1:8080/",
            "http://[::1]:8080",
        ] {
            assert!(is_private(server), "{server}");
        }
        for server in [
            "",
            "sada.example",
            "http://sada.example",
            "http://192.168.1.5:8080",
            "http://localhost.evil.example",
            "http://127.0.0.1@evil.example",
            "http://127.0.0.1:80@evil.example/",
            "http://localhost\\@evil.example",
            "http://[::1",
            "http://[::1]evil.example",
            "http://127.0.0.1:99999",
            "https://",
            "https://user:password@sada.example",
            "https://sada.example?x",
            "ftp://localhost",
            "HTTP://evil.example",
        ] {
            assert!(!is_private(server), "{server}");
        }
    }

    #[test]
    fn an_address_carries_the_servers_key_and_the_code_for_a_new_device() {
        let key = ServerPin::of_spki(b"key");
        let typed = format!(" https://192.168.1.5:8443/#code=AAAAA-BBBBB&pin={} ", key.typed());
        let address = Address::read(&typed).unwrap();
        assert_eq!((address.server.as_str(), address.code.as_deref()), ("https://192.168.1.5:8443/", Some("AAAAA-BBBBB")));
        assert!(address.pins.len() == 1 && address.pins[0].fits(&key));
        let known = Address { server: "https://192.168.1.5:8443".into(), pins: vec![key.clone()], code: None };
        assert_eq!(known.told(), format!("https://192.168.1.5:8443/#pin={}", key.typed()));
        let with_code = Address { code: Some("AAAAA-BBBBB".into()), ..known };
        assert_eq!(with_code.told(), format!("https://192.168.1.5:8443/#pin={}&code=AAAAA-BBBBB", key.typed()));
        assert_eq!(
            Address::read("https://sada.example").unwrap(),
            Address { server: "https://sada.example".into(), ..Address::default() }
        );
        let plain = Address { server: "https://sada.example".into(), ..Address::default() };
        assert_eq!(plain.told(), "https://sada.example");
        assert_eq!(Address { code: Some("A".into()), ..plain }.told(), "https://sada.example/#code=A");
        for bad in [
            "https://sada.example/#pin=",
            "https://sada.example/#pin=12345",
            "https://sada.example/#pni=x",
            "https://sada.example/#",
        ] {
            assert!(Address::read(bad).is_none(), "{bad}");
        }
    }
}
