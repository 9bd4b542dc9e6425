//! `catalyse batch`: the deliveries that came into the store, what each brought, and taking one back.

use std::collections::BTreeSet;
use std::fmt::Write;

use catalyse_codebook::CheckId;
use catalyse_locale::{Args, Language, Wording};
use catalyse_store::{
    Batch, BatchId, EditedSince, FindingFilter, FindingState, RecordId, UndoPlan,
};

use crate::cli::{BatchAction, WorkArgs};
use crate::commands::import::counts;
use crate::failure::{Exit, Failure};
use crate::store::{Deed, OpenStore, signed};
use crate::terminal::{Terminal, print};

/// Runs the command.
pub(crate) fn run(action: &BatchAction, terminal: &Terminal) -> Result<Exit, Failure> {
    let open = |work: &WorkArgs, deed| {
        OpenStore::open((&work.store, work.study.as_deref()), deed, terminal)
    };
    match action {
        BatchAction::List { work } => list(&open(work, Deed::Batches)?, terminal),
        BatchAction::Show { batch, work } => {
            show(&open(work, Deed::Batches)?, BatchId(*batch), terminal)
        }
        BatchAction::Undo { batch, yes, also_edited, work } => {
            // What would be undone is told without the key file; it is opened where names go back to what they were.
            let told = open(work, Deed::Batches)?;
            told.operator.may(Deed::Import)?;
            let Some(also) = ask(&told, BatchId(*batch), (*yes, *also_edited), terminal)? else {
                return Ok(Exit::Clean);
            };
            let names = told.wait(told.store.brought_identities(BatchId(*batch)))?;
            told.close();
            let deed = if names { Deed::Import } else { Deed::Batches };
            undo(&open(work, deed)?, (BatchId(*batch), &also), terminal)
        }
    }
}

fn list(open: &OpenStore, terminal: &Terminal) -> Result<Exit, Failure> {
    const NONE: Wording = Wording::new(
        "Aucun lot : rien n’a encore été importé. `catalyse import FICHIERS` commence.",
        "No batch: nothing was imported yet. `catalyse import FILES` begins.",
    );
    let batches = open.wait(open.store.batches(open.operator.partner()))?;
    if batches.is_empty() {
        terminal.say(&NONE, &Args::new());
        return Ok(Exit::Clean);
    }
    let texts: Vec<String> = batches.iter().map(|batch| head(batch, terminal.language)).collect();
    print(&texts.join("\n"))?;
    Ok(Exit::Clean)
}

/// Writes what a batch is in a few lines.
fn head(batch: &Batch, language: Language) -> String {
    const HEAD: Wording = Wording::new(
        "Lot { $batch } — { $partners }, { $waves } — importé le { $at } par { $who }{ $undone }",
        "Batch { $batch } — { $partners }, { $waves } — imported on { $at } by { $who }{ $undone }",
    );
    const UNDONE: Wording = Wording::new(" — ANNULÉ", " — UNDONE");
    let undone =
        if batch.undone.is_some() { UNDONE.say(language, &Args::new()) } else { String::new() };
    let args = Args::new()
        .text("batch", batch.id.0.to_string())
        .text("partners", batch.partners.join(", "))
        .text("waves", batch.waves.join(", "))
        .text("at", day_and_time(batch.accepted_at))
        .text("who", signed(&batch.accepted_by, language))
        .text("undone", undone);
    let mut text = HEAD.say(language, &args) + "\n";
    text.push_str(&counts(&batch.counts, language));
    for file in &batch.files {
        let _ = writeln!(text, "    {}", file.name);
    }
    text
}

/// Writes a time as people read it, to the minute.
pub(super) fn day_and_time(at: jiff::Timestamp) -> String {
    let text = at.to_string();
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{day} {} UTC", time.get(..5).unwrap_or(time))
}

fn show(open: &OpenStore, id: BatchId, terminal: &Terminal) -> Result<Exit, Failure> {
    const ASIDE: Wording = Wording::new(
        "Lignes de côté, avec ce qui les a arrêtées :",
        "Rows set aside, with what stopped them:",
    );
    const NO_KEY: Wording = Wording::new(
        "sans clé, ou de même clé qu’une autre ligne",
        "without a key, or with the key of another row",
    );
    const FINDINGS: Wording = Wording::new(
        "{ $all -> [one] { $all } constat *[other] { $all } constats } de ce lot, dont { $open -> [one] { $open } ouvert *[other] { $open } ouverts }.",
        "{ $all -> [one] { $all } finding *[other] { $all } findings } of this batch, { $open } of them open.",
    );
    let batch = open.wait(open.store.batch(id))?;
    open.operator.may_touch(batch.partners.iter().map(String::as_str))?;
    let language = terminal.language;
    let mut text = head(&batch, language);
    let aside = open.wait(open.store.set_aside(id))?;
    if !aside.is_empty() {
        let _ = writeln!(text, "\n{}", ASIDE.say(language, &Args::new()));
    }
    for row in &aside {
        let checks: Vec<&str> = row.checks.iter().map(CheckId::as_str).collect();
        let why =
            if checks.is_empty() { NO_KEY.say(language, &Args::new()) } else { checks.join(", ") };
        let _ = writeln!(text, "    {}  {why}", row.place);
    }
    let filter = FindingFilter { batch: Some(id), ..FindingFilter::default() };
    let findings = open.wait(open.store.findings(&filter))?;
    let n_open = findings.iter().filter(|one| one.state == FindingState::Open).count();
    let args = Args::new().count("all", findings.len()).count("open", n_open);
    let _ = writeln!(text, "\n{}", FINDINGS.say(language, &args));
    print(&text)?;
    Ok(Exit::Clean)
}

