//! The mapping that a sender gives, and which of its heads no column of a file has.

use catalyse_codebook::{Severity, nearest_names};
use catalyse_locale::{Args, Wording, fold};
use catalyse_records::{Findings, SourceIndex};

use crate::columns::heads::Meaning;
use crate::notice::{add, quotable_head};
use crate::reader::Reading;
use crate::sheet::choose::Chosen;
use crate::sheet::header::{Head, Header};

const UNUSED: Wording = Wording::new(
    "Correspondance : aucune colonne de ce fichier ne s'appelle « { $key } ». Corriger l'en-tête dans le fichier de correspondance ; rien à faire si la ligne est pour un autre fichier.",
    "Mapping: no column of this file is called `{ $key }`. Correct the head in the file of the mapping; nothing to do if the line is for another file.",
);
const UNUSED_NEAR: Wording = Wording::new(
    "Correspondance : aucune colonne de ce fichier ne s'appelle « { $key } ». L'en-tête le plus proche : « { $nearest } ». Corriger l'en-tête dans le fichier de correspondance ; rien à faire si la ligne est pour un autre fichier.",
    "Mapping: no column of this file is called `{ $key }`. The nearest head: `{ $nearest }`. Correct the head in the file of the mapping; nothing to do if the line is for another file.",
);

impl Reading<'_, '_> {
    /// Says which heads of the mapping no sheet of a file has.
    pub(crate) fn say_unused_mapping(&self, chosen: &[Chosen], findings: &mut Findings) {
        let headers =
            || chosen.iter().filter_map(|one| one.header.as_ref()).map(|(header, _)| header);
        let first = chosen.iter().position(|one| one.header.is_some()).unwrap_or(0);
        let heads: Vec<(String, &Head)> = headers()
            .flat_map(|header| header.heads.iter().map(|head| (fold(&head.text), head)))
            .collect();
        for (key, variable) in &self.reader.options.mapping {
            let folded = fold(key);
            let position = self.reader.heads.position(variable);
            if headers().any(|header| has_head(header, &folded, position)) {
                continue;
            }
            let near = nearest_names(&folded, heads.iter().map(|(head, _)| head.as_str()));
            let near = near.first().and_then(|near| heads.iter().find(|(head, _)| head == near));
            let args = Args::new().text("key", key);
            let message = match near {
                Some((_, head)) => {
                    UNUSED_NEAR.with(args.text("nearest", quotable_head(&head.text)))
                }
                None => UNUSED.with(args),
            };
            add(findings, SourceIndex(first as u32), "mapping-unused", Severity::Soft, message);
        }
    }
}

/// Says whether a header has a head: alone, with something in brackets at its end, or under a title.
fn has_head(header: &Header, folded: &str, variable: Option<usize>) -> bool {
    header.heads.iter().any(|head| {
        let own = fold(&head.text);
        let without_brackets = head.text.split_once(['(', '[']).map(|(name, _)| fold(name));
        let is_under_title =
            folded.ends_with(&format!(" {own}")) && head.meaning.map(Meaning::variable) == variable;
        own == folded || without_brackets.as_deref() == Some(folded) || is_under_title
    })
}
