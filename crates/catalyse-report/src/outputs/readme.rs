//! `LISEZMOI.txt` (`README.txt` in English): what is in the folder, for someone who opens it in two years.

use std::fmt::Write as _;

use catalyse_locale::{Args, Language, Wording, date, typeset};

use super::{ALL, Output, OutputFile};
use crate::report::Report;
use crate::report::error::ReportError;

/// Makes `LISEZMOI.txt`, `README.txt` in English.
pub(super) struct Readme;

impl Output for Readme {
    fn name(&self) -> &'static str {
        "readme"
    }

    fn purpose(&self) -> Wording {
        Wording::new("cette page", "this page")
    }

    fn place(&self, language: Language) -> String {
        match language {
            Language::Fr => "LISEZMOI.txt",
            Language::En | Language::Nl | Language::De => "README.txt",
        }
        .to_owned()
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        let text = typeset(report.language, &text(report)).replace('\n', "\r\n");
        // Old editors of Windows know UTF-8 only by this mark.
        let bytes = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        Ok(vec![OutputFile { path: self.place(report.language), bytes }])
    }
}

fn text(report: &Report) -> String {
    const HEAD: Wording = Wording::new(
        "{ $title }\n{ $study } – pour { $edition }\nÉtabli le { $day } par catalyse.\n\nDans ce dossier :\n",
        "{ $title }\n{ $study } – for { $edition }\nMade on { $day } by catalyse.\n\nIn this folder:\n",
    );
    const FOOT: Wording = Wording::new(
        "\nAucun fichier ne contient de données de personnes. Les nombres ont été protégés par la politique « { $policy } » ; [c] remplace un nombre confidentiel, [u] une part que trop peu de personnes portent. Dans les tableaux CSV et JSON, un effectif de 0 veut dire : personne, ou trop peu pour le dire.\nOn peut transmettre ce dossier tel quel ; on ne peut pas en refaire les données de départ.\n",
        "\nNo file holds data of persons. The numbers were protected by the policy “{ $policy }”; [c] stands for a confidential number, [u] for a share that too few persons carry. In the CSV and JSON tables, a count of 0 means: nobody, or too few to say.\nThis folder may be passed on as it is; the data it was made from cannot be had from it.\n",
    );
    let language = report.language;
    let day = report.generated_on;
    let args = Args::new()
        .text("title", report.title.as_str())
        .text("study", report.study.as_str())
        .text("edition", report.edition_label.as_str())
        .text(
            "day",
            date(language, day.year(), day.month().unsigned_abs(), day.day().unsigned_abs()),
        )
        .text("policy", report.policy.as_str());
    let mut text = say_lines(&HEAD, language, &args);
    for output in ALL {
        let purpose = output.purpose().say(language, &Args::new());
        let _ = writeln!(text, "  {} : {purpose}", output.place(language));
    }
    text.push_str(&say_lines(&FOOT, language, &args));
    text
}

/// Fills a wording of several lines line by line, because a pattern holds one line.
fn say_lines(wording: &Wording, language: Language, args: &Args) -> String {
    let pattern = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let lines = pattern(&wording.fr).into_iter().zip(pattern(&wording.en));
    lines
        .map(|(fr, en)| Wording { fr: fr.into(), en: en.into() }.say(language, args))
        .collect::<Vec<_>>()
        .join("\n")
}
