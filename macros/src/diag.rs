//! Mistakes, collected so that all of them are told at once.

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned as _;

/// A value and the place where the user wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> Spanned<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// The mistakes found so far.
///
/// Panics when it is dropped unread, so that no mistake gets lost.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    found: Vec<syn::Error>,
    read: bool,
}

impl Errors {
    /// Adds a mistake, shown on these tokens.
    pub(crate) fn at(&mut self, tokens: impl quote::ToTokens, message: impl Into<String>) {
        let message = message.into();
        self.found.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds a mistake, shown at this place.
    pub(crate) fn at_span(&mut self, span: Span, message: impl Into<String>) {
        self.found.push(syn::Error::new(span, message.into()));
    }

    /// Makes one for mistakes that somebody else reports.
    pub(crate) fn unheard() -> Self {
        Self { found: Vec::new(), read: true }
    }

    /// Tells whether there is none so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Turns the mistakes into items that make the compiler report them.
    pub(crate) fn report(mut self) -> TokenStream {
        self.read = true;
        std::mem::take(&mut self.found).iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(self.read || std::thread::panicking(), "mistakes were collected and never reported: {:?}", self.found);
    }
}

/// Returns the place of some tokens.
pub(crate) fn span_of(tokens: &TokenStream) -> Span {
    tokens.span()
}

/// Returns `; did you mean …?`, or what there is to choose from.
pub(crate) fn instead<'a>(word: &str, choices: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match kubist_naming::nearest(word, choices.clone()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; it is one of {}", list(choices)),
    }
}

/// Joins names: "`a`, `b`, `c`".
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
