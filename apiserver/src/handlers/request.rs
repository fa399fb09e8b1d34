//! A request about a resource, with its parts read.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use kubist_model::options::OptionError;
use kubist_model::{CreateOptions, FieldValidation, ListOptions, ResourceVersionMatch, Status, StatusCause};
use serde_json::Value;

use super::present::{Encoding, Presented, negotiate};
use crate::error::ApiError;
use crate::registry::{Origin, ResourceDef, Verb, Write};
use crate::shared::Shared;
use crate::tree;

/// What is asked, of which resource, with what.
pub(super) struct Ask {
    pub(super) shared: Arc<Shared>,
    pub(super) row: Arc<ResourceDef>,
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) subresource: String,
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) presented: Presented,
    pub(super) encoding: Encoding,
}

impl Ask {
    pub(super) fn new(
        shared: &Arc<Shared>,
        row: Arc<ResourceDef>,
        namespace: String,
        name: String,
        subresource: String,
        parts: http::request::Parts,
        body: Bytes,
    ) -> Result<Ask, ApiError> {
        let (presented, encoding) = negotiate(&parts.headers)?;
        let query = parameters(parts.uri.query().unwrap_or_default());
        let (shared, method, headers) = (Arc::clone(shared), parts.method, parts.headers);
        Ok(Ask { shared, row, namespace, name, subresource, method, headers, query, body, presented, encoding })
    }

    /// The `apiVersion` of the resource.
    pub(super) fn api_version(&self) -> String {
        self.row.info.api_version().into_owned()
    }

    /// Where the object is stored.
    pub(super) fn path(&self) -> String {
        self.path_of(&self.name)
    }

    pub(super) fn path_of(&self, name: &str) -> String {
        if self.row.is_namespaced() { format!("{}/{name}", self.namespace) } else { name.to_owned() }
    }

    /// The same request about one object of the collection.
    pub(super) fn about(&self, namespace: &str, name: &str) -> Ask {
        let (shared, row) = (Arc::clone(&self.shared), Arc::clone(&self.row));
        Ask {
            shared,
            row,
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            subresource: String::new(),
            method: self.method.clone(),
            headers: self.headers.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            presented: self.presented,
            encoding: self.encoding,
        }
    }

