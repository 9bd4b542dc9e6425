//! Panels side by side: the same lines once for each group, with their labels left of them and all on one scale.

use crate::parts::frame::Frame;
use crate::parts::scale::Scale;
use crate::scene::text::{Type, widest, wrap_evenly};
use crate::scene::{Anchor, Scene, Text};

/// Holds how a kind sets its panels.
pub(crate) struct Manner<'a> {
    /// How the labels of lines are set.
    pub(crate) label: Type,
    /// The share of the inner width that labels may take.
    pub(crate) room: f64,
    /// The air between labels and the first panel; nothing if each label stands above its marks.
    pub(crate) air: Option<f64>,
    /// The free room between two panels.
    pub(crate) gap: f64,
    /// Returns the height of a line from that of its label.
    pub(crate) height: &'a dyn Fn(f64) -> f64,
}

/// Holds what all panels have in common.
pub(crate) struct Panels {
    /// The labels of the lines, in order.
    pub(crate) labels: Vec<Vec<String>>,
    /// The heights of the lines.
    pub(crate) heights: Vec<f64>,
    /// The width of a panel.
    pub(crate) width: f64,
    /// How many panels stand side by side.
    pub(crate) n_across: usize,
    pub(crate) scale: Scale,
    pub(crate) ticks: Vec<f64>,
    label: Type,
    air: f64,
    left: f64,
    gap: f64,
}

impl Panels {
    /// Lays out so many panels with these lines; the axis is made for the width of a panel and the panels side by side.
    pub(crate) fn new<'a>(
        frame: &Frame<'_>,
        (n_panels, lines): (usize, impl Iterator<Item = &'a str>),
        manner: &Manner<'_>,
        axis: impl FnOnce(f64, usize) -> (Scale, Vec<f64>),
    ) -> Self {
        let Manner { label, room, air, gap, height } = *manner;
        let wrapped = |line| wrap_evenly(frame.fonts, line, label, frame.inner() * room);
        let labels: Vec<Vec<String>> = lines.map(wrapped).collect();
        let heights = labels.iter().map(|lines| height(lines.len() as f64 * label.line_height()));
        let widest = labels.iter().map(|lines| widest(frame.fonts, lines, label));
        let left = air.map_or(1.0, |air| widest.fold(0.0, f64::max) + air);
        let n_across = n_across(frame, n_panels);
        let width = (frame.inner() - left - gap * (n_across - 1) as f64) / n_across as f64;
        let (scale, ticks) = axis(width, n_across);
        let heights = heights.collect();
        let air = air.unwrap_or_default();
        Self { labels, heights, width, n_across, scale, ticks, label, air, left, gap }
    }

    /// Returns how high the lines of a panel are together.
    pub(crate) fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    /// Returns where a panel begins, by its place in its row from 0.
    pub(crate) fn x(&self, place: usize) -> f64 {
        self.left + place as f64 * (self.width + self.gap)
    }

    /// Draws the labels left of the panels.
    pub(crate) fn draw_labels(&self, scene: &mut Scene, top: f64) {
        let mut y = top;
        for (lines, height) in self.labels.iter().zip(&self.heights) {
            let text = Text::new(self.left - self.air, 0.0, self.label, "").anchored(Anchor::End);
            scene.centred(&text, y + height / 2.0, lines);
            y += height;
        }
    }
}

/// Returns how many panels stand side by side: one on a phone, else three at most, and no row of three with one left over.
pub(crate) fn n_across(frame: &Frame<'_>, n_panels: usize) -> usize {
    match (frame.width.is_narrow(), n_panels) {
        (true, _) | (false, 0 | 1) => 1,
        (false, 2 | 4) => 2,
        (false, _) => 3,
    }
}
