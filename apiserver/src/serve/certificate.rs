//! The certificates of one server: an authority that signs once, and what it signed.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

/// A server's certificate, and the authority that signed it. The authority's key is gone.
pub(super) struct Certificate {
    /// The authority's certificate, in PEM.
    pub(super) authority: String,
    own: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

/// Makes a certificate for this IP, `127.0.0.1` and `localhost`.
pub(super) fn issue(ip: IpAddr) -> io::Result<Certificate> {
    try_issue(ip).map_err(io::Error::other)
}

fn try_issue(ip: IpAddr) -> Result<Certificate, rcgen::Error> {
    let mut authority = CertificateParams::default();
    authority.distinguished_name = named("kubist-ca");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), ip.to_string()];
    names.dedup();
    let mut server = CertificateParams::new(names)?;
    server.distinguished_name = named("kubist-apiserver");
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = server.signed_by(&key, &authority)?;
    Ok(Certificate {
        authority: authority.pem(),
        own: certificate.der().clone(),
        key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
    })
}

fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

/// TLS with this certificate, for HTTP/2 and HTTP/1.1.
pub(super) fn tls(certificate: &Certificate, provider: Arc<CryptoProvider>) -> io::Result<TlsAcceptor> {
    let chain = vec![certificate.own.clone()];
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, certificate.key.clone_key()));
    let mut config = config.map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_issued_for_both_families_of_addresses() {
        for ip in ["127.0.0.1", "127.0.0.2", "::1"] {
            let certificate = issue(ip.parse().unwrap()).unwrap();
            assert!(certificate.authority.starts_with("-----BEGIN CERTIFICATE-----"), "{ip}");
            tls(&certificate, Arc::new(rustls::crypto::ring::default_provider())).unwrap();
        }
    }
}
