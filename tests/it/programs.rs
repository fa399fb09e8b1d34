//! The programs of `tests/ui/pass`: what compiles is a definition that both servers take, strictly and without a warning, with an object that they take and one
//! that they refuse.

use kubist::RestClient;
use kubist::rest::Request;
use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist_tests::Kind;
use serde_json::Value;

use crate::cx::{Cx, establish, refused, tree};
use crate::{Case, Done};

#[path = "../ui/pass/among_names_of_the_prelude.rs"]
pub mod among_names_of_the_prelude;
#[path = "../ui/pass/as_in_the_design.rs"]
pub mod as_in_the_design;
#[path = "../ui/pass/beside_other_derives.rs"]
pub mod beside_other_derives;
#[path = "../ui/pass/in_modules_and_functions.rs"]
pub mod in_modules_and_functions;
#[path = "../ui/pass/made_by_a_macro.rs"]
pub mod made_by_a_macro;
#[path = "../ui/pass/parts_under_every_lint.rs"]
pub mod parts_under_every_lint;
#[path = "../ui/pass/roots_of_every_shape.rs"]
pub mod roots_of_every_shape;
#[path = "../ui/pass/rules.rs"]
pub mod rules;
#[path = "../ui/pass/through_another_crate.rs"]
pub mod through_another_crate;
#[path = "../ui/pass/under_every_lint.rs"]
pub mod under_every_lint;
#[path = "../ui/pass/with_a_conversion.rs"]
pub mod with_a_conversion;
#[path = "../ui/pass/with_a_status_of_another_name.rs"]
pub mod with_a_status_of_another_name;
#[path = "../ui/pass/with_data_at_the_root.rs"]
pub mod with_data_at_the_root;
#[path = "../ui/pass/with_every_key.rs"]
pub mod with_every_key;
#[path = "../ui/pass/with_what_a_schema_can_say.rs"]
pub mod with_what_a_schema_can_say;
#[path = "../ui/pass/without_imports.rs"]
pub mod without_imports;

type Kinds = fn() -> Vec<Kind<CustomResourceDefinition>>;

const PROGRAMS: &[(&str, fn(), Kinds)] = &[
    ("among_names_of_the_prelude", among_names_of_the_prelude::main, among_names_of_the_prelude::kinds),
    ("as_in_the_design", as_in_the_design::main, as_in_the_design::kinds),
    ("beside_other_derives", beside_other_derives::main, beside_other_derives::kinds),
    ("in_modules_and_functions", in_modules_and_functions::main, in_modules_and_functions::kinds),
    ("made_by_a_macro", made_by_a_macro::main, made_by_a_macro::kinds),
    ("parts_under_every_lint", parts_under_every_lint::main, parts_under_every_lint::kinds),
    ("roots_of_every_shape", roots_of_every_shape::main, roots_of_every_shape::kinds),
    ("rules", rules::main, rules::kinds),
    ("through_another_crate", through_another_crate::main, through_another_crate::kinds),
    ("under_every_lint", under_every_lint::main, under_every_lint::kinds),
    ("with_a_conversion", with_a_conversion::main, with_a_conversion::kinds),
    ("with_a_status_of_another_name", with_a_status_of_another_name::main, with_a_status_of_another_name::kinds),
    ("with_data_at_the_root", with_data_at_the_root::main, with_data_at_the_root::kinds),
    ("with_every_key", with_every_key::main, with_every_key::kinds),
    ("with_what_a_schema_can_say", with_what_a_schema_can_say::main, with_what_a_schema_can_say::kinds),
    ("without_imports", without_imports::main, without_imports::kinds),
];

/// Programs without a definition: their kinds are built in.
const VIEWS: [&str; 3] = ["a_view", "views_of_every_sort", "views_under_every_lint"];

pub(crate) fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/pass");
    let files = std::fs::read_dir(folder).expect("the programs are there");
    let mut files: Vec<_> = files.map(|file| file.expect("it is there").file_name()).collect();
    files.sort();
    let mut known: Vec<std::ffi::OsString> =
        PROGRAMS.iter().map(|(name, ..)| *name).chain(VIEWS).map(|name| format!("{name}.rs").into()).collect();
    known.sort();
    assert_eq!(files, known, "each program of {folder} stands in tests/it/programs.rs");
    let case = |&(name, main, kinds): &'static (&str, fn(), Kinds)| {
        Case::new(module_path!(), name, move |cx| async move {
            main();
            for (index, kind) in kinds().into_iter().enumerate() {
                asked(&cx, index, kind).await?;
            }
            Ok(())
        })
    };
    PROGRAMS.iter().map(case).collect()
}

/// Installs the definition under a group of the case, and sends both objects.
async fn asked(cx: &Cx, index: usize, kind: Kind<CustomResourceDefinition>) -> Done {
    let mut definition = kind.definition;
    definition.spec.group = format!("p{index}.{}.kubist.dev", cx.ns).into();
    definition.metadata.name = format!("{}.{}", definition.spec.names.plural, definition.spec.group).into();
    let rest = cx.client.rest();
    let crds = rest.post().api("apiextensions.k8s.io", "v1").resource("customresourcedefinitions");
    let created = strictly(crds, &tree(&definition)).send().await?;
    assert!(created.warnings().is_empty(), "{:?}", created.warnings());
    establish(&cx.client, &definition).await?;

    let taken = object(&definition, kind.takes);
    let answer = strictly(place(cx, &rest, &definition).await?, &taken).send().await?;
    assert!(answer.warnings().is_empty(), "{:?}", answer.warnings());
    let refusal = object(&definition, kind.refuses);
    let status = refused(strictly(place(cx, &rest, &definition).await?, &refusal).send().await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    // The order of causes from one map of properties is the server's dice.
    let mut found: Vec<String> =
        status.causes().iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect();
    let mut because: Vec<_> = kind.because.to_vec();
    found.sort();
    because.sort_unstable();
    assert_eq!(found, because);
    cx.crds().delete(definition.metadata.name.as_str()).await?;
    Ok(())
}

fn strictly(request: Request, body: &Value) -> Request {
    request.param("fieldValidation", "Strict").json(body)
}

/// Where objects of the kind are created.
async fn place(cx: &Cx, rest: &RestClient, definition: &CustomResourceDefinition) -> Result<Request, kubist::Error> {
    let spec = &definition.spec;
    let request = rest.post().api(&spec.group, &spec.versions[0].name).resource(&spec.names.plural);
    Ok(if spec.scope == "Namespaced" { request.namespace(cx.namespace().await?) } else { request })
}

/// An object with the types of the definition, and a name where it has none.
fn object(definition: &CustomResourceDefinition, fields: &str) -> Value {
    let mut object: Value = serde_json::from_str(fields).expect("the program wrote JSON");
    let spec = &definition.spec;
    object["apiVersion"] = format!("{}/{}", spec.group, spec.versions[0].name).into();
    object["kind"] = spec.names.kind.as_str().into();
    if object["metadata"].is_null() {
        object["metadata"] = serde_json::json!({"name": "a"});
    }
    object
}
