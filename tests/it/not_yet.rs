//! What the embedded API server cannot do yet. A case that passes although it stands here fails, so that the list shrinks.

/// Cases and why each cannot pass yet.
pub(crate) const LIST: &[(&str, &str)] = &[];
