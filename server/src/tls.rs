//! TLS: own certificate, ACME, or a local certificate authority that can vouch for this deployment's names and nothing else.
//! A phone's browser gives no storage to plain HTTP, so there is no field use without it.

use crate::keys::{create_private_folder, write_secret};
use chrono::{DateTime, Datelike};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints,
};
use rustls::{
    pki_types::{CertificateDer, pem::PemObject},
    server::ParsedCertificate,
};
use shared::{model::dates::UnixSeconds, sync::server_pin::ServerPin};
use std::{
    fs, io,
    net::IpAddr,
    path::{Path, PathBuf},
};

/// Why certificates can't be made or used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file could not be read or written.
    #[error("a certificate file could not be used")]
    File(#[from] io::Error),
    /// A certificate could not be made.
    #[error("a certificate could not be made")]
    Make(#[from] rcgen::Error),
    /// A certificate can't be read.
    #[error("{0} holds no certificate that can be read")]
    Unreadable(PathBuf),
    /// A line of `tls/pins` is no pin.
    #[error("line {0} of tls/pins is not the SHA-256 of a public key in hexadecimal digits")]
    Pin(usize),
    /// The clock is set to a time that certificates can't name.
    #[error("the clock is set to an impossible time")]
    Clock,
}

/// Days a server certificate holds: phones refuse more than 825.
const LEAF_DAYS: i64 = 730;
/// Days before its end when it is made anew.
const RENEW_DAYS: i64 = 60;
const CA_DAYS: i64 = 3_650;
const DAY_S: i64 = 86_400;

/// The local authority's folder in a data folder.
#[must_use]
pub fn folder(data: &Path) -> PathBuf {
    data.join("tls")
}

/// Chain and key of the local authority's server certificate.
#[must_use]
pub fn leaf(data: &Path) -> (PathBuf, PathBuf) {
    (folder(data).join("server.pem"), folder(data).join("server.key"))
}

/// Makes a local authority that can vouch for `hosts` only, a server certificate, and the page that explains installing it.
///
/// # Errors
/// [`TlsError`] if there is one already or the folder can't be written.
pub fn create_local_authority(data: &Path, hosts: &[String], now: UnixSeconds) -> Result<(), TlsError> {
    let folder = folder(data);
    create_private_folder(&folder)?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.distinguished_name.push(DnType::CommonName, format!("Sada {}", hosts.first().map_or("", String::as_str)));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: hosts.iter().map(|host| subtree(host)).collect(),
        excluded_subtrees: Vec::new(),
    });
    set_validity(&mut params, now, CA_DAYS)?;
    let key = KeyPair::generate()?;
    let authority = params.self_signed(&key)?;
    write_secret(&folder.join("ca.key"), &key.serialize_pem())?;
    fs::write(folder.join("ca.pem"), authority.pem())?;
    fs::write(folder.join("hosts"), hosts.join("\n"))?;
    fs::write(folder.join("install.html"), include_str!("../pages/install-ca.html"))?;
    renew_leaf(data, now)
}

/// The keys that native apps are told to accept: the one in `chain`, the certificate served, and those that the operator lists in
/// `tls/pins`, one a line in hexadecimal digits: the key to come, or the key of whoever ends TLS in front of this server.
///
/// # Errors
/// [`TlsError`] if the certificate or the list can't be read.
pub fn pins(data: &Path, chain: Option<&Path>) -> Result<Vec<ServerPin>, TlsError> {
    let mut pins: Vec<ServerPin> = chain.map(pin_of).transpose()?.into_iter().collect();
    let listed = match fs::read_to_string(folder(data).join("pins")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        listed => listed?,
    };
    for (number, line) in (1..).zip(listed.lines()) {
        let line = line.split_once('#').map_or(line, |(before, _)| before);
        // What `sha256sum` writes after the digits is no part of them.
        let Some(digits) = line.split_whitespace().next() else { continue };
        let pin = digits.parse().map_err(|_| TlsError::Pin(number))?;
        if !pins.contains(&pin) {
            pins.push(pin);
        }
    }
    Ok(pins)
}

fn pin_of(chain: &Path) -> Result<ServerPin, TlsError> {
    let first = CertificateDer::pem_file_iter(chain).ok().and_then(|mut chain| chain.next()?.ok());
    let key = first.as_ref().and_then(|first| Some(ParsedCertificate::try_from(first).ok()?.subject_public_key_info()));
    key.map(|key| ServerPin::of_spki(&key)).ok_or_else(|| TlsError::Unreadable(chain.to_owned()))
}

/// Makes the server certificate, or makes it anew when it soon ends: for the same key, which phones know.
///
/// # Errors
/// [`TlsError`] if the authority's files can't be used.
pub fn renew_leaf(data: &Path, now: UnixSeconds) -> Result<(), TlsError> {
    let folder = folder(data);
    let until = fs::read_to_string(folder.join("until")).ok().and_then(|text| text.trim().parse::<i64>().ok());
    if until.is_some_and(|until| until - now.0 > RENEW_DAYS * DAY_S) && folder.join("server.pem").exists() {
        return Ok(());
    }
    let hosts: Vec<String> = fs::read_to_string(folder.join("hosts"))?.lines().map(str::to_owned).collect();
    let authority_pem = fs::read_to_string(folder.join("ca.pem"))?;
    let issuer = Issuer::from_ca_cert_pem(&authority_pem, KeyPair::from_pem(&fs::read_to_string(folder.join("ca.key"))?)?)?;
    let mut params = CertificateParams::new(hosts.clone())?;
    params.distinguished_name.push(DnType::CommonName, hosts.first().map_or("Sada", String::as_str));
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    set_validity(&mut params, now, LEAF_DAYS)?;
    let (chain_file, key_file) = leaf(data);
    if !key_file.exists() {
        write_secret(&key_file, &KeyPair::generate()?.serialize_pem())?;
    }
    let key = KeyPair::from_pem(&fs::read_to_string(&key_file)?)?;
    let certificate = params.signed_by(&key, &issuer)?;
    fs::write(chain_file, certificate.pem() + &authority_pem)?;
    fs::write(folder.join("until"), (now.0 + LEAF_DAYS * DAY_S).to_string())?;
    Ok(())
}

fn subtree(host: &str) -> GeneralSubtree {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => GeneralSubtree::IpAddress(rcgen::CidrSubnet::from_v4_prefix(address.octets(), 32)),
        Ok(IpAddr::V6(address)) => GeneralSubtree::IpAddress(rcgen::CidrSubnet::from_v6_prefix(address.octets(), 128)),
        Err(_) => GeneralSubtree::DnsName(host.to_owned()),
    }
}

/// Sets a certificate's time: from the day before `now`, since phones' clocks lag, for so many days.
fn set_validity(params: &mut CertificateParams, now: UnixSeconds, days: i64) -> Result<(), TlsError> {
    let day = |seconds: i64| {
        let date = DateTime::from_timestamp(seconds, 0)?.date_naive();
        Some((date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?))
    };
    let (year, month, date) = day(now.0 - DAY_S).ok_or(TlsError::Clock)?;
    params.not_before = rcgen::date_time_ymd(year, month, date);
    let (year, month, date) = day(now.0 + days * DAY_S).ok_or(TlsError::Clock)?;
    params.not_after = rcgen::date_time_ymd(year, month, date);
    Ok(())
}
