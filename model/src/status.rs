//! The answer of an API server that is not an object: success without one, or what went wrong.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use crate::meta::ListMeta;
use crate::object::WholeObject;
use crate::proto::read_status;
use crate::str::Str;
use crate::wire::{DecodeError, EncodeError, Format, Wire};

/// What the server says of a request: `meta/v1 Status`.
///
/// The constructors use the server's own words and shapes.
/// Source: `pkg/api/errors/errors.go` in k8s.io/apimachinery v0.37.2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct Status {
    /// Metadata of a list, with a token to go on with where there is one.
    pub metadata: ListMeta,
    /// `Success` or `Failure`.
    pub status: Str,
    /// What happened, for people.
    pub message: Str,
    /// Why, for programs; [`Reason::Unknown`] where the server gave none.
    pub reason: Reason,
    /// More about it.
    pub details: Option<Box<StatusDetails>>,
    /// The HTTP status code; 0 if unset.
    pub code: u16,
}

/// What a [`Status`] is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct StatusDetails {
    /// The name of the object; empty if there is none.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: Str,
    /// The group of the kind; empty for the core group.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub group: Str,
    /// The resource, such as `pods`; for [`Reason::Invalid`] the kind.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub kind: Str,
    /// The uid of the object; empty if it is not known.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub uid: Str,
    /// Each single thing that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "null_is_empty")]
    pub causes: Vec<StatusCause>,
    /// Seconds to wait before trying again; 0 means that the server did not say.
    #[serde(skip_serializing_if = "is_zero")]
    pub retry_after_seconds: u32,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct StatusCause {
    /// Why, for programs, such as `FieldValueInvalid`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub reason: Str,
    /// What, for people.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub message: Str,
    /// Where, such as `spec.replicas`; empty if it concerns no field.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub field: Str,
}

/// The causes of an invalid object, in the words of `field.Error` in k8s.io/apimachinery.
impl StatusCause {
    /// Says that a field must be there, and why.
    pub fn required(field: &str, detail: &str) -> Self {
        Self::of("FieldValueRequired", field, "Required value", detail)
    }

    /// Says that a field must not be there, and why.
    pub fn forbidden(field: &str, detail: &str) -> Self {
        Self::of("FieldValueForbidden", field, "Forbidden", detail)
    }

    /// Says that a field must not have this value, and why.
    pub fn invalid(field: &str, value: &Value, detail: &str) -> Self {
        Self::of("FieldValueInvalid", field, &format!("Invalid value: {}", shown(value)), detail)
    }

    /// Says that a value is none of those that there are.
    pub fn not_supported(field: &str, value: &Value, supported: &[&str]) -> Self {
        let supported: Vec<String> = supported.iter().map(|value| format!("{value:?}")).collect();
        let detail = format!("supported values: {}", supported.join(", "));
        Self::of("FieldValueNotSupported", field, &format!("Unsupported value: {}", shown(value)), &detail)
    }

    /// Says that a value stands there twice.
    pub fn duplicate(field: &str, value: &Value) -> Self {
        Self::of("FieldValueDuplicate", field, &format!("Duplicate value: {}", shown(value)), "")
    }

    /// Says that a value is of another type than it must be.
    pub fn type_invalid(field: &str, value: &Value, detail: &str) -> Self {
        Self::of("FieldValueTypeInvalid", field, &format!("Invalid value: {}", shown(value)), detail)
    }

    /// Says that a text is longer than it may be.
    pub fn too_long(field: &str, most: usize) -> Self {
        Self::of(
            "FieldValueTooLong",
            field,
            "Too long",
            &format!("may not be more than {most} {}", counted(most, "byte")),
        )
    }

    /// Says that there are more items than there may be.
    pub fn too_many(field: &str, found: usize, most: usize) -> Self {
        let detail = format!("must have at most {most} {}", counted(most, "item"));
        Self::of("FieldValueTooMany", field, &format!("Too many: {found}"), &detail)
    }

