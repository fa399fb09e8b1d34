//! `crate = …` names Kubist where the manifest does not.

mod framework {
    pub use ::kubist as k8s;
}

#[derive(framework::k8s::Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced, crate = crate::framework::k8s)]
struct Website {
    metadata: framework::k8s::ObjectMeta,
}

fn main() {
    let _ = Website::crd();
}
