//! All pairs, by topic.

mod fields;
mod limits;
mod lists;
mod versions;

use crate::pair::Pair;

pub(crate) fn all() -> Vec<Pair> {
    [fields::pairs(), limits::pairs(), lists::pairs(), versions::pairs()].into_iter().flatten().collect()
}
