//! Definitions that a server refuses: each with the same causes on both.

use kubist::crd;
use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{Api, Unstructured, json};
use serde_json::Value;

use crate::cx::{Cx, refused};
use crate::{Case, Done};

/// One mistake: what it is, how a right definition gets it, and what the server says of it, as `field: message`.
pub(crate) type Mistake = (&'static str, fn(&mut Definition), &'static [&'static str]);

/// A definition with ways to the parts that are changed most.
pub(crate) struct Definition(Value);

impl Definition {
    pub(crate) fn of(cx: &Cx) -> Self {
        let group = format!("{}.kubist.dev", cx.ns);
        Self(json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": format!("lamps.{group}")},
            "spec": {
                "group": group, "scope": "Namespaced", "names": {"plural": "lamps", "kind": "Lamp"},
                "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                    "type": "object",
                    "properties": {"spec": {"type": "object", "properties": {"a": {"type": "string"}}}},
                }}}],
            },
        }))
    }

    pub(crate) fn into_value(self) -> Value {
        self.0
    }

    pub(crate) fn spec(&mut self) -> &mut Value {
        &mut self.0["spec"]
    }

    pub(crate) fn version(&mut self) -> &mut Value {
        &mut self.0["spec"]["versions"][0]
    }

    pub(crate) fn root(&mut self) -> &mut Value {
        &mut self.version()["schema"]["openAPIV3Schema"]
    }

    /// The schema of the objects' `spec`.
    pub(crate) fn schema(&mut self) -> &mut Value {
        &mut self.root()["properties"]["spec"]
    }

    /// The schema of `spec.a`.
    pub(crate) fn a(&mut self) -> &mut Value {
        &mut self.schema()["properties"]["a"]
    }
}

pub(crate) fn cases() -> Vec<Case> {
    cases_of(module_path!(), MISTAKES)
}

/// Cases of a file, one a mistake.
pub(crate) fn cases_of(file: &'static str, mistakes: &'static [Mistake]) -> Vec<Case> {
    let mistake = |(name, change, causes): &'static Mistake| {
        Case::new(file, name, move |cx| async move { made(&cx, *change, causes).await })
    };
    mistakes.iter().map(mistake).collect()
}

/// The names of the mistakes.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    MISTAKES.iter().map(|(name, ..)| *name)
}

