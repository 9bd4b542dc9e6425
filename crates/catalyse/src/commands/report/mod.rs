//! `catalyse report`: the whole way, from deliveries to a folder of pages, workbooks, figures and tables.

pub(crate) mod definition;
mod deliveries;
mod drawings;
mod edition;
mod fixing;
mod named;
mod pack;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use catalyse_codebook::Severity;
use catalyse_disclose::{Earlier, Policy, ReleasedPack};
use catalyse_locale::{Args, Message, Wording};
use catalyse_records::Batch;
use catalyse_report::{
    Break, Definition, Deliveries, Edition, Inputs, LeftOut, Named, Protection, assemble, outputs,
};
use catalyse_tabulate::{Caseload, RecordCounts};
use jiff::civil::Date;

use crate::cli::ReportArgs;
use crate::commands::check::open_checks;
use crate::failure::{Exit, Failure};
use crate::fence::Fence;
use crate::files;
use crate::reading::{self, Keep, Reading};
use crate::store::{Deed, OpenStore};
use crate::study::{self, OpenedStudy};
use crate::terminal::{Progress, Terminal};
pub(crate) use edition::{earlier, edition};
use named::{breaks, definitions, named_partners, named_waves, present};

/// Runs the command.
pub(crate) fn run(args: &ReportArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    if args.store.place.store.is_some() {
        return of_store(args, terminal);
    }
    let early = Fence::early(&args.input);
    let opened = study::open(args.input.study())?;
    let input = opened.settled(&args.input)?;
    place::look_at(&args.out)?;
    let checks = open_checks(&opened.codebook, args.input.study())?;
    let wanted = Wanted::of(args, &opened)?;
    let fence = early.unwrap_or_else(|| Fence::new(&input));
    let reading = reading::read(&checks, (&input, fence), (Keep::Records, terminal))?;
    reading.refuse_unreadable()?;
    tell_findings(&reading, terminal);
    let (batch, read) = reading.accepted_of(&opened.codebook)?;
    let accepted = Accepted { batch, read, earlier: Earlier::default() };
    make(args, (&opened, wanted), &accepted, terminal)
}

/// Makes the report of the records of a store.
fn of_store(args: &ReportArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    const FILES: Wording = Wording::new(
        "un rapport se fait de fichiers ou d’un dépôt, pas des deux à la fois. Retirez les fichiers, ou `--store`.",
        "a report is made of files or of a store, not of both at once. Leave out the files, or `--store`.",
    );
    if !args.input.files.is_empty() {
        return Err(Failure::new(Exit::Usage, FILES.with(Args::new())));
    }
    place::look_at(&args.out)?;
    let named = (&args.store, args.input.study.as_deref());
    let open = OpenStore::open(named, Deed::Report, terminal)?;
    let wanted = Wanted::of(args, &open.opened)?;
    // Asked before the records are read: what changes meanwhile counts as changed since.
    let stands_on = open.wait(open.store.last_line())?;
    let earlier = fixing::earlier_of(args, &open, terminal)?;
    let selected = open.selected_for_report(&args.input)?;
    let checks = open_checks(&selected.codebook, &open.study)?;
    let records = (&selected.laid_out, selected.remembered.chunks.as_slice());
    let reading = reading::confront_stored(&checks, records, Keep::Records)?;
    tell_findings(&reading, terminal);
    let (batch, read) = reading.accepted_of(&selected.codebook)?;
    let accepted = Accepted { batch, read, earlier };
    let date = wanted.date;
    if let Some(note) = &args.edition {
        let wave = fixing::may_fix(args, &open, (note, &accepted.batch))?;
        let exit = make(args, (&open.opened, wanted), &accepted, terminal)?;
        fixing::fix(&open, (wave, note, stands_on), (&accepted, date), terminal)?;
        open.close();
        return Ok(exit);
    }
    open.close();
    let exit = make(args, (&open.opened, wanted), &accepted, terminal)?;
    fixing::tell_unfixed(terminal);
    Ok(exit)
}

