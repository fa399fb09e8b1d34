//! How long a crate with 100 derived resources takes to build, and how long its definitions take to make.
//!
//! The crate is written here: the same types for each competitor, with its derive on 100 of them and without it. Both are
//! built alone, after what they need, without the cache of former builds, and in turn.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::build::{home, must};
use crate::compile::{cargo, line, timed};
use crate::figure::Figure;
use crate::measure::Line;
use crate::plan::Competitor;
use crate::program::{Sample, sample};

use Competitor::{Kube, Kubist};

const RESOURCES: usize = 100;

const ROUNDS: usize = 3;

/// One of the crates.
struct Crate {
    folder: PathBuf,
    target: PathBuf,
}

/// What one competitor came to.
#[derive(Default)]
struct Samples {
    plain: Vec<Sample>,
    derived: Vec<Sample>,
    /// What the derive added.
    added: Vec<Sample>,
    definitions: Vec<Sample>,
}

/// Builds both crates of both and runs those with the derive; `target` is for all that comes of it.
pub(crate) fn lines(target: &Path) -> Result<Vec<Line>> {
    let crates = |who: Competitor, name: &str| -> Result<(Competitor, [Crate; 2])> {
        let target = target.join(name);
        let plain = Crate::write(who, &target, "plain", false)?;
        Ok((who, [plain, Crate::write(who, &target, "derived", true)?]))
    };
    let sides = [crates(Kubist, "kubist")?, crates(Kube, "kube")?];
    for (_, crates) in &sides {
        for one in crates {
            must(&mut one.cargo("build"), "cargo build")?;
        }
    }
    let mut samples = [Samples::default(), Samples::default()];
    for _ in 0..ROUNDS {
        for ((_, [plain, derived]), samples) in sides.iter().zip(&mut samples) {
            let (plain, derived_again) = (plain.build()?, derived.build()?);
            samples.added.push(difference(&derived_again, &plain));
            samples.plain.push(plain);
            samples.derived.push(derived_again);
            samples.definitions.push(derived.run()?);
        }
    }
    let line = |row: &str, title: &str, figure: Figure, of: fn(&Samples) -> &Vec<Sample>| {
        let values = sides.iter().zip(&samples).map(|((who, _), samples)| (*who, of(samples).clone()));
        line(row, title, figure, values.collect(), None)
    };
    let mut lines = Vec::new();
    for figure in [Figure::Build, Figure::BuildCpu] {
        let title = "100 resources of ten fields, each with a list, a map and an enum: the crate without the derive";
        lines.push(line("crd100-plain", title, figure, |samples| &samples.plain));
    }
    for figure in [Figure::Build, Figure::BuildCpu] {
        lines.push(line("crd100-derived", "the crate with the derive", figure, |samples| &samples.derived));
    }
    for figure in [Figure::Build, Figure::BuildCpu] {
        lines.push(line("crd100", "what the derive adds", figure, |samples| &samples.added));
    }
    lines.push(line("crd100-run", "crd() of all 100, debug", Figure::Wall, |samples| &samples.definitions));
    Ok(lines)
}

fn difference(more: &Sample, less: &Sample) -> Sample {
    more.iter().map(|(name, value)| (name.clone(), value - less.get(name).copied().unwrap_or_default())).collect()
}

impl Crate {
    fn write(who: Competitor, target: &Path, name: &str, derived: bool) -> Result<Self> {
        let folder = target.join(name);
        let sources = folder.join("src");
        let put = |file: PathBuf, text: String| {
            std::fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))
        };
        std::fs::create_dir_all(&sources).map_err(|error| format!("{}: {error}", sources.display()))?;
        put(folder.join("Cargo.toml"), manifest(who, name))?;
        put(sources.join("main.rs"), program(who, derived))?;
        // What is compared is at the versions that the other rows have.
        let lock = home().join("Cargo.lock");
        std::fs::copy(&lock, folder.join("Cargo.lock")).map_err(|error| format!("{}: {error}", lock.display()))?;
        Ok(Self { folder, target: target.join("target") })
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = cargo(&self.folder, &self.target);
        cargo.arg(command).env("CARGO_INCREMENTAL", "0");
        cargo
    }

    /// Builds the crate again, alone.
    fn build(&self) -> Result<Sample> {
        let file = self.folder.join("src/main.rs");
        let touched = std::fs::File::options()
            .append(true)
            .open(&file)
            .and_then(|open| open.set_modified(std::time::SystemTime::now()));
        touched.map_err(|error| format!("{}: {error}", file.display()))?;
        timed(&mut self.cargo("build"))
    }

    /// Has the program make its definitions and say how long it took.
    fn run(&self) -> Result<Sample> {
        let output = self.cargo("run").stdout(Stdio::piped()).output();
        let output = output.map_err(|error| format!("cargo run: {error}"))?;
        sample(&output.stdout).ok_or_else(|| format!("cargo run: {}", output.status))
    }
}

