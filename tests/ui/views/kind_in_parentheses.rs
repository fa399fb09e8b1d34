use kubist::types::core::v1::Pod;
use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of(Pod))]
struct PodView {
    metadata: ObjectMeta,
}

fn main() {
    let _pod = Pod::default();
}
