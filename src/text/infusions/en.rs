//! English.

use super::InfusionsText;

pub(in crate::text) static INFUSIONS: InfusionsText = InfusionsText {
    title: "Your infusions",
    series: |n, day| format!("Series {n}, from {day}"),
    completed: "completed",
    stopped: "stopped early",
    missed: "did not take place",
    planned: "planned",
    untold: "planned; how it went was not told yet",
    cancelled: "planned no more",
    mistaken: "written down by mistake",
    dose: |dose| format!("{dose} mg/kg"),
    minutes: |n| if n == 1 { "1 minute".to_owned() } else { format!("{n} minutes") },
    by_clinic: "told by your clinic",
    by_you: "told by you",
    clinic_counts: "You and your clinic both told of this date, and the clinic's record counts. Yours is kept. If the record is not right, correct what you told: a correction made after it counts.",
    yours_counts: "You and your clinic both told of this date. You corrected yours after the clinic's record, so yours counts here. The clinic's record is kept.",
    when: "When",
    how: "How it went",
    how_much: "Dose",
    how_long: "Length",
};
