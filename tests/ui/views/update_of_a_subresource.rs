use kubist::types::core::v1::Pod;
use kubist::{Api, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
}

async fn resize(pods: Api<Pod>, pod: PodView) -> kubist::Result<Pod> {
    pods.subresource("web-0", "resize").update(&pod).await
}

fn main() {}
