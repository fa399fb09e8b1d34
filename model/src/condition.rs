//! Conditions: what is true of an object, and since when.

use crate::meta::Condition;
use crate::time::Time;

/// Sets a condition in the list, by its type.
///
/// `last_transition_time` moves to `now` only when the status changes, unless the new condition brings a time of its own.
/// Returns whether anything changed. Source: `meta.SetStatusCondition` in apimachinery.
pub fn set_condition(conditions: &mut Vec<Condition>, mut new: Condition, now: Time) -> bool {
    let Some(old) = conditions.iter_mut().find(|condition| condition.r#type == new.r#type) else {
        new.last_transition_time = new.last_transition_time.or(Some(now));
        conditions.push(new);
        return true;
    };
    new.last_transition_time = match (old.status == new.status, new.last_transition_time) {
        (true, _) => old.last_transition_time,
        (false, given) => given.or(Some(now)),
    };
    let changed = *old != new;
    *old = new;
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(status: &str, reason: &str) -> Condition {
        Condition { r#type: "Ready".into(), status: status.into(), reason: reason.into(), ..Condition::default() }
    }

    #[test]
    fn the_time_moves_only_when_the_status_changes() {
        let [first, second, third] = [1, 2, 3].map(Time::from_unix_seconds);
        let mut conditions = Vec::new();
        assert!(set_condition(&mut conditions, ready("False", "Starting"), first));
        assert!(set_condition(&mut conditions, ready("False", "Waiting"), second));
        assert_eq!(conditions[0].last_transition_time, Some(first));
        assert_eq!(conditions[0].reason, "Waiting");
        assert!(set_condition(&mut conditions, ready("True", "Up"), third));
        assert_eq!(conditions[0].last_transition_time, Some(third));
        assert!(!set_condition(&mut conditions, ready("True", "Up"), first));
        assert_eq!(conditions.len(), 1);
    }
}
