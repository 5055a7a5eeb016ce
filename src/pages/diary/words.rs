//! Names and dates of entries in words.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Body, Entry};
use interlude_diary::journal::Light;

use crate::state::diary::name;
use crate::state::fill::dated;
use crate::state::language::Words;
use crate::text::fill::DiaryText;

/// What a form is called, or a kind of entry without one.
pub(super) fn form_name(questionnaire: &str, text: &'static DiaryText) -> String {
    match questionnaire {
        "consent" => text.consent.to_owned(),
        "session" => text.session.to_owned(),
        "chosen" => text.chosen.to_owned(),
        canonical => {
            let name = name(canonical);
            let known = text.forms.iter().find(|(known, _)| *known == name);
            known.map_or_else(|| text.form.to_owned(), |(_, words)| (*words).to_owned())
        }
    }
}

/// What an entry is called.
pub(super) fn entry_name(entry: &Entry, text: &'static DiaryText) -> String {
    match &entry.body {
        Body::Response(response) | Body::Retracted(response) => form_name(&response.questionnaire, text),
        Body::Consent(_) => text.consent.to_owned(),
        Body::Session(_) => text.session.to_owned(),
        Body::Chosen(_) => text.chosen.to_owned(),
    }
}

/// "3 March, 07:42".
pub(super) fn at(moment: Moment, words: Words) -> String {
    dated(moment, &words.locale())
}

/// The light in words: what is known, no more.
pub(super) fn light(light: &Light, words: Words) -> String {
    let text = words.text().diary();
    match light {
        Light::OnThisPhone { .. } => text.on_phone.to_owned(),
        Light::StaysHere => text.stays.to_owned(),
        Light::Sent { at: when } => (text.sent)(&at(*when, words)),
        Light::ClinicHadIt(receipt) => (text.clinic_had)(&at(receipt.stored, words)),
        Light::ChangedCopy(_) => text.changed.to_owned(),
        Light::Refused { reason, .. } => (text.refused)(reason),
    }
}

/// What a revision did and when.
pub(super) fn did(entry: &Entry, words: Words) -> String {
    let text = words.text().diary();
    let when = at(entry.authored, words);
    match (&entry.body, entry.parent) {
        (Body::Retracted(_), _) => (text.retracted_on)(&when),
        (_, Some(_)) if entry.reason.is_none() => (text.changed_on)(&when),
        (_, Some(_)) => (text.corrected_on)(&when),
        (_, None) => (text.first_answered)(&when),
    }
}
