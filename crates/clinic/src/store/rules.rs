//! What both adapters decide alike.

use interlude_diary::entry::VersionId;
use interlude_diary::ids::RevisionId;

use super::{Condition, Verdict};

/// A version that is here, as far as the decision needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub n: i64,
    /// Its revision.
    pub revision: RevisionId,
    /// Its version id.
    pub version: VersionId,
}

/// What becomes of a put; `Stored` says number `next`. `known` are the resource's versions,
/// oldest first.
///
/// A revision said again is answered as the first time, whatever its condition says by now: the
/// reply may have been lost.
#[must_use]
pub fn decide(known: &[Known], revision: RevisionId, condition: &Condition, next: i64) -> Verdict {
    if let Some(had) = known.iter().find(|had| had.revision == revision) {
        return Verdict::Already { n: had.n };
    }
    let current = known.last();
    let holds = match condition {
        Condition::None => true,
        Condition::Absent => current.is_none(),
        Condition::Match(version) => current.is_some_and(|current| current.version == *version),
    };
    if holds {
        Verdict::Stored { n: next, created: current.is_none() }
    } else {
        Verdict::Stale { current: current.map(|current| current.n) }
    }
}

/// The version id of number `n`, stored in `epoch`.
#[must_use]
pub fn version_id(epoch: &str, n: i64) -> VersionId {
    VersionId(format!("{epoch}-{n}"))
}

/// Whether a questionnaire (`url|version`) is one of those asked for (`url`, or `url|version`).
#[must_use]
pub fn is_of(questionnaire: &str, asked: &[String]) -> bool {
    let url = questionnaire.split_once('|').map_or(questionnaire, |(url, _version)| url);
    asked.iter().any(|asked| asked == questionnaire || asked == url)
}
