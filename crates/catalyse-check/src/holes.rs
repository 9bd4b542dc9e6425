//! Holes of a check's message that its kind does not fill: a reader of findings would see the hole's name.

use catalyse_codebook::{CheckSpec, Problem, nearest};
use catalyse_locale::{Args, Wording};

const UNKNOWN_HOLE: Wording = Wording::new(
    "le message du contrôle « { $check } » a le trou « { $hole } », que rien ne remplit ; trous possibles : { $known }",
    "the message of the check `{ $check }` has the hole `{ $hole }`, which nothing fills; possible holes: { $known }",
);

/// Returns the problem of the first hole that the values do not fill.
pub(crate) fn unknown(spec: &CheckSpec, args: &Args) -> Option<Problem> {
    let known: Vec<&str> = args.names().collect();
    let hole = spec.holes().into_iter().find(|hole| !known.contains(hole))?;
    let (file, line) = spec.written_at.clone();
    let said = Args::new()
        .text("check", spec.id.as_str())
        .text("hole", hole)
        .text("known", known.join(", "));
    let hint = nearest(hole, known);
    Some(Problem::error(file, line, UNKNOWN_HOLE.with(said)).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{Codebook, SchemaFiles};
    use catalyse_locale::Language;

    use crate::Checks;

    /// Returns what is said of a check of the starter whose message begins so in both languages.
    fn problems(hole: &str) -> String {
        let mut files = SchemaFiles::bundled();
        for (path, text) in catalyse_codebook::starter() {
            files.add(format!("mine/{path}"), text);
        }
        let check = format!(
            "[[check]]\nid = \"it\"\nkind = \"range\"\nform = \"record\"\nvariables = [\"age\"]\nmin = 0\nmax = 120\nseverity = \"soft\"\nmessage = {{ fr = \"{hole} : trop\", en = \"{hole}: too much\" }}\n"
        );
        files.add("mine/checks.toml", check);
        let codebook = Codebook::open(&files, "mine").expect("a study").codebook;
        let Err(problems) = Checks::open(&codebook) else { return String::new() };
        let said = |language| problems.iter().map(move |problem| problem.say(language));
        said(Language::Fr).chain(said(Language::En)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_hole_that_nothing_fills_is_named_with_the_nearest_one() {
        assert_eq!(problems("{ $label }, { $min } à { $max }"), "");
        assert_eq!(
            problems("{ $labl }"),
            "mine/checks.toml:1: le message du contrôle « it » a le trou « labl », que rien ne remplit ; trous possibles : label, max, min. Le nom le plus proche : `label`\n\
             mine/checks.toml:1: the message of the check `it` has the hole `labl`, which nothing fills; possible holes: label, max, min. The nearest name: `label`"
        );
    }
}
