//! TLS on the local network: an authority of our own, made once, and a certificate for today's
//! addresses, signed by it. A phone that trusts the authority goes on trusting when the address
//! changes; it may speak for private addresses alone.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::path::Path;

use anyhow::{Context as _, Result};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType,
};

use super::folder;

/// What TLS needs.
pub(super) struct Tls {
    /// Chain, PEM.
    pub(super) chain: String,
    /// Private key, PEM.
    pub(super) key: String,
    /// The authority's certificate, PEM.
    pub(super) authority: String,
}

/// The address phones on the same network reach this machine at.
pub(super) fn address() -> IpAddr {
    // Nothing is sent: connecting a datagram socket only picks the way out.
    let way_out = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    way_out.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip())
}

/// The authority of the data folder and a certificate for this address.
pub(super) fn tls(data: &Path, address: IpAddr) -> Result<Tls> {
    folder::make(data)?;
    let key_path = data.join("authority.key");
    let cert_path = data.join("authority.crt");
    if !key_path.exists() || !cert_path.exists() {
        let key = KeyPair::generate()?;
        let cert = authority(address)?.self_signed(&key)?;
        folder::secret(&key_path, key.serialize_pem().as_bytes())?;
        folder::secret(&cert_path, cert.pem().as_bytes())?;
    }
    let authority_key = KeyPair::from_pem(&std::fs::read_to_string(&key_path)?)
        .with_context(|| format!("{} is damaged", key_path.display()))?;
    let authority_cert = std::fs::read_to_string(&cert_path)?;
    let issuer = Issuer::new(authority(address)?, authority_key);
    let key = KeyPair::generate()?;
    let leaf = leaf(address)?.signed_by(&key, &issuer)?;
    let chain = format!("{}{authority_cert}", leaf.pem());
    Ok(Tls { chain, key: key.serialize_pem(), authority: authority_cert })
}

fn named(name: &str) -> DistinguishedName {
    let mut full = DistinguishedName::new();
    full.push(DnType::CommonName, name);
    full
}

fn authority(address: IpAddr) -> Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Interlude on this network");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let private = |a, b, bits| GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([a, b, 0, 0], bits));
    let mut permitted = vec![
        private(10, 0, 8),
        private(127, 0, 8),
        private(169, 254, 16),
        private(172, 16, 12),
        private(192, 168, 16),
        GeneralSubtree::DnsName("localhost".to_owned()),
    ];
    // Some networks use other addresses: then this one's neighbourhood too.
    if let IpAddr::V4(v4) = address
        && !(v4.is_private() || v4.is_loopback() || v4.is_link_local())
    {
        let [a, b, ..] = v4.octets();
        permitted.push(private(a, b, 16));
    }
    params.name_constraints =
        Some(NameConstraints { permitted_subtrees: permitted, excluded_subtrees: Vec::new() });
    (params.not_before, params.not_after) = (days_from_today(-1), days_from_today(3650));
    Ok(params)
}

fn leaf(address: IpAddr) -> Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Interlude clinic");
    params.subject_alt_names = vec![
        SanType::IpAddress(address),
        SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        SanType::DnsName("localhost".try_into()?),
    ];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    // Longer ones are refused by some phones.
    (params.not_before, params.not_after) = (days_from_today(-1), days_from_today(390));
    Ok(params)
}

fn days_from_today(days: i64) -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc().saturating_add(time::Duration::days(days))
}
