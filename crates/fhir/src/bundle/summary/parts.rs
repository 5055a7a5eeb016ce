//! The small parts that the figures are made of: codes, amounts, means, curves, components.

use interlude_diary::calendar::LocalDay;
use interlude_diary::change::Measured;
use interlude_diary::questionnaire::score::{Coded, OUR_CODES};
use interlude_diary::summary::tenths;

use crate::json::Writer;

const UCUM: &str = "http://unitsofmeasure.org";
const ABSENT: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

pub(super) const fn ours(code: &'static str, display: &'static str) -> Coded {
    Coded { system: OUR_CODES, code, display, unit: "" }
}

pub(super) fn concept(to: &mut Writer, system: &str, code: &str, display: Option<&str>) {
    to.open('{').name("coding").open('[');
    coding(to, system, code, display);
    to.close(']').close('}');
}

pub(super) fn coding(to: &mut Writer, system: &str, code: &str, display: Option<&str>) {
    to.open('{').text("system", system).text("code", code).text_if("display", display).close('}');
}

/// The mean, or that there are not enough answers.
pub(super) fn mean(to: &mut Writer, measured: &Measured, unit: &str) {
    match measured.mean {
        Some(mean) => {
            to.name("valueQuantity");
            amount(to, &tenths(mean.shown()), unit);
        }
        None => {
            to.name("dataAbsentReason");
            concept(to, ABSENT, "unknown", None);
        }
    }
}

pub(super) fn amount(to: &mut Writer, value: &str, unit: &str) {
    to.open('{')
        .name("value")
        .raw(value)
        .text("unit", unit)
        .text("system", UCUM)
        .text("code", unit)
        .close('}');
}

/// One place a step; the last answer of several to one step stands.
pub(super) fn sampled(
    first: LocalDay,
    last: LocalDay,
    step: i32,
    values: impl Iterator<Item = (LocalDay, i32)>,
) -> String {
    let steps = usize::try_from(last.since(first) / step + 1).unwrap_or(0);
    let mut places = vec![String::from("E"); steps];
    for (day, value) in values {
        let place = usize::try_from(day.since(first).div_euclid(step)).ok();
        if let Some(place) = place.and_then(|place| places.get_mut(place)) {
            *place = tenths(value);
        }
    }
    places.join(" ")
}

/// The components of an Observation.
pub(super) struct Parts<'a>(&'a mut Writer);

impl<'a> Parts<'a> {
    pub(super) fn open(to: &'a mut Writer) -> Self {
        to.name("component").open('[');
        Self(to)
    }

    pub(super) fn close(self) {
        self.0.close(']');
    }

    fn part(&mut self, code: &str) -> &mut Writer {
        self.0.open('{').name("code");
        concept(self.0, OUR_CODES, code, None);
        self.0
    }

    pub(super) fn number(mut self, code: &str, value: impl Into<i64>) -> Self {
        self.part(code).name("valueInteger").raw(&value.into().to_string()).close('}');
        self
    }

    pub(super) fn count_of(mut self, code: &str, times: usize) -> Self {
        self.part(code).name("valueInteger").raw(&times.to_string()).close('}');
        self
    }

    pub(super) fn amount(mut self, code: &str, value: &str, unit: &str) -> Self {
        let to = self.part(code);
        to.name("valueQuantity");
        amount(to, value, unit);
        to.close('}');
        self
    }

    pub(super) fn code(mut self, code: &str, value: &str) -> Self {
        let to = self.part(code);
        to.name("valueCodeableConcept");
        concept(to, OUR_CODES, value, None);
        to.close('}');
        self
    }

    pub(super) fn yes_no(mut self, code: &str, yes: bool) -> Self {
        self.part(code).name("valueBoolean").raw(if yes { "true" } else { "false" }).close('}');
        self
    }

    pub(super) fn figure(self, place: u16, score: &str, at: &str) -> Self {
        self.number("series", place).code("score", score).code("at", at)
    }

    pub(super) fn count(self, measured: &Measured) -> Self {
        let count = &measured.count;
        let parts = self.number("days", count.days).number("on-time", count.on_time);
        parts.number("late", count.late).number("declined", count.declined).number("open", count.open)
    }

    pub(super) fn samples(mut self, code: &str, unit: &str, step: i32, data: &str) -> Self {
        let to = self.part(code);
        to.name("valueSampledData").open('{').name("origin");
        amount(to, "0", unit);
        to.name("period").raw(&(i64::from(step) * 86_400_000).to_string()).name("dimensions").raw("1");
        to.text("data", data).close('}').close('}');
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_answer_is_no_number() {
        let day = LocalDay::from_number;
        let values = [(day(11), 42), (day(13), 100)].into_iter();
        assert_eq!(sampled(day(10), day(13), 1, values), "E 4.2 E 10");
    }
}
