//! Quantities, addresses, URLs, versions and formats.

use std::cmp::Ordering;
use std::net::IpAddr;
use std::rc::Rc;

use super::quantity::Quantity;
use super::semver::Semver;
use super::url::Url;
use super::value::{Outcome, Value};
use super::{Library, url};

const FORMATS: [&str; 13] = [
    "byte",
    "date",
    "datetime",
    "dns1035Label",
    "dns1035LabelPrefix",
    "dns1123Label",
    "dns1123LabelPrefix",
    "dns1123Subdomain",
    "dns1123SubdomainPrefix",
    "labelValue",
    "qualifiedName",
    "uri",
    "uuid",
];

pub(super) fn call(name: &str, args: &[Value], library: &dyn Library) -> Option<Outcome> {
    quantities(name, args)
        .or_else(|| addresses(name, args))
        .or_else(|| urls(name, args))
        .or_else(|| versions(name, args))
        .or_else(|| formats(name, args, library))
}

fn quantities(name: &str, args: &[Value]) -> Option<Outcome> {
    Some(Ok(match (name, args) {
        ("isQuantity", [Value::String(text)]) => Value::Bool(Quantity::parse(text).is_some()),
        ("quantity", [Value::String(text)]) => {
            const WRONG: &str =
                "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
            return Some(Quantity::parse(text).map(Value::Quantity).ok_or_else(|| WRONG.to_owned()));
        }
        ("sign", [Value::Quantity(of)]) => Value::Int(of.sign()),
        ("isInteger", [Value::Quantity(of)]) => Value::Bool(of.integer().is_some()),
        ("asInteger", [Value::Quantity(of)]) => {
            return Some(of.integer().map(Value::Int).ok_or_else(|| "cannot convert value to integer".to_owned()));
        }
        ("asApproximateFloat", [Value::Quantity(of)]) => Value::Double(of.float()),
        ("isLessThan", [Value::Quantity(one), Value::Quantity(other)]) => Value::Bool(one.compare(other).is_lt()),
        ("isGreaterThan", [Value::Quantity(one), Value::Quantity(other)]) => Value::Bool(one.compare(other).is_gt()),
        ("compareTo", [Value::Quantity(one), Value::Quantity(other)]) => order(one.compare(other)),
        ("add", [Value::Quantity(one), Value::Quantity(other)]) => Value::Quantity(one.plus(*other)),
        ("add", [Value::Quantity(one), Value::Int(other)]) => Value::Quantity(one.plus(Quantity::from(*other))),
        ("sub", [Value::Quantity(one), Value::Quantity(other)]) => Value::Quantity(one.plus(other.negated())),
        ("sub", [Value::Quantity(one), Value::Int(other)]) => {
            Value::Quantity(one.plus(Quantity::from(*other).negated()))
        }
        _ => return None,
    }))
}

fn order(order: Ordering) -> Value {
    Value::Int(order as i64)
}

/// An address; those of IPv4 in the clothes of IPv6 are refused, as by the server.
fn ip(text: &str) -> Result<IpAddr, String> {
    let address: IpAddr = text.parse().map_err(|_| {
        format!(
            "IP Address {text:?} parse error during conversion from string: ParseAddr({text:?}): unable to parse IP"
        )
    })?;
    match address {
        IpAddr::V6(inner) if inner.to_ipv4_mapped().is_some() => {
            Err(format!("IPv4-mapped IPv6 address {text:?} is not allowed"))
        }
        _ => Ok(address),
    }
}

/// The server says it twice.
const PREFIX: &str = "network address parse error during conversion from string: ";

fn cidr(text: &str) -> Result<(IpAddr, u8), String> {
    let wrong = |why: &str| format!("{PREFIX}{PREFIX}netip.ParsePrefix({text:?}): {why}");
    let (address, length) = text.rsplit_once('/').ok_or_else(|| wrong("no '/'"))?;
    let address =
        ip(address).map_err(|why| if why.starts_with("IPv4-mapped") { why } else { wrong("unable to parse IP") })?;
    let is_plain = length.bytes().all(|b| b.is_ascii_digit()) && (length.len() == 1 || !length.starts_with('0'));
    let bits: u8 =
        length.parse().ok().filter(|_| is_plain).ok_or_else(|| wrong(&format!("bad bits after slash: {length:?}")))?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    if bits > most { Err(wrong("prefix length out of range")) } else { Ok((address, bits)) }
}

/// The address as a number, with how many bits it has.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (u128::from(address), 128),
    }
}

fn masked(address: IpAddr, length: u8) -> IpAddr {
    let (number, width) = bits(address);
    let number =
        number.checked_shr(width - u32::from(length)).unwrap_or(0).checked_shl(width - u32::from(length)).unwrap_or(0);
    match address {
        IpAddr::V4(_) => IpAddr::V4(u32::try_from(number).unwrap_or(0).into()),
        IpAddr::V6(_) => IpAddr::V6(number.into()),
    }
}

fn covers(network: (IpAddr, u8), address: IpAddr, length: u8) -> bool {
    network.0.is_ipv4() == address.is_ipv4()
        && network.1 <= length
        && masked(network.0, network.1) == masked(address, network.1)
}

