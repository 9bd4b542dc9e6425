//! The pack of a report: its tables counted, then protected together.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, VariableName};
use catalyse_disclose::{
    AuditReport, Axis, Earlier, Narrowed, OfFew, Policy, Refusal, ReleasedPack, Tabulation,
    release_pack_after,
};
use catalyse_locale::{Args, Label, Message, Wording};
use catalyse_report::{
    Definition, FigureDefinition, LeftOut, LeftOutReason, RECORDS_TABLE, partner_table_id,
};
use catalyse_tabulate::{Caseload, TabulateError, records_spec};

use crate::cli::ReportArgs;
use crate::failure::{Exit, Failure};
use crate::terminal::Terminal;

/// Opens the policy that a command names, or that of the study.
pub(crate) fn policy(codebook: &Codebook, name: Option<&str>) -> Result<Policy, Failure> {
    const UNKNOWN: Wording = Wording::new(
        "la politique `{ $name }` ne peut être lue : { $reason }",
        "the policy `{ $name }` cannot be read: { $reason }",
    );
    let name = name.unwrap_or(&codebook.study.policy);
    let wrong = |reason: Label| {
        Failure::new(
            Exit::Usage,
            UNKNOWN.with(Args::new().text("name", name).label("reason", &reason)),
        )
    };
    let table = codebook.policies.get(name);
    let table = table.ok_or_else(|| wrong(not_there(codebook)))?;
    table.clone().try_into().map_err(|error: toml::de::Error| wrong(Label::same(error.message())))
}

fn not_there(codebook: &Codebook) -> Label {
    let known = codebook.policies.keys().map(|name| format!("`{name}`"));
    let known = known.collect::<Vec<_>>().join(", ");
    Label::new(
        format!("elle n’existe pas. Politiques de l’étude : {known}"),
        format!("there is none of this name. Policies of the study: {known}"),
    )
}

/// Holds the protected tables of a report, the definition that fits them, and the figures that fell.
pub(crate) struct Made {
    pub(crate) definition: Definition,
    pub(crate) pack: ReleasedPack,
    pub(crate) left_out: Vec<LeftOut>,
    /// Which rows made tables of episodes fall: for whoever has the records, not for the page.
    pub(crate) of_few: Vec<OfFew>,
    /// Which rows made other tables fall: likewise.
    pub(crate) narrowed: Vec<Narrowed>,
}

/// Stops where readers hold editions of another base of rounding: a count that prints as 5 there and as 0 here is one of few.
fn refuse_other_base(policy: &Policy, earlier: &Earlier) -> Result<(), Failure> {
    const OTHER: Wording = Wording::new(
        "les éditions fixées dans ce dépôt arrondissent à { $then }, et la politique `{ $name }` à { $now } : qui compare les deux placerait de petits effectifs que chacune cache. Rien n’est écrit. Reprenez une politique de base { $then } ; avec une autre base, un rapport se fait à partir des fichiers, pour qui n’a reçu aucune de ces éditions.",
        "the editions fixed in this store round to { $then }, and the policy `{ $name }` to { $now }: whoever compares the two would place small counts that each hides. Nothing is written. Take a policy of base { $then } again; with another base, a report is made of the files, for those who were given none of these editions.",
    );
    let Some(then) = earlier.other_base(policy.base) else { return Ok(()) };
    let args = Args::new().count("then", then).count("now", policy.base).text("name", &policy.name);
    Err(Failure::new(Exit::Refused, OTHER.with(args)))
}

