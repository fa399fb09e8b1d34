//! Which kinds of `k8s-openapi` have status and scale: its own traits do not say.

use std::fmt::Write as _;

use super::header;
use super::package::package_of;
use crate::facts::Table;

/// Writes the implementations of `HasStatus` and `HasScale`.
pub(super) fn print(table: &Table) -> String {
    let mut out = header(table, "Which kinds of `k8s-openapi` have status and scale.");
    out.push_str("use crate::resource::{HasScale, HasStatus};\n\n");
    out.push_str(
        "macro_rules! has_status {\n    ($($kind:ty => $status:ty;)*) => {$(\n        impl HasStatus for $kind {\n            type Status = $status;\n\n            \
         fn status_mut(&mut self) -> &mut $status {\n                self.status.get_or_insert_default()\n            }\n        }\n    )*};\n}\n\n\
         has_status! {\n",
    );
    let structs = table.structs_by_name();
    for resource in &table.resources {
        let package = package_of(resource);
        let kind = structs[&format!("{package}.{}", resource.kind)];
        let status = kind.fields.iter().find(|field| field.json == "status");
        if let Some(status) = status.filter(|_| resource.subresources.iter().any(|sub| sub.name == "status")) {
            let name = status.r#type.trim_start_matches('*').rsplit('.').next().unwrap_or_default();
            let module = module(&package);
            let _ = writeln!(out, "    {module}::{} => {module}::{name};", resource.kind);
        }
    }
    out.push_str("}\n\n");
    for resource in
        table.resources.iter().filter(|resource| resource.subresources.iter().any(|sub| sub.name == "scale"))
    {
        let _ = writeln!(out, "impl HasScale for {}::{} {{}}", module(&package_of(resource)), resource.kind);
    }
    out
}

/// Where `k8s-openapi` keeps the types of a package.
fn module(package: &str) -> String {
    let path = package.replace('/', "::");
    match package {
        "apiextensions/v1" => format!("::k8s_openapi::apiextensions_apiserver::pkg::apis::{path}"),
        "apiregistration/v1" => format!("::k8s_openapi::kube_aggregator::pkg::apis::{path}"),
        _ => format!("::k8s_openapi::api::{path}"),
    }
}
