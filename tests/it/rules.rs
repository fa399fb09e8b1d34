//! Rules of custom resources on objects: what they let through and what they refuse, on both servers alike.

use kubist::{Object, json};
use serde_json::Value;

use crate::crd::{object, objects, served, with_schema};
use crate::cx::{Cx, establish, refused};
use crate::{Case, Done};

/// A schema with rules, objects that they take and one that they refuse.
struct Ruled {
    name: &'static str,
    properties: fn() -> Value,
    rules: fn() -> Value,
    /// What the objects replace; they are created where there is none.
    old: Option<fn() -> Value>,
    good: fn() -> Value,
    bad: fn() -> Value,
    /// What is said of the bad one, as `field: message`.
    causes: &'static [&'static str],
}

pub(crate) fn cases() -> Vec<Case> {
    let ruled =
        |rules: &'static Ruled| Case::new(module_path!(), rules.name, move |cx| async move { tried(&cx, rules).await });
    let mut cases: Vec<Case> = RULES.iter().map(ruled).collect();
    cases.push(Case::new(module_path!(), "see_the_whole_object_and_its_status", see_the_whole_object_and_its_status));
    cases.push(Case::new(module_path!(), "let_through_what_did_not_change", let_through_what_did_not_change));
    cases.push(Case::new(module_path!(), "see_the_name_of_embedded_objects", see_the_name_of_embedded_objects));
    cases.push(Case::new(module_path!(), "stop_when_one_costs_too_much", stop_when_one_costs_too_much));
    cases.push(Case::new(module_path!(), "stop_when_all_cost_too_much", stop_when_all_cost_too_much));
    cases.push(Case::new(module_path!(), "stop_when_a_message_costs_too_much", stop_when_a_message_costs_too_much));
    cases
}

/// Looks for a text of a thousand letters, which costs ten for each letter of `self.a`, and hardly any time.
fn looking() -> String {
    format!("self.a.contains('{}') || true", "x".repeat(1_000))
}

fn letters(count: usize) -> Value {
    json!({"a": "y".repeat(count)})
}

fn with_letters(rules: &Value) -> Value {
    let a = json!({"type": "string", "maxLength": 120_000});
    json!({"type": "object", "properties": {"a": a}, "x-kubernetes-validations": rules})
}

async fn stop_when_one_costs_too_much(cx: Cx) -> Done {
    let rule = looking();
    let (crd, all) = served(&cx, with_letters(&json!([{"rule": rule}, {"rule": "false"}]))).await?;
    let status = refused(all.create(&object(&crd, "most", letters(99_000))).await);
    assert_eq!(causes(&status), ["spec: Invalid value: failed rule: false"], "{status:?}");
    let status = refused(all.create(&object(&crd, "more", letters(101_000))).await);
    let expected = format!(
        r#"spec: Invalid value: "object": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: {rule}"#
    );
    assert_eq!(causes(&status), [expected], "{status:?}");
    Ok(())
}

async fn stop_when_all_cost_too_much(cx: Cx) -> Done {
    let mut rules = vec![json!({"rule": looking()}); 12];
    rules.push(json!({"rule": "false"}));
    let (crd, all) = served(&cx, with_letters(&rules.into())).await?;
    let status = refused(all.create(&object(&crd, "most", letters(83_000))).await);
    assert_eq!(causes(&status), ["spec: Invalid value: failed rule: false"], "{status:?}");
    let status = refused(all.create(&object(&crd, "more", letters(84_000))).await);
    let expected = r#"spec: Invalid value: "object": validation failed due to running out of cost budget, no further validation rules will be run"#;
    assert_eq!(causes(&status), [expected], "{status:?}");
    Ok(())
}

async fn stop_when_a_message_costs_too_much(cx: Cx) -> Done {
    let message = format!("{} ? 'yes' : 'no'", looking());
    let rules = json!([{"rule": "self.a.size() < 3", "messageExpression": message}, {"rule": "false"}]);
    let (crd, all) = served(&cx, with_letters(&rules)).await?;
    let status = refused(all.create(&object(&crd, "most", letters(99_000))).await);
    assert_eq!(causes(&status), ["spec: Invalid value: yes", "spec: Invalid value: failed rule: false"], "{status:?}");
    let status = refused(all.create(&object(&crd, "more", letters(101_000))).await);
    let expected = format!(
        r#"spec: Invalid value: "object": no further validation rules will be run due to call cost exceeds limit for messageExpression: {message:?}"#
    );
    assert_eq!(causes(&status), [expected], "{status:?}");
    Ok(())
}

async fn see_the_whole_object_and_its_status(cx: Cx) -> Done {
    cx.namespace().await?;
    let mut crd = with_schema(&cx, "Lamp", &json!({"type": "object", "properties": {"n": {"type": "integer"}}}));
    let mut value = serde_json::to_value(&crd)?;
    let version = &mut value["spec"]["versions"][0];
    version["subresources"] = json!({"status": {}});
    let schema = &mut version["schema"]["openAPIV3Schema"];
    schema["properties"]["status"] = json!({"type": "object", "properties": {"done": {"type": "integer"}}});
    schema["x-kubernetes-validations"] = json!([
        {"rule": "self.metadata.name.startsWith('lamp-')", "message": "lamps are called lamp-…"},
        {"rule": "self.kind == 'Lamp' && self.apiVersion.endsWith('/v1')"},
        {"rule": "!has(self.status) || self.status.done <= self.spec.n", "fieldPath": ".status.done", "message": "more than all"},
    ]);
    crd = serde_json::from_value(value)?;
    establish(&cx.client, &crd).await?;
    let all = objects(&cx, &crd, "v1")?;
    let status = refused(all.create(&object(&crd, "bulb", json!({"n": 1}))).await);
    assert_eq!(causes(&status), ["<nil>: Invalid value: lamps are called lamp-…"]);
    let mut lamp = all.create(&object(&crd, "lamp-1", json!({"n": 2}))).await?;
    lamp.set("status", json!({"done": 3}))?;
    let request = cx.client.rest().put().api(&crd.spec.group, "v1").namespace(&cx.ns).resource("lamps").name("lamp-1");
    let status = refused(request.subresource("status").json(&lamp.into_value()).send().await);
    assert_eq!(causes(&status), ["status.done: Invalid value: more than all"]);
    Ok(())
}

fn causes(status: &kubist::Status) -> Vec<String> {
    status.causes().iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect()
}

