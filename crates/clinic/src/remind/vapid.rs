//! The clinic's name towards push services: a key pair of its own, and a signed word at each push
//! (RFC 8292, VAPID; the word is a JWT signed by ES256).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::store::StoreError;

/// How long a word is good for; a day is the most that RFC 8292 allows.
const GOOD_S: i64 = 12 * 3_600;

/// The key pair, and whom a push service may write to.
pub struct Vapid {
    pair: EcdsaKeyPair,
    chance: SystemRandom,
    key: String,
    contact: String,
}

impl std::fmt::Debug for Vapid {
    // The private key is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vapid").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Vapid {
    /// A new key pair as PKCS#8, to be kept: with another one every phone would have to subscribe anew.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn fresh() -> Result<Vec<u8>, StoreError> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        made.map(|document| document.as_ref().to_vec()).map_err(|_unspecified| StoreError::NoChance)
    }

    /// Opens a kept one. `contact` is a `mailto:` or `https:` address of whoever runs the clinic.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn open(pkcs8: &[u8], contact: &str) -> Result<Self, StoreError> {
        let chance = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &chance)
            .map_err(|_rejected| StoreError::Damaged("the key for reminders"))?;
        let key = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        Ok(Self { pair, chance, key, contact: contact.to_owned() })
    }

    /// The public key, an uncompressed point in base64url.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The `Authorization` header of a push to the service at `origin`.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn authorization(&self, origin: &str, now_ms: i64) -> Result<String, StoreError> {
        let claims = serde_json::json!({
            "aud": origin,
            "exp": now_ms.div_euclid(1_000).saturating_add(GOOD_S),
            "sub": self.contact,
        });
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", part(r#"{"typ":"JWT","alg":"ES256"}"#), part(&claims.to_string()));
        let signature = self.pair.sign(&self.chance, signed.as_bytes());
        let signature = signature.map_err(|_unspecified| StoreError::NoChance)?;
        Ok(format!("vapid t={signed}.{}, k={}", URL_SAFE_NO_PAD.encode(signature.as_ref()), self.key))
    }
}
