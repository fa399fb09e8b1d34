//! The options of requests, with the names that `meta/v1` gives them.
//!
//! Each can be written as query parameters, and read from them: the client does the one, the embedded server the other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::resource_version::ResourceVersion;
use crate::str::Str;

/// A parameter of the query, decoded.
pub type Parameter = (&'static str, String);

/// Options of a get.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has this field")]
pub struct GetOptions {
    /// The state to answer from. Unset: the latest; `0`: any; otherwise not older than this.
    pub resource_version: Option<ResourceVersion>,
}

/// Options of a list or a watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ListOptions {
    /// Selects by labels, such as `app=web,tier in (a,b)`. Unset: everything.
    pub label_selector: Option<String>,
    /// Selects by fields, such as `metadata.name=web`. Unset: everything.
    pub field_selector: Option<String>,
    /// Whether to watch instead of listing.
    pub watch: bool,
    /// Whether a watch may send bookmarks.
    pub allow_watch_bookmarks: bool,
    /// The state to list, or the one to watch from. Unset: the latest.
    pub resource_version: Option<ResourceVersion>,
    /// How a list reads `resource_version`. Unset: as the server documents.
    pub resource_version_match: Option<ResourceVersionMatch>,
    /// Seconds after which the server ends the request. Unset: the server decides.
    pub timeout_seconds: Option<u32>,
    /// The most objects on a page. Unset: all on one.
    pub limit: Option<u32>,
    /// The token of the page to go on with. Unset: the first.
    pub continue_token: Option<String>,
    /// Whether a watch begins with all objects that there are, as added. Unset: as the server documents.
    pub send_initial_events: Option<bool>,
}

/// Options of a create.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct CreateOptions {
    /// Whether to do everything but store the result.
    pub dry_run: bool,
    /// Who writes, for the managed fields. Unset: the first part of the user agent.
    pub field_manager: Option<String>,
    /// What to do with unknown and repeated fields. Unset: the server decides (warn).
    pub field_validation: Option<FieldValidation>,
}

/// Options of an update.
pub type UpdateOptions = CreateOptions;

/// Options of a patch other than apply.
pub type PatchOptions = CreateOptions;

/// Options of a server-side apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ApplyOptions {
    /// Whether to do everything but store the result.
    pub dry_run: bool,
    /// Who applies. The server requires it.
    pub field_manager: String,
    /// What to do with unknown and repeated fields. Unset: the server decides (warn).
    pub field_validation: Option<FieldValidation>,
    /// Whether to take fields from other managers instead of failing with a conflict.
    pub force: bool,
}

/// Options of a delete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct DeleteOptions {
    /// Whether to do everything but delete.
    pub dry_run: bool,
    /// Seconds to end gracefully. Unset: the kind's default (30 for pods); 0: at once.
    pub grace_period_seconds: Option<i64>,
    /// What must hold of the object for it to be deleted.
    pub preconditions: Preconditions,
    /// What happens to the objects that this one owns. Unset: the kind's default.
    pub propagation_policy: Option<PropagationPolicy>,
}

/// What must hold of an object for it to be deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct Preconditions {
    /// Its uid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<Str>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_version: Option<ResourceVersion>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident ($what:literal) { $($(#[$variant_doc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[expect(clippy::exhaustive_enums, reason = "meta/v1 has these values")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// Returns the value as it stands on the wire.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($variant),)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = OptionError;

            fn from_str(text: &str) -> Result<Self, OptionError> {
                match text {
                    $(stringify!($variant) => Ok(Self::$variant),)*
                    _ => Err(OptionError {
                        name: $what,
                        value: text.into(),
                        expected: concat!("one of" $(, " ", stringify!($variant))*),
                    }),
                }
            }
        }
    };
}

words! {
    /// What happens to the objects that a deleted one owns.
    PropagationPolicy ("propagationPolicy") {
        /// They stay, without this owner.
        Orphan,
        /// They are deleted after it.
        Background,
        /// They are deleted before it.
        Foreground,
    }
}

