//! The doctor's page as one Bundle: the same figures as its table, as Observations.

mod parts;

use interlude_diary::calendar::LocalDay;
use interlude_diary::change::curve::{Curve, Step};
use interlude_diary::change::{Change, Mean, Point, Stage};
use interlude_diary::own::Summed;
use interlude_diary::questionnaire::score::{Coded, OUR_CODES, coded};
use interlude_diary::schedule::Infusion;
use interlude_diary::summary::{
    Answered, Course, Effect, Summary, Told, at, back_code, outcome, tenths, verdict,
};
use uuid::Uuid;

use self::parts::{Parts, coding, concept, mean, ours, sampled};
use crate::json::Writer;
use crate::wire::derived_id;

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// Every figure as an Observation of a `collection`, in the order of the page.
///
/// Means have what they are of as components; a point after a series is `derivedFrom` the time before.
/// A curve is `SampledData`, a step each, `E` where there is no answer on time. `patient` is the Patient's
/// id at the clinic; without one nobody is named. Ids are made of patient, days and figure, and there is
/// no time of making: the same diary and days give the same bytes.
#[must_use]
pub fn summary(summary: &Summary, patient: Option<&str>) -> String {
    let mut to =
        Bundle { to: Writer::with_capacity(1 << 16), patient, span: [summary.span.first, summary.span.last] };
    to.to.open('{').text("resourceType", "Bundle").text("type", "collection").name("entry").open('[');
    to.period(summary.span.days());
    for one in &summary.answered {
        to.answered(one);
    }
    for course in &summary.series {
        to.course(course);
    }
    for (score, curve) in &summary.curves {
        to.curve(score, curve);
    }
    for one in &summary.own {
        to.own(one);
    }
    to.to.close(']').close('}');
    to.to.finish()
}

struct Bundle<'a> {
    to: Writer,
    patient: Option<&'a str>,
    span: [LocalDay; 2],
}

/// The days an Observation is about.
type Days = [LocalDay; 2];

