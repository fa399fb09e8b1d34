//! What is reached through an object rather than with it: its status, its scale, and any other part by name.

mod any;
mod scale;
mod status;

pub use self::any::Subresource;
pub use self::scale::{Scale, ScaleOf, ScaleSpec, ScaleStatus};
pub use self::status::{StatusOf, StatusUpdate};