    fn of(reason: &str, field: &str, what: &str, detail: &str) -> Self {
        let message = if detail.is_empty() { what.to_owned() } else { format!("{what}: {detail}") };
        Self { reason: reason.into(), message: message.into(), field: field.into() }
    }
}

/// A value as the server prints it: texts in quotes, everything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Number(number) if number.is_f64() => go_float(number.as_f64().unwrap_or_default()),
        other => other.to_string(),
    }
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { what.to_owned() } else { format!("{what}s") }
}

/// A number as `%v` of Go prints it.
pub(crate) fn go_float(value: f64) -> String {
    let shortest = format!("{value:e}");
    let Some((digits, exponent)) = shortest.split_once('e') else { return shortest };
    match exponent.parse::<i32>() {
        Ok(exponent) if value != 0.0 && !(-4..6).contains(&exponent) => {
            format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
        }
        _ => value.to_string(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &u32) -> bool {
    *value == 0
}

fn null_is_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StatusCause>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $code:literal;)*) => {
        /// Why a request failed, for programs to decide by.
        ///
        /// Open: a reason that is not listed here is kept as [`Reason::Other`].
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            /// The server gave no reason.
            #[default]
            Unknown,
            $($(#[$doc])* $name,)*
            /// A reason that this list does not know.
            Other(Str),
        }

        impl Reason {
            /// Returns the reason as it stands on the wire; empty if it is unknown.
            pub fn as_str(&self) -> &str {
                match self {
                    Self::Unknown => "",
                    $(Self::$name => $text,)*
                    Self::Other(text) => text,
                }
            }

            /// Returns the HTTP status code that goes with the reason; 500 where none is fixed.
            pub fn code(&self) -> u16 {
                match self {
                    $(Self::$name => $code,)*
                    Self::Unknown | Self::Other(_) => 500,
                }
            }
        }

        impl From<&str> for Reason {
            fn from(text: &str) -> Self {
                match text {
                    "" => Self::Unknown,
                    $($text => Self::$name,)*
                    other => Self::Other(other.into()),
                }
            }
        }

        #[cfg(test)]
        const REASONS: &[&str] = &[$($text),*];
    };
}