impl Bundle<'_> {
    fn id(&self, words: &[&str]) -> Uuid {
        let [first, last] = self.span.map(|day| day.to_string());
        let mut all = vec!["summary", self.patient.unwrap_or_default(), &first, &last];
        all.extend(words);
        derived_id(&all)
    }

    /// Opens an Observation, up to what it is about; the caller adds its value and closes it.
    fn begin(&mut self, words: &[&str], code: &Coded, days: Option<Days>) -> &mut Writer {
        self.begin_asked(words, code, None, days)
    }

    /// The same of what has words of the person's own.
    fn begin_asked(
        &mut self,
        words: &[&str],
        code: &Coded,
        asked: Option<&str>,
        days: Option<Days>,
    ) -> &mut Writer {
        let id = self.id(words);
        let to = &mut self.to;
        to.open('{').name("fullUrl").shown(format_args!("urn:uuid:{id}")).name("resource").open('{');
        to.text("resourceType", "Observation").name("id").shown(id).text("status", "final");
        to.name("category").open('[');
        concept(to, CATEGORY, "survey", None);
        to.close(']').name("code").open('{').name("coding").open('[');
        coding(to, code.system, code.code, Some(code.display));
        to.close(']').text_if("text", asked).close('}');
        if let Some(patient) = self.patient {
            to.name("subject").open('{').text("reference", &format!("Patient/{patient}")).close('}');
        }
        if let Some([first, last]) = days {
            if first == last {
                to.name("effectiveDateTime").shown(first);
            } else {
                to.name("effectivePeriod")
                    .open('{')
                    .name("start")
                    .shown(first)
                    .name("end")
                    .shown(last)
                    .close('}');
            }
        }
        to
    }

    fn end(&mut self) {
        self.to.close('}').close('}');
    }

    fn period(&mut self, days: u16) {
        let span = self.span;
        let to = self.begin(&["period"], &ours("summary-period", "Days summed up"), Some(span));
        to.name("valueInteger").raw(&days.to_string());
        self.end();
    }

    fn answered(&mut self, one: &Answered) {
        let span = self.span;
        let to =
            self.begin(&["answered", one.form], &ours("answered", "Answered of what was asked"), Some(span));
        let parts = Parts::open(to);
        parts
            .code("form", one.form)
            .number("days", one.asked)
            .number("on-time", one.on_time)
            .number("late", one.late)
            .close();
        self.end();
    }

    fn course(&mut self, course: &Course) {
        let place = course.change.place;
        for one in &course.infusions {
            self.infusion(place, one);
        }
        for told in &course.reports {
            self.effects(place, told);
        }
        for change in &course.change.scores {
            let Some(code) = coded(change.score) else { continue };
            self.before(place, change, &code);
            for point in &change.points {
                self.point(place, change, point, &code);
            }
            self.back(place, change);
        }
    }

    fn infusion(&mut self, place: u16, one: &Infusion) {
        let day = one.day.to_string();
        let to = self.begin(
            &["infusion", &day],
            &ours("infusion-session", "Infusion session"),
            Some([one.day, one.day]),
        );
        to.name("valueCodeableConcept");
        concept(to, OUR_CODES, outcome(one.outcome), None);
        let mut parts = Parts::open(to).number("series", place);
        if let Some(dose) = one.dose_mg_per_kg {
            parts = parts.amount("dose", &dose.to_string(), "mg/kg");
        }
        if let Some(minutes) = one.minutes {
            parts = parts.amount("minutes", &minutes.to_string(), "min");
        }
        parts.close();
        self.end();
    }

    fn effects(&mut self, place: u16, told: &Told) {
        if told.report.effects.is_empty() {
            self.effect(place, told, None);
        }
        for effect in &told.report.effects {
            self.effect(place, told, Some(effect));
        }
    }

    fn effect(&mut self, place: u16, told: &Told, effect: Option<&Effect>) {
        let (entry, day) = (told.report.id.to_string(), told.report.day);
        let code = effect.map_or("none", |effect| &effect.code);
        let to = self.begin(
            &["effect", &entry, code],
            &ours("side-effects", "Side effect noticed"),
            Some([day, day]),
        );
        to.name("valueCodeableConcept");
        concept(to, OUR_CODES, code, effect.map(|effect| effect.words.as_str()));
        let mut parts = Parts::open(to).number("series", place).number("days-after-infusion", told.after);
        if let Some((how, _)) = effect.and_then(|effect| effect.how.as_ref()) {
            parts = parts.code("how-strong", how);
        }
        if let Some(still) = effect.and_then(|effect| effect.still) {
            parts = parts.yes_no("still-there", still);
        }
        parts.close();
        self.end();
    }

    fn before(&mut self, place: u16, change: &Change, code: &Coded) {
        if change.score == "pgic" {
            return;
        }
        let words = [place.to_string(), change.score.to_owned(), "before".to_owned()];
        let days = change.before.day.map(|day| [day, day]);
        let to = self.begin(&words.each_ref().map(String::as_str), code, days);
        mean(to, &change.before, code.unit);
        Parts::open(to).figure(place, change.score, "before").count(&change.before).close();
        self.end();
    }

    fn point(&mut self, place: u16, change: &Change, point: &Point, code: &Coded) {
        let name = at(point.at);
        let place_word = place.to_string();
        let before = self.id(&[&place_word, change.score, "before"]);
        let days = point.measured.day.map_or([point.span.first, point.span.last], |day| [day, day]);
        // A window that the next series cut away has no days.
        let days = Some(days).filter(|[first, last]| first <= last);
        let to = self.begin(&[&place_word, change.score, name], code, days);
        let told = match point.stage {
            Stage::NotYet => Err("not-yet"),
            Stage::Overtaken => Err("next-series"),
            Stage::Running | Stage::Past => Ok(verdict(point.judged.verdict)),
        };
        mean(to, &point.measured, code.unit);
        if change.score != "pgic" {
            to.name("derivedFrom")
                .open('[')
                .open('{')
                .name("reference")
                .shown(format_args!("urn:uuid:{before}"));
            to.close('}').close(']');
        }
        let mut parts = Parts::open(to).figure(place, change.score, name);
        if told.is_ok() {
            parts = parts.count(&point.measured);
            if let Some(points) = point.judged.points {
                parts = parts.amount("points", &tenths(points), "{score}");
            }
            if let Some(percent) = point.judged.percent {
                parts = parts.amount("percent", &percent.to_string(), "%");
            }
        }
        parts.code("meaningful", told.unwrap_or_else(|why| why)).close();
        self.end();
    }

    fn back(&mut self, place: u16, change: &Change) {
        let Some(back) = change.back else { return };
        let (code, weeks) = back_code(back);
        let words = [place.to_string(), change.score.to_owned(), "back".to_owned()];
        let span = self.span;
        let about = ours("back-at-earlier-level", "Back at the earlier level, weeks after the last infusion");
        let to = self.begin(&words.each_ref().map(String::as_str), &about, Some(span));
        to.name("valueCodeableConcept");
        concept(to, OUR_CODES, code, None);
        let parts = Parts::open(to).figure(place, change.score, "back");
        match weeks {
            Some(weeks) => parts.amount("weeks", &weeks.to_string(), "wk").close(),
            None => parts.close(),
        }
        self.end();
    }

    /// How often one of the person's own questions was answered, and what: no value of its own, since no mean is made.
    fn own(&mut self, one: &Summed) {
        let (span, asked) = (self.span, Some(one.text.as_str()).filter(|text| !text.is_empty()));
        let about = ours("own-question", "A question of the patient's own, part of no score");
        let mut parts = Parts::open(self.begin_asked(&["own", &one.link], &about, asked, Some(span)));
        parts = parts.count_of("times", one.times);
        if let Some((least, greatest)) = one.scale {
            parts = parts.number("least", least).number("greatest", greatest);
        }
        if let Some(yes) = one.yes {
            parts = parts.count_of("yes", yes);
        }
        parts.close();
        self.end();
    }

    fn curve(&mut self, score: &str, curve: &Curve) {
        let Some(code) = coded(score) else { return };
        let step = match curve.step {
            Step::Day => 1,
            Step::Week => 7,
        };
        let first = curve.step.begin(curve.span.first);
        let dots = curve.runs.iter().flatten().map(|dot| (dot.day, Mean::shown(dot.mean)));
        let on_time = sampled(first, curve.span.last, step, dots);
        let late = sampled(curve.span.first, curve.span.last, 1, curve.late.iter().copied());
        let [from, to] = [curve.span.first, curve.span.last];
        let to = self.begin(&["curve", score], &code, Some([from, to]));
        let mut parts = Parts::open(to).code("score", score).samples("on-time", code.unit, step, &on_time);
        if !curve.late.is_empty() {
            parts = parts.samples("late", code.unit, 1, &late);
        }
        parts.close();
        self.end();
    }
}
