//! What the types are called.

use std::collections::HashSet;

use super::names;
use super::rust::{Hint, Item};

/// Names that generated code uses for something else.
const TAKEN: &[&str] = &[
    "Box",
    "BTreeMap",
    "Condition",
    "CustomResourceDefinition",
    "Default",
    "Deserialize",
    "Err",
    "Fn",
    "From",
    "IntOrString",
    "Into",
    "Iterator",
    "LabelSelector",
    "Map",
    "MergeError",
    "None",
    "ObjectMeta",
    "Ok",
    "Option",
    "OwnerReference",
    "Quantity",
    "Resource",
    "ResourcePart",
    "Result",
    "Self",
    "Serialize",
    "Some",
    "String",
    "Time",
    "ToString",
    "Value",
    "Vec",
    "Clone",
    "Copy",
    "Debug",
    "Drop",
    "Send",
    "Sync",
    "Sized",
    "Eq",
    "PartialEq",
    "Ord",
    "Hash",
    "Extend",
    "AsRef",
];

/// Words that say nothing without the name of what holds them.
const VAGUE: &[&str] = &[
    "Config", "Data", "From", "Item", "Key", "Kind", "Metadata", "Mode", "Name", "Operator", "Option", "Policy", "Ref",
    "Settings", "Spec", "State", "Status", "Type", "Value", "Phase", "Default", "Reason", "Match", "Options", "Result",
    "Target", "To", "All", "Any", "Not",
];

/// Gives each type its name. `items` are in the order in which they were met; those with a name keep it.
pub(super) fn assign(items: &mut [Item], reserved: &HashSet<String>) {
    let mut taken: HashSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
    taken.extend(reserved.iter().cloned());
    taken.extend(items.iter().map(|item| item.name.clone()));
    for index in by_depth(items) {
        if !items[index].name.is_empty() {
            continue;
        }
        let name = candidates(items, index).into_iter().find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(name.clone());
        items[index].name = name;
    }
}

/// The types nearest to the root come first, so that they have the shortest names.
fn by_depth(items: &[Item]) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(items.len());
    for item in items {
        // A type is met after the one that holds it.
        let depth = item
            .hints
            .first()
            .and_then(|hint| hint.parent)
            .and_then(|parent| depths.get(parent))
            .map_or(0, |depth| depth + 1);
        depths.push(depth);
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|index| depths[*index]);
    order
}

fn candidates(items: &[Item], index: usize) -> Vec<String> {
    let hints = &items[index].hints;
    let base = common(hints);
    let mut out = Vec::new();
    if !VAGUE.contains(&base.as_str()) && !base.starts_with(|c: char| c.is_ascii_digit()) && base.len() > 1 {
        out.push(base.clone());
    }
    let mut name = base;
    let mut parent = hints.first().and_then(|hint| hint.parent);
    let mut steps = 0;
    while let Some(above) = parent.filter(|_| steps < 16) {
        let prefix = &items[above].name;
        let prefix = if prefix.is_empty() {
            items[above].hints.first().map(|hint| hint.name.clone()).unwrap_or_default()
        } else {
            prefix.clone()
        };
        // `WebsiteSpec` is the whole of a website.
        let prefix = prefix.strip_suffix("Spec").filter(|rest| !rest.is_empty()).unwrap_or(&prefix).to_owned();
        name = join(&prefix, &name);
        out.push(name.clone());
        parent = items[above].hints.first().and_then(|hint| hint.parent);
        steps += 1;
    }
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "Part");
    }
    out.extend((2..10_000).map(|number| format!("{name}{number}")));
    out
}

/// `Source` and `SourceRef` are `SourceRef`.
fn join(prefix: &str, name: &str) -> String {
    if name.starts_with(prefix) { name.to_owned() } else { format!("{prefix}{name}") }
}

/// The words that all names end with; the first name if there are none.
fn common(hints: &[Hint]) -> String {
    let all: Vec<Vec<String>> = hints.iter().map(|hint| names::humps(&hint.name)).collect();
    let Some(first) = all.first() else { return String::new() };
    let shared = (0..first.len())
        .take_while(|back| {
            let word = &first[first.len() - 1 - back];
            all.iter().all(|words| words.len() > *back && words[words.len() - 1 - back] == *word)
        })
        .count();
    let suffix = first[first.len() - shared..].concat();
    if suffix.is_empty() || (VAGUE.contains(&suffix.as_str()) && suffix.len() < hints[0].name.len()) {
        shortest(hints)
    } else {
        suffix
    }
}

fn shortest(hints: &[Hint]) -> String {
    hints.iter().map(|hint| &hint.name).min_by_key(|name| name.len()).cloned().unwrap_or_default()
}
