//! Which items are shown: enableWhen, nested and in repeating groups.
