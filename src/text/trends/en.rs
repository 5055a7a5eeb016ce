//! English.

use super::TrendsText;

fn answers(n: u16) -> String {
    if n == 1 { "1 answer".to_owned() } else { format!("{n} answers") }
}

fn weeks(n: u16) -> String {
    if n == 1 { "1 week".to_owned() } else { format!("{n} weeks") }
}

pub(in crate::text) static TRENDS: TrendsText = TrendsText {
    title: "Trends",
    what: "What",
    scores: &[
        ("pain-average", "Pain"),
        ("pain-worst", "Pain at its worst"),
        ("sleep-quality", "Sleep"),
        ("anxiety", "Anxiety"),
        ("pain-worry", "Worry about pain"),
        ("function", "Pain in the way"),
        ("peg", "Pain impact (PEG)"),
        ("gad-7", "Anxiety (GAD-7)"),
        ("pgic", "Overall change (PGIC)"),
    ],
    subjects: &[
        ("pain-average", "your pain"),
        ("sleep-quality", "your sleep"),
        ("anxiety", "your anxiety"),
        ("function", "how much pain got in the way"),
        ("peg", "your PEG score"),
        ("gad-7", "your GAD-7 score"),
    ],
    days: "Days",
    reaches: ["Week", "Series", "All"],
    week: |subject, mean, days| format!("In the last {days} days {subject} averaged {mean}."),
    week_few: |n, days| {
        format!("{} on time in the last {days} days. From four on there is an average.", answers(n))
    },
    before: |mean| format!("In the week before your infusions it was {mean}"),
    before_few: |n| {
        format!(
            "There are {} on time from the week before your infusions: not enough to compare.",
            answers(n)
        )
    },
    form: |subject, value, day| format!("On {day} {subject} was {value}."),
    form_none: "No form came on time since your infusions began.",
    form_before: |value| format!("Before your infusions it was {value}"),
    form_before_none: "There is no form from the two weeks before your infusions to compare with.",
    lower_percent: |n| format!("{n}\u{a0}% lower"),
    higher_percent: |n| format!("{n}\u{a0}% higher"),
    lower: |points| format!("{points} lower"),
    higher: |points| format!("{points} higher"),
    same: "the same",
    no_series: "No infusions are written down yet. Write them down under Today, “Infusion”; then this page compares with the week before them.",
    nothing: "Nothing was answered in these days.",
    ends: |worst| format!("0 is best, {worst} is worst."),
    legend: "Gaps are days without an answer on time. A hollow dot was entered late and is in no average.",
    legend_week: "Each step is the average of one week; the bars reach from its lowest to its highest answer. Gaps are weeks without an answer on time. A hollow dot was entered late and is in no average.",
    legend_forms: "Each dot is one form. The line has a gap where one was left out. A hollow dot was entered late.",
    infusions: |n| if n == 1 { "1 infusion".to_owned() } else { format!("{n} infusions") },
    band: |mean| format!("week before: {mean}"),
    band_form: |value| format!("before: {value}"),
    line: |value| format!("30\u{a0}% lower: {value}"),
    line_points: |value| format!("4 points lower: {value}"),
    rule_percent: "A change of 30\u{a0}% or more is usually felt as meaningful, lower or higher. Below 2, two points count instead.",
    rule_points: "A change of 4 points or more is usually felt as meaningful, lower or higher.",
    rule_answer: "“Much” or “very much” improved or worse counts as meaningful.",
    rule_none: "For this scale no meaningful change is published, so none is said.",
    source: "Where this rule is from",
    series: |n, day| format!("Infusion series {n}, from {day}"),
    runs: "This series is not over. What changed is told from the day after its last infusion.",
    points: ["The week after", "One month after", "Three months after", "Six months after"],
    columns: ["Since the time before", "change", "meaningful"],
    yes: "yes",
    substantial: "yes, substantial",
    no: "no",
    worse: "worse",
    few: "not enough answers",
    no_rule: "no rule",
    of_days: |before, after| {
        format!("answered {} of {} days before, {} of {} after", before[0], before[1], after[0], after[1])
    },
    late: |n| if n == 1 { "1 late, left out".to_owned() } else { format!("{n} late, left out") },
    pgic: [
        "very much improved",
        "much improved",
        "minimally improved",
        "no change",
        "minimally worse",
        "much worse",
        "very much worse",
    ],
    overtaken: "The next infusions came before this.",
    not_yet: |day| format!("From {day} on."),
    back: |n| format!("Back at the earlier level after about {}.", weeks(n)),
    not_seen: |n| {
        format!("A return to the earlier level is not yet seen, {} after the last infusion.", weeks(n))
    },
    stayed: "No week since was clearly lower than the time before.",
    overlay: "Your series beside each other",
    overlay_means: "Averages of whole weeks, counted from the last infusion of each series. Weeks with fewer than four answers are gaps.",
    week_before: "week before",
    week_after: |n| format!("week {n} after"),
    day_zero: "last infusion: day 0",
    overlay_week: "Week",
    overlay_back: "Back at the earlier level",
    back_short: |n| format!("after about {}", weeks(n)),
    not_seen_short: |n| format!("not yet seen in {}", weeks(n)),
    stayed_short: "was never clearly lower",
    numbers: "The same in numbers",
    number_columns: ["Day", "Value", "Entered"],
    on_time: "on time",
    was_late: "late",
    from_to: |least, greatest| format!("from {least} to {greatest}"),
    week_of: |day| format!("week of {day}"),
    caution: "These are your own answers over time. They cannot say what caused a change. Talk about them with your clinic.",
    reading: "Reading your diary.",
    failed: "Your entries could not be read. Nothing was changed.",
};
