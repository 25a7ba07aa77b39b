//! The laboratory's certificate authority, and certificates that are wrong in one way each.

use crate::fault::{Certificate, Tls};
use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{RootCertStore, ServerConfig, crypto::ring};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// The name that the upstream goes by.
pub const NAME: &str = "backend.example";

/// A certificate authority that lives as long as one run.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// A new one.
    pub fn new() -> Result<Self> {
        let mut parameters = CertificateParams::new(Vec::new())?;
        parameters.distinguished_name.push(rcgen::DnType::CommonName, "Laboratory CA");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Ok(Self { issuer: CertifiedIssuer::self_signed(parameters, KeyPair::generate()?)? })
    }

    /// Its own certificate, in PEM: what a server under test trusts.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// What ends TLS on the upstream's side.
    pub fn acceptor(&self, tls: &Tls) -> Result<TlsAcceptor> {
        let key = KeyPair::generate()?;
        let certificate = self.certificate(tls.certificate, &key)?;
        let provider = Arc::new(ring::default_provider());
        let versions: &[_] = if tls.only_tls12 { &[&rustls::version::TLS12] } else { rustls::ALL_VERSIONS };
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_protocol_versions(versions)?;
        let builder = if tls.client_certificate {
            let mut roots = RootCertStore::empty();
            roots.add(self.issuer.der().clone())?;
            builder.with_client_cert_verifier(WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build()?)
        } else {
            builder.with_no_client_auth()
        };
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let certified = CertifiedKey::from_der(vec![certificate], key, &provider)?;
        let resolver = Resolver { certified: Arc::new(certified), needs_server_name: tls.needs_server_name };
        Ok(TlsAcceptor::from(Arc::new(builder.with_cert_resolver(Arc::new(resolver)))))
    }

    fn certificate(&self, kind: Certificate, key: &KeyPair) -> Result<CertificateDer<'static>> {
        let name = if kind == Certificate::WrongName { "other.example" } else { NAME };
        let mut parameters = CertificateParams::new(vec![name.to_owned()])?;
        parameters.distinguished_name.push(rcgen::DnType::CommonName, name);
        if kind == Certificate::Expired {
            parameters.not_before = date_time_ymd(2019, 1, 1);
            parameters.not_after = date_time_ymd(2020, 1, 1);
        }
        let certificate = if kind == Certificate::SelfSigned { parameters.self_signed(key)? } else { parameters.signed_by(key, &self.issuer)? };
        Ok(certificate.der().clone())
    }
}

#[derive(Debug)]
struct Resolver {
    certified: Arc<CertifiedKey>,
    needs_server_name: bool,
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let refused = self.needs_server_name && hello.server_name() != Some(NAME);
        (!refused).then(|| Arc::clone(&self.certified))
    }
}
