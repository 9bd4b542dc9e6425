//! What the value of a term is: a small closed set.

use std::collections::BTreeSet;

use catalyse_locale::Label;

use crate::ListName;

/// Says what the value of a term is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A text of any content.
    Text,
    /// Texts written in the condition: codes, days or texts, as what they meet.
    Words(BTreeSet<String>),
    /// A category of a list, whose order may count.
    Code(ListName, Order),
    /// A missing reason.
    Reason,
    /// `NULL`: fits everything.
    Null,
    /// Something wrong that was already noted: fits everything.
    Unknown,
}

/// Says whether the order of a list means something for a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The categories have no order.
    Unordered,
    /// The order of the list is the order of the answers.
    Ordered,
}

impl Kind {
    /// Returns the words for people.
    pub fn label(&self) -> Label {
        match self {
            Self::Boolean => Label::new("un oui ou non", "a yes or no"),
            Self::Number => Label::new("un nombre", "a number"),
            Self::Date => Label::new("une date", "a date"),
            Self::Text | Self::Words(_) => Label::new("un texte", "a text"),
            Self::Code(list, _) => Label::new(
                format!("une modalité de la liste « {list} »"),
                format!("a category of the list `{list}`"),
            ),
            Self::Reason => Label::new("un motif d'absence", "a missing reason"),
            Self::Null => Label::new("vide", "empty"),
            Self::Unknown => Label::new("inconnu", "unknown"),
        }
    }
}
