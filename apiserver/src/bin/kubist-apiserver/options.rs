//! The command line.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use lexopt::Arg::{Long, Short, Value};

pub(crate) const HELP: &str = "\
An embedded Kubernetes API server on loopback, for trying and testing.

It starts with an empty cluster, which lives in memory and ends with the program.

Usage: kubist-apiserver [OPTIONS]

Options:
  --addr ADDRESS      Listen here; loopback only [default: 127.0.0.1:0, any free port]
  --kubeconfig PATH   Write the kubeconfig here; it is removed again at the end [default: kubist.kubeconfig]
  --help              Print this
  --version           Print the version
";

/// What is asked of the program.
#[derive(Debug, PartialEq)]
pub(crate) enum Request {
    Serve(Options),
    Help,
    Version,
}

/// How to serve.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) addr: SocketAddr,
    pub(crate) kubeconfig: PathBuf,
}

impl Default for Options {
    fn default() -> Options {
        Options { addr: (Ipv4Addr::LOCALHOST, 0).into(), kubeconfig: "kubist.kubeconfig".into() }
    }
}

/// Reads the command line; values stand behind their option or after a `=`.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Long("addr") => {
                options.addr =
                    addr(&needed(&mut parser, "--addr", "an address, such as 127.0.0.1:6443")?.to_string_lossy())?;
            }
            Long("kubeconfig") => {
                options.kubeconfig = needed(&mut parser, "--kubeconfig", "the path of a file to write")?.into();
            }
            Long("help") | Short('h') => return alone(&mut parser, "--help", Request::Help),
            Long("version") | Short('V') => return alone(&mut parser, "--version", Request::Version),
            other => {
                let (kind, name) = match other {
                    Long(name) => ("option", format!("--{name}")),
                    Short(name) => ("option", format!("-{name}")),
                    Value(word) => ("argument", word.to_string_lossy().into_owned()),
                };
                return Err(format!(
                    "unknown {kind} `{name}`; there are --addr ADDRESS, --kubeconfig PATH, --help and --version"
                ));
            }
        }
    }
    Ok(Request::Serve(options))
}

/// An option that ends the reading, and takes no value.
fn alone(parser: &mut lexopt::Parser, option: &str, request: Request) -> Result<Request, String> {
    if parser.optional_value().is_none() { Ok(request) } else { Err(format!("`{option}` takes no value")) }
}

fn needed(parser: &mut lexopt::Parser, option: &str, what: &str) -> Result<OsString, String> {
    let value = parser.value().ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| format!("`{option}` needs {what}"))
}

fn addr(text: &str) -> Result<SocketAddr, String> {
    let named = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    named
        .as_deref()
        .unwrap_or(text)
        .parse()
        .map_err(|_| format!("`--addr {text}` is not an IP address and a port, such as 127.0.0.1:6443 or [::1]:0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Request, String> {
        parse(args.iter().map(OsString::from))
    }

    #[test]
    fn values_stand_behind_their_option_or_after_an_equals_sign() {
        for args in
            [&["--addr", "127.0.0.1:6443", "--kubeconfig", "a=b"][..], &["--addr=localhost:6443", "--kubeconfig=a=b"]]
        {
            let expected = Options { addr: "127.0.0.1:6443".parse().unwrap(), kubeconfig: "a=b".into() };
            assert_eq!(parsed(args), Ok(Request::Serve(expected)), "{args:?}");
        }
        assert_eq!(parsed(&[]), Ok(Request::Serve(Options::default())));
        assert_eq!(parsed(&["--version"]), Ok(Request::Version));
        assert_eq!(parsed(&["--addr", "[::1]:0", "--help"]), Ok(Request::Help));
    }

    #[test]
    fn a_mistake_is_one_line_that_names_it() {
        for (args, expected) in [
            (
                &["--port", "1"][..],
                "unknown option `--port`; there are --addr ADDRESS, --kubeconfig PATH, --help and --version",
            ),
            (&["start"], "unknown argument `start`; there are --addr ADDRESS, --kubeconfig PATH, --help and --version"),
            (&["--addr"], "`--addr` needs an address, such as 127.0.0.1:6443"),
            (&["--kubeconfig="], "`--kubeconfig` needs the path of a file to write"),
            (&["--addr", "6443"], "`--addr 6443` is not an IP address and a port, such as 127.0.0.1:6443 or [::1]:0"),
            (&["--help=me"], "`--help` takes no value"),
        ] {
            assert_eq!(parsed(args), Err(expected.to_owned()));
        }
    }
}
