//! The search parameters of each resource: what a search takes and what the capability statement
//! says, from one table.

/// Results a page when the search does not say, and at most.
pub(super) const PAGE: usize = 100;
pub(super) const LARGEST_PAGE: usize = 1000;

/// One search parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    /// As it is written in a search.
    pub name: &'static str,
    /// FHIR search type: `token`, `date`, `reference`, `uri`, `number` or `string`.
    pub kind: &'static str,
    /// What it does here, where FHIR leaves that open.
    pub about: &'static str,
}

const fn param(name: &'static str, kind: &'static str, about: &'static str) -> Param {
    Param { name, kind, about }
}

const DATES: &str = "With eq, ge, gt, le, lt, sa or eb; all given must hold. A time without a zone is UTC";
const OWN: &str = "The patient of the token; any other is not found";
const LIST: &str = "One, or several with commas between";

const SUBJECT: Param = param("subject", "reference", OWN);
const PATIENT: Param = param("patient", "reference", OWN);
const ID: Param = param("_id", "token", LIST);
const LAST_UPDATED: Param = param("_lastUpdated", "date", DATES);
const FORMAT: Param = param("_format", "token", "json, application/json or application/fhir+json");
const COUNT: Param =
    param("_count", "number", "Results a page: at least 1, 100 when not given, at most 1000");
const ELEMENTS: Param =
    param("_elements", "string", "id,meta alone: with receipts, what R4 makes mandatory, and an ETag");

const fn sorted(about: &'static str) -> Param {
    param("_sort", "string", about)
}

/// What each resource type is searched by.
const TABLE: [(&str, &[Param]); 7] = [
    (
        "QuestionnaireResponse",
        &[
            SUBJECT,
            PATIENT,
            param("questionnaire", "reference", "A canonical, with its version or without"),
            param("authored", "date", DATES),
            ID,
            LAST_UPDATED,
            sorted("_lastUpdated or authored, each with - or without"),
            COUNT,
            ELEMENTS,
            FORMAT,
        ],
    ),
    (
        "Consent",
        &[
            PATIENT,
            param("date", "date", DATES),
            ID,
            LAST_UPDATED,
            sorted("_lastUpdated or date, each with - or without"),
            COUNT,
            ELEMENTS,
            FORMAT,
        ],
    ),
    (
        "MedicationAdministration",
        &[
            SUBJECT,
            PATIENT,
            param("effective-time", "date", DATES),
            ID,
            LAST_UPDATED,
            sorted("_lastUpdated or effective-time, each with - or without"),
            COUNT,
            ELEMENTS,
            FORMAT,
        ],
    ),
    (
        "MedicationRequest",
        &[
            SUBJECT,
            PATIENT,
            param("date", "date", DATES),
            ID,
            LAST_UPDATED,
            sorted("_lastUpdated or date, each with - or without"),
            COUNT,
            ELEMENTS,
            FORMAT,
        ],
    ),
    (
        "Observation",
        &[
            SUBJECT,
            PATIENT,
            param("code", "token", "A code with its system or without; several with commas between"),
            param("date", "date", DATES),
            param("derived-from", "reference", LIST),
            ID,
            LAST_UPDATED,
            sorted("_lastUpdated or date, each with - or without"),
            COUNT,
            FORMAT,
        ],
    ),
    (
        "Questionnaire",
        &[
            param("url", "uri", LIST),
            param("version", "token", LIST),
            param("status", "token", LIST),
            ID,
            COUNT,
            FORMAT,
        ],
    ),
    ("Patient", &[ID, COUNT, FORMAT]),
];

/// The parameter that a diary's own time is searched by: when it was answered, agreed to, given or
/// derived from.
#[must_use]
pub(crate) fn when(resource: &str) -> &'static str {
    let own = known(resource).iter().find(|param| param.kind == "date" && param.name != LAST_UPDATED.name);
    own.map_or(LAST_UPDATED.name, |param| param.name)
}

/// The parameters that a search of this resource type takes; none of a type not served.
#[must_use]
pub fn known(resource: &str) -> &'static [Param] {
    TABLE.iter().find(|(name, _)| *name == resource).map_or(&[], |(_, params)| params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_say_the_numbers_and_names_that_hold() {
        assert!(
            COUNT.about.contains(&format!(" {PAGE} ")) && COUNT.about.ends_with(&format!(" {LARGEST_PAGE}"))
        );
        for (resource, params) in TABLE {
            for sort in params.iter().filter(|param| param.name == "_sort") {
                assert!(
                    sort.about.starts_with(&format!("_lastUpdated or {},", when(resource))),
                    "{resource}"
                );
            }
        }
    }
}