fn whole(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn addresses(name: &str, args: &[Value]) -> Option<Outcome> {
    Some(match (name, args) {
        ("isIP", [Value::String(text)]) => Ok(Value::Bool(ip(text).is_ok())),
        ("ip", [Value::String(text)]) => ip(text).map(Value::Ip),
        ("ip.isCanonical", [Value::String(text)]) => ip(text).map(|address| Value::Bool(address.to_string() == **text)),
        ("ip", [Value::Cidr(address, _)]) => Ok(Value::Ip(*address)),
        ("isCIDR", [Value::String(text)]) => Ok(Value::Bool(cidr(text).is_ok())),
        ("cidr", [Value::String(text)]) => cidr(text).map(|(address, length)| Value::Cidr(address, length)),
        ("prefixLength", [Value::Cidr(_, length)]) => Ok(Value::Int((*length).into())),
        ("masked", [Value::Cidr(address, length)]) => Ok(Value::Cidr(masked(*address, *length), *length)),
        ("containsIP", [Value::Cidr(network, length), Value::Ip(address)]) => {
            Ok(Value::Bool(covers((*network, *length), *address, whole(*address))))
        }
        ("containsIP", [Value::Cidr(network, length), Value::String(text)]) => {
            ip(text).map(|address| Value::Bool(covers((*network, *length), address, whole(address))))
        }
        ("containsCIDR", [Value::Cidr(network, length), Value::Cidr(address, of)]) => {
            Ok(Value::Bool(covers((*network, *length), *address, *of)))
        }
        ("containsCIDR", [Value::Cidr(network, length), Value::String(text)]) => {
            cidr(text).map(|(address, of)| Value::Bool(covers((*network, *length), address, of)))
        }
        (_, [Value::Ip(address)]) => return of_address(name, *address).map(Ok),
        _ => return None,
    })
}

fn of_address(name: &str, address: IpAddr) -> Option<Value> {
    let link_local = match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.segments()[0] & 0xffc0 == 0xfe80,
    };
    let is_broadcast = matches!(address, IpAddr::V4(address) if address.is_broadcast());
    let link_local_multicast = match address {
        IpAddr::V4(address) => address.octets().starts_with(&[224, 0, 0]),
        IpAddr::V6(address) => address.segments()[0] & 0xff0f == 0xff02,
    };
    Some(Value::Bool(match name {
        "family" => return Some(Value::Int(if address.is_ipv4() { 4 } else { 6 })),
        "isUnspecified" => address.is_unspecified(),
        "isLoopback" => address.is_loopback(),
        "isLinkLocalMulticast" => link_local_multicast,
        "isLinkLocalUnicast" => link_local,
        "isGlobalUnicast" => {
            !(address.is_unspecified() || address.is_loopback() || address.is_multicast() || link_local || is_broadcast)
        }
        _ => return None,
    }))
}

fn urls(name: &str, args: &[Value]) -> Option<Outcome> {
    Some(Ok(match (name, args) {
        ("isURL", [Value::String(text)]) => Value::Bool(Url::parse(text).is_some()),
        ("url", [Value::String(text)]) => {
            let read = Url::parse(text).map(|url| Value::Url(Rc::new(url)));
            let wrong = || {
                let why = url::wrong_escape(text).map_or_else(
                    || "invalid URI for request".to_owned(),
                    |escape| format!("invalid URL escape {escape:?}"),
                );
                format!("URL parse error during conversion from string: parse {text:?}: {why}")
            };
            return Some(read.ok_or_else(wrong));
        }
        ("getScheme", [Value::Url(url)]) => Value::string(&url.scheme),
        ("getHost", [Value::Url(url)]) => Value::string(&url.host),
        ("getHostname", [Value::Url(url)]) => Value::string(url.hostname()),
        ("getPort", [Value::Url(url)]) => Value::string(url.port()),
        ("getEscapedPath", [Value::Url(url)]) => Value::string(&url.path),
        ("getQuery", [Value::Url(url)]) => Value::map(
            url.query().into_iter().map(|(name, values)| (Value::string(name), Value::texts(values))).collect(),
        ),
        _ => return None,
    }))
}

fn versions(name: &str, args: &[Value]) -> Option<Outcome> {
    let normalized = |flag: Option<&Value>| matches!(flag, Some(Value::Bool(true)));
    Some(Ok(match (name, args) {
        ("isSemver", [Value::String(text), ..]) => Value::Bool(Semver::parse(text, normalized(args.get(1))).is_some()),
        ("semver", [Value::String(text), ..]) => {
            let read = Semver::parse(text, normalized(args.get(1))).map(|version| Value::Semver(Rc::new(version)));
            return Some(read.ok_or_else(|| "No Major.Minor.Patch elements found".to_owned()));
        }
        ("major" | "minor" | "patch", [Value::Semver(of)]) => {
            let at = ["major", "minor", "patch"].iter().position(|part| *part == name)?;
            Value::Int(i64::try_from(of.numbers[at]).unwrap_or(i64::MAX))
        }
        ("isLessThan", [Value::Semver(one), Value::Semver(other)]) => Value::Bool(one.compare(other).is_lt()),
        ("isGreaterThan", [Value::Semver(one), Value::Semver(other)]) => Value::Bool(one.compare(other).is_gt()),
        ("compareTo", [Value::Semver(one), Value::Semver(other)]) => order(one.compare(other)),
        _ => return None,
    }))
}

fn formats(name: &str, args: &[Value], library: &dyn Library) -> Option<Outcome> {
    match (name, args) {
        ("format.named", [Value::String(format)]) => {
            let known = FORMATS.contains(&&**format);
            Some(Ok(if known { Value::some(Value::Format(format.clone())) } else { Value::Optional(None) }))
        }
        ("validate", [Value::Format(format), Value::String(text)]) => {
            let problems = library.format(format, text)?;
            Some(Ok(if problems.is_empty() { Value::Optional(None) } else { Value::some(Value::texts(problems)) }))
        }
        (_, []) => {
            let format = name.strip_prefix("format.").filter(|format| FORMATS.contains(format))?;
            Some(Ok(Value::Format(format.into())))
        }
        _ => None,
    }
}
