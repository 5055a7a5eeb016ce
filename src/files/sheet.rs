//! The doctor's page as files: the sheet as a page of its own, and its figures.

use interlude_diary::summary::Summary;
pub use interlude_diary::summary::table;

/// Black on white, whatever the screens look like.
const PAPER: &str = include_str!("../../style/sheet/paper.css");
const CHART: &str = include_str!("../../style/chart.css");
const SHEET: &str = include_str!("../../style/sheet/sheet.css");
const PRINT: &str = include_str!("../../style/sheet/print.css");

/// The rules of the sheet within the app, whose colours it has on screen.
#[must_use]
pub fn on_screen() -> String {
    format!("{SHEET}\n@media print {{\n{PAPER}\n{PRINT}\n}}\n")
}

/// The sheet as a page of its own: no script, nothing that it would fetch.
#[must_use]
pub fn page(sheet: &str, title: &str, language: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{PAPER}\n{CHART}\n{SHEET}\n@media print {{\n{PRINT}\n}}\n</style>\n<main>{sheet}</main>\n</html>\n"
    )
}

/// The figures as a FHIR Bundle. `patient` is the id the clinic knows, where there is one.
#[must_use]
pub fn bundle(summary: &Summary, patient: Option<&str>) -> String {
    interlude_fhir::bundle::summary(summary, patient)
}