/// Makes the pack of a report: counts its tables and sends them through the gate. A table that the gate cannot protect is left out with
/// its figure, which is said, and the others are tried again. Tables by partner go first: what they hold of a partner is what makes those
/// of everybody narrow.
pub(crate) fn make(
    (caseload, codebook): (&Caseload<'_>, &Codebook),
    mut definition: Definition,
    (policy, earlier): (&Policy, &Earlier),
) -> Result<Made, Failure> {
    const TOO_FEW: Wording = Wording::new(
        "il y a moins de { $least } personnes : arrondis, leurs tableaux ne diraient rien de sûr. Rien n’est écrit ; ajoutez les fichiers d’autres partenaires.",
        "there are fewer than { $least } persons: rounded, their tables would say nothing reliable. Nothing is written; add the files of other partners.",
    );
    // Below ten times the base of rounding nearly every cell is small, and what is left is noise. From 60 persons on a report says
    // something, and takes seconds.
    const LEAST_MULTIPLES: u64 = 10;
    const MOST_ROUNDS: usize = 4;
    refuse_other_base(policy, earlier)?;
    let least = policy.base * LEAST_MULTIPLES;
    if (caseload.n_persons() as u64) < least {
        return Err(Failure::new(Exit::Refused, TOO_FEW.with(Args::new().count("least", least))));
    }
    if caseload.partners_present()?.len() == 1 {
        definition = definition.of_one_partner();
    }
    let mut left_out = unsplit((caseload, codebook), &mut definition)?;
    let (mut of_few, mut narrowed) = (Vec::new(), Vec::new());
    let mut counts_records = true;
    for _ in 0..MOST_ROUNDS {
        let mut tables = tabulate((caseload, codebook), (&mut definition, &mut left_out))?;
        if counts_records {
            tables.push(catalyse_tabulate::tabulate(caseload, &records_spec(RECORDS_TABLE))?);
        }
        match release_pack_after(tables, earlier, policy) {
            Ok(pack) => return Ok(Made { definition, pack, left_out, of_few, narrowed }),
            Err(Refusal::Narrow { report, narrowed: rows }) if !report.failed_tables.is_empty() => {
                let (split, whole): (Vec<_>, Vec<_>) = report
                    .failed_tables
                    .into_iter()
                    .partition(|table| is_split(&definition, table));
                let fallen = if split.is_empty() { whole } else { split };
                counts_records &= fallen.iter().all(|table| table != RECORDS_TABLE);
                // The count of records is no table of the definition: nobody can do anything about it.
                let is_named =
                    |one: &Narrowed| fallen.contains(&one.table) && one.table != RECORDS_TABLE;
                narrowed.extend(rows.into_iter().filter(is_named));
                for table in fallen.iter().filter(|table| *table != RECORDS_TABLE) {
                    let fallen = (table.as_str(), LeftOutReason::Unprotected);
                    left_out.extend(leave_out(codebook, &mut definition, fallen));
                }
            }
            Err(Refusal::FewPersons { of_few: places }) => {
                for place in &places {
                    let fallen = (place.table.as_str(), LeftOutReason::EpisodesOfFew);
                    left_out.extend(leave_out(codebook, &mut definition, fallen));
                }
                of_few.extend(places);
            }
            Err(refusal) => return Err(refused(&refusal)),
        }
    }
    let tables = tabulate((caseload, codebook), (&mut definition, &mut left_out))?;
    let pack = release_pack_after(tables, earlier, policy).map_err(|refusal| refused(&refusal))?;
    Ok(Made { definition, pack, left_out, of_few, narrowed })
}

/// Shows everybody where a table would set partners side by side at a wave of which one partner alone has records: beside nobody, what a
/// total leaves of it would tell that there is nobody. Returns what would have been compared.
fn unsplit(
    (caseload, codebook): (&Caseload<'_>, &Codebook),
    definition: &mut Definition,
) -> Result<Vec<LeftOut>, Failure> {
    let mut of_one = BTreeSet::new();
    let mut left_out = Vec::new();
    for figure in definition.split_figures() {
        if caseload.has_lone_partner(&figure.table.wave)? {
            of_one.insert(figure.id().to_owned());
            let reason = LeftOutReason::OnePartner;
            left_out.push(LeftOut { measure: measure_of(codebook, figure), reason });
        }
    }
    if !of_one.is_empty() {
        *definition = definition.clone().unsplit(|table| of_one.contains(&table.id));
    }
    Ok(left_out)
}

/// Says whether a table sets partners side by side: a figure that does, a table of the partner editions, or the count of records.
fn is_split(definition: &Definition, table: &str) -> bool {
    const PARTNER: &str = "partner";
    definition.figure(table).is_none_or(|figure| {
        figure.table.columns.as_deref() == Some(PARTNER) || figure.table.rows == PARTNER
    })
}

/// Takes a figure, or the table that a partner edition has of it, out of the definition, and returns what it would have measured.
fn leave_out(
    codebook: &Codebook,
    definition: &mut Definition,
    (table, reason): (&str, LeftOutReason),
) -> Option<LeftOut> {
    let beside = || definition.figures().find(|figure| partner_table_id(figure.id()) == table);
    let (figure, reason) = match definition.figure(table) {
        Some(figure) => (figure, reason),
        None => (beside()?, LeftOutReason::Beside),
    };
    let measure = measure_of(codebook, figure);
    definition.leave_out(table);
    Some(LeftOut { measure, reason })
}

/// Returns what a figure measures, in words.
fn measure_of(codebook: &Codebook, figure: &FigureDefinition) -> Label {
    if !figure.measure.is_empty() {
        return figure.measure.clone();
    }
    let names = [figure.table.value.as_ref(), Some(&figure.table.rows)];
    let names = names.into_iter().flatten().filter_map(|name| VariableName::new(name).ok());
    let variable = names.into_iter().find_map(|name| codebook.variable(&name));
    match variable {
        Some(variable) => variable.label.clone(),
        None if figure.table.rows == Axis::TARGET_GROUPS => {
            Label::new("Groupes cibles", "Target groups")
        }
        None => Label::same(figure.id()),
    }
}

fn refused(refusal: &Refusal) -> Failure {
    Failure::new(Exit::Refused, refusal.message())
}

/// Counts all tables of a report. Figures that the caseload cannot fill (one wave only, no episodes) are left out.
fn tabulate(
    (caseload, codebook): (&Caseload<'_>, &Codebook),
    (definition, left_out): (&mut Definition, &mut Vec<LeftOut>),
) -> Result<Vec<Tabulation>, Failure> {
    // The tables of the partner editions are always in the pack: with and without them the others would be rounded differently, and
    // whoever holds both could compare.
    let mut specs = definition.tables();
    specs.extend(definition.partner_tables());
    let mut tables = Vec::new();
    for spec in specs {
        match catalyse_tabulate::tabulate(caseload, &spec) {
            Ok(table) => tables.push(table),
            Err(error) => {
                let reason = match error {
                    TabulateError::NoEpisodes { .. } => LeftOutReason::NoEpisodes,
                    TabulateError::OneWave { .. } => LeftOutReason::OneWave,
                    TabulateError::NotAsked { .. } => LeftOutReason::NotAsked,
                    other => return Err(other.into()),
                };
                left_out.extend(leave_out(codebook, definition, (&spec.id, reason)));
            }
        }
    }
    Ok(tables)
}

/// Says which figures are left out: a sentence for each reason, the same as on the page.
pub(crate) fn tell_left_out(left_out: &[LeftOut], args: &ReportArgs, terminal: &Terminal) {
    let is_written = |one: &&LeftOut| one.reason != LeftOutReason::Beside || args.by.is_some();
    let written: Vec<LeftOut> = left_out.iter().filter(is_written).cloned().collect();
    for sentence in catalyse_report::say_left_out(&written, terminal.language) {
        terminal.note(&sentence);
    }
}

/// Says which rows made tables fall, why, and how categories are merged.
pub(crate) fn tell_rows((of_few, narrowed): (&[OfFew], &[Narrowed]), terminal: &Terminal) {
    for message in of_few.iter().map(OfFew::message).chain(Narrowed::messages(narrowed)) {
        terminal.note(&message.say(terminal.language));
    }
}

/// Says what a policy does, one sentence a line, for the methods page.
pub(crate) fn rules(policy: &Policy) -> Vec<Message> {
    const ROUNDED: Wording = Wording::new(
        "Tous les effectifs sont arrondis à un multiple de { $base }, ensemble : les totaux sont la somme de leurs parties, sauf où une note d'un tableau dit le contraire.",
        "All counts are rounded to a multiple of { $base }, together: totals are the sum of their parts, except where a note of a table says otherwise.",
    );
    const SHARES: Wording = Wording::new(
        "Les pourcentages viennent des effectifs arrondis, sans décimale ; aucun sous une base de { $share } personnes, rien sous { $words }.",
        "Percentages come from rounded counts, without decimals; none below a base of { $share } persons, nothing below { $words }.",
    );
    const ZERO: Wording = Wording::new(
        "Un 0 imprimé veut dire moins de { $base } : il ne dit pas qu’il n’y a personne.",
        "A printed 0 means fewer than { $base }: it does not say that there is nobody.",
    );
    vec![
        ROUNDED.with(Args::new().count("base", policy.base)),
        ZERO.with(Args::new().count("base", policy.base)),
        SHARES.with(
            Args::new()
                .count("share", policy.minimum_share_base)
                .count("words", policy.minimum_words_base),
        ),
    ]
}

/// Says what the audit found, without a single count.
pub(crate) fn audit_message(audit: &AuditReport) -> Message {
    const PASSED: Wording = Wording::new(
        "Avant d’être écrits, les tableaux ont été attaqués : { $attacked -> [one] { $attacked } petit effectif *[other] { $attacked } petits effectifs }, { $attackers -> [one] { $attackers } attaquant *[other] { $attackers } attaquants } (dont chaque partenaire, qui connaît ses propres nombres dans les tableaux par partenaire). Aucun n’a pu être situé à moins de { $width } personnes près.",
        "Before they were written, the tables were attacked: { $attacked -> [one] { $attacked } small count *[other] { $attacked } small counts }, { $attackers -> [one] { $attackers } attacker *[other] { $attackers } attackers } (each partner among them, who knows its own numbers in the tables by partner). None could be placed within fewer than { $width } persons.",
    );
    let width = audit.smallest_width.unwrap_or(audit.required_width);
    PASSED.with(
        Args::new()
            .count("attacked", audit.n_attacked as u64)
            .count("attackers", audit.attackers.len() as u64)
            .count("width", width),
    )
}
