//! The box "Données": how many records came, how many count in this report, and how many were left out because of an error.

use catalyse_disclose::{Mark, Release, Role, Shown};
use catalyse_locale::{Args, Language, Wording, fewer_than, integer, typeset};

use crate::inputs::Deliveries;
use crate::inputs::{Edition, Inputs};
use crate::report::front::{DeliveryBox, DeliveryRow};

/// The id of the table of the records that count, by partner and wave, which goes through the gate with the others.
pub const RECORDS_TABLE: &str = "records";

/// Makes the box; nothing if nothing is known of the deliveries.
pub(crate) fn records(inputs: &Inputs<'_>) -> Option<DeliveryBox> {
    let deliveries = inputs.deliveries.as_ref()?;
    let release = inputs.releases.iter().find(|release| release.id() == RECORDS_TABLE)?;
    let language = inputs.language;
    let waves = release.columns().headings.iter();
    let rows = release.rows().headings.iter().enumerate();
    let rows = rows
        .filter(|(_, heading)| match (&inputs.edition, heading.role) {
            (Edition::Partner(partner), Role::Category) => heading.key == *partner,
            (Edition::Partnership, Role::Category) | (_, Role::Total) => true,
            (_, Role::Answered | Role::Missing) => false,
        })
        .filter_map(|(at, heading)| {
            let partner = (heading.role == Role::Category).then_some(heading.key.as_str());
            let cells = cells((release, at), partner, deliveries, language);
            let label = typeset(language, heading.label.get(language));
            cells.map(|cells| DeliveryRow { label, cells })
        });
    // Where two partners alone have records, the gate says why they are not shown.
    let notes = release.notes().iter().map(|note| typeset(language, &note.say(language)));
    Some(DeliveryBox {
        lead: lead(deliveries, language).into_iter().chain(notes).collect(),
        waves: waves.map(|wave| typeset(language, wave.label.get(language))).collect(),
        rows: rows.collect(),
    })
}

/// Returns the cells of a row; nothing if the gate hides all of it.
fn cells(
    (release, row): (&Release, usize),
    partner: Option<&str>,
    deliveries: &Deliveries,
    language: Language,
) -> Option<Vec<(String, String)>> {
    const LEFT_OUT: Wording = Wording::new("{ $n } à l'écart", "{ $n } left out");
    let columns = release.columns().headings.iter().enumerate();
    let mut has_count = false;
    let cells: Option<Vec<(String, String)>> = columns
        .map(|(column, wave)| {
            let kept = match release.cell(row, column)?.count {
                Shown::Value(kept) => kept,
                Shown::Hidden(mark) => return Some((hidden(mark, language), String::new())),
            };
            has_count = true;
            let mut left_out = deliveries.left_out.iter().filter(|records| {
                records.wave == wave.key && records.partner.as_deref() == partner
            });
            let n = left_out.next().map_or(0, |records| records.n);
            // What is the same nearly everywhere is said once, above the table.
            let left_out = if n == 0 && deliveries.base > 1 {
                String::new()
            } else {
                let n = number(n, deliveries.base, language);
                typeset(language, &LEFT_OUT.say(language, &Args::new().text("n", n)))
            };
            Some((number(kept, release.rounding(), language), left_out))
        })
        .collect();
    cells.filter(|_| has_count)
}

/// Returns what stands in place of a count: that no record came, in words, or the mark.
fn hidden(mark: Mark, language: Language) -> String {
    const NO_RECORDS: Wording = Wording::new("aucune fiche livrée", "no record delivered");
    match mark {
        Mark::NoRecords => NO_RECORDS.say(language, &Args::new()),
        Mark::Confidential | Mark::LowBase | Mark::NotApplicable => mark.text().to_owned(),
    }
}

fn lead(deliveries: &Deliveries, language: Language) -> Vec<String> {
    const LEFT_OUT: Wording = Wording::new(
        "Une fiche est mise à l'écart si une erreur bloquante y est restée (une réponse indispensable manque, se contredit ou ne peut être lue), ou si elle répète une fiche de la même personne. Les autres sont comptées dans ce rapport.",
        "A record is left out if a blocking error was left in it (a necessary answer is missing, contradicts another or cannot be read), or if it repeats a record of the same person. All others are counted in this report.",
    );
    const FEW: Wording = Wording::new(
        "À chaque vague et chez chaque partenaire, moins de { $base } fiches sont à l'écart.",
        "At each wave and partner, fewer than { $base } records are left out.",
    );
    const ELSEWHERE: Wording = Wording::new(
        "Le tableau dit combien de fiches sont à l'écart ; où il ne dit rien, il y en a moins de { $base }.",
        "The table says how many records are left out; where it says nothing, they are fewer than { $base }.",
    );
    const WITHOUT_PLACE: Wording = Wording::new(
        "Parmi elles, quelque { $n } fiches n'ont ni partenaire ni vague lisible et ne sont dans aucune ligne.",
        "Of those left out, some { $n } records have no partner or wave that can be read and stand in no row.",
    );
    const EPISODES: Wording = Wording::new(
        "Quelque { $n } épisodes sont à l'écart aussi : ils ont eux-mêmes une erreur bloquante, ou la fiche de leur personne dans la vague est à l'écart.",
        "Some { $n } episodes are left out too: they have a blocking error of their own, or the record of their person in the wave is left out.",
    );
    const SHARED_CODES: Wording = Wording::new(
        "Quelque { $n } codes de personne se trouvent chez deux partenaires ou plus. Chacun compte comme une seule personne, qui a changé de partenaire ou que deux suivent. Si chaque partenaire numérote ses personnes lui-même, ce sont des personnes différentes et les changements entre vagues sont faux : le coordinateur l'écrit alors dans l'étude (codes = \"partner\") et refait le rapport.",
        "Some { $n } person codes stand at two partners or more. Each counts as one person, who went from one partner to another or whom two follow. If each partner numbers its own persons, they are different persons and the changes between waves are wrong: the coordinator then writes so in the study (codes = \"partner\") and makes the report again.",
    );
    const ROUNDED: Wording = Wording::new(
        "Nombres arrondis à un multiple de { $base }. La commande « catalyse check » montre à chaque partenaire ce qui est à corriger.",
        "Numbers are rounded to a multiple of { $base }. The command “catalyse check” shows each partner what to correct.",
    );
    let args = Args::new().count("base", deliveries.base);
    let mut lead = vec![LEFT_OUT.say(language, &args)];
    if deliveries.base > 1 {
        let has_some = deliveries.left_out.iter().any(|records| records.n > 0);
        lead.push(if has_some { ELSEWHERE } else { FEW }.say(language, &args));
    }
    if deliveries.without_place > 0 {
        let args = Args::new().count("n", deliveries.without_place);
        lead.push(WITHOUT_PLACE.say(language, &args));
    }
    if deliveries.episodes > 0 {
        let args = Args::new().count("n", deliveries.episodes);
        lead.push(EPISODES.say(language, &args));
    }
    if deliveries.shared_codes > 0 {
        let args = Args::new().count("n", deliveries.shared_codes);
        lead.push(SHARED_CODES.say(language, &args));
    }
    lead.push(ROUNDED.say(language, &args));
    lead.iter().map(|sentence| typeset(language, sentence)).collect()
}

fn number(n: u64, base: u64, language: Language) -> String {
    if n == 0 && base > 1 {
        return fewer_than(language, base);
    }
    integer(language, i64::try_from(n).unwrap_or(i64::MAX))
}