async fn let_through_what_did_not_change(cx: Cx) -> Done {
    let (crd, all) = served(
        &cx,
        json!({"type": "object", "properties": {
            "a": {"type": "object", "properties": {"x": {"type": "integer"}}}, "n": {"type": "integer"},
        }}),
    )
    .await?;
    let mut lamp = all.create(&object(&crd, "desk", json!({"a": {"x": 1}, "n": 1}))).await?;
    let path = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/a/x-kubernetes-validations";
    let rules = json!([{"rule": "self.x > 5"}]);
    cx.crds().patch(&crd.metadata.name).json(kubist::JsonPatch::new().add(path, rules)).await?;
    // The stricter definition is in use when it refuses a new object.
    for round in 0.. {
        match all.create(&object(&crd, &format!("probe-{round}"), json!({"a": {"x": 1}}))).await {
            Err(error) if error.is_invalid() => break,
            Err(error) => return Err(error.into()),
            Ok(_) if round == 100 => panic!("the rule does not come"),
            Ok(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    }
    lamp.set("spec.n", 2)?;
    let mut lamp = all.update(&lamp).await?;
    lamp.set("spec.a.x", 2)?;
    let status = refused(all.update(&lamp).await);
    assert_eq!(causes(&status), ["spec.a: Invalid value: failed rule: self.x > 5"]);
    Ok(())
}

async fn see_the_name_of_embedded_objects(cx: Cx) -> Done {
    let (crd, all) = served(
        &cx,
        json!({"type": "object", "properties": {"template": {
            "type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true,
            "x-kubernetes-validations": [{"rule": "self.kind == 'Pod' && self.metadata.name != 'bad'"}],
        }}}),
    )
    .await?;
    let template = |name: &str| json!({"template": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}}});
    all.create(&object(&crd, "one", template("good"))).await?;
    let status = refused(all.create(&object(&crd, "two", template("bad"))).await);
    let rule = "self.kind == 'Pod' && self.metadata.name != 'bad'";
    assert_eq!(causes(&status), [format!("spec.template: Invalid value: failed rule: {rule}")]);
    Ok(())
}

