//! How large a pattern may be.

use crate::error::What;

/// The most copies of anything that repetitions in one another may make.
pub(crate) const MOST_REPEATS: u32 = 1000;
/// The most levels of the tree.
const DEEPEST: u32 = 1000;
/// The most instructions of the program: 128 MiB of 40 bytes each.
const LARGEST: u64 = (128 << 20) / 40;

/// What limits need to know of a part of a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// In instructions.
    pub(crate) size: u64,
    /// The levels of the tree.
    pub(crate) height: u32,
    /// How many copies of anything in it repetitions make.
    pub(crate) repeats: u32,
}

impl Measure {
    pub(crate) const ONE: Self = Self { size: 1, height: 1, repeats: 1 };

    /// One part above another: `more` instructions.
    pub(crate) fn above(self, more: u64) -> Self {
        Self { size: self.size + more, height: self.height + 1, ..self }
    }

    /// The parts of a sequence, or of a choice.
    pub(crate) fn beside(self, other: Self) -> Self {
        Self {
            size: self.size.saturating_add(other.size),
            height: self.height.max(other.height),
            repeats: self.repeats.max(other.repeats),
        }
    }

    /// `{min,max}`, without a maximum where there is none.
    pub(crate) fn repeated(self, min: u32, max: Option<u32>) -> Self {
        let (least, most) = (u64::from(min), max.map(u64::from));
        let size = match most {
            None if min == 0 => self.size + 2,
            None => least.saturating_mul(self.size) + 1,
            Some(most) => most.saturating_mul(self.size) + (most - least),
        };
        // What is repeated no times has no copies; without a maximum it is the minimum that is written out.
        let repeats = match max {
            Some(0) => 1,
            Some(max) => self.repeats.saturating_mul(max),
            None => self.repeats.saturating_mul(min.max(1)),
        };
        Self { size: size.max(1), height: self.height + 1, repeats }
    }

    /// Go first asks whether a part might be too large, by the repetitions seen, and then for its size. Who is not asked is short enough.
    pub(crate) fn check(self) -> Result<(), What> {
        match self {
            _ if self.size > LARGEST => Err(What::TooLarge),
            _ if self.height > DEEPEST => Err(What::TooDeep),
            _ => Ok(()),
        }
    }
}
