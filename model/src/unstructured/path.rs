//! Paths into an object: `spec.containers[name=app].image`, `metadata.labels["app.kubernetes.io/name"]`, `spec.ports[0]`.

use std::fmt;

use super::Node;
use crate::map::Map;
use crate::str::Str;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    /// A field of an object.
    Field(&'a str),
    /// An item of a list.
    Index(usize),
    /// The item of a list whose field has this value.
    Key(&'a str, &'a str),
}

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => f.write_str(name),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Key(field, value) => write!(f, "[{field}={value}]"),
        }
    }
}

/// A path that leads nowhere, or to something else than was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    path: String,
    segment: String,
    problem: String,
    absent: bool,
}

impl PathError {
    fn new(path: &str, segment: impl fmt::Display, problem: impl Into<String>) -> Self {
        let (path, segment) = (path.to_owned(), segment.to_string());
        Self(Box::new(Inner { path, segment, problem: problem.into(), absent: false }))
    }

    fn absent(path: &str, segment: impl fmt::Display, problem: impl Into<String>) -> Self {
        let mut error = Self::new(path, segment, problem);
        error.0.absent = true;
        error
    }

    pub(super) fn unexpected(path: &str, expected: &str, found: &Node) -> Self {
        let last = parse(path).ok().and_then(|segments| segments.last().map(ToString::to_string));
        Self::new(path, last.unwrap_or_default(), format!("expected {expected}, found {}", describe(found)))
    }

    /// Returns the whole path.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the step that failed.
    pub fn segment(&self) -> &str {
        &self.0.segment
    }

    /// Tells whether nothing was there, as opposed to something else.
    pub fn is_absent(&self) -> bool {
        self.0.absent
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, segment, problem, .. } = &*self.0;
        if path == segment { write!(f, "{path}: {problem}") } else { write!(f, "{path}: at `{segment}`: {problem}") }
    }
}

impl std::error::Error for PathError {}

/// Says what a value is, short enough for one line.
pub(super) fn describe(value: &Node) -> String {
    match value {
        Node::Text(text) if text.chars().count() > 40 => {
            let short: String = text.chars().take(37).collect();
            format!("{:?}", short + "…")
        }
        Node::List(items) => format!("a list of {}", items.len()),
        Node::Map(fields) if fields.is_empty() => "an empty object".to_owned(),
        Node::Map(fields) => format!("an object with {}", names(fields)),
        other => format!("{other:?}"),
    }
}

pub(super) fn parse(path: &str) -> Result<Vec<Segment<'_>>, PathError> {
    let mut segments = Vec::new();
    let mut rest = path.strip_prefix('.').unwrap_or(path);
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (segment, after) = bracket(path, inside)?;
            segments.push(segment);
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            if end == 0 {
                return Err(PathError::new(path, rest, "a field is missing before the dot"));
            }
            segments.push(Segment::Field(&rest[..end]));
            rest = &rest[end..];
        }
        match rest.strip_prefix('.') {
            Some("") => return Err(PathError::new(path, ".", "a field is missing behind the dot")),
            Some(after) => rest = after,
            None if rest.is_empty() || rest.starts_with('[') => {}
            None => return Err(PathError::new(path, rest, "a dot is missing behind the bracket")),
        }
    }
    if segments.is_empty() {
        return Err(PathError::new(path, path, "the path is empty"));
    }
    Ok(segments)
}

fn bracket<'a>(path: &str, inside: &'a str) -> Result<(Segment<'a>, &'a str), PathError> {
    if let Some(quoted) = inside.strip_prefix('"') {
        let closed = quoted.split_once("\"]");
        let (name, after) = closed.ok_or_else(|| PathError::new(path, inside, "the `\"]` is missing"))?;
        return Ok((Segment::Field(name), after));
    }
    let closed = inside.split_once(']');
    let (content, after) = closed.ok_or_else(|| PathError::new(path, inside, "the `]` is missing"))?;
    let segment = match content.split_once('=') {
        Some((field, value)) if !field.is_empty() => Segment::Key(field, value),
        _ => {
            let hint = "write an index `[0]`, a key `[name=app]` or a field `[\"a.b\"]`";
            Segment::Index(content.parse().map_err(|_| PathError::new(path, content, hint))?)
        }
    };
    Ok((segment, after))
}

/// Finds the value at a path.
pub(super) fn find<'a>(root: &'a Map<Node>, path: &str) -> Result<&'a Node, PathError> {
    let segments = parse(path)?;
    let mut at: Option<&'a Node> = None;
    for segment in &segments {
        let next = match (segment, at) {
            (Segment::Field(name), None) => root.get(name),
            (Segment::Field(name), Some(Node::Map(fields))) => fields.get(name),
            (Segment::Index(index), Some(Node::List(items))) => items.get(*index),
            (Segment::Key(field, wanted), Some(Node::List(items))) => {
                items.iter().find(|item| has_key(item, field, wanted))
            }
            (_, found) => return Err(wrong_place(path, segment, found)),
        };
        at = Some(next.ok_or_else(|| nothing_there(path, segment, at, root))?);
    }
    Ok(at.expect("a path has at least one segment"))
}

