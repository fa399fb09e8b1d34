//! What a real server does when one definition takes the place of another.

use std::time::Duration;

use kubist::config::Credentials;
use kubist::crd::{self, Class, CustomResourceDefinition};
use kubist::{Client, Config, Error, json};
use kubist_real::RealServer;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;

use crate::pair::Pair;

/// How pairs reach the server.
#[derive(Debug)]
pub(crate) struct Access {
    client: Client,
    runtime: Runtime,
}

/// What was seen, and what it means.
type Seen = (Class, String);

impl Access {
    pub(crate) fn new(server: &RealServer) -> Result<Self, String> {
        let mut config = Config::new(server.url());
        config.certificate_authority = Some(server.certificate_authority().map_err(|error| error.to_string())?);
        config.credentials = Credentials::Token(server.admin_token().into());
        let client = Client::builder().config(config).build().map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        Ok(Self { client, runtime: runtime.map_err(|error| error.to_string())? })
    }

    pub(crate) fn check(&self, pair: &Pair, number: usize) -> Result<(), String> {
        let seen = self.runtime.block_on(self.observe(pair, &format!("pair{number}.kubist.dev")))?;
        let class = seen.iter().map(|(class, _)| *class).max().unwrap_or(Class::Safe);
        if class == pair.class {
            return Ok(());
        }
        let lines: Vec<String> = seen.iter().map(|(class, what)| format!("{class}: {what}")).collect();
        Err(format!("it is {:?}, and the server shows {class:?}:\n{}", pair.class, lines.join("\n")))
    }

    async fn observe(&self, pair: &Pair, group: &str) -> Result<Vec<Seen>, String> {
        let (old, new) = pair.definitions(group);
        self.install(&old).await.map_err(|error| format!("the old definition: {error}"))?;
        let lamps = Lamps { client: &self.client, group, pair };
        let version = stored_version(&old);
        lamps.create(&version, "stored", &pair.stored, false).await.map_err(|error| format!("to store: {error}"))?;
        let before = lamps.work(&old).await;
        for (what, answer) in &before {
            answer.as_ref().map_err(|error| format!("with the old definition, {what}: {error}"))?;
        }

        if let Err(error) = self.install(&new).await {
            return match error.error() {
                Some(error) if error.is_invalid() => Ok(vec![(Class::Refused, error.to_string())]),
                _ => Err(format!("the new definition: {error}")),
            };
        }
        // The endpoints of versions and subresources follow in other parts of the server.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let after = lamps.work(&old).await;
        let mut seen: Vec<Seen> = before.iter().zip(&after).filter_map(compared).collect();
        if before.iter().zip(&after).filter(|((step, _), _)| step.is_read()).all(|(_, (_, answer))| answer.is_err()) {
            seen.push((Class::Stored, "nobody can read the object".to_owned()));
        }
        Ok(seen)
    }

    async fn install(&self, crd: &CustomResourceDefinition) -> Result<(), crd::InstallError> {
        crd::install(&self.client, std::slice::from_ref(crd)).await.map(drop)
    }
}

fn stored_version(crd: &CustomResourceDefinition) -> String {
    let mut versions = crd.spec.versions.iter();
    versions.find(|version| version.storage).map(|version| version.name.to_string()).unwrap_or_default()
}

/// What is done with the old and the new definition alike.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// Reads the stored object, in a version.
    Read(String),
    /// Writes it as it was read.
    Unchanged(String),
    /// Writes it with a change close by.
    Edit(String),
    /// Has it changed close by through server-side apply.
    ApplyEdit(String),
    Create(String),
    Update(String),
    Apply(String),
    Discover(String),
    List(String),
    Select(String, String),
    ReadScale(String),
    WriteScale(String),
    WriteStatus(String),
}

impl Step {
    fn is_read(&self) -> bool {
        matches!(self, Self::Read(_))
    }

