//! A mean, kept as its sum.

use std::cmp::Ordering;

/// A mean of one answer or more. Values have one decimal at most and are summed in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    tenths: i64,
    answers: u16,
}

impl Mean {
    /// The mean of these values in tenths; `None` of none.
    #[must_use]
    pub fn of(tenths: impl IntoIterator<Item = i32>) -> Option<Self> {
        let (mut sum, mut answers) = (0_i64, 0_u16);
        for value in tenths {
            sum += i64::from(value);
            answers = answers.saturating_add(1);
        }
        (answers > 0).then_some(Self { tenths: sum, answers })
    }

    /// How many answers it is of.
    #[must_use]
    pub const fn answers(self) -> u16 {
        self.answers
    }

    /// In tenths, rounded half up: what is shown.
    #[must_use]
    pub fn shown(self) -> i32 {
        let n = i64::from(self.answers);
        i32::try_from((2 * self.tenths + n).div_euclid(2 * n)).unwrap_or(i32::MAX)
    }

    /// The nearest binary number, for drawing.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        f64::from(i32::try_from(self.tenths).unwrap_or(i32::MAX)) / f64::from(self.answers) / 10.0
    }

    /// By how much it lies below `before`, as a fraction of tenths over a count: exact.
    pub(super) fn below(self, before: Self) -> (i64, i64) {
        let (mine, theirs) = (i64::from(self.answers), i64::from(before.answers));
        (before.tenths * mine - self.tenths * theirs, mine * theirs)
    }

    /// Compares with a number in tenths.
    pub(super) fn cmp_tenths(self, tenths: i64) -> Ordering {
        self.tenths.cmp(&(tenths * i64::from(self.answers)))
    }

    /// This mean times `tens` against `level` times `of_level`: whether it is as great.
    pub(super) fn reaches(self, tens: i64, level: Self, of_level: i64) -> bool {
        tens * self.tenths * i64::from(level.answers) >= of_level * level.tenths * i64::from(self.answers)
    }

    pub(super) const fn parts(self) -> (i64, i64) {
        (self.tenths, self.answers as i64)
    }
}