async fn made(cx: &Cx, change: fn(&mut Definition), expected: &[&str]) -> Done {
    let mut definition = Definition::of(cx);
    change(&mut definition);
    let typed: CustomResourceDefinition = serde_json::from_value(definition.0.clone())?;
    let definition = Unstructured::from_value(definition.0)?;
    let crds = Api::<Unstructured>::dynamic(&cx.client, <CustomResourceDefinition as kubist::Resource>::info());
    let status = refused(crds.cluster()?.create(&definition).dry_run().await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    // Names of cases differ; the order of causes from one map of properties is the server's dice.
    let said = |cause: &kubist::StatusCause| {
        let line = format!("{}: {}", cause.field, cause.message).replace(&cx.ns, "CASE");
        line.replace("spec.validation.openAPIV3Schema", "SCHEMA")
    };
    let mut found: Vec<String> = status.causes().iter().map(said).collect();
    let mut expected: Vec<String> = expected.iter().map(|&line| line.to_owned()).collect();
    // Behind the server's words stand the bounds that are missing.
    let own = |line: String| line.split("; .").next().unwrap_or_default().to_owned();
    let mut checked: Vec<String> = crd::check(&typed).iter().map(said).map(own).collect();
    found.sort();
    expected.sort();
    checked.sort();
    assert_eq!(found, expected);
    assert_eq!(checked, expected, "crd::check says what the server says");
    Ok(())
}

const MISTAKES: &[Mistake] = &[
    (
        "has_no_scope",
        |definition| drop(definition.spec().as_object_mut().expect("an object").remove("scope")),
        &["spec.scope: Required value"],
    ),
    (
        "has_an_unknown_scope",
        |definition| definition.spec()["scope"] = json!("World"),
        &[r#"spec.scope: Unsupported value: "World": supported values: "Cluster", "Namespaced""#],
    ),
    (
        "has_no_group",
        |definition| definition.spec()["group"] = json!(""),
        &[
            r#"metadata.name: Invalid value: "lamps.CASE.kubist.dev": must be spec.names.plural+"."+spec.group"#,
            "spec.group: Required value",
        ],
    ),
    (
        "has_a_group_without_a_dot",
        |definition| definition.spec()["group"] = json!("example"),
        &[
            r#"metadata.name: Invalid value: "lamps.CASE.kubist.dev": must be spec.names.plural+"."+spec.group"#,
            r#"spec.group: Invalid value: "example": should be a domain with at least one dot"#,
        ],
    ),
    (
        "has_a_protected_group_without_an_approval",
        |definition| {
            definition.spec()["group"] = json!("shop.k8s.io");
            definition.0["metadata"]["name"] = json!("lamps.shop.k8s.io");
        },
        &[
            r#"metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111"#,
        ],
    ),
    (
        "has_a_group_with_a_slash",
        |definition| {
            definition.spec()["group"] = json!("shop.example.com/v1");
            definition.0["metadata"]["name"] = json!("lamps.shop.example.com");
        },
        &[
            r#"metadata.name: Invalid value: "lamps.shop.example.com": must be spec.names.plural+"."+spec.group"#,
            r#"spec.group: Invalid value: "shop.example.com/v1": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#,
        ],
    ),
    (
        "has_the_group_of_a_built_in_kind",
        |definition| {
            definition.spec()["group"] = json!("apps");
            definition.0["metadata"]["name"] = json!("lamps.apps");
        },
        &[r#"spec.group: Invalid value: "apps": should be a domain with at least one dot"#],
    ),
    (
        "has_a_rule_with_an_unknown_reason",
        |definition| definition.a()["x-kubernetes-validations"] = json!([{"rule": "self != ''", "reason": "Invalid"}]),
        &[
            r#"SCHEMA.properties[spec].properties[a].x-kubernetes-validations[0].reason: Unsupported value: "Invalid": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired""#,
        ],
    ),
    (
        "selects_by_the_metadata",
        |definition| definition.version()["selectableFields"] = json!([{"jsonPath": ".metadata.labels"}]),
        &[
            r#"spec.selectableFields[0].jsonPath: Invalid value: ".metadata.labels": is an invalid path: does not refer to a valid field"#,
        ],
    ),
    (
        "has_no_names",
        |definition| definition.spec()["names"] = json!({}),
        &[
            r#"metadata.name: Invalid value: "lamps.CASE.kubist.dev": must be spec.names.plural+"."+spec.group"#,
            "spec.names.plural: Required value",
            "spec.names.singular: Required value",
            "spec.names.kind: Required value",
            "spec.names.listKind: Required value",
        ],
    ),
    (
        "has_a_plural_with_capitals",
        |definition| definition.spec()["names"] = json!({"plural": "Lamps", "kind": "Lamp"}),
        &[
            r#"metadata.name: Invalid value: "lamps.CASE.kubist.dev": must be spec.names.plural+"."+spec.group"#,
            r#"spec.names.plural: Invalid value: "Lamps": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
        ],
    ),
    (
        "has_a_kind_with_a_space",
        |definition| definition.spec()["names"] = json!({"plural": "lamps", "kind": "La mp"}),
        &[
            r#"spec.names.singular: Invalid value: "la mp": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
            r#"spec.names.kind: Invalid value: "La mp": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
            r#"spec.names.listKind: Invalid value: "La mpList": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
        ],
    ),
    (
        "has_a_short_name_with_capitals",
        |definition| {
            definition.spec()["names"] =
                json!({"plural": "lamps", "kind": "Lamp", "shortNames": ["L"], "categories": ["All"]});
        },
        &[
            r#"spec.names.shortNames[0]: Invalid value: "L": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
            r#"spec.names.categories[0]: Invalid value: "All": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
        ],
    ),
    (
        "has_a_list_kind_that_is_the_kind",
        |definition| definition.spec()["names"] = json!({"plural": "lamps", "kind": "Lamp", "listKind": "Lamp"}),
        &[r#"spec.names.listKind: Invalid value: "Lamp": kind and listKind may not be the same"#],
    ),
    (
        "has_no_versions",
        |definition| definition.spec()["versions"] = json!([]),
        &[
            "spec.versions: Invalid value: []: must have exactly one version marked as storage version",
            "status.storedVersions: Invalid value: null: must have at least one stored version",
        ],
    ),
    (
        "has_no_storage_version",
        |definition| definition.version()["storage"] = json!(false),
        &[
            r#"spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":false,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must have exactly one version marked as storage version"#,
            "status.storedVersions: Invalid value: null: must have at least one stored version",
        ],
    ),
    (
        "has_a_version_with_a_bad_name",
        |definition| definition.version()["name"] = json!("1st"),
        &[
            r#"spec.versions[0].name: Invalid value: "1st": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
            r#"spec.version: Invalid value: "1st": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
        ],
    ),
    (
        "has_no_schema",
        |definition| drop(definition.version().as_object_mut().expect("an object").remove("schema")),
        &["spec.versions[0].schema.openAPIV3Schema: Required value"],
    ),
    (
        "has_a_webhook_without_a_webhook",
        |definition| definition.spec()["conversion"] = json!({"strategy": "Webhook"}),
        &[
            "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook",
            "spec.conversion.conversionReviewVersions: Required value",
        ],
    ),
    (
        "has_a_webhook_without_a_known_review",
        |definition| definition.spec()["conversion"] = json!({"strategy": "Webhook", "webhook": {"clientConfig": {"url": "https://example.com/convert"}, "conversionReviewVersions": ["v2"]}}),
        &[
            r#"spec.conversion.conversionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1"#,
        ],
    ),
    (
        "has_a_webhook_without_an_address",
        |definition| {
            definition.spec()["conversion"] =
                json!({"strategy": "Webhook", "webhook": {"clientConfig": {}, "conversionReviewVersions": ["v1"]}});
        },
        &["spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required"],
    ),
    (
        "has_a_webhook_with_two_addresses",
        |definition| definition.spec()["conversion"] = json!({"strategy": "Webhook", "webhook": {"clientConfig": {"url": "https://a.example.com", "service": {"namespace": "a", "name": "b"}}, "conversionReviewVersions": ["v1"]}}),
        &["spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required"],
    ),
    (
        "has_a_webhook_whose_service_has_no_names",
        |definition| definition.spec()["conversion"] = json!({"strategy": "Webhook", "webhook": {"clientConfig": {"service": {"namespace": "", "name": "", "port": 70000}}, "conversionReviewVersions": ["v1"]}}),
        &[
            "spec.conversion.webhookClientConfig.service.name: Required value",
            "spec.conversion.webhookClientConfig.service.namespace: Required value",
            "spec.conversion.webhookClientConfig.service.port: Invalid value: 70000: port is not valid: must be between 1 and 65535, inclusive",
        ],
    ),
    (
        "has_a_webhook_with_a_path_that_is_none",
        |definition| definition.spec()["conversion"] = json!({"strategy": "Webhook", "webhook": {"clientConfig": {"service": {"namespace": "a", "name": "b", "path": "convert//A/"}}, "conversionReviewVersions": ["v1"]}}),
        &[
            r#"spec.conversion.webhookClientConfig.service.path: Invalid value: "convert//A/": must start with a '/'"#,
            r#"spec.conversion.webhookClientConfig.service.path: Invalid value: "convert//A/": segment[1] may not be empty"#,
            r#"spec.conversion.webhookClientConfig.service.path: Invalid value: "convert//A/": segment[2]: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#,
        ],
    ),
    (
        "has_a_webhook_with_an_address_that_is_none",
        |definition| definition.spec()["conversion"] = json!({"strategy": "Webhook", "webhook": {"clientConfig": {"url": "http://me@example.com/?a=b#c"}, "conversionReviewVersions": ["v1"]}}),
        &[
            r#"spec.conversion.webhookClientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]"#,
            r#"spec.conversion.webhookClientConfig.url: Invalid value: "me": user information is not permitted in the URL"#,
            r#"spec.conversion.webhookClientConfig.url: Invalid value: "c": fragments are not permitted in the URL"#,
            r#"spec.conversion.webhookClientConfig.url: Invalid value: "a=b": query parameters are not permitted in the URL"#,
        ],
    ),
    (
        "has_an_unknown_conversion",
        |definition| definition.spec()["conversion"] = json!({"strategy": "Magic"}),
        &[r#"spec.conversion.strategy: Unsupported value: "Magic": supported values: "None", "Webhook""#],
    ),
    (
        "has_a_webhook_that_is_not_used",
        |definition| definition.spec()["conversion"] = json!({"strategy": "None", "webhook": {"clientConfig": {"url": "https://example.com/convert"}, "conversionReviewVersions": ["v1"]}}),
        &[
            "spec.conversion.webhookClientConfig: Forbidden: should not be set when strategy is not set to Webhook",
            "spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook",
        ],
    ),
    (
        "keeps_unknown_fields_the_old_way",
        |definition| definition.spec()["preserveUnknownFields"] = json!(true),
        &[
            "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead",
        ],
    ),
    (
        "warns_without_being_deprecated",
        |definition| definition.version()["deprecationWarning"] = json!("old"),
        &[r#"spec.versions[0].deprecationWarning: Invalid value: "old": can only be set for deprecated versions"#],
    ),
    (
        "has_columns_that_are_none",
        |definition| definition.version()["additionalPrinterColumns"] = json!([{"name": "", "type": "text", "jsonPath": "spec"}, {"name": "A", "type": "string", "format": "hex", "jsonPath": ".spec.a"}]),
        &[
            "spec.additionalPrinterColumns[0].name: Required value",
            r#"spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string"#,
            r#"spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec": must be a simple json path starting with ."#,
            r#"spec.additionalPrinterColumns[1].format: Invalid value: "hex": must be one of byte,date,date-time,double,float,int32,int64,password"#,
        ],
    ),
    (
        "has_a_scale_with_wrong_paths",
        |definition| {
            definition.version()["subresources"] = json!({"scale": {"specReplicasPath": ".status.a", "statusReplicasPath": "x", "labelSelectorPath": ".x"}});
        },
        &[
            r#"spec.subresources.scale.specReplicasPath: Invalid value: ".status.a": should be a json path under .spec"#,
            r#"spec.subresources.scale.statusReplicasPath: Invalid value: "x": must be a simple json path starting with ."#,
            r#"spec.subresources.scale.labelSelectorPath: Invalid value: ".x": should be a json path under either .spec or .status"#,
        ],
    ),
    (
        "has_a_deprecation_warning_of_two_lines",
        |definition| {
            definition.version()["deprecated"] = json!(true);
            definition.version()["deprecationWarning"] = json!("use v2\nor v3");
            let other = json!({"name": "v2", "served": true, "storage": false, "deprecated": true, "deprecationWarning": "", "schema": {"openAPIV3Schema": {"type": "object"}}});
            definition.spec()["versions"].as_array_mut().expect("a list").push(other);
        },
        &[
            r#"spec.versions[0].deprecationWarning: Invalid value: "use v2\nor v3": must only contain printable UTF-8 characters; non-printable character found at index 6"#,
            r#"spec.versions[1].deprecationWarning: Invalid value: "": must not be an empty string"#,
        ],
    ),
    (
        "has_labels_that_are_none",
        |definition| {
            definition.0["metadata"]["labels"] = json!({"Part Of": "the shop"});
            definition.0["metadata"]["annotations"] = json!({"example.com/": "shop"});
        },
        &[
            r#"metadata.annotations: Invalid value: "example.com/": name part must be non-empty"#,
            r#"metadata.annotations: Invalid value: "example.com/": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"#,
            r#"metadata.labels: Invalid value: "Part Of": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"#,
            r#"metadata.labels: Invalid value: "the shop": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"#,
        ],
    ),
    (
        "selects_by_too_many_fields",
        |definition| {
            let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
            for name in names {
                definition.schema()["properties"][name] = json!({"type": "string"});
            }
            let fields: Vec<Value> = names.iter().map(|name| json!({"jsonPath": format!(".spec.{name}")})).collect();
            definition.version()["selectableFields"] = fields.into();
        },
        &["spec.selectableFields: Too many: 9: must have at most 8 items"],
    ),
    (
        "selects_by_fields_that_are_not_there",
        |definition| definition.version()["selectableFields"] = json!([{"jsonPath": ".spec.b"}, {"jsonPath": ".spec"}]),
        &[
            r#"spec.selectableFields[0].jsonPath: Invalid value: ".spec.b": is an invalid path: does not refer to a valid field"#,
            r#"spec.selectableFields[1].jsonPath: Invalid value: ".spec": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."#,
        ],
    ),
    (
        "selects_by_a_field_twice",
        |definition| {
            definition.version()["selectableFields"] = json!([{"jsonPath": ".spec.a"}, {"jsonPath": ".spec.a"}]);
        },
        &[r#"spec.selectableFields[1].jsonPath: Duplicate value: ".spec.a""#],
    ),
    (
        "is_nullable_at_the_root",
        |definition| definition.root()["nullable"] = json!(true),
        &["SCHEMA.nullable: Forbidden: nullable cannot be true at the root"],
    ),
    (
        "has_a_root_that_is_no_object",
        |definition| definition.root()["type"] = json!("array"),
        &[
            "SCHEMA.items: Required value: must be specified",
            r#"SCHEMA.type: Invalid value: "array": must be object at the root"#,
        ],
    ),
    (
        "has_a_root_without_a_type",
        |definition| drop(definition.root().as_object_mut().expect("an object").remove("type")),
        &["SCHEMA.type: Required value: must not be empty at the root"],
    ),
    (
        "has_additional_properties_at_the_root",
        |definition| definition.root()["additionalProperties"] = json!(true),
        &["SCHEMA.additionalProperties: Forbidden: must not be used at the root"],
    ),
    (
        "restricts_metadata",
        |definition| {
            definition.root()["properties"] =
                json!({"metadata": {"type": "object", "properties": {"labels": {"type": "object"}}}});
        },
        &[
            "SCHEMA.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified",
        ],
    ),
    (
        "has_a_kind_that_is_a_number",
        |definition| {
            definition.root()["properties"] = json!({"kind": {"type": "integer"}, "apiVersion": {"type": "string"}});
        },
        &[r#"SCHEMA.properties[kind].type: Invalid value: "integer": must be string"#],
    ),
    (
        "has_a_default_in_metadata",
        |definition| {
            definition.root()["properties"] =
                json!({"metadata": {"type": "object", "properties": {"name": {"type": "string", "default": "x"}}}});
        },
        &["SCHEMA.properties[metadata].properties[name].default: Forbidden: must not be set in top-level metadata"],
    ),
    (
        "has_a_field_without_a_type",
        |definition| definition.schema()["properties"] = json!({"a": {}}),
        &["SCHEMA.properties[spec].properties[a].type: Required value: must not be empty for specified object fields"],
    ),
    (
        "has_an_unknown_type",
        |definition| definition.a()["type"] = json!("text"),
        &[
            r#"SCHEMA.properties[spec].properties[a].type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string""#,
        ],
    ),
    (
        "has_the_type_null",
        |definition| definition.a()["type"] = json!("null"),
        &[
            r#"SCHEMA.properties[spec].properties[a].type: Unsupported value: "null": supported values: "array", "boolean", "integer", "number", "object", "string""#,
            "SCHEMA.properties[spec].properties[a].type: Forbidden: type cannot be set to null, use nullable as an alternative",
        ],
    ),
    (
        "has_a_list_without_items",
        |definition| definition.a()["type"] = json!("array"),
        &["SCHEMA.properties[spec].properties[a].items: Required value: must be specified"],
    ),
    (
        "has_items_without_a_type",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {}}}),
        &[
            "SCHEMA.properties[spec].properties[a].items.type: Required value: must not be empty for specified array items",
        ],
    ),
    (
        "has_a_reference",
        |definition| definition.schema()["properties"] = json!({"a": {"$ref": "#/definitions/a"}}),
        &["SCHEMA.properties[spec].properties[a].$ref: Forbidden: $ref is not supported"],
    ),
    (
        "has_definitions",
        |definition| definition.a()["definitions"] = json!({"x": {"type": "string"}}),
        &["SCHEMA.properties[spec].properties[a].definitions: Forbidden: definitions is not supported"],
    ),
    (
        "has_pattern_properties",
        |definition| definition.schema()["patternProperties"] = json!({"x": {"type": "string"}}),
        &["SCHEMA.properties[spec].patternProperties: Forbidden: patternProperties is not supported"],
    ),
    (
        "has_unique_items",
        |definition| {
            definition.schema()["properties"] =
                json!({"a": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}});
        },
        &[
            "SCHEMA.properties[spec].properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
        ],
    ),
    (
        "has_properties_and_additional_ones",
        |definition| definition.schema()["additionalProperties"] = json!({"type": "string"}),
        &[
            "SCHEMA.properties[spec].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive",
        ],
    ),
    (
        "has_a_type_in_a_condition",
        |definition| {
            definition.schema()["anyOf"] = json!([{"required": ["a"]}, {"properties": {"a": {"type": "string"}}}]);
        },
        &["SCHEMA.properties[spec].anyOf[1].properties[a].type: Forbidden: must be empty to be structural"],
    ),
    (
        "has_a_default_in_a_condition",
        |definition| {
            definition.schema()["allOf"] =
                json!([{"properties": {"a": {"default": "x", "nullable": true, "description": "no"}}}]);
        },
        &[
            "SCHEMA.properties[spec].allOf[0].properties[a].default: Forbidden: must be undefined to be structural",
            "SCHEMA.properties[spec].allOf[0].properties[a].description: Forbidden: must be empty to be structural",
            "SCHEMA.properties[spec].allOf[0].properties[a].nullable: Forbidden: must be false to be structural",
        ],
    ),
    (
        "has_additional_properties_in_a_condition",
        |definition| definition.schema()["not"] = json!({"additionalProperties": {"minLength": 1}}),
        &["SCHEMA.properties[spec].not.additionalProperties: Forbidden: must be undefined to be structural"],
    ),
    (
        "has_a_condition_on_a_field_that_is_not_there",
        |definition| definition.root()["oneOf"] = json!([{"properties": {"b": {"required": ["c"]}}}]),
        &["SCHEMA.properties[b]: Required value: because it is defined in SCHEMA.oneOf[0].properties[b]"],
    ),
    (
        "does_not_keep_unknown_fields",
        |definition| definition.schema()["x-kubernetes-preserve-unknown-fields"] = json!(false),
        &[
            "SCHEMA.properties[spec].x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined",
        ],
    ),
    (
        "keeps_unknown_fields_of_a_number_or_text",
        |definition| {
            definition.schema()["properties"] =
                json!({"a": {"x-kubernetes-int-or-string": true, "x-kubernetes-preserve-unknown-fields": true}});
        },
        &[
            "SCHEMA.properties[spec].properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true",
        ],
    ),
    (
        "embeds_something_that_is_no_object",
        |definition| definition.a()["x-kubernetes-embedded-resource"] = json!(true),
        &[
            "SCHEMA.properties[spec].properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
            r#"SCHEMA.properties[spec].properties[a].type: Invalid value: "string": must be object if x-kubernetes-embedded-resource is true"#,
        ],
    ),
    (
        "embeds_an_object_without_fields",
        |definition| {
            definition.schema()["properties"] =
                json!({"a": {"type": "object", "x-kubernetes-embedded-resource": true}});
        },
        &[
            "SCHEMA.properties[spec].properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
        ],
    ),
    (
        "has_a_list_type_on_a_text",
        |definition| definition.a()["x-kubernetes-list-type"] = json!("set"),
        &[
            r#"SCHEMA.properties[spec].properties[a].type: Invalid value: "string": must be array if x-kubernetes-list-type is specified"#,
        ],
    ),
    (
        "has_an_unknown_list_type",
        |definition| {
            definition.schema()["properties"] =
                json!({"a": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "bag"}});
        },
        &[
            r#"SCHEMA.properties[spec].properties[a].x-kubernetes-list-type: Unsupported value: "bag": supported values: "atomic", "set", "map""#,
        ],
    ),
    (
        "has_a_map_type_on_a_text",
        |definition| definition.a()["x-kubernetes-map-type"] = json!("atomic"),
        &[
            r#"SCHEMA.properties[spec].properties[a].type: Invalid value: "string": must be object if x-kubernetes-map-type is specified"#,
        ],
    ),
    (
        "has_an_unknown_map_type",
        |definition| definition.schema()["x-kubernetes-map-type"] = json!("loose"),
        &[
            r#"SCHEMA.properties[spec].x-kubernetes-map-type: Unsupported value: "loose": supported values: "atomic", "granular""#,
        ],
    ),
    (
        "has_a_keyed_list_without_keys",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {"type": "object", "properties": {"k": {"type": "string"}}}, "x-kubernetes-list-type": "map"}}),
        &[
            "SCHEMA.properties[spec].properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map",
        ],
    ),
    (
        "has_keys_on_a_set",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set", "x-kubernetes-list-map-keys": ["k"]}}),
        &[
            r#"SCHEMA.properties[spec].properties[a].x-kubernetes-list-type: Invalid value: "set": must be map if x-kubernetes-list-map-keys is non-empty"#,
        ],
    ),
    (
        "has_keys_that_are_no_fields",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k", "j"]}}),
        &[
            r#"SCHEMA.properties[spec].properties[a].x-kubernetes-list-map-keys: Invalid value: ["k","j"]: entries must all be names of item properties"#,
        ],
    ),
    (
        "has_keys_that_may_be_missing",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {"type": "object", "properties": {"k": {"type": "string", "nullable": true}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}}),
        &[
            "SCHEMA.properties[spec].properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
            "SCHEMA.properties[spec].properties[a].items.properties[k].nullable: Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable",
        ],
    ),
    (
        "has_keys_that_are_objects",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {"type": "object", "required": ["k"], "properties": {"k": {"type": "object"}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}}),
        &[
            r#"SCHEMA.properties[spec].properties[a].items.properties[k].type: Invalid value: "object": must be a scalar type if parent array's x-kubernetes-list-type is map"#,
        ],
    ),
    (
        "has_a_keyed_list_of_texts",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}}),
        &[
            r#"SCHEMA.properties[spec].properties[a].items.type: Invalid value: "string": must be object if parent array's x-kubernetes-list-type is map"#,
        ],
    ),
    (
        "has_a_set_of_objects",
        |definition| {
            definition.schema()["properties"] =
                json!({"a": {"type": "array", "items": {"type": "object"}, "x-kubernetes-list-type": "set"}});
        },
        &[
            "SCHEMA.properties[spec].properties[a].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set",
        ],
    ),
    (
        "has_a_set_of_nullable_texts",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "array", "items": {"type": "string", "nullable": true}, "x-kubernetes-list-type": "set"}}),
        &[
            "SCHEMA.properties[spec].properties[a].items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is set",
        ],
    ),
    (
        "has_a_default_of_another_type",
        |definition| definition.a()["default"] = json!(7),
        &[
            r#"SCHEMA.properties[spec].properties[a].default: Invalid value: "integer":  in body must be of type string: "integer""#,
        ],
    ),
    (
        "has_a_default_outside_of_its_bounds",
        |definition| definition.schema()["properties"] = json!({"a": {"type": "integer", "minimum": 1, "default": 0}}),
        &[
            "SCHEMA.properties[spec].properties[a].default: Invalid value: 0:  in body should be greater than or equal to 1",
        ],
    ),
    (
        "has_a_default_with_unknown_fields",
        |definition| definition.schema()["default"] = json!({"b": "x"}),
        &[r#"SCHEMA.properties[spec].default: Invalid value: {"b":"x"}: must not have unknown fields"#],
    ),
    (
        "has_rules_that_say_nothing",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": " "}, {"rule": "true", "message": " "}, {"rule": "true", "reason": "Because"}, {"rule": "true", "fieldPath": ".b"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Required value: rule is not specified",
            r#"SCHEMA.properties[spec].x-kubernetes-validations[1].message: Invalid value: " ": must be non-empty if specified"#,
            r#"SCHEMA.properties[spec].x-kubernetes-validations[2].reason: Unsupported value: "Because": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired""#,
            r#"SCHEMA.properties[spec].x-kubernetes-validations[3].fieldPath: Invalid value: ".b": must be a valid path"#,
        ],
    ),
    (
        "has_rules_over_several_lines",
        |definition| {
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "true\n"}, {"rule": "true ||\ntrue"}, {"rule": "true", "message": "a\nb"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[1].message: Required value: message must be specified if rule contains line breaks",
            r#"SCHEMA.properties[spec].x-kubernetes-validations[2].message: Invalid value: "a\nb": must not contain line breaks"#,
        ],
    ),
    (
        "has_a_scale_without_a_path",
        |definition| {
            definition.version()["subresources"] =
                json!({"status": {}, "scale": {"specReplicasPath": "", "statusReplicasPath": ".status.a"}});
        },
        &["spec.subresources.scale.specReplicasPath: Required value"],
    ),
];
