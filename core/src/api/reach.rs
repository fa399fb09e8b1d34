//! How far an [`Api`](crate::Api) reaches, as types.

/// One namespace: every verb works.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InNamespace;

/// All namespaces at once: objects can be listed, watched and deleted together, but none can be named.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AllNamespaces;

/// The whole cluster, for kinds whose objects live in no namespace: every verb works.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Cluster;

/// A reach within which a name says which object is meant.
#[diagnostic::on_unimplemented(
    message = "`Api<_, AllNamespaces>` cannot name one object",
    label = "needs to know the namespace",
    note = "use `Api::namespaced(&client, namespace)`; `Api::all` is there to list, watch and delete collections"
)]
pub trait OneObject: sealed::Sealed {}

impl OneObject for InNamespace {}
impl OneObject for Cluster {}

mod sealed {
    use super::{AllNamespaces, Cluster, InNamespace};

    #[expect(unnameable_types, reason = "what nobody can name, nobody can implement")]
    pub trait Sealed {}

    impl Sealed for InNamespace {}
    impl Sealed for AllNamespaces {}
    impl Sealed for Cluster {}
}
