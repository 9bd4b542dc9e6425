//! What a partner's edition says of itself, in one sentence at its top: how many of its figures hold numbers of the partner's own, and what
//! so few persons can and cannot show. An edition that holds totals only must not look as if it were about the partner.

use catalyse_disclose::{ReleasedShare, Role};
use catalyse_locale::{Args, Language, Wording, typeset};

use crate::inputs::{Company, Edition, LeftOut, LeftOutReason};
use crate::report::front::OwnNumbers;
use crate::report::{Chapter, ReportFigure};

/// Up to this many persons a partner is told that it is small: few of its shares are percentages, and none of its differences is clear.
const SMALL: u64 = 60;

/// Returns how many figures are about the partner, in a sentence; nothing in the report of all.
pub(crate) fn own_numbers(
    (edition, edition_label): (&Edition, &str),
    (chapters, left_out): (&[Chapter], &[LeftOut]),
    (company, language): (Company, Language),
) -> OwnNumbers {
    const NONE: Wording = Wording::new(
        "Cette édition ne montre aucun chiffre propre à { $partner } : tous ses nombres sont ceux de l'ensemble des partenaires. { $why }",
        "This edition shows no number of { $partner } alone: all its numbers are those of all partners together. { $why }",
    );
    const WHOLE: Wording = Wording::new(
        "{ $partner } est le seul partenaire qui a des fiches : l'ensemble, ce sont ses personnes, et tous les nombres sont les siens.",
        "{ $partner } is the only partner with records: everybody means its persons, and all numbers are its own.",
    );
    const FEW: Wording = Wording::new(
        "{ $partner } compte quelque { $n } personnes à la dernière vague, et { $own } figures sur { $all } montrent ses propres chiffres, à côté de l'ensemble. Un si petit groupe peut montrer de grandes parts, en effectifs arrondis (« environ 5 sur 20 ») ou en pourcentages à longs intervalles ; il ne peut montrer ni un petit écart avec les autres, ni un petit changement.",
        "{ $partner } has some { $n } persons at the last wave, and { $own } of { $all } figures show its own numbers, beside everybody. So small a group can show large shares, as rounded counts (“about 5 of 20”) or as percentages with long intervals; it can show neither a small difference from the others nor a small change.",
    );
    const SOME: Wording = Wording::new(
        "{ $own } figures sur { $all } montrent les chiffres de { $partner }, à côté de l'ensemble ; les autres montrent l'ensemble des partenaires.",
        "{ $own } of { $all } figures show the numbers of { $partner }, beside everybody; the others show all partners together.",
    );
    if *edition == Edition::Partnership {
        return OwnNumbers::default();
    }
    let figures: Vec<&ReportFigure> = chapters.iter().flat_map(|one| &one.figures).collect();
    let n_own = if company == Company::Alone {
        figures.len()
    } else {
        figures.iter().filter(|figure| shows_own(figure)).count()
    };
    let n_persons = figures.iter().filter_map(|figure| own_base(figure)).max().unwrap_or(0);
    let args = Args::new()
        .text("partner", edition_label)
        .text("why", why(left_out, language))
        .count("n", n_persons)
        .count("own", n_own)
        .count("all", figures.len());
    let wording = match n_own {
        _ if company == Company::Alone => WHOLE,
        0 => NONE,
        _ if n_persons <= SMALL => FEW,
        _ => SOME,
    };
    let text = typeset(language, wording.say(language, &args).trim_end());
    OwnNumbers { n_figures: n_own, text }
}

/// Says why no number of the partner is shown.
fn why(left_out: &[LeftOut], language: Language) -> String {
    const TWO: Wording = Wording::new(
        "Deux partenaires seulement ont des fiches, et chacun pourrait retrancher ses propres chiffres du total ; avec un troisième, chacun aura les siens.",
        "Only two partners have records, and each could subtract its own numbers from the total; with a third one, each will have its own.",
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
    let wording = if has(LeftOutReason::TwoPartners) {
        TWO
    } else if has(LeftOutReason::OnePartner) {
        ONE
    } else {
        FEW
    };
    wording.say(language, &Args::new())
}

fn own_column(figure: &ReportFigure) -> Option<usize> {
    let group = figure.group.as_ref()?;
    figure.table.columns.iter().position(|column| column.key == *group)
}

/// Says whether a number of the partner alone stands in a figure.
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

/// Returns the rounded number of the partner's persons in a figure.
fn own_base(figure: &ReportFigure) -> Option<u64> {
    let column = own_column(figure)?;
    let rows = figure.table.rows.iter().filter(|row| row.heading.role == Role::Total);
    rows.filter_map(|row| row.cells.get(column)?.count.value()).max()
}
