//! English.

use super::{DoctorText, SheetText};

fn weeks(n: u16) -> String {
    if n == 1 { "1 week".to_owned() } else { format!("{n} weeks") }
}

pub(in crate::text) static DOCTOR: DoctorText = DoctorText {
    means: "One or two sheets to print or hand over. They are made on this phone and sent to nobody.",
    days: "Days",
    periods: ["Since the series", "13 weeks", "Everything"],
    adds: "What you may add",
    adds_means: "It is kept on this phone, locked like your diary, and stands on the sheet alone.",
    name: "Name on the sheet",
    medicines: "Medicines",
    medicines_means: "The list below goes onto the sheet.",
    medicines_field: "Your medicines, as you take them",
    notes: "Notes",
    notes_means: "The note below goes onto the sheet.",
    notes_field: "What you want to say or ask",
    own: "Your own questions",
    own_means: "How often you answered them in these days, and what, goes onto the sheet.",
    not_kept: "What you wrote could not be kept on this phone. It is on the sheet until you leave this page.",
    print: "Print",
    print_means: "The print window also saves a PDF.",
    share: "Share",
    save: ["Save as a page", "Numbers as a table (CSV)", "Numbers as FHIR"],
    files: "As a file",
    files_means: "The page is the sheet below. The two files of numbers hold every figure of it, for a clinic’s own programs.",
    failed: "The file could not be made. Nothing was changed.",
    reading: "Reading your diary.",
    unread: "Your entries could not be read. Nothing was changed.",
    back: "Back to Trends",
    sheet: SheetText {
        title: "Diary between ketamine infusions",
        who: "Patient",
        period: "Days",
        made: "Made on",
        to: "to",
        caution: "The patient’s own answers over time, summed up by their phone. There is no comparison group: they cannot say what caused a change.",
        answered: "Answered of what was asked",
        answered_columns: ["", "asked", "on time", "late", "not answered"],
        answered_of: &[
            ("daily-checkin", "Daily check-in, days"),
            ("peg", "PEG, times"),
            ("gad-7", "GAD-7, times"),
            ("pgic", "Overall change (PGIC), times"),
            ("side-effects", "Side effects, infusions"),
        ],
        curves: "Over time",
        legend: "Each step is a day. A gap is a day without an answer on time, a hollow dot was entered late, a vertical line is an infusion. The strip is the level before a series, the dashed line a meaningful change from it. 0 is best.",
        legend_week: "Each step is the mean of a week, with bars from its lowest to its highest answer. A gap is a week without an answer on time, a hollow dot was entered late, a vertical line is an infusion. The strip is the level before a series, the dashed line a meaningful change from it. 0 is best.",
        before: |value| format!("before: {value}"),
        no_series: "No infusions are written down.",
        earlier: |n| {
            if n == 1 {
                "1 earlier series of these days is in the files of numbers.".to_owned()
            } else {
                format!("{n} earlier series of these days are in the files of numbers.")
            }
        },
        infusions: |given, all| {
            if given == all {
                format!("{given} infusions given")
            } else {
                format!("{given} of {all} infusions given")
            }
        },
        dose: |dose| format!("{dose} mg/kg"),
        minutes: |minutes| format!("{minutes} min"),
        session_columns: ["Day", "Infusion", "Side effects told"],
        outcomes: ["planned", "not given", "stopped early", "completed"],
        none: "none noticed",
        untold: "not told",
        after: |days| if days == 1 { "1 day after".to_owned() } else { format!("{days} days after") },
        still: "still there",
        changes: "Change since the time before",
        change_columns: ["0 is best", "before"],
        of: |answers, days| format!("{answers} of {days} days"),
        late: |n| format!("{n} late, left out"),
        few: "not enough answers",
        not_yet: "from",
        overtaken: "next series came first",
        back: "Back at the earlier level",
        back_after: |n| format!("after about {}", weeks(n)),
        back_not_seen: |n| format!("not yet seen, {} after the last infusion", weeks(n)),
        back_stayed: "no week was clearly lower",
        medicines: "Medicines, in the patient’s words",
        notes: "Notes, in the patient’s words",
        own: "The patient’s own questions (part of no score)",
        own_scale: |n, least, most| format!("answered {n} times, {least} to {most} of 10"),
        own_yes: |n, yes| format!("answered {n} times, yes {yes} times"),
        rules: "How the numbers are made",
        rules_say: [
            "Daily scales: the mean of the 7 days before the first infusion against the mean of 7 days after the last, and around 30, 91 and 182 days after it, from 4 answers on time on. PEG and GAD-7: the last form of the 14 days before against the nearest to those days.",
            "What was entered late is counted and in no mean. A day without an answer is no zero.",
            "Meaningful: pain and PEG 30\u{a0}% (pain substantial 50\u{a0}%; below 2, two points), GAD-7 4 points, PGIC much or very much; worse by the same rules. Farrar 2001; Dworkin 2008; Toussaint 2020; PEG by analogy. Sleep, anxiety and function have no published rule, so none is said.",
            "Back at the earlier level: the first week within 10\u{a0}% of the time before that the next week confirms.",
            "Daily questions are numeric scales from 0 to 10, not validated instruments. PEG: Krebs 2009. GAD-7: Spitzer 2006.",
        ],
    },
};
