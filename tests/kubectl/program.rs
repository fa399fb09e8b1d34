//! The program itself: what it prints, writes, refuses and leaves behind.

use std::fs;
use std::process::{Command, Output, Stdio};

use libtest_mimic::Trial;

use crate::Result;
use crate::cluster::{Server, new_folder, program};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("the_program_says_what_to_try", greeting),
        Trial::test("the_program_refuses_an_address_that_others_can_reach", not_loopback),
        Trial::test("the_program_names_an_unknown_option_and_those_there_are", unknown_option),
        Trial::test("the_program_keeps_a_file_that_is_not_its_own", foreign_file),
        #[cfg(unix)]
        Trial::test("the_program_writes_a_private_kubeconfig_and_removes_it_at_the_end", kubeconfig),
    ]
}

fn greeting() -> Result {
    let server = Server::start()?;
    let kubeconfig = fs::canonicalize(server.kubeconfig())?;
    for line in [
        "  URL         https://127.0.0.1:".to_owned(),
        format!("  export KUBECONFIG={}\n", kubeconfig.display()),
        "  kubectl get namespaces\n".to_owned(),
    ] {
        assert!(server.greeting.contains(&line), "{line:?} in\n{}", server.greeting);
    }
    let kubeconfig = fs::read_to_string(kubeconfig)?;
    let token = kubeconfig.split_once("token: \"").and_then(|(_, rest)| rest.split_once('"')).ok_or("no token")?.0;
    assert!(!server.greeting.contains(token), "the token is printed");
    Ok(())
}

fn not_loopback() -> Result {
    let (code, said) = refused(&["--addr", "0.0.0.0:6443"])?;
    assert_eq!(code, Some(1));
    assert!(
        said.starts_with("kubist-apiserver: 0.0.0.0:6443 is not a loopback address: this server has no authorization"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    Ok(())
}

fn unknown_option() -> Result {
    let (code, said) = refused(&["--port", "6443"])?;
    let expected = "kubist-apiserver: unknown option `--port`; \
                    there are --addr ADDRESS, --kubeconfig PATH, --help and --version\n";
    assert_eq!((code, said.as_str()), (Some(2), expected));
    Ok(())
}

fn foreign_file() -> Result {
    let folder = new_folder()?;
    let path = folder.join("config");
    fs::write(&path, "mine")?;
    let (code, said) = refused(&["--kubeconfig", &path.display().to_string()])?;
    let kept = fs::read_to_string(&path)?;
    fs::remove_dir_all(&folder)?;
    assert_eq!(code, Some(1));
    assert_eq!(kept, "mine");
    assert!(said.contains("there is something that this program did not write"), "{said}");
    Ok(())
}

#[cfg(unix)]
fn kubeconfig() -> Result {
    use std::os::unix::fs::PermissionsExt as _;

    let mut server = Server::start()?;
    let mode = fs::metadata(server.kubeconfig())?.permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(server.terminate()?, "it ends well");
    assert!(!server.kubeconfig().exists());
    Ok(())
}

/// Runs the program, which ends at once; returns its exit code and what it said.
fn refused(arguments: &[&str]) -> Result<(Option<i32>, String)> {
    let Output { status, stdout, stderr } = Command::new(program()?).args(arguments).stdin(Stdio::null()).output()?;
    assert!(stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
    Ok((status.code(), String::from_utf8(stderr)?))
}
