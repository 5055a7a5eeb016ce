//! The clinic's command line.

fn main() {}
