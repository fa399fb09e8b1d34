//! Mistakes that must not compile, each with the message that says what to write instead; programs that must compile.
//!
//! One mistake a file, and one message a mistake. After a change of the words run
//! `TRYBUILD=overwrite cargo test -p kubist-tests --test ui`, and read what changed as prose.

#[test]
fn mistakes_are_told_on_their_token_with_the_fix_and_programs_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    let topics = [
        "attribute",
        "conversion",
        "names",
        "parts",
        "part",
        "path",
        "rules",
        "shape",
        "serde",
        "scope",
        "verbs",
        "views",
    ];
    for topic in topics {
        cases.compile_fail(format!("ui/{topic}/*.rs"));
    }
}
