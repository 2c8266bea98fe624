//! The local certificate authority: phones that trust it trust this deployment's names and nothing else.

use crate::harness::{Folder, START};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
};
use server::tls::{create_local_authority, folder, leaf, pins, renew_leaf};
use shared::model::dates::UnixSeconds;
use std::{io, path::Path, sync::Arc};

fn handshake(data: &Path, name: &str) -> Result<(), rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let (chain, key) = leaf(data);
    let chain: Vec<_> = CertificateDer::pem_file_iter(chain).unwrap().map(Result::unwrap).collect();
    let server = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions().unwrap();
    let server = server.with_no_client_auth().with_single_cert(chain, PrivateKeyDer::from_pem_file(key).unwrap()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder(data).join("ca.pem")).unwrap()).unwrap();
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let client = client.with_root_certificates(roots).with_no_client_auth();
    let mut client = ClientConnection::new(Arc::new(client), ServerName::try_from(name.to_owned()).unwrap()).unwrap();
    let mut server = ServerConnection::new(Arc::new(server)).unwrap();
    while client.is_handshaking() || server.is_handshaking() {
        let mut wire = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut wire).unwrap();
        }
        server.read_tls(&mut io::Cursor::new(&wire)).unwrap();
        server.process_new_packets()?;
        let mut wire = Vec::new();
        while server.wants_write() {
            server.write_tls(&mut wire).unwrap();
        }
        client.read_tls(&mut io::Cursor::new(&wire)).unwrap();
        client.process_new_packets()?;
    }
    Ok(())
}

#[test]
fn a_phone_that_trusts_the_local_authority_reaches_its_names_only_and_after_renewal_too() {
    let data = Folder::new();
    // rustls compares with the real clock.
    let now = server::chance::system_now();
    create_local_authority(&data.0, &["sada.example".to_owned(), "192.168.1.10".to_owned()], now).unwrap();
    handshake(&data.0, "sada.example").unwrap();
    handshake(&data.0, "192.168.1.10").unwrap();
    assert!(handshake(&data.0, "bank.example").is_err());
    let first = std::fs::read(leaf(&data.0).0).unwrap();
    let key = pins(&data.0, Some(&leaf(&data.0).0)).unwrap();
    renew_leaf(&data.0, now).unwrap();
    assert_eq!(std::fs::read(leaf(&data.0).0).unwrap(), first, "not yet due");
    renew_leaf(&data.0, UnixSeconds(now.0 + 700 * 86_400)).unwrap();
    assert_ne!(std::fs::read(leaf(&data.0).0).unwrap(), first);
    assert_eq!(pins(&data.0, Some(&leaf(&data.0).0)).unwrap(), key, "phones know the key, and renewal keeps it");
    assert!(create_local_authority(&data.0, &["other.example".to_owned()], START).is_err(), "an authority is never made over");
}