words! {
    /// What the server does with unknown and repeated fields.
    FieldValidation ("fieldValidation") {
        /// Drops them.
        Ignore,
        /// Drops them and says so in a warning.
        Warn,
        /// Refuses the request.
        Strict,
    }
}

words! {
    /// How a list reads its `resourceVersion`.
    ResourceVersionMatch ("resourceVersionMatch") {
        /// Exactly this state.
        Exact,
        /// This state or a later one.
        NotOlderThan,
    }
}

/// A parameter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    name: &'static str,
    value: Box<str>,
    expected: &'static str,
}

impl OptionError {
    /// Returns the name of the parameter.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the value that could not be read.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {:?}; it must be {}", self.name, self.value, self.expected)
    }
}

impl std::error::Error for OptionError {}

impl GetOptions {
    /// Writes the options as query parameters.
    pub fn query(&self) -> Vec<Parameter> {
        let mut query = Vec::new();
        put(&mut query, "resourceVersion", self.resource_version.as_ref());
        query
    }

    /// Reads the options from decoded query parameters; others are left alone.
    pub fn from_query(query: &[(String, String)]) -> Self {
        Self { resource_version: text(query, "resourceVersion").map(ResourceVersion::from) }
    }
}

impl ListOptions {
    /// Writes the options as query parameters.
    pub fn query(&self) -> Vec<Parameter> {
        let mut query = Vec::new();
        put(&mut query, "labelSelector", self.label_selector.as_ref());
        put(&mut query, "fieldSelector", self.field_selector.as_ref());
        put(&mut query, "watch", self.watch.then_some(true));
        put(&mut query, "allowWatchBookmarks", self.allow_watch_bookmarks.then_some(true));
        put(&mut query, "resourceVersion", self.resource_version.as_ref());
        put(&mut query, "resourceVersionMatch", self.resource_version_match);
        put(&mut query, "timeoutSeconds", self.timeout_seconds);
        put(&mut query, "limit", self.limit);
        put(&mut query, "continue", self.continue_token.as_ref());
        put(&mut query, "sendInitialEvents", self.send_initial_events);
        query
    }

    /// Reads the options from decoded query parameters; others are left alone.
    ///
    /// # Errors
    ///
    /// A number, a truth value or a word that cannot be read.
    pub fn from_query(query: &[(String, String)]) -> Result<Self, OptionError> {
        Ok(Self {
            label_selector: text(query, "labelSelector").map(str::to_owned),
            field_selector: text(query, "fieldSelector").map(str::to_owned),
            watch: truth(query, "watch")?.unwrap_or(false),
            allow_watch_bookmarks: truth(query, "allowWatchBookmarks")?.unwrap_or(false),
            resource_version: text(query, "resourceVersion").map(ResourceVersion::from),
            resource_version_match: text(query, "resourceVersionMatch").map(str::parse).transpose()?,
            timeout_seconds: number(query, "timeoutSeconds")?,
            limit: number(query, "limit")?,
            continue_token: text(query, "continue").map(str::to_owned),
            send_initial_events: truth(query, "sendInitialEvents")?,
        })
    }
}

impl CreateOptions {
    /// Writes the options as query parameters.
    pub fn query(&self) -> Vec<Parameter> {
        let mut query = Vec::new();
        put(&mut query, "dryRun", self.dry_run.then_some("All"));
        put(&mut query, "fieldManager", self.field_manager.as_ref());
        put(&mut query, "fieldValidation", self.field_validation);
        query
    }

    /// Reads the options from decoded query parameters; others are left alone.
    ///
    /// # Errors
    ///
    /// A word that cannot be read.
    pub fn from_query(query: &[(String, String)]) -> Result<Self, OptionError> {
        Ok(Self {
            dry_run: dry_run(query)?,
            field_manager: text(query, "fieldManager").map(str::to_owned),
            field_validation: text(query, "fieldValidation").map(str::parse).transpose()?,
        })
    }
}

