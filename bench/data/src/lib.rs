//! The objects that every competitor reads: the same in each run, and like those of a real cluster.
//!
//! A Pod is about 12.9 KB of JSON, of which 4.1 KB are managedFields, as in clusters that use Helm, a mesh and a CNI plugin.
//! A Deployment is 4.7 KB, a custom resource of lists in lists 6 KB, a `ConfigMap` 1 KiB to 1 MiB.

mod config_map;
mod deployment;
mod json;
mod managed;
mod pipeline;
mod pod;
mod random;
mod widget;

pub use self::config_map::config_map;
pub use self::deployment::deployment;
pub use self::pipeline::pipeline;
pub use self::pod::pod;
pub use self::widget::{WIDGET_NAME, WIDGET_NAMESPACE, widget};

/// Puts `kind` and `apiVersion` in front: items of a list leave them to the list, and events and single objects do not.
pub fn with_type(api_version: &str, kind: &str, object: &str) -> String {
    format!(r#"{{"kind":"{kind}","apiVersion":"{api_version}",{}"#, &object[1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pods_are_the_same_each_time_and_of_the_stated_size() {
        let pods: Vec<String> = (0..300).map(pod).collect();
        assert_eq!(pods[7], pod(7));
        assert_ne!(pods[7], pods[8]);
        let mean = pods.iter().map(String::len).sum::<usize>() / pods.len();
        assert!((12_700..=13_100).contains(&mean), "{mean} bytes");
        let managed: usize = pods.iter().map(|pod| managed_fields(pod)).sum::<usize>() / pods.len();
        assert!((3_900..=4_400).contains(&managed), "{managed} bytes of managedFields");
    }

    #[test]
    fn a_widget_is_one_kib() {
        let size = widget(1).len();
        assert!((1_000..=1_100).contains(&size), "{size} bytes");
    }

    #[test]
    fn the_other_kinds_are_the_same_each_time_and_of_the_stated_sizes() {
        let mean = |object: fn(usize) -> String| {
            let objects: Vec<String> = (0..300).map(object).collect();
            assert_eq!(objects[7], object(7));
            assert_ne!(objects[7], objects[8]);
            objects.iter().map(String::len).sum::<usize>() / objects.len()
        };
        let sizes = (mean(deployment), mean(pipeline), mean(config_map));
        assert!((4_500..=4_900).contains(&sizes.0), "{sizes:?}");
        assert!((5_700..=6_300).contains(&sizes.1), "{sizes:?}");
        assert!((27_000..=29_000).contains(&sizes.2), "{sizes:?}");
        let sizes = || (0..100).map(|index| config_map(index).len());
        assert!(sizes().max() > Some(1 << 20) && sizes().min() < Some(2 << 10));
    }

    fn managed_fields(pod: &str) -> usize {
        let start = pod.find(r#""managedFields":"#).unwrap();
        let end = pod.find(r#","spec":{"volumes""#).unwrap();
        end - start
    }
}
