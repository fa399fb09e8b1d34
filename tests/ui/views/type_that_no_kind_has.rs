use kubist::ResourcePart;
use kubist::types::core::v1::ReplicationControllerSpec;

#[derive(ResourcePart)]
#[resource(view_of = ReplicationControllerSpec)]
struct Replicas {
    replicas: u32,
}

fn main() {}