impl ApplyOptions {
    /// Writes the options as query parameters.
    pub fn query(&self) -> Vec<Parameter> {
        let mut query = Vec::new();
        put(&mut query, "dryRun", self.dry_run.then_some("All"));
        put(&mut query, "fieldManager", Some(&self.field_manager));
        put(&mut query, "fieldValidation", self.field_validation);
        put(&mut query, "force", self.force.then_some(true));
        query
    }

    /// Reads the options from decoded query parameters; others are left alone.
    ///
    /// # Errors
    ///
    /// A truth value or a word that cannot be read.
    pub fn from_query(query: &[(String, String)]) -> Result<Self, OptionError> {
        Ok(Self {
            dry_run: dry_run(query)?,
            field_manager: text(query, "fieldManager").unwrap_or_default().to_owned(),
            field_validation: text(query, "fieldValidation").map(str::parse).transpose()?,
            force: truth(query, "force")?.unwrap_or(false),
        })
    }
}

impl DeleteOptions {
    /// Writes the options as the body of a request; the server reads preconditions from there only.
    pub fn body(&self) -> Vec<u8> {
        let document = DeleteDocument {
            kind: Some("DeleteOptions".into()),
            api_version: Some("v1".into()),
            dry_run: if self.dry_run { vec!["All".into()] } else { Vec::new() },
            grace_period_seconds: self.grace_period_seconds,
            preconditions: Some(self.preconditions.clone()).filter(|asked| *asked != Preconditions::default()),
            propagation_policy: self.propagation_policy.map(|policy| policy.as_str().into()),
        };
        // Strings and numbers are always JSON.
        serde_json::to_vec(&document).unwrap_or_default()
    }

    /// Reads the options from the body of a request, or from decoded query parameters where there is no body.
    ///
    /// # Errors
    ///
    /// A body that is no `DeleteOptions`, or a parameter that cannot be read.
    pub fn from_request(body: &[u8], query: &[(String, String)]) -> Result<Self, DeleteOptionsError> {
        if body.is_empty() {
            return Ok(Self {
                dry_run: dry_run(query)?,
                grace_period_seconds: number(query, "gracePeriodSeconds")?,
                preconditions: Preconditions::default(),
                propagation_policy: text(query, "propagationPolicy").map(str::parse).transpose()?,
            });
        }
        let document: DeleteDocument = serde_json::from_slice(body)?;
        if let Some(kind) = document.kind.as_deref().filter(|kind| *kind != "DeleteOptions") {
            return Err(DeleteOptionsError(DeleteProblem::Body(format!("expected DeleteOptions, found {kind}"))));
        }
        if let Some(word) = document.dry_run.iter().find(|word| **word != "All") {
            return Err(not_a_dry_run(word).into());
        }
        Ok(Self {
            dry_run: !document.dry_run.is_empty(),
            grace_period_seconds: document.grace_period_seconds,
            preconditions: document.preconditions.unwrap_or_default(),
            propagation_policy: document.propagation_policy.as_deref().map(str::parse).transpose()?,
        })
    }
}

/// Options of a delete that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteOptionsError(DeleteProblem);

#[derive(Clone, Debug, PartialEq, Eq)]
enum DeleteProblem {
    Body(String),
    Option(OptionError),
}

impl DeleteOptionsError {
    /// Returns the option that cannot be read, if it is a single one.
    pub fn option(&self) -> Option<&OptionError> {
        match &self.0 {
            DeleteProblem::Body(_) => None,
            DeleteProblem::Option(error) => Some(error),
        }
    }
}

