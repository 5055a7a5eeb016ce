#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| interlude_hostile::targets::backup(bytes));
