//! The page on screens: nobody is shut out of it.

use anyhow::Result;

use crate::harness::World;
use crate::harness::look::looked_at;

/// Its head, the sheet, a series and its table.
pub(super) async fn looked_at_the_sheet(world: &World) -> Result<()> {
    let places = ["h1", "#sheet", ".s-series", ".s-changes tbody"];
    let places = places.map(|part| format!("document.querySelector('{part}').scrollIntoView()"));
    let places = places.each_ref().map(String::as_str);
    looked_at(world, "/trends/doctor", "PEG", "page", &places).await
}