/// Holds the records of a report, how many there were before those with a hard finding were left out, and what its readers hold already.
struct Accepted {
    batch: Batch,
    read: RecordCounts,
    earlier: Earlier,
}

/// Holds what is to be made, known before anything is read.
struct Wanted {
    definition: Definition,
    policy: Policy,
    date: Date,
}

impl Wanted {
    fn of(args: &ReportArgs, opened: &OpenedStudy) -> Result<Self, Failure> {
        Ok(Self {
            definition: definition::open(opened, args.report.as_deref())?,
            policy: pack::policy(&opened.codebook, args.policy.as_deref())?,
            date: date_of(args)?,
        })
    }
}

/// Counts, protects, draws and writes.
fn make(
    args: &ReportArgs,
    (opened, wanted): (&OpenedStudy, Wanted),
    accepted: &Accepted,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let caseload = Caseload::new(&opened.codebook, &accepted.batch)?;
    let progress = terminal.progress(4);
    progress.step(TABULATING.say(terminal.language, &Args::new()));
    let Wanted { definition, policy, date } = wanted;
    let pack::Made { definition, pack: protected, left_out, of_few, narrowed } =
        pack::make((&caseload, &opened.codebook), definition, (&policy, &accepted.earlier))?;
    pack::tell_left_out(&left_out, args, terminal);
    pack::tell_rows((&of_few, &narrowed), terminal);
    progress.step(PROTECTING.say(terminal.language, &Args::new()));
    let written = Written {
        args,
        opened,
        definition: &definition,
        policy: &policy,
        date,
        pack: &protected,
        waves: named_waves(&caseload),
        breaks: breaks(&caseload),
        left_out,
        partners: named_partners(&caseload)?,
        present: present(&caseload)?,
        deliveries: deliveries::told((&caseload, &accepted.read), (&policy, &accepted.earlier))?,
    };
    written.write(terminal, &progress)?;
    drop(progress);
    terminal.say(&DONE, &Args::new().text("folder", args.out.display().to_string()));
    Ok(Exit::Clean)
}

const TABULATING: Wording = Wording::new("comptage", "counting");
const PROTECTING: Wording = Wording::new("protection", "protecting");
const DRAWING: Wording = Wording::new("dessin", "drawing");
const WRITING: Wording = Wording::new("écriture", "writing");
const DONE: Wording = Wording::new(
    "Rapport écrit dans { $folder }. Ouvrez { $folder }/rapport.html",
    "Report written to { $folder }. Open { $folder }/report.html",
);

fn date_of(args: &ReportArgs) -> Result<Date, Failure> {
    const WRONG: Wording = Wording::new(
        "`{ $date }` n’est pas une date. Écrivez-la ainsi : 2026-11-22",
        "`{ $date }` is not a date. Write it like this: 2026-11-22",
    );
    match &args.date {
        None => Ok(catalyse_web::day_of(jiff::Timestamp::now())),
        Some(text) => {
            let wrong = |_| Failure::new(Exit::Usage, WRONG.with(Args::new().text("date", text)));
            text.parse().map_err(wrong)
        }
    }
}

/// Says how many records were left out, because a report that hides it would mislead.
fn tell_findings(reading: &Reading, terminal: &Terminal) {
    const SOFT: Wording = Wording::new(
        "{ $soft -> [one] { $soft } constat *[other] { $soft } constats } à vérifier : `catalyse check` les liste. Aucune fiche n’est bloquée.",
        "{ $soft -> [one] { $soft } soft finding *[other] { $soft } soft findings }: `catalyse check` lists them. No record is blocked.",
    );
    const FINDINGS: Wording = Wording::new(
        "{ $hard -> [one] { $hard } constat bloquant *[other] { $hard } constats bloquants } et { $soft } à vérifier : `catalyse check` les liste. Les fiches bloquées ne sont pas dans le rapport.",
        "{ $hard -> [one] { $hard } hard finding *[other] { $hard } hard findings } and { $soft } soft: `catalyse check` lists them. Blocked records are not in the report.",
    );
    let [hard, soft] =
        [Severity::Hard, Severity::Soft].map(|severity| reading.findings.count(severity));
    let args = Args::new().count("hard", hard as u64).count("soft", soft as u64);
    match (hard, soft) {
        (0, 0) => {}
        (0, _) => terminal.say(&SOFT, &args),
        (_, _) => terminal.say(&FINDINGS, &args),
    }
}

