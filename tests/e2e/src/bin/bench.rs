//! Measures the budgets; called by `cargo xtask bench`.

use anyhow::Result;

#[tokio::main]
async fn main() -> Result<()> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    interlude_e2e::bench::run(&names).await
}
