//! How long programs take to build from nothing.

use crate::Result;

pub(crate) fn run() -> Result<()> {
    Err("compile: to come".to_owned())
}
