//! The derives on arbitrary tokens: whatever an item is, they write items, and say in them what is wrong.

use kubist_derives::{resource, resource_part};
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Data, DeriveInput, Item, parse_quote};

use crate::Outcome;
use crate::corpus::Corpus;
use crate::random::Random;

/// Items that derive something, and the words that they are made of.
#[derive(Default)]
pub(crate) struct Programs {
    items: Vec<TokenStream>,
    leaves: Vec<TokenTree>,
}

impl Programs {
    /// Adds the items of a program.
    pub(crate) fn add(&mut self, source: &str) {
        if let Ok(file) = syn::parse_file(source) {
            self.add_items(file.items);
        }
    }

    fn add_items(&mut self, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Mod(module) => self.add_items(module.content.map(|(_, items)| items).unwrap_or_default()),
                Item::Fn(function) => {
                    let items = function.block.stmts.into_iter();
                    self.add_items(
                        items
                            .filter_map(
                                |statement| if let syn::Stmt::Item(item) = statement { Some(item) } else { None },
                            )
                            .collect(),
                    );
                }
                Item::Struct(_) | Item::Enum(_) | Item::Union(_) => {
                    let tokens = item.into_token_stream();
                    leaves(tokens.clone(), &mut self.leaves);
                    self.items.push(tokens);
                }
                _ => {}
            }
        }
    }
}

fn leaves(tokens: TokenStream, out: &mut Vec<TokenTree>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => leaves(group.stream(), out),
            leaf => out.push(leaf),
        }
    }
}

/// Derives from an item that was changed, or from one of random tokens.
pub(crate) fn item(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let programs = &corpus.programs;
    let mut trees =
        if random.once_in(6) { made_up(programs, random) } else { read(random.one(&programs.items).clone()) };
    for _ in 0..random.below(6) {
        mutate(&mut trees, programs, random);
    }
    let tokens = written(trees);
    let text = tokens.to_string();
    match crate::run::catch(|| mistakes(tokens)) {
        Ok(Ok(mistakes)) if mistakes.is_empty() => Ok(Outcome::Taken),
        Ok(Ok(_)) => Ok(Outcome::Refused),
        Ok(Err(problem)) => Err(format!("{problem}\nof {text}")),
        Err(said) => Err(format!("{said}\nof {text}")),
    }
}

/// Runs the derives that an item names, or both; what they say is wrong. The error is what rustc could not make anything of.
pub(crate) fn mistakes(tokens: TokenStream) -> Result<Vec<String>, String> {
    let input: DeriveInput = match syn::parse2(tokens) {
        Ok(input) => input,
        // The derives say so in the same words.
        Err(error) => return Ok(vec![error.to_string()]),
    };
    // Syn takes it, and rustc does not.
    if let Data::Struct(data) = &input.data
        && data.fields.iter().any(|field| field.ident.as_ref().is_some_and(|name| name == "_"))
    {
        return Ok(vec!["expected identifier, found reserved identifier `_`".to_owned()]);
    }
    let krate = || parse_quote!(::kubist);
    let derived: String = input
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("derive"))
        .map(|attr| attr.to_token_stream().to_string())
        .collect();
    let is_derived = |name: &str| derived.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == name);
    let (root, part) = (is_derived("Resource"), is_derived("ResourcePart"));
    let mut found = Vec::new();
    if root || !part {
        found.push(resource(&input, &[], krate));
    }
    if part || !root {
        found.push(resource_part(&input, &[], krate));
    }
    let mut mistakes = Vec::new();
    for out in found {
        let text = out.to_string();
        let file: syn::File = syn::parse2(out).map_err(|error| format!("{error} in what the derive writes: {text}"))?;
        for item in file.items {
            if let Item::Macro(item) = item
                && item.mac.path.segments.last().is_some_and(|segment| segment.ident == "compile_error")
            {
                mistakes.push(item.mac.tokens.to_string());
            }
        }
    }
    Ok(mistakes)
}

/// A token, or a group that can be changed.
#[derive(Clone)]
enum Tree {
    Leaf(TokenTree),
    Group(Delimiter, Vec<Tree>),
}

fn read(tokens: TokenStream) -> Vec<Tree> {
    let tree = |tree| match tree {
        TokenTree::Group(group) => Tree::Group(group.delimiter(), read(group.stream())),
        leaf => Tree::Leaf(leaf),
    };
    tokens.into_iter().map(tree).collect()
}

