//! Report definitions: which chapters, figures and tables a report has, as TOML data that a coordinator may change.
//!
//! A wrong key, a missing key or a name used twice is a [`DefinitionProblem`] with file and line. Names of variables and kinds of
//! tables are not known here: the tabulation confronts them with the codebook and may point to [`FigureDefinition::line`].

mod keys;
mod problem;

use catalyse_chart::kinds::{self, ChartKind};
use catalyse_disclose::{Axis, TableSpec, WaveChoice};
use catalyse_locale::Label;
use serde::Deserialize;

pub use keys::{FIGURE_KEYS, TABLE_KEYS};
pub use problem::DefinitionProblem;

/// Holds one report definition.
#[derive(Clone, Debug, Deserialize)]
pub struct Definition {
    /// The name, `tendances`; the report's folder is named after it.
    pub name: String,
    /// The title of the report.
    pub title: Label,
    /// What the report is about, in one or two sentences under the title.
    #[serde(default)]
    pub summary: Label,
    /// What the summary goes on to say if several waves have records: "what changes from wave to wave".
    #[serde(default)]
    pub summary_of_waves: Label,
    /// The same for several partners: "what sets the partners apart".
    #[serde(default)]
    pub summary_of_partners: Label,
    /// The shares that the first page begins with.
    #[serde(default)]
    pub portrait: PortraitDefinition,
    /// What goes on the page "Grandes tendances".
    #[serde(default)]
    pub trends: TrendsDefinition,
    /// What the edition for one partner shows.
    #[serde(default)]
    pub partner_edition: PartnerEdition,
    /// The chapters in order.
    #[serde(rename = "chapter")]
    pub chapters: Vec<ChapterDefinition>,
}

/// Says which shares the first page begins with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PortraitDefinition {
    /// The lines in order; without any there is no portrait.
    pub lines: Vec<PortraitLine>,
}

/// Names one share: a row of a figure's table, of everybody at the last wave.
#[derive(Clone, Debug, Deserialize)]
pub struct PortraitLine {
    /// The figures that have it, by id: the first of them that the report has is read.
    pub figures: Vec<String>,
    /// The code of the row, `unemployed`; nothing means the largest share.
    #[serde(default)]
    pub row: Option<String>,
    /// The words; nothing means the category with the measure. `{ $rows }` in them stands for the category in quotation marks, with those
    /// that are level with it.
    #[serde(default)]
    pub label: Label,
}

impl PortraitLine {
    /// What stands in the words for the category.
    pub const ROWS: &'static str = "{ $rows }";
}

/// Says what goes on the page "Grandes tendances".
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct TrendsDefinition {
    /// How many findings stand on it at most.
    pub limit: usize,
    /// The figures whose tests feed it, by id; empty means all of them.
    pub figures: Vec<String>,
}

impl Default for TrendsDefinition {
    fn default() -> Self {
        Self { limit: 12, figures: Vec::new() }
    }
}

/// Says what the edition for one partner shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PartnerEdition {
    /// The figures that get a further table by partner, by id. Each must be a `frequency` table without columns.
    pub figures: Vec<String>,
}

/// Holds one chapter (*thème*).
#[derive(Clone, Debug, Deserialize)]
pub struct ChapterDefinition {
    /// The name, unique in the report.
    pub id: String,
    /// The title.
    pub title: Label,
    /// A short text above the figures.
    #[serde(default)]
    pub text: Label,
    /// The figures in order.
    #[serde(default, rename = "figure")]
    pub figures: Vec<FigureDefinition>,
}

/// Holds one figure: a table, and the chart drawn from it.
#[derive(Clone, Debug, Deserialize)]
pub struct FigureDefinition {
    /// The table. Its id is the id of the figure.
    pub table: TableSpec,
    /// The kind of chart: `bar`, `stacked`, `dot`, `multiples`, `line`, `heat`, `range`; nothing means the table alone.
    #[serde(default)]
    pub chart: Option<String>,
    /// What is measured, in words; nothing means the label of the variable.
    #[serde(default)]
    pub measure: Label,
    /// The finding in words; nothing means one made from the numbers.
    #[serde(default)]
    pub title: Label,
    /// A note of the authors under the figure.
    #[serde(default)]
    pub note: Label,
    /// The line of the definition's file at which the figure begins.
    #[serde(skip)]
    pub line: usize,
}

impl FigureDefinition {
    /// Returns the name of the figure and of its table.
    pub fn id(&self) -> &str {
        &self.table.id
    }
}

/// The ending of the id of a table made for the partner editions.
const BY_PARTNER: &str = "_by_partner";

