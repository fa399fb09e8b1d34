use kubist::types::core::v1::Pod;
use kubist::{Api, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
}

async fn status(pods: Api<PodView>) {
    let _status = pods.status("web-0");
}

fn main() {}