fn written(trees: Vec<Tree>) -> TokenStream {
    let tree = |tree| match tree {
        Tree::Group(delimiter, inner) => TokenTree::Group(Group::new(delimiter, written(inner))),
        Tree::Leaf(leaf) => leaf,
    };
    trees.into_iter().map(tree).collect()
}

fn count(trees: &[Tree]) -> usize {
    trees.iter().map(|tree| if let Tree::Group(_, inner) = tree { 1 + count(inner) } else { 1 }).sum()
}

/// Finds the list that holds a tree, counted from the start, and where in it.
fn place(trees: &mut Vec<Tree>, mut number: usize) -> Option<(&mut Vec<Tree>, usize)> {
    let mut at = 0;
    while at < trees.len() {
        if number == 0 {
            return Some((trees, at));
        }
        number -= 1;
        let below = if let Tree::Group(_, inner) = &trees[at] { count(inner) } else { 0 };
        if number < below {
            let Tree::Group(_, inner) = &mut trees[at] else { return None };
            return place(inner, number);
        }
        number -= below;
        at += 1;
    }
    None
}

fn mutate(trees: &mut Vec<Tree>, programs: &Programs, random: &mut Random) {
    let all = count(trees);
    let Some((list, at)) = place(trees, random.below(all.max(1))) else {
        trees.push(any(programs, random, 0));
        return;
    };
    match random.below(12) {
        0 | 1 => drop(list.remove(at)),
        2 => list.insert(at, list[at].clone()),
        3 => {
            let other = random.below(list.len());
            list.swap(at, other);
        }
        4..7 => list[at] = any(programs, random, 0),
        7 => list.insert(at, any(programs, random, 0)),
        8 => {
            let end = (at + 1 + random.below(4)).min(list.len());
            let inner = list.drain(at..end).collect();
            list.insert(at, Tree::Group(delimiter(random), inner));
        }
        9 => {
            if let Tree::Group(_, inner) = list[at].clone() {
                list.splice(at..=at, inner);
            }
        }
        10 if random.once_in(20) => {
            let delimiter = delimiter(random);
            for _ in 0..random.below(200) {
                list[at] = Tree::Group(delimiter, vec![list[at].clone()]);
            }
        }
        _ => {
            // A part of another program.
            let mut other = read(random.one(&programs.items).clone());
            let all = count(&other);
            if let Some((theirs, from)) = place(&mut other, random.below(all.max(1))) {
                let end = (from + 1 + random.below(6)).min(theirs.len());
                let taken: Vec<Tree> = theirs[from..end].to_vec();
                list.splice(at..at, taken);
            }
        }
    }
}

