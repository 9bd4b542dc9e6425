//! What an edition says of its numbers at its top: a partner's, how many of its figures hold numbers of the partner's own, and what so few
//! persons can and cannot show. An edition that holds totals only must not look as if it were about the partner, and a total that is one
//! partner's must not look as if it were everybody's.

use catalyse_disclose::{ReleasedShare, Role};
use catalyse_locale::{Args, Wording, typeset};

use crate::company::partners_at;
use crate::figure::presence::{moments, presence_of_report};
use crate::inputs::{Edition, Inputs, LeftOut, LeftOutReason, Named};
use crate::report::front::OwnNumbers;
use crate::report::{Chapter, ReportFigure};

/// Up to this many persons a partner is told that it is small: few of its shares are percentages, and none of its differences is clear.
const SMALL: u64 = 60;

/// Returns how many figures are about the partner, and who delivered at which wave, in sentences; in the report of all the latter alone.
pub(crate) fn own_numbers(
    inputs: &Inputs<'_>,
    edition_label: &str,
    (chapters, left_out): (&[Chapter], &[LeftOut]),
) -> OwnNumbers {
    const WHOLE: Wording = Wording::new(
        "{ $partner } est le seul partenaire qui a des fiches : l'ensemble, ce sont ses personnes, et tous les nombres sont les siens.",
        "{ $partner } is the only partner with records: everybody means its persons, and all numbers are its own.",
    );
    let language = inputs.language;
    let presence = presence_of_report(inputs);
    let Edition::Partner(key) = &inputs.edition else {
        let text = typeset(language, &presence.unwrap_or_default());
        return OwnNumbers { n_figures: 0, text };
    };
    let figures: Vec<&ReportFigure> = chapters.iter().flat_map(|one| &one.figures).collect();
    let args = Args::new().text("partner", edition_label).count("all", figures.len());
    if inputs.partners.len() < 2 {
        let text = typeset(language, WHOLE.say(language, &args).trim_end());
        return OwnNumbers { n_figures: figures.len(), text };
    }
    let n_beside = figures.iter().filter(|figure| shows_own(figure)).count();
    let n_alone = figures.iter().filter(|figure| figure.whole.is_own).count();
    let n_persons = figures.iter().filter_map(|figure| own_base(figure)).max().unwrap_or(0);
    let absent = waves_where(inputs, |present| present.iter().all(|one| one.key != *key));
    let alone = waves_where(inputs, |present| matches!(present, [one] if one.key == *key));
    let whom = if presence.is_none() { ALL } else { WITH_RECORDS };
    let args = args
        .text("of_all", whom.say(language, &Args::new()))
        .text("why", why((inputs, key), left_out))
        .text("waves", moments(&alone, language))
        .text("absent", moments(&absent, language))
        .count("n", n_persons)
        .count("own", n_beside)
        .count("alone", n_alone);
    let said = |wording: &Wording, is_said: bool| is_said.then(|| wording.say(language, &args));
    let sentences = [
        said(&counted(n_beside, n_persons), n_beside > 0 || n_alone == 0),
        said(&ALONE, n_alone > 0),
        said(&ABSENT, !absent.is_empty()),
        presence,
    ];
    let sentences: Vec<String> =
        sentences.into_iter().flatten().map(|said| said.trim_end().to_owned()).collect();
    OwnNumbers { n_figures: n_beside + n_alone, text: typeset(language, &sentences.join(" ")) }
}

const ALL: Wording = Wording::new("de l'ensemble des partenaires", "of all partners together");
const WITH_RECORDS: Wording = Wording::new(
    "de l'ensemble des partenaires qui ont des fiches",
    "of all partners with records together",
);
const ALONE: Wording = Wording::new(
    "{ $partner } est le seul partenaire qui a des fiches { $waves } : { $alone -> [one] { $alone } figure sur { $all } ne compte *[other] { $alone } figures sur { $all } ne comptent } que ses personnes, sous le nom d'ensemble.",
    "{ $partner } is the only partner with records { $waves }: { $alone } of { $all } figures count its persons alone, under the name of everybody.",
);
const ABSENT: Wording = Wording::new(
    "{ $partner } n'a livré aucune fiche { $absent }.",
    "{ $partner } delivered no record { $absent }.",
);

