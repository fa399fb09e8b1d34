//! The way from a document to the value that is read.

use std::cell::RefCell;
use std::fmt::Write as _;

/// Where the reader is. After an error it stays where the error was.
pub(super) struct Trail {
    steps: RefCell<Vec<Step>>,
    pub(super) whole: bool,
}

pub(super) enum Step {
    Field(&'static str),
    Item(usize),
    Key(Box<str>),
}

impl Trail {
    pub(super) fn new(whole: bool) -> Self {
        Self { steps: RefCell::new(Vec::new()), whole }
    }

    pub(super) fn within<T, E>(&self, step: Step, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.steps.borrow_mut().push(step);
        let result = work();
        if result.is_ok() {
            self.steps.borrow_mut().pop();
        }
        result
    }

    pub(super) fn is_root(&self) -> bool {
        self.steps.borrow().is_empty()
    }

    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.borrow().iter() {
            let written = match step {
                Step::Field(name) => write!(path, ".{name}"),
                Step::Item(index) => write!(path, "[{index}]"),
                Step::Key(key) => write!(path, "[{key:?}]"),
            };
            written.expect("a String takes everything");
        }
        path
    }
}
