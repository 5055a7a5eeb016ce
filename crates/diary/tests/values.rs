//! Values, ids and keys: one spelling each, and nothing is a number that only looks like one.
#![expect(clippy::unwrap_used, reason = "tests: what is not as expected is a failure")]

use interlude_diary::ids::EntryId;
use interlude_diary::occasion::{DraftKey, OccasionKey};
use interlude_diary::questionnaire::{Coding, Decimal, Slot, Value};
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn decimals_keep_their_spelling_and_compare_by_value() {
    for (written, normal) in [
        ("6.50", "6.5"),
        ("6", "6"),
        ("0.0", "0"),
        ("-0.00", "0"),
        ("-0.50", "-0.5"),
        ("007.10", "7.1"),
        ("1e3", "1000"),
        ("1.25E-3", "0.00125"),
        ("12.5e1", "125"),
        ("100", "100"),
        ("1e-18", "0.000000000000000001"),
    ] {
        assert_eq!(decimal(written).as_str(), written);
        assert_eq!(decimal(written).normalised(), normal);
        assert_eq!(decimal(written), decimal(normal));
    }
    assert_ne!(decimal("6.5"), decimal("6.51"));
}

proptest! {
    #[test]
    fn decimals_are_ordered_by_value(a in -99_999i64..99_999, b in -99_999i64..99_999, up in 0u32..5, down in 0u32..5) {
        // Both as whole numbers of the same small part, and as they are written.
        let written = |n: i64, places: u32| {
            let (sign, n) = (if n < 0 { "-" } else { "" }, n.unsigned_abs());
            let unit = 10_u64.pow(places);
            if places == 0 { format!("{sign}{n}") } else { format!("{sign}{}.{:0>2$}", n / unit, n % unit, places as usize) }
        };
        let exact = (a * 10_i64.pow(5 - up)).cmp(&(b * 10_i64.pow(5 - down)));
        prop_assert_eq!(decimal(&written(a, up)).by_value(&decimal(&written(b, down))), exact);
    }
}

#[test]
fn decimals_too_long_for_a_binary_number_are_ordered_too() {
    assert!(decimal("0.12345678901234567").by_value(&decimal("0.12345678901234568")).is_lt());
    assert!(decimal("1e-18").by_value(&decimal("-1")).is_gt());
    assert!(decimal("0.0").by_value(&decimal("-0")).is_eq());
}

#[test]
fn what_is_no_decimal_is_refused() {
    for text in
        ["", ".5", "5.", "+5", "1,5", "NaN", "inf", "1e", "1e99", "--1", "0x10", "12345678901234567890.5"]
    {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
}

#[test]
fn codings_are_equal_by_system_and_code_and_not_by_words() {
    let coding = |s: Option<&str>, c: Option<&str>, d: &str| Coding {
        system: s.map(str::to_owned),
        code: c.map(str::to_owned),
        display: Some(d.to_owned()),
    };
    assert_eq!(coding(Some("a"), Some("1"), "yes"), coding(Some("a"), Some("1"), "sí"));
    assert_ne!(coding(Some("a"), Some("1"), "yes"), coding(Some("b"), Some("1"), "yes"));
    assert_ne!(coding(None, None, "yes"), coding(None, None, "no"));
    assert!(Value::Integer(1).compare(&Value::Text("1".to_owned())).is_none());
}

#[test]
fn an_id_has_one_spelling() {
    let text = "01944d5e-7f3a-7b10-8c44-000000000001";
    assert_eq!(text.parse::<EntryId>().unwrap().to_string(), text);
    for other in
        [text.to_uppercase(), text.replace('-', ""), format!("urn:uuid:{text}"), format!("{{{text}}}")]
    {
        assert!(other.parse::<EntryId>().is_err(), "{other}");
    }
}

proptest! {
    #[test]
    fn normalising_twice_is_normalising_once(whole in -99_999_999_i64..99_999_999, fraction in "[0-9]{1,6}", exponent in -9_i32..9) {
        let number = decimal(&format!("{whole}.{fraction}e{exponent}"));
        let once = number.normalised();
        prop_assert_eq!(decimal(&once).normalised(), once.clone());
        let (a, b) = (number.to_f64(), decimal(&once).to_f64());
        prop_assert!((a - b).abs() <= a.abs() * 1e-12);
    }

    #[test]
    fn a_slot_reads_back(link in "[a-zA-Z0-9@./_-]{1,12}", at in prop::collection::vec(0_u16..9, 0..4)) {
        let slot = Slot { link, at };
        prop_assert_eq!(slot.to_string().parse::<Slot>().unwrap(), slot);
    }

    #[test]
    fn an_occasion_key_reads_back(series in 0_u16..99, rule in "[a-z0-9-]{1,12}", ordinal: i32, slot in "[a-z-]{1,8}") {
        let key = OccasionKey { series, rule, ordinal, slot };
        prop_assert_eq!(key.to_string().parse::<OccasionKey>().unwrap(), key);
    }

    #[test]
    fn no_text_breaks_the_key_parser(text in "\\PC{0,40}") {
        if let Ok(key) = text.parse::<OccasionKey>() {
            prop_assert_eq!(key.to_string(), text);
        }
    }
}

proptest! {
    #[test]
    fn a_drafts_key_is_written_as_serde_writes_it(canonical in any::<String>(), day in 0i32..40_000) {
        let day = interlude_diary::calendar::LocalDay::from_number(day);
        let id = "01944d5e-7f3a-7b10-8c44-000000000001".parse().unwrap();
        for key in [
            DraftKey::Occasion(OccasionKey::daily(day)),
            DraftKey::Unscheduled(canonical.clone()),
            DraftKey::Correction(id),
        ] {
            prop_assert_eq!(key.to_json(), serde_json::to_string(&key).unwrap());
        }
    }
}
