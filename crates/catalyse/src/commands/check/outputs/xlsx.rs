//! Findings as a workbook that goes back to whoever sent the files: one finding a row, ready to be filtered and ticked off.

use std::io::{self, Write};

use catalyse_locale::{Args, Wording};
use catalyse_report::{PlainSheet, plain_workbook};

use super::csv::for_each_row;
use super::{FindingsOutput, Shown};
use crate::commands::check::findings::{groups, severity_label};

/// Writes findings as a workbook with a sheet by check and a sheet of all places.
pub(crate) struct Xlsx;

impl FindingsOutput for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn write(&self, shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        const CHECKS: Wording = Wording::new("Contrôles", "Checks");
        const PLACES: Wording = Wording::new("Constats", "Findings");
        const CHECK_HEADS: Wording = Wording::new(
            "Gravité|Contrôle|Constats|Que faire",
            "Severity|Check|Findings|What to do",
        );
        const PLACE_HEADS: Wording = Wording::new(
            "Gravité|Contrôle|Fichier|Feuille|Ligne|Colonne|Cellule|Variable|Que faire|Corrigé ?",
            "Severity|Check|File|Sheet|Row|Column|Cell|Variable|What to do|Corrected?",
        );
        let say = |wording: &Wording| wording.say(shown.language, &Args::new());
        let heads =
            |wording: &Wording| say(wording).split('|').map(str::to_owned).collect::<Vec<_>>();
        let checks = groups(&shown.reading.findings).into_iter().map(|group| {
            vec![
                severity_label(group.cause.severity).get(shown.language).to_owned(),
                group.cause.check.to_string(),
                group.len().to_string(),
                group.cause.message.say(shown.language),
            ]
        });
        let mut places = Vec::new();
        for_each_row(shown, |severity, row| {
            // The data files have the word of the schemas; here people read.
            let severity = severity_label(severity).get(shown.language).to_owned();
            let cells = row.into_iter().map(str::to_owned);
            let mut row: Vec<String> = std::iter::once(severity).chain(cells).collect();
            row.push(String::new());
            places.push(row);
            Ok(())
        })?;
        let sheets = [
            PlainSheet { name: say(&CHECKS), heads: heads(&CHECK_HEADS), rows: checks.collect() },
            PlainSheet { name: say(&PLACES), heads: heads(&PLACE_HEADS), rows: places },
        ];
        out.write_all(&plain_workbook(&sheets).map_err(io::Error::other)?)
    }
}
