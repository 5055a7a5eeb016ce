//! Takes out of a module where in the source its panics are.
//!
//! rustc writes for each the file, line and column: what a hook would print, and the app has none. They are a
//! hundredth of the first load, and differ with the machine that built it. (`-Zlocation-detail=none` would leave
//! them out, and is not stable.)

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context as _, Result};
use wasmparser::{DataKind, Operator, Parser, Payload};

/// A `core::panic::Location`: address and length of a file's name, line, column, each of 32 bits.
const PLACE: usize = 16;
/// The longest name of a file, the last line and the last column that are taken for one.
const MOST: [u32; 3] = [300, 30_000, 500];

/// A part of the memory that the module begins with.
struct Segment {
    /// Its first address.
    address: usize,
    /// Where it lies in the module.
    bytes: Range<usize>,
}

/// The module, as long as before, with every such place made the same and the names of files blank.
pub(super) fn blank(mut wasm: Vec<u8>) -> Result<Vec<u8>> {
    let segments = segments(&wasm)?;
    let held = |address: usize, length: usize| {
        let of =
            segments.iter().find(|one| (one.address..one.address + one.bytes.len()).contains(&address))?;
        let start = of.bytes.start + address - of.address;
        (start + length <= of.bytes.end).then_some(start..start + length)
    };
    let (mut places, mut names) = (Vec::new(), BTreeSet::new());
    for segment in &segments {
        // They are aligned as their numbers are.
        let skip = segment.address.next_multiple_of(4) - segment.address;
        let starts = (segment.bytes.start + skip..segment.bytes.end).step_by(4);
        for at in starts.filter(|at| at + PLACE <= segment.bytes.end) {
            let Some([address, length, line, column]) = numbers(&wasm, at) else { continue };
            if [length, line, column].into_iter().zip(MOST).any(|(is, most)| is == 0 || is > most) {
                continue;
            }
            let Some(name) = held(usize::try_from(address)?, usize::try_from(length)?) else { continue };
            let is_file =
                wasm.get(name.clone()).is_some_and(|name| name.is_ascii() && name.ends_with(b".rs"));
            if is_file {
                places.push(at);
                names.insert((name.start, name.end));
            }
        }
    }
    // A name of no letters still needs an address that is not nought.
    let nowhere: Vec<u8> = [1_u32, 0, 0, 0].iter().flat_map(|number| number.to_le_bytes()).collect();
    for at in places {
        wasm.get_mut(at..at + PLACE).context("a place outside of the module")?.copy_from_slice(&nowhere);
    }
    for (start, end) in names {
        wasm.get_mut(start..end).context("a name outside of the module")?.fill(0);
    }
    Ok(wasm)
}

fn segments(wasm: &[u8]) -> Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::DataSection(section) = payload? else { continue };
        for data in section {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = data.kind else { continue };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { continue };
            let end = usize::try_from(data.range.end)?;
            let bytes = end.saturating_sub(data.data.len())..end;
            segments.push(Segment { address: usize::try_from(value)?, bytes });
        }
    }
    Ok(segments)
}

fn numbers(wasm: &[u8], at: usize) -> Option<[u32; 4]> {
    let mut numbers = [0; 4];
    for (number, bytes) in numbers.iter_mut().zip(wasm.get(at..at + PLACE)?.chunks_exact(4)) {
        *number = u32::from_le_bytes(bytes.try_into().ok()?);
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ConstExpr, DataSection, MemorySection, MemoryType, Module};

    const AT: u32 = 1_048_578;

    /// A name of a file, words that are none, and three rows of numbers: one is of the file.
    fn module() -> Vec<u8> {
        let mut memory = b"src/app.rsno file at all  ".to_vec();
        let rows = [[AT, 10, 12, 5], [AT + 10, 11, 12, 5], [AT, 10, 40_000, 5]];
        memory.extend(rows.iter().flatten().flat_map(|number: &u32| number.to_le_bytes()));
        let (mut memories, mut data) = (MemorySection::new(), DataSection::new());
        let one =
            MemoryType { minimum: 17, maximum: None, memory64: false, shared: false, page_size_log2: None };
        memories.memory(one);
        data.active(0, &ConstExpr::i32_const(AT.try_into().unwrap()), memory);
        let mut module = Module::new();
        module.section(&memories).section(&data);
        module.finish()
    }

    #[test]
    fn places_are_blank_and_nothing_else_is() {
        let before = module();
        let after = blank(before.clone()).unwrap();
        assert_eq!(before.len(), after.len());
        let memory = segments(&after).unwrap().remove(0).bytes;
        let (was, is) = (&before[memory.clone()], &after[memory]);
        assert_eq!(&is[..10], [0; 10]);
        assert_eq!(&is[10..26], &was[10..26], "words that are no file's name stay");
        assert_eq!(&is[26..42], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(&is[42..], &was[42..], "numbers that are no place stay");
        assert_eq!(blank(after.clone()).unwrap(), after);
        assert!(blank(b"no module".to_vec()).is_err());
    }
}
