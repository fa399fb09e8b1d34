use kubist::types::core::v1::Pod;
use kubist::{Api, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
}

async fn update(pods: Api<PodView>, pod: PodView) -> kubist::Result<()> {
    pods.update(&pod).await?;
    Ok(())
}

fn main() {}
