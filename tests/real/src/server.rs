//! Starting, asking, stopping.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::Error;
use crate::binaries::{Binaries, VERSION, pause};

/// A running etcd and kube-apiserver. Dropping it stops both and removes what they wrote; so does the end of this process, however it ends.
#[derive(Debug)]
pub struct RealServer {
    binaries: Binaries,
    folder: PathBuf,
    url: String,
    /// Each is a shell that ends its program when this process closes the pipe.
    children: Vec<Child>,
}

const ADMIN_TOKEN: &str = "kubist-admin";
const NOBODY_TOKEN: &str = "kubist-nobody";

impl RealServer {
    /// Starts a server; builds the programs first where there are none, and says so on stderr.
    ///
    /// # Errors
    ///
    /// No programs and no Go, or what the programs wrote before they ended.
    pub fn start() -> Result<Self, Error> {
        let binaries = Binaries::find_or_build(&mut |line| tell(line))?;
        // Ports can be taken between finding and using them, so a second try is worth it.
        Self::start_with(&binaries).or_else(|_| Self::start_with(&binaries))
    }

    /// Starts a server of these programs.
    ///
    /// # Errors
    ///
    /// What the programs wrote before they ended.
    pub fn start_with(binaries: &Binaries) -> Result<Self, Error> {
        let [client_port, peer_port, port] = free_ports()?;
        let folder = std::env::temp_dir().join(format!("kubist-real-{}-{port}", std::process::id()));
        let io = |error: std::io::Error| Error::new(format!("{}: {error}", folder.display()));
        fs::create_dir_all(&folder).map_err(io)?;
        let tokens = format!("{ADMIN_TOKEN},admin,1,\"system:masters\"\n{NOBODY_TOKEN},nobody,2\n");
        fs::write(folder.join("tokens.csv"), tokens).map_err(io)?;
        fs::write(folder.join("sa.key"), SERVICE_ACCOUNT_KEY).map_err(io)?;
        let url = format!("https://127.0.0.1:{port}");
        let mut server = Self { binaries: binaries.clone(), folder, url, children: Vec::new() };

        let (client, peer) = (format!("http://127.0.0.1:{client_port}"), format!("http://127.0.0.1:{peer_port}"));
        server.spawn(
            "etcd",
            &[
                "--data-dir",
                "etcd",
                "--listen-client-urls",
                &client,
                "--advertise-client-urls",
                &client,
                "--listen-peer-urls",
                &peer,
                "--initial-advertise-peer-urls",
                &peer,
                "--initial-cluster",
                &format!("default={peer}"),
                "--unsafe-no-fsync",
            ],
        )?;
        server.spawn(
            "kube-apiserver",
            &[
                &format!("--etcd-servers={client}"),
                &format!("--secure-port={port}"),
                "--cert-dir=.",
                "--bind-address=127.0.0.1",
                "--token-auth-file=tokens.csv",
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=sa.key",
                "--service-account-signing-key-file=sa.key",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition",
                "--allow-privileged=true",
                "--max-requests-inflight=3000",
                "--max-mutating-requests-inflight=1500",
            ],
        )?;
        server.wait_until_ready()?;
        Ok(server)
    }

