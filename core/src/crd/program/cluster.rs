//! What talks to a cluster.

use super::output::{Difference, differences, write};
use super::{NO, Options, Stop, Terminal};
use crate::api::Api;
use crate::client::Client;
use crate::crd::{CustomResourceDefinition, Installation, Installed, conversion};
use crate::crd::{diff as changes, install as install_all, uninstall as uninstall_all};

pub(super) async fn diff(
    client: &Client,
    crds: &[CustomResourceDefinition],
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let api = Api::<CustomResourceDefinition>::cluster(client);
    let mut found = Vec::new();
    for crd in crds {
        let name = &crd.metadata.name;
        let difference = match api.get(name).optional().await? {
            Some(current) => Difference::Changes(changes(&current, &as_installed(&current, crd))),
            None => Difference::New,
        };
        found.push((name.to_string(), difference));
    }
    let (text, is_breaking) = differences(&found, &format!("in {}", client.url()));
    write(terminal, &text)?;
    Ok(if is_breaking { NO } else { 0 })
}

/// A definition as it will be there: installing keeps what the new one does not say of the conversion.
fn as_installed(current: &CustomResourceDefinition, crd: &CustomResourceDefinition) -> CustomResourceDefinition {
    let mut wanted = crd.clone();
    conversion::keep(&mut wanted, current);
    wanted
}

pub(super) async fn install(
    client: &Client,
    crds: &[CustomResourceDefinition],
    options: &Options,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let width = crds.iter().map(|crd| crd.metadata.name.chars().count()).max().unwrap_or_default();
    for crd in crds {
        write(terminal, &format!("{:<width$}  ", crd.metadata.name))?;
        let mut request = install_all(client, std::slice::from_ref(crd));
        if let Some(timeout) = options.timeout {
            request = request.timeout(timeout);
        }
        let done = match request.await {
            Ok(done) => done,
            Err(error) => {
                write(terminal, "failed\n")?;
                return Err(error.into());
            }
        };
        let word = match done.first() {
            Some(Installed::Created) => "created",
            Some(Installed::Updated) => "updated",
            _ => "unchanged",
        };
        write(terminal, &format!("{word}\n"))?;
    }
    Ok(0)
}

pub(super) async fn uninstall(
    client: &Client,
    crds: &[CustomResourceDefinition],
    options: &Options,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    // First what there is, with the answer no: a question may take as long as it likes, outside of a request.
    let mut found = Vec::new();
    uninstall_all(client, crds).confirm(keep(&mut found)).await?;
    for crd in crds.iter().filter(|crd| !found.iter().any(|found| *found.name == *crd.metadata.name)) {
        write(terminal, &format!("{}: not in {}\n", crd.metadata.name, client.url()))?;
    }
    if found.is_empty() {
        return Ok(0);
    }
    let width = found.iter().map(|found| found.name.chars().count()).max().unwrap_or_default();
    write(terminal, &format!("This deletes from {}:\n", client.url()))?;
    for found in &found {
        write(terminal, &format!("  {:<width$}  {}\n", found.name, objects(found)))?;
    }
    if !options.yes && !agrees(terminal)? {
        write(terminal, "nothing was deleted\n")?;
        return Ok(NO);
    }
    let mut gone = Vec::new();
    let mut request =
        uninstall_all(client, crds).confirm(|now| now == found).progress(|one| gone.push(one.name.clone()));
    if let Some(timeout) = options.timeout {
        request = request.timeout(timeout);
    }
    let done = request.await;
    for name in &gone {
        write(terminal, &format!("{name:<width$}  deleted\n"))?;
    }
    if done?.is_empty() {
        return Err(Stop::Problem("something else is there now; nothing was deleted".to_owned()));
    }
    Ok(0)
}

/// Notes what was found, and agrees to nothing.
fn keep(found: &mut Vec<Installation>) -> impl FnOnce(&[Installation]) -> bool + Send {
    |all| {
        found.extend_from_slice(all);
        false
    }
}

fn objects(found: &Installation) -> String {
    match found.objects {
        Some(0) => "without objects".to_owned(),
        Some(1) => "with 1 object".to_owned(),
        Some(count) => format!("with {count} objects"),
        None => "with all its objects, which cannot be counted".to_owned(),
    }
}

fn agrees(terminal: &mut Terminal<'_>) -> Result<bool, Stop> {
    write(terminal, "Type `yes` to go on: ")?;
    let mut answer = String::new();
    terminal.input.read_line(&mut answer)?;
    if !answer.ends_with('\n') {
        write(terminal, "\n")?;
    }
    Ok(answer.trim() == "yes")
}