/// An item whose attributes and fields are random tokens.
fn made_up(programs: &Programs, random: &mut Random) -> Vec<Tree> {
    let mut some =
        |most: usize| -> TokenStream { written((0..random.below(most)).map(|_| any(programs, random, 0)).collect()) };
    let (whole, field, ty, variant) = (some(12), some(8), some(3), some(6));
    let item: TokenStream = match random.below(5) {
        0 => parse_quote!(
            #[resource(#whole)]
            struct A {
                metadata: ObjectMeta,
                #[resource(#field)]
                spec: Spec,
            }
        ),
        1 => {
            parse_quote!(#[resource(group = "a.b", version = "v1", namespaced, #whole)] struct A { metadata: M, #[resource(#field)] #[serde(#variant)] b: #ty })
        }
        2 => {
            parse_quote!(#[serde(#whole)] enum A { #[resource(#field)] B(#[resource(#variant)] #ty), #[serde(#variant)] C { a: u8 }, D })
        }
        3 => {
            parse_quote!(#[resource(view_of = core::v1::Pod, #whole)] struct A { #[resource(#field)] #[schemars(#variant)] b: #ty })
        }
        _ => parse_quote!(#whole struct A<#field>(#ty) where #variant;),
    };
    read(item)
}

/// A leaf of the programs, one that nobody would write, or a group of such.
fn any(programs: &Programs, random: &mut Random, depth: usize) -> Tree {
    match random.below(10) {
        0 if depth < 4 => {
            let inner = (0..random.below(5)).map(|_| any(programs, random, depth + 1)).collect();
            Tree::Group(delimiter(random), inner)
        }
        1 => Tree::Leaf(word(random)),
        2 => Tree::Leaf(literal(random)),
        3 => {
            let spacing = if random.once_in(2) { Spacing::Alone } else { Spacing::Joint };
            Tree::Leaf(
                Punct::new(
                    *random.one(&[
                        '=', ',', '.', ':', ';', '#', '!', '<', '>', '&', '|', '-', '+', '*', '/', '?', '@', '$', '~',
                        '^', '%', '\'',
                    ]),
                    spacing,
                )
                .into(),
            )
        }
        _ => Tree::Leaf(random.one(&programs.leaves).clone()),
    }
}

fn delimiter(random: &mut Random) -> Delimiter {
    *random.one(&[Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None])
}

fn word(random: &mut Random) -> TokenTree {
    const WORDS: &[&str] = &[
        "self",
        "Self",
        "super",
        "crate",
        "_",
        "é",
        "名",
        "ſpec",
        "Ǆ",
        "type",
        "async",
        "gen",
        "union",
        "macro_rules",
        "dyn",
        "where",
        "pub",
        "struct",
        "enum",
        "fn",
        "impl",
        "for",
        "mut",
        "ref",
        "in",
        "as",
        "static",
        "true",
        "false",
        "kind",
        "status",
        "spec",
        "metadata",
        "apiVersion",
        "Option",
        "Box",
        "Vec",
        "Cow",
        "PhantomData",
        "a_very_long_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_x",
    ];
    const RAW: &[&str] = &["type", "kind", "status", "spec", "metadata", "group", "fn", "é", "match"];
    if random.once_in(5) {
        Ident::new_raw(random.pick(RAW), Span::call_site()).into()
    } else {
        Ident::new(random.pick(WORDS), Span::call_site()).into()
    }
}

fn literal(random: &mut Random) -> TokenTree {
    const NUMBERS: &[&str] = &[
        "0",
        "1",
        "0x_f",
        "0b1",
        "0o7",
        "1_000",
        "99999999999999999999999999999999999999999999999999",
        "340282366920938463463374607431768211456",
        "1.0",
        "1e999",
        "1.5e-300f32",
        "9223372036854775808",
        "18446744073709551616",
        "255u8",
        "1i128",
        "1_f64",
        "1usize",
        "'a'",
        "'\\u{10ffff}'",
        "b'a'",
        "b\"\\xff\"",
        "c\"a\"",
        "r#\"a\"#",
        "\"\\u{0}\"",
        "\"\\\n   a\"",
        "\"a\"suffix",
        "1suffix",
    ];
    const TEXTS: &[&str] = &[
        "",
        ".",
        "..",
        ".spec",
        ".spec.",
        ".spec..a",
        ".spec[",
        ".spec[0].a",
        ".status.é",
        "$.spec",
        "self.spec",
        "a.b",
        "v1",
        "v1alpha1",
        "V1",
        "v01",
        "shop.example.com",
        "k8s.io",
        "x.kubernetes.io",
        "\u{0}",
        "\n",
        "é",
        "🦀",
        "\u{202e}",
        "a-b",
        "A",
        "self.spec.a > 0",
        "self.spec.é",
        "oldSelf == self",
        "has(self.",
        "self.x.all(i, i",
        "((((((((((((((((((((((((((((((((((",
        "{",
        "}",
        "{}",
        "{0}",
        "\\",
        "[1]",
        "{\"a\":1}",
        "null",
        "1e999",
        "kebab-case",
        "camelCase",
        "SCREAMING-KEBAB-CASE",
        "snake_case",
        "Vec<u8>",
        "::a::b",
        "a::",
        "<T>",
        "string",
        "integer",
        "date",
        "int64",
        "spec",
        "status",
        "Namespaced",
    ];
    if random.once_in(2) {
        let text = random.one(TEXTS);
        return Literal::string(&if random.once_in(12) { text.repeat(random.below(500)) } else { (*text).to_owned() })
            .into();
    }
    let text = random.one(NUMBERS);
    let parsed: Option<TokenStream> = text.parse().ok();
    parsed.and_then(|tokens| tokens.into_iter().next()).unwrap_or_else(|| Literal::u8_unsuffixed(0).into())
}
