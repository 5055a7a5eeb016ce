//! Which control an item gets.

use interlude_diary::questionnaire::flow::is_scale;
use interlude_diary::questionnaire::{Hint, Item, Kind};

/// A control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Words only.
    Words,
    /// A row of numbers, each a radio button.
    Scale,
    /// Big rows, each a radio button.
    Radios,
    /// Big rows, each a check box.
    Checks,
    /// A native drop-down.
    DropDown,
    /// A native range with steps.
    Slider,
    /// One field, or several where the item repeats.
    Field(FieldKind),
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A number with a unit.
    Quantity,
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A web address.
    Url,
    /// A date, perhaps in part.
    Date,
    /// A date with a time, or without one.
    DateTime,
    /// A time of day.
    Time,
}

/// As many numbers fit a phone as radio buttons in the thumb's reach.
const SCALE_MOST: usize = 11;
/// A drop-down hides its choices, so it is taken only for lists too long to be read as rows.
const ROWS_MOST_HINTED: usize = 7;
const ROWS_MOST: usize = 15;

/// The control for `item`.
#[must_use]
pub fn of(item: &Item) -> Shape {
    match item.kind {
        Kind::Group | Kind::Display => Shape::Words,
        Kind::Boolean => Shape::Radios,
        Kind::Integer | Kind::Decimal => number(item),
        Kind::Quantity => Shape::Field(FieldKind::Quantity),
        Kind::Date => Shape::Field(FieldKind::Date),
        Kind::DateTime => Shape::Field(FieldKind::DateTime),
        Kind::Time => Shape::Field(FieldKind::Time),
        Kind::String => with_options(item, FieldKind::Line),
        Kind::Text => with_options(item, FieldKind::Lines),
        Kind::Url => Shape::Field(FieldKind::Url),
        Kind::OpenChoice => with_options(item, FieldKind::Line),
        Kind::Choice => choice(item),
    }
}

fn choice(item: &Item) -> Shape {
    let many = if item.hint == Hint::DropDown { ROWS_MOST_HINTED } else { ROWS_MOST };
    if item.repeats {
        Shape::Checks
    } else if item.options.len() > many {
        Shape::DropDown
    } else {
        Shape::Radios
    }
}

fn with_options(item: &Item, kind: FieldKind) -> Shape {
    if item.options.is_empty() { Shape::Field(kind) } else { choice(item) }
}

fn number(item: &Item) -> Shape {
    let kind = if item.kind == Kind::Integer { FieldKind::Integer } else { FieldKind::Decimal };
    if !item.options.is_empty() {
        return choice(item);
    }
    if item.repeats {
        return Shape::Field(kind);
    }
    if is_scale(item) && range(item).is_some() && numbers(item).len() <= SCALE_MOST {
        Shape::Scale
    } else if item.hint == Hint::Slider {
        Shape::Slider
    } else {
        Shape::Field(kind)
    }
}

/// Least and greatest whole number, where both are given and in order.
#[must_use]
pub fn range(item: &Item) -> Option<(i32, i32)> {
    let (least, most) = (item.min.as_ref()?.whole()?, item.max.as_ref()?.whole()?);
    (least < most).then_some((least, most))
}

/// Least, greatest and step of a slider; 0 to 100 by 1 where nothing is said.
#[must_use]
pub fn slider(item: &Item) -> (i32, i32, i32) {
    let (least, most) = range(item).unwrap_or((0, 100));
    (least, most, item.step.unwrap_or(1).max(1))
}

/// The numbers a scale offers; at most one more than fit.
#[must_use]
pub fn numbers(item: &Item) -> Vec<i32> {
    let (least, most, step) = slider(item);
    let step = usize::try_from(step).unwrap_or(1);
    (least..=most).step_by(step).take(SCALE_MOST + 1).collect()
}