    /// What it means when this is refused.
    fn class_when_refused(&self) -> Class {
        match self {
            Self::Unchanged(_) | Self::Edit(_) | Self::ApplyEdit(_) => Class::Stored,
            _ => Class::Clients,
        }
    }

    /// What it means when the answer has less in it.
    fn class_when_less(&self) -> Class {
        // What is lost when the object is only read, or written as it is.
        if matches!(self, Self::Read(_) | Self::Unchanged(_)) { Class::Stored } else { Class::Clients }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

type Answer = (Step, Result<Value, Error>);

/// What a step shows, if it is not as before.
fn compared(((step, before), (_, after)): (&Answer, &Answer)) -> Option<Seen> {
    match (before, after) {
        (Ok(before), Ok(after)) => {
            less(before, after, "").map(|what| (step.class_when_less(), format!("{step}: {what}")))
        }
        // An object whose version is gone is read in another.
        (Ok(_), Err(error)) if error.is_not_found() => Some((Class::Clients, format!("{step}: {error}"))),
        (Ok(_), Err(error)) => {
            let class = if step.is_read() { Class::Stored } else { step.class_when_refused() };
            Some((class, format!("{step}: {error}")))
        }
        (Err(_), _) => None,
    }
}

/// What was there before and is not any more, or is another.
fn less(before: &Value, after: &Value, path: &str) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => before.iter().find_map(|(key, value)| match after.get(key) {
            Some(now) => less(value, now, &format!("{path}.{key}")),
            None => Some(format!("{path}.{key} is gone")),
        }),
        (Value::Array(before), Value::Array(after)) if before.len() <= after.len() => {
            let mut items = before.iter().zip(after).enumerate();
            items.find_map(|(index, (before, after))| less(before, after, &format!("{path}[{index}]")))
        }
        (before, after) => (before != after).then(|| format!("{path} is {after}, and was {before}")),
    }
}

/// The objects of a pair.
struct Lamps<'a> {
    client: &'a Client,
    group: &'a str,
    pair: &'a Pair,
}

