use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
}

fn main() {}
