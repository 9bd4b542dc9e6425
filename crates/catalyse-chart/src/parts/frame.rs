//! What a chart kind is given beside the table, and what it gives back.

use catalyse_locale::Language;

use crate::scene::Scene;
use crate::scene::fonts::Fonts;
use crate::scene::text::Type;

/// Names the width a figure is drawn for. A wide figure made smaller is unreadable on a phone, so there are two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// 760 px: a page, a slide, print.
    #[default]
    Wide,
    /// 360 px: a phone.
    Narrow,
}

impl Width {
    /// Returns the width of the canvas.
    pub const fn px(self) -> f64 {
        match self {
            Self::Wide => 760.0,
            Self::Narrow => 360.0,
        }
    }

    /// Returns the free edge left and right.
    pub const fn margin(self) -> f64 {
        match self {
            Self::Wide => 8.0,
            Self::Narrow => 6.0,
        }
    }

    /// Says whether labels stand above their marks, not beside them.
    pub(crate) const fn is_narrow(self) -> bool {
        matches!(self, Self::Narrow)
    }
}

/// Holds what a kind needs to draw: width, language, fonts, and which group is asked for.
pub struct Frame<'a> {
    /// The width of the figure.
    pub width: Width,
    /// The language of the reader.
    pub language: Language,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The group that a chart of one group shows; nothing means everybody.
    pub group: Option<usize>,
    /// The waves (from 0) before which the series breaks.
    pub breaks: Vec<usize>,
}

impl Frame<'_> {
    /// Returns the width between the edges.
    pub const fn inner(&self) -> f64 {
        self.width.px() - 2.0 * self.width.margin()
    }

    /// Returns how labels of categories are set.
    pub(crate) const fn label(&self) -> Type {
        Type::regular(if self.width.is_narrow() { 14.0 } else { 15.0 })
    }

    /// Returns how values are set.
    pub(crate) const fn value(&self) -> Type {
        Type::semibold(if self.width.is_narrow() { 14.0 } else { 15.0 })
    }

    /// Returns how counts, ticks and marks are set.
    pub(crate) const fn small(&self) -> Type {
        Type::regular(if self.width.is_narrow() { 12.5 } else { 13.0 })
    }
}

/// Holds the inside of a figure: what stands between subtitle and notes.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The primitives; x from 0 to the inner width, y from 0 down.
    pub scene: Scene,
    /// The height.
    pub height: f64,
    /// What the drawing itself needs explained, each a sentence.
    pub remarks: Vec<String>,
}
