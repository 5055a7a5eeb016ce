//! What is found in memory, and in which order.

use super::super::rules::is_of;
use super::super::{Kind, Query, Row, ScoreQuery, ScoreRow};
use super::state::State;
use crate::derive::OUR_CODES;

impl State {
    pub(super) fn search(&self, query: &Query) -> Vec<Row> {
        let mut found = Vec::new();
        for (kind, id) in self.by_id.keys().filter(|(kind, _)| *kind == query.kind) {
            let Some(kept) = self.as_of(&query.patient, *kind, *id, query.as_of) else { continue };
            let row = &kept.row;
            if query.ids.as_ref().is_none_or(|ids| ids.contains(id))
                && query.questionnaires.as_ref().is_none_or(|asked| is_of(&kept.questionnaire, asked))
                && query.when.holds(row.when_ms)
                && query.stored.holds(row.stored_ms)
            {
                let time = if query.sort.by_when { row.when_ms } else { row.stored_ms };
                found.push(((time, row.n), row.clone()));
            }
        }
        page(found, query.sort.descending, query.after.as_ref(), query.limit)
    }

    pub(super) fn scores(&self, query: &ScoreQuery) -> Vec<ScoreRow> {
        let mut found = Vec::new();
        for (owner, row) in self.scores.values() {
            let kind = Kind::QuestionnaireResponse;
            let Some(then) = self.as_of(&query.patient, kind, row.response, query.as_of) else { continue };
            let codes = query.codes.as_ref();
            if *owner == query.patient
                && query.ids.as_ref().is_none_or(|ids| ids.contains(&row.score.id))
                && codes.is_none_or(|codes| codes.iter().any(|code| code.names(&row.score, OUR_CODES)))
                && query.responses.as_ref().is_none_or(|ids| ids.contains(&row.response))
                && query.when.holds(then.row.when_ms)
                && query.stored.holds(then.row.stored_ms)
            {
                let time = if query.sort.by_when { then.row.when_ms } else { then.row.stored_ms };
                let row = ScoreRow { place: (time, then.row.n), ..row.clone() };
                found.push(((time, then.row.n, row.score.name.clone()), row));
            }
        }
        page(found, query.sort.descending, query.after.as_ref(), query.limit)
    }
}

fn page<T, K: Ord>(mut rows: Vec<(K, T)>, descending: bool, after: Option<&K>, limit: usize) -> Vec<T> {
    rows.sort_by(|(a, _), (b, _)| if descending { b.cmp(a) } else { a.cmp(b) });
    let follows = |key: &K| after.is_none_or(|after| if descending { key < after } else { key > after });
    rows.into_iter().filter(|(key, _)| follows(key)).map(|(_, row)| row).take(limit).collect()
}
