//! The clinic itself on the wire.

use interlude_diary::flags::Own;
use interlude_fhir::organization::{Organization, managing, read, write};

use crate::schema::valid;

fn own(rule: Option<&str>, language: Option<&str>, text: Option<&str>, phone: Option<&str>) -> Own {
    let kept = |text: Option<&str>| text.map(str::to_owned);
    Own { rule: kept(rule), language: kept(language), text: kept(text), phone: kept(phone) }
}

fn clinic() -> Organization {
    Organization {
        name: "North \"Pain\" Clinic".to_owned(),
        phone: Some("+34 910 555 0142".to_owned()),
        cards: vec![
            own(None, Some("es"), Some("Llámenos."), None),
            own(Some("chest-pain"), None, Some("Ask for the heart nurse."), Some("+34 910 555 0143")),
            own(Some("fainting"), Some("en"), None, Some("112")),
        ],
    }
}

#[test]
fn what_is_written_is_valid_and_read_as_it_was() {
    for one in [clinic(), Organization { name: "N".to_owned(), ..Organization::default() }] {
        let text = write(&one);
        valid(&text).unwrap();
        assert_eq!(read(&text).unwrap(), one);
    }
}

#[test]
fn another_servers_organization_gives_name_and_number() {
    let text = r#"{"resourceType":"Organization","id":"7","name":"St. Elsewhere","telecom":[
        {"system":"fax","value":"1"},{"system":"phone","value":"ask at the desk"},
        {"system":"phone","value":"(+1) 555-0142"}],"extension":[{"url":"https://x.example/help-card"}]}"#;
    let read = read(text).unwrap();
    assert_eq!((read.name.as_str(), read.phone.as_deref()), ("St. Elsewhere", Some("(+1) 555-0142")));
    assert!(read.cards.is_empty());
}

#[test]
fn rows_that_fit_no_card_are_passed_over_and_none_is_endless() {
    let mut clinic = clinic();
    clinic.cards.push(own(None, None, Some(&"x".repeat(5000)), None));
    assert_eq!(read(&write(&clinic)).unwrap().cards.len(), 3);
    clinic.cards = vec![own(None, None, Some("x"), None); 500];
    assert_eq!(read(&write(&clinic)).unwrap().cards.len(), interlude_diary::flags::MOST);
}

#[test]
fn a_patient_leads_to_it() {
    let of = |more: &str| managing(&format!("{{\"resourceType\":\"Patient\",\"id\":\"p\"{more}}}")).unwrap();
    let with = |reference: &str| of(&format!(",\"managingOrganization\":{{\"reference\":\"{reference}\"}}"));
    assert_eq!(with("Organization/clinic").as_deref(), Some("Organization/clinic"));
    assert_eq!(
        with("https://x.example/fhir/Organization/1").as_deref(),
        Some("https://x.example/fhir/Organization/1")
    );
    assert_eq!(with("#contained"), None);
    assert_eq!(of(""), None);
    for other in ["{\"resourceType\":\"Basic\"}", "[]", "{", ""] {
        assert!(managing(other).is_err() && read(other).is_err(), "{other}");
    }
}