impl fmt::Display for DeleteOptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            DeleteProblem::Body(problem) => f.write_str(problem),
            DeleteProblem::Option(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for DeleteOptionsError {}

impl From<OptionError> for DeleteOptionsError {
    fn from(error: OptionError) -> Self {
        Self(DeleteProblem::Option(error))
    }
}

impl From<serde_json::Error> for DeleteOptionsError {
    fn from(error: serde_json::Error) -> Self {
        Self(DeleteProblem::Body(error.to_string()))
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct DeleteDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_version: Option<Str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grace_period_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preconditions: Option<Preconditions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    propagation_policy: Option<Str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dry_run: Vec<Str>,
}

fn put(query: &mut Vec<Parameter>, name: &'static str, value: Option<impl fmt::Display>) {
    query.extend(value.map(|value| (name, value.to_string())));
}

fn text<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

fn number<T: FromStr>(query: &[(String, String)], name: &'static str) -> Result<Option<T>, OptionError> {
    let Some(value) = text(query, name) else { return Ok(None) };
    value.parse().map(Some).map_err(|_| OptionError { name, value: value.into(), expected: "a whole number in range" })
}

/// Reads a truth value as Go's `strconv.ParseBool` does, which decodes the server's parameters.
fn truth(query: &[(String, String)], name: &'static str) -> Result<Option<bool>, OptionError> {
    match query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()) {
        None => Ok(None),
        Some("1" | "t" | "T" | "true" | "TRUE" | "True" | "") => Ok(Some(true)),
        Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(Some(false)),
        Some(other) => Err(OptionError { name, value: other.into(), expected: "true or false" }),
    }
}

fn dry_run(query: &[(String, String)]) -> Result<bool, OptionError> {
    match text(query, "dryRun") {
        None => Ok(false),
        Some("All") => Ok(true),
        Some(other) => Err(not_a_dry_run(other)),
    }
}

fn not_a_dry_run(word: &str) -> OptionError {
    OptionError { name: "dryRun", value: word.into(), expected: "All" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(query: Vec<Parameter>) -> Vec<(String, String)> {
        query.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    #[test]
    fn every_option_of_a_list_survives_the_query() {
        let options = ListOptions {
            label_selector: Some("app=web".into()),
            field_selector: Some("metadata.name=a".into()),
            watch: true,
            allow_watch_bookmarks: true,
            resource_version: Some("7".into()),
            resource_version_match: Some(ResourceVersionMatch::NotOlderThan),
            timeout_seconds: Some(30),
            limit: Some(500),
            continue_token: Some("abc".into()),
            send_initial_events: Some(false),
        };
        assert_eq!(options.query().len(), 10);
        assert_eq!(ListOptions::from_query(&decoded(options.query())), Ok(options));
        assert!(ListOptions::default().query().is_empty());
    }

    #[test]
    fn options_of_writes_survive_the_query() {
        let create = CreateOptions {
            dry_run: true,
            field_manager: Some("me".into()),
            field_validation: Some(FieldValidation::Strict),
        };
        assert_eq!(CreateOptions::from_query(&decoded(create.query())), Ok(create));
        let apply = ApplyOptions { dry_run: false, field_manager: "me".into(), field_validation: None, force: true };
        assert_eq!(ApplyOptions::from_query(&decoded(apply.query())), Ok(apply));
    }

    #[test]
    fn options_of_a_delete_survive_the_body() {
        let options = DeleteOptions {
            dry_run: true,
            grace_period_seconds: Some(0),
            preconditions: Preconditions { uid: Some("u".into()), resource_version: Some("7".into()) },
            propagation_policy: Some(PropagationPolicy::Foreground),
        };
        assert_eq!(DeleteOptions::from_request(&options.body(), &[]), Ok(options));
        let from_query = DeleteOptions::from_request(b"", &[("gracePeriodSeconds".into(), "5".into())]);
        assert_eq!(from_query.unwrap().grace_period_seconds, Some(5));
    }

    #[test]
    fn an_unreadable_parameter_is_named_with_what_it_must_be() {
        let query = [("limit".to_owned(), "many".to_owned())];
        let error = ListOptions::from_query(&query).unwrap_err();
        assert_eq!(error.to_string(), r#"limit is "many"; it must be a whole number in range"#);
    }
}
