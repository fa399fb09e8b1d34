//! What rules need beside the language: patterns and named formats.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kubist_cel::{self as cel, Library};
use kubist_naming as naming;
use regex::{Regex, RegexBuilder};

/// The most patterns that are kept: rules may make any number of them.
const MOST: usize = 256;

/// How much a compiled pattern may take: `[a-z]{1000}` is a pattern, and `\p{L}{1000}` too.
const LARGEST: usize = 64 << 20;

/// The patterns of a schema, each compiled when it is first asked for, by the `regex` crate.
#[derive(Debug, Default)]
pub(crate) struct Patterns(Mutex<HashMap<String, Regex>>);

impl Patterns {
    /// Whether a pattern matches a text; one that cannot be read matches nothing.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> bool {
        self.compiled(pattern).is_ok_and(|regex| regex.is_match(text))
    }

    fn compiled(&self, pattern: &str) -> Result<Regex, String> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(regex) = known.get(pattern) {
            return Ok(regex.clone());
        }
        let translated = kubist_regexp::translate(pattern).map_err(|error| error.to_string())?;
        // What Go takes and the crate does not is nested deeper than 250 levels, or larger than that.
        let regex = RegexBuilder::new(&translated).size_limit(LARGEST).build().map_err(|error| error.to_string())?;
        if known.len() < MOST {
            known.insert(pattern.to_owned(), regex.clone());
        }
        Ok(regex)
    }
}

impl Library for Patterns {
    fn find(&self, pattern: &str, text: &str, most: usize) -> Result<Vec<String>, String> {
        let regex = self.compiled(pattern)?;
        Ok(regex.find_iter(text).take(most).map(|found| found.as_str().to_owned()).collect())
    }

    fn format(&self, format: &str, text: &str) -> Option<Vec<String>> {
        let of_name = |check: fn(&str) -> Result<(), naming::NameError>, text: &str| {
            check(text).err().map(|error| error.server_messages()).unwrap_or_default()
        };
        // The part of a name before a generated suffix may end in a dash.
        let prefix = || text.strip_suffix('-').map_or_else(|| text.to_owned(), |rest| format!("{rest}a"));
        let or = |is_right: bool, why: &str| if is_right { Vec::new() } else { vec![why.to_owned()] };
        Some(match format {
            "dns1123Label" => of_name(naming::dns1123_label, text),
            "dns1123Subdomain" => of_name(naming::dns1123_subdomain, text),
            "dns1035Label" => of_name(naming::dns1035_label, text),
            "dns1123LabelPrefix" => of_name(naming::dns1123_label, &prefix()),
            "dns1123SubdomainPrefix" => of_name(naming::dns1123_subdomain, &prefix()),
            "dns1035LabelPrefix" => of_name(naming::dns1035_label, &prefix()),
            "qualifiedName" => of_name(naming::qualified_name, text),
            "labelValue" => of_name(naming::label_value, text),
            "uuid" => or(is_uuid(text), "does not match the UUID format"),
            "date" => or(cel::timestamp(&format!("{text}T00:00:00Z")).is_some(), "invalid date"),
            "datetime" => or(cel::timestamp(text).is_some(), "invalid datetime"),
            "uri" => or(text.contains(':') || text.starts_with('/'), "invalid URI for request"),
            "byte" => {
                use base64::Engine as _;
                or(base64::prelude::BASE64_STANDARD.decode(text).is_ok(), "invalid base64")
            }
            _ => return None,
        })
    }
}

fn is_uuid(text: &str) -> bool {
    let is_dash = |at: usize| [8, 13, 18, 23].contains(&at);
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| if is_dash(at) { b == b'-' } else { b.is_ascii_hexdigit() })
}
