//! A share as people speak: of the fractions in use the nearest, and on which side of it the share lies.

use catalyse_locale::{Args, Language, Wording, percent};

use crate::figure::context::Context;

/// A fraction, in percent, and its words for exactly, nearly and over.
struct Fraction {
    percent: f64,
    words: [Wording; 3],
}

const FRACTIONS: [Fraction; 5] = [
    Fraction {
        percent: 25.0,
        words: [
            Wording::new("un quart des { $unit }", "a quarter of the { $unit }"),
            Wording::new("près d'un quart des { $unit }", "nearly a quarter of the { $unit }"),
            Wording::new(
                "un peu plus d'un quart des { $unit }",
                "just over a quarter of the { $unit }",
            ),
        ],
    },
    Fraction {
        percent: 100.0 / 3.0,
        words: [
            Wording::new("un tiers des { $unit }", "a third of the { $unit }"),
            Wording::new("près d'un tiers des { $unit }", "nearly a third of the { $unit }"),
            Wording::new(
                "un peu plus d'un tiers des { $unit }",
                "just over a third of the { $unit }",
            ),
        ],
    },
    Fraction {
        percent: 50.0,
        words: [
            Wording::new("la moitié des { $unit }", "half of the { $unit }"),
            Wording::new("près de la moitié des { $unit }", "nearly half of the { $unit }"),
            Wording::new("plus de la moitié des { $unit }", "over half of the { $unit }"),
        ],
    },
    Fraction {
        percent: 200.0 / 3.0,
        words: [
            Wording::new("deux tiers des { $unit }", "two thirds of the { $unit }"),
            Wording::new("près de deux tiers des { $unit }", "nearly two thirds of the { $unit }"),
            Wording::new(
                "un peu plus de deux tiers des { $unit }",
                "just over two thirds of the { $unit }",
            ),
        ],
    },
    Fraction {
        percent: 75.0,
        words: [
            Wording::new("trois quarts des { $unit }", "three quarters of the { $unit }"),
            Wording::new(
                "près de trois quarts des { $unit }",
                "nearly three quarters of the { $unit }",
            ),
            Wording::new(
                "un peu plus de trois quarts des { $unit }",
                "just over three quarters of the { $unit }",
            ),
        ],
    },
];

const TENTHS: [Wording; 3] = [
    Wording::new("{ $tenths } { $unit } sur 10", "{ $tenths } { $unit } in 10"),
    Wording::new("près de { $tenths } { $unit } sur 10", "nearly { $tenths } { $unit } in 10"),
    Wording::new("plus de { $tenths } { $unit } sur 10", "over { $tenths } { $unit } in 10"),
];

/// Returns a share in words: 38 % is "près de 4 personnes sur 10", 35 % "un peu plus d'un tiers des personnes".
pub(crate) fn in_a_fraction(context: &Context<'_>, share: u8) -> String {
    said(context.language, &context.unit(), share)
}

fn said(language: Language, unit: &str, share: u8) -> String {
    const PERCENT: Wording =
        Wording::new("{ $share } des { $unit }", "{ $share } of the { $unit }");
    let args = Args::new().text("share", percent(language, share)).text("unit", unit);
    // Nearly nobody and nearly all are no fraction that anybody uses.
    if !(18..=95).contains(&share) {
        return PERCENT.say(language, &args);
    }
    let share = f64::from(share);
    let distance = |fraction: f64| (share - fraction).abs();
    // Between two tenths the lower one is right: 45 is "over 4 in 10".
    let tenths = (2_u8..=9).min_by(|one, other| {
        distance(f64::from(*one) * 10.0).total_cmp(&distance(f64::from(*other) * 10.0))
    });
    let tenths = f64::from(tenths.unwrap_or(2));
    let (fractions, in_tenths) = (FRACTIONS, TENTHS);
    let named = fractions
        .iter()
        .min_by(|one, other| distance(one.percent).total_cmp(&distance(other.percent)));
    let named = named.filter(|named| {
        let nearer = distance(named.percent) < distance(tenths * 10.0);
        nearer || (named.percent - tenths * 10.0).abs() < 0.5
    });
    let (percent, words) =
        named.map_or((tenths * 10.0, &in_tenths), |named| (named.percent, &named.words));
    let [exactly, nearly, over] = words;
    let wording = if distance(percent) < 0.5 {
        exactly
    } else if share < percent {
        nearly
    } else {
        over
    };
    wording.say(language, &args.count("tenths", tenths as u64))
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Language;

    use super::said;

    #[test]
    fn a_share_is_said_by_the_nearest_fraction() {
        for (share, fr, en) in [
            (17, "17 % des personnes", "17% of the persons"),
            (19, "près de 2 personnes sur 10", "nearly 2 persons in 10"),
            (23, "près d'un quart des personnes", "nearly a quarter of the persons"),
            (25, "un quart des personnes", "a quarter of the persons"),
            (33, "un tiers des personnes", "a third of the persons"),
            (35, "un peu plus d'un tiers des personnes", "just over a third of the persons"),
            (38, "près de 4 personnes sur 10", "nearly 4 persons in 10"),
            (45, "plus de 4 personnes sur 10", "over 4 persons in 10"),
            (47, "près de la moitié des personnes", "nearly half of the persons"),
            (50, "la moitié des personnes", "half of the persons"),
            (65, "près de deux tiers des personnes", "nearly two thirds of the persons"),
            (
                76,
                "un peu plus de trois quarts des personnes",
                "just over three quarters of the persons",
            ),
            (85, "plus de 8 personnes sur 10", "over 8 persons in 10"),
            (97, "97 % des personnes", "97% of the persons"),
        ] {
            let plain = |said: String| said.replace(['\u{a0}', '\u{202f}'], " ");
            assert_eq!(plain(said(Language::Fr, "personnes", share)), fr);
            assert_eq!(plain(said(Language::En, "persons", share)), en);
        }
    }
}
