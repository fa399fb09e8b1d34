//! The shape of an attribute: keys, values and lists between commas. What they mean is for `model`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::Parser as _;
use syn::{LitBool, LitInt, LitStr, Path};

use crate::diag::{Errors, Spanned, span_of};

/// What stands between two commas.
#[derive(Debug)]
pub(crate) enum Arg {
    /// `namespaced`
    Flag(Ident),
    /// `group = "shop.example.com"`
    Value(Ident, TokenStream),
    /// `scale(spec = ".spec.replicas")`
    List(Ident, TokenStream),
    /// `"Ready"`
    Plain(TokenStream),
}

impl Arg {
    pub(crate) fn key(&self) -> Option<&Ident> {
        match self {
            Self::Flag(key) | Self::Value(key, _) | Self::List(key, _) => Some(key),
            Self::Plain(_) => None,
        }
    }

    /// Returns the place of the whole argument, or of its first token where the compiler cannot join places.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Flag(key) | Self::Value(key, _) | Self::List(key, _) => key.span(),
            Self::Plain(tokens) => span_of(tokens),
        }
    }

    /// Reads `key = "text"`; says what to write where it is something else.
    pub(crate) fn string(&self, example: &str, errors: &mut Errors) -> Option<Spanned<String>> {
        let key = self.key()?;
        match self {
            Self::Value(_, tokens) => string(tokens, &format!("{key} = \"{example}\""), errors),
            Self::List(_, tokens) => {
                errors.at(key, format!("`{key}` takes one text: write `{key} = {}`", quoted(tokens, example)));
                None
            }
            _ => {
                errors.at(key, format!("`{key}` needs a value: write `{key} = \"{example}\"`"));
                None
            }
        }
    }

    /// Reads `key = 1`.
    pub(crate) fn integer(&self, example: i32, errors: &mut Errors) -> Option<Spanned<i32>> {
        let key = self.key()?;
        if let Self::Value(_, tokens) = self
            && let Ok(number) = syn::parse2::<LitInt>(tokens.clone())
            && let Ok(value) = number.base10_parse()
        {
            return Some(Spanned::new(value, number.span()));
        }
        errors.at_span(self.value_span(), format!("`{key}` is a whole number: write `{key} = {example}`"));
        None
    }

    /// Reads a key that stands alone.
    pub(crate) fn flag(&self, errors: &mut Errors) -> Option<Span> {
        let key = self.key()?;
        match self {
            Self::Flag(_) => Some(key.span()),
            Self::Value(_, tokens) if syn::parse2::<LitBool>(tokens.clone()).is_ok_and(|value| !value.value) => {
                errors.at(tokens, format!("`{key}` stands alone: remove `{key} = false`"));
                None
            }
            _ => {
                errors.at_span(self.value_span(), format!("`{key}` stands alone: write `{key}`, without a value"));
                Some(key.span())
            }
        }
    }

    /// Reads `key = true` or `key = false`.
    pub(crate) fn truth(&self, errors: &mut Errors) -> Option<bool> {
        let key = self.key()?;
        if let Self::Value(_, tokens) = self
            && let Ok(value) = syn::parse2::<LitBool>(tokens.clone())
        {
            return Some(value.value);
        }
        errors.at_span(self.value_span(), format!("`{key}` is true or false: write `{key} = false`"));
        None
    }

    /// Reads `key = some::path`.
    pub(crate) fn path(&self, errors: &mut Errors) -> Option<Path> {
        let key = self.key()?;
        if let Self::Value(_, tokens) = self
            && let Ok(path) = Path::parse_mod_style.parse2(tokens.clone())
        {
            return Some(path);
        }
        errors.at_span(self.value_span(), format!("`{key}` is a path: write `{key} = my_crate::kubist`"));
        None
    }

    /// Reads `key("a", "b")`.
    pub(crate) fn strings(&self, example: &str, errors: &mut Errors) -> Vec<Spanned<String>> {
        let Some(key) = self.key() else { return Vec::new() };
        let Self::List(_, tokens) = self else {
            let inner =
                if let Self::Value(_, tokens) = self { quoted(tokens, example) } else { format!("{example:?}") };
            errors.at_span(self.value_span(), format!("`{key}` is a list: write `{key}({inner})`"));
            return Vec::new();
        };
        let args = args(tokens.clone(), errors);
        if args.is_empty() {
            errors.at(key, format!("`{key}()` is empty: name at least one, or remove it"));
        }
        args.iter().filter_map(|arg| string(&arg.to_tokens(), &format!("{key}(\"{example}\")"), errors)).collect()
    }

    /// Returns the place of the value, or of the key where there is none.
    pub(crate) fn value_span(&self) -> Span {
        match self {
            Self::Value(_, tokens) | Self::List(_, tokens) if !tokens.is_empty() => span_of(tokens),
            _ => self.span(),
        }
    }

    fn to_tokens(&self) -> TokenStream {
        match self {
            Self::Flag(key) => key.to_token_stream(),
            Self::Value(key, tokens) => quote!(#key = #tokens),
            Self::List(key, tokens) => quote!(#key (#tokens)),
            Self::Plain(tokens) => tokens.clone(),
        }
    }
}

/// Reads a text that stands for itself, or shows how to write one.
pub(crate) fn string(tokens: &TokenStream, example: &str, errors: &mut Errors) -> Option<Spanned<String>> {
    let mut trees = tokens.clone().into_iter();
    let first = trees.next();
    if let Some(first) = &first
        && let Ok(text) = syn::parse2::<LitStr>(first.to_token_stream())
    {
        return match trees.next() {
            None => Some(Spanned::new(text.value(), text.span())),
            Some(next) => {
                errors.at(&next, format!("expected `,` before `{next}`"));
                Some(Spanned::new(text.value(), text.span()))
            }
        };
    }
    match first {
        Some(TokenTree::Ident(word)) if tokens.clone().into_iter().count() == 1 => {
            errors.at(tokens, format!("a text stands in quotes: write `\"{word}\"`"));
        }
        _ => errors.at(tokens, format!("expected a text: write `{example}`")),
    }
    None
}

/// Puts into quotes what the user wrote without; the example if that makes no sense.
fn quoted(tokens: &TokenStream, example: &str) -> String {
    match syn::parse2::<LitStr>(tokens.clone()) {
        Ok(text) => format!("{:?}", text.value()),
        Err(_) => format!("{example:?}"),
    }
}

/// Splits tokens at their commas. A mistake in one argument leaves the others whole.
pub(crate) fn args(tokens: TokenStream, errors: &mut Errors) -> Vec<Arg> {
    let mut args = Vec::new();
    let mut current: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        match &tree {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if current.is_empty() {
                    errors.at(&tree, "nothing stands before this `,`: remove it");
                } else {
                    arg(std::mem::take(&mut current), &mut args, errors);
                }
            }
            _ => current.push(tree),
        }
    }
    arg(current, &mut args, errors);
    args
}

/// Reads what stands between two commas: one argument, or several if a comma was forgotten.
fn arg(trees: Vec<TokenTree>, args: &mut Vec<Arg>, errors: &mut Errors) {
    let mut trees = trees.into_iter().peekable();
    while let Some(first) = trees.next() {
        let TokenTree::Ident(key) = first else {
            args.push(Arg::Plain(std::iter::once(first).chain(trees).collect()));
            return;
        };
        match trees.next() {
            None => args.push(Arg::Flag(key)),
            Some(TokenTree::Punct(sign)) if sign.as_char() == '=' => match trees.next() {
                None => errors.at(sign, format!("`{key} =` needs a value after the `=`")),
                Some(value @ TokenTree::Literal(_)) => args.push(Arg::Value(key, value.into())),
                Some(value) => {
                    args.push(Arg::Value(key, std::iter::once(value).chain(trees).collect()));
                    return;
                }
            },
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                args.push(Arg::List(key, group.stream()));
            }
            Some(other) => {
                errors.at(&other, format!("expected `=`, `(` or `,` after `{key}`"));
                args.push(Arg::Flag(key));
                return;
            }
        }
        if let Some(next) = trees.peek() {
            errors.at(next, format!("expected `,` before `{next}`"));
        }
    }
}
