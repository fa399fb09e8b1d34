//! What the examples share: where to connect, and how to print a step.

use std::time::Duration;

use kubist::{Client, ClientBuilder};
use kubist_apiserver::Server;

pub use self::story::Story;

mod story;

/// The programs of the README, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[expect(missing_debug_implementations, reason = "exists for its documentation only")]
pub struct Readme;

/// How long an example waits for a server to do what it was asked to.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Where an example runs: the embedded API server unless the command line asks for a cluster.
#[derive(Debug)]
#[non_exhaustive]
pub struct Target {
    /// The client to use.
    pub client: Client,
    /// What it is connected to, for the first line of the output.
    pub description: String,
    /// The words of the command line that did not choose the target.
    pub words: Vec<String>,
}

impl Target {
    /// Reads `--cluster` and `--context NAME` from the command line and connects.
    ///
    /// # Errors
    ///
    /// An unknown option, `--context` without `--cluster` or without a name, or no usable kubeconfig.
    pub fn from_args() -> Result<Self, Box<dyn std::error::Error>> {
        let mut cluster = false;
        let mut context = None;
        let mut words = Vec::new();
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--cluster" => cluster = true,
                "--context" => context = Some(args.next().ok_or("`--context` needs the name of a context")?),
                option if option.starts_with('-') => {
                    return Err(format!("unknown option `{option}`; there are --cluster and --context NAME").into());
                }
                _ => words.push(arg),
            }
        }
        if !cluster {
            if context.is_some() {
                return Err("`--context` chooses a cluster; add `--cluster` to use one".into());
            }
            let client = Client::from_service(Server::new().service());
            let description = "the embedded API server, in this process (`-- --cluster` uses your cluster)".to_owned();
            return Ok(Self { client, description, words });
        }
        let mut builder: ClientBuilder = Client::builder();
        if let Some(name) = &context {
            builder = builder.context(name);
        }
        let client = builder.build()?;
        let named = context.map_or_else(|| "the current context".to_owned(), |name| format!("context `{name}`"));
        let description = format!("the cluster at {} ({named})", client.url());
        Ok(Self { client, description, words })
    }
}