/// Tells what undoing would do, and asks. Returns the records changed since that are to be taken back too, or nothing if nothing is done.
fn ask(
    open: &OpenStore,
    id: BatchId,
    (yes, also_edited): (bool, bool),
    terminal: &Terminal,
) -> Result<Option<BTreeSet<RecordId>>, Failure> {
    const ASK: Wording = Wording::new("Annuler le lot { $batch } ?", "Undo batch { $batch }?");
    let batch = open.wait(open.store.batch(id))?;
    open.operator.may_touch(batch.partners.iter().map(String::as_str))?;
    let plan = open.wait(open.store.plan_undo(id))?;
    print(&told(&plan, also_edited, terminal.language))?;
    let args = Args::new().text("batch", id.0.to_string());
    if !terminal.confirm(yes, &ASK.say(terminal.language, &args))? {
        return Ok(None);
    }
    let edited = plan.edited_since.iter().map(|edited| edited.record);
    Ok(Some(edited.filter(|_| also_edited).collect()))
}

fn undo(
    open: &OpenStore,
    (id, also): (BatchId, &BTreeSet<RecordId>),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "Lot { $batch } annulé ; le journal le dit.",
        "Batch { $batch } undone; the journal says so.",
    );
    open.wait(open.store.undo(id, also, &open.author()))?;
    terminal.say(&DONE, &Args::new().text("batch", id.0.to_string()));
    open.close();
    Ok(Exit::Clean)
}

/// Says what undoing would do.
fn told(plan: &UndoPlan, also_edited: bool, language: Language) -> String {
    const GONE: Wording = Wording::new(
        "{ $n -> [one] { $n } fiche disparaît *[other] { $n } fiches disparaissent } : ce lot { $n -> [one] l’avait apportée *[other] les avait apportées }",
        "{ $n -> [one] { $n } record goes *[other] { $n } records go }: this batch had brought { $n -> [one] it *[other] them }",
    );
    const BACK: Wording = Wording::new(
        "{ $n -> [one] { $n } fiche redevient ce qu’elle était *[other] { $n } fiches redeviennent ce qu’elles étaient } avant ce lot",
        "{ $n -> [one] { $n } record is again what it was *[other] { $n } records are again what they were } before this batch",
    );
    const DESTROYED: Wording = Wording::new(
        "{ $n -> [one] { $n } fiche reste telle quelle : son contenu d’avant a *[other] { $n } fiches restent telles quelles : leur contenu d’avant a } été détruit",
        "{ $n -> [one] { $n } record stays as it is: its earlier content was *[other] { $n } records stay as they are: their earlier content was } destroyed",
    );
    const STAY: Wording = Wording::new(
        "{ $n -> [one] { $n } fiche changée depuis reste telle quelle *[other] { $n } fiches changées depuis restent telles quelles } (`--also-edited` les reprend aussi)",
        "{ $n -> [one] { $n } record changed since stays as it is *[other] { $n } records changed since stay as they are } (`--also-edited` takes them back too)",
    );
    const WITH: Wording = Wording::new(
        "{ $n -> [one] { $n } autre fiche de ces personnes reste *[other] { $n } autres fiches de ces personnes restent } avec elles : situation, épisodes et identité vont ensemble",
        "{ $n -> [one] { $n } other record of these persons stays *[other] { $n } other records of these persons stay } with them: situation, episodes and identity go together",
    );
    const LOSE: Wording = Wording::new(
        "{ $n -> [one] { $n } fiche changée depuis perd sa correction *[other] { $n } fiches changées depuis perdent leur correction }",
        "{ $n -> [one] { $n } record changed since loses its correction *[other] { $n } records changed since lose their correction }",
    );
    let edited = if also_edited { &LOSE } else { &STAY };
    let mut text = String::new();
    for (wording, n) in [
        (&GONE, plan.taken_away.len()),
        (&BACK, plan.restored.len()),
        (&DESTROYED, plan.destroyed.len()),
        (edited, plan.edited_since.len()),
        (&WITH, plan.kept_with.len()),
    ] {
        if n > 0 {
            let _ = writeln!(text, "  {}", wording.say(language, &Args::new().count("n", n)));
        }
    }
    plan.edited_since.iter().for_each(|edited| text.push_str(&edited_line(edited, language)));
    text
}

fn edited_line(edited: &EditedSince, language: Language) -> String {
    const LINE: Wording = Wording::new(
        "{ $partner } { $wave } { $person } — le { $at }, par { $who }",
        "{ $partner } { $wave } { $person } — on { $at }, by { $who }",
    );
    let args = Args::new()
        .text("partner", edited.key.partner.as_str())
        .text("wave", edited.key.wave.as_str())
        .text("person", &edited.key.person)
        .text("at", day_and_time(edited.last.at))
        .text("who", &edited.last.who);
    format!("    {}\n", LINE.say(language, &args))
}
