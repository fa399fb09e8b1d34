use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of)]
struct PodView {
    metadata: ObjectMeta,
}

fn main() {}
