use kubist::ResourcePart;
use kubist::types::core::v1::PodStatus;

#[derive(ResourcePart)]
#[resource(view_of = PodStatus)]
enum Phase {
    Running,
}

fn main() {}