    /// What a behaviour may know.
    pub(super) fn write(&self) -> Write<'_> {
        Write { shared: &self.shared, subresource: &self.subresource }
    }

    pub(super) fn require(&self, verb: Verb) -> Result<(), ApiError> {
        if self.row.allows(verb) { Ok(()) } else { Err(Self::not_allowed()) }
    }

    /// 405, as the router of the real server words it: it knows no such method at the path.
    pub(super) fn not_allowed() -> ApiError {
        Status::failure(
            kubist_model::Reason::MethodNotAllowed,
            "the server does not allow this method on the requested resource",
        )
        .with_details(kubist_model::StatusDetails::default())
        .into()
    }

    pub(super) fn not_found(&self) -> ApiError {
        let info = &self.row.info;
        Status::not_found(&info.plural, &info.group, &self.name).into()
    }

    pub(super) fn modified(&self) -> ApiError {
        let info = &self.row.info;
        Status::modified(&info.plural, &info.group, &self.name).into()
    }

    pub(super) fn invalid(&self, name: &str, causes: Vec<StatusCause>) -> ApiError {
        let info = &self.row.info;
        Status::invalid(&info.kind, &info.group, name, causes).into()
    }

    /// Reads the options of a list or a watch and refuses those that do not go together.
    ///
    /// Source: `ValidateListOptions` in k8s.io/apimachinery `pkg/apis/internalversion/validation`.
    pub(super) fn list_options(&self, watch: bool) -> Result<ListOptions, ApiError> {
        let mut options =
            ListOptions::from_query(&self.query).map_err(|error| Self::unreadable("ListOptions", &error))?;
        options.watch |= watch;
        let has_version = options.resource_version.is_some();
        let mut causes = Vec::new();
        let mut forbid = |field: &str, why: &str| {
            causes.push(cause("FieldValueForbidden", field, format!("Forbidden: {why}")));
        };
        if options.watch {
            match (options.send_initial_events, options.resource_version_match) {
                (Some(_), Some(ResourceVersionMatch::NotOlderThan)) | (None, None) => {}
                (Some(_), _) => forbid(
                    "resourceVersionMatch",
                    "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
                ),
                (None, Some(_)) => forbid(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
                ),
            }
        } else {
            if options.send_initial_events.is_some() {
                forbid("sendInitialEvents", "sendInitialEvents is forbidden for list");
            }
            if let Some(matching) = options.resource_version_match {
                if !has_version {
                    forbid(
                        "resourceVersionMatch",
                        "resourceVersionMatch is forbidden unless resourceVersion is provided",
                    );
                }
                if options.continue_token.is_some() {
                    forbid("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
                }
                if matching == ResourceVersionMatch::Exact
                    && options.resource_version.as_ref().is_some_and(|v| *v == "0")
                {
                    forbid(
                        "resourceVersionMatch",
                        "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
                    );
                }
            }
        }
        if causes.is_empty() {
            Ok(options)
        } else {
            Err(Status::invalid("ListOptions", "meta.k8s.io", "", causes).into())
        }
    }

    /// Reads the options of a write.
    pub(super) fn write_options(&self, kind: &str) -> Result<CreateOptions, ApiError> {
        let options = CreateOptions::from_query(&self.query).map_err(|error| Self::unreadable(kind, &error))?;
        if let Some(manager) = options.field_manager.as_deref().filter(|manager| manager.chars().count() > 128) {
            let message = "Too long: may not be more than 128 bytes".to_owned();
            let causes = vec![cause("FieldValueTooLong", "fieldManager", message)];
            debug_assert!(manager.len() >= 128, "characters are at least as many as bytes");
            return Err(Status::invalid(kind, "meta.k8s.io", "", causes).into());
        }
        Ok(options)
    }

    /// 422 for a word outside of its set, 400 for what is no number.
    pub(super) fn unreadable(kind: &str, error: &OptionError) -> ApiError {
        let (name, value) = (error.name(), error.value());
        let supported: &[&str] = match name {
            "dryRun" => &["All"],
            "fieldValidation" => &["", "Ignore", "Strict", "Warn"],
            "propagationPolicy" => &["Foreground", "Background", "Orphan", "nil"],
            "resourceVersionMatch" => &["Exact", "NotOlderThan"],
            _ => return Status::bad_request(error.to_string()).into(),
        };
        // The real server shows the whole list of dry runs.
        let value = if name == "dryRun" { format!("[{value:?}]") } else { format!("{value:?}") };
        let quoted: Vec<String> = supported.iter().map(|word| format!("{word:?}")).collect();
        let message = format!("Unsupported value: {value}: supported values: {}", quoted.join(", "));
        Status::invalid(kind, "meta.k8s.io", "", vec![cause("FieldValueNotSupported", name, message)]).into()
    }

    /// Reads the body as an object and checks that it is of this kind.
    pub(super) fn object(&self) -> Result<Value, ApiError> {
        let mut object = self.tree()?;
        self.check_type(&mut object)?;
        Ok(object)
    }

    /// Reads the body as a tree of JSON, from JSON or YAML.
    pub(super) fn tree(&self) -> Result<Value, ApiError> {
        let kind = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("application/json");
        let bad = |error: &dyn std::fmt::Display| {
            Status::bad_request(format!(
                "the object provided is unrecognized (must be of type {}): couldn't get version/kind; json parse error: {error}",
                self.row.info.kind
            ))
        };
        match kind.split(';').next().unwrap_or_default().trim() {
            "application/json" | "" => serde_json::from_slice(&self.body).map_err(|error| bad(&error).into()),
            "application/yaml" | "application/apply-patch+yaml" => {
                serde_norway::from_slice(&self.body).map_err(|error| bad(&error).into())
            }
            _ => Err(Status::unsupported_media_type(&["application/json", "application/yaml"]).into()),
        }
    }

    /// Checks `apiVersion` and `kind`; a built-in kind may leave them out, and gets them.
    pub(super) fn check_type(&self, object: &mut Value) -> Result<(), ApiError> {
        if !object.is_object() {
            let message = format!("the object provided is unrecognized (must be of type {})", self.row.info.kind);
            return Err(Status::bad_request(message).into());
        }
        let (api_version, kind) = (self.api_version(), self.row.info.kind.to_string());
        let (found_version, found_kind) = (tree::text(object, &["apiVersion"]), tree::text(object, &["kind"]));
        if self.row.origin == Origin::Custom {
            for (field, found) in [("Kind", found_kind), ("apiVersion", found_version)] {
                if found.is_empty() {
                    let text = String::from_utf8_lossy(&self.body);
                    return Err(Status::bad_request(format!("Object '{field}' is missing in '{text}'")).into());
                }
            }
        }
        let versions_differ = !found_version.is_empty() && found_version != api_version;
        let kinds_differ = !found_kind.is_empty() && found_kind != kind;
        if kinds_differ {
            let version = found_version.rsplit('/').next().unwrap_or_default();
            let message = format!(
                "{found_kind} in version {version:?} cannot be handled as a {kind}: converting ({version}.{found_kind}) to (core.{kind}): unknown conversion"
            );
            return Err(Status::bad_request(message).into());
        }
        if versions_differ {
            let message = format!(
                "the API version in the data ({found_version}) does not match the expected API version ({api_version})"
            );
            return Err(Status::bad_request(message).into());
        }
        tree::set(object, &["apiVersion"], Some(api_version.into()));
        tree::set(object, &["kind"], Some(kind.into()));
        Ok(())
    }

    /// Prunes, defaults and checks an object by its schema.
    pub(super) fn decode(
        &self,
        object: &mut Value,
        validation: Option<FieldValidation>,
        warnings: &mut Vec<String>,
    ) -> Result<(), ApiError> {
        if self.row.origin == Origin::BuiltIn {
            tree::drop_nulls(object);
        }
        let Some(behaviour) = &self.row.behaviour else { return Ok(()) };
        let unknown: Vec<String> =
            behaviour.decode(object, warnings).iter().map(|path| format!("unknown field \"{path}\"")).collect();
        match validation.unwrap_or(FieldValidation::Warn) {
            FieldValidation::Strict if !unknown.is_empty() => Err(self.strict_error(object, &unknown)),
            FieldValidation::Warn => {
                warnings.extend(unknown);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A patch is told of unknown fields otherwise than a whole object.
    fn strict_error(&self, object: &Value, unknown: &[String]) -> ApiError {
        let problem = format!("strict decoding error: {}", unknown.join(", "));
        if self.method == Method::PATCH {
            let message = format!("Invalid value: {:?}: {problem}", object.to_string());
            return Status::invalid("", "", "", vec![cause("FieldValueInvalid", "patch", message)]).into();
        }
        let (kind, version) = (&self.row.info.kind, &self.row.info.version);
        Status::bad_request(format!("{kind} in version {version:?} cannot be handled as a {kind}: {problem}")).into()
    }
}

/// Makes one cause of a 422.
pub(crate) fn cause(reason: &str, field: &str, message: String) -> StatusCause {
    StatusCause { reason: reason.into(), field: field.into(), message: message.into() }
}

/// The decoded parameters of a query.
fn parameters(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