reasons! {
    /// The server does not know who asks.
    Unauthorized = "Unauthorized", 401;
    /// The server knows who asks and refuses.
    Forbidden = "Forbidden", 403;
    /// There is no such object, or no such resource.
    NotFound = "NotFound", 404;
    /// The object to create exists.
    AlreadyExists = "AlreadyExists", 409;
    /// The write and the stored object do not agree, mostly because of an old `resourceVersion`.
    Conflict = "Conflict", 409;
    /// The thing is no longer there and will not come back.
    Gone = "Gone", 410;
    /// The object is not valid; the causes say where.
    Invalid = "Invalid", 422;
    /// The server could not finish in time and says when to try again.
    ServerTimeout = "ServerTimeout", 500;
    /// The server could not read what it stores.
    StorageReadError = "StorageReadError", 500;
    /// The request took longer than the time it was given.
    Timeout = "Timeout", 504;
    /// The server asks to slow down.
    TooManyRequests = "TooManyRequests", 429;
    /// The request itself makes no sense.
    BadRequest = "BadRequest", 400;
    /// The resource does not support the verb.
    MethodNotAllowed = "MethodNotAllowed", 405;
    /// The server cannot answer in a format that the client accepts.
    NotAcceptable = "NotAcceptable", 406;
    /// The body is too large.
    RequestEntityTooLarge = "RequestEntityTooLarge", 413;
    /// The server does not read bodies of this format.
    UnsupportedMediaType = "UnsupportedMediaType", 415;
    /// Something went wrong inside the server.
    InternalError = "InternalError", 500;
    /// The version or continue token asked for is too old.
    Expired = "Expired", 410;
    /// The server, or the one behind it, is not able to answer now.
    ServiceUnavailable = "ServiceUnavailable", 503;
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Status {
    /// Makes a failure of a reason with the code that goes with it.
    pub fn failure(reason: Reason, message: impl Into<Str>) -> Self {
        Self {
            status: Str::literal("Failure"),
            code: reason.code(),
            message: message.into(),
            reason,
            ..Self::default()
        }
    }

    /// Makes a success.
    pub fn success() -> Self {
        Self { status: Str::literal("Success"), code: 200, ..Self::default() }
    }

    /// Tells whether this is a failure.
    pub fn is_failure(&self) -> bool {
        self.status == "Failure"
    }

    /// Returns how long the server asks to wait before trying again.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = self.details.as_ref()?.retry_after_seconds;
        (seconds > 0).then(|| Duration::from_secs(seconds.into()))
    }

    /// Returns each single thing that is wrong.
    pub fn causes(&self) -> &[StatusCause] {
        self.details.as_ref().map_or(&[], |details| &details.causes)
    }

    /// Adds details.
    #[must_use]
    pub fn with_details(mut self, details: StatusDetails) -> Self {
        self.details = Some(Box::new(details));
        self
    }

    /// 404: there is no object of this name.
    pub fn not_found(resource: &str, group: &str, name: &str) -> Self {
        let message = format!("{} {name:?} not found", qualified(resource, group));
        Self::failure(Reason::NotFound, message).about(resource, group, name)
    }

    /// 404: there is no such path.
    pub fn no_such_resource() -> Self {
        Self::failure(Reason::NotFound, "the server could not find the requested resource")
            .with_details(StatusDetails::default())
    }

    /// 409: an object of this name exists.
    pub fn already_exists(resource: &str, group: &str, name: &str) -> Self {
        let message = format!("{} {name:?} already exists", qualified(resource, group));
        Self::failure(Reason::AlreadyExists, message).about(resource, group, name)
    }

    /// 409: no free name was found for a `generateName`.
    pub fn generate_name_conflict(resource: &str, group: &str, name: &str) -> Self {
        let message = format!(
            "{} {name:?} already exists, the server was not able to generate a unique name for the object",
            qualified(resource, group)
        );
        let mut status = Self::failure(Reason::AlreadyExists, message).about(resource, group, name);
        status.set_retry_after_seconds(1);
        status
    }

    /// 409: the write and the stored object do not agree.
    pub fn conflict(resource: &str, group: &str, name: &str, why: &str) -> Self {
        let message = format!("Operation cannot be fulfilled on {} {name:?}: {why}", qualified(resource, group));
        Self::failure(Reason::Conflict, message).about(resource, group, name)
    }

    /// 409: the object changed since it was read.
    pub fn modified(resource: &str, group: &str, name: &str) -> Self {
        let why = "the object has been modified; please apply your changes to the latest version and try again";
        Self::conflict(resource, group, name, why)
    }

    /// 403: the server refuses.
    pub fn forbidden(resource: &str, group: &str, name: &str, why: &str) -> Self {
        let message = match (resource, name) {
            ("", _) => format!("forbidden: {why}"),
            (_, "") => format!("{} is forbidden: {why}", qualified(resource, group)),
            _ => format!("{} {name:?} is forbidden: {why}", qualified(resource, group)),
        };
        Self::failure(Reason::Forbidden, message).about(resource, group, name)
    }

    /// 422: the object is not valid. It names the kind, not the resource.
    pub fn invalid(kind: &str, group: &str, name: &str, causes: Vec<StatusCause>) -> Self {
        let mut said: Vec<String> = Vec::new();
        for cause in &causes {
            let line = match cause.field.as_str() {
                "" => cause.message.to_string(),
                field => format!("{field}: {}", cause.message),
            };
            if !said.contains(&line) {
                said.push(line);
            }
        }
        let kind_and_name = format!("{} {name:?} is invalid", qualified(kind, group));
        let message = match said.as_slice() {
            [] => kind_and_name,
            [one] => format!("{kind_and_name}: {one}"),
            several => format!("{kind_and_name}: [{}]", several.join(", ")),
        };
        let mut status = Self::failure(Reason::Invalid, message).about(kind, group, name);
        if let Some(details) = &mut status.details {
            details.causes = causes;
        }
        status
    }

    /// 400: the request makes no sense.
    pub fn bad_request(message: impl Into<Str>) -> Self {
        Self::failure(Reason::BadRequest, message)
    }

    /// 401: the server does not know who asks.
    pub fn unauthorized() -> Self {
        Self::failure(Reason::Unauthorized, "Unauthorized")
    }

    /// 405: the resource does not support the verb.
    pub fn method_not_allowed(resource: &str, group: &str, verb: &str) -> Self {
        let message = format!("{verb} is not supported on resources of kind \"{}\"", qualified(resource, group));
        Self::failure(Reason::MethodNotAllowed, message).about(resource, group, "")
    }

    /// 406: the server cannot answer in a format that the client accepts.
    pub fn not_acceptable(accepted: &[&str]) -> Self {
        let message = format!("only the following media types are accepted: {}", accepted.join(", "));
        Self::failure(Reason::NotAcceptable, message)
    }

    /// 415: the server does not read bodies of this format.
    pub fn unsupported_media_type(accepted: &[&str]) -> Self {
        let accepted = accepted.join(", ");
        let message =
            format!("the body of the request was in an unknown format - accepted media types include: {accepted}");
        Self::failure(Reason::UnsupportedMediaType, message)
    }

    /// 410: the version asked for is too old.
    pub fn expired(message: impl Into<Str>) -> Self {
        Self::failure(Reason::Expired, message)
    }

    /// 413: the body is too large.
    pub fn request_entity_too_large(why: &str) -> Self {
        Self::failure(Reason::RequestEntityTooLarge, format!("Request entity too large: {why}"))
    }

    /// 429: the server asks to slow down.
    pub fn too_many_requests(message: impl Into<Str>, retry_after_seconds: u32) -> Self {
        let details = StatusDetails { retry_after_seconds, ..StatusDetails::default() };
        Self::failure(Reason::TooManyRequests, message).with_details(details)
    }

    /// 500: something went wrong inside the server.
    pub fn internal(why: &str) -> Self {
        let cause = StatusCause { message: why.into(), ..StatusCause::default() };
        let details = StatusDetails { causes: vec![cause], ..StatusDetails::default() };
        Self::failure(Reason::InternalError, format!("Internal error occurred: {why}")).with_details(details)
    }

    /// 501: the server does not do this.
    pub fn not_implemented(message: impl Into<Str>) -> Self {
        Self { code: 501, ..Self::failure(Reason::Other(Str::literal("NotImplemented")), message) }
    }

    /// 503: the server is not able to answer now.
    pub fn service_unavailable(message: impl Into<Str>) -> Self {
        Self::failure(Reason::ServiceUnavailable, message)
    }

    /// 504: the request took too long.
    pub fn timeout(why: &str, retry_after_seconds: u32) -> Self {
        let details = StatusDetails { retry_after_seconds, ..StatusDetails::default() };
        Self::failure(Reason::Timeout, format!("Timeout: {why}")).with_details(details)
    }

    fn about(mut self, kind: &str, group: &str, name: &str) -> Self {
        let details = self.details.get_or_insert_default();
        details.kind = kind.into();
        details.group = group.into();
        details.name = name.into();
        self
    }

    fn set_retry_after_seconds(&mut self, seconds: u32) {
        self.details.get_or_insert_default().retry_after_seconds = seconds;
    }
}