/// Returns the sentence on the figures that set the partner beside everybody.
const fn counted(n_beside: usize, n_persons: u64) -> Wording {
    const NONE: Wording = Wording::new(
        "Cette édition ne montre aucun chiffre propre à { $partner } : tous ses nombres sont ceux { $of_all }. { $why }",
        "This edition shows no number of { $partner } alone: all its numbers are those { $of_all }. { $why }",
    );
    const FEW: Wording = Wording::new(
        "{ $partner } compte quelque { $n } personnes à la dernière vague, et { $own } figures sur { $all } montrent ses propres chiffres, à côté de l'ensemble. Un si petit groupe peut montrer de grandes parts, en effectifs arrondis (« environ 5 sur 20 ») ou en pourcentages à longs intervalles ; il ne peut montrer ni un petit écart avec les autres, ni un petit changement.",
        "{ $partner } has some { $n } persons at the last wave, and { $own } of { $all } figures show its own numbers, beside everybody. So small a group can show large shares, as rounded counts (“about 5 of 20”) or as percentages with long intervals; it can show neither a small difference from the others nor a small change.",
    );
    const SOME: Wording = Wording::new(
        "{ $own } figures sur { $all } montrent les chiffres de { $partner }, à côté de l'ensemble ; les autres montrent l'ensemble des partenaires.",
        "{ $own } of { $all } figures show the numbers of { $partner }, beside everybody; the others show all partners together.",
    );
    match n_beside {
        0 => NONE,
        _ if n_persons <= SMALL => FEW,
        _ => SOME,
    }
}

/// Lists the waves whose partners meet a condition.
fn waves_where<'a>(inputs: &'a Inputs<'_>, is_meant: impl Fn(&[&Named]) -> bool) -> Vec<&'a Named> {
    inputs.waves.iter().filter(|wave| is_meant(&partners_at(inputs, wave))).collect()
}

/// Says why no number of the partner is shown; nothing where it delivered none at the wave of the tables, which is said by itself.
fn why((inputs, partner): (&Inputs<'_>, &str), left_out: &[LeftOut]) -> String {
    const TWO: Wording = Wording::new(
        "Deux partenaires seulement ont des fiches à la vague de ces tableaux, et chacun pourrait retrancher ses propres chiffres du total ; avec un troisième, chacun aura les siens.",
        "Only two partners have records at the wave of these tables, and each could subtract its own numbers from the total; with a third one, each will have its own.",
    );
    const ONE: Wording = Wording::new(
        "Un seul partenaire a des fiches à la vague que montrent ces tableaux, et l'ensemble y est le sien.",
        "Only one partner has records at the wave that these tables show, and everybody there is its own.",
    );
    const FEW: Wording = Wording::new(
        "Ses personnes sont trop peu nombreuses par case pour être montrées à part.",
        "Its persons are too few in each cell to be shown apart.",
    );
    let has = |reason| left_out.iter().any(|one| one.reason == reason);
    let last = inputs.waves.last().map(|wave| partners_at(inputs, wave)).unwrap_or_default();
    let wording = if has(LeftOutReason::OnePartner) {
        ONE
    } else if last.iter().all(|one| one.key != partner) {
        return String::new();
    } else if has(LeftOutReason::TwoPartners) {
        TWO
    } else {
        FEW
    };
    wording.say(inputs.language, &Args::new())
}

fn own_column(figure: &ReportFigure) -> Option<usize> {
    let group = figure.group.as_ref()?;
    figure.table.columns.iter().position(|column| column.key == *group)
}

/// Says whether a number of the partner alone stands in a figure, beside everybody.
fn shows_own(figure: &ReportFigure) -> bool {
    let Some(column) = own_column(figure) else { return false };
    let told = |cell: &catalyse_disclose::ReleasedCell| match cell.share {
        ReleasedShare::Percent(_)
        | ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::About { .. } => true,
        ReleasedShare::Hidden(_) => false,
        ReleasedShare::None => cell.summary.is_some_and(|summary| summary.value().is_some()),
    };
    figure.table.rows.iter().any(|row| row.cells.get(column).is_some_and(told))
}

/// Returns the rounded number of the partner's persons in a figure that sets it beside everybody.
fn own_base(figure: &ReportFigure) -> Option<u64> {
    let column = own_column(figure)?;
    let rows = figure.table.rows.iter().filter(|row| row.heading.role == Role::Total);
    rows.filter_map(|row| row.cells.get(column)?.count.value()).max()
}
