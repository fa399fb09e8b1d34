//! How objects become bytes and come back.

/// A format of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `application/json`.
    Json,
    /// `application/vnd.kubernetes.protobuf`, for built-in kinds.
    Protobuf,
}

/// A value that goes over the wire.
///
/// It is not serde, so that built-in kinds decode through one interpreter, compiled once.
pub trait Wire: Sized {
    /// The formats that this type understands, the preferred one first.
    const FORMATS: &'static [Format] = &[Format::Json];

    /// Decodes a whole document and checks its `apiVersion` and `kind`.
    ///
    /// # Errors
    ///
    /// The path and what stood there, or the kind that was found where another was expected.
    fn decode(bytes: &[u8], format: Format) -> Result<Self, DecodeError>;

    /// Decodes an item of a list, which may leave its `apiVersion` and `kind` to the list.
    ///
    /// # Errors
    ///
    /// As for [`Wire::decode`], but absent `apiVersion` and `kind` are taken for the right ones.
    fn decode_item(bytes: &[u8], format: Format) -> Result<Self, DecodeError> {
        Self::decode(bytes, format)
    }

    /// Appends the encoded value.
    ///
    /// # Errors
    ///
    /// The path of a value that the format cannot hold.
    fn encode(&self, format: Format, out: &mut Vec<u8>) -> Result<(), EncodeError>;
}