    /// Returns the server's URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the version that the programs are built from.
    pub fn version(&self) -> &'static str {
        VERSION
    }

    /// Returns the minor version, such as `v1.37`.
    pub fn minor(&self) -> &'static str {
        VERSION.rsplit_once('.').map_or(VERSION, |(minor, _)| minor)
    }

    /// Returns the certificate of the authority that signed the server's, in PEM.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub fn certificate_authority(&self) -> Result<Vec<u8>, Error> {
        let path = self.folder.join("apiserver.crt");
        fs::read(&path).map_err(|error| Error::new(format!("{}: {error}", path.display())))
    }

    /// Returns a token that may do everything.
    pub fn admin_token(&self) -> &'static str {
        ADMIN_TOKEN
    }

    /// Returns a token of a user without rights.
    pub fn nobody_token(&self) -> &'static str {
        NOBODY_TOKEN
    }

    /// Returns the path of a kubeconfig for the administrator.
    pub fn kubeconfig(&self) -> PathBuf {
        self.folder.join("kubeconfig")
    }

    /// Returns the programs.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// Gets a path as the administrator, with kubectl.
    ///
    /// # Errors
    ///
    /// What kubectl said.
    pub fn raw(&self, path: &str) -> Result<String, Error> {
        let output = Command::new(self.binaries.program("kubectl"))
            .args(["get", "--raw", path, "--kubeconfig"])
            .arg(self.kubeconfig())
            .output()
            .map_err(|error| Error::new(format!("kubectl: {error}")))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(Error::new(format!("kubectl get --raw {path}: {}", String::from_utf8_lossy(&output.stderr).trim())))
        }
    }

    fn spawn(&mut self, program: &str, arguments: &[&str]) -> Result<(), Error> {
        let log = self.log(program);
        let output = File::create(&log).and_then(|file| Ok((file.try_clone()?, file)));
        let (out, err) = output.map_err(|error| Error::new(format!("{}: {error}", log.display())))?;
        // `read` returns when the pipe is closed, which the end of this process does in every case.
        let child = Command::new("sh")
            .args([
                "-c",
                "\"$@\" </dev/null & child=$!; read -r _; kill -9 $child 2>/dev/null; wait $child 2>/dev/null",
                "sh",
            ])
            .arg(self.binaries.program(program))
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| Error::new(format!("{program} cannot be started: {error}")))?;
        self.children.push(child);
        Ok(())
    }

    fn log(&self, program: &str) -> PathBuf {
        self.folder.join(format!("{program}.log"))
    }

    fn wait_until_ready(&self) -> Result<(), Error> {
        let kubeconfig = format!(
            "{{apiVersion: v1, kind: Config, current-context: real, \
             contexts: [{{name: real, context: {{cluster: real, user: admin}}}}], \
             clusters: [{{name: real, cluster: {{server: '{}', certificate-authority: apiserver.crt}}}}], \
             users: [{{name: admin, user: {{token: {ADMIN_TOKEN}}}}}]}}\n",
            self.url
        );
        let path = self.kubeconfig();
        fs::write(&path, kubeconfig).map_err(|error| Error::new(format!("{}: {error}", path.display())))?;
        for _ in 0..240 {
            pause(Duration::from_millis(250));
            // Discovery is whole a moment after readiness: wait for one of the last groups.
            let serves = |path: &str| self.raw(path).is_ok();
            if serves("/readyz") && serves("/apis/storage.k8s.io/v1") && serves("/api/v1/namespaces/default") {
                return Ok(());
            }
        }
        let said = |program: &str| last_lines(&self.log(program));
        Err(Error::new(format!(
            "the real API server was not ready within a minute\netcd:\n{}\nkube-apiserver:\n{}",
            said("etcd"),
            said("kube-apiserver")
        )))
    }
}

impl Drop for RealServer {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            drop(child.stdin.take());
        }
        for child in self.children.iter_mut().rev() {
            if let Err(error) = child.wait() {
                tell(&format!("a program of the real API server cannot be waited for: {error}"));
            }
        }
        // What is left in the folder for temporary files harms nobody.
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Three ports that nobody listens on.
fn free_ports() -> Result<[u16; 3], Error> {
    let none = |error: std::io::Error| Error::new(format!("no free port on 127.0.0.1: {error}"));
    let mut ports = [0; 3];
    let mut held = Vec::new();
    for port in &mut ports {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(none)?;
        *port = listener.local_addr().map_err(none)?.port();
        held.push(listener);
    }
    Ok(ports)
}

fn last_lines(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

#[expect(clippy::print_stderr, reason = "progress for whoever waits")]
fn tell(line: &str) {
    eprintln!("real API server: {line}");
}

/// Signs the service account tokens of servers that live for a test.
const SERVICE_ACCOUNT_KEY: &str = include_str!("service-account.key");
