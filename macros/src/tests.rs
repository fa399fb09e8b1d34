use quote::ToTokens as _;
use syn::{DeriveInput, parse_quote};

use super::derive::{resource, resource_part};

fn krate() -> syn::Path {
    parse_quote!(::kubist)
}

/// What the derive writes, a line for each `;`, `{` and `}`.
fn expansion(input: &DeriveInput) -> String {
    let mut out = String::new();
    let mut line = |depth: usize, text: &str| {
        out += &"    ".repeat(depth);
        out += text;
        out.push('\n');
    };
    let mut depth: usize = 0;
    let text = resource(input, &[], krate).to_string().replace(":: kubist :: __private", "p").replace(" :: ", "::");
    for token in text.split_inclusive(['{', '}', ';']) {
        let token = token.trim();
        let closes = token.ends_with('}');
        let (text, end) = token.split_at(token.len() - usize::from(token.ends_with(['{', '}', ';'])));
        if closes {
            if !text.trim().is_empty() {
                line(depth, text.trim());
            }
            depth = depth.saturating_sub(1);
            line(depth, end);
        } else {
            line(depth, token);
            depth += usize::from(token.ends_with('{'));
        }
    }
    out
}

/// The messages, in their order.
fn messages(input: &DeriveInput, beside: &[&str]) -> Vec<String> {
    let beside: Vec<String> = beside.iter().map(|name| (*name).to_owned()).collect();
    let file: syn::File = syn::parse2(resource(input, &beside, krate)).unwrap();
    let reports = file.items.iter().filter_map(|item| match item {
        syn::Item::Macro(item) if item.mac.path.segments.last()?.ident == "compile_error" => {
            Some(syn::parse2::<syn::LitStr>(item.mac.tokens.clone()).unwrap().value())
        }
        _ => None,
    });
    reports.collect()
}

fn minimal() -> DeriveInput {
    parse_quote! {
        #[resource(group = "shop.example.com", version = "v1", namespaced)]
        pub struct Website {
            pub metadata: ObjectMeta,
            pub spec: WebsiteSpec,
        }
    }
}

#[test]
fn the_least_resource_expands_to_its_impls() {
    insta::assert_snapshot!(expansion(&minimal()));
}

#[test]
fn a_resource_with_everything_expands_to_its_impls() {
    insta::assert_snapshot!(expansion(&parse_quote! {
        /// A site
        /// the shop serves.
        #[resource(
            group = "shop.example.com", version = "v1", cluster, kind = "Site",
            short_names("site"), categories("all"),
            column("Ready", ".status.ready", boolean, priority = 1),
            scale(spec = ".spec.replicas", status = ".status.replicas"),
            rule("self.spec.min <= self.spec.max", message = "min must not exceed max"),
        )]
        struct Website {
            metadata: ObjectMeta,
            /// The wish.
            #[serde(default)]
            #[schemars(title = "Spec")]
            spec: WebsiteSpec,
            #[resource(status)]
            observed: Option<WebsiteStatus>,
        }
    }));
}

#[test]
fn a_view_expands_to_rows_of_the_table_of_its_kind() {
    insta::assert_snapshot!(expansion(&parse_quote! {
        #[resource(view_of = core::v1::Pod)]
        pub struct PodView {
            pub metadata: ObjectMeta,
            pub spec: Option<NodeName>,
        }
    }));
}

#[test]
fn a_mistake_is_reported_and_the_impls_are_still_there() {
    insta::assert_snapshot!(expansion(&parse_quote! {
        #[resource(group = "shop.example.com", version = "v1", namespaced, colum("A", ".spec", string))]
        pub struct Website {
            pub metadata: ObjectMeta,
            pub status: Option<WebsiteStatus>,
        }
    }));
}

#[test]
fn every_mistake_is_reported_once() {
    let input = parse_quote! {
        #[resource(group = "Shop.example.com" version = "1", namespaced, cluster, short_names(site), plural)]
        pub struct Website {
            pub meta: ObjectMeta,
            pub status: WebsiteStatus,
        }
    };
    insta::assert_snapshot!(messages(&input, &[]).join("\n"));
}

#[test]
fn serde_beside_the_derive_is_one_message_and_leaves_out_our_side() {
    let input = minimal();
    let found = messages(&input, &["Resource", "Clone", "Serialize", "Deserialize"]);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("`#[derive(Resource)]` implements `Serialize` and `Deserialize` for `Website` itself")
    );
    let beside = ["Serialize".to_owned(), "Deserialize".to_owned()];
    let text = resource(&input, &beside, krate).to_string();
    assert!(!text.contains("serde :: Serialize for") && !text.contains("Deserialize < 'de > for"), "{text}");
}