/// Holds what the editions of a report share.
struct Written<'a> {
    args: &'a ReportArgs,
    opened: &'a OpenedStudy,
    definition: &'a Definition,
    policy: &'a Policy,
    date: Date,
    pack: &'a ReleasedPack,
    waves: Vec<Named>,
    breaks: Vec<Break>,
    left_out: Vec<LeftOut>,
    partners: Vec<Named>,
    present: BTreeMap<String, BTreeSet<String>>,
    deliveries: Deliveries,
}

impl Written<'_> {
    /// Writes the edition of the partnership and, if asked for, one for each partner.
    fn write(&self, terminal: &Terminal, progress: &Progress) -> Result<(), Failure> {
        let fonts = drawings::fonts()?;
        place::clear(&self.args.out)?;
        let mut editions = vec![(Edition::Partnership, self.args.out.clone())];
        if self.args.by.is_some() {
            let of = |partner: &Named| self.args.out.join(place::PARTNERS).join(&partner.key);
            let partners = self.partners.iter();
            editions.extend(
                partners.map(|partner| (Edition::Partner(partner.key.clone()), of(partner))),
            );
        }
        progress.step(DRAWING.say(terminal.language, &Args::new()));
        for (edition, folder) in editions {
            let inputs = self.inputs(edition, terminal);
            let mut report = assemble(&inputs).map_err(|error| defect(&error))?;
            if report.holds_totals_only() {
                terminal.note(&report.own_numbers.text);
            }
            drawings::draw_all(&mut report, &self.pack.releases, &fonts)?;
            write_outputs(&report, &folder)?;
        }
        progress.step(WRITING.say(terminal.language, &Args::new()));
        Ok(())
    }

    fn inputs(&self, edition: Edition, terminal: &Terminal) -> Inputs<'_> {
        let study = &self.opened.codebook.study;
        let protection = Protection {
            policy: self.policy.name.clone(),
            rules: pack::rules(self.policy),
            audit: Some(pack::audit_message(&self.pack.audit)),
        };
        Inputs {
            definition: self.definition,
            language: terminal.language,
            edition,
            generated_on: self.date,
            study: study.title.clone(),
            population: study.population.clone(),
            waves: self.waves.clone(),
            partners: self.partners.clone(),
            present: self.present.clone(),
            breaks: self.breaks.clone(),
            definitions: definitions(&self.opened.codebook),
            left_out: self.left_out.clone(),
            deliveries: Some(self.deliveries.clone()),
            releases: &self.pack.releases,
            protection,
        }
    }
}

fn write_outputs(report: &catalyse_report::Report, folder: &Path) -> Result<(), Failure> {
    for output in outputs::ALL {
        for file in output.files(report).map_err(|error| defect(&error))? {
            files::write(&folder.join(&file.path), &file.bytes)?;
        }
    }
    Ok(())
}

/// Makes the failure of what should not happen with a study that lint finds clean.
pub(crate) fn defect(error: &dyn std::error::Error) -> Failure {
    const DEFECT: Wording = Wording::new(
        "le rapport n’a pas pu être composé ({ $reason }). `catalyse codebook lint` aide à trouver pourquoi.",
        "the report could not be put together ({ $reason }). `catalyse codebook lint` helps to find out why.",
    );
    let message: Message = DEFECT.with(Args::new().text("reason", error.to_string()));
    Failure::new(Exit::Usage, message)
}