async fn tried(cx: &Cx, rules: &Ruled) -> Done {
    let mut schema = json!({"type": "object", "properties": (rules.properties)()});
    schema["x-kubernetes-validations"] = (rules.rules)();
    bound(&mut schema);
    let (crd, all) = served(cx, schema).await?;
    let status = if let Some(old) = rules.old {
        let mut current = all.create(&object(&crd, "one", old())).await?;
        current.set("spec", (rules.good)())?;
        let mut current = all.update(&current).await?;
        // The bad one is compared with the first one again.
        all.delete(current.name()).await?;
        current = all.create(&object(&crd, "two", old())).await?;
        current.set("spec", (rules.bad)())?;
        refused(all.update(&current).await)
    } else {
        all.create(&object(&crd, "good", (rules.good)())).await?;
        refused(all.create(&object(&crd, "bad", (rules.bad)())).await)
    };
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    let mut found: Vec<String> =
        status.causes().iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect();
    let mut expected: Vec<String> = rules.causes.iter().map(|&line| line.to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    Ok(())
}

/// Gives everything a limit, so that no rule is too expensive.
fn bound(schema: &mut Value) {
    let limit = match schema["type"].as_str() {
        Some("string") if schema.get("format").is_none() && schema.get("enum").is_none() => "maxLength",
        Some("array") => "maxItems",
        Some("object") if schema.get("additionalProperties").is_some() => "maxProperties",
        _ => "",
    };
    if !limit.is_empty() {
        schema[limit] = json!(if limit == "maxLength" { 40 } else { 6 });
    }
    let (properties, single) = (schema.get("properties").is_some(), ["items", "additionalProperties"]);
    for name in single {
        if schema.get(name).is_some() {
            bound(&mut schema[name]);
        }
    }
    if properties {
        for (_, property) in schema["properties"].as_object_mut().into_iter().flatten() {
            bound(property);
        }
    }
}

const RULES: &[Ruled] = &[
    Ruled {
        name: "compare_texts_and_numbers",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.a == 'x'"}, {"rule": "self.a < 'y'"}, {"rule": "self.n >= 3 && self.n != 4"}, {"rule": "self.f > 1.5"}, {"rule": "self.n < 2.5 || self.n > 2.9"}, {"rule": "self.t"}]),
        old: None,
        good: || json!({"a":"x","n":3,"f":2.5,"t":true}),
        bad: || json!({"a":"z","n":4,"f":1.5,"t":false}),
        causes: &[
            "spec: Invalid value: failed rule: self.a < 'y'",
            "spec: Invalid value: failed rule: self.a == 'x'",
            "spec: Invalid value: failed rule: self.f > 1.5",
            "spec: Invalid value: failed rule: self.n >= 3 && self.n != 4",
            "spec: Invalid value: failed rule: self.t",
        ],
    },
    Ruled {
        name: "calculate",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.n + 2 * 3 - 1 == 6"}, {"rule": "self.n / 2 == 0 && self.n % 2 == 1"}, {"rule": "-self.n < 0"}, {"rule": "self.f * 2.0 == 3.0"}, {"rule": "self.a + self.b == 'xy'"}, {"rule": "self.l + ['z'] == ['x', 'z']"}]),
        old: None,
        good: || json!({"n":1,"f":1.5,"a":"x","b":"y","l":["x"]}),
        bad: || json!({"n":-2,"f":1.25,"a":"y","b":"x","l":[]}),
        causes: &[
            "spec: Invalid value: failed rule: -self.n < 0",
            "spec: Invalid value: failed rule: self.a + self.b == 'xy'",
            "spec: Invalid value: failed rule: self.f * 2.0 == 3.0",
            "spec: Invalid value: failed rule: self.l + ['z'] == ['x', 'z']",
            "spec: Invalid value: failed rule: self.n + 2 * 3 - 1 == 6",
            "spec: Invalid value: failed rule: self.n / 2 == 0 && self.n % 2 == 1",
        ],
    },
    Ruled {
        name: "combine_truths",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.t && self.n > 0 || self.a == 'x'"}, {"rule": "!self.t ? self.n == 0 : self.n == 1"}, {"rule": "(self.t || self.n / 0 == 1) && !(self.n == 7)"}]),
        old: None,
        good: || json!({"t":true,"n":1,"a":"x"}),
        bad: || json!({"t":true,"n":7,"a":"y"}),
        causes: &[
            "spec: Invalid value: failed rule: !self.t ? self.n == 0 : self.n == 1",
            "spec: Invalid value: failed rule: (self.t || self.n / 0 == 1) && !(self.n == 7)",
        ],
    },
    Ruled {
        name: "ask_for_fields",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "has(self.a) || has(self.b)"}, {"rule": "!has(self.n) || self.n > 0"}, {"rule": "has(self.m) && has(self.m.k)"}, {"rule": "self.?b.orValue('none') == 'none'"}, {"rule": "self.?n.hasValue() && self.?m.k.optMap(v, v + 1).orValue(0) == 2"}]),
        old: None,
        good: || json!({"a":"x","n":1,"m":{"k":1}}),
        bad: || json!({"n":0,"m":{"j":1},"b":"y"}),
        causes: &[
            "spec: Invalid value: failed rule: !has(self.n) || self.n > 0",
            "spec: Invalid value: failed rule: has(self.m) && has(self.m.k)",
            "spec: Invalid value: failed rule: self.?b.orValue('none') == 'none'",
            "spec: Invalid value: failed rule: self.?n.hasValue() && self.?m.k.optMap(v, v + 1).orValue(0) == 2",
        ],
    },
    Ruled {
        name: "go_through_lists",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.l.all(x, x.size() < 3)"}, {"rule": "self.l.exists(x, x == 'a')"}, {"rule": "self.l.exists_one(x, x.startsWith('b'))"}, {"rule": "self.l.filter(x, x > 'a').size() == 1"}, {"rule": "self.l.map(x, x + '!') == ['a!', 'b!']"}, {"rule": "self.l.map(x, x != 'a', x + '!') == ['b!']"}, {"rule": "'a' in self.l && !('z' in self.l)"}, {"rule": "self.l[0] == 'a'"}]),
        old: None,
        good: || json!({"l":["a","b"]}),
        bad: || json!({"l":["zzzz","b1","b2"]}),
        causes: &[
            "spec: Invalid value: failed rule: 'a' in self.l && !('z' in self.l)",
            "spec: Invalid value: failed rule: self.l.all(x, x.size() < 3)",
            "spec: Invalid value: failed rule: self.l.exists(x, x == 'a')",
            "spec: Invalid value: failed rule: self.l.exists_one(x, x.startsWith('b'))",
            "spec: Invalid value: failed rule: self.l.filter(x, x > 'a').size() == 1",
            "spec: Invalid value: failed rule: self.l.map(x, x != 'a', x + '!') == ['b!']",
            "spec: Invalid value: failed rule: self.l.map(x, x + '!') == ['a!', 'b!']",
            "spec: Invalid value: failed rule: self.l[0] == 'a'",
        ],
    },
    Ruled {
        name: "go_through_maps",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.m.all(k, self.m[k] > 0)"}, {"rule": "self.m.exists(k, k == 'x')"}, {"rule": "self.m.map(k, self.m[k]).sum() < 10"}, {"rule": "size(self.m) == 2"}, {"rule": "'x' in self.m"}, {"rule": "self.m.x == 1"}, {"rule": "self.m['y'] == 2"}]),
        old: None,
        good: || json!({"m":{"x":1,"y":2}}),
        bad: || json!({"m":{"x":-1,"y":20,"z":3}}),
        causes: &[
            "spec: Invalid value: failed rule: self.m.all(k, self.m[k] > 0)",
            "spec: Invalid value: failed rule: self.m.map(k, self.m[k]).sum() < 10",
            "spec: Invalid value: failed rule: self.m.x == 1",
            "spec: Invalid value: failed rule: self.m['y'] == 2",
            "spec: Invalid value: failed rule: size(self.m) == 2",
        ],
    },
    Ruled {
        name: "go_through_two_variables",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.l.all(i, v, i < 2 && v != '')"}, {"rule": "self.m.exists(k, v, k == 'x' && v == 1)"}, {"rule": "self.l.transformList(i, v, v == 'b', i).sum() == 1"}, {"rule": "self.m.transformMap(k, v, v * 2)['x'] == 2"}, {"rule": "self.m.transformMapEntry(k, v, {v: k})[1] == 'x'"}, {"rule": "self.l.existsOne(i, v, v == 'a')"}]),
        old: None,
        good: || json!({"l":["a","b"],"m":{"x":1}}),
        bad: || json!({"l":["a","a",""],"m":{"x":2}}),
        causes: &[
            "spec: Invalid value: \"object\": no such key: 1 evaluating rule: self.m.transformMapEntry(k, v, {v: k})[1] == 'x'",
            "spec: Invalid value: failed rule: self.l.all(i, v, i < 2 && v != '')",
            "spec: Invalid value: failed rule: self.l.existsOne(i, v, v == 'a')",
            "spec: Invalid value: failed rule: self.l.transformList(i, v, v == 'b', i).sum() == 1",
            "spec: Invalid value: failed rule: self.m.exists(k, v, k == 'x' && v == 1)",
            "spec: Invalid value: failed rule: self.m.transformMap(k, v, v * 2)['x'] == 2",
        ],
    },
    Ruled {
        name: "take_texts_apart",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.a.lowerAscii() == 'hello world'"}, {"rule": "self.a.upperAscii() == 'HELLO WORLD'"}, {"rule": "self.a.split(' ').size() == 2"}, {"rule": "self.a.substring(0, 5) == 'Hello' && self.a.substring(6) == 'World'"}, {"rule": "self.a.indexOf('o') == 4 && self.a.lastIndexOf('o') == 7"}, {"rule": "self.a.charAt(1) == 'e'"}, {"rule": "self.a.replace('o', '0') == 'Hell0 W0rld' && self.a.replace('o', '0', 1) == 'Hell0 World'"}, {"rule": "self.l.join('-') == 'a-b' && self.l.join() == 'ab'"}, {"rule": "('  ' + self.a + ' ').trim() == self.a"}, {"rule": "strings.quote(self.a) == '\"Hello World\"'"}]),
        old: None,
        good: || json!({"a":"Hello World","l":["a","b"]}),
        bad: || json!({"a":"hallo-welt","l":[]}),
        causes: &[
            "spec: Invalid value: failed rule: self.a.charAt(1) == 'e'",
            "spec: Invalid value: failed rule: self.a.indexOf('o') == 4 && self.a.lastIndexOf('o') == 7",
            "spec: Invalid value: failed rule: self.a.lowerAscii() == 'hello world'",
            "spec: Invalid value: failed rule: self.a.replace('o', '0') == 'Hell0 W0rld' && self.a.replace('o', '0', 1) == 'Hell0 World'",
            "spec: Invalid value: failed rule: self.a.split(' ').size() == 2",
            "spec: Invalid value: failed rule: self.a.substring(0, 5) == 'Hello' && self.a.substring(6) == 'World'",
            "spec: Invalid value: failed rule: self.a.upperAscii() == 'HELLO WORLD'",
            "spec: Invalid value: failed rule: self.l.join('-') == 'a-b' && self.l.join() == 'ab'",
            "spec: Invalid value: failed rule: strings.quote(self.a) == '\"Hello World\"'",
        ],
    },
    Ruled {
        name: "match_patterns",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.a.matches('^[a-z]{3}$')"}, {"rule": "self.a.find('[0-9]+') == ''"}, {"rule": "self.a.findAll('[aeiou]').size() == 1"}, {"rule": "self.a.findAll('[a-z]', 2) == ['a', 'b']"}]),
        old: None,
        good: || json!({"a":"abc"}),
        bad: || json!({"a":"aa12e"}),
        causes: &[
            "spec: Invalid value: failed rule: self.a.find('[0-9]+') == ''",
            "spec: Invalid value: failed rule: self.a.findAll('[a-z]', 2) == ['a', 'b']",
            "spec: Invalid value: failed rule: self.a.findAll('[aeiou]').size() == 1",
            "spec: Invalid value: failed rule: self.a.matches('^[a-z]{3}$')",
        ],
    },
    Ruled {
        name: "format_texts",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "'%s is %d and %.2f'.format([self.a, self.n, self.f]) == 'x is 3 and 1.50'"}, {"rule": "'%s'.format([self.l]) == '[\"a\", \"b\"]'"}, {"rule": "'%x %X %o %b %%'.format([self.n, 255, 8, true]) == '3 FF 10 1 %'"}]),
        old: None,
        good: || json!({"a":"x","n":3,"f":1.5,"l":["a","b"]}),
        bad: || json!({"a":"y","n":4,"f":1.25,"l":[]}),
        causes: &[
            "spec: Invalid value: failed rule: '%s is %d and %.2f'.format([self.a, self.n, self.f]) == 'x is 3 and 1.50'",
            "spec: Invalid value: failed rule: '%s'.format([self.l]) == '[\"a\", \"b\"]'",
            "spec: Invalid value: failed rule: '%x %X %o %b %%'.format([self.n, 255, 8, true]) == '3 FF 10 1 %'",
        ],
    },
    Ruled {
        name: "work_on_lists",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.l.isSorted()"}, {"rule": "self.l.min() == 'a' && self.l.max() == 'c'"}, {"rule": "self.l.indexOf('b') == 1 && self.l.lastIndexOf('c') == 2"}, {"rule": "self.l.distinct().size() == self.l.size()"}, {"rule": "self.l.reverse()[0] == 'c'"}, {"rule": "self.l.slice(0, 2) == ['a', 'b']"}, {"rule": "self.l.sort() == self.l"}, {"rule": "self.l.sortBy(x, x)[2] == 'c'"}, {"rule": "[[1], [2]].flatten().sum() == self.n"}, {"rule": "self.l.first().value() == 'a' && self.l.last().value() == 'c'"}, {"rule": "lists.range(3).sum() == self.n"}]),
        old: None,
        good: || json!({"l":["a","b","c"],"n":3}),
        bad: || json!({"l":["c","bb","a","a"],"n":4}),
        causes: &[
            "spec: Invalid value: failed rule: [[1], [2]].flatten().sum() == self.n",
            "spec: Invalid value: failed rule: lists.range(3).sum() == self.n",
            "spec: Invalid value: failed rule: self.l.distinct().size() == self.l.size()",
            "spec: Invalid value: failed rule: self.l.first().value() == 'a' && self.l.last().value() == 'c'",
            "spec: Invalid value: failed rule: self.l.indexOf('b') == 1 && self.l.lastIndexOf('c') == 2",
            "spec: Invalid value: failed rule: self.l.isSorted()",
            "spec: Invalid value: failed rule: self.l.reverse()[0] == 'c'",
            "spec: Invalid value: failed rule: self.l.slice(0, 2) == ['a', 'b']",
            "spec: Invalid value: failed rule: self.l.sort() == self.l",
            "spec: Invalid value: failed rule: self.l.sortBy(x, x)[2] == 'c'",
        ],
    },
    Ruled {
        name: "work_on_sets",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "sets.contains(self.l, ['a'])"}, {"rule": "sets.equivalent(self.l, ['b', 'a', 'a'])"}, {"rule": "sets.intersects(self.l, ['a', 'z'])"}]),
        old: None,
        good: || json!({"l":["a","b"]}),
        bad: || json!({"l":["c"]}),
        causes: &[
            "spec: Invalid value: failed rule: sets.contains(self.l, ['a'])",
            "spec: Invalid value: failed rule: sets.equivalent(self.l, ['b', 'a', 'a'])",
            "spec: Invalid value: failed rule: sets.intersects(self.l, ['a', 'z'])",
        ],
    },
    Ruled {
        name: "know_quantities",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "isQuantity(self.a) && isQuantity(self.b)"}, {"rule": "quantity(self.a).isLessThan(quantity(self.b))"}, {"rule": "quantity(self.b).compareTo(quantity('1Gi')) == 0"}, {"rule": "quantity(self.a).add(quantity('512Mi')) == quantity(self.b)"}, {"rule": "quantity(self.b).sub(1).asInteger() == 1073741823"}, {"rule": "quantity(self.a).isInteger() && sign(quantity(self.a)) == 1"}, {"rule": "quantity('1500m').asApproximateFloat() > 1.4 && quantity(self.a).isGreaterThan(quantity('1k'))"}]),
        old: None,
        good: || json!({"a":"512Mi","b":"1Gi"}),
        bad: || json!({"a":"2Gi","b":"100m"}),
        causes: &[
            "spec: Invalid value: \"object\": cannot convert value to integer evaluating rule: quantity(self.b).sub(1).asInteger() == 1073741823",
            "spec: Invalid value: failed rule: quantity(self.a).add(quantity('512Mi')) == quantity(self.b)",
            "spec: Invalid value: failed rule: quantity(self.a).isLessThan(quantity(self.b))",
            "spec: Invalid value: failed rule: quantity(self.b).compareTo(quantity('1Gi')) == 0",
        ],
    },
    Ruled {
        name: "know_addresses",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "isIP(self.a) && ip(self.a).family() == 4"}, {"rule": "ip.isCanonical(self.b)"}, {"rule": "ip(self.a).isLoopback()"}, {"rule": "!ip(self.a).isGlobalUnicast() && !ip(self.a).isUnspecified() && !ip(self.a).isLinkLocalUnicast()"}, {"rule": "string(ip(self.b)) == '2001:db8::1'"}]),
        old: None,
        good: || json!({"a":"127.0.0.1","b":"2001:db8::1"}),
        bad: || json!({"a":"8.8.8.8","b":"2001:DB8::1"}),
        causes: &[
            "spec: Invalid value: failed rule: !ip(self.a).isGlobalUnicast() && !ip(self.a).isUnspecified() && !ip(self.a).isLinkLocalUnicast()",
            "spec: Invalid value: failed rule: ip(self.a).isLoopback()",
            "spec: Invalid value: failed rule: ip.isCanonical(self.b)",
        ],
    },
    Ruled {
        name: "know_networks",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "isCIDR(self.a)"}, {"rule": "cidr(self.a).containsIP(self.b) && cidr(self.a).containsIP(ip(self.b))"}, {"rule": "cidr(self.a).containsCIDR('10.1.0.0/16')"}, {"rule": "cidr(self.a).prefixLength() == 8 && cidr(self.a).ip() == ip('10.0.0.0')"}, {"rule": "cidr(self.a).masked() == cidr(self.a) && string(cidr(self.a)) == self.a"}]),
        old: None,
        good: || json!({"a":"10.0.0.0/8","b":"10.2.3.4"}),
        bad: || json!({"a":"10.0.0.1/24","b":"11.2.3.4"}),
        causes: &[
            "spec: Invalid value: failed rule: cidr(self.a).containsCIDR('10.1.0.0/16')",
            "spec: Invalid value: failed rule: cidr(self.a).containsIP(self.b) && cidr(self.a).containsIP(ip(self.b))",
            "spec: Invalid value: failed rule: cidr(self.a).masked() == cidr(self.a) && string(cidr(self.a)) == self.a",
            "spec: Invalid value: failed rule: cidr(self.a).prefixLength() == 8 && cidr(self.a).ip() == ip('10.0.0.0')",
        ],
    },
    Ruled {
        name: "know_urls",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "isURL(self.a)"}, {"rule": "url(self.a).getScheme() == 'https'"}, {"rule": "url(self.a).getHost() == 'example.com:80' && url(self.a).getHostname() == 'example.com' && url(self.a).getPort() == '80'"}, {"rule": "url(self.a).getEscapedPath() == '/a%20b'"}, {"rule": "url(self.a).getQuery()['k'] == ['1', '2']"}]),
        old: None,
        good: || json!({"a":"https://example.com:80/a%20b?k=1&k=2"}),
        bad: || json!({"a":"http://example.org/path?k=3"}),
        causes: &[
            "spec: Invalid value: failed rule: url(self.a).getEscapedPath() == '/a%20b'",
            "spec: Invalid value: failed rule: url(self.a).getHost() == 'example.com:80' && url(self.a).getHostname() == 'example.com' && url(self.a).getPort() == '80'",
            "spec: Invalid value: failed rule: url(self.a).getQuery()['k'] == ['1', '2']",
            "spec: Invalid value: failed rule: url(self.a).getScheme() == 'https'",
        ],
    },
    Ruled {
        name: "know_versions",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "isSemver(self.a) && !isSemver('v1') && isSemver('v1', true)"}, {"rule": "semver(self.a).major() == 1 && semver(self.a).minor() == 2 && semver(self.a).patch() == 3"}, {"rule": "semver(self.a).isGreaterThan(semver('1.2.3-alpha.1'))"}, {"rule": "semver(self.a).compareTo(semver('1.3.0')) == -1"}, {"rule": "semver(self.a).isLessThan(semver('2.0.0'))"}]),
        old: None,
        good: || json!({"a":"1.2.3"}),
        bad: || json!({"a":"2.1.0-beta"}),
        causes: &[
            "spec: Invalid value: failed rule: semver(self.a).compareTo(semver('1.3.0')) == -1",
            "spec: Invalid value: failed rule: semver(self.a).isLessThan(semver('2.0.0'))",
            "spec: Invalid value: failed rule: semver(self.a).major() == 1 && semver(self.a).minor() == 2 && semver(self.a).patch() == 3",
        ],
    },
    Ruled {
        name: "know_formats",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "!format.dns1123Label().validate(self.a).hasValue()"}, {"rule": "!format.labelValue().validate(self.b).hasValue()"}, {"rule": "!format.named('nothing').hasValue()"}, {"rule": "!format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()"}, {"rule": "!format.named('qualifiedName').optMap(f, f.validate(self.a).hasValue()).orValue(true)"}]),
        old: None,
        good: || json!({"a":"web-1","b":"x.y"}),
        bad: || json!({"a":"-Web","b":"-"}),
        causes: &[
            "spec: Invalid value: failed rule: !format.dns1123Label().validate(self.a).hasValue()",
            "spec: Invalid value: failed rule: !format.labelValue().validate(self.b).hasValue()",
            "spec: Invalid value: failed rule: !format.named('qualifiedName').optMap(f, f.validate(self.a).hasValue()).orValue(true)",
        ],
    },
    Ruled {
        name: "know_durations",
        properties: || json!({"d": {"type": "string", "format": "duration"}, "at": {"type": "string", "format": "date-time"}, "day": {"type": "string", "format": "date"}, "raw": {"type": "string", "format": "byte"}}),
        rules: || json!([{"rule": "self.d > duration('1h') && self.d <= duration('2h30m')"}, {"rule": "self.d.getHours() == 1 && self.d.getMinutes() == 90 && self.d.getSeconds() == 5400"}, {"rule": "self.d + duration('30m') == duration('2h')"}, {"rule": "string(self.d) == '5400s'"}]),
        old: None,
        good: || json!({"d":"1h30m"}),
        bad: || json!({"d":"3h"}),
        causes: &[
            "spec: Invalid value: failed rule: self.d + duration('30m') == duration('2h')",
            "spec: Invalid value: failed rule: self.d > duration('1h') && self.d <= duration('2h30m')",
            "spec: Invalid value: failed rule: self.d.getHours() == 1 && self.d.getMinutes() == 90 && self.d.getSeconds() == 5400",
            "spec: Invalid value: failed rule: string(self.d) == '5400s'",
        ],
    },
    Ruled {
        name: "know_times",
        properties: || json!({"d": {"type": "string", "format": "duration"}, "at": {"type": "string", "format": "date-time"}, "day": {"type": "string", "format": "date"}, "raw": {"type": "string", "format": "byte"}}),
        rules: || json!([{"rule": "self.at.getFullYear() == 2026 && self.at.getMonth() == 0 && self.at.getDate() == 31 && self.at.getDayOfMonth() == 30"}, {"rule": "self.at.getDayOfWeek() == 6 && self.at.getDayOfYear() == 30"}, {"rule": "self.at.getHours() == 12 && self.at.getHours('+02:00') == 14 && self.at.getMinutes() == 30 && self.at.getSeconds() == 15"}, {"rule": "self.at < timestamp('2027-01-01T00:00:00Z')"}, {"rule": "self.at - timestamp('2026-01-31T00:00:00Z') < duration('13h')"}, {"rule": "self.day.getFullYear() == 2026"}, {"rule": "string(self.at) == '2026-01-31T12:30:15Z'"}]),
        old: None,
        good: || json!({"at":"2026-01-31T12:30:15Z","day":"2026-02-01"}),
        bad: || json!({"at":"2028-03-01T23:59:59Z","day":"2025-01-01"}),
        causes: &[
            "spec: Invalid value: failed rule: self.at - timestamp('2026-01-31T00:00:00Z') < duration('13h')",
            "spec: Invalid value: failed rule: self.at < timestamp('2027-01-01T00:00:00Z')",
            "spec: Invalid value: failed rule: self.at.getDayOfWeek() == 6 && self.at.getDayOfYear() == 30",
            "spec: Invalid value: failed rule: self.at.getFullYear() == 2026 && self.at.getMonth() == 0 && self.at.getDate() == 31 && self.at.getDayOfMonth() == 30",
            "spec: Invalid value: failed rule: self.at.getHours() == 12 && self.at.getHours('+02:00') == 14 && self.at.getMinutes() == 30 && self.at.getSeconds() == 15",
            "spec: Invalid value: failed rule: self.day.getFullYear() == 2026",
            "spec: Invalid value: failed rule: string(self.at) == '2026-01-31T12:30:15Z'",
        ],
    },
    Ruled {
        name: "know_bytes",
        properties: || json!({"d": {"type": "string", "format": "duration"}, "at": {"type": "string", "format": "date-time"}, "day": {"type": "string", "format": "date"}, "raw": {"type": "string", "format": "byte"}}),
        rules: || json!([{"rule": "self.raw == b'hello' && size(self.raw) == 5"}, {"rule": "string(self.raw).startsWith('he')"}, {"rule": "bytes('hello') == self.raw"}]),
        old: None,
        good: || json!({"raw":"aGVsbG8="}),
        bad: || json!({"raw":"YWJj"}),
        causes: &[
            "spec: Invalid value: failed rule: bytes('hello') == self.raw",
            "spec: Invalid value: failed rule: self.raw == b'hello' && size(self.raw) == 5",
            "spec: Invalid value: failed rule: string(self.raw).startsWith('he')",
        ],
    },
    Ruled {
        name: "convert",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "int('3') == self.n && int(3.9) == self.n && uint(self.n) == 3u"}, {"rule": "double(self.n) == 3.0 && double('1.5') == self.f"}, {"rule": "string(self.n) == '3' && string(self.f) == '1.5' && string(self.t) == 'true'"}, {"rule": "bool('true') == self.t"}, {"rule": "type(self.n) == int && type(self.a) == string && type(self.l) == list && type(self.m) == map"}, {"rule": "dyn(self.n) == 3"}]),
        old: None,
        good: || json!({"n":3,"f":1.5,"t":true,"a":"","l":[],"m":{}}),
        bad: || json!({"n":4,"f":2.5,"t":false,"a":"","l":[],"m":{}}),
        causes: &[
            "spec: Invalid value: failed rule: bool('true') == self.t",
            "spec: Invalid value: failed rule: double(self.n) == 3.0 && double('1.5') == self.f",
            "spec: Invalid value: failed rule: dyn(self.n) == 3",
            "spec: Invalid value: failed rule: int('3') == self.n && int(3.9) == self.n && uint(self.n) == 3u",
            "spec: Invalid value: failed rule: string(self.n) == '3' && string(self.f) == '1.5' && string(self.t) == 'true'",
        ],
    },
    Ruled {
        name: "take_ports_as_they_are",
        properties: || json!({"p": {"x-kubernetes-int-or-string": true}, "o": {"type": "object", "nullable": true, "properties": {"x": {"type": "string"}}}, "namespace": {"type": "string"}, "a-b": {"type": "integer"}, "c.d": {"type": "integer"}}),
        rules: || json!([{"rule": "type(self.p) == int ? self.p < 100 : self.p.endsWith('%')"}]),
        old: None,
        good: || json!({"p":80}),
        bad: || json!({"p":"x"}),
        causes: &["spec: Invalid value: failed rule: type(self.p) == int ? self.p < 100 : self.p.endsWith('%')"],
    },
    Ruled {
        name: "stumble_over_ports_of_another_type",
        properties: || json!({"p": {"x-kubernetes-int-or-string": true}, "o": {"type": "object", "nullable": true, "properties": {"x": {"type": "string"}}}, "namespace": {"type": "string"}, "a-b": {"type": "integer"}, "c.d": {"type": "integer"}}),
        rules: || json!([{"rule": "self.p.startsWith('a')"}]),
        old: None,
        good: || json!({"p":"ab"}),
        bad: || json!({"p":1}),
        causes: &[
            "spec: Invalid value: \"object\": 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self.p.startsWith('a')",
        ],
    },
    Ruled {
        name: "see_null_where_it_may_be",
        properties: || json!({"p": {"x-kubernetes-int-or-string": true}, "o": {"type": "object", "nullable": true, "properties": {"x": {"type": "string"}}}, "namespace": {"type": "string"}, "a-b": {"type": "integer"}, "c.d": {"type": "integer"}}),
        rules: || json!([{"rule": "!has(self.o) || self.o == null || self.o.x == 'y'"}]),
        old: None,
        good: || json!({"o":null}),
        bad: || json!({"o":{"x":"n"}}),
        causes: &["spec: Invalid value: failed rule: !has(self.o) || self.o == null || self.o.x == 'y'"],
    },
    Ruled {
        name: "name_fields_that_are_no_identifiers",
        properties: || json!({"p": {"x-kubernetes-int-or-string": true}, "o": {"type": "object", "nullable": true, "properties": {"x": {"type": "string"}}}, "namespace": {"type": "string"}, "a-b": {"type": "integer"}, "c.d": {"type": "integer"}}),
        rules: || json!([{"rule": "self.namespace == 'n' && self.__namespace__ == 'n'"}, {"rule": "self.a__dash__b == 1"}, {"rule": "self.c__dot__d == 2"}]),
        old: None,
        good: || json!({"namespace":"n","a-b":1,"c.d":2}),
        bad: || json!({"namespace":"m","a-b":2,"c.d":1}),
        causes: &[
            "spec: Invalid value: failed rule: self.a__dash__b == 1",
            "spec: Invalid value: failed rule: self.c__dot__d == 2",
            "spec: Invalid value: failed rule: self.namespace == 'n' && self.__namespace__ == 'n'",
        ],
    },
    Ruled {
        name: "know_sets_and_keyed_lists",
        properties: || json!({"set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}}, "parts": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "size": {"type": "integer"}}}}}),
        rules: || json!([{"rule": "self.set == ['b', 'a']"}, {"rule": "(self.set + ['a', 'c']).size() == 3"}, {"rule": "self.parts.exists_one(p, p.name == 'x' && p.size == 1)"}, {"rule": "self.parts.map(p, p.name) == ['x', 'y']"}]),
        old: None,
        good: || json!({"set":["a","b"],"parts":[{"name":"x","size":1},{"name":"y"}]}),
        bad: || json!({"set":["a","z"],"parts":[{"name":"y","size":1},{"name":"z"}]}),
        causes: &[
            "spec: Invalid value: failed rule: self.parts.exists_one(p, p.name == 'x' && p.size == 1)",
            "spec: Invalid value: failed rule: self.parts.map(p, p.name) == ['x', 'y']",
            "spec: Invalid value: failed rule: self.set == ['b', 'a']",
        ],
    },
    Ruled {
        name: "fail_as_they_run",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.n / self.m['zero'] == 0"}, {"rule": "self.l[1] == 'none'"}, {"rule": "self.m['none'] == 1"}, {"rule": "self.b == 'x'"}, {"rule": "self.n + 9223372036854775807 > 0"}, {"rule": "int(self.a) == 1"}, {"rule": "self.a.substring(0, 1) == self.a"}, {"rule": "self.l.map(x, self.m[x]).size() == 2"}, {"rule": "optional.none().hasValue() || self.?b.value() == 'x'"}]),
        old: None,
        good: || json!({"n":0,"m":{"zero":1,"none":1},"l":["zero","none"],"b":"x","a":"1"}),
        bad: || json!({"n":1,"m":{"zero":0},"l":["a"],"a":""}),
        causes: &[
            "spec: Invalid value: \"object\": division by zero evaluating rule: self.n / self.m['zero'] == 0",
            "spec: Invalid value: \"object\": index out of bounds: 1 evaluating rule: self.l[1] == 'none'",
            "spec: Invalid value: \"object\": index out of range: 1 evaluating rule: self.a.substring(0, 1) == self.a",
            "spec: Invalid value: \"object\": integer overflow evaluating rule: self.n + 9223372036854775807 > 0",
            "spec: Invalid value: \"object\": no such key: a evaluating rule: self.l.map(x, self.m[x]).size() == 2",
            "spec: Invalid value: \"object\": no such key: b evaluating rule: self.b == 'x'",
            "spec: Invalid value: \"object\": no such key: none evaluating rule: self.m['none'] == 1",
            "spec: Invalid value: \"object\": optional.none() dereference evaluating rule: optional.none().hasValue() || self.?b.value() == 'x'",
            "spec: Invalid value: \"object\": type conversion error from 'string' to 'int' evaluating rule: int(self.a) == 1",
        ],
    },
    Ruled {
        name: "say_their_messages",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.n > 0", "message": "n must be above zero"}, {"rule": "self.a != ''", "message": " spaces go ", "reason": "FieldValueRequired"}, {"rule": "self.n < 10 &&\nself.n > 0", "message": "two lines"}]),
        old: None,
        good: || json!({"n":1,"a":"x"}),
        bad: || json!({"n":-1,"a":""}),
        causes: &[
            "spec: Invalid value: n must be above zero",
            "spec: Invalid value: two lines",
            "spec: Required value: spaces go",
        ],
    },
    Ruled {
        name: "make_their_messages",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.n > 0", "messageExpression": "'n is ' + (self.n > 0 ? 'right' : 'wrong') + ' for ' + self.a"}, {"rule": "self.a == 'x'", "message": "plain", "messageExpression": "self.b"}, {"rule": "self.a == 'x'", "messageExpression": "'  padded  '"}, {"rule": "self.a == 'x'", "message": "fallback", "messageExpression": "'two\\nlines'"}, {"rule": "self.a == 'x'", "messageExpression": "''"}]),
        old: None,
        good: || json!({"n":1,"a":"x"}),
        bad: || json!({"n":-1,"a":"y"}),
        causes: &[
            "spec: Invalid value: failed rule: self.a == 'x'",
            "spec: Invalid value: fallback",
            "spec: Invalid value: n is wrong for y",
            "spec: Invalid value: padded",
            "spec: Invalid value: plain",
        ],
    },
    Ruled {
        name: "give_reasons",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.n > 0", "reason": "FieldValueForbidden", "message": "no"}, {"rule": "self.n > 0", "reason": "FieldValueRequired"}, {"rule": "self.n > 0", "reason": "FieldValueDuplicate", "message": "dup"}, {"rule": "self.n > 0", "reason": "FieldValueInvalid"}]),
        old: None,
        good: || json!({"n":1}),
        bad: || json!({"n":-1}),
        causes: &[
            "spec: Duplicate value",
            "spec: Forbidden: no",
            "spec: Invalid value: failed rule: self.n > 0",
            "spec: Required value: failed rule: self.n > 0",
        ],
    },
    Ruled {
        name: "point_at_fields",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.n > 0", "fieldPath": ".n"}, {"rule": "self.m.k > 0", "fieldPath": ".m.k", "reason": "FieldValueForbidden"}, {"rule": "self.m.k > 0", "fieldPath": "['m']['k']"}, {"rule": "self.n > 0", "fieldPath": ".a", "reason": "FieldValueRequired", "message": "say a"}]),
        old: None,
        good: || json!({"n":1,"m":{"k":1}}),
        bad: || json!({"n":-1,"m":{"k":0}}),
        causes: &[
            "spec.a: Required value: say a",
            "spec.m[k]: Forbidden: failed rule: self.m.k > 0",
            "spec.m[k]: Invalid value: failed rule: self.m.k > 0",
            "spec.n: Invalid value: failed rule: self.n > 0",
        ],
    },
    Ruled {
        name: "stand_on_every_kind_of_node",
        properties: || json!({"a": {"type": "string", "x-kubernetes-validations": [{"rule": "self.size() > 1"}]}, "n": {"type": "integer", "x-kubernetes-validations": [{"rule": "self > 1", "message": "small"}, {"rule": "self != 1", "reason": "FieldValueDuplicate"}]}, "f": {"type": "number", "x-kubernetes-validations": [{"rule": "self > 1.0"}]}, "l": {"type": "array", "x-kubernetes-validations": [{"rule": "self.size() < 3"}], "items": {"type": "string", "x-kubernetes-validations": [{"rule": "self != 'x'"}]}}, "m": {"type": "object", "additionalProperties": {"type": "integer", "x-kubernetes-validations": [{"rule": "self > 0"}]}}, "o": {"type": "object", "properties": {"p": {"type": "object", "properties": {"q": {"type": "boolean", "x-kubernetes-validations": [{"rule": "self"}]}}}}}}),
        rules: || json!([]),
        old: None,
        good: || json!({"a":"ab","n":2,"f":1.5,"l":["a"],"m":{"k":1},"o":{"p":{"q":true}}}),
        bad: || json!({"a":"x","n":1,"f":1.0,"l":["a","x","b"],"m":{"k":0},"o":{"p":{"q":false}}}),
        causes: &[
            "spec.a: Invalid value: \"x\": failed rule: self.size() > 1",
            "spec.f: Invalid value: 1: failed rule: self > 1.0",
            "spec.l: Invalid value: failed rule: self.size() < 3",
            "spec.l[1]: Invalid value: \"x\": failed rule: self != 'x'",
            "spec.m[k]: Invalid value: 0: failed rule: self > 0",
            "spec.n: Duplicate value: 1",
            "spec.n: Invalid value: 1: small",
            "spec.o.p.q: Invalid value: false: failed rule: self",
        ],
    },
    Ruled {
        name: "are_not_run_on_what_is_wrong_otherwise",
        properties: || json!({"n": {"type": "integer"}, "a": {"type": "string", "enum": ["x"]}}),
        rules: || json!([{"rule": "self.n > 1"}]),
        old: None,
        good: || json!({"n":2,"a":"x"}),
        bad: || json!({"n":1,"a":"z"}),
        causes: &[
            "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
            "spec.a: Unsupported value: \"z\": supported values: \"x\"",
        ],
    },
    Ruled {
        name: "compare_with_the_former_value",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "self.n >= oldSelf.n"}, {"rule": "self.a == oldSelf.a", "message": "a is immutable", "fieldPath": ".a"}]),
        old: Some(|| json!({"n":1,"a":"x"})),
        good: || json!({"n":2,"a":"x"}),
        bad: || json!({"n":1,"a":"y"}),
        causes: &["spec.a: Invalid value: a is immutable"],
    },
    Ruled {
        name: "see_no_former_value_at_first",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "oldSelf.hasValue() || self.n == 0", "optionalOldSelf": true, "message": "starts at zero"}]),
        old: None,
        good: || json!({"n":0}),
        bad: || json!({"n":1}),
        causes: &["spec: Invalid value: starts at zero"],
    },
    Ruled {
        name: "see_a_former_value_that_may_be_missing",
        properties: || json!({"a": {"type": "string"}, "b": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "t": {"type": "boolean"}, "l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        rules: || json!([{"rule": "!oldSelf.hasValue() || oldSelf.value().n <= self.n", "optionalOldSelf": true}]),
        old: Some(|| json!({"n":1})),
        good: || json!({"n":2}),
        bad: || json!({"n":0}),
        causes: &["spec: Invalid value: failed rule: !oldSelf.hasValue() || oldSelf.value().n <= self.n"],
    },
    Ruled {
        name: "compare_items_by_their_keys",
        properties: || json!({"parts": {"type": "array", "maxItems": 5, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 9}, "size": {"type": "integer", "x-kubernetes-validations": [{"rule": "self >= oldSelf"}]}}, "x-kubernetes-validations": [{"rule": "has(self.size) == has(oldSelf.size)"}]}}}),
        rules: || json!([]),
        old: Some(|| json!({"parts":[{"name":"x","size":1},{"name":"y","size":2}]})),
        good: || json!({"parts":[{"name":"y","size":9},{"name":"x","size":2},{"name":"z"}]}),
        bad: || json!({"parts":[{"name":"x","size":0},{"name":"z","size":3}]}),
        causes: &["spec.parts[0].size: Invalid value: 0: failed rule: self >= oldSelf"],
    },
    Ruled {
        name: "compare_values_of_maps",
        properties: || json!({"m": {"type": "object", "maxProperties": 5, "additionalProperties": {"type": "integer", "x-kubernetes-validations": [{"rule": "self == oldSelf", "message": "entries stay"}]}}}),
        rules: || json!([]),
        old: Some(|| json!({"m":{"x":1,"y":2}})),
        good: || json!({"m":{"x":1,"z":3}}),
        bad: || json!({"m":{"x":2}}),
        causes: &["spec.m[x]: Invalid value: 2: entries stay"],
    },
    Ruled {
        name: "compare_fields_that_are_still_there",
        properties: || json!({"a": {"type": "string", "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}, "b": {"type": "string"}}),
        rules: || json!([]),
        old: Some(|| json!({"a": "x"})),
        good: || json!({"b": "1"}),
        bad: || json!({"a": "y"}),
        causes: &["spec.a: Invalid value: \"y\": failed rule: self == oldSelf"],
    },
];
