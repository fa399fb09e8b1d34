//! kubectl with a custom resource.

use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::{Case, Result};

pub(crate) const CASES: &[Case] = &[
    ("kubectl_creates_gets_patches_and_deletes_a_custom_object", life),
    ("kubectl_is_told_that_a_custom_object_is_not_there", not_found),
    ("kubectl_is_told_that_a_custom_object_is_there_already", already_exists),
    ("kubectl_is_told_which_field_is_wrong", invalid),
    ("kubectl_reads_a_printed_definition_as_it_was_meant", printed),
];

impl Cluster {
    /// Defines websites and waits until they are served.
    pub(crate) fn create_websites(&self) -> Result {
        let said = self.kubectl_with("create --validate=false -f -", &definition().to_string())?;
        assert_eq!(said, "customresourcedefinition.apiextensions.k8s.io/websites.shop.example.com created\n");
        let said = self.kubectl("wait --for=condition=Established --timeout=30s crd/websites.shop.example.com")?;
        assert_eq!(said, "customresourcedefinition.apiextensions.k8s.io/websites.shop.example.com condition met\n");
        Ok(())
    }

    fn create_website(&self) -> Result<String> {
        self.kubectl_with("create --validate=false -f -", &website(2).to_string())
    }
}

fn life(cluster: &Cluster) -> Result {
    cluster.create_websites()?;
    assert_eq!(cluster.create_website()?, "website.shop.example.com/front created\n");

    let list = cluster.json("get websites -o json")?;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "{list}");
    assert_eq!(list["items"][0]["metadata"]["name"], "front");
    assert_eq!(list["items"][0]["spec"], json!({ "replicas": 2 }));
    assert_eq!(list["items"][0]["metadata"]["namespace"], "default");

    let said = cluster.kubectl(r#"patch website front --type=merge -p {"spec":{"replicas":3}}"#)?;
    assert_eq!(said, "website.shop.example.com/front patched\n");
    assert_eq!(cluster.json("get website/front -o json")?["spec"]["replicas"], 3);
    assert_eq!(cluster.kubectl("get web -o name")?, "website.shop.example.com/front\n");

    let said = cluster.kubectl("delete website front")?;
    assert!(said.starts_with("website.shop.example.com \"front\" deleted"), "{said}");
    assert_eq!(cluster.json("get websites -o json")?["items"], json!([]));
    Ok(())
}

/// kubectl reads YAML 1.1, where much that looks like a text is none.
fn printed(cluster: &Cluster) -> Result {
    let texts = [
        "on",
        "Off",
        "yes",
        "NO",
        "y",
        "n",
        "true",
        "Null",
        "~",
        "",
        "1.0",
        "0777",
        "0o17",
        "0x1F",
        "0b1",
        "1_000",
        "1:30",
        "12:30:45",
        "2001-01-01",
        "=",
        "<<",
        ".inf",
        ".NaN",
        ".5",
        "5.",
        "+1",
        "-1",
        "1e3",
        "- a",
        "a: b",
        "a:",
        "#c",
        "a #c",
        "@x",
        "`x",
        "%x",
        "*x",
        "&x",
        "!x",
        "[a]",
        "{a}",
        " a",
        "a ",
        "?",
        "|",
        ">",
        "'",
        "\"",
        "\\",
        "a\tb",
        "one\ntwo",
        "one\n\ntwo\n",
        " one\ntwo\n\n",
        "é",
        "\u{1F600}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        ".spec.a",
        "v1",
        "self.a == 'b' || c",
    ];
    let mut definition = definition();
    definition["metadata"]["annotations"] = texts
        .iter()
        .enumerate()
        .map(|(index, text)| (format!("shop.example.com/text{index}"), Value::from(*text)))
        .collect();
    let typed = serde_json::from_value(definition.clone())?;
    let yaml = kubist::crd::to_yaml(&[typed]);
    cluster.kubectl_with("create --validate=false -f -", &yaml)?;
    let stored = cluster.json("get crd websites.shop.example.com -o json")?;
    assert_eq!(stored["metadata"]["annotations"], definition["metadata"]["annotations"], "{yaml}");
    Ok(())
}

fn not_found(cluster: &Cluster) -> Result {
    cluster.create_websites()?;
    let expected = "Error from server (NotFound): websites.shop.example.com \"nosuch\" not found";
    for words in ["get website nosuch", "get website nosuch -o json", "delete website nosuch"] {
        assert_eq!(cluster.refusal(words)?, expected, "{words}");
    }
    let said = cluster.refusal("get nosuch")?;
    assert_eq!(said, "error: the server doesn't have a resource type \"nosuch\"");
    Ok(())
}

fn already_exists(cluster: &Cluster) -> Result {
    cluster.create_websites()?;
    cluster.create_website()?;
    let said = cluster.create_website().expect_err("the second is refused");
    let expected = "Error from server (AlreadyExists): error when creating \"STDIN\": \
                    websites.shop.example.com \"front\" already exists";
    assert!(said.message().unwrap_or_default().contains(expected), "{said:?}");
    Ok(())
}

fn invalid(cluster: &Cluster) -> Result {
    cluster.create_websites()?;
    cluster.create_website()?;
    let said = cluster.refusal(r#"patch website front --type=merge -p {"spec":{"replicas":"many"}}"#)?;
    let expected = "The Website \"front\" is invalid: spec.replicas: Invalid value: \"string\": \
                    spec.replicas in body must be of type integer: \"string\"";
    assert_eq!(said, expected);
    Ok(())
}

fn definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": { "name": "websites.shop.example.com" },
        "spec": {
            "group": "shop.example.com",
            "scope": "Namespaced",
            "names": { "kind": "Website", "plural": "websites", "singular": "website", "shortNames": ["web"] },
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": { "openAPIV3Schema": {
                    "type": "object",
                    "properties": { "spec": {
                        "type": "object",
                        "properties": { "replicas": { "type": "integer" } },
                    } },
                } },
            }],
        },
    })
}

fn website(replicas: u32) -> Value {
    json!({
        "apiVersion": "shop.example.com/v1",
        "kind": "Website",
        "metadata": { "name": "front" },
        "spec": { "replicas": replicas },
    })
}