/// Found by the fuzz target `derive`.
#[test]
fn conditions_that_are_none_or_end_in_a_comma_are_written_as_conditions() {
    for item in [
        "struct A<T>(T) where;",
        "struct A<T> where { a: T }",
        "struct A<T> where T: B, { a: T }",
        "struct A where { a: u8 }",
    ] {
        let input: DeriveInput = syn::parse_str(item).unwrap();
        for out in [resource(&input, &[], krate), resource_part(&input, Vec::new, krate)] {
            assert!(syn::parse2::<syn::File>(out.clone()).is_ok(), "{item}: {out}");
        }
    }
}

/// Found by the fuzz target `derive`.
#[test]
fn bounds_in_the_place_of_a_type_are_written_as_one() {
    let input: DeriveInput = parse_quote! {
        pub struct Part {
            pub replicas: Named + Send,
        }
    };
    assert!(syn::parse2::<syn::File>(resource_part(&input, Vec::new, krate)).is_ok());
}

#[test]
fn a_crate_is_a_path_without_generics() {
    for path in ["Vec<String>", "a::<u8>", "Fn() -> u8", "<A as B>::C"] {
        let item = format!(
            "#[resource(crate = {path}, group = \"a\", version = \"v1\", cluster)] struct A {{ metadata: ObjectMeta }}"
        );
        let input: DeriveInput = syn::parse_str(&item).unwrap();
        for out in [resource(&input, &[], krate), resource_part(&input, Vec::new, krate)] {
            assert!(out.to_string().contains("`crate` is a path: write `crate = my_crate::kubist`"), "{path}: {out}");
            assert!(syn::parse2::<syn::File>(out.clone()).is_ok(), "{path}: {out}");
        }
    }
}

/// Found by the fuzz target `import`.
#[test]
fn numbers_are_as_large_as_those_of_json() {
    let input: DeriveInput = parse_quote! {
        struct A {
            #[resource(allowed = [1, 18446744073709551615, -9223372036854775808])]
            a: i64,
            #[resource(minimum = -9223372036854775808, maximum = 18446744073709551615)]
            b: f64,
        }
    };
    let out = resource_part(&input, Vec::new, krate).to_string();
    for expected in
        ["[1,18446744073709551615,-9223372036854775808]", "(- 9223372036854775808i64)", "(18446744073709552000f64)"]
    {
        assert!(out.contains(expected), "{expected} in {out}");
    }
}

#[test]
fn no_input_makes_the_derive_panic() {
    let attributes = [
        "",
        "()",
        "(,)",
        "(,,a)",
        "= 3",
        "(group)",
        "(group =)",
        "(group = = )",
        "(group())",
        "(= \"a\")",
        "(\"a\")",
        "(column)",
        "(column())",
        "(column(,))",
        "(column(a, b, c))",
        "(column(\"a\", \"\", string, 5))",
        "(scale = 1)",
        "(scale(spec, spec))",
        "(rule())",
        "(rule(5))",
        "(crate)",
        "(crate = 5)",
        "(short_names(a::b, [c]))",
        "(a::b)",
        "(group = \"\", version = \"\", kind = \"\", plural = \"\")",
        "(kind = \"ä\")",
        "(namespaced cluster)",
        "(conversion)",
        "(conversion())",
        "(conversion(,))",
        "(conversion(\"a\"))",
        "(conversion(webhook(service = 5, url, path, port = \"a\", versions)))",
        "(conversion(webhook(service = \"/\", path = \"é\", port = -1, versions(\"\"))))",
        "(conversion(webhook(url = \"https://é@?#\", path = \"//\")))",
        "(selectable_fields(\"\", \".\"), label(\"\", \"\"), deprecated = \"\")",
        "(map_keys(\"\"), list_type = \"map\", default = -1)",
        "(view_of)",
        "(view_of =)",
        "(view_of = 5)",
        "(view_of())",
        "(view_of = Pod, , version = \"v1\", \"a\")",
        "(view_of = a::b<c> view_of = d)",
    ];
    let items = [
        "struct A;",
        "struct A();",
        "struct A {}",
        "enum A {}",
        "union A { a: u8 }",
        "struct A { metadata: M, spec: (), #[resource(map_keys(\"\"), default = \"a\", values(map_keys(\"b\")))] a: Vec<Vec<()>>, #[serde(default = \"\")] b: Option }",
        "struct A<const N: usize>([u8; N]);",
        "struct A<'a, T: 'a> where T: B { metadata: &'a T }",
        "struct r#type { metadata: M, r#kind: K, status: S, #[resource] a: B, #[resource = 1] b: C, #[resource(status = 3)] c: D }",
    ];
    for attribute in attributes {
        for item in items {
            let input: DeriveInput = syn::parse_str(&format!("#[resource{attribute}] {item}")).unwrap();
            for out in [resource(&input, &[], krate), resource_part(&input, Vec::new, krate)] {
                assert!(syn::parse2::<syn::File>(out.clone()).is_ok(), "{attribute} {item}: {}", out.to_token_stream());
            }
        }
    }
}
