//! Where a webhook is: the path below a service, and the address outside of the cluster.
//!
//! Source: [`validation.go`](https://github.com/kubernetes/apiserver/blob/v0.37.2/pkg/util/webhook/validation.go).

use crate::{NameError, dns1123_subdomain};

/// What is wrong with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "these are the rules of the server")]
pub enum PathProblem {
    /// It does not start with a slash.
    NoSlash,
    /// Nothing stands between two slashes; segments are counted from 0.
    Empty(usize),
    /// A segment is no DNS subdomain.
    Segment(usize, NameError),
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "these are the rules of the server")]
pub enum UrlProblem<'a> {
    /// The scheme is another one than `https`, or there is none.
    Scheme(&'a str),
    /// There is no host.
    NoHost,
    /// Somebody logs in.
    User(&'a str),
    /// There is something behind a `#`.
    Fragment(&'a str),
    /// There is something behind a `?`.
    Query(&'a str),
}

/// Checks the path of a webhook that is a service.
pub fn path(path: &str) -> Vec<PathProblem> {
    if path.is_empty() || path == "/" {
        return Vec::new();
    }
    if path == "//" {
        return vec![PathProblem::Empty(0)];
    }
    let mut problems = Vec::new();
    if !path.starts_with('/') {
        problems.push(PathProblem::NoSlash);
    }
    let mut chars = path.chars();
    chars.next();
    let below = chars.as_str();
    for (index, segment) in below.strip_suffix('/').unwrap_or(below).split('/').enumerate() {
        if segment.is_empty() {
            problems.push(PathProblem::Empty(index));
        } else if let Err(error) = dns1123_subdomain(segment) {
            problems.push(PathProblem::Segment(index, error));
        }
    }
    problems
}

/// Checks the address of a webhook, but for what no parser of addresses reads.
pub fn url(url: &str) -> Vec<UrlProblem<'_>> {
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let scheme = rest.split_once(':').filter(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let (scheme, rest) = scheme.unwrap_or(("", rest));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = rest.strip_prefix("//").map_or("", |rest| rest.split('/').next().unwrap_or_default());
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let mut problems = Vec::new();
    if !scheme.eq_ignore_ascii_case("https") {
        problems.push(UrlProblem::Scheme(scheme));
    }
    if host.is_empty() {
        problems.push(UrlProblem::NoHost);
    }
    problems.extend(user.map(UrlProblem::User));
    if !fragment.is_empty() {
        problems.push(UrlProblem::Fragment(fragment));
    }
    if !query.is_empty() {
        problems.push(UrlProblem::Query(query));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_segments_between_slashes() {
        for good in ["", "/", "/convert", "/convert/", "/a.b/c-d"] {
            assert_eq!(path(good), [], "{good}");
        }
        assert_eq!(path("convert"), [PathProblem::NoSlash]);
        assert_eq!(path("//"), [PathProblem::Empty(0)]);
        assert_eq!(path("/a//b"), [PathProblem::Empty(1)]);
        assert!(matches!(path("/a/B").as_slice(), [PathProblem::Segment(1, error)] if error.value() == "B"));
    }

    #[test]
    fn addresses_are_a_host_and_a_path() {
        for good in ["https://example.com", "HTTPS://example.com:8443/convert", "https://[::1]/", "https://a?"] {
            assert_eq!(url(good), [], "{good}");
        }
        assert_eq!(url("http://a"), [UrlProblem::Scheme("http")]);
        assert_eq!(url("a/b"), [UrlProblem::Scheme(""), UrlProblem::NoHost]);
        assert_eq!(url("https:a"), [UrlProblem::NoHost]);
        assert_eq!(
            url("https://me:secret@a/b?c#d"),
            [UrlProblem::User("me:secret"), UrlProblem::Fragment("d"), UrlProblem::Query("c")]
        );
    }
}
