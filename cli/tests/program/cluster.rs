//! What talks to a cluster.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;

use kubist_apiserver::Server;

use crate::{Folder, LAMPS, Ran, Result, kubist};

/// The story on the embedded server, which others see as a process would.
pub(crate) fn on_embedded() -> Result {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let server = runtime.block_on(Server::new().serve((Ipv4Addr::LOCALHOST, 0).into()))?;
    let folder = Folder::new()?;
    let kubeconfig = folder.write("kubeconfig", &server.kubeconfig())?;
    let told = story(&kubeconfig);
    runtime.block_on(server.shutdown());
    told
}

const NOWHERE: &str = "\
apiVersion: v1
kind: Config
current-context: nowhere
clusters: [{name: nowhere, cluster: {server: 'http://127.0.0.1:1'}}]
users: [{name: nobody, user: {}}]
contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
";

/// Installs, compares, changes and uninstalls a definition.
pub(crate) fn story(kubeconfig: &Path) -> Result {
    let folder = Folder::new()?;
    folder.write("lamps.yaml", LAMPS)?;
    let good = |words: &str, input: &str| -> Result<Ran> {
        let ran = kubist(&folder.0, words, input, kubeconfig.as_os_str())?;
        assert_eq!(ran.err, "", "{words}");
        Ok(ran)
    };
    let url = {
        let ran = good("crd diff lamps.yaml", "")?;
        assert_eq!(ran.code, Some(0));
        let place = ran.out.strip_prefix("lamps.cli.kubist.dev: not in ").and_then(|rest| rest.strip_suffix(" yet\n"));
        place.ok_or_else(|| format!("what is this? {}", ran.out))?.to_owned()
    };
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    let said = |words: &str, input: &str, code: i32, out: &str| -> Result {
        assert_eq!(
            good(words, input)?,
            Ran { code: Some(code), out: out.replace("URL", &url), err: String::new() },
            "{words}"
        );
        Ok(())
    };
    said("crd install lamps.yaml", "", 0, "lamps.cli.kubist.dev  created\n")?;
    said("crd install .", "", 0, "lamps.cli.kubist.dev  unchanged\n")?;
    said("crd diff lamps.yaml", "", 0, "lamps.cli.kubist.dev: no difference\n")?;
    folder.write("lamps.yaml", &LAMPS.replace("shortNames: [lp]", "shortNames: []"))?;
    let breaking = "lamps.cli.kubist.dev
  Breaking for clients
    spec.names.shortNames  `lp` is removed: nobody can ask for the kind by it

1 change, breaking
";
    said("crd diff lamps.yaml", "", 1, breaking)?;
    said("crd install lamps.yaml --timeout 20", "", 0, "lamps.cli.kubist.dev  updated\n")?;

    // Another context than the current one, and another file than that of the environment.
    let nowhere = folder.write("nowhere", NOWHERE)?;
    let both: OsString = [nowhere.as_os_str(), OsStr::new(":"), kubeconfig.as_os_str()].into_iter().collect();
    let text = fs::read_to_string(kubeconfig)?;
    let context = text.split_once("current-context: ").ok_or("no context")?.1;
    let context = context.split([',', '\n', '}']).next().unwrap_or_default().trim().trim_matches('"');
    let in_context = kubist(&folder.0, &format!("crd diff lamps.yaml --context {context}"), "", &both)?;
    assert_eq!((in_context.code, &*in_context.out), (Some(0), "lamps.cli.kubist.dev: no difference\n"));
    let of_file = kubist(
        &folder.0,
        &format!("crd diff lamps.yaml --kubeconfig {}", kubeconfig.display()),
        "",
        nowhere.as_os_str(),
    )?;
    assert_eq!(of_file, in_context);
    for words in ["crd install lamps.yaml", "crd diff lamps.yaml --context other"] {
        let ran = kubist(&folder.0, words, "", &both)?;
        assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{words}: {}", ran.err);
        assert!(ran.err.starts_with("kubist crd: "), "{}", ran.err);
        let says_why = ran.err.contains("refused") || ran.err.contains("other");
        assert!(says_why, "{}", ran.err);
    }

    let question = "This deletes from URL:\n  lamps.cli.kubist.dev  without objects\n";
    said("crd uninstall lamps.yaml", "", 1, &format!("{question}Type `yes` to go on: \nnothing was deleted\n"))?;
    said(
        "crd uninstall lamps.yaml",
        "yes\n",
        0,
        &format!("{question}Type `yes` to go on: lamps.cli.kubist.dev  deleted\n"),
    )?;
    said("crd uninstall --yes lamps.yaml", "", 0, "lamps.cli.kubist.dev: not in URL\n")
}
