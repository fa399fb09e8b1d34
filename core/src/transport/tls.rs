//! TLS as the configuration asks for it: authorities, identity, name.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use crate::config::Config;
use crate::error::{Error, Result};

/// Authorities and identity. The name that the server's certificate must be for is whatever the connection asks for.
pub(super) fn client_config(config: &Config) -> Result<ClientConfig> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| unusable(&error))?;
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier(config, provider)?);
    match &config.identity {
        None => Ok(builder.with_no_client_auth()),
        Some((certificate, key)) => {
            let chain = certificates(certificate, "the client certificate")?;
            let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
                .map_err(|_| Error::config("the client key holds no private key in PEM"))?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|_| Error::config("the client key does not fit its certificate"))
        }
    }
}

/// The name that the server's certificate must be for, where it is not the server's host.
pub(super) fn server_name(config: &Config) -> Result<Option<ServerName<'static>>> {
    let Some(name) = &config.tls_server_name else { return Ok(None) };
    let parsed = ServerName::try_from(name.clone());
    parsed.map(Some).map_err(|_| Error::config(format!("tls-server-name {name:?} is no name of a host")))
}

fn verifier(config: &Config, provider: Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>> {
    if config.insecure_skip_tls_verify {
        return Ok(Arc::new(AcceptAny(provider)));
    }
    match &config.certificate_authority {
        Some(pem) => {
            let roots = Arc::new(authorities(pem)?);
            let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider).build();
            let verifier = verifier
                .map_err(|error| Error::config(format!("the certificate authority cannot be used: {error}")))?;
            Ok(verifier)
        }
        None => Ok(Arc::new(rustls_platform_verifier::Verifier::new(provider).map_err(|error| unusable(&error))?)),
    }
}

fn unusable(error: &rustls::Error) -> Error {
    Error::config(format!("TLS cannot be set up: {error}"))
}

fn authorities(pem: &[u8]) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    for certificate in certificates(pem, "the certificate authority")? {
        let added = store.add(certificate);
        added.map_err(|error| Error::config(format!("the certificate authority cannot be used: {error}")))?;
    }
    Ok(store)
}

fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem).filter_map(std::result::Result::ok).collect();
    if found.is_empty() { Err(Error::config(format!("{what} holds no certificate in PEM"))) } else { Ok(found) }
}

/// Accepts every certificate, for `insecure-skip-tls-verify`; signatures are checked all the same.
#[derive(Debug)]
struct AcceptAny(Arc<CryptoProvider>);

impl ServerCertVerifier for AcceptAny {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_named_without_being_printed() {
        let mut config = Config::new("https://a");
        config.certificate_authority = Some(b"nonsense".to_vec());
        let problem = client_config(&config).unwrap_err().to_string();
        assert_eq!(problem, "the certificate authority holds no certificate in PEM");
        config.certificate_authority = None;
        config.insecure_skip_tls_verify = true;
        assert!(client_config(&config).is_ok());
        config.identity = Some((b"nonsense".to_vec(), "nonsense".into()));
        let problem = client_config(&config).unwrap_err().to_string();
        assert_eq!(problem, "the client certificate holds no certificate in PEM");
    }
}
