//! Descriptions as comments.

/// How wide a comment may be.
const WIDTH: usize = 100;

/// Returns the lines of a comment, without what stands before each.
///
/// Long lines are broken between words. Lines that Markdown takes for code of Rust are fenced off as text, so that no test runs them.
pub(super) fn lines(text: &str, indent: usize) -> Vec<String> {
    let width = WIDTH - indent - 4;
    let mut out: Vec<String> = Vec::new();
    let mut fence = Fence::None;
    // What a line was too short for belongs before the next one.
    let mut rest = String::new();
    for line in text.trim().lines() {
        let line = line.replace(|c: char| c.is_control() && c != '\t', "").replace('\t', "    ");
        let trimmed = line.trim_end();
        let start = trimmed.trim_start();
        let depth = trimmed.len() - start.len();
        if fence == Fence::None && depth == 0 && marker(start) == 0 && !start.is_empty() && !starts_something(start) {
            rest = carry(&rest, start, width, &mut out);
            continue;
        }
        if !rest.is_empty() {
            out.push(std::mem::take(&mut rest));
        }
        if start.starts_with("```") {
            if fence == Fence::Ours {
                out.push("```".to_owned());
            }
            fence = if fence == Fence::Theirs { Fence::None } else { Fence::Theirs };
            let opens = fence == Fence::Theirs;
            out.push(if opens && start == "```" { "```text".to_owned() } else { start.to_owned() });
            continue;
        }
        if fence == Fence::Theirs {
            out.push(trimmed.to_owned());
            continue;
        }
        if depth >= 4 && fence == Fence::None && !is_in_list(&out) {
            out.push("```text".to_owned());
            fence = Fence::Ours;
        } else if fence == Fence::Ours && depth < 4 && !start.is_empty() {
            out.push("```".to_owned());
            fence = Fence::None;
        }
        if fence == Fence::Ours {
            out.push(trimmed.to_owned());
        } else {
            wrap(start, depth.min(3), width, &mut out);
        }
    }
    if !rest.is_empty() {
        out.push(rest);
    }
    if fence != Fence::None {
        out.push("```".to_owned());
    }
    // A comment that begins with a heading has a title, and that is not part of the description.
    if let Some(first) = out.first_mut().filter(|first| first.starts_with('#')) {
        first.insert(0, '\\');
    }
    out
}

/// Writes a line of plain text with what the last one left, and returns what it leaves to the next one.
fn carry(rest: &str, line: &str, width: usize, out: &mut Vec<String>) -> String {
    let mut pieces = Vec::new();
    let whole = if rest.is_empty() { line.to_owned() } else { format!("{rest} {line}") };
    wrap(&whole, 0, width, &mut pieces);
    let last = if pieces.len() > 1 { pieces.pop() } else { None };
    out.extend(pieces);
    last.unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fence {
    None,
    /// One that the text has.
    Theirs,
    /// One around what is indented.
    Ours,
}

/// What is indented below an item of a list belongs to it.
fn is_in_list(before: &[String]) -> bool {
    before.iter().rev().take_while(|line| !line.is_empty()).any(|line| marker(line.trim_start()) > 0)
}

/// Returns the width of what begins an item of a list, such as `- `.
fn marker(line: &str) -> usize {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &line[digits..];
    match digits {
        0 if ["- ", "* ", "+ "].iter().any(|mark| rest.starts_with(mark)) => 2,
        1..=2 if rest.starts_with(". ") || rest.starts_with(") ") => digits + 2,
        _ => 0,
    }
}

fn wrap(line: &str, depth: usize, width: usize, out: &mut Vec<String>) {
    let indent = " ".repeat(depth);
    let hanging = " ".repeat(depth + marker(line));
    let mut current = String::new();
    let mut first = true;
    for word in line.split_whitespace() {
        let lead = if first { &indent } else { &hanging };
        if !current.is_empty()
            && lead.len() + current.chars().count() + 1 + word.chars().count() > width
            && !starts_something(word)
        {
            out.push(format!("{lead}{current}"));
            current.clear();
            first = false;
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    let lead = if first { &indent } else { &hanging };
    out.push(if current.is_empty() { String::new() } else { format!("{lead}{current}") });
}

/// Tells whether a word would mean something else at the beginning of a line.
fn starts_something(word: &str) -> bool {
    matches!(word, "-" | "*" | "+" | "#" | ">" | "=" | "|")
        || word.starts_with(['#', '>', '=', '|', '`'])
        || marker(&format!("{word} ")) > 0
}

/// Returns the first sentence of a text.
pub(super) fn first_sentence(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let end = words
        .iter()
        .position(|word| word.ends_with('.') && !matches!(*word, "e.g." | "i.e." | "etc." | "vs."))
        .map_or(words.len(), |last| last + 1);
    words[..end].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_and_items_of_lists_hang() {
        let text = format!("- {}end", "word ".repeat(25));
        let lines = lines(&text, 0);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("  word"), "{lines:?}");
        assert!(lines.iter().all(|line| line.len() <= 96), "{lines:?}");
    }

    #[test]
    fn what_does_not_fit_goes_before_the_next_line() {
        let long = "word ".repeat(20);
        let text = format!("{long}\nand more\n\nlast");
        assert_eq!(lines(&text, 0), [long[..94].trim(), "word and more", "", "last"]);
    }

    #[test]
    fn a_heading_is_no_title() {
        assert_eq!(lines("# A\n\n# B", 0), ["\\# A", "", "# B"]);
    }

    #[test]
    fn what_looks_like_code_is_no_test_of_rust() {
        assert_eq!(
            lines("See:\n\n    a: 1\n    b: 2\n\nEnd.", 0),
            ["See:", "", "```text", "    a: 1", "    b: 2", "", "```", "End."]
        );
        assert_eq!(lines("```\nlet x;\n```", 0), ["```text", "let x;", "```"]);
        assert_eq!(lines("```yaml\na: 1\n", 0), ["```yaml", "a: 1", "```"]);
        assert_eq!(lines("- a\n      b", 0), ["- a", "   b"]);
    }

    #[test]
    fn a_sentence_ends_with_a_full_stop() {
        assert_eq!(first_sentence("A host, e.g. one\nof ours. More.\n\nEven more."), "A host, e.g. one of ours.");
    }
}
