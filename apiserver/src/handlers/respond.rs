//! Answers as HTTP.

use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WARNING};
use serde_json::Value;

use super::Answer;
use super::present::Encoding;
use super::request::Ask;
use crate::body::Body;
use crate::error::ApiError;
use crate::watch::WatchStream;

/// A page of text.
pub(super) fn text(code: u16, text: &'static str) -> Answer {
    build(code, "text/plain; charset=utf-8", text.as_bytes().to_vec().into())
}

/// A document in JSON.
pub(super) fn json(code: u16, value: &Value) -> Answer {
    build(code, "application/json", bytes(value))
}

/// A document with a content type of its own.
pub(super) fn typed(kind: &str, value: &Value) -> Answer {
    build(200, kind, bytes(value))
}

/// An object or a list, in the form that the client asked for.
pub(super) fn value(ask: &Ask, code: u16, value: &Value, warnings: &[String]) -> Answer {
    let mut answer = match ask.encoding {
        Encoding::Json => json(code, value),
        Encoding::Yaml => {
            let text = serde_norway::to_string(value).expect("a tree of JSON is YAML");
            build(code, "application/yaml", text.into_bytes().into())
        }
    };
    for warning in warnings {
        let text = warning.replace('\\', "\\\\").replace('"', "\\\"");
        if let Ok(header) = HeaderValue::from_str(&format!("299 - \"{text}\"")) {
            answer.headers_mut().append(WARNING, header);
        }
    }
    answer
}

/// One object.
pub(super) fn object(ask: &Ask, code: u16, object: &Value, warnings: &[String]) -> Answer {
    value(ask, code, &ask.presented.object(&ask.row, object), warnings)
}

/// The events of a watch.
pub(super) fn watch(stream: WatchStream) -> Answer {
    build(200, "application/json", Body::watch(stream))
}

/// An error.
pub(super) fn refusal(error: &ApiError) -> Answer {
    let code = error.code();
    let value = serde_json::to_value(&*error.0).expect("a Status is JSON");
    let mut answer = json(code, &value);
    if let Some(wait) = error.0.retry_after() {
        answer.headers_mut().insert(RETRY_AFTER, wait.as_secs().into());
    }
    answer
}

fn bytes(value: &Value) -> Body {
    let mut bytes = serde_json::to_vec(value).expect("a tree of JSON is JSON");
    bytes.push(b'\n');
    bytes.into()
}

fn build(code: u16, kind: &str, body: Body) -> Answer {
    let mut answer = http::Response::new(body);
    *answer.status_mut() = http::StatusCode::from_u16(code).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(kind) = HeaderValue::from_str(kind) {
        answer.headers_mut().insert(CONTENT_TYPE, kind);
    }
    answer
}
