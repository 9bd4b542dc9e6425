//! The words of a native chart for those who do not see it.

use crate::report::ReportFigure;

/// Returns a text alternative within Excel's limit of 255 units: what is drawn, and where the numbers are.
pub(super) fn alt_text(figure: &ReportFigure) -> String {
    let text = format!("{}. {}", figure.title, figure.subtitle);
    let mut units = 0;
    text.chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units < 250
        })
        .collect()
}