fn qualified(resource: &str, group: &str) -> String {
    if group.is_empty() { resource.to_owned() } else { format!("{resource}.{group}") }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.message.as_str(), self.reason.as_str()) {
            ("", "") => write!(f, "{} {}", self.status, self.code),
            ("", reason) => f.write_str(reason),
            (message, _) => f.write_str(message),
        }
    }
}

impl std::error::Error for Status {}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Str::deserialize(deserializer).map(|text| text.as_str().into())
    }
}

/// The fields in the order in which the server writes them.
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Document<'a> {
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    api_version: std::borrow::Cow<'a, str>,
    metadata: ListMeta,
    #[serde(skip_serializing_if = "str::is_empty")]
    status: Str,
    #[serde(skip_serializing_if = "str::is_empty")]
    message: Str,
    #[serde(skip_serializing_if = "no_reason")]
    reason: Reason,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Box<StatusDetails>>,
    #[serde(skip_serializing_if = "no_code")]
    code: u16,
}

fn no_reason(reason: &Reason) -> bool {
    *reason == Reason::Unknown
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn no_code(code: &u16) -> bool {
    *code == 0
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { metadata, status, message, reason, details, code } = self.clone();
        let (kind, api_version) = ("Status".into(), "v1".into());
        Document { kind, api_version, metadata, status, message, reason, details, code }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = Document::deserialize(deserializer)?;
        let Document { kind, api_version, metadata, status, message, reason, details, code } = document;
        if kind != "Status" || api_version != "v1" {
            return Err(de::Error::custom(format_args!("expected v1 Status, found {api_version} {kind}")));
        }
        Ok(Self { metadata, status, message, reason, details, code })
    }
}

