use std::fs;
use std::path::Path;

use serde_json::json;

use super::*;

fn lamps(change: impl FnOnce(&mut serde_json::Value)) -> CustomResourceDefinition {
    let mut definition = json!({
        "metadata": { "name": "lamps.example.com" },
        "spec": {
            "group": "example.com", "scope": "Cluster", "names": { "plural": "lamps", "kind": "Lamp" },
            "versions": [{ "name": "v1", "served": true, "storage": true, "schema": { "openAPIV3Schema": {
                "type": "object",
                "properties": { "spec": { "type": "object", "properties": { "watts": { "type": "integer" } } } },
            } } }],
        },
    });
    change(&mut definition);
    serde_json::from_value(definition).unwrap()
}

/// Runs a program without a cluster.
fn run(program: &Program<'_>, args: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let terminal = Terminal { out: &mut out, err: &mut err, input: &mut io::empty() };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let code = runtime.block_on(program.run_in(args.iter().map(OsString::from), terminal));
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("kubist-crd-program-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn definitions_are_printed_as_yaml_as_json_and_into_files() {
    let crds = [lamps(|_| {})];
    let program = Program::of("lamps", &crds);
    let (code, yaml, _) = run(&program, &["print"]);
    assert_eq!((code, &*yaml), (0, &*crate::crd::to_yaml(&crds)));
    let (_, json, _) = run(&program, &["print", "--json"]);
    assert!(json.starts_with("{\n  \"apiVersion\": \"apiextensions.k8s.io/v1\",\n"), "{json}");

    let folder = folder("print");
    let (code, told, _) = run(&program, &["print", "-o", &folder.display().to_string()]);
    let path = folder.join("lamps.example.com.yaml");
    assert_eq!((code, told), (0, format!("{}\n", path.display())));
    assert_eq!(fs::read_to_string(&path).unwrap(), yaml);
    // What was written is what is read.
    let (code, again, _) = run(&Program::of_files("kubist crd"), &["print", &folder.display().to_string()]);
    assert_eq!((code, again), (0, yaml));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_check_tells_each_mistake_and_ends_with_1() {
    let (good, wrong) = ([lamps(|_| {})], [lamps(|crd| crd["spec"]["scope"] = "World".into())]);
    let (code, out, _) = run(&Program::of("lamps", &good), &["check"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("lamps.example.com: good\n"), "{out}");
    let (code, out, _) = run(&Program::of("lamps", &wrong), &["check"]);
    let expected = "lamps.example.com
  spec.scope: Unsupported value: \"World\": supported values: \"Cluster\", \"Namespaced\"

A server would refuse 1 definition.
";
    assert_eq!((code, &*out), (1, expected));
}

#[test]
fn a_difference_is_laid_out_by_class_and_breaking_ones_end_with_1() {
    let folder = folder("diff");
    let path = folder.join("old.yaml");
    let other = lamps(|crd| crd["metadata"]["name"] = "fans.example.com".into());
    fs::write(&path, crate::crd::to_yaml(&[lamps(|_| {}), other])).unwrap();
    let against = ["diff", "--against", &path.display().to_string()];
    let place = format!("fans.example.com: only in {}; installing the others leaves it there\n", path.display());

    let same = [lamps(|_| {})];
    let (code, out, _) = run(&Program::of("lamps", &same), &against);
    assert_eq!((code, out), (0, format!("lamps.example.com: no difference\n{place}")));

    let safer = [lamps(|crd| crd["spec"]["names"]["shortNames"] = json!(["lp"]))];
    let (code, out, _) = run(&Program::of("lamps", &safer), &against);
    let expected =
        format!("lamps.example.com\n  Safe\n    spec.names.shortNames  `lp` is added\n{place}\n1 change, safe\n");
    assert_eq!((code, out), (0, expected));

    let breaking = [lamps(|crd| {
        crd["spec"]["names"]["shortNames"] = json!(["lp"]);
        let schema = &mut crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        schema["properties"]["spec"]["properties"] = json!({ "volts": { "type": "integer" } });
        schema["properties"]["spec"]["required"] = json!(["volts"]);
    })];
    let (code, out, _) = run(&Program::of("lamps", &breaking), &against);
    let expected = format!(
        "lamps.example.com
  Breaking for stored objects
    v1: .spec.watts  the field is removed: the server drops it from what it reads and what it is sent
    v1: .spec.volts  the field is required: stored objects without it cannot be changed beside it
  Safe
    spec.names.shortNames  `lp` is added
    v1: .spec.volts        the field is added
{place}
4 changes: 2 are breaking
"
    );
    assert_eq!((code, out), (1, expected));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_cannot_be_done_is_one_line_and_ends_with_2() {
    let twice = [lamps(|_| {}), lamps(|_| {})];
    for (program, args, expected) in [
        (
            Program::of("lamps", &[]),
            &["shine"][..],
            "lamps: unknown command `shine`; there are print, check, diff, install and uninstall\n",
        ),
        (
            Program::of_files("kubist crd"),
            &["print", "/no/such"],
            "kubist crd: /no/such: there is no such file or folder\n",
        ),
        (
            Program::of("lamps", &twice),
            &["print"],
            "lamps: lamps.example.com is defined twice; `crd::merge` joins the versions of a kind\n",
        ),
        (
            Program::of_files("kubist crd"),
            &["diff", "/no/such", "--against", "x"],
            "kubist crd: /no/such: there is no such file or folder\n",
        ),
    ] {
        let (code, out, err) = run(&program, args);
        assert_eq!((code, &*out, &*err), (2, "", expected));
    }
    let missing = Path::new("/no/such/kubeconfig").display().to_string();
    let (code, _, err) = run(&Program::of("lamps", &twice[..1]), &["install", "--kubeconfig", &missing]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
}

#[test]
fn a_program_in_a_runtime_finds_its_own() {
    let crds = [lamps(|_| {})];
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let code = runtime.block_on(async { Program::of("lamps", &crds).run(["check".into()]) });
    assert_eq!(code, ExitCode::SUCCESS);
}
