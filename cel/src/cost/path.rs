//! Where a value comes from: the variable and the steps from it.

use std::cell::RefCell;
use std::rc::Rc;

/// A path as the server keeps it: a slice of Go.
///
/// Two paths that go on from one are written behind it in the same memory where there is room, so that the later one overwrites the last step of the
/// earlier one. The server reads some paths after that has happened, and its figures show it.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    steps: Rc<RefCell<Vec<Rc<str>>>>,
    length: usize,
    room: usize,
}

impl Path {
    /// A variable.
    pub(super) fn of(name: &str) -> Self {
        Self::default().then(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The path that goes on from this one.
    pub(super) fn then(&self, step: &str) -> Self {
        let step: Rc<str> = step.into();
        let length = self.length + 1;
        if length <= self.room {
            let mut steps = self.steps.borrow_mut();
            match steps.get_mut(self.length) {
                Some(place) => *place = step,
                None => steps.push(step),
            }
            return Self { steps: Rc::clone(&self.steps), length, room: self.room };
        }
        let mut steps = self.steps();
        steps.push(step);
        Self { steps: Rc::new(RefCell::new(steps)), length, room: (self.room * 2).max(1) }
    }

    /// The same path in memory of its own.
    pub(super) fn copied(&self) -> Self {
        let steps = self.steps();
        Self { length: steps.len(), room: steps.len(), steps: Rc::new(RefCell::new(steps)) }
    }

    /// The variable and the steps, as they are by now.
    pub(super) fn steps(&self) -> Vec<Rc<str>> {
        self.steps.borrow()[..self.length].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_room_a_path_overwrites_the_one_beside_it() {
        let three = Path::of("self").then("a").then("@items");
        let (b, c) = (three.then("b"), three.then("c"));
        assert_eq!(b.steps().last(), c.steps().last());
        let (d, e) = (b.then("d"), b.then("e"));
        assert_ne!(d.steps().last(), e.steps().last());
    }
}
