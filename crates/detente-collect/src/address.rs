//! Takes an address of the network, says why it must not be asked, if it must not.
//!
//! A page on the web may name any host, and a host may have any address: also that of the reader's own machine, of
//! his router, or of the machine beside him that trusts the network it is in. Asking there on a stranger's word gives
//! the stranger a hand inside. Only addresses of the public internet are asked.
//!
//! # From
//! The registries of special-purpose addresses (RFC 6890 and its updates). Of IPv6 only what is given out as global
//! unicast (`2000::/3`) is public; addresses that carry one of IPv4 in them are judged by that.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Stretches of IPv4 that are not the public internet: first address, bits that count, what they are.
const NOT_PUBLIC: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, "no address of a machine"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, PRIVATE),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "an address inside a provider's network"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, OWN),
    (Ipv4Addr::new(169, 254, 0, 0), 16, LINK),
    (Ipv4Addr::new(172, 16, 0, 0), 12, PRIVATE),
    (Ipv4Addr::new(192, 0, 0, 0), 24, RESERVED),
    (Ipv4Addr::new(192, 0, 2, 0), 24, RESERVED),
    (Ipv4Addr::new(192, 88, 99, 0), 24, RESERVED),
    (Ipv4Addr::new(192, 168, 0, 0), 16, PRIVATE),
    (Ipv4Addr::new(198, 18, 0, 0), 15, RESERVED),
    (Ipv4Addr::new(198, 51, 100, 0), 24, RESERVED),
    (Ipv4Addr::new(203, 0, 113, 0), 24, RESERVED),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "an address of many machines"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, RESERVED),
];

const OWN: &str = "an address of this machine";
const PRIVATE: &str = "an address of a private network";
const LINK: &str = "an address of the network next door";
const RESERVED: &str = "a reserved address";

/// What the address is, if it is not one of the public internet.
pub(crate) fn not_public(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => not_public_v4(address),
        IpAddr::V6(address) => not_public_v6(address),
    }
}

fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    let within = |first: Ipv4Addr, bits: u32| (address.to_bits() ^ first.to_bits()) >> (32 - bits) == 0;
    NOT_PUBLIC.iter().find(|(first, bits, _)| within(*first, *bits)).map(|(_, _, what)| *what)
}

fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    let parts = address.segments();
    match parts {
        [0, 0, 0, 0, 0, 0, 0, 1] => Some(OWN),
        // ::a.b.c.d, ::ffff:a.b.c.d and 64:ff9b::a.b.c.d stand for the address of IPv4 that they carry.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            not_public_v4(carried(high, low))
        }
        // 6to4: the same, further left.
        [0x2002, high, low, ..] => not_public_v4(carried(high, low)),
        // Teredo hides an address in its last bytes; nobody serves news there.
        [0x2001, 0, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some(RESERVED),
        [first, ..] if first & 0xfe00 == 0xfc00 => Some(PRIVATE),
        [first, ..] if first & 0xffc0 == 0xfe80 => Some(LINK),
        [first, ..] if first & 0xff00 == 0xff00 => Some("an address of many machines"),
        [first, ..] if first & 0xe000 == 0x2000 => None,
        _ => Some(RESERVED),
    }
}

fn carried(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_asked() {
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ] {
            assert_eq!(not_public(public.parse().unwrap()), None, "{public}");
        }
        for other in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2002:c0a8:101::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "4000::1",
        ] {
            assert!(not_public(other.parse().unwrap()).is_some(), "{other}");
        }
    }
}
