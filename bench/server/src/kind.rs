//! What there are lists of.

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Pod,
    Deployment,
    ConfigMap,
    Pipeline,
    Widget,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Pod, Self::Deployment, Self::ConfigMap, Self::Pipeline, Self::Widget];

    pub(crate) fn of_resource(resource: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.resource() == resource)
    }

    /// The word in paths.
    pub(crate) fn resource(self) -> &'static str {
        match self {
            Self::Pod => "pods",
            Self::Deployment => "deployments",
            Self::ConfigMap => "configmaps",
            Self::Pipeline => "pipelines",
            Self::Widget => "widgets",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pod => "Pod",
            Self::Deployment => "Deployment",
            Self::ConfigMap => "ConfigMap",
            Self::Pipeline => "Pipeline",
            Self::Widget => "Widget",
        }
    }

    pub(crate) fn api_version(self) -> &'static str {
        match self {
            Self::Pod | Self::ConfigMap => "v1",
            Self::Deployment => "apps/v1",
            Self::Pipeline | Self::Widget => "bench.kubist.dev/v1",
        }
    }

    /// Whether it is built in. Custom resources have no protobuf, stand in lists with their type, and have sorted keys.
    pub(crate) fn is_built_in(self) -> bool {
        matches!(self, Self::Pod | Self::Deployment | Self::ConfigMap)
    }

    /// How many different objects there are.
    pub(crate) fn count(self) -> usize {
        match self {
            Self::Pod | Self::Deployment | Self::Pipeline => 10_000,
            // 57 MB.
            Self::ConfigMap => 2_000,
            Self::Widget => 1_000,
        }
    }

    /// Makes one, as it stands in a list.
    pub(crate) fn object(self, index: usize) -> String {
        match self {
            Self::Pod => bench_data::pod(index),
            Self::Deployment => bench_data::deployment(index),
            Self::ConfigMap => bench_data::config_map(index),
            Self::Pipeline => bench_data::pipeline(index),
            Self::Widget => bench_data::widget(index),
        }
    }
}
