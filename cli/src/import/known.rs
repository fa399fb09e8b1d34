//! The types of Kubernetes that a definition may hold, found by their schemas.

use std::collections::HashMap;
use std::sync::LazyLock;

use kubist::model::schema::structural;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::canonical::{Descriptions, Place, canonical};
use super::names;

/// A type that is there already.
#[derive(Debug)]
pub(super) struct Known {
    /// Where it is, in `kubist`; empty for its root.
    pub(super) module: &'static str,
    pub(super) name: &'static str,
    /// How much room a value takes, in bytes.
    pub(super) size: usize,
    schema: fn() -> Value,
}

impl Known {
    const fn of<T: JsonSchema>(module: &'static str, name: &'static str) -> Self {
        Self { module, name, size: size_of::<T>(), schema: schema::<T> }
    }
}

fn schema<T: JsonSchema>() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let schema = T::json_schema(&mut generator);
    let definitions = generator.take_definitions(true).into_iter().collect();
    structural(schema.as_value(), &definitions).0
}

macro_rules! known {
    ($($($module:ident)::*: $($name:ident),* $(,)?;)*) => {
        // The first of those that look alike is the one, unless the name of the field says otherwise.
        static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
            let mut all = Vec::new();
            $({
                use kubist::$($module::)*{$($name),*};
                const MODULE: &str = concat!($("::", stringify!($module),)* "");
                all.extend([$(Known::of::<$name>(MODULE, stringify!($name))),*]);
            })*
            all
        });
    };
}

known! {
    : Condition, LabelSelector, ObjectMeta, OwnerReference;
    types::core::v1: Affinity, AppArmorProfile, AwsElasticBlockStoreVolumeSource, AzureDiskVolumeSource, AzureFileVolumeSource, Capabilities, CephFsVolumeSource, CinderVolumeSource, ClientIpConfig, ClusterTrustBundleProjection, ConfigMapEnvSource, ConfigMapKeySelector, ConfigMapProjection, ConfigMapVolumeSource, Container, ContainerPort, ContainerResizePolicy, CsiVolumeSource, DownwardApiProjection, DownwardApiVolumeFile, DownwardApiVolumeSource, EmptyDirVolumeSource, EnvFromSource, EnvVar, EnvVarSource, EphemeralContainer, EphemeralVolumeSource, ExecAction, FcVolumeSource, FileKeySelector, FlexVolumeSource, FlockerVolumeSource, GcePersistentDiskVolumeSource, GitRepoVolumeSource, GlusterfsVolumeSource, GrpcAction, HostAlias, HostPathVolumeSource, HttpGetAction, HttpHeader, ImageVolumeSource, IscsiVolumeSource, KeyToPath, Lifecycle, LifecycleHandler, LoadBalancerIngress, LoadBalancerStatus, LocalObjectReference, NfsVolumeSource, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, ObjectFieldSelector, ObjectReference, PersistentVolumeClaimSpec, PersistentVolumeClaimStatus, PersistentVolumeClaimTemplate, PersistentVolumeClaimVolumeSource, PhotonPersistentDiskVolumeSource, PodAffinity, PodAffinityTerm, PodAntiAffinity, PodDnsConfig, PodDnsConfigOption, PodReadinessGate, PodResourceClaim, PodSchedulingGate, PodSecurityContext, PodSpec, PodTemplateSpec, PortworxVolumeSource, PortStatus, PreferredSchedulingTerm, Probe, ProjectedVolumeSource, QuobyteVolumeSource, RbdVolumeSource, ResourceClaim, ResourceFieldSelector, ResourceRequirements, ScaleIoVolumeSource, SeLinuxOptions, SeccompProfile, SecretEnvSource, SecretKeySelector, SecretProjection, SecretReference, SecretVolumeSource, SecurityContext, ServiceAccountTokenProjection, ServicePort, ServiceSpec, SessionAffinityConfig, SleepAction, StorageOsVolumeSource, Sysctl, Taint, TcpSocketAction, Toleration, TopologySpreadConstraint, TypedLocalObjectReference, TypedObjectReference, Volume, VolumeDevice, VolumeMount, VolumeProjection, VolumeResourceRequirements, VsphereVirtualDiskVolumeSource, WeightedPodAffinityTerm, WindowsSecurityContextOptions;
    types::autoscaling::v2: HorizontalPodAutoscalerBehavior, HpaScalingPolicy, HpaScalingRules, MetricSpec, MetricTarget;
    types::rbac::v1: PolicyRule;
    types::networking::v1: HttpIngressRuleValue, IngressBackend, IngressRule, IngressSpec, IngressTls, NetworkPolicyEgressRule,
        NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec;
    types::apps::v1: DeploymentStrategy, StatefulSetPersistentVolumeClaimRetentionPolicy, StatefulSetUpdateStrategy;
    types::batch::v1: JobSpec, JobTemplateSpec;
}

static BY_SCHEMA: LazyLock<HashMap<String, Vec<&'static Known>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<&'static Known>> = HashMap::new();
    for known in KNOWN.iter() {
        all.entry(key(&(known.schema)())).or_default().push(known);
    }
    all
});

fn key(schema: &Value) -> String {
    canonical(schema, Descriptions::Dropped, Place::Below).to_string()
}

/// Finds the type that has a schema; of several, the one whose name has the most words of the field's.
pub(super) fn find(schema: &Value, field: &str) -> Option<&'static Known> {
    let found = BY_SCHEMA.get(&key(schema))?;
    let words = names::words(field);
    let likeness = |known: &Known| names::words(known.name).iter().filter(|word| words.contains(word)).count();
    found.iter().rev().max_by_key(|known| likeness(known)).copied()
}

/// The pattern by which a quantity is told from other values that are numbers or texts.
pub(super) static QUANTITY: LazyLock<Value> = LazyLock::new(|| schema::<kubist::Quantity>()["pattern"].clone());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_type_has_the_schema_of_any_object() {
        let empty = key(&serde_json::json!({ "type": "object" }));
        assert!(!BY_SCHEMA.contains_key(&empty));
    }

    #[test]
    fn no_two_types_have_the_same_name() {
        let mut names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn the_name_of_the_field_chooses_among_types_that_look_alike() {
        let schema = schema::<kubist::types::core::v1::SecretKeySelector>();
        assert_eq!(find(&schema, "passwordSecret").map(|known| known.name), Some("SecretKeySelector"));
        assert_eq!(find(&schema, "configMapKeyRef").map(|known| known.name), Some("ConfigMapKeySelector"));
    }
}
