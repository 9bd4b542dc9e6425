//! A wave or partner that a name or title tells and the column of the sheet contradicts: the column is followed, and that is told.

use std::collections::BTreeMap;

use catalyse_codebook::{CodeList, RawCell, ReadAs, Value, Variable};
use catalyse_locale::{Args, Message, Wording};
use catalyse_records::column_letters;

use crate::IntakeError;
use crate::columns::origin::{Origin, Told};
use crate::columns::plan::From;
use crate::columns::prepare::Asked;
use crate::formats::Sheets;
use crate::limits::SURVEY_ROWS;
use crate::reader::Reading;
use crate::sheet::choose::Chosen;
use crate::sheet::header::Header;

const CONTRADICTED: Wording = Wording::new(
    "« { $label } » : { $text } dit « { $value } », mais la colonne { $letters } dit autre chose ({ $n -> [one] { $n } ligne *[other] { $n } lignes } sur { $all }). La colonne a été suivie. Vérifier laquelle est juste, et corriger la colonne ou le titre.",
    "`{ $label }`: { $text } says `{ $value }`, but column { $letters } says otherwise ({ $n -> [one] { $n } row *[other] { $n } rows } of { $all }). The column was followed. See which is right, and correct the column or the title.",
);

/// A key whose column is compared with what a text tells.
struct Compared<'a> {
    variable: &'a Variable,
    list: &'a CodeList,
    column: u32,
    position: u16,
    told: Told,
    n_other: usize,
    n_all: usize,
}

impl<'a> Reading<'a, '_> {
    /// Lists what is to be said of the first rows of a sheet whose wave or partner is another than a text tells.
    ///
    /// # Errors
    /// The sheet is damaged.
    pub(crate) fn contradicted(
        &self,
        sheets: &mut dyn Sheets,
        asked: &Asked<'_>,
    ) -> Result<Vec<Message>, IntakeError> {
        let Asked { source, one, header: (header, _), placed, .. } = asked;
        let mut compared = self.compared(one, header, &placed.from);
        if compared.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = sheets.rows(source.0 as usize)?;
        let mut n_rows = 0;
        while n_rows < SURVEY_ROWS
            && let Some(block) = rows.next_block()?
        {
            n_rows += block.rows.len();
            for (row_index, row) in block.rows.iter().enumerate() {
                if row.number > header.row {
                    for one in &mut compared {
                        let said = self.said(one, block.cell(row_index, one.column));
                        one.n_all += usize::from(said.is_some());
                        one.n_other += usize::from(said.is_some_and(|said| said != one.position));
                    }
                }
            }
        }
        Ok(compared.iter().filter(|one| one.n_other > 0).map(Compared::message).collect())
    }

    /// Lists the keys that have a column and that a text tells too.
    fn compared(
        &self,
        one: &Chosen,
        header: &Header,
        from: &BTreeMap<usize, From>,
    ) -> Vec<Compared<'a>> {
        let reader = self.reader;
        let study = &reader.codebook.study;
        let keys = [&study.wave, &study.partner].into_iter();
        let compared = keys.filter_map(|name| {
            let index = reader.heads.position(name)?;
            let column = from.get(&index)?.column()?;
            let (_, variable) = reader.heads.variable(index)?;
            let list = reader.codebook.list_of(variable)?;
            let named = match self.origin(Some(list), one, header) {
                Origin::Found(position, told) => Some((position, told)),
                Origin::None | Origin::Several(..) => None,
            };
            // Where the name of the file says the same as the option, one of them is enough.
            let stated = self.stated(name, Some(list));
            let stated =
                stated.filter(|(stated, _)| named.is_none_or(|(named, _)| named != *stated));
            let told = named.into_iter().chain(stated);
            let compared = told.map(move |(position, told)| Compared {
                variable,
                list,
                column,
                position,
                told,
                n_other: 0,
                n_all: 0,
            });
            Some(compared.collect::<Vec<_>>())
        });
        compared.flatten().collect()
    }

    /// Returns the category that a cell names.
    fn said(&self, one: &Compared<'a>, cell: RawCell<'_>) -> Option<u16> {
        if matches!(cell, RawCell::Empty) {
            return None;
        }
        let words = self.reader.words(one.variable);
        let value = one.variable.value_type.read(cell, ReadAs::default(), words.list.as_ref());
        if let Ok(Value::Code(position)) = value { Some(position) } else { None }
    }
}

impl Compared<'_> {
    fn message(&self) -> Message {
        let category = self.list.categories.get(usize::from(self.position));
        let args = Args::new()
            .label("label", &self.variable.label)
            .label("text", &self.told.label())
            .label("value", &category.map(|category| category.label.clone()).unwrap_or_default())
            .text("letters", column_letters(self.column))
            .count("n", self.n_other as u64)
            .text("all", self.n_all.to_string());
        CONTRADICTED.with(args)
    }
}
