//! An edition for readers in the browser: page, workbook and an archive of all files, in both languages, of one protected pack.
//!
//! One pack: the same rounded counts stand in both, so that whoever holds the two has nothing to compare. They are kept beside the files by
//! population, for the editions that come after.

use std::io::{Cursor, Write};

use catalyse_disclose::{Earlier, PrintedCounts};
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_records::Batch;
use catalyse_report::{
    Edition, Inputs, LeftOut, LeftOutReason, Protection, assemble, outputs, say_left_out,
};
use catalyse_store::EditionFile;
use catalyse_tabulate::{Caseload, RecordCounts};
use catalyse_web::MadeEdition;
use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::named::{breaks, definitions, named_partners, named_waves, present};
use super::{defect, definition, deliveries, drawings, pack};
use crate::failure::{Exit, Failure};
use crate::study::OpenedStudy;

/// The languages that the words of a report are in.
const LANGUAGES: [Language; 2] = [Language::Fr, Language::En];

/// Makes the files of the study's report of records: `fr/rapport.html`, the workbook, and `fr/rapport.zip` with all of them, then in English.
pub(crate) fn edition(
    opened: &OpenedStudy,
    (batch, read): (&Batch, &RecordCounts),
    (date, earlier): (Date, &Earlier),
) -> Result<MadeEdition, Failure> {
    let definition = definition::open(opened, None)?;
    let policy = pack::policy(&opened.codebook, None)?;
    let caseload = Caseload::new(&opened.codebook, batch)?;
    let made = pack::make((&caseload, &opened.codebook), definition, (&policy, earlier))?;
    let (partners, waves) = (named_partners(&caseload)?, named_waves(&caseload));
    let present = present(&caseload)?;
    let (breaks, told) =
        (breaks(&caseload), deliveries::told((&caseload, read), (&policy, earlier))?);
    let study = &opened.codebook.study;
    let fonts = drawings::fonts()?;
    let mut files = Vec::new();
    for language in LANGUAGES {
        let inputs = Inputs {
            definition: &made.definition,
            language,
            edition: Edition::Partnership,
            generated_on: date,
            study: study.title.clone(),
            population: study.population.clone(),
            waves: waves.clone(),
            partners: partners.clone(),
            present: present.clone(),
            breaks: breaks.clone(),
            definitions: definitions(&opened.codebook),
            left_out: made.left_out.clone(),
            deliveries: Some(told.clone()),
            releases: &made.pack.releases,
            protection: Protection {
                policy: policy.name.clone(),
                rules: pack::rules(&policy),
                audit: Some(pack::audit_message(&made.pack.audit)),
            },
        };
        let mut report = assemble(&inputs).map_err(|error| defect(&error))?;
        drawings::draw_all(&mut report, &made.pack.releases, &fonts)?;
        files.extend(written(&report, language)?);
    }
    let n_kept_out = deliveries::kept_out((&caseload, read), (&policy, earlier))?;
    let mut printed = made.pack.printed.clone();
    deliveries::note(&mut printed, &told, n_kept_out);
    let bytes = serde_json::to_vec(&printed).map_err(|error| defect(&error))?;
    files.push(EditionFile { name: EditionFile::PRINTED.to_owned(), bytes });
    Ok(MadeEdition { files, n_kept_out, left_out: sentences(&made.left_out) })
}

/// Says in both languages what is left out. Of the reports of single partners nothing is said: an edition has none.
fn sentences(left_out: &[LeftOut]) -> Vec<Label> {
    let is_of_all = |one: &&LeftOut| one.reason != LeftOutReason::Beside;
    let left_out: Vec<LeftOut> = left_out.iter().filter(is_of_all).cloned().collect();
    let [fr, en] = LANGUAGES.map(|language| say_left_out(&left_out, language));
    fr.into_iter().zip(en).map(|(fr, en)| Label::new(fr, en)).collect()
}

/// Reads what earlier editions of a store printed, the oldest first.
pub(crate) fn earlier(kept: &[Vec<u8>]) -> Result<Earlier, Failure> {
    const UNREAD: Wording = Wording::new(
        "les effectifs d’une édition fixée ne se lisent plus ({ $reason }). Aucun rapport n’est fait sans eux : `catalyse store verify` dit si le dépôt est entier.",
        "the counts of a fixed edition cannot be read any more ({ $reason }). No report is made without them: `catalyse store verify` says whether the store is whole.",
    );
    let read = |bytes: &Vec<u8>| serde_json::from_slice::<PrintedCounts>(bytes);
    let editions: Result<Vec<PrintedCounts>, _> = kept.iter().map(read).collect();
    let editions = editions.map_err(|error| {
        Failure::new(Exit::Unreadable, UNREAD.with(Args::new().text("reason", error.to_string())))
    })?;
    Ok(Earlier::of(&editions))
}

/// Returns the files that are offered: those that are one file of the whole, for people, and the archive of all.
fn written(
    report: &catalyse_report::Report,
    language: Language,
) -> Result<Vec<EditionFile>, Failure> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The first day that a ZIP knows stands for the time of each: same input, same bytes.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut offered = Vec::new();
    let name = |path: &str| format!("{}/{path}", language.tag());
    for output in outputs::ALL {
        for file in output.files(report).map_err(|error| defect(&error))? {
            archive.start_file(&file.path, options).map_err(|error| packed(&error))?;
            archive.write_all(&file.bytes).map_err(|error| packed(&error))?;
            let is_offered = output.is_for_people() && !file.path.contains('/');
            if is_offered && (output.is_page() || output.endings().contains(&"xlsx")) {
                offered.push(EditionFile { name: name(&file.path), bytes: file.bytes });
            }
        }
    }
    let bytes = archive.finish().map_err(|error| packed(&error))?.into_inner();
    let all = match language {
        Language::Fr => "rapport.zip",
        Language::En | Language::Nl | Language::De => "report.zip",
    };
    offered.push(EditionFile { name: name(all), bytes });
    Ok(offered)
}

/// Makes the failure of an archive that could not be packed in memory.
fn packed(error: &dyn std::error::Error) -> Failure {
    const PACKED: Wording = Wording::new(
        "les fichiers du rapport n’ont pas pu être mis en archive ({ $reason }). Rien n’est fixé ; réessayez.",
        "the files of the report could not be put into an archive ({ $reason }). Nothing is fixed; try again.",
    );
    Failure::new(Exit::Usage, PACKED.with(Args::new().text("reason", error.to_string())))
}
