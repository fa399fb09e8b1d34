//! Undoes gzip while the body arrives.

use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http_body::Frame;

use crate::error::BoxError;

/// A body that was compressed, plain again.
pub(super) struct Gunzip<B> {
    body: B,
    /// Taken when the body ends.
    decoder: Option<MultiGzDecoder<Vec<u8>>>,
}

impl<B> Gunzip<B> {
    pub(super) fn new(body: B) -> Self {
        Self { body, decoder: Some(MultiGzDecoder::new(Vec::new())) }
    }
}

impl<B> http_body::Body for Gunzip<B>
where
    B: http_body::Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Self { body, decoder: place } = &mut *self;
        loop {
            let Some(decoder) = place else { return Poll::Ready(None) };
            let plain = if let Some(frame) = ready!(Pin::new(&mut *body).poll_frame(cx)) {
                let Ok(data) = frame.map_err(Into::into)?.into_data() else { continue };
                decoder.write_all(&data)?;
                decoder.flush()?;
                std::mem::take(decoder.get_mut())
            } else {
                decoder.try_finish()?;
                let rest = std::mem::take(decoder.get_mut());
                *place = None;
                rest
            };
            if !plain.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(plain.into()))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn a_compressed_body_comes_out_plain_and_a_cut_one_is_an_error() {
        let text = "kubist ".repeat(1000);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        let compressed = encoder.finish().unwrap();
        let whole = Gunzip::new(crate::body::Body::from(compressed.clone()));
        assert_eq!(whole.collect().await.unwrap().to_bytes(), text.as_bytes());
        let cut = Gunzip::new(crate::body::Body::from(compressed[..compressed.len() - 9].to_vec()));
        assert!(cut.collect().await.is_err());
    }
}
