//! How large the most used types are: a ratchet. Make a number smaller when a type shrinks; a larger one needs a reason in the commit.

use kubist_model::{Map, ObjectMeta, Str};
use kubist_types::apps::v1::Deployment;
use kubist_types::core::v1::{ConfigMap, Container, ContainerStatus, Node, Pod, PodSpec, Secret, Volume};

#[test]
fn types_do_not_grow() {
    let sizes = [
        ("Str", size_of::<Str>(), 16),
        ("Map<Str>", size_of::<Map<Str>>(), 8),
        ("ObjectMeta", size_of::<ObjectMeta>(), 240),
        ("Pod", size_of::<Pod>(), 1224),
        ("PodSpec", size_of::<PodSpec>(), 592),
        ("Container", size_of::<Container>(), 416),
        ("ContainerStatus", size_of::<ContainerStatus>(), 216),
        ("Volume", size_of::<Volume>(), 256),
        ("Node", size_of::<Node>(), 760),
        ("Deployment", size_of::<Deployment>(), 1208),
        ("ConfigMap", size_of::<ConfigMap>(), 264),
        ("Secret", size_of::<Secret>(), 280),
    ];
    let changed: Vec<_> = sizes.into_iter().filter(|(_, size, limit)| size != limit).collect();
    assert!(changed.is_empty(), "(type, bytes, bytes it had): {changed:?}");
}
