//! What needs no cluster.

use std::fs;

use serde_json::{Value, json};

use super::output::{Difference, differences, line, write};
use super::{NO, Options, Stop, Terminal, read_all};
use crate::crd::yaml::{to_value, to_yaml};
use crate::crd::{CustomResourceDefinition, check as mistakes, diff as changes};

pub(super) fn print(
    crds: &[CustomResourceDefinition],
    options: &Options,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let text = |crds: &[CustomResourceDefinition]| if options.json { to_json(crds) } else { to_yaml(crds) };
    let Some(folder) = &options.output else {
        write(terminal, &text(crds))?;
        return Ok(0);
    };
    let wrong =
        |path: &std::path::Path, error: std::io::Error| format!("{} cannot be written: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| wrong(folder, error))?;
    for crd in crds {
        let ending = if options.json { "json" } else { "yaml" };
        let path = folder.join(format!("{}.{ending}", crd.metadata.name));
        fs::write(&path, text(std::slice::from_ref(crd))).map_err(|error| wrong(&path, error))?;
        write(terminal, &format!("{}\n", path.display()))?;
    }
    Ok(0)
}

/// One definition as it is, several as a list.
fn to_json(crds: &[CustomResourceDefinition]) -> String {
    let value = match crds {
        [one] => to_value(one),
        many => {
            json!({ "apiVersion": "v1", "kind": "List", "items": many.iter().map(to_value).collect::<Vec<Value>>() })
        }
    };
    // The keys of maps are texts, so there is nothing that JSON could not say.
    serde_json::to_string_pretty(&value).map(|text| text + "\n").unwrap_or_default()
}

pub(super) fn check(crds: &[CustomResourceDefinition], terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let mut out = String::new();
    let mut wrong = 0;
    for crd in crds {
        let causes = mistakes(crd);
        wrong += usize::from(!causes.is_empty());
        if causes.is_empty() {
            line(&mut out, &format!("{}: good", crd.metadata.name));
        } else {
            line(&mut out, &crd.metadata.name);
            for cause in causes {
                line(&mut out, &format!("  {}: {}", cause.field, cause.message));
            }
        }
    }
    line(&mut out, &match wrong {
        0 => "\nA server would take them, as far as can be seen without one: it also checks that defaults match their patterns, and certificates.".to_owned(),
        1 => "\nA server would refuse 1 definition.".to_owned(),
        many => format!("\nA server would refuse {many} definitions."),
    });
    write(terminal, &out)?;
    Ok(if wrong == 0 { 0 } else { NO })
}

pub(super) fn diff(
    crds: &[CustomResourceDefinition],
    options: &Options,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let others = read_all(&options.against)?;
    let name = |crd: &CustomResourceDefinition| crd.metadata.name.to_string();
    let mut found = Vec::new();
    for crd in crds {
        let other = others.iter().find(|other| other.metadata.name == crd.metadata.name);
        found.push((name(crd), other.map_or(Difference::New, |other| Difference::Changes(changes(other, crd)))));
    }
    let missing = others.iter().filter(|other| !crds.iter().any(|crd| crd.metadata.name == other.metadata.name));
    found.extend(missing.map(|other| (name(other), Difference::Missing)));
    let paths: Vec<String> = options.against.iter().map(|path| path.display().to_string()).collect();
    let (text, is_breaking) = differences(&found, &format!("in {}", paths.join(", ")));
    write(terminal, &text)?;
    Ok(if is_breaking { NO } else { 0 })
}
