use super::*;

/// Every kind that a default v1.37 server lists in its discovery, with the resource that it serves it under.
const BUILT_IN: &[(&str, &str)] = &[
    ("APIService", "apiservices"),
    ("Binding", "bindings"),
    ("CSIDriver", "csidrivers"),
    ("CSINode", "csinodes"),
    ("CSIStorageCapacity", "csistoragecapacities"),
    ("CertificateSigningRequest", "certificatesigningrequests"),
    ("ClusterRole", "clusterroles"),
    ("ClusterRoleBinding", "clusterrolebindings"),
    ("ClusterTrustBundle", "clustertrustbundles"),
    ("ComponentStatus", "componentstatuses"),
    ("ConfigMap", "configmaps"),
    ("ControllerRevision", "controllerrevisions"),
    ("CronJob", "cronjobs"),
    ("CustomResourceDefinition", "customresourcedefinitions"),
    ("DaemonSet", "daemonsets"),
    ("Deployment", "deployments"),
    ("DeviceClass", "deviceclasses"),
    ("DeviceTaintRule", "devicetaintrules"),
    ("EndpointSlice", "endpointslices"),
    ("Endpoints", "endpoints"),
    ("Event", "events"),
    ("FlowSchema", "flowschemas"),
    ("HorizontalPodAutoscaler", "horizontalpodautoscalers"),
    ("IPAddress", "ipaddresses"),
    ("Ingress", "ingresses"),
    ("IngressClass", "ingressclasses"),
    ("Job", "jobs"),
    ("Lease", "leases"),
    ("LimitRange", "limitranges"),
    ("LocalSubjectAccessReview", "localsubjectaccessreviews"),
    ("MutatingAdmissionPolicy", "mutatingadmissionpolicies"),
    ("MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings"),
    ("MutatingWebhookConfiguration", "mutatingwebhookconfigurations"),
    ("Namespace", "namespaces"),
    ("NetworkPolicy", "networkpolicies"),
    ("Node", "nodes"),
    ("PersistentVolume", "persistentvolumes"),
    ("PersistentVolumeClaim", "persistentvolumeclaims"),
    ("Pod", "pods"),
    ("PodCertificateRequest", "podcertificaterequests"),
    ("PodDisruptionBudget", "poddisruptionbudgets"),
    ("PodTemplate", "podtemplates"),
    ("PriorityClass", "priorityclasses"),
    ("PriorityLevelConfiguration", "prioritylevelconfigurations"),
    ("ReplicaSet", "replicasets"),
    ("ReplicationController", "replicationcontrollers"),
    ("ResourceClaim", "resourceclaims"),
    ("ResourceClaimTemplate", "resourceclaimtemplates"),
    ("ResourceQuota", "resourcequotas"),
    ("ResourceSlice", "resourceslices"),
    ("Role", "roles"),
    ("RoleBinding", "rolebindings"),
    ("RuntimeClass", "runtimeclasses"),
    ("Secret", "secrets"),
    ("SelfSubjectAccessReview", "selfsubjectaccessreviews"),
    ("SelfSubjectReview", "selfsubjectreviews"),
    ("SelfSubjectRulesReview", "selfsubjectrulesreviews"),
    ("Service", "services"),
    ("ServiceAccount", "serviceaccounts"),
    ("ServiceCIDR", "servicecidrs"),
    ("StatefulSet", "statefulsets"),
    ("StorageClass", "storageclasses"),
    ("StorageVersionMigration", "storageversionmigrations"),
    ("SubjectAccessReview", "subjectaccessreviews"),
    ("TokenReview", "tokenreviews"),
    ("ValidatingAdmissionPolicy", "validatingadmissionpolicies"),
    ("ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings"),
    ("ValidatingWebhookConfiguration", "validatingwebhookconfigurations"),
    ("VolumeAttachment", "volumeattachments"),
    ("VolumeAttributesClass", "volumeattributesclasses"),
];

#[test]
fn every_built_in_kind_gets_the_resource_that_the_server_has() {
    for (kind, resource) in BUILT_IN {
        assert_eq!(plural(kind), *resource, "{kind}");
    }
}

#[test]
fn kinds_of_well_known_projects_get_the_resource_that_they_have() {
    for (kind, resource) in [
        ("Gateway", "gateways"),
        ("Proxy", "proxies"),
        ("APIKey", "apikeys"),
        ("Canary", "canaries"),
        ("Prometheus", "prometheuses"),
        ("Elasticsearch", "elasticsearches"),
        ("Mesh", "meshes"),
        ("NetworkChaos", "networkchaos"),
        ("Redis", "redis"),
        ("Vertex", "vertices"),
        ("IPPrefix", "ipprefixes"),
        ("Kibana", "kibanas"),
        ("Website", "websites"),
        ("ClusterAnalysis", "clusteranalyses"),
        ("GitRepository", "gitrepositories"),
        ("Kafka", "kafkas"),
        ("Cache", "caches"),
        ("Y", "ys"),
    ] {
        assert_eq!(plural(kind), resource, "{kind}");
    }
}

#[test]
fn singular_and_list_kind_follow_the_kind() {
    assert_eq!(singular("NetworkPolicy"), "networkpolicy");
    assert_eq!(list_kind("NetworkPolicy"), "NetworkPolicyList");
}