fn manifest(who: Competitor, name: &str) -> String {
    let other = match who {
        Kubist => {
            let kubist = home().parent().map(|root| root.join("core")).unwrap_or_default();
            format!("kubist = {{ path = \"{}\" }}\n", kubist.display())
        }
        _ => "k8s-openapi = { version = \"0.29\", features = [\"v1_37\"] }\n\
              kube = { version = \"=5.0.0\", default-features = false, features = [\"derive\"] }\n"
            .to_owned(),
    };
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{other}\
         schemars = \"1.2\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n"
    )
}

fn program(who: Competitor, derived: bool) -> String {
    let traits = match (who, derived) {
        (_, false) => "use schemars::JsonSchema;\n",
        (Kubist, true) => "use kubist::{ObjectMeta, Resource, ResourcePart};\n",
        (_, true) => "use kube::CustomResourceExt as _;\nuse schemars::JsonSchema;\n",
    };
    let mut text = format!(
        "#![allow(dead_code, reason = \"only definitions are made\")]\n\n\
         use std::collections::BTreeMap;\nuse std::time::Instant;\n\n{traits}use serde::{{Deserialize, Serialize}};\n"
    );
    for number in 0..RESOURCES {
        let _ = write!(text, "{}", types(who, derived, number));
    }
    let each = |made: fn(usize) -> String| -> String { (0..RESOURCES).map(made).collect() };
    let made = if derived {
        each(|number| format!("        Foo{number}::crd(),\n"))
    } else {
        each(|number| format!("        schemars::schema_for!(FooSpec{number}),\n"))
    };
    let _ = write!(
        text,
        "\nfn main() {{\n    let start = Instant::now();\n    let all = vec![\n{made}    ];\n    \
         let wall = start.elapsed().as_micros();\n    \
         let length: usize = all.iter().map(|one| serde_json::to_string(one).unwrap().len()).sum();\n    \
         println!(\"{{{{\\\"wall_us\\\": {{wall}}, \\\"length\\\": {{length}}}}}}\");\n}}\n"
    );
    text
}

/// The types of one resource.
fn types(who: Competitor, derived: bool, number: usize) -> String {
    // What each says in its own way: what derives the schema of a part, and what stands on the spec and beside it.
    let (schema, spec, object) = match (who, derived) {
        (_, false) => ("JsonSchema", String::new(), String::new()),
        (Kubist, true) => (
            "ResourcePart",
            String::new(),
            format!(
                "#[derive(Resource, Debug, Clone)]\n\
                 #[resource(group = \"example.com\", version = \"v1\", namespaced, short_names(\"f{number}\"))]\n\
                 pub struct Foo{number} {{\n    pub metadata: ObjectMeta,\n    pub spec: FooSpec{number},\n    \
                 pub status: Option<FooStatus{number}>,\n}}\n"
            ),
        ),
        (_, true) => (
            "JsonSchema",
            format!(
                "#[derive(kube::CustomResource)]\n#[kube(group = \"example.com\", version = \"v1\", kind = \"Foo{number}\", namespaced, \
                 status = \"FooStatus{number}\", shortname = \"f{number}\")]\n"
            ),
            String::new(),
        ),
    };
    let deriving = |more: &str| format!("#[derive(Debug, Clone, {more}Serialize, Deserialize, {schema})]");
    // Kubist asks for a status that can be empty.
    let (derive, derive_status) = (deriving(""), deriving("Default, "));
    format!(
        "
{spec}{derive}
pub struct FooSpec{number} {{
    /// The name of thing {number}.
    pub name: String,
    /// How many there are.
    pub replicas: Option<i32>,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    pub paused: bool,
    pub items: Vec<Item{number}>,
    pub mode: Mode{number},
}}
{derive}
pub struct Item{number} {{
    pub key: String,
    pub value: Option<String>,
    pub weight: u32,
}}
{derive}
pub enum Mode{number} {{
    Fast,
    Slow,
    Auto,
}}
{derive_status}
pub struct FooStatus{number} {{
    pub ready: bool,
    pub message: Option<String>,
    pub observed_generation: Option<i64>,
}}
{object}"
    )
}
