//! The cases by topic.

mod bounds;
mod built_in;
mod collections;
mod defaults;
mod documented;
mod embedded;
mod external;
mod flattened;
mod internal;
mod newtypes;
mod options;
mod parts;
mod primitives;
mod recursion;
mod times;
mod unions;
mod untagged;

use crate::case::Case;

pub(crate) fn all() -> Vec<Case> {
    let topics: [(&'static str, Vec<Case>); 17] = [
        ("primitives", primitives::cases()),
        ("bounds", bounds::cases()),
        ("options", options::cases()),
        ("parts", parts::cases()),
        ("newtypes", newtypes::cases()),
        ("collections", collections::cases()),
        ("external", external::cases()),
        ("internal", internal::cases()),
        ("untagged", untagged::cases()),
        ("unions", unions::cases()),
        ("flattened", flattened::cases()),
        ("times", times::cases()),
        ("built_in", built_in::cases()),
        ("embedded", embedded::cases()),
        ("documented", documented::cases()),
        ("defaults", defaults::cases()),
        ("recursion", recursion::cases()),
    ];
    topics.into_iter().flat_map(|(topic, cases)| cases.into_iter().map(move |case| case.of(topic))).collect()
}

/// What a file of cases begins with.
mod prelude {
    pub(super) use std::collections::{BTreeMap, BTreeSet};

    pub(super) use kubist::__private::schemars;
    pub(super) use schemars::JsonSchema;
    pub(super) use serde::{Deserialize, Serialize};
    pub(super) use serde_json::{Value, json};

    pub(super) use crate::case::{Case, case};
}
