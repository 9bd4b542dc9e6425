//! Writes a scene as SVG: texts as text, numbers with at most two decimals, so that the same scene has the same bytes everywhere.
//!
//! Only presentation attributes are used, no `style`: a page whose policy forbids inline styles still shows the figure.

use std::fmt::Write as _;

use catalyse_locale::Language;

use crate::scene::fonts::{FONT_FAMILY, Weight};
use crate::scene::palette::{Colour, PAPER};
use crate::scene::{Anchor, Item, Paint, Scene, Text};

/// Holds what an SVG says about itself.
pub(crate) struct Head<'a> {
    /// The id of the figure; ids inside begin with it, because a page holds many figures.
    pub(crate) id: &'a str,
    pub(crate) language: Language,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
}

/// Returns the scene as an SVG document.
pub(crate) fn write(head: &Head<'_>, scene: &Scene) -> String {
    let mut svg = String::with_capacity(1_000 + scene.items.len() * 120);
    let (width, height) = (number(head.width), number(head.height));
    let id = identifier(head.id);
    svg.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    attribute(&mut svg, "width", &width);
    attribute(&mut svg, "height", &height);
    attribute(&mut svg, "viewBox", &format!("0 0 {width} {height}"));
    attribute(&mut svg, "lang", head.language.region_tag());
    attribute(&mut svg, "xml:lang", head.language.region_tag());
    attribute(&mut svg, "role", "img");
    attribute(&mut svg, "aria-labelledby", &format!("{id}-title {id}-desc"));
    attribute(&mut svg, "font-family", &format!("'{FONT_FAMILY}', sans-serif"));
    svg.push_str(">\n");
    element(&mut svg, "title", &format!("{id}-title"), head.title);
    element(&mut svg, "desc", &format!("{id}-desc"), head.description);
    let paper = colour(PAPER);
    let _ = writeln!(svg, "<rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>");
    for item in &scene.items {
        write_item(&mut svg, item);
    }
    svg.push_str("</svg>\n");
    svg
}

fn element(svg: &mut String, name: &str, id: &str, content: &str) {
    let _ = writeln!(svg, "<{name} id=\"{id}\">{}</{name}>", escape(content));
}

fn write_item(svg: &mut String, item: &Item) {
    match item {
        Item::Rect(rect, paint) => {
            svg.push_str("<rect");
            for (name, value) in
                [("x", rect.x), ("y", rect.y), ("width", rect.width), ("height", rect.height)]
            {
                attribute(svg, name, &number(value));
            }
            write_paint(svg, paint);
        }
        Item::Path { lines, is_closed, paint } => {
            svg.push_str("<path");
            attribute(svg, "d", &path_data(lines, *is_closed));
            write_paint(svg, paint);
        }
        Item::Circle { centre, radius, paint } => {
            svg.push_str("<circle");
            for (name, value) in [("cx", centre.0), ("cy", centre.1), ("r", *radius)] {
                attribute(svg, name, &number(value));
            }
            write_paint(svg, paint);
        }
        Item::Text(text) => return write_text(svg, text),
    }
    svg.push_str("/>\n");
}

fn path_data(lines: &[Vec<(f64, f64)>], is_closed: bool) -> String {
    let mut data = String::new();
    for line in lines {
        for (index, (x, y)) in line.iter().enumerate() {
            data.push(if index == 0 { 'M' } else { 'L' });
            data.push_str(&number(*x));
            data.push(' ');
            data.push_str(&number(*y));
        }
        if is_closed {
            data.push('Z');
        }
    }
    data
}

fn write_paint(svg: &mut String, paint: &Paint) {
    match paint.fill {
        Some(fill) => attribute(svg, "fill", &colour(fill)),
        None => attribute(svg, "fill", "none"),
    }
    if paint.opacity_percent > 0 {
        attribute(svg, "fill-opacity", &number(f64::from(paint.opacity_percent) / 100.0));
    }
    if let Some((edge, width)) = paint.stroke {
        attribute(svg, "stroke", &colour(edge));
        attribute(svg, "stroke-width", &number(width));
    }
    if !paint.dash.is_empty() {
        let lengths: Vec<String> = paint.dash.iter().map(|length| number(*length)).collect();
        attribute(svg, "stroke-dasharray", &lengths.join(" "));
    }
    if paint.is_round {
        attribute(svg, "stroke-linecap", "round");
        attribute(svg, "stroke-linejoin", "round");
    }
}

fn write_text(svg: &mut String, text: &Text) {
    svg.push_str("<text");
    attribute(svg, "x", &number(text.x));
    attribute(svg, "y", &number(text.baseline));
    attribute(svg, "font-size", &number(text.size));
    attribute(svg, "fill", &colour(text.colour));
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => attribute(svg, "text-anchor", "middle"),
        Anchor::End => attribute(svg, "text-anchor", "end"),
    }
    match text.weight {
        Weight::Regular => {}
        Weight::SemiBold => attribute(svg, "font-weight", "600"),
    }
    if text.has_halo {
        attribute(svg, "stroke", &colour(PAPER));
        attribute(svg, "stroke-width", "3");
        attribute(svg, "stroke-linejoin", "round");
        attribute(svg, "paint-order", "stroke");
    }
    let _ = writeln!(svg, ">{}</text>", escape(&text.content));
}

fn attribute(svg: &mut String, name: &str, value: &str) {
    let _ = write!(svg, " {name}=\"{value}\"");
}

/// Returns a coordinate with at most two decimals and no needless zero, so that no rounding of the machine shows.
fn number(value: f64) -> String {
    let mut text = format!("{value:.2}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

fn colour(Colour(red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Returns a text as XML content. Characters that XML 1.0 cannot hold become U+FFFD.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Returns an id that is valid in XML and in a style sheet: other letters become `-`.
fn identifier(id: &str) -> String {
    let kept = id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let mut identifier: String = kept.collect();
    if !identifier.starts_with(|first: char| first.is_ascii_alphabetic()) {
        identifier.insert_str(0, "figure-");
    }
    identifier
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_fixed_short_forms() {
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(100.0), "100");
        assert_eq!(number(1.0 / 3.0), "0.33");
    }

    #[test]
    fn words_cannot_become_markup() {
        assert_eq!(escape("a < b & \"c\"\u{7}"), "a &lt; b &amp; &quot;c&quot;\u{fffd}");
        assert_eq!(identifier("3 \"><b"), "figure-3----b");
    }
}
