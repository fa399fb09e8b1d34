//! What a path asks for.

use hyper::Uri;

use crate::kind::Kind;

/// A request, understood.
pub(crate) struct Route {
    pub(crate) kind: Kind,
    /// How many objects there are.
    pub(crate) count: usize,
    /// How many events a watch has.
    pub(crate) events: usize,
    /// Whether lists are compressed.
    pub(crate) compressed: bool,
    pub(crate) what: What,
}

pub(crate) enum What {
    One,
    List {
        from: usize,
        to: usize,
    },
    Watch {
        /// Whether the objects come first, with the bookmark that ends them.
        initial: bool,
    },
}

impl Route {
    /// Reads `/n{count}[w{events}][z]/api…?…`; `None` if it is something else.
    pub(crate) fn of(uri: &Uri) -> Option<Self> {
        let (prefix, path) = uri.path().strip_prefix("/n")?.split_once('/')?;
        let (prefix, compressed) = prefix.strip_suffix('z').map_or((prefix, false), |prefix| (prefix, true));
        let (count, events) = prefix.split_once('w').unwrap_or((prefix, "0"));
        let (count, events) = (count.parse().ok()?, events.parse().ok()?);
        let query = uri.query().unwrap_or_default();
        let parameter = |name: &str| {
            query
                .split('&')
                .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
                .map(|(_, value)| value)
        };
        let (kind, one) = match path.rsplit('/').collect::<Vec<_>>()[..] {
            [_, "widgets", ..] => (Kind::Widget, true),
            [resource, ..] => (Kind::of_resource(resource)?, false),
            [] => return None,
        };
        let what = if one {
            What::One
        } else if matches!(parameter("watch"), Some("true" | "1")) {
            What::Watch { initial: parameter("sendInitialEvents") == Some("true") }
        } else {
            let from = parameter("continue").and_then(|token| token.parse().ok()).unwrap_or(0).min(count);
            let limit = parameter("limit").and_then(|limit| limit.parse().ok()).filter(|limit| *limit > 0);
            What::List { from, to: limit.map_or(count, |limit: usize| count.min(from + limit)) }
        };
        Some(Self { kind, count, events, compressed, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(uri: &str) -> Option<Route> {
        Route::of(&uri.parse().unwrap())
    }

    #[test]
    fn a_page_is_understood() {
        let page = route("/n1200z/api/v1/pods?limit=500&continue=1000").unwrap();
        assert_eq!((page.kind, page.count, page.events, page.compressed), (Kind::Pod, 1200, 0, true));
        assert!(matches!(page.what, What::List { from: 1000, to: 1200 }));
    }

    #[test]
    fn a_watch_is_understood() {
        let watch = route("/n0w500/api/v1/namespaces/shop/pods?watch=1&resourceVersion=7").unwrap();
        assert_eq!((watch.kind, watch.count, watch.events), (Kind::Pod, 0, 500));
        assert!(matches!(watch.what, What::Watch { initial: false }));
    }

    #[test]
    fn custom_resources_are_understood() {
        let list = route("/n10/apis/bench.kubist.dev/v1/pipelines").unwrap();
        assert!(list.kind == Kind::Pipeline && matches!(list.what, What::List { from: 0, to: 10 }));
        let one = route("/n1/apis/bench.kubist.dev/v1/namespaces/factory/widgets/widget-17").unwrap();
        assert!(one.kind == Kind::Widget && matches!(one.what, What::One));
    }

    #[test]
    fn other_paths_are_not() {
        for uri in ["/", "/api/v1/pods", "/n10/version", "/nx/api/v1/pods"] {
            assert!(route(uri).is_none(), "{uri}");
        }
    }
}
