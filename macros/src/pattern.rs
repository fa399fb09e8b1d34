//! Patterns that a server cannot read: it reads them as Go does.

use kubist_regexp::Error;

/// What is wrong with a pattern, said of the source; nothing if it is one.
pub(crate) fn mistake(pattern: &str) -> Option<String> {
    kubist_regexp::check(pattern).err().map(|error| of(&error))
}

fn of(error: &Error) -> String {
    told(&format!("{}: `{}`", error.what(), error.part()))
}

/// Puts what to write instead behind Go's words.
pub(crate) fn told(words: &str) -> String {
    let part = words.split_once(": `").map_or("", |(_, part)| part.trim_end_matches('`'));
    let looks = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|start| part.starts_with(start));
    let mut escape = part.strip_prefix('\\').unwrap_or_default().chars();
    let hint = match escape.next() {
        _ if looks => "; it does not look ahead or behind: write a rule, such as `rule(\"!self.startsWith('kube-')\")`",
        Some('1'..='9') => "; it does not refer back to groups",
        Some('u') => "; write `\\x{41}`",
        Some('h') => "; write `[\\t ]`",
        Some('Z') => "; write `\\z`",
        Some('p' | 'P') => "; it knows the names of categories and scripts, such as `\\p{L}` and `\\p{Greek}`",
        _ => "",
    };
    format!("servers read patterns as Go does, and this one it cannot read: {words}{hint}")
}
