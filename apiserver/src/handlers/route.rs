//! From a path to what it names.

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// A page that is always the same.
    Text(&'static str),
    /// `/version`.
    Version,
    /// A document of discovery: `/api`, `/apis`, `/apis/apps`, `/apis/apps/v1`.
    Discovery(Place),
    /// A collection, an object or a subresource.
    Resource {
        group: String,
        version: String,
        namespace: String,
        plural: String,
        name: String,
        subresource: String,
        watch: bool,
    },
    /// Something that real servers serve.
    NotBuilt(&'static str),
    /// Nothing.
    Nowhere,
}

/// A place in discovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `/api`.
    Core,
    /// `/apis`.
    Groups,
    /// `/apis/GROUP`.
    Group(String),
    /// `/api/v1`, `/apis/GROUP/VERSION`.
    Version(String, String),
}

pub(super) fn parse(path: &str) -> Route {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    match segments.as_slice() {
        ["healthz" | "livez" | "readyz", ..] => Route::Text("ok"),
        ["version"] => Route::Version,
        ["openapi", ..] => Route::NotBuilt("OpenAPI"),
        ["metrics"] => Route::NotBuilt("metrics"),
        ["api"] => Route::Discovery(Place::Core),
        ["apis"] => Route::Discovery(Place::Groups),
        ["apis", group] => Route::Discovery(Place::Group((*group).to_owned())),
        ["api", version] => Route::Discovery(Place::Version(String::new(), (*version).to_owned())),
        ["apis", group, version] => Route::Discovery(Place::Version((*group).to_owned(), (*version).to_owned())),
        ["api", version, rest @ ..] => resource("", version, rest),
        ["apis", group, version, rest @ ..] => resource(group, version, rest),
        _ => Route::Nowhere,
    }
}

fn resource(group: &str, version: &str, rest: &[&str]) -> Route {
    let (watch, rest) = match rest {
        ["watch", rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let (namespace, rest) = match rest {
        // `namespaces/NAME/status` is of the namespace; other third segments are resources in it.
        ["namespaces", name, "status" | "finalize"] if group.is_empty() => {
            return named(group, version, watch, "", &["namespaces", name, rest[2]]);
        }
        ["namespaces", namespace, rest @ ..] if !rest.is_empty() => (*namespace, rest),
        rest => ("", rest),
    };
    named(group, version, watch, namespace, rest)
}

fn named(group: &str, version: &str, watch: bool, namespace: &str, rest: &[&str]) -> Route {
    let (plural, name, subresource) = match rest {
        [plural] => (*plural, "", String::new()),
        [plural, name] => (*plural, *name, String::new()),
        [plural, name, subresource @ ..] => (*plural, *name, subresource.join("/")),
        [] => return Route::Nowhere,
    };
    let [group, version, namespace, plural, name] = [group, version, namespace, plural, name].map(str::to_owned);
    Route::Resource { group, version, namespace, plural, name, subresource, watch }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(path: &str) -> (String, String, String, String) {
        match parse(path) {
            Route::Resource { namespace, plural, name, subresource, .. } => (namespace, plural, name, subresource),
            other => panic!("{path} is {other:?}"),
        }
    }

    #[test]
    fn a_path_names_namespace_resource_object_and_subresource() {
        for (path, namespace, plural, name, subresource) in [
            ("/api/v1/pods", "", "pods", "", ""),
            ("/api/v1/namespaces", "", "namespaces", "", ""),
            ("/api/v1/namespaces/a", "", "namespaces", "a", ""),
            ("/api/v1/namespaces/a/status", "", "namespaces", "a", "status"),
            ("/api/v1/namespaces/a/pods", "a", "pods", "", ""),
            ("/apis/apps/v1/namespaces/a/deployments/b/scale", "a", "deployments", "b", "scale"),
            ("/apis/apps/v1/watch/namespaces/a/deployments", "a", "deployments", "", ""),
            ("/api/v1/nodes/a/proxy/x/y", "", "nodes", "a", "proxy/x/y"),
        ] {
            let found = parts(path);
            let found = (found.0.as_str(), found.1.as_str(), found.2.as_str(), found.3.as_str());
            assert_eq!(found, (namespace, plural, name, subresource), "{path}");
        }
    }

    #[test]
    fn other_paths_are_pages_and_documents() {
        assert_eq!(parse("/readyz"), Route::Text("ok"));
        assert_eq!(parse("/apis/apps"), Route::Discovery(Place::Group("apps".to_owned())));
        assert_eq!(parse("/"), Route::Nowhere);
    }
}