/// Finds the value at a path to write to. Absent objects on the way are made; list items are not.
pub(super) fn find_or_make<'a>(root: &'a mut Map<Node>, path: &str) -> Result<&'a mut Node, PathError> {
    let segments = parse(path)?;
    let Some((Segment::Field(first), rest)) = segments.split_first() else {
        return Err(PathError::new(path, &segments[0], "an object has fields, no items"));
    };
    let mut at = root.entry(first);
    for segment in rest {
        if at.is_null() && matches!(segment, Segment::Field(_)) {
            *at = Node::Map(Map::new());
        }
        at = match (segment, at) {
            (Segment::Field(name), Node::Map(fields)) => fields.entry(name),
            (Segment::Index(index), Node::List(items)) => {
                let count = items.len();
                let none = || PathError::absent(path, segment, format!("the list has {count} items"));
                items.get_mut(*index).ok_or_else(none)?
            }
            (Segment::Key(field, wanted), Node::List(items)) => {
                let count = items.len();
                let none = || PathError::absent(path, segment, format!("none of the {count} items has it"));
                items.iter_mut().find(|item| has_key(item, field, wanted)).ok_or_else(none)?
            }
            (_, found) => return Err(wrong_place(path, segment, Some(found))),
        };
    }
    Ok(at)
}

/// Removes the value at a path and returns it.
pub(super) fn remove(root: &mut Map<Node>, path: &str) -> Result<Option<Node>, PathError> {
    match find(root, path) {
        Err(error) if error.is_absent() => return Ok(None),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let segments = parse(path)?;
    let Some((last, before)) = segments.split_last() else { return Ok(None) };
    let Some((Segment::Field(first), between)) = before.split_first() else {
        let Segment::Field(name) = last else { return Ok(None) };
        return Ok(root.remove(name));
    };
    let mut at = root.get_mut(first);
    for segment in between {
        at = match (segment, at) {
            (Segment::Field(name), Some(Node::Map(fields))) => fields.get_mut(name),
            (Segment::Index(index), Some(Node::List(items))) => items.get_mut(*index),
            (Segment::Key(field, wanted), Some(Node::List(items))) => {
                items.iter_mut().find(|item| has_key(item, field, wanted))
            }
            _ => None,
        };
    }
    Ok(match (last, at) {
        (Segment::Field(name), Some(Node::Map(fields))) => fields.remove(name),
        (Segment::Index(index), Some(Node::List(items))) => Some(items.remove(*index)),
        (Segment::Key(field, wanted), Some(Node::List(items))) => {
            items.iter().position(|item| has_key(item, field, wanted)).map(|at| items.remove(at))
        }
        _ => None,
    })
}

/// Keys are texts in a path; numbers and truth values compare by how they print.
fn has_key(item: &Node, field: &str, wanted: &str) -> bool {
    match item.get(field) {
        Some(Node::Text(text)) => text == wanted,
        Some(value @ (Node::Integer(_) | Node::Unsigned(_) | Node::Float(_) | Node::Bool(_))) => {
            format!("{value:?}") == wanted
        }
        _ => false,
    }
}

fn wrong_place(path: &str, segment: &Segment<'_>, found: Option<&Node>) -> PathError {
    let wanted = match segment {
        Segment::Field(_) => "an object",
        Segment::Index(_) | Segment::Key(..) => "a list",
    };
    let found = found.map_or_else(|| "the object itself".to_owned(), describe);
    PathError::new(path, segment, format!("expected {wanted} to look into, found {found}"))
}

fn nothing_there(path: &str, segment: &Segment<'_>, at: Option<&Node>, root: &Map<Node>) -> PathError {
    let problem = match (segment, at) {
        (Segment::Field(_), None) => format!("no such field in an object with {}", names(root)),
        (Segment::Field(_), Some(Node::Map(fields))) if fields.is_empty() => {
            "no such field in an empty object".to_owned()
        }
        (Segment::Field(_), Some(Node::Map(fields))) => {
            format!("no such field in an object with {}", names(fields))
        }
        (_, Some(Node::List(items))) => format!("no such item in a list of {}", items.len()),
        _ => "nothing is there".to_owned(),
    };
    PathError::absent(path, segment, problem)
}

fn names(fields: &Map<Node>) -> String {
    fields.keys().map(Str::as_str).collect::<Vec<_>>().join(", ")
}
