use proptest::prelude::*;

use super::*;

type Check = fn(&str) -> Result<(), NameError>;

fn holds(check: Check, good: &[&str], bad: &[&str]) {
    for value in good {
        assert_eq!(check(value), Ok(()), "{value:?}");
    }
    for value in bad {
        assert!(check(value).is_err(), "{value:?} passed");
    }
}

#[test]
fn dns_labels_are_those_of_apimachinery() {
    let (longest, longer) = ("a".repeat(63), "a".repeat(64));
    let good = ["a", "ab", "a1", "a-1", "a--1--2--b", "0", "01", "1a", "1-2", &longest];
    let bad = ["", "A", "aBc", "-", "a-", "-a", "1-", "_", "a_b", ".", "a.b", "a b", " a", "a ", "ä", "a$b", &longer];
    holds(dns1123_label, &good, &bad);
    holds(dns1035_label, &["a", "ab", "a1", "a-1", "a--1--2--b", &longest], &bad);
    holds(dns1035_label, &[], &["0", "01", "1a", "1-2"]);
}

#[test]
fn dns_subdomains_are_those_of_apimachinery() {
    let (longest, longer) = ("a".repeat(253), "a".repeat(254));
    let good = ["a", "0", "a-1.b", "a.b.c", "1.2.3.4", "a--1--2--b", "0.1-2.a", &longest];
    let bad =
        ["", "A", "-", "a-", "-a", "_", "a_b", ".", "a.", ".a", "a..b", "a.-b", "a-.b", "a.B", "a b", "a$b", &longer];
    holds(dns1123_subdomain, &good, &bad);
}

#[test]
fn qualified_names_have_one_prefix_at_most() {
    let long_name = format!("example.com/{}", "a".repeat(63));
    let too_long = "a".repeat(64);
    let long_prefix = format!("{}/a", "a".repeat(254));
    holds(
        qualified_name,
        &["simple", "now-with-dashes", "1-starts-with-num", "1234", "simple/simple", "e.com/A_b.c", "A", &long_name],
        &[
            "",
            "/",
            "a/",
            "/a",
            "a/b/c",
            "nospecialchars%^=@",
            "-a",
            "a-",
            "_a",
            "A.b/c",
            "a_b/c",
            &too_long,
            &long_prefix,
        ],
    );
}

#[test]
fn label_values_may_be_empty() {
    let too_long = "a".repeat(64);
    holds(label_value, &["", "simple", "A_b.c-1", "0"], &["-a", "a-", "a/b", "a b", ".", "a=b", &too_long]);
}

#[test]
fn path_segments_leave_no_folder() {
    holds(path_segment, &["", "a", "...", "system:node:x", "Ä b"], &[".", "..", "a/b", "a%b", "/"]);
}

#[test]
fn kinds_and_groups_are_those_that_a_definition_may_have() {
    holds(kind, &["Website", "website", "V1", "My-Kind"], &["", "1Website", "Web_Site", "Web.Site", "Website-"]);
    holds(api_group, &["example.com", "a.b", "1.2"], &["", "example", "Example.com", "a..b", "example.com/v1"]);
}

#[test]
fn errors_name_value_grammar_and_flaw() {
    let line = |error: Result<(), NameError>| error.unwrap_err().to_string();
    assert_eq!(line(dns1123_label("web.0")), r#""web.0" is not a DNS label: it may not contain dots"#);
    assert_eq!(line(dns1123_label("")), r#""" is not a DNS label: it is empty"#);
    assert_eq!(
        line(dns1035_label("1a")),
        r#""1a" is not a DNS label that starts with a letter: it may not start with '1'"#
    );
    assert_eq!(line(kind("Web_Site")), r#""Web_Site" is not a kind: '_' is not one of A-Z, a-z, 0-9, '-'"#);
    assert_eq!(
        line(api_group("shop")),
        r#""shop" is not an API group: it needs a domain with at least one dot, such as "example.com""#
    );
    assert_eq!(
        line(dns1123_subdomain("a.-b")),
        r#""a.-b" is not a DNS subdomain: each part between dots must start and end with a letter or digit"#
    );
    assert_eq!(line(qualified_name("a/b/c")), r#""a/b/c" is not a qualified name: it may have one '/' at most"#);
    assert_eq!(
        line(qualified_name("e.com/-a")),
        r#""e.com/-a" is not a qualified name: after the '/', it may not start with '-'"#
    );
    assert_eq!(line(qualified_name("e.com/")), r#""e.com/" is not a qualified name: after the '/', it is empty"#);
    assert_eq!(line(path_segment("..")), r#"".." is not a path segment: it means a folder in a path"#);
}

#[test]
fn suggestions_are_valid_names_near_to_what_was_written() {
    let suggestion = |error: Result<(), NameError>| error.unwrap_err().suggestion();
    assert_eq!(suggestion(dns1035_label("My_Site")).as_deref(), Some("my-site"));
    assert_eq!(suggestion(dns1035_label("1site")).as_deref(), Some("site"));
    assert_eq!(suggestion(dns1123_subdomain("Shop..Example.com.")).as_deref(), Some("shop.example.com"));
    assert_eq!(suggestion(kind("Web_Site")).as_deref(), Some("WebSite"));
    assert_eq!(suggestion(qualified_name("Example.com/-x y")).as_deref(), Some("example.com/x-y"));
    assert_eq!(suggestion(label_value("a/b ")).as_deref(), Some("a-b"));
    assert_eq!(suggestion(dns1123_label(&"a".repeat(70))), Some("a".repeat(63)));
    assert_eq!(suggestion(dns1123_label("")), None);
    assert_eq!(suggestion(dns1123_label("__")), None);
    assert_eq!(suggestion(api_group("shop")), None);
}

#[test]
fn the_server_says_the_same_in_its_own_words() {
    let says = |error: Result<(), NameError>| error.unwrap_err().server_messages();
    assert_eq!(
        says(dns1123_subdomain("A")),
        [
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
        ]
    );
    assert_eq!(
        says(label_value(&"-".repeat(64))),
        [
            "must be no more than 63 bytes",
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
        ]
    );
    assert_eq!(says(dns1123_label("a.b")), ["must not contain dots"]);
    assert_eq!(says(path_segment("a/b%")), ["may not contain '/'", "may not contain '%'"]);
    assert_eq!(says(path_segment("..")), ["may not be '..'"]);
    assert_eq!(
        says(qualified_name("/")),
        [
            "prefix part must be non-empty",
            "name part must be non-empty",
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
        ]
    );
}

proptest! {
    #[test]
    fn no_value_makes_a_check_panic_and_every_suggestion_is_valid(value in "\\PC{0,70}") {
        let checks: [Check; 8] = [
            dns1123_label, dns1123_subdomain, dns1035_label, qualified_name, label_value, path_segment, kind, api_group,
        ];
        for check in checks {
            if let Err(error) = check(&value) {
                prop_assert!(!error.to_string().is_empty());
                prop_assert!(!error.server_messages().is_empty());
                if let Some(better) = error.suggestion() {
                    prop_assert_eq!(check(&better), Ok(()));
                }
            }
        }
    }

    #[test]
    fn what_a_subdomain_is_made_of_are_labels(value in "[a-z0-9-]{1,8}(\\.[a-z0-9-]{1,8}){0,3}") {
        let labels = value.split('.').all(|part| dns1123_label(part).is_ok());
        prop_assert_eq!(dns1123_subdomain(&value).is_ok(), labels);
    }
}
