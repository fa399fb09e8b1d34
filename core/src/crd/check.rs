//! What a server would say of a definition, without a server.

use kubist_model::{StatusCause, definition, validation};
use serde_json::{Value, json};

use super::CustomResourceDefinition;

/// Returns the causes for which a server would refuse to create a definition; none if it would take it.
///
/// What the server fills in first is filled in here too: singular name, list kind, conversion and stored versions. The causes are
/// the server's, field by field and word for word. Of a rule that may cost too much, it is also said which bounds are missing, behind the
/// server's words: `…; .spec.hosts has no maxItems, .spec.hosts[*] has no maxLength`. Whether defaults match
/// their patterns, and certificates, are not looked at; mistakes in those are found by a server only.
///
/// # Example
///
/// ```
/// use kubist::{ObjectMeta, Resource, crd};
/// # #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// # pub struct Spec {}
///
/// #[derive(Resource)]
/// #[resource(group = "shop.example.com", version = "v1", namespaced)]
/// pub struct Website { pub metadata: ObjectMeta, pub spec: Spec }
///
/// assert_eq!(crd::check(&Website::crd()), []);
///
/// let mut wrong = Website::crd();
/// wrong.spec.scope = "Everywhere".into();
/// assert_eq!(crd::check(&wrong)[0].field, "spec.scope");
/// ```
pub fn check(crd: &CustomResourceDefinition) -> Vec<StatusCause> {
    match serde_json::to_value(crd) {
        Ok(definition) => {
            let mut causes = validation::labels_and_annotations(&definition["metadata"]);
            causes.extend(definition::explain(&filled_in(definition)));
            causes
        }
        Err(error) => vec![StatusCause { message: error.to_string().into(), ..StatusCause::default() }],
    }
}

/// Does to a new definition what the server does before it checks.
pub(super) fn filled_in(mut definition: Value) -> Value {
    let spec = &mut definition["spec"];
    let kind = spec["names"]["kind"].as_str().unwrap_or_default().to_owned();
    let names = [("singular", kind.to_lowercase()), ("listKind", format!("{kind}List"))];
    for (field, name) in names {
        let is_empty = spec["names"][field].as_str().unwrap_or_default().is_empty();
        if is_empty && !kind.is_empty() {
            spec["names"][field] = name.into();
        }
    }
    if spec["conversion"].is_null() {
        spec["conversion"] = json!({ "strategy": "None" });
    }
    let versions = spec["versions"].as_array().map_or(&[][..], Vec::as_slice);
    let stored: Vec<Value> =
        versions.iter().filter(|version| version["storage"] == true).map(|version| version["name"].clone()).collect();
    definition["status"] = json!({ "storedVersions": stored });
    definition
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A definition without what the server fills in.
    fn lamps(change: impl FnOnce(&mut Value)) -> CustomResourceDefinition {
        let mut definition = json!({
            "metadata": { "name": "lamps.example.com" },
            "spec": {
                "group": "example.com", "scope": "Namespaced", "names": { "plural": "lamps", "kind": "Lamp" },
                "versions": [{ "name": "v1", "served": true, "storage": true, "schema": { "openAPIV3Schema": {
                    "type": "object", "properties": { "spec": { "type": "object" } },
                } } }],
            },
        });
        change(&mut definition);
        serde_json::from_value(definition).unwrap()
    }

    fn fields(crd: &CustomResourceDefinition) -> Vec<String> {
        check(crd).iter().map(|cause| cause.field.to_string()).collect()
    }

    #[test]
    fn what_the_server_fills_in_may_be_left_out() {
        assert_eq!(check(&lamps(|_| {})), []);
    }

    #[test]
    fn the_status_that_a_cluster_wrote_does_not_count() {
        let crd =
            lamps(|crd| crd["status"] = json!({ "storedVersions": ["v0"], "acceptedNames": { "plural": "LAMPS" } }));
        assert_eq!(check(&crd), []);
    }

    #[test]
    fn each_mistake_is_named_with_its_field() {
        assert_eq!(fields(&lamps(|crd| crd["metadata"]["name"] = "lamp.example.com".into())), ["metadata.name"]);
        assert_eq!(
            fields(&lamps(|crd| crd["spec"]["conversion"] = json!({ "strategy": "Magic" }))),
            ["spec.conversion.strategy"]
        );
        let without_type = lamps(|crd| {
            crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"] =
                json!({ "properties": { "a": {} } });
        });
        let place = "spec.validation.openAPIV3Schema.properties[spec]";
        assert_eq!(fields(&without_type), [format!("{place}.properties[a].type"), format!("{place}.type")]);
    }

    #[test]
    fn of_a_rule_that_costs_too_much_the_missing_bounds_are_named() {
        let crd = lamps(|crd| {
            crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"] = json!({
                "type": "object", "properties": { "rooms": { "type": "array", "items": { "type": "object", "properties": {
                    "lamps": { "type": "array", "maxItems": 9, "items": { "type": "string" },
                        "x-kubernetes-validations": [{ "rule": "self.all(lamp, lamp.matches('^[a-z]+$'))" }] },
                } } } },
            });
        });
        let causes = check(&crd);
        let (_, hint) = causes[0].message.split_once("are declared); ").unwrap();
        assert_eq!(hint, ".spec.rooms has no maxItems, .spec.rooms[*].lamps[*] has no maxLength");
    }

    #[test]
    fn without_a_storage_version_nothing_can_be_stored() {
        let fields = fields(&lamps(|crd| crd["spec"]["versions"][0]["storage"] = false.into()));
        assert_eq!(fields, ["spec.versions", "status.storedVersions"]);
    }
}
