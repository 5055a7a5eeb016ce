//! Walking a chain: whether each link follows from the one before, and where it does not.

use super::{Head, Link, START, short};

/// Where a chain does not hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Links are missing, the first and the last of them.
    Missing(i64, i64),
    /// A link stands where there is one already, or where none can be.
    Again(i64),
    /// A link is not what was written, or does not follow from the one before.
    Changed(i64),
    /// The chain was longer: nothing follows this link, and it is not the last.
    CutOff(i64),
}

impl std::fmt::Display for Break {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(first, last) if first == last => write!(f, "link {first} is missing"),
            Self::Missing(first, last) => write!(f, "links {first} to {last} are missing"),
            Self::Again(seq) => write!(f, "link {seq} stands where there is one already"),
            Self::Changed(seq) => write!(f, "link {seq} does not follow from the one before"),
            Self::CutOff(seq) => write!(f, "the chain's end is missing: it breaks off after link {seq}"),
        }
    }
}

/// A walk along a chain, from its start. After a break it goes on from what is written there, so that
/// what was touched is named and not all that comes after it.
#[derive(Debug, Clone, Copy)]
pub struct Walk {
    seq: i64,
    before: Head,
}

impl Default for Walk {
    fn default() -> Self {
        Self { seq: 0, before: START }
    }
}

impl Walk {
    /// The next link that is there, with the hash that is kept of it.
    ///
    /// # Errors
    /// What is wrong between the link before and this one.
    pub fn step(&mut self, link: &Link<'_>, hash: &[u8]) -> Result<(), Break> {
        let wanted = self.seq.saturating_add(1);
        let after = link.after(&self.before);
        *self = Self { seq: link.seq.max(self.seq), before: hash.try_into().unwrap_or(after) };
        if link.seq > wanted {
            Err(Break::Missing(wanted, link.seq - 1))
        } else if link.seq < wanted {
            Err(Break::Again(link.seq))
        } else if after.as_slice() == hash {
            Ok(())
        } else {
            Err(Break::Changed(link.seq))
        }
    }

    /// The end: its head must be the one that the patient's row names.
    ///
    /// # Errors
    /// When it is another.
    pub fn end(self, head: &Head) -> Result<(), Break> {
        if self.before == *head { Ok(()) } else { Err(Break::CutOff(self.seq)) }
    }

    /// The head that a receipt would carry of what was walked so far.
    #[must_use]
    pub fn head(&self) -> String {
        short(&self.before)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, content};
    use super::*;

    /// Rows of the chain under test.
    const ROWS: i64 = 10_000;

    #[derive(Clone)]
    struct Kept {
        seq: i64,
        at_ms: i64,
        actor: String,
        action: &'static str,
        n: i64,
        digest: Vec<u8>,
        hash: Head,
    }