impl WholeObject for Status {}

impl Wire for Status {
    fn decode(bytes: &[u8], format: Format) -> Result<Self, DecodeError> {
        match format {
            Format::Json => Ok(serde_json::from_slice(bytes)?),
            Format::Protobuf => read_status(bytes),
        }
    }

    fn decode_item(bytes: &[u8], format: Format, _: (&str, &str)) -> Result<Self, DecodeError> {
        Self::decode(bytes, format)
    }

    fn encode(&self, _: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        Ok(serde_json::to_writer(out, self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_object_reads_as_the_server_prints_it() {
        let status = Status::not_found("websites", "shop.example.com", "home");
        let printed = serde_json::to_string(&status).unwrap();
        assert_eq!(
            printed,
            r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"websites.shop.example.com \"home\" not found","reason":"NotFound","details":{"name":"home","group":"shop.example.com","kind":"websites"},"code":404}"#
        );
        assert_eq!(serde_json::from_str::<Status>(&printed).unwrap(), status);
    }

    #[test]
    fn several_causes_are_listed_in_brackets_and_repeated_ones_once() {
        let cause = |field: &str| StatusCause {
            field: field.into(),
            message: "Required value".into(),
            reason: "FieldValueRequired".into(),
        };
        let one = Status::invalid("Pod", "", "web", vec![cause("spec.a")]);
        assert_eq!(one.message, r#"Pod "web" is invalid: spec.a: Required value"#);
        let two = Status::invalid("Pod", "", "web", vec![cause("spec.a"), cause("spec.b"), cause("spec.a")]);
        assert_eq!(two.message, r#"Pod "web" is invalid: [spec.a: Required value, spec.b: Required value]"#);
        assert_eq!(two.causes().len(), 3);
    }

    #[test]
    fn every_reason_survives_the_way_there_and_back() {
        for text in REASONS.iter().chain(&["", "SomethingNew"]) {
            assert_eq!(Reason::from(*text).as_str(), *text);
        }
    }

    #[test]
    fn another_kind_is_no_status() {
        let error = serde_json::from_str::<Status>(r#"{"kind":"Pod","apiVersion":"v1"}"#).unwrap_err();
        assert!(error.to_string().contains("expected v1 Status, found v1 Pod"), "{error}");
    }
}
