//! A report of a store and the editions that are fixed in it: those before are an input, and `--edition` fixes one more.

use std::collections::BTreeSet;

use catalyse_codebook::WaveId;
use catalyse_disclose::Earlier;
use catalyse_locale::{Args, Wording};
use catalyse_records::Batch;
use catalyse_store::{EditionChange, NewEdition};
use catalyse_tabulate::Caseload;
use jiff::civil::Date;

use super::Accepted;
use super::edition::{earlier, edition};
use crate::cli::ReportArgs;
use crate::failure::{Exit, Failure};
use crate::store::{Deed, OpenStore};
use crate::terminal::Terminal;

/// Returns what the readers of a report hold already: the editions of the store.
///
/// A report of one wave or one partner alone counts other persons under the same names, so it does not keep to them.
pub(super) fn earlier_of(
    args: &ReportArgs,
    open: &OpenStore,
    terminal: &Terminal,
) -> Result<Earlier, Failure> {
    const PART: Wording = Wording::new(
        "Ce rapport ne porte que sur une partie des fiches : ses effectifs ne s’accordent pas avec ceux des { $n -> [one] { $n } édition fixée *[other] { $n } éditions fixées }. Ne le donnez pas à qui les a.",
        "This report is of a part of the records: its counts do not go together with those of { $n -> [one] { $n } fixed edition *[other] { $n } fixed editions }. Do not give it to those who have them.",
    );
    let kept = open.wait(open.store.printed_counts())?;
    if is_whole(args) {
        return earlier(&kept);
    }
    if !kept.is_empty() {
        terminal.say(&PART, &Args::new().count("n", kept.len()));
    }
    Ok(Earlier::default())
}

/// Says whether a report is of all records.
fn is_whole(args: &ReportArgs) -> bool {
    args.input.wave.is_none() && args.input.partner.is_none()
}

/// Says that nobody after will know of a report.
pub(super) fn tell_unfixed(terminal: &Terminal) {
    const UNFIXED: Wording = Wording::new(
        "Ce rapport n’est pas fixé : les suivants ne sauront pas ce qu’il a imprimé. Avant de le donner, fixez-le : ajoutez `--edition MOTIF`, ou fixez une édition sur la page Rapport.",
        "This report is not fixed: those after it will not know what it printed. Before you give it away, fix it: add `--edition REASON`, or fix an edition on the Report page.",
    );
    terminal.say(&UNFIXED, &Args::new());
}

/// Makes sure that an edition may be fixed, and returns the wave it would be of: the last one that has records.
pub(super) fn may_fix(
    args: &ReportArgs,
    open: &OpenStore,
    (note, batch): (&str, &Batch),
) -> Result<WaveId, Failure> {
    const PART: Wording = Wording::new(
        "une édition porte sur toutes les fiches, avec le rapport et la politique de l’étude. Retirez `--wave`, `--partner`, `--report` et `--policy`, ou `--edition`.",
        "an edition is of all records, with the report and the policy of the study. Leave out `--wave`, `--partner`, `--report` and `--policy`, or `--edition`.",
    );
    const NOTE: Wording = Wording::new(
        "`--edition` demande un motif : il reste au journal. Par exemple `--edition \"comité de décembre\"`.",
        "`--edition` takes a reason, which stays in the journal. For example `--edition \"committee of December\"`.",
    );
    const EMPTY: Wording = Wording::new(
        "le dépôt n’a aucune fiche. Rien n’est fixé ; importez ou saisissez d’abord.",
        "the store has no record. Nothing is fixed; import or enter some first.",
    );
    const FEW: Wording = Wording::new(
        "moins de dix personnes ont changé depuis la dernière édition : comparer les deux parlerait d’elles seules. Rien n’est fixé ni écrit ; attendez d’autres fiches.",
        "fewer than ten persons changed since the last edition: comparing the two would tell of them alone. Nothing is fixed or written; wait for more records.",
    );
    let failure = |exit, wording: &Wording| Failure::new(exit, wording.with(Args::new()));
    open.operator.may(Deed::Edition)?;
    if !is_whole(args) || args.report.is_some() || args.policy.is_some() {
        return Err(failure(Exit::Usage, &PART));
    }
    if note.trim().is_empty() {
        return Err(failure(Exit::Usage, &NOTE));
    }
    let caseload = Caseload::new(&open.opened.codebook, batch)?;
    let waves = caseload.waves_present();
    let last = waves.last().map(|(_, wave)| wave.id.clone());
    let last = last.ok_or_else(|| failure(Exit::Usage, &EMPTY))?;
    match outlook(open, &last)?.1 {
        EditionChange::Few => Err(failure(Exit::Refused, &FEW)),
        EditionChange::First | EditionChange::Nothing | EditionChange::Many => Ok(last),
    }
}

fn outlook(open: &OpenStore, wave: &WaveId) -> Result<(u64, EditionChange), Failure> {
    let waves = &open.opened.codebook.study.waves;
    let last = waves.iter().position(|known| known.id == *wave).unwrap_or(0);
    let until: BTreeSet<&str> = waves.iter().take(last + 1).map(|wave| wave.id.as_str()).collect();
    let until: Vec<&str> = until.into_iter().collect();
    let outlook = open.wait(open.store.edition_outlook(wave.as_str(), &until))?;
    Ok((outlook.number, outlook.change))
}

/// Fixes an edition of the records that were written.
pub(super) fn fix(
    open: &OpenStore,
    (wave, note, stands_on): (WaveId, &str, u64),
    (accepted, date): (&Accepted, Date),
    terminal: &Terminal,
) -> Result<(), Failure> {
    const FIXED: Wording = Wording::new(
        "Édition { $number } fixée dans le dépôt (vague { $wave }) : elle se lit sur la page Rapport.",
        "Edition { $number } fixed in the store (wave { $wave }): it is read on the Report page.",
    );
    let (batch, read) = (&accepted.batch, &accepted.read);
    let made = edition(&open.opened, (batch, read), (date, &accepted.earlier))?;
    let (number, _) = outlook(open, &wave)?;
    let args = Args::new().count("number", number).text("wave", wave.as_str());
    let note = note.trim().to_owned();
    let new = NewEdition { wave, number, note, stands_on, files: made.files };
    open.wait(open.store.fix_edition(&new, &open.author()))?;
    terminal.say(&FIXED, &args);
    Ok(())
}
