//! `catalyse store purge`: answers whose retention is over are removed, here and in the backups of known folders.

use catalyse_locale::{Args, Wording};
use catalyse_store::{Leaves, Purged};
use jiff::civil::Date;

use super::{tell_lingering, tell_unreached};
use crate::failure::{Exit, Failure};
use crate::store::OpenStore;
use crate::terminal::{Terminal, print};

/// Purges, once what that means was said.
pub(super) fn run(
    open: &OpenStore,
    before: Option<&str>,
    (yes, leaves): (bool, Leaves),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const MEANS: Wording = Wording::new(
        "Purger au { $date } : chaque réponse dont la durée de conservation (`retention_months` de la variable), comptée depuis la fin de la dernière vague de la personne, est passée ce jour-là.",
        "Purging as of { $date }: every answer whose retention (the variable's `retention_months`), counted from the end of the person's last wave, is over on that day.",
    );
    const WHAT: Wording = Wording::new(
        "Cela concerne { $answers -> [one] { $answers } réponse *[other] { $answers } réponses } de { $trimmed -> [one] { $trimmed } personne *[other] { $trimmed } personnes }, et { $erased -> [one] { $erased } personne dont plus rien ne reste *[other] { $erased } personnes dont plus rien ne reste }. CELA NE SE DÉFAIT PAS.",
        "This concerns { $answers -> [one] { $answers } answer *[other] { $answers } answers } of { $trimmed -> [one] { $trimmed } person *[other] { $trimmed } persons }, and { $erased -> [one] { $erased } person *[other] { $erased } persons } of whom nothing is left. THIS CANNOT BE UNDONE.",
    );
    const NOTHING: Wording = Wording::new(
        "Rien n’est à purger à cette date.",
        "Nothing is to be purged as of this day.",
    );
    const DRAFTS: Wording = Wording::new(
        "{ $n -> [one] { $n } brouillon abandonné disparaît *[other] { $n } brouillons abandonnés disparaissent } avec ce qui y est tapé.",
        "{ $n -> [one] { $n } abandoned draft goes *[other] { $n } abandoned drafts go } with what is typed in { $n -> [one] it *[other] them }.",
    );
    const ASK: Wording = Wording::new("Purger ?", "Purge?");
    const DONE: Wording = Wording::new(
        "Purgé : { $answers -> [one] { $answers } réponse *[other] { $answers } réponses } de { $trimmed -> [one] { $trimmed } personne *[other] { $trimmed } personnes } ; { $erased -> [one] { $erased } personne effacée *[other] { $erased } personnes effacées }.",
        "Purged: { $answers -> [one] { $answers } answer *[other] { $answers } answers } of { $trimmed -> [one] { $trimmed } person *[other] { $trimmed } persons }; { $erased -> [one] { $erased } person *[other] { $erased } persons } erased.",
    );
    let date = day(before)?;
    let plan = open.wait(open.store.plan_purge(date, leaves, &open.author()))?;
    terminal.say(&MEANS, &Args::new().text("date", date.to_string()));
    if plan.n_trimmed + plan.n_erased + plan.n_drafts == 0 {
        print(&(NOTHING.say(terminal.language, &Args::new()) + "\n"))?;
        return Ok(Exit::Clean);
    }
    terminal.say(&WHAT, &counts(&plan));
    if plan.n_drafts > 0 {
        terminal.say(&DRAFTS, &Args::new().count("n", plan.n_drafts));
    }
    if !terminal.confirm(yes, &ASK.say(terminal.language, &Args::new()))? {
        return Ok(Exit::Clean);
    }
    let purged = open.wait(open.store.purge(date, leaves, &open.author()))?;
    print(&(DONE.say(terminal.language, &counts(&purged)) + "\n"))?;
    tell_unreached(&purged.unreached, terminal);
    if purged.lingers {
        tell_lingering(terminal);
    }
    save_again(open, &purged.unreached, terminal)?;
    open.close();
    Ok(Exit::Clean)
}

/// Writes a new backup into each folder that is there: those from before no longer open for the persons whose key was replaced.
fn save_again(open: &OpenStore, unreached: &[String], terminal: &Terminal) -> Result<(), Failure> {
    const SAVED: Wording = Wording::new(
        "Nouvelle sauvegarde : { $file }. Celles d’avant la purge ne rendent plus ces personnes.",
        "New backup: { $file }. Those from before the purge no longer give these persons back.",
    );
    for folder in open.wait(open.store.backup_folders())? {
        let is_unreached = unreached.contains(&folder.display().to_string());
        if folder.is_dir() && !is_unreached {
            let done = open.wait(open.store.back_up(&folder, &open.author()))?;
            let file = done.file.display().to_string();
            terminal.say(&SAVED, &Args::new().text("file", file));
        }
    }
    Ok(())
}

fn counts(purged: &Purged) -> Args {
    Args::new()
        .count("answers", purged.n_answers)
        .count("trimmed", purged.n_trimmed)
        .count("erased", purged.n_erased)
}

fn day(before: Option<&str>) -> Result<Date, Failure> {
    const WRONG: Wording = Wording::new(
        "`{ $date }` n’est pas une date. Écrivez-la ainsi : 2026-11-22",
        "`{ $date }` is not a date. Write it like this: 2026-11-22",
    );
    let Some(text) = before else { return Ok(jiff::Zoned::now().date()) };
    let wrong = |_| Failure::new(Exit::Usage, WRONG.with(Args::new().text("date", text)));
    text.parse().map_err(wrong)
}
