//! What the lock screen needs of the diary behind it: whom to call, and cards that are open.

use interlude_diary::flags::RULES;
use serde::{Deserialize, Serialize};

use crate::sync::pairing::Clinic;

/// The journal's porch. Sealed on disk by the device's key; shown to whoever holds the phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Porch {
    /// Country of the emergency numbers.
    #[serde(default)]
    pub country: Option<String>,
    /// Rules whose card is open.
    #[serde(default)]
    flags: Vec<String>,
    /// The clinic, by its name, its numbers and what it says on the cards.
    #[serde(default)]
    pub clinic: Option<Clinic>,
}

impl Porch {
    /// Of what the app shows.
    #[must_use]
    pub fn of(country: Option<String>, flags: Vec<&'static str>, clinic: Option<Clinic>) -> Self {
        Self { country, flags: flags.into_iter().map(str::to_owned).collect(), clinic }
    }

    /// As it is kept.
    #[must_use]
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was kept; what cannot be read is as empty.
    #[must_use]
    pub fn read(kept: Option<&str>) -> Self {
        kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// Rules whose card is open and that this version knows.
    #[must_use]
    pub fn flags(&self) -> Vec<&'static str> {
        RULES.iter().map(|rule| rule.name).filter(|name| self.flags.iter().any(|flag| flag == name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use interlude_diary::flags::Own;

    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_the_rest_is_empty() {
        let own = Own { text: Some("Call the nurse.".to_owned()), ..Own::default() };
        let clinic = Clinic { name: "North".to_owned(), phone: Some("+34 910".to_owned()), cards: vec![own] };
        let rule = RULES.first().unwrap().name;
        let porch = Porch::of(Some("ES".to_owned()), vec![rule], Some(clinic));
        assert_eq!(Porch::read(Some(&porch.written())), porch);
        assert_eq!(porch.flags(), [rule]);
        for nothing in [None, Some(""), Some("{"), Some("[]")] {
            assert_eq!(Porch::read(nothing), Porch::default());
        }
        assert!(Porch::read(Some(r#"{"flags":["of another version"]}"#)).flags().is_empty());
    }
}
