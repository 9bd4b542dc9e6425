//! Colours, dashes and the contrast between two colours.
//!
//! Hues differ in lightness too, and every series has a dash and a mark of its own, so that a figure copied in black and white
//! is still read. Tests hold the contrast of texts (WCAG 2.2, 1.4.3) and of areas (1.4.11), and the distance of the colours of
//! series for three kinds of colour blindness.

/// Holds one opaque colour as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// The paper.
pub(crate) const PAPER: Colour = Colour(0xff, 0xff, 0xff);
/// Titles, labels and values.
pub(crate) const INK: Colour = Colour(0x1f, 0x1f, 0x1f);
/// Secondary texts: subtitle, counts, notes.
pub(crate) const GREY_INK: Colour = Colour(0x59, 0x59, 0x59);
/// Lines of the grid.
pub(crate) const GRID: Colour = Colour(0xdd, 0xdd, 0xdd);
/// The line at zero and the outlines of hollow marks.
pub(crate) const AXIS: Colour = Colour(0x55, 0x55, 0x55);
/// Areas of bars.
pub(crate) const BAR: Colour = Colour(0x5b, 0x8d, 0xb3);
/// The dark blue of points and of the later wave.
pub(crate) const DEEP: Colour = Colour(0x1f, 0x5a, 0x87);
/// What is common to all: the total behind a partner.
pub(crate) const TOTAL: Colour = Colour(0xd0, 0xd0, 0xd0);
/// The earlier of two waves.
pub(crate) const EARLIER: Colour = Colour(0x76, 0x76, 0x76);

/// Colours of series. Each is dark enough for a label of its own colour, and they stay at least 15 apart (CIE 1976 ΔE) for readers
/// with protanopia, deuteranopia or tritanopia: a search from seven usual hues moved them as little as that needs.
pub(crate) const SERIES: [Colour; 7] = [
    Colour(0x2a, 0x4f, 0x75),
    Colour(0x92, 0x16, 0x00),
    Colour(0x0a, 0x7e, 0x5f),
    Colour(0x8c, 0x33, 0xa7),
    Colour(0x67, 0x75, 0x88),
    Colour(0x95, 0x6a, 0x06),
    Colour(0xc7, 0x04, 0x4f),
];

/// Dashes of series, beside their colours.
pub(crate) const DASHES: [&[f64]; 7] = [
    &[],
    &[7.0, 3.0],
    &[2.0, 2.5],
    &[9.0, 3.0, 2.0, 3.0],
    &[4.0, 2.0],
    &[12.0, 4.0],
    &[6.0, 2.0, 1.5, 2.0, 1.5, 2.0],
];

/// One hue from light to dark. The middle lightness is left out: on it neither black nor white text reaches 4.5:1.
pub(crate) const RAMP: [Colour; 7] = [
    Colour(0xec, 0xf3, 0xf8),
    Colour(0xcf, 0xe1, 0xee),
    Colour(0xa9, 0xca, 0xe0),
    Colour(0x81, 0xb1, 0xd0),
    Colour(0x36, 0x76, 0xa5),
    Colour(0x1f, 0x5a, 0x87),
    Colour(0x0f, 0x38, 0x5a),
];

/// Returns the colours of ordered answers, dark first: as many as asked, as far apart as the ramp allows.
///
/// More answers than the ramp has colours repeat neighbours; the white line between two areas and their labels still tell them apart.
pub(crate) fn ordered(n_colours: usize) -> Vec<Colour> {
    const PICKS: [&[usize]; 7] = [
        &[4],
        &[5, 2],
        &[5, 3, 1],
        &[6, 4, 2, 0],
        &[6, 4, 3, 1, 0],
        &[6, 5, 4, 3, 1, 0],
        &[6, 5, 4, 3, 2, 1, 0],
    ];
    let last = RAMP.len() - 1;
    match n_colours.checked_sub(1).and_then(|index| PICKS.get(index)) {
        Some(picks) => picks.iter().filter_map(|pick| RAMP.get(*pick).copied()).collect(),
        None => (0..n_colours)
            .filter_map(|index| RAMP.get(last - index * last / (n_colours - 1).max(1)).copied())
            .collect(),
    }
}

/// Returns the colour of a cell of a heat table. `share` is from 0 to 1.
pub(crate) fn heat(share: f64) -> Colour {
    let step = (share.clamp(0.0, 1.0) * RAMP.len() as f64) as usize;
    RAMP.get(step.min(RAMP.len() - 1)).copied().unwrap_or(PAPER)
}

/// Returns ink or paper, whichever is better read on the colour.
pub(crate) fn text_on(ground: Colour) -> Colour {
    if contrast(INK, ground) >= contrast(PAPER, ground) { INK } else { PAPER }
}

/// Returns the contrast ratio of two colours, 1 to 21.
///
/// **Source** WCAG 2.2, "contrast ratio" and "relative luminance".
pub(crate) fn contrast(one: Colour, other: Colour) -> f64 {
    let (light, dark) = {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other), one.min(other))
    };
    (light + 0.05) / (dark + 0.05)
}

fn luminance(Colour(red, green, blue): Colour) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_reach_four_and_a_half_to_one() {
        for colour in [INK, GREY_INK, DEEP, EARLIER].iter().chain(&SERIES) {
            assert!(contrast(*colour, PAPER) >= 4.5, "{colour:?}: {}", contrast(*colour, PAPER));
        }
        for ground in RAMP {
            let ratio = contrast(text_on(ground), ground);
            assert!(ratio >= 4.5, "{ground:?}: {ratio}");
        }
    }

    #[test]
    fn bars_and_axes_reach_three_to_one() {
        for colour in [BAR, AXIS] {
            assert!(contrast(colour, PAPER) >= 3.0, "{colour:?}: {}", contrast(colour, PAPER));
        }
    }

    #[test]
    fn ordered_answers_have_as_many_colours_as_asked() {
        for n in 0..12 {
            assert_eq!(ordered(n).len(), n);
        }
        let luminances: Vec<f64> = ordered(5).into_iter().map(luminance).collect();
        assert!(luminances.is_sorted(), "dark first, also in black and white");
    }

    /// What a colour looks like with full protan-, deuter- and tritanopia, in linear red, green and blue.
    ///
    /// **Source** Machado, Oliveira and Fernandes, IEEE Transactions on Visualization 15:1291 (2009), severity 1.0.
    const SIGHTS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn lab(Colour(red, green, blue): Colour, sight: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = [red, green, blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        let sum = |row: &[f64; 3]| row.iter().zip(linear).map(|(one, other)| one * other).sum();
        let [red, green, blue] = sight.each_ref().map(|row| f64::clamp(sum(row), 0.0, 1.0));
        let bend = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let x = bend((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = bend(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = bend((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn series_stay_apart_for_colour_blind_readers() {
        for sight in &SIGHTS {
            for (index, one) in SERIES.iter().enumerate() {
                for other in SERIES.iter().skip(index + 1) {
                    let (a, b) = (lab(*one, sight), lab(*other, sight));
                    let squares: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                    assert!(squares.sqrt() >= 15.0, "{one:?} and {other:?}: {}", squares.sqrt());
                }
            }
        }
    }
}
