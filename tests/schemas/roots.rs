//! Whole resources, derived: what a definition can say beside its schema.

use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{ObjectMeta, Resource, ResourcePart, crd};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A definition, and the parts of objects that its server takes and refuses.
pub(crate) struct Root {
    pub(crate) name: &'static str,
    pub(crate) crd: fn() -> CustomResourceDefinition,
    pub(crate) good: Value,
    pub(crate) bad: Value,
}

#[derive(Serialize, Deserialize, ResourcePart, Default, Clone, Debug, PartialEq)]
struct Spec {
    #[resource(pattern = "^[a-z.]+$", max_length = 100)]
    host: String,
    #[serde(default)]
    replicas: i32,
}

#[derive(Serialize, Deserialize, ResourcePart, Default, Clone, Debug, PartialEq)]
struct Counts {
    #[serde(default)]
    replicas: i32,
    #[serde(default)]
    ready: bool,
}

/// A site.
#[derive(Resource, Default, Clone, Debug, PartialEq)]
#[resource(
    group = "roots.kubist.dev",
    version = "v1",
    namespaced,
    short_names("rsite"),
    categories("shops"),
    column("Host", ".spec.host", string, description = "Where it is.", priority = 1),
    column("Age", ".metadata.creationTimestamp", date),
    scale(spec = ".spec.replicas", status = ".status.replicas"),
    rule("self.spec.replicas <= 9", message = "at most nine"),
    selectable_fields(".spec.host"),
    label("app.kubernetes.io/part-of", "shop"),
    annotation("example.com/owner", "shop")
)]
struct Everything {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Counts>,
}

#[derive(Resource)]
#[resource(group = "roots.kubist.dev", version = "v1", kind = "Versioned", cluster)]
struct Versioned {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Resource)]
#[resource(
    group = "roots.kubist.dev",
    version = "v1beta1",
    kind = "Versioned",
    cluster,
    storage = false,
    deprecated = "roots.kubist.dev/v1beta1 goes; use v1"
)]
struct OldVersioned {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Resource)]
#[resource(
    group = "roots.kubist.dev",
    version = "v1alpha1",
    kind = "Versioned",
    cluster,
    storage = false,
    served = false,
    deprecated
)]
struct OldestVersioned {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Resource)]
#[resource(group = "roots.kubist.dev", version = "v1", cluster)]
struct WithoutSpec {
    metadata: ObjectMeta,
    string_data: std::collections::BTreeMap<String, String>,
    immutable: Option<bool>,
}

#[derive(Serialize, Deserialize, ResourcePart, Clone, Debug)]
#[serde(rename_all = "camelCase")]
enum Choice {
    File { path: String },
    Url(String),
}

#[derive(Resource)]
#[resource(group = "roots.kubist.dev", version = "v1", cluster)]
struct EnumSpec {
    metadata: ObjectMeta,
    spec: Choice,
}

#[derive(Serialize, Deserialize, ResourcePart, Clone, Debug)]
struct Nothing {}

#[derive(Resource)]
#[resource(group = "roots.kubist.dev", version = "v1", cluster, no_constructor)]
struct EmptySpec {
    metadata: ObjectMeta,
    spec: Nothing,
}

impl EmptySpec {
    fn new(name: &str) -> Self {
        Self { metadata: ObjectMeta { name: name.into(), ..ObjectMeta::default() }, spec: Nothing {} }
    }
}

#[derive(Resource, Default)]
#[resource(group = "roots.kubist.dev", version = "v1", cluster)]
struct UnitSpec {
    metadata: ObjectMeta,
    spec: (),
}

#[derive(Resource)]
#[resource(
    group = "roots.kubist.dev",
    version = "v1",
    cluster,
    kind = "Converted",
    conversion(webhook(service = "shop/converter", path = "/convert", port = 8443, versions("v1", "v1beta1")))
)]
struct Converted {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Resource)]
#[resource(
    group = "roots.kubist.dev",
    version = "v1beta1",
    cluster,
    kind = "Converted",
    storage = false,
    conversion(webhook(url = "https://convert.example.com"))
)]
struct OldConverted {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Resource)]
#[resource(group = "roots.kubist.dev", version = "v1alpha1", cluster, kind = "Converted", storage = false)]
struct OldestConverted {
    metadata: ObjectMeta,
    spec: Spec,
}

