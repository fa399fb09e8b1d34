//! Definitions out of files.

use std::error::Error as StdError;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use serde::Deserialize as _;
use serde_json::Value;

use super::CustomResourceDefinition;

/// A file does not hold definitions that can be read.
#[derive(Debug)]
pub struct ReadError {
    path: PathBuf,
    problem: String,
}

impl ReadError {
    fn new(path: &Path, problem: impl Into<String>) -> Self {
        Self { path: path.to_owned(), problem: problem.into() }
    }

    /// The file or folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.problem)
    }
}

impl StdError for ReadError {}

/// Reads the definitions of a file of YAML or JSON, or of all such files below a folder, in the order of their names.
///
/// A file may hold many documents, and lists. Objects of other kinds are passed over. Reading is strict, as `kubectl apply` is: a field that
/// no definition has is an error.
///
/// # Errors
///
/// What cannot be read, and a path without any definition; it names the file, and the document when there are several.
///
/// # Example
///
/// ```no_run
/// for crd in kubist::crd::read("deploy/crds")? {
///     println!("{}", crd.metadata.name);
/// }
/// # Ok::<(), kubist::crd::ReadError>(())
/// ```
pub fn read(path: impl AsRef<Path>) -> Result<Vec<CustomResourceDefinition>, ReadError> {
    let path = path.as_ref();
    let mut out = Vec::new();
    let is_folder = fs::metadata(path).map_err(|error| unreadable(path, &error))?.is_dir();
    if is_folder {
        for file in files(path)? {
            read_file(&file, &mut out)?;
        }
    } else {
        read_file(path, &mut out)?;
    }
    if out.is_empty() {
        let nothing = "there is no CustomResourceDefinition in it";
        let nothing =
            if is_folder { format!("{nothing} (read were *.yaml, *.yml and *.json)") } else { nothing.into() };
        return Err(ReadError::new(path, nothing));
    }
    Ok(out)
}

fn unreadable(path: &Path, error: &io::Error) -> ReadError {
    ReadError::new(
        path,
        match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            _ => error.to_string(),
        },
    )
}

/// The files of YAML and JSON below a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths: Vec<PathBuf> =
        entries.map_err(|error| unreadable(folder, &error))?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        if path.is_dir() {
            out.extend(files(&path)?);
        } else if path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known)) {
            out.push(path);
        }
    }
    Ok(out)
}

fn read_file(path: &Path, out: &mut Vec<CustomResourceDefinition>) -> Result<(), ReadError> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    read_documents(path, &text, out)
}

fn read_documents(path: &Path, text: &str, out: &mut Vec<CustomResourceDefinition>) -> Result<(), ReadError> {
    let documents = documents(text).map_err(|problem| ReadError::new(path, problem))?;
    let many = documents.len() > 1;
    for (index, document) in documents.iter().enumerate() {
        take(document, out).map_err(|problem| {
            let place = if many { format!("document {}: ", index + 1) } else { String::new() };
            ReadError::new(path, format!("{place}{problem}"))
        })?;
    }
    Ok(())
}

fn documents(text: &str) -> Result<Vec<Value>, String> {
    // A reader of YAML does not know all that JSON may hold.
    if text.trim_start().starts_with('{') {
        let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
        if let Ok(values) = values {
            return Ok(values);
        }
    }
    serde_norway::Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).map_err(|error| format!("this is no YAML: {error}")))
        .collect()
}

