//! Patterns and what Go's `regexp` says of them and finds with them: `corpus/cases.jsonl`, as Go 1.26.8 answered (`oracle`).

use regex::RegexBuilder;
use serde_json::{Value, json};

/// What is found in each of the texts of a case, in the form of the corpus.
fn answer(case: &Value) -> Value {
    let mut answer = case.clone();
    let pattern = pattern(case);
    let translated = match kubist_regexp::translate(&pattern) {
        Ok(translated) => translated,
        Err(error) if case["times"].is_number() => {
            answer["error"] = error.what().into();
            return answer;
        }
        Err(error) => return json!({ "pattern": pattern, "error": error.to_string() }),
    };
    if let Some(fields) = answer.as_object_mut() {
        fields.remove("error");
    }
    // Some are deeper, or larger, than the other engine takes: they have no texts.
    let Some(texts) = answer.get_mut("found").and_then(Value::as_object_mut) else { return answer };
    let regex = RegexBuilder::new(&translated).size_limit(1 << 28).build();
    let regex = regex.unwrap_or_else(|error| panic!("{pattern}\nbecame {translated}\n{error}"));
    for (text, found) in texts {
        *found = regex.find_iter(text).map(|found| found.as_str()).collect();
    }
    answer
}

/// The pattern of a case, with what stands before and behind it many times.
fn pattern(case: &Value) -> String {
    let times = case["times"].as_u64().and_then(|times| times.try_into().ok()).unwrap_or(0);
    let [open, pattern, close] = ["open", "pattern", "close"].map(|name| case[name].as_str().unwrap_or_default());
    [&open.repeat(times), pattern, &close.repeat(times)].concat()
}

#[test]
fn patterns_are_what_they_are_to_go() {
    let (mut count, mut wrong) = (0, Vec::new());
    for line in include_str!("corpus/cases.jsonl").lines() {
        let expected: Value = serde_json::from_str(line).expect("a case is JSON");
        let found = answer(&expected);
        count += 1;
        if found != expected {
            wrong.push(format!("Go:   {expected}\nhere: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), wrong.join("\n"));
}
