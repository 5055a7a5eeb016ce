//! Organization: the clinic's name, its number, and what it says on the cards of red flags.
//!
//! A patient's `managingOrganization` leads to it ([`managing`]), on our server and on any other. Our
//! extension `help-card` is repeated, with the parts `rule`, `language` (valueCode), `text` (valueString)
//! and `phone` (valueContactPoint), each left out where it does not apply.

use interlude_diary::flags::{MOST, Own, PHONE_CHARS};

use crate::json::{Node, Writer, parse};
use crate::wire::{WireError, canonical_base, peek};

/// The FHIR id of our server's only one.
pub const ID: &str = "clinic";

/// What a phone learns of a clinic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// Its telephone number.
    pub phone: Option<String>,
    /// What it says on the cards.
    pub cards: Vec<Own>,
}

/// Where the Organization of a Patient is: `Organization/{id}`, relative or under the server's base.
///
/// # Errors
/// When it is no Patient.
pub fn managing(patient: &str) -> Result<Option<String>, WireError> {
    let resource = parse(patient)?;
    if peek(&resource)?.0 != "Patient" {
        return Err(WireError::OtherResource);
    }
    let reference = resource.get("managingOrganization").and_then(|it| it.str("reference"));
    Ok(reference.filter(|it| it.contains("Organization/")).map(str::to_owned))
}

/// Reads an Organization. Of the cards, those that do not fit one are passed over.
///
/// # Errors
/// When it is no Organization.
pub fn read(text: &str) -> Result<Organization, WireError> {
    let resource = parse(text)?;
    if peek(&resource)?.0 != "Organization" {
        return Err(WireError::OtherResource);
    }
    let url = format!("{}help-card", canonical_base());
    let cards = resource.list("extension").iter().filter(|one| one.str("url") == Some(&url)).map(card);
    let phones = resource.list("telecom").iter().filter(|one| one.str("system") == Some("phone"));
    let dialled =
        |phone: &&str| phone.chars().count() <= PHONE_CHARS && phone.chars().any(|c| c.is_ascii_digit());
    Ok(Organization {
        name: resource.str("name").unwrap_or_default().to_owned(),
        phone: phones.filter_map(|one| one.str("value")).find(dialled).map(str::to_owned),
        cards: cards.filter(Own::is_sound).take(MOST).collect(),
    })
}

fn card(extension: &Node<'_>) -> Own {
    let part = |name: &str| extension.list("extension").iter().find(|one| one.str("url") == Some(name));
    let code = |name: &str| part(name).and_then(|one| one.str("valueCode")).map(str::to_owned);
    Own {
        rule: code("rule"),
        language: code("language"),
        text: part("text").and_then(|one| one.str("valueString")).map(str::to_owned),
        phone: part("phone").and_then(|one| one.get("valueContactPoint")?.str("value")).map(str::to_owned),
    }
}

/// Our server's Organization as FHIR.
#[must_use]
pub fn write(organization: &Organization) -> String {
    let mut to = Writer::new();
    to.open('{').text("resourceType", "Organization").text("id", ID);
    if !organization.cards.is_empty() {
        to.name("extension").open('[');
        for one in &organization.cards {
            written(&mut to, one);
        }
        to.close(']');
    }
    to.name("active").raw("true").text("name", &organization.name);
    if let Some(phone) = &organization.phone {
        to.name("telecom").open('[').open('{').text("system", "phone").text("value", phone);
        to.close('}').close(']');
    }
    to.close('}');
    to.finish()
}

fn written(to: &mut Writer, own: &Own) {
    to.open('{').text("url", &format!("{}help-card", canonical_base())).name("extension").open('[');
    for (name, code) in [("rule", &own.rule), ("language", &own.language)] {
        if let Some(code) = code {
            to.open('{').text("url", name).text("valueCode", code).close('}');
        }
    }
    if let Some(text) = &own.text {
        to.open('{').text("url", "text").text("valueString", text).close('}');
    }
    if let Some(phone) = &own.phone {
        to.open('{').text("url", "phone").name("valueContactPoint").open('{');
        to.text("system", "phone").text("value", phone).close('}').close('}');
    }
    to.close(']').close('}');
}
