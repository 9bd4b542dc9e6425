//! Confronting partners and waves with each other: there must be some, and no two may go by one word.

use std::collections::BTreeMap;

use catalyse_locale::{Args, Label, Wording, fold};

use super::Read;
use crate::Problem;

const SHARED: Wording = Wording::new(
    "« { $word } » désigne déjà « { $other } » : un fichier qui porte ce mot ne dirait pas lequel des deux. Le retirer de l'un",
    "`{ $word }` stands for `{ $other }` already: a file with this word would not say which of the two. Remove it from one",
);
const NO_PARTNER: Wording = Wording::new(
    "l'étude n'a pas de partenaire ; ajouter [[partner]] avec id et label",
    "the study has no partner; add [[partner]] with id and label",
);
const NO_WAVE: Wording = Wording::new(
    "l'étude n'a pas de vague ; ajouter [[wave]] avec id, label, from et to",
    "the study has no wave; add [[wave]] with id, label, from and to",
);

const OVERLAP: Wording = Wording::new(
    "la vague « { $name } » commence avant la fin de « { $before } » : d'un jour commun on ne saurait pas de quelle vague il est. Écrire les vagues dans l'ordre du temps, sans jour commun",
    "the wave `{ $name }` begins before `{ $before }` ends: of a day in both nobody could say whose it is. Write the waves in the order of time, without a day in common",
);

/// Lists what is wrong with the partners and waves of a study.
pub(super) fn problems(read: &Read) -> Vec<Problem> {
    let study = &read.codebook.study;
    let file = read.study_path.as_str();
    let mut problems = Vec::new();
    if study.partners.is_empty() && read.study_file.n_partners == 0 {
        problems.push(Problem::error(file, 0, NO_PARTNER.with(Args::new())));
    }
    if study.waves.is_empty() && read.study_file.n_waves == 0 {
        problems.push(Problem::error(file, 0, NO_WAVE.with(Args::new())));
    }
    for (pair, line) in study.waves.windows(2).zip(read.study_file.waves.iter().skip(1)) {
        if let [before, wave] = pair
            && wave.from <= before.to
        {
            let args = Args::new().text("name", wave.id.as_str());
            let message = OVERLAP.with(args.text("before", before.id.as_str()));
            problems.push(Problem::error(file, *line, message));
        }
    }
    let partners = study.partners.iter().zip(&read.study_file.partners);
    let partners = partners.map(|(one, line)| (one.id.as_str(), (&one.label, &one.aliases), *line));
    problems.extend(shared(file, partners));
    let waves = study.waves.iter().zip(&read.study_file.waves);
    problems.extend(shared(
        file,
        waves.map(|(one, line)| (one.id.as_str(), (&one.label, &one.aliases), *line)),
    ));
    problems
}

/// Lists the words that two of a kind share, each once, at the line of the second.
fn shared<'s>(
    file: &str,
    named: impl Iterator<Item = (&'s str, (&'s Label, &'s Vec<String>), usize)>,
) -> Vec<Problem> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (id, (label, aliases), line) in named {
        let labels = label.iter().map(|(_, text)| text);
        let words = labels.chain(aliases.iter().map(String::as_str)).chain([id]);
        for word in words {
            let owner = *owners.entry(fold(word)).or_insert(id);
            if owner != id {
                let args = Args::new().text("word", word).text("other", owner);
                let message = SHARED.with(args);
                let problem = Problem::error(file, line, message);
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
    }
    problems
}