impl Lamps<'_> {
    /// Does everything that can be done with a definition, in each of its served versions. Only the status is stored.
    async fn work(&self, crd: &CustomResourceDefinition) -> Vec<Answer> {
        let mut out = Vec::new();
        for version in crd.spec.versions.iter().filter(|version| version.served) {
            let name = version.name.to_string();
            let mut steps = vec![
                Step::Read(name.clone()),
                Step::Unchanged(name.clone()),
                Step::Edit(name.clone()),
                Step::ApplyEdit(name.clone()),
                Step::Create(name.clone()),
                Step::Discover(name.clone()),
                Step::List(name.clone()),
            ];
            if self.pair.update.is_some() {
                steps.push(Step::Update(name.clone()));
            }
            if self.pair.apply.is_some() {
                steps.push(Step::Apply(name.clone()));
            }
            let fields = version.selectable_fields.iter().map(|field| field.json_path.to_string());
            steps.extend(fields.map(|field| Step::Select(name.clone(), field)));
            if let Some(subresources) = &version.subresources {
                if subresources.scale.is_some() {
                    steps.extend([Step::ReadScale(name.clone()), Step::WriteScale(name.clone())]);
                }
                if subresources.status.is_some() {
                    steps.push(Step::WriteStatus(name));
                }
            }
            for step in steps {
                let answer = self.step(&step).await.map(without_metadata);
                out.push((step, answer));
            }
        }
        out
    }

    async fn step(&self, step: &Step) -> Result<Value, Error> {
        match step {
            Step::Read(version) => self.read(version).await,
            Step::Unchanged(version) => {
                let object = self.read(version).await?;
                self.put(version, &object).await
            }
            Step::Edit(version) => self.merge(version, "stored", &self.pair.edit, "").await,
            Step::ApplyEdit(version) => self.apply(version, &self.pair.edit).await,
            Step::Create(version) => self.create(version, "new", &self.pair.create, true).await,
            Step::Update(version) => {
                self.merge(version, "stored", self.pair.update.as_ref().unwrap_or(&Value::Null), "").await
            }
            Step::Apply(version) => self.apply(version, self.pair.apply.as_ref().unwrap_or(&Value::Null)).await,
            Step::Discover(version) => self.discover(version).await,
            Step::List(version) => {
                let list: Value = self.request(version).param("limit", 1).send().await?.json()?;
                Ok(json!({ "kind": list["kind"] }))
            }
            Step::Select(version, field) => {
                let selector = format!("{}=x", field.trim_start_matches('.'));
                let answer = self.request(version).param("fieldSelector", selector).send().await?;
                answer.json::<Value>().map(|list| json!({ "items": list["items"] }))
            }
            Step::ReadScale(version) => self.request(version).name("stored").subresource("scale").send().await?.json(),
            Step::WriteScale(version) => {
                self.merge(version, "stored", &json!({ "spec": { "replicas": 3 } }), "scale").await
            }
            Step::WriteStatus(version) => {
                self.merge(version, "stored", &json!({ "status": { "ready": true } }), "status").await
            }
        }
    }

    fn request(&self, version: &str) -> kubist::rest::Request {
        self.client.rest().get().api(self.group, version).resource("lamps")
    }

    async fn read(&self, version: &str) -> Result<Value, Error> {
        self.request(version).name("stored").send().await?.json()
    }

    async fn create(&self, version: &str, name: &str, fields: &Value, is_dry: bool) -> Result<Value, Error> {
        let request = self
            .client
            .rest()
            .post()
            .api(self.group, version)
            .resource("lamps")
            .json(&self.object(version, name, fields));
        let request = if is_dry { request.param("dryRun", "All") } else { request };
        request.send().await?.json()
    }

    fn object(&self, version: &str, name: &str, fields: &Value) -> Value {
        let mut object = json!({
            "apiVersion": format!("{}/{version}", self.group), "kind": "Lamp", "metadata": { "name": name },
        });
        if let (Some(object), Some(fields)) = (object.as_object_mut(), fields.as_object()) {
            object.extend(fields.clone());
        }
        object
    }

    async fn put(&self, version: &str, object: &Value) -> Result<Value, Error> {
        let request = self.client.rest().put().api(self.group, version).resource("lamps").name("stored");
        request.param("dryRun", "All").json(object).send().await?.json()
    }

    async fn merge(&self, version: &str, name: &str, patch: &Value, subresource: &str) -> Result<Value, Error> {
        let mut request =
            self.client.rest().patch(kubist::PatchType::Merge).api(self.group, version).resource("lamps").name(name);
        if !subresource.is_empty() {
            request = request.subresource(subresource);
        }
        request.param("dryRun", "All").body(patch.to_string()).send().await?.json()
    }

    async fn apply(&self, version: &str, fields: &Value) -> Result<Value, Error> {
        let request = self
            .client
            .rest()
            .patch(kubist::PatchType::Apply)
            .api(self.group, version)
            .resource("lamps")
            .name("stored");
        let object = self.object(version, "stored", fields);
        let request = request.param("dryRun", "All").param("fieldManager", "another").param("force", "true");
        request.body(object.to_string()).send().await?.json()
    }

    /// The names that discovery knows, each as a field.
    async fn discover(&self, version: &str) -> Result<Value, Error> {
        let path = format!("/apis/{}/{version}", self.group);
        let found: Value = self.client.rest().get().abs_path(&path).send().await?.json()?;
        let mut out = Map::new();
        for resource in found["resources"].as_array().into_iter().flatten() {
            let name = resource["name"].as_str().unwrap_or_default();
            out.insert(format!("name {name}"), resource["singularName"].clone());
            for list in ["shortNames", "categories"] {
                for word in resource[list].as_array().into_iter().flatten() {
                    out.insert(format!("{name} {list} {word}"), true.into());
                }
            }
        }
        Ok(out.into())
    }
}

/// Leaves out what differs from one request to the next.
fn without_metadata(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.remove("metadata");
    }
    object
}
