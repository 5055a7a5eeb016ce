//! Ten years of check-ins are drawn at once when another scale is asked for. The budget is kept by
//! `cargo xtask bench ten-years`; here it must not be missed by far, on a machine that does other things too.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::bench::{sync, trends};
use crate::harness::wait::within;
use crate::harness::{Engine, promise};

const DAYS: u32 = 3_652;

#[tokio::test(flavor = "multi_thread")]
async fn ten_years_are_drawn() -> Result<()> {
    promise("ten_years_are_drawn", Engine::Chromium, 10, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        sync::fill_clinic(world, &patient, DAYS, 1).await?;
        world.open("/sync").await?;
        world.browser.press("button", "Send now").await?;
        within(Duration::from_secs(400), "ten years arrive", async || {
            let held = world.browser.ask(sync::ENTRIES).await?;
            Ok(held.as_u64().filter(|n| *n > u64::from(DAYS)).map(drop))
        })
        .await?;
        let (read, mut times) = trends::draws(world).await?;
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
        std::fs::write(
            world.folder.join("figures.txt"),
            format!("read {read:.0} ms, drawn {times:.0?} ms\n"),
        )?;
        ensure!(
            median < 3.0 * trends::BUDGET,
            "median {median:.0} ms of {times:.0?}; everything read in {read:.0} ms"
        );
        Ok(())
    })
    .await
}
