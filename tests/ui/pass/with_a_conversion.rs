//! Two versions of one kind, and how objects get from one to the other.

use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{ObjectMeta, Resource, crd};

mod v1 {
    use kubist::{ObjectMeta, Resource, ResourcePart};
    use serde::{Deserialize, Serialize};

    #[derive(Resource)]
    #[resource(
        group = "shop.example.com",
        version = "v1",
        namespaced,
        conversion(webhook(service = "shop/converter", path = "/convert", port = 8443, versions("v1", "v1beta1")))
    )]
    pub struct Website {
        pub metadata: ObjectMeta,
        pub spec: Spec,
    }

    #[derive(Serialize, Deserialize, ResourcePart)]
    pub struct Spec {
        pub host: String,
    }
}

mod v1beta1 {
    use kubist::{ObjectMeta, Resource, ResourcePart};
    use serde::{Deserialize, Serialize};

    #[derive(Resource)]
    #[resource(group = "shop.example.com", version = "v1beta1", namespaced, storage = false)]
    pub struct Website {
        pub metadata: ObjectMeta,
        pub spec: Spec,
    }

    #[derive(Serialize, Deserialize, ResourcePart)]
    pub struct Spec {
        pub hosts: Vec<String>,
    }
}

#[derive(Resource)]
#[resource(
    group = "shop.example.com",
    version = "v1",
    cluster,
    conversion(webhook(url = "https://convert.example.com/shops"))
)]
struct Shop {
    metadata: ObjectMeta,
    spec: v1::Spec,
}

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", cluster, conversion(none))]
struct Branch {
    metadata: ObjectMeta,
    spec: v1::Spec,
}

fn both() -> CustomResourceDefinition {
    crd::merge([v1::Website::crd(), v1beta1::Website::crd()]).unwrap()
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<CustomResourceDefinition>> {
    let kind = |definition| kubist_tests::Kind {
        definition,
        takes: r#"{"spec":{"host":"a"}}"#,
        refuses: r#"{"spec":{"host":1}}"#,
        because: &[r#"spec.host: Invalid value: "integer": spec.host in body must be of type string: "integer""#],
    };
    vec![kind(both()), kind(Shop::crd()), kind(Branch::crd())]
}

pub fn main() {
    drop(kinds());
    let conversion = |crd: CustomResourceDefinition| serde_json::to_value(crd.spec.conversion).unwrap();
    assert_eq!(
        conversion(both()),
        serde_json::json!({
            "strategy": "Webhook",
            "webhook": {
                "clientConfig": {
                    "service": { "namespace": "shop", "name": "converter", "path": "/convert", "port": 8443 },
                },
                "conversionReviewVersions": ["v1", "v1beta1"],
            },
        })
    );
    assert_eq!(
        conversion(Shop::crd()),
        serde_json::json!({
            "strategy": "Webhook",
            "webhook": {
                "clientConfig": { "url": "https://convert.example.com/shops" },
                "conversionReviewVersions": ["v1"],
            },
        })
    );
    assert_eq!(conversion(Branch::crd()), serde_json::json!({ "strategy": "None" }));
    assert_eq!(conversion(v1beta1::Website::crd()), serde_json::Value::Null);
    assert_eq!(crd::check(&both()), []);

    let mut trusted = both();
    crd::set_ca_bundle(&mut trusted, "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n").unwrap();
    let error = crd::set_ca_bundle(&mut trusted, "secret").unwrap_err().to_string();
    assert_eq!(error, "websites.shop.example.com: these are no certificates in PEM");
    let error = crd::set_ca_bundle(&mut Branch::crd(), "secret").unwrap_err().to_string();
    assert_eq!(error, "branches.shop.example.com: no webhook converts its objects, so there is none to trust");
}
