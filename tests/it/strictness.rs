//! What the derive refuses and a server would look at too: the server refuses it as well, or `DEVIATIONS.md` says why the derive is stricter.
//!
//! The mistakes are the files of `tests/ui`; that a server refuses each of them is a case of its own, on both servers.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cx::Cx;
use crate::{Done, cases, definitions, patterns, rule_mistakes};

cases![each_mistake_is_one_for_the_server_or_a_deviation];

/// Who else refuses a mistake.
enum Also {
    /// The server, as this case of `definitions` or `patterns` shows.
    Server(&'static str),
    /// The server, as this case of `rule_mistakes` shows.
    Rule(&'static str),
    /// Nobody: it cannot be said in a definition at all.
    Rust,
    /// Nobody, and the title in `DEVIATIONS.md` says why.
    Stricter(&'static str),
}
use Also::{Rule, Rust, Server, Stricter};

/// The topics of `tests/ui` that are about definitions. The others are about Rust: attributes, serde, scopes, verbs.
const TOPICS: [&str; 6] = ["conversion", "names", "part", "parts", "path", "rules"];

const MISTAKES: &[(&str, Also)] = &[
    ("conversion/as_a_text", Rust),
    ("conversion/key_misspelt", Rust),
    ("conversion/path_beside_a_url", Rust),
    ("conversion/path_with_capitals", Server("has_a_webhook_with_a_path_that_is_none")),
    ("conversion/path_without_slash", Server("has_a_webhook_with_a_path_that_is_none")),
    ("conversion/port_out_of_range", Server("has_a_webhook_whose_service_has_no_names")),
    ("conversion/service_and_url", Server("has_a_webhook_with_two_addresses")),
    ("conversion/service_without_namespace", Server("has_a_webhook_whose_service_has_no_names")),
    ("conversion/strategy_unknown", Server("has_an_unknown_conversion")),
    ("conversion/two_strategies", Rust),
    ("conversion/url_with_parameters", Server("has_a_webhook_with_an_address_that_is_none")),
    ("conversion/url_without_https", Server("has_a_webhook_with_an_address_that_is_none")),
    ("conversion/versions_that_no_server_speaks", Server("has_a_webhook_without_a_known_review")),
    ("conversion/without_an_address", Server("has_a_webhook_without_an_address")),
    ("names/annotation_key", Server("has_labels_that_are_none")),
    ("names/category", Server("has_a_short_name_with_capitals")),
    ("names/group_of_kubernetes", Server("has_the_group_of_a_built_in_kind")),
    ("names/group_with_version", Server("has_a_group_with_a_slash")),
    ("names/group_without_approval", Server("has_a_protected_group_without_an_approval")),
    ("names/group_without_dot", Server("has_a_group_without_a_dot")),
    ("names/kind", Server("has_a_kind_with_a_space")),
    ("names/label_key", Server("has_labels_that_are_none")),
    ("names/label_value", Server("has_labels_that_are_none")),
    ("names/list_kind_is_kind", Server("has_a_list_kind_that_is_the_kind")),
    ("names/plural", Server("has_a_plural_with_capitals")),
    ("names/short_name", Server("has_a_short_name_with_capitals")),
    ("names/short_name_twice", Stricter("A short name that stands twice")),
    ("names/version", Server("has_a_version_with_a_bad_name")),
    ("part/bound_that_is_no_number", Rust),
    ("part/default_below_the_minimum", Server("has_a_default_outside_of_its_bounds")),
    ("part/default_of_another_type", Server("has_a_default_of_another_type")),
    ("part/flattened", Rust),
    ("part/key_misspelt", Rust),
    ("part/key_of_another_library", Rust),
    ("part/key_of_the_root", Rust),
    ("part/key_on_the_struct", Rust),
    ("part/length_below_zero", Stricter("A length below zero")),
    ("part/list_map_without_keys", Server("has_a_keyed_list_without_keys")),
    ("part/list_type_of_a_text", Server("has_a_list_type_on_a_text")),
    ("part/list_type_unknown", Server("has_an_unknown_list_type")),
    ("part/map_keys_of_texts", Server("has_a_keyed_list_of_texts")),
    ("part/map_type_of_a_list", Server("has_a_map_type_on_a_text")),
    ("part/on_a_variant", Rust),
    ("part/pattern_that_is_none", Server("has_a_pattern_that_is_none")),
    ("part/pattern_that_looks_ahead", Server("has_patterns_of_another_language")),
    ("part/rule_without_expression", Server("has_rules_that_say_nothing")),
    ("part/union", Rust),
    ("part/unit_struct", Stricter("A unit struct as a part")),
    ("parts/column_format", Server("has_columns_that_are_none")),
    ("parts/column_incomplete", Server("has_columns_that_are_none")),
    ("parts/column_path_to_no_field", Stricter("A path of a column or of the scale that leads to no field")),
    ("parts/column_path_without_dot", Server("has_columns_that_are_none")),
    ("parts/column_priority", Rust),
    ("parts/column_type", Server("has_columns_that_are_none")),
    ("parts/deprecation_of_two_lines", Server("has_a_deprecation_warning_of_two_lines")),
    ("parts/deprecation_without_words", Server("has_a_deprecation_warning_of_two_lines")),
    ("parts/rule_key", Rust),
    ("parts/rule_reason", Server("has_a_rule_with_an_unknown_reason")),
    ("parts/rule_without_expression", Server("has_rules_that_say_nothing")),
    ("parts/scale_incomplete", Server("has_a_scale_without_a_path")),
    ("parts/scale_path_under_status", Server("has_a_scale_with_wrong_paths")),
    ("parts/scale_selector_of_the_whole_status", Server("has_a_scale_with_wrong_paths")),
    ("parts/scale_without_status_field", Stricter("A path of a column or of the scale that leads to no field")),
    ("parts/selectable_field_of_no_field", Server("selects_by_fields_that_are_not_there")),
    ("parts/selectable_field_of_the_metadata", Server("selects_by_the_metadata")),
    ("parts/selectable_field_twice", Server("selects_by_a_field_twice")),
    ("parts/selectable_fields_too_many", Server("selects_by_too_many_fields")),
    ("path/column_below_a_part", Stricter("A path of a column or of the scale that leads to no field")),
    ("path/column_by_its_rust_name", Stricter("A path of a column or of the scale that leads to no field")),
    ("path/column_of_a_number_over_a_list", Stricter("A column or a scale of another type than its field")),
    ("path/column_of_a_time_over_a_number", Stricter("A column or a scale of another type than its field")),
    ("path/column_of_another_type", Stricter("A column or a scale of another type than its field")),
    ("path/column_of_the_status", Stricter("A path of a column or of the scale that leads to no field")),
    ("path/map_key_by_its_rust_name", Server("has_keys_that_are_no_fields")),
    ("path/map_key_misspelt", Server("has_keys_that_are_no_fields")),
    ("path/map_key_of_lists_in_a_map", Server("has_keys_that_are_no_fields")),
    ("path/map_key_over_objects", Server("has_keys_that_are_objects")),
    ("path/map_key_that_may_be_missing", Server("has_keys_that_may_be_missing")),
    ("path/scale", Stricter("A path of a column or of the scale that leads to no field")),
    ("path/scale_over_a_text", Stricter("A column or a scale of another type than its field")),
    ("path/selectable_field", Server("selects_by_fields_that_are_not_there")),
    ("path/selector_by_another_name", Stricter("A path of a column or of the scale that leads to no field")),
    ("path/selector_over_a_number", Stricter("A column or a scale of another type than its field")),
    ("rules/arguments_of_no_overload", Rule("mix_types")),
    ("rules/bracket_not_closed", Rule("cannot_be_read")),
    ("rules/comparison_with_one_sign", Rule("cannot_be_read")),
    ("rules/duration_that_is_none", Rule("have_a_duration_that_is_none")),
    ("rules/field_asked_for_with_has", Rule("name_no_field")),
    ("rules/field_by_its_rust_name", Rule("name_no_field")),
    ("rules/field_misspelt", Rule("name_no_field")),
    ("rules/field_of_a_part_of_a_part", Rule("name_no_field")),
    ("rules/field_of_the_root_misspelt", Rule("name_no_field")),
    ("rules/field_path_to_no_field", Rule("have_a_field_path_to_an_item")),
    ("rules/field_rule_function_misspelt", Rule("name_no_function")),
    ("rules/field_rule_of_another_type", Rule("mix_types")),
    ("rules/function_misspelt", Rule("name_no_function")),
    ("rules/function_of_another_language", Rule("name_no_function")),
    ("rules/has_of_an_index", Rule("cannot_be_read")),
    ("rules/labels_of_the_metadata", Rule("see_no_labels")),
    ("rules/list_of_two_types", Rule("have_a_list_of_two_types")),
    ("rules/macro_misspelt", Rule("name_no_function")),
    ("rules/message_expression_is_no_text", Rule("have_no_text_as_message")),
    ("rules/message_expression_misspelt", Rule("have_a_message_that_cannot_be_read")),
    ("rules/not_true_or_false", Rule("are_no_truth")),
    ("rules/number_that_is_none", Server("has_rules_with_constants_that_no_conversion_takes")),
    ("rules/one_ampersand", Rule("cannot_be_read")),
    ("rules/operator_missing", Rule("cannot_be_read")),
    ("rules/optional_old_self_read_as_if_it_were_there", Rule("take_the_former_value_for_sure")),
    ("rules/optional_old_self_unread", Rule("do_not_need_the_former_value")),
    ("rules/part_field_below", Rule("name_no_field")),
    ("rules/part_field_misspelt", Rule("name_no_field")),
    ("rules/part_rule_of_lines_without_message", Server("has_rules_over_several_lines")),
    ("rules/part_rule_reason", Server("has_a_rule_with_an_unknown_reason")),
    ("rules/part_types_do_not_go_together", Rule("mix_types")),
    ("rules/pattern_that_is_none", Server("has_a_rule_with_a_pattern_that_is_none")),
    ("rules/pattern_to_look_for_that_is_none", Server("has_a_rule_that_looks_for_a_pattern_that_is_none")),
    ("rules/reserved_word", Rule("use_a_reserved_word")),
    ("rules/text_not_closed", Rule("have_a_text_that_is_not_closed")),
    ("rules/value_missing", Rule("cannot_be_read")),
    ("rules/variable_misspelt", Rule("name_no_variable")),
    ("rules/variable_of_no_macro", Rule("name_no_variable")),
    ("rules/variable_unknown", Rule("name_no_variable")),
];

async fn each_mistake_is_one_for_the_server_or_a_deviation(_: Cx) -> Done {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeSet::new();
    for topic in TOPICS {
        for file in std::fs::read_dir(tests.join("ui").join(topic))? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                files.insert(format!("{topic}/{}", path.file_stem().unwrap().to_string_lossy()));
            }
        }
    }
    let listed: BTreeSet<String> = MISTAKES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed, files, "each mistake of tests/ui stands in tests/it/strictness.rs");
    let deviations = std::fs::read_to_string(tests.join("../DEVIATIONS.md"))?;
    for (name, also) in MISTAKES {
        match also {
            Server(case) => assert!(
                definitions::names().chain(patterns::names()).any(|known| known == *case),
                "{name}: no case {case}"
            ),
            Rule(case) => assert!(rule_mistakes::names().any(|known| known == *case), "{name}: no case {case}"),
            Stricter(title) => assert!(deviations.contains(&format!("**{title}**")), "{name}: no deviation {title:?}"),
            Rust => {}
        }
    }
    Ok(())
}
