//! What the definition asks for and the records could not fill, said once for each reason.

use std::collections::BTreeMap;

use catalyse_locale::{Args, Language, Wording};

use crate::inputs::{LeftOut, LeftOutReason};

/// Returns one sentence for each reason, the topics named in it: for the page, and for the terminal.
pub fn say_left_out(left_out: &[LeftOut], language: Language) -> Vec<String> {
    let mut measures: BTreeMap<LeftOutReason, Vec<&str>> = BTreeMap::new();
    for figure in left_out {
        let named = measures.entry(figure.reason).or_default();
        let measure = figure.measure.get(language);
        if !named.contains(&measure) {
            named.push(measure);
        }
    }
    measures
        .into_iter()
        .map(|(reason, named)| {
            let args = Args::new().count("n", named.len()).text("measures", named.join(", "));
            sentence(reason).say(language, &args)
        })
        .collect()
}

const fn sentence(reason: LeftOutReason) -> Wording {
    match reason {
        LeftOutReason::OneWave => Wording::new(
            "Les changements ne sont pas montrés : une seule vague a des fiches, et il en faut deux. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "Changes are not shown: one wave only has records, and two are needed. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
        LeftOutReason::NotAsked => Wording::new(
            "Des questions ne sont pas montrées : elles ne sont pas posées aux vagues qui ont des fiches. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "Some questions are not shown: they are not asked in the waves that have records. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
        LeftOutReason::NoEpisodes => Wording::new(
            "Les épisodes (de travail, par exemple) ne sont pas montrés : les fichiers lus n'en contiennent pas. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "Spells (of work, for instance) are not shown: the files read hold none. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
        LeftOutReason::TwoPartners => Wording::new(
            "Les partenaires ne sont pas montrés séparément : deux seulement ont des fiches à la vague de { $n -> [one] ce tableau *[other] ces tableaux }, et chacun pourrait retrancher ses propres chiffres du total. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "Partners are not shown apart: only two have records at the wave of { $n -> [one] this table *[other] these tables }, and each could subtract its own figures from the total. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
        LeftOutReason::OnePartner => Wording::new(
            "Les partenaires ne sont pas montrés séparément : un seul a des fiches à la vague de { $n -> [one] ce tableau *[other] ces tableaux }, où l'ensemble est donc le sien. Les fiches des autres partenaires à cette vague permettent de les comparer. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "Partners are not shown apart: only one has records at the wave of { $n -> [one] this table *[other] these tables }, where everybody is therefore its own. Records of the other partners at that wave allow them to be compared. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
        LeftOutReason::EpisodesOfFew => Wording::new(
            "Des épisodes (de travail, par exemple) ne sont pas montrés : une case en compte beaucoup de quelques personnes seulement, dont elle dirait le parcours. Réunir des réponses ou ajouter des fiches permet { $n -> [one] de montrer le tableau *[other] de montrer les tableaux }. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "Some spells (of work, for instance) are not shown: a cell counts many of a few persons only, whose path it would tell. Merging answers or adding records allows the { $n -> [one] table *[other] tables } to be shown. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
        LeftOutReason::Unprotected => Wording::new(
            "{ $n -> [one] Un tableau n'est pas montré : une de ses cases a *[other] Des tableaux ne sont pas montrés : une de leurs cases a } trop peu de personnes, et un partenaire, qui connaît ses propres fiches, pourrait retrouver leur nombre en comparant les tableaux. Ajouter des fiches ou, là où il y a plus de deux réponses, réunir les plus rares permet { $n -> [one] de le *[other] de les } montrer. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "{ $n -> [one] One table is not shown: one of its cells has *[other] Some tables are not shown: one of their cells has } too few persons, and a partner, who knows its own records, could work out their number by comparing tables. Adding records or, where there are more than two answers, merging the rarest allows { $n -> [one] it *[other] them } to be shown. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
        LeftOutReason::Beside => Wording::new(
            "Le rapport d'un partenaire ne montre que l'ensemble, là où une case du partenaire a trop peu de personnes : à côté de l'ensemble, un autre partenaire pourrait en retrouver le nombre. { $n -> [one] Sujet concerné *[other] Sujets concernés } : { $measures }.",
            "A partner's report shows everybody only, where a cell of the partner has too few persons: beside everybody, another partner could work out their number. { $n -> [one] Topic concerned *[other] Topics concerned }: { $measures }.",
        ),
    }
}