/// Takes the definitions out of a document.
fn take(document: &Value, out: &mut Vec<CustomResourceDefinition>) -> Result<(), String> {
    const GROUP: &str = "apiextensions.k8s.io";
    let text = |field: &str| document[field].as_str().unwrap_or_default();
    let (version, kind) = (text("apiVersion"), text("kind"));
    let is_list = (version, kind) == ("v1", "List") || kind == "CustomResourceDefinitionList";
    if is_list {
        return document["items"].as_array().into_iter().flatten().try_for_each(|item| take(item, out));
    }
    match version.split_once('/') {
        Some((GROUP, "v1")) if kind == "CustomResourceDefinition" => {}
        Some((GROUP, old)) if kind == "CustomResourceDefinition" => {
            return Err(format!("{GROUP}/{old} is gone since Kubernetes 1.22; write the definition as {GROUP}/v1"));
        }
        _ => return Ok(()),
    }
    let name = document["metadata"]["name"].as_str().unwrap_or("a definition without a name").to_owned();
    let crd = CustomResourceDefinition::deserialize(document).map_err(|error| format!("{name}: {error}"))?;
    let read = serde_json::to_value(&crd).map_err(|error| format!("{name}: {error}"))?;
    if let Some(unknown) = lost(document, &read, "") {
        return Err(format!("{name}: unknown field `{unknown}`"));
    }
    out.push(crd);
    Ok(())
}

/// Finds a field that was written and is not there after reading.
fn lost(written: &Value, read: &Value, at: &str) -> Option<String> {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => written.iter().find_map(|(key, value)| {
            let at = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            match read.get(key) {
                Some(read) => lost(value, read, &at),
                None => (!is_nothing(value)).then_some(at),
            }
        }),
        (Value::Array(written), Value::Array(read)) => {
            let mut pairs = written.iter().zip(read).enumerate();
            pairs.find_map(|(index, (written, read))| lost(written, read, &format!("{at}[{index}]")))
        }
        _ => None,
    }
}

/// Tells whether a value is what is left out when it is written.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(fields) => fields.values().all(is_nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAMPS: &str = "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: lamps.example.com, creationTimestamp: null }
spec: { group: example.com, scope: Cluster, names: { plural: lamps, kind: Lamp }, versions: [] }
status: { acceptedNames: { kind: '', plural: '' }, conditions: [], storedVersions: [] }
";

    fn names(text: &str) -> Result<Vec<String>, String> {
        let mut crds = Vec::new();
        read_documents(Path::new("a.yaml"), text, &mut crds).map_err(|error| error.to_string())?;
        Ok(crds.iter().map(|crd| crd.metadata.name.to_string()).collect())
    }

    #[test]
    fn many_documents_lists_and_other_kinds_may_stand_in_a_file() {
        let text = format!("---\n# a comment\n---\n{LAMPS}---\napiVersion: v1\nkind: Namespace\n---\n");
        assert_eq!(names(&text).unwrap(), ["lamps.example.com"]);
        let json = serde_json::to_string(&serde_norway::from_str::<Value>(LAMPS).unwrap()).unwrap();
        assert_eq!(names(&json).unwrap(), ["lamps.example.com"]);
        let list = format!(r#"{{"apiVersion":"v1","kind":"List","items":[{json},{json}]}}"#);
        assert_eq!(names(&list).unwrap().len(), 2);
        assert_eq!(names(&format!("{json}\n{json}")).unwrap().len(), 2);
        // What only a reader of JSON knows.
        assert_eq!(names(&json.replace("Lamp\"", "\\ud83d\\ude00\"")).unwrap().len(), 1);
    }

    #[test]
    fn a_mistake_names_the_file_the_document_and_the_field() {
        let wrong = LAMPS.replace("scope:", "scoop: 1, scope:");
        assert_eq!(names(&wrong).unwrap_err(), "a.yaml: lamps.example.com: unknown field `spec.scoop`");
        let second = format!("{LAMPS}---\n{wrong}");
        let expected = "a.yaml: document 2: lamps.example.com: unknown field `spec.scoop`";
        assert_eq!(names(&second).unwrap_err(), expected);
        let old = LAMPS.replace("io/v1\n", "io/v1beta1\n");
        assert!(names(&old).unwrap_err().contains("v1beta1 is gone since Kubernetes 1.22"));
        assert!(names("a: [").unwrap_err().starts_with("a.yaml: this is no YAML: "));
        assert!(names(&LAMPS.replace("versions: []", "versions: 5")).unwrap_err().contains("lamps.example.com: "));
    }
}
