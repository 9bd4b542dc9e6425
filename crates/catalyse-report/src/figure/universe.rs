//! The *Champ* of a figure: who is counted, when, how many, and how many did not answer.

use catalyse_disclose::ShareOf;
use catalyse_locale::{Args, Language, Wording, capital, fewer_than, integer};

use crate::claims::phrase::list;
use crate::figure::context::Context;
use crate::report::table::Table;

/// Says who is counted, when, how many and how many did not answer.
pub(crate) fn universe(table: &Table, context: &Context<'_>) -> String {
    const COUNT: Wording = Wording::new("{ $n } { $unit } environ", "about { $n } { $unit }");
    const BY_WAVE: Wording = Wording::new(
        "environ { $n } { $unit } de vague en vague",
        "about { $n } { $unit } from wave to wave",
    );
    const WITH_MISSING: Wording = Wording::new(
        "{ $count }, dont { $missing } environ sans réponse",
        "{ $count }, about { $missing } of them without an answer",
    );
    const WITHOUT_VALUE: Wording = Wording::new(
        "{ $count }, dont { $missing } environ sans valeur",
        "{ $count }, about { $missing } of them without a value",
    );
    const FEWER: Wording = Wording::new("{ $fewer } { $unit }", "{ $fewer } { $unit }");
    let language = context.language;
    let who = format!("{}, {}", capital(&context.universe()), context.wave_words());
    let n = table.n_total();
    let args = Args::new()
        .text("n", bases(language, &n))
        .text("unit", context.unit())
        .text("fewer", fewer_than(language, table.rounding));
    let count = match n.as_slice() {
        [] => None,
        [0] => Some(FEWER.say(language, &args)),
        [_] => Some(COUNT.say(language, &args)),
        waves if waves.iter().all(|n| Some(n) == waves.first()) => Some(COUNT.say(language, &args)),
        _ => Some(BY_WAVE.say(language, &args)),
    };
    let missing = match (n.as_slice(), table.n_answered().as_slice()) {
        ([n], [answered]) => n.saturating_sub(*answered),
        _ => 0,
    };
    let count = count.map(|count| {
        if missing == 0 {
            return count;
        }
        let args = Args::new().text("count", count).count("missing", missing);
        let wording = match table.share_of {
            ShareOf::Nothing => WITHOUT_VALUE,
            ShareOf::Column | ShareOf::Row => WITH_MISSING,
        };
        wording.say(language, &args)
    });
    format!("{}.", list(language, std::iter::once(who).chain(count)))
}

/// Returns bases in words: one if all are the same, each of up to four waves, else the smallest and the largest.
pub(crate) fn bases(language: Language, n: &[u64]) -> String {
    const SEVERAL: Wording = Wording::new("{ $first } et { $last }", "{ $first } and { $last }");
    const RANGE: Wording = Wording::new("{ $least } à { $most }", "{ $least } to { $most }");
    let words = |n: &u64| integer(language, i64::try_from(*n).unwrap_or(i64::MAX));
    let (Some(lowest), Some(greatest)) = (n.iter().min(), n.iter().max()) else {
        return String::new();
    };
    if lowest == greatest {
        return words(greatest);
    }
    match n.split_last() {
        Some((last, before)) if n.len() <= 4 => {
            let first: Vec<String> = before.iter().map(words).collect();
            let args = Args::new().text("first", first.join(", ")).text("last", words(last));
            SEVERAL.say(language, &args)
        }
        Some(_) | None => {
            let args = Args::new().text("least", words(lowest)).text("most", words(greatest));
            RANGE.say(language, &args)
        }
    }
}