    impl Kept {
        fn link(&self) -> Link<'_> {
            let Self { seq, at_ms, actor, action, n, digest, .. } = self;
            Link { seq: *seq, at_ms: *at_ms, actor, action, n: *n, digest }
        }
    }

    fn chain() -> Vec<Kept> {
        let mut before = START;
        let mut chain = Vec::new();
        for seq in 1..=ROWS {
            let (action, n) = if seq % 7 == 0 { (Action::Exported, 0) } else { (Action::Stored, seq) };
            let digest = if n > 0 { content(&[7; 32], &seq.to_string()).to_vec() } else { Vec::new() };
            let (actor, action) = (format!("phone {}", seq % 3), action.code());
            let mut kept = Kept { seq, at_ms: 1_000 * seq, actor, action, n, digest, hash: START };
            kept.hash = kept.link().after(&before);
            before = kept.hash;
            chain.push(kept);
        }
        chain
    }

    /// What is found wrong in what follows a walk, up to the end that the patient's row names.
    fn breaks(mut walk: Walk, rest: &[Kept], end: &Kept) -> Vec<Break> {
        let mut found: Vec<Break> =
            rest.iter().filter_map(|kept| walk.step(&kept.link(), &kept.hash).err()).collect();
        found.extend(walk.end(&end.hash).err());
        found
    }

    #[test]
    fn a_whole_chain_is_whole() {
        let chain = chain();
        assert_eq!(breaks(Walk::default(), &chain, chain.last().unwrap()), []);
    }

    /// Every field of every row, for every row: named, and nothing else is.
    #[test]
    fn any_row_that_is_changed_is_named() {
        let chain = chain();
        let changes: [fn(&mut Kept); 6] = [
            |kept| kept.at_ms -= 1,
            |kept| kept.actor.push('x'),
            |kept| kept.action = "erased",
            |kept| kept.n += 1,
            |kept| kept.digest.push(0),
            |kept| kept.hash[31] ^= 1,
        ];
        let mut walk = Walk::default();
        for (at, kept) in chain.iter().enumerate() {
            for (what, change) in changes.iter().enumerate() {
                let few: &[Kept] = &chain[at..chain.len().min(at + 3)];
                let mut few = few.to_vec();
                change(&mut few[0]);
                let found = breaks(walk, &few, &chain[at + few.len() - 1]);
                assert_eq!(found.first(), Some(&Break::Changed(kept.seq)), "change {what}");
                // A hash is what the next link follows from: that one says so too.
                assert_eq!(found.len(), if what == 5 { 2 } else { 1 }, "change {what}: {found:?}");
            }
            walk.step(&kept.link(), &kept.hash).unwrap();
        }
    }

    #[test]
    fn any_row_that_is_taken_out_put_in_or_moved_is_named() {
        let chain = chain();
        let mut walk = Walk::default();
        for (at, kept) in chain.iter().enumerate() {
            let few: Vec<Kept> = chain[at..chain.len().min(at + 4)].to_vec();
            let (seq, end) = (kept.seq, few.last().unwrap().clone());
            let out = if seq == ROWS { Break::CutOff(seq - 1) } else { Break::Missing(seq, seq) };
            assert_eq!(breaks(walk, &few[1..], &end), [out]);
            // Taken out, and those after it moved up.
            let mut closed = few[1..].to_vec();
            closed.iter_mut().for_each(|kept| kept.seq -= 1);
            assert!(!breaks(walk, &closed, &end).is_empty());
            // Put in: a copy under the same number, and one with room made for it.
            let mut doubled = few.clone();
            doubled.insert(1, kept.clone());
            assert_eq!(breaks(walk, &doubled, &end).first(), Some(&Break::Again(seq)));
            let mut roomy = few.clone();
            roomy.insert(0, kept.clone());
            roomy[1..].iter_mut().for_each(|kept| kept.seq += 1);
            assert_eq!(breaks(walk, &roomy, &end).first(), Some(&Break::Changed(seq + 1)));
            // Two that changed places.
            if few.len() > 1 {
                let mut moved = few.clone();
                moved.swap(0, 1);
                (moved[0].seq, moved[1].seq) = (seq, seq + 1);
                assert_eq!(breaks(walk, &moved, &end).first(), Some(&Break::Changed(seq)));
            }
            walk.step(&kept.link(), &kept.hash).unwrap();
        }
    }

    #[test]
    fn a_chain_that_is_cut_off_anywhere_says_from_where() {
        let chain = chain();
        let last = chain.last().unwrap();
        let mut walk = Walk::default();
        for kept in &chain {
            assert_eq!(walk.end(&last.hash), Err(Break::CutOff(kept.seq - 1)));
            walk.step(&kept.link(), &kept.hash).unwrap();
            // With its end moved along, it is whole in itself. The head that a receipt carried is not in it.
            assert_eq!(walk.end(&kept.hash), Ok(()));
            assert_eq!(walk.head() == short(&last.hash), kept.seq == ROWS);
        }
    }

    /// Somebody who can write hashes writes all of them anew from there: then the head is another.
    #[test]
    fn a_chain_written_anew_from_any_row_has_another_head() {
        let chain = chain();
        for from in (0..chain.len()).step_by(997) {
            let mut anew = chain.clone();
            anew[from].at_ms -= 1;
            let mut before = from.checked_sub(1).map_or(START, |at| anew[at].hash);
            for kept in &mut anew[from..] {
                kept.hash = kept.link().after(&before);
                before = kept.hash;
            }
            let last = chain.last().unwrap();
            assert_eq!(breaks(Walk::default(), &anew, last), [Break::CutOff(ROWS)]);
            assert_ne!(short(&before), short(&last.hash));
        }
    }
}
