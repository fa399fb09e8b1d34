//! JSON whose keys keep the order in which they were written, as those of a Go struct do.

use std::fmt;

/// A value.
#[derive(Clone)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

/// Writes a map.
macro_rules! map {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::json::Json::Map(vec![$(($key.to_owned(), $crate::json::Json::from($value))),*])
    };
}

/// Writes a list.
macro_rules! list {
    ($($value:expr),* $(,)?) => { $crate::json::Json::List(vec![$($crate::json::Json::from($value)),*]) };
}

pub(crate) use {list, map};

impl Json {
    /// Adds a key at the end of a map.
    pub(crate) fn push(&mut self, key: &str, value: impl Into<Json>) {
        match self {
            Self::Map(entries) => entries.push((key.to_owned(), value.into())),
            _ => unreachable!("only maps are pushed to"),
        }
    }

    fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns what a field manager owns that wrote this value: `fieldsV1` without the dot of the root.
    ///
    /// `keys` are those that make an item of a list one of its own; a list whose items have none of them is owned whole.
    pub(crate) fn owned(&self, keys: &[&str]) -> Json {
        let mut owned = Vec::new();
        match self {
            Self::Map(entries) => {
                for (name, value) in entries {
                    owned.push((format!("f:{name}"), value.owned_inside(keys)));
                }
            }
            Self::List(items) => {
                for item in items {
                    let Some(key) = keys.iter().find(|key| item.get(key).is_some()) else { return map! {} };
                    let name = item.get(key).cloned().unwrap_or(Self::Null);
                    owned.push((format!(r#"k:{{"{key}":{name}}}"#), item.owned_inside(keys)));
                }
            }
            _ => {}
        }
        Self::Map(owned)
    }

    fn owned_inside(&self, keys: &[&str]) -> Json {
        match self.owned(keys) {
            Self::Map(mut entries) if !entries.is_empty() => {
                entries.insert(0, (".".to_owned(), map! {}));
                Self::Map(entries)
            }
            none => none,
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => write_text(value, f),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index > 0 { "," } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Map(entries) => {
                f.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    write_text(key, f)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

/// What Go's writer puts a backslash before, of what the data has; the last three because of HTML.
const ESCAPED: [char; 6] = ['"', '\\', '\n', '<', '>', '&'];

fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for part in text.split_inclusive(ESCAPED) {
        match part.strip_suffix(ESCAPED) {
            None => f.write_str(part)?,
            Some(plain) => {
                f.write_str(plain)?;
                f.write_str(match part.as_bytes()[plain.len()] {
                    b'"' => "\\\"",
                    b'\\' => "\\\\",
                    b'<' => "\\u003c",
                    b'>' => "\\u003e",
                    b'&' => "\\u0026",
                    _ => "\\n",
                })?;
            }
        }
    }
    f.write_str("\"")
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Json {
    fn from(value: i32) -> Self {
        Self::Number(value.into())
    }
}

impl From<usize> for Json {
    fn from(value: usize) -> Self {
        Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<&String> for Json {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
