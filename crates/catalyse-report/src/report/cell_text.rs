//! A released cell in words, for pages: `38 %`, `≥ 90 %`, `environ 5 sur 20`, `[c]`.

use catalyse_disclose::{Evidence, Mark, ReleasedCell, ReleasedShare, ReleasedSummary, Shown};
use catalyse_locale::{
    Args, Language, Wording, decimal, fewer_than, integer, percent, percent_range,
};

/// Returns a count, or its mark. A count that was rounded to 0 stands for fewer than the multiple it was rounded to.
pub(crate) fn count((language, rounding): (Language, u64), count: &Shown<u64>) -> String {
    match count {
        Shown::Value(0) if rounding > 1 => fewer_than(language, rounding),
        Shown::Value(count) => integer(language, i64::try_from(*count).unwrap_or(i64::MAX)),
        Shown::Hidden(mark) => mark.text().to_owned(),
    }
}

/// Returns a share, or its mark; nothing if the cell has none.
pub(crate) fn share((language, rounding): (Language, u64), share: ReleasedShare) -> String {
    const ABOUT: Wording =
        Wording::new("environ { $count } sur { $base }", "about { $count } of { $base }");
    const FEWER: Wording = Wording::new("{ $fewer } sur { $base }", "{ $fewer } of { $base }");
    match share {
        ReleasedShare::Percent(share) => percent(language, share),
        ReleasedShare::AtLeast(share) => format!("≥\u{202f}{}", percent(language, share)),
        ReleasedShare::AtMost(share) => format!("≤\u{202f}{}", percent(language, share)),
        ReleasedShare::About { count: 0, base } if rounding > 1 => {
            let fewer = fewer_than(language, rounding);
            FEWER.say(language, &Args::new().text("fewer", fewer).count("base", base))
        }
        ReleasedShare::About { count, base } => {
            ABOUT.say(language, &Args::new().count("count", count).count("base", base))
        }
        ReleasedShare::Hidden(mark) => mark.text().to_owned(),
        ReleasedShare::None => String::new(),
    }
}

/// Returns the interval of a share, or nothing.
pub(crate) fn interval(language: Language, cell: &ReleasedCell) -> String {
    cell.interval.map_or_else(String::new, |(low, high)| percent_range(language, low, high))
}

/// Returns a quantity with as many decimals as its table has: [`Table::decimals`].
///
/// [`Table::decimals`]: crate::report::table::Table
pub(crate) fn quantity((language, decimals): (Language, usize), quantity: f64) -> String {
    decimal(language, quantity, decimals)
}

/// Returns two quantities as a range: `28 – 45`.
pub(crate) fn range(printed: (Language, usize), low: f64, high: f64) -> String {
    format!("{}\u{a0}–\u{a0}{}", quantity(printed, low), quantity(printed, high))
}

/// Returns the median of a summary, or its mark.
pub(crate) fn median(printed: (Language, usize), summary: &Shown<ReleasedSummary>) -> String {
    match summary {
        Shown::Value(summary) => quantity(printed, summary.median),
        Shown::Hidden(mark) => mark.text().to_owned(),
    }
}

/// Returns a band of evidence as readers know it: `p < 0,001`.
pub(crate) fn evidence(language: Language, evidence: Evidence) -> String {
    let (sign, limit, decimals) = match evidence {
        Evidence::VeryStrong => ("<", 0.001, 3),
        Evidence::Strong => ("<", 0.01, 2),
        Evidence::Some => ("<", 0.05, 2),
        Evidence::None => ("≥", 0.05, 2),
        Evidence::NotTold => {
            const NOT_TOLD: Wording = Wording::new("p non donné", "p not given");
            return NOT_TOLD.say(language, &Args::new());
        }
    };
    format!("p\u{a0}{sign}\u{a0}{}", decimal(language, limit, decimals))
}

/// Returns the strength of the evidence in plain words.
pub(crate) fn strength(language: Language, evidence: Evidence) -> String {
    const WORDS: [Wording; 5] = [
        Wording::new("Indice très fort", "Very strong evidence"),
        Wording::new("Indice fort", "Strong evidence"),
        Wording::new("Indice", "Some evidence"),
        Wording::new("Rien de démontré", "Nothing shown"),
        Wording::new("Trop peu de personnes", "Too few persons"),
    ];
    let index = match evidence {
        Evidence::VeryStrong => 0,
        Evidence::Strong => 1,
        Evidence::Some => 2,
        Evidence::None => 3,
        Evidence::NotTold => 4,
    };
    WORDS[index].say(language, &Args::new())
}

/// Returns what a mark means, in two or three words.
pub(crate) fn meaning(mark: Mark, language: Language) -> String {
    let wording = match mark {
        Mark::Confidential => Wording::new("confidentiel", "confidential"),
        Mark::LowBase => Wording::new("effectif trop petit", "too few persons"),
        Mark::NotApplicable => Wording::new("sans objet", "not applicable"),
        Mark::NoRecords => {
            Wording::new("aucune fiche livrée à cette vague", "no record delivered at this wave")
        }
    };
    wording.say(language, &Args::new())
}
