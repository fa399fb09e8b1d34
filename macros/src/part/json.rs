//! Values as JSON writes them, in attributes.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::model::{Said, integer, literal};

/// Returns the JSON that the tokens are, if they are one value.
pub(super) fn text(tokens: TokenStream) -> Option<String> {
    let mut out = String::new();
    value(&tokens.into_iter().collect::<Vec<_>>(), &mut out)?;
    Some(out)
}

fn value(trees: &[TokenTree], out: &mut String) -> Option<()> {
    if let [TokenTree::Group(group)] = trees {
        let (open, close) = match group.delimiter() {
            Delimiter::Bracket => ('[', ']'),
            Delimiter::Brace => ('{', '}'),
            _ => return None,
        };
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        out.push(open);
        let mut items: Vec<&[TokenTree]> = inner.split(|tree| is(tree, ',')).collect();
        // Nothing at all, or a comma behind the last one.
        if items.last().is_some_and(|last| last.is_empty()) {
            items.pop();
        }
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            match (open, item) {
                ('{', [name, colon, rest @ ..]) if is(colon, ':') => {
                    let Some(Said::Text(name)) = literal(&name.clone().into()) else { return None };
                    quote(&name, out);
                    out.push(':');
                    value(rest, out)?;
                }
                ('{', _) => return None,
                (_, item) => value(item, out)?,
            }
        }
        out.push(close);
        return Some(());
    }
    if let [TokenTree::Ident(word)] = trees
        && word == "null"
    {
        out.push_str("null");
        return Some(());
    }
    let tokens = trees.iter().cloned().collect();
    if let Some(integer) = integer(&tokens) {
        out.push_str(&integer.to_string());
        return Some(());
    }
    match literal(&tokens)? {
        Said::Text(text) => quote(&text, out),
        Said::Truth(truth) => out.push_str(if truth { "true" } else { "false" }),
        Said::Number(number) if number.is_finite() => write!(out, "{number:?}").ok()?,
        _ => return None,
    }
    Some(())
}

fn is(tree: &TokenTree, sign: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
