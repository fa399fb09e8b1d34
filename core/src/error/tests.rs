use super::*;

fn named(kind: Kind) -> Error {
    Error::new(kind).in_context(|| Context {
        verb: "get",
        resource: "pods".into(),
        name: Some("web-0".into()),
        namespace: Some("prod".into()),
        ..Context::default()
    })
}

fn refused(status: Status) -> Error {
    named(Kind::Status(Box::new(status)))
}

const CANNOT: &str = r#"User "jo" cannot get resource "pods" in API group "" in the namespace "prod""#;

#[test]
fn an_error_is_one_pointer_wide() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn the_line_names_operation_object_and_outcome_once() {
    assert_eq!(refused(Status::not_found("pods", "", "web-0")).to_string(), r#"get pods "web-0" in "prod": not found"#);
    assert_eq!(
        refused(Status::modified("pods", "", "web-0")).to_string(),
        r#"get pods "web-0" in "prod": the object has been modified; please apply your changes to the latest version and try again"#
    );
    let cause =
        StatusCause { field: "spec.x".into(), message: "Required value".into(), reason: "FieldValueRequired".into() };
    assert_eq!(
        refused(Status::invalid("Pod", "", "web-0", vec![cause])).to_string(),
        r#"get pods "web-0" in "prod": invalid: spec.x: Required value"#
    );
}

#[test]
fn a_page_of_a_proxy_is_told_from_an_answer() {
    let mut headers = http::HeaderMap::new();
    headers.insert("content-type", http::HeaderValue::from_static("text/html"));
    let body = b"<html><head><title>502 Bad Gateway</title></head></html>";
    let error = named(Kind::Unexpected(Unexpected::new(502, &headers, body, "the answer is not the API server's")));
    assert_eq!(
        error.to_string(),
        r#"get pods "web-0" in "prod": the answer is not the API server's (HTTP 502, text/html): 502 Bad Gateway"#
    );
    assert!(error.is_retryable() && error.is_unexpected_answer());
    assert!(error.hint().unwrap().contains("proxy"));
}

#[test]
fn a_refusal_says_which_role_would_allow_it() {
    let hint = refused(Status::forbidden("pods", "", "web-0", CANNOT)).hint().unwrap();
    assert_eq!(hint, r#"grant it with a role: apiGroups: [""], resources: ["pods"], verbs: ["get"]"#);
}

#[test]
fn the_role_of_an_apply_to_a_subresource_is_a_patch_of_it() {
    let error = Error::new(Kind::Status(Box::new(Status::forbidden("websites", "shop.example.com", "home", CANNOT))));
    let error = error.in_context(|| Context {
        verb: "apply",
        resource: "websites".into(),
        group: "shop.example.com".into(),
        subresource: Some("status".into()),
        ..Context::default()
    });
    assert_eq!(
        error.hint().unwrap(),
        r#"grant it with a role: apiGroups: ["shop.example.com"], resources: ["websites/status"], verbs: ["patch"]"#
    );
}

#[test]
fn a_namespace_that_is_going_is_no_question_of_roles() {
    let why = "unable to create new content in namespace prod because it is being terminated";
    assert_eq!(refused(Status::forbidden("pods", "", "web-0", why)).hint(), None);
}

#[test]
fn an_object_that_the_server_repeats_is_cut_out() {
    let message = r#" "s" is invalid: patch: Invalid value: "{\"data\":{\"key\":\"c2VjcmV0\"}}": strict decoding error: unknown field "x""#;
    let status = Status::failure(Reason::Invalid, message);
    let line = refused(status).to_string();
    assert_eq!(
        line,
        r#"get pods "web-0" in "prod": invalid: patch: Invalid value: {…}: strict decoding error: unknown field "x""#
    );
}

#[test]
fn a_patch_that_cannot_be_applied_is_explained() {
    let status = Status::failure(Reason::Invalid, "the server rejected our request due to an error in our request");
    let error = Error::status_error(status).in_context(|| Context { verb: "patch", ..Context::default() });
    assert!(error.hint().unwrap().contains("`test`"));
}

#[test]
fn only_what_may_pass_by_itself_is_retryable() {
    assert!(refused(Status::too_many_requests("slow down", 3)).is_retryable());
    assert_eq!(refused(Status::too_many_requests("slow down", 3)).retry_after(), Some(Duration::from_secs(3)));
    assert!(!refused(Status::modified("pods", "", "a")).is_retryable());
    assert!(!refused(Status::not_found("pods", "", "a")).is_retryable());
}
