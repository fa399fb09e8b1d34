//! kubectl with the resources that every cluster has.

use crate::cluster::Cluster;
use crate::{Case, Result};

pub(crate) const CASES: &[Case] = &[
    ("kubectl_gets_namespaces_as_yaml", namespaces_as_yaml),
    ("kubectl_lists_the_resources_of_the_api", api_resources),
    ("kubectl_gets_the_version_of_the_server", version),
    ("kubectl_with_a_wrong_token_is_refused", with_a_wrong_token),
];

fn namespaces_as_yaml(cluster: &Cluster) -> Result {
    let yaml = cluster.kubectl("get ns -o yaml")?;
    assert!(yaml.starts_with("apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Namespace\n"), "{yaml}");
    for name in ["default", "kube-node-lease", "kube-public", "kube-system"] {
        assert!(yaml.contains(&format!("    name: {name}\n")), "{name} in\n{yaml}");
    }
    assert!(yaml.contains("  status:\n    phase: Active\nkind: List\n"), "{yaml}");
    Ok(())
}

fn api_resources(cluster: &Cluster) -> Result {
    cluster.create_websites()?;
    let table = cluster.kubectl("api-resources")?;
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in [
        &["configmaps", "cm", "v1", "true", "ConfigMap"][..],
        &["deployments", "deploy", "apps/v1", "true", "Deployment"],
        &["namespaces", "ns", "v1", "false", "Namespace"],
        &["websites", "web", "shop.example.com/v1", "true", "Website"],
    ] {
        assert!(rows.iter().any(|found| found == row), "{row:?} in\n{table}");
    }
    Ok(())
}

fn version(cluster: &Cluster) -> Result {
    let version = cluster.json("version -o json")?;
    let server = version["serverVersion"]["gitVersion"].as_str().unwrap_or_default();
    assert!(server.contains("+kubist-"), "{version}");
    Ok(())
}

fn with_a_wrong_token(cluster: &Cluster) -> Result {
    cluster.kubectl("config set users.kubist.token wrong")?;
    let said = cluster.refusal("get --raw /api/v1/namespaces")?;
    assert_eq!(said, "error: You must be logged in to the server (Unauthorized)");
    let said = cluster.refusal("get namespaces -o name")?;
    let expected =
        "error: You must be logged in to the server (the server has asked for the client to provide credentials)";
    assert_eq!(said.lines().last(), Some(expected), "{said}");
    Ok(())
}
