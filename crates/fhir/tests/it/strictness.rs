//! What the clinic refuses to keep although it could be read.

use interlude_fhir::json::parse;
use interlude_fhir::wire::{WireError, strict, write_entry};
use proptest::prelude::*;

use crate::sample::{PATIENT, any_entry, consent, entry};

fn judge(text: &str) -> Result<(), WireError> {
    strict(&parse(text).unwrap())
}

proptest! {
    #[test]
    fn what_we_write_is_taken(entry in any_entry()) {
        prop_assert_eq!(judge(&write_entry(&entry, PATIENT)), Ok(()));
    }
}

#[test]
fn what_r4_does_not_have_is_refused_by_name_of_the_part() {
    let good = write_entry(&entry(), PATIENT);
    let refused = |from: &str, to: &str| {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        match judge(&bad) {
            Err(WireError::Part(part)) => part,
            other => panic!("{to}: {other:?}"),
        }
    };
    let unknown = "a name that R4 does not have here";
    assert_eq!(refused("\"authored\"", "\"autored\""), unknown);
    assert_eq!(refused("\"linkId\"", "\"note\":\"x\",\"linkId\""), unknown);
    assert_eq!(refused("\"valueInteger\":7", "\"valueInteger\":7,\"unit\":\"mm\""), unknown);
    assert_eq!(refused("\"status\":\"completed\"", "\"status\":\"done\""), "status");
    assert_eq!(
        refused("\"valueInteger\":7", "\"valueInteger\":7,\"valueString\":\"x\""),
        "item.answer.value"
    );
    assert_eq!(refused("{\"valueInteger\":7}", "{\"id\":\"x\"}"), "item.answer.value");
    assert_eq!(refused("{\"valueInteger\":7}", "{}"), "a value");
    assert_eq!(refused("\"Europe/Madrid\"", "\"\""), "a value");
    assert_eq!(refused("\"Europe/Madrid\"", "null"), "a value");
    assert_eq!(refused("\"item\":[", "\"contained\":[],\"item\":["), "a value");
    let consent = write_entry(&consent(true), PATIENT);
    assert!(judge(&consent.replacen("\"policyRule\"", "\"rule\"", 1)).is_err());
    assert!(judge(&consent.replacen("\"active\"", "\"on\"", 1)).is_err());
}

#[test]
fn what_r4_has_is_taken() {
    let good = write_entry(&entry(), PATIENT);
    let more = good.replacen(
        "\"authored\"",
        "\"language\":\"es\",\"text\":{\"status\":\"generated\"},\"author\":{\"display\":\"x\"},\"_authored\":{\"id\":\"a\"},\"authored\"",
        1,
    );
    assert_ne!(more, good);
    assert_eq!(judge(&more), Ok(()));
    assert_eq!(judge("{\"resourceType\":\"Patient\",\"whatever\":1}"), Ok(()));
}
