//! The sentence under the title: what the report is about, without what the records cannot show.

use catalyse_locale::{Args, Language, Wording};

use crate::inputs::Inputs;

/// Returns the summary of the definition. What it says of several waves or several partners is left out where there is one only.
///
/// `n_compared` says in how many figures partners stand side by side.
pub(crate) fn summary(inputs: &Inputs<'_>, n_compared: usize) -> String {
    let (definition, language) = (inputs.definition, inputs.language);
    let of_several = [
        (&definition.summary_of_waves, inputs.waves.len() > 1),
        (&definition.summary_of_partners, inputs.partners.len() > 1 && n_compared > 0),
    ];
    let further = of_several
        .into_iter()
        .filter(|(part, is_shown)| *is_shown && !part.is_empty())
        .map(|(part, _)| part.get(language));
    let first = definition.summary.get(language);
    if of_several.iter().all(|(part, _)| part.is_empty()) {
        return first.to_owned();
    }
    let parts: Vec<&str> = std::iter::once(first.trim_end_matches('.')).chain(further).collect();
    sentence(&parts, language)
}

/// Joins parts into one sentence: `A.`, `A and B.`, `A, B, and C.`
fn sentence(parts: &[&str], language: Language) -> String {
    const AND: Wording = Wording::new("{ $first } et { $last }.", "{ $first } and { $last }.");
    const SERIES: Wording = Wording::new("{ $first }, et { $last }.", "{ $first }, and { $last }.");
    match parts {
        [] => String::new(),
        [one] => format!("{one}."),
        [first @ .., last] => {
            let wording = if first.len() == 1 { AND } else { SERIES };
            let args = Args::new().text("first", first.join(", ")).text("last", *last);
            wording.say(language, &args)
        }
    }
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Language;

    use super::sentence;

    #[test]
    fn parts_are_joined_as_people_write_them() {
        for (parts, fr, en) in [
            (&[][..], "", ""),
            (&["a"], "a.", "a."),
            (&["a", "b"], "a et b.", "a and b."),
            (&["a", "b", "c"], "a, b, et c.", "a, b, and c."),
        ] {
            assert_eq!(sentence(parts, Language::Fr), fr);
            assert_eq!(sentence(parts, Language::En), en);
        }
    }
}
