use kubist::ResourcePart;
use kubist::types::core::v1::{PodStatus, RestartPolicy};

#[derive(ResourcePart)]
#[resource(view_of = PodStatus)]
struct Phase {
    phase: RestartPolicy,
}

fn main() {}
