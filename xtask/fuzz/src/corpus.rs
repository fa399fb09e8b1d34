//! Right inputs, which cases begin with.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::derive;

/// Every kind with a value in every field, as Go writes it.
const OBJECTS: &str = "types/tests/data/go.jsonl";

/// Definitions with every construct.
const DEFINITIONS: &str = "cli/tests/import/crds";

/// Expressions: what the server says of them, what they come to, and what they cost.
const EXPRESSIONS: [&str; 3] = ["cel/tests/corpus/check.txt", "cel/tests/corpus/eval.txt", "cel/tests/corpus/cost.txt"];

/// Programs that derive something, rightly or wrongly.
const PROGRAMS: [&str; 3] = ["tests/ui", "examples", "cli/tests/import/generated"];

/// What cases are made of.
pub(crate) struct Corpus {
    objects: Vec<String>,
    pub(crate) definitions: Vec<Value>,
    pub(crate) expressions: Vec<String>,
    pub(crate) programs: derive::Programs,
}

impl Corpus {
    pub(crate) fn read() -> Result<Self, String> {
        let root = crate::root();
        let objects = text(&root.join(OBJECTS))?.lines().map(str::to_owned).collect();
        let definitions = kubist::crd::read(root.join(DEFINITIONS)).map_err(|error| error.to_string())?;
        let definitions = definitions.iter().map(serde_json::to_value).collect::<Result<_, _>>();
        let mut expressions = Vec::new();
        for name in EXPRESSIONS {
            let lines = text(&root.join(name))?;
            let of_line = |line: &str| match line.strip_prefix(">> ") {
                Some(expression) => Some(expression.to_owned()),
                None => line.split_once('\t').map(|(expression, _)| expression.to_owned()),
            };
            expressions.extend(lines.lines().filter(|line| !line.starts_with('#')).filter_map(of_line));
        }
        let mut programs = derive::Programs::default();
        for name in PROGRAMS {
            rust(&root.join(name), &mut |source| programs.add(source))?;
        }
        Ok(Self { objects, definitions: definitions.map_err(|error| error.to_string())?, expressions, programs })
    }

    /// Returns one of the objects.
    pub(crate) fn object(&self, random: &mut crate::Random) -> &str {
        random.one(&self.objects).as_str()
    }

    /// Returns the object that begins so.
    pub(crate) fn starting(&self, start: &str) -> Option<&str> {
        self.objects.iter().find(|object| object.starts_with(start)).map(String::as_str)
    }
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads all sources below a folder, in the order of their names, so that a seed means the same everywhere.
fn rust(folder: &Path, add: &mut dyn FnMut(&str)) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            rust(&path, add)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            add(&text(&path)?);
        }
    }
    Ok(())
}
