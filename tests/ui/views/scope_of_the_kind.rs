use kubist::types::core::v1::Pod;
use kubist::{Api, Client, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
}

fn pods(client: &Client) {
    let _pods = Api::<PodView>::cluster(client);
}

fn main() {}
