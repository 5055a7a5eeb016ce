//! Measures the budgets; called by `cargo xtask bench`.

use anyhow::Result;

#[tokio::main]
async fn main() -> Result<()> {
    interlude_e2e::bench::run().await
}