impl Definition {
    /// Reads a definition. `file` names it in problems; nothing is opened.
    ///
    /// # Errors
    /// Returns every problem found, by line.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<DefinitionProblem>> {
        let mut problems = keys::confront_keys(file, text);
        if !problems.is_empty() {
            return Err(problems);
        }
        match toml::from_str::<Self>(text) {
            Ok(mut definition) => {
                keys::mark_lines(text, &mut definition);
                problems.extend(keys::confront_names(file, &definition));
                if problems.is_empty() { Ok(definition) } else { Err(problems) }
            }
            Err(error) => {
                let line = error.span().map_or(0, |span| keys::line_at(text, span.start));
                Err(vec![DefinitionProblem::not_readable(file, line, error.message())])
            }
        }
    }

    /// Lists the figures of all chapters in order.
    pub fn figures(&self) -> impl Iterator<Item = &FigureDefinition> {
        self.chapters.iter().flat_map(|chapter| &chapter.figures)
    }

    /// Returns a figure by its id.
    pub fn figure(&self, id: &str) -> Option<&FigureDefinition> {
        self.figures().find(|figure| figure.id() == id)
    }

    /// Leaves out the figure of a table, or the table that a partner edition has of it: the records cannot fill it.
    pub fn leave_out(&mut self, table: &str) {
        for chapter in &mut self.chapters {
            chapter.figures.retain(|figure| figure.id() != table);
        }
        self.chapters.retain(|chapter| !chapter.figures.is_empty());
        self.partner_edition
            .figures
            .retain(|figure| figure != table && partner_table_id(figure) != table);
    }

    /// Returns the definition for a caseload of one partner: nothing is split by partner, because the split would only repeat the whole.
    #[must_use]
    pub fn of_one_partner(self) -> Self {
        self.unsplit(|_| true)
    }

    /// Returns the definition with those tables not split by partner whose records are one partner's alone. Of figures that then show the
    /// same the first one stays.
    #[must_use]
    pub fn unsplit(mut self, is_of_one: impl Fn(&TableSpec) -> bool) -> Self {
        let beside: Vec<String> = self
            .figures()
            .filter(|figure| self.has_partner_table(figure.id()) && !is_of_one(&figure.table))
            .map(|figure| figure.id().to_owned())
            .collect();
        self.partner_edition.figures.retain(|figure| beside.contains(figure));
        let plain = kinds::plainest().map(ChartKind::name).map(str::to_owned);
        let mut shown: Vec<TableSpec> = Vec::new();
        for chapter in &mut self.chapters {
            for figure in &mut chapter.figures {
                if is_split(&figure.table) && is_of_one(&figure.table) {
                    figure.table.columns = None;
                    figure.chart = figure.chart.take().and(plain.clone());
                }
            }
        }
        for chapter in &mut self.chapters {
            chapter.figures.retain(|figure| {
                let table = TableSpec { id: String::new(), ..figure.table.clone() };
                let is_new = !shown.contains(&table);
                shown.push(table);
                is_new
            });
        }
        self.chapters.retain(|chapter| !chapter.figures.is_empty());
        let kept: Vec<String> = self.figures().map(|figure| figure.id().to_owned()).collect();
        self.trends.figures.retain(|figure| kept.contains(figure));
        self
    }

    /// Lists the figures that set partners side by side, in the report of all or in a partner's.
    pub fn split_figures(&self) -> impl Iterator<Item = &FigureDefinition> {
        let is_split = |figure: &&FigureDefinition| {
            is_split(&figure.table) || self.has_partner_table(figure.id())
        };
        self.figures().filter(is_split)
    }

    /// Lists the tables the partnership's report needs.
    pub fn tables(&self) -> Vec<TableSpec> {
        self.figures().map(|figure| figure.table.clone()).collect()
    }

    /// Lists the further tables the partner editions need: those of [`PartnerEdition::figures`] with the partners in the columns.
    ///
    /// They go through the gate in the same pack as the others, because one population has one rounded value over the whole pack.
    pub fn partner_tables(&self) -> Vec<TableSpec> {
        self.figures()
            .filter(|figure| self.has_partner_table(figure.id()))
            // A figure of that name is the same table, and one table is counted once.
            .filter(|figure| self.figure(&partner_table_id(figure.id())).is_none())
            .map(|figure| TableSpec {
                id: partner_table_id(figure.id()),
                columns: Some(Axis::PARTNER.to_owned()),
                ..figure.table.clone()
            })
            .collect()
    }

    /// Says whether the figure has a further table for the partner editions.
    pub fn has_partner_table(&self, id: &str) -> bool {
        self.partner_edition.figures.iter().any(|figure| figure == id)
    }
}

/// Returns the id of the table that a partner edition shows in place of a figure's own.
pub fn partner_table_id(figure: &str) -> String {
    format!("{figure}{BY_PARTNER}")
}

/// Says whether a table has the partners in its columns.
fn is_split(table: &TableSpec) -> bool {
    table.columns.as_deref() == Some(Axis::PARTNER)
}

/// Says whether a table shows one wave only, so that it may be split by partner.
pub(crate) const fn is_one_wave(wave: &WaveChoice) -> bool {
    match wave {
        WaveChoice::Last | WaveChoice::First | WaveChoice::Named(_) => true,
        WaveChoice::Each | WaveChoice::FirstAndLast => false,
    }
}
