//! What a draft holds: one state an item, addressed by slot.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::value::Value;

/// The address of one item: its linkId, and the instance numbers of the repeating groups around
/// it, outermost first. Outside repeating groups it is the linkId alone.
///
/// Written `linkId` or `linkId@0.2`. A linkId that itself holds an `@` is written with one more at
/// its end when it stands alone, so that every slot reads back as itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The item's linkId, unique in its form.
    pub link: String,
    /// Instances of the repeating groups around the item, from 0.
    pub at: Vec<u16>,
}

impl Slot {
    /// An item outside any repeating group.
    #[must_use]
    pub fn top(link: &str) -> Self {
        Self { link: link.to_owned(), at: Vec::new() }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.link)?;
        if self.at.is_empty() && self.link.contains('@') {
            f.write_str("@")?;
        }
        for (n, at) in self.at.iter().enumerate() {
            write!(f, "{}{at}", if n == 0 { '@' } else { '.' })?;
        }
        Ok(())
    }
}

impl FromStr for Slot {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(link) = text.strip_suffix('@') {
            return Ok(Self::top(link));
        }
        if let Some((link, at)) = text.rsplit_once('@')
            && let Ok(at) = at.split('.').map(str::parse).collect()
        {
            return Ok(Self { link: link.to_owned(), at });
        }
        Ok(Self::top(text))
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

/// What the person did with one item. An item with none of these is untouched; one hidden by a
/// rule is kept in a draft (so that going back loses nothing) and absent from a response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Given {
    /// "Rather not say": FHIR data-absent-reason `asked-declined`.
    #[serde(rename = "no")]
    Declined,
    /// One value, or several where the item repeats. Never empty.
    #[serde(rename = "v")]
    Values(Vec<Value>),
}

/// The answers of a draft.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<Slot, Given>);

impl Answers {
    /// What was done with `slot`; `None` is untouched.
    #[must_use]
    pub fn get(&self, slot: &Slot) -> Option<&Given> {
        self.0.get(slot)
    }

    /// The values given for `slot`; empty when untouched or declined.
    #[must_use]
    pub fn values(&self, slot: &Slot) -> &[Value] {
        match self.0.get(slot) {
            Some(Given::Values(values)) => values,
            Some(Given::Declined) | None => &[],
        }
    }

    /// Sets what was done with `slot`. No values means untouched again.
    pub fn set(&mut self, slot: Slot, given: Given) {
        if matches!(&given, Given::Values(values) if values.is_empty()) {
            self.0.remove(&slot);
        } else {
            self.0.insert(slot, given);
        }
    }

    /// Makes `slot` untouched again.
    pub fn clear(&mut self, slot: &Slot) {
        self.0.remove(slot);
    }

    /// Every touched slot, in order of its text.
    pub fn iter(&self) -> impl Iterator<Item = (&Slot, &Given)> {
        self.0.iter()
    }

    /// Whether nothing was touched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
