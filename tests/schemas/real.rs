//! What the real server says to a case.

use std::time::Duration;

use kubist::config::Credentials;
use kubist::rest::Response;
use kubist::{Client, Config, Error};
use kubist_real::RealServer;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::case::{Case, Verdict};
use crate::roots::Root;

const GROUP: (&str, &str) = ("apiextensions.k8s.io", "v1");
const CRDS: &str = "customresourcedefinitions";

/// How cases reach the server.
#[derive(Debug)]
pub(crate) struct Access {
    client: Client,
    runtime: Runtime,
}

impl Access {
    pub(crate) fn new(server: &RealServer) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let mut config = Config::new(server.url());
        config.certificate_authority = Some(server.certificate_authority().map_err(|error| error.to_string())?);
        config.credentials = Credentials::Token(server.admin_token().into());
        let client = runtime.block_on(async { Client::builder().config(config).build() });
        Ok(Self { client: client.map_err(|error| error.to_string())?, runtime })
    }

    pub(crate) fn check(&self, case: &Case) -> Result<(), String> {
        self.runtime.block_on(async {
            let crd = serde_json::to_value(case.crd()).map_err(|error| error.to_string())?;
            self.establish(&crd).await?;
            for (index, (value, verdict)) in case.values.iter().enumerate() {
                self.value(case, &crd, index, value, *verdict).await?;
            }
            // A server with a hundred definitions is a slow one.
            let _gone = self.client.rest().delete().api(GROUP.0, GROUP.1).resource(CRDS).name(name(&crd)).send().await;
            Ok(())
        })
    }

    pub(crate) fn check_root(&self, root: &Root) -> Result<(), String> {
        self.runtime.block_on(async {
            let crd = serde_json::to_value((root.crd)()).map_err(|error| error.to_string())?;
            self.establish(&crd).await?;
            let metadata = same_but_for_defaults("", &crd["metadata"], &self.stored(&crd).await?["metadata"]);
            metadata?;
            self.send(&crd, "good", &root.good).await.map_err(|error| format!("{}: {error:?}", root.good))?;
            match self.send(&crd, "bad", &root.bad).await {
                Err(error) if error.status().is_some_and(|status| status.code == 422) => Ok(()),
                other => Err(format!("{}: {other:?}", root.bad)),
            }
        })
    }

    async fn stored(&self, crd: &Value) -> Result<Value, String> {
        let request = self.client.rest().get().api(GROUP.0, GROUP.1).resource(CRDS).name(name(crd));
        request.send().await.and_then(Response::json).map_err(|error| error.to_string())
    }

    /// Creates the definition strictly and waits until objects can be created.
    async fn establish(&self, crd: &Value) -> Result<(), String> {
        let rest = self.client.rest();
        let created = rest.post().api(GROUP.0, GROUP.1).resource(CRDS).param("fieldValidation", "Strict").json(crd);
        let created = created.send().await.map_err(|error| format!("{error:?}\n{crd:#}"))?;
        if let Some(warning) = created.warnings().first() {
            return Err(format!("the server warns: {}", warning.text()));
        }
        for _ in 0..300 {
            let stored = self.stored(crd).await?;
            let conditions = stored["status"]["conditions"].as_array().cloned().unwrap_or_default();
            if conditions.iter().any(|condition| condition["type"] == "Established" && condition["status"] == "True") {
                if let Some(condition) = conditions.iter().find(|condition| condition["type"] == "NonStructuralSchema")
                {
                    return Err(format!("{condition:#}"));
                }
                return same_but_for_defaults("", &crd["spec"], &stored["spec"]);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err("it was not established".to_owned())
    }

    async fn value(
        &self,
        case: &Case,
        crd: &Value,
        index: usize,
        value: &Value,
        verdict: Verdict,
    ) -> Result<(), String> {
        let answer = self.create(crd, &format!("value-{index}"), value).await;
        let expected = matches!(verdict, Verdict::Taken | Verdict::ServerTakes);
        match answer {
            Ok(_) if !expected => Err(format!("the server takes {value}")),
            Err(error) if expected => Err(format!("the server refuses {value}: {error:?}")),
            Err(error) => {
                // Any other refusal is none of the schema.
                let code = error.status().map(|status| status.code);
                if code == Some(422) || error.to_string().contains("unknown field") {
                    Ok(())
                } else {
                    Err(format!("{error:?}"))
                }
            }
            Ok(_) if verdict == Verdict::ServerTakes => Ok(()),
            Ok(stored) => {
                let (before, after) = (case.read(value)?, case.read(&stored)?);
                if before != after {
                    return Err(format!("{value} was {before} to serde, and is {after} once stored as {stored}"));
                }
                // What Rust writes, the server takes.
                let written = self.create(crd, &format!("written-{index}"), &before).await;
                written
                    .map(|_| ())
                    .map_err(|error| format!("the server refuses {before}, as serde writes it: {error:?}"))
            }
        }
    }

    /// Creates an object and gives the spec that was stored.
    async fn create(&self, crd: &Value, object: &str, spec: &Value) -> Result<Value, Error> {
        let fields = if spec.is_null() { json!({}) } else { json!({ "spec": spec }) };
        self.send(crd, object, &fields).await.map(|mut object| object["spec"].take())
    }

    /// Creates an object of these fields.
    async fn send(&self, crd: &Value, object: &str, fields: &Value) -> Result<Value, Error> {
        let names = &crd["spec"]["names"];
        let mut body = fields.clone();
        body["apiVersion"] = format!("{}/v1", text(&crd["spec"]["group"])).into();
        body["kind"] = names["kind"].clone();
        body["metadata"] = json!({ "name": object });
        for attempt in 0.. {
            let rest = self.client.rest().post().api(text(&crd["spec"]["group"]), "v1");
            let rest = if crd["spec"]["scope"] == "Namespaced" { rest.namespace("default") } else { rest };
            let request = rest.resource(text(&names["plural"])).param("fieldValidation", "Strict").json(&body);
            match request.send().await.and_then(Response::json::<Value>) {
                // The server says "Established" a moment before it serves the kind.
                Err(error) if attempt < 300 && error.is_not_found() => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                answer => return answer,
            }
        }
        unreachable!("the last attempt returns")
    }
}

/// Checks that all that was sent is there.
fn same_but_for_defaults(path: &str, sent: &Value, stored: &Value) -> Result<(), String> {
    match (sent, stored) {
        (Value::Object(sent), Value::Object(stored)) => {
            if path.ends_with(".openAPIV3Schema") && sent != stored {
                return Err(format!("{path} was {sent:?} and came back as {stored:?}"));
            }
            let none = &Value::Null;
            sent.iter().try_for_each(|(key, value)| {
                same_but_for_defaults(&format!("{path}.{key}"), value, stored.get(key).unwrap_or(none))
            })
        }
        (Value::Array(sent), Value::Array(stored)) if sent.len() == stored.len() => {
            sent.iter().zip(stored).try_for_each(|(sent, stored)| same_but_for_defaults(path, sent, stored))
        }
        _ if sent == stored => Ok(()),
        _ => Err(format!("{path} was {sent} and came back as {stored}")),
    }
}

fn name(crd: &Value) -> &str {
    text(&crd["metadata"]["name"])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
