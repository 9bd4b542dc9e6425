//! An edition for readers in the browser: page, workbook and an archive of all files, in both languages, of one protected pack.
//!
//! One pack: the same rounded counts stand in both, so that whoever holds the two has nothing to compare.

use std::io::{Cursor, Write};

use catalyse_locale::{Args, Language, Wording};
use catalyse_records::Batch;
use catalyse_report::{Edition, Inputs, Protection, assemble, outputs};
use catalyse_store::EditionFile;
use catalyse_tabulate::{Caseload, RecordCounts};
use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::named::{breaks, named_partners, named_waves};
use super::{defect, definition, deliveries, drawings, pack};
use crate::failure::{Exit, Failure};
use crate::study::OpenedStudy;

/// The languages that the words of a report are in.
const LANGUAGES: [Language; 2] = [Language::Fr, Language::En];

/// Makes the files of the study's report of records: `fr/rapport.html`, the workbook, and `fr/rapport.zip` with all of them, then in English.
pub(crate) fn edition(
    opened: &OpenedStudy,
    (batch, read): (&Batch, &RecordCounts),
    date: Date,
) -> Result<Vec<EditionFile>, Failure> {
    let definition = definition::open(opened, None)?;
    let policy = pack::policy(&opened.codebook, None)?;
    let caseload = Caseload::new(&opened.codebook, batch)?;
    let made = pack::make((&caseload, &opened.codebook), definition, &policy)?;
    let (partners, waves) = (named_partners(&caseload)?, named_waves(&caseload));
    let (breaks, told) = (breaks(&caseload), deliveries::told((&caseload, read), &policy)?);
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
            breaks: breaks.clone(),
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
    Ok(files)
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
