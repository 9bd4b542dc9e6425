//! The cell formats of the workbook: few, quiet, readable in black and white.

use catalyse_locale::{Language, fewer_than};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// Holds the formats.
pub(super) struct Formats {
    pub title: Format,
    pub subtitle: Format,
    pub heading: Format,
    pub heading_number: Format,
    pub label: Format,
    pub margin_label: Format,
    pub strong: Format,
    /// For the column of the status, which stands beside numbers.
    pub status: Format,
    pub status_heading: Format,
    pub text: Format,
    /// For a link that stands beside a text of several lines.
    pub link: Format,
    /// For a text of several lines in one cell.
    pub wrapped: Format,
    pub count: Format,
    pub share: Format,
    pub quantity: Format,
    pub mark: Format,
}

const INK: Color = Color::RGB(0x001f_2328);
const LINK: Color = Color::RGB(0x0005_63c1);
const SOFT: Color = Color::RGB(0x004d_5560);

impl Formats {
    /// Makes the formats.
    pub(super) fn new(language: Language, rounding: u64) -> Self {
        let text = Format::new().set_font_color(INK);
        let heading = text.clone().set_bold().set_border_bottom(FormatBorder::Medium);
        let number = text.clone().set_align(FormatAlign::Right);
        Self {
            title: text.clone().set_bold().set_font_size(14),
            subtitle: text.clone().set_font_color(SOFT),
            heading: heading.clone().set_text_wrap().set_align(FormatAlign::Bottom),
            heading_number: heading
                .clone()
                .set_text_wrap()
                .set_align(FormatAlign::Right)
                .set_align(FormatAlign::Bottom),
            label: text.clone().set_text_wrap().set_align(FormatAlign::Top),
            margin_label: text.clone().set_italic().set_text_wrap(),
            strong: text.clone().set_bold(),
            status: text
                .clone()
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_align(FormatAlign::Top)
                .set_indent(2),
            link: text
                .clone()
                .set_font_color(LINK)
                .set_underline(FormatUnderline::Single)
                .set_align(FormatAlign::Top),
            status_heading: heading
                .set_align(FormatAlign::Left)
                .set_align(FormatAlign::Bottom)
                .set_indent(2),
            count: number.clone().set_num_format(count_format(language, rounding)),
            share: number.clone().set_num_format("0 %"),
            quantity: number.clone().set_num_format("General"),
            mark: number.set_font_color(SOFT),
            wrapped: text.clone().set_text_wrap().set_align(FormatAlign::Top),
            text,
        }
    }
}

/// Returns the format of counts: the cell holds the number, and a 0 reads "fewer than 5".
fn count_format(language: Language, rounding: u64) -> String {
    if rounding <= 1 {
        return "#,##0".to_owned();
    }
    format!("[=0]\"{}\";#,##0", fewer_than(language, rounding).replace('\u{a0}', " "))
}