pub(crate) fn all() -> Vec<Root> {
    vec![
        Root {
            name: "everything that a definition can say",
            crd: Everything::crd,
            good: json!({ "spec": { "host": "a.b", "replicas": 9 } }),
            bad: json!({ "spec": { "host": "a.b", "replicas": 10 } }),
        },
        Root {
            name: "three versions",
            crd: || {
                let versions = [Versioned::crd(), OldVersioned::crd(), OldestVersioned::crd()];
                crd::merge(versions).expect("they are versions of one kind")
            },
            good: json!({ "spec": { "host": "a.b" } }),
            bad: json!({ "spec": { "host": "A" } }),
        },
        Root {
            name: "data at the root",
            crd: WithoutSpec::crd,
            good: json!({ "stringData": { "a": "b" }, "immutable": true }),
            bad: json!({ "stringData": { "a": 1 } }),
        },
        Root {
            name: "an enum for a spec",
            crd: EnumSpec::crd,
            good: json!({ "spec": { "url": "https://example.com" } }),
            bad: json!({ "spec": {} }),
        },
        Root { name: "a unit for a spec", crd: UnitSpec::crd, good: json!({}), bad: json!({ "spec": 1 }) },
        Root {
            name: "a webhook that converts",
            crd: || crd::merge([OldestConverted::crd(), Converted::crd()]).expect("one of them says how"),
            good: json!({ "spec": { "host": "a.b" } }),
            bad: json!({ "spec": { "host": "A" } }),
        },
        Root { name: "an empty spec", crd: EmptySpec::crd, good: json!({ "spec": {} }), bad: json!({ "spec": 1 }) },
    ]
}

/// What needs no server.
pub(crate) fn checks() {
    let site = Everything::new("home", Spec { host: "a.b".to_owned(), replicas: 1 });
    assert_eq!((site.metadata.name.as_str(), &site.status), ("home", &None));
    assert_eq!(Everything::default().spec, Spec::default());
    assert_eq!(EmptySpec::new("a").metadata.name, "a");
    assert_eq!(EnumSpec::new("a", Choice::Url(String::new())).metadata.name, "a");
    assert_eq!(
        (Versioned::new("a", Spec::default()).spec, OldVersioned::new("a", Spec::default()).spec),
        Default::default()
    );
    assert_eq!(OldestVersioned::new("a", Spec::default()).spec, Spec::default());
    let refused = |definitions: Vec<CustomResourceDefinition>| {
        crd::merge(definitions).expect_err("they do not go together").to_string()
    };
    let name = "versioneds.roots.kubist.dev";
    assert_eq!(refused(vec![]), "there is no definition to merge");
    assert_eq!(
        refused(vec![Versioned::crd(), Everything::crd()]),
        format!("{name} and everythings.roots.kubist.dev are two kinds: group and plural must be the same")
    );
    assert_eq!(
        refused(vec![OldVersioned::crd(), OldestVersioned::crd()]),
        format!("{name}: no version is the storage version; remove one `storage = false`")
    );
    let mut stored = OldVersioned::crd();
    stored.spec.versions[0].storage = true;
    assert_eq!(
        refused(vec![Versioned::crd(), stored.clone()]),
        format!("{name}: v1 and v1beta1 are both the storage version; give one of them `storage = false`")
    );
    assert_eq!(refused(vec![Versioned::crd(), Versioned::crd()]), format!("{name}: the version v1 is there twice"));
    assert_eq!(
        refused(vec![OldestConverted::crd(), Converted::crd(), OldConverted::crd()]),
        "converteds.roots.kubist.dev: v1 says `conversion(webhook(service = \"shop/converter\", path = \"/convert\", port = 8443, \
         versions(\"v1\", \"v1beta1\")))`, and v1beta1 says `conversion(webhook(url = \"https://convert.example.com\", versions(\"v1\")))`"
    );
    // One of two that say the same may have the certificates.
    let mut trusted = Converted::crd();
    trusted.spec.versions[0].name = "v2".into();
    trusted.spec.versions[0].storage = false;
    crd::set_ca_bundle(&mut trusted, "-----BEGIN CERTIFICATE-----").expect("it has a webhook");
    let both = crd::merge([Converted::crd(), trusted.clone()]).expect("they say the same");
    assert_eq!(both.spec.conversion, trusted.spec.conversion);
    stored.spec.names.singular = "other".into();
    assert_eq!(
        refused(vec![Versioned::crd(), stored]),
        format!("{name}: the singular name is \"versioned\" in v1 and \"other\" in v1beta1")
    );
}
