//! Why a pack is not released.

use catalyse_locale::{Args, Message, Wording};

use crate::{AuditReport, Narrowed, OfFew};

/// Names the reason why no table of a pack may leave. No reason holds a count.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A parameter of the policy is out of range, or its mode is unknown.
    #[error("policy {policy}: {problem}")]
    Policy {
        /// The name of the policy.
        policy: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A table has not one cell for each row and column, or a test names a cell that is not there.
    #[error("table {table}: a shape that does not fit its headings")]
    Shape {
        /// The table.
        table: String,
    },
    /// Two tables count the same population differently.
    #[error("tables {first} and {second}: two counts of one population")]
    Contradiction {
        /// The table that came first.
        first: String,
        /// The table that disagrees.
        second: String,
    },
    /// The parts of a table are more than their whole, or persons who came and left do not explain a change.
    #[error("table {table}: parts that do not fit their whole")]
    Sum {
        /// The table.
        table: String,
    },
    /// Many rows of a repeat belong to few persons, so that their number would tell of these persons.
    #[error("tables {}: many rows of few persons", tables_of(.of_few).join(", "))]
    FewPersons {
        /// Where, in the order of the tables.
        of_few: Vec<OfFew>,
    },
    /// The clock ran out before the pack could be protected or attacked.
    #[error("the clock ran out before the pack could be protected")]
    OutOfTime,
    /// The audit could narrow sensitive counts further than the policy allows.
    #[error("{} counts that an attacker could narrow down", .report.n_failed)]
    Narrow {
        /// What the audit found.
        report: Box<AuditReport>,
        /// Where the counts stand, in the order of the tables; a difference between two tables stands in none.
        narrowed: Vec<Narrowed>,
    },
}

/// Lists the tables.
fn tables_of(of_few: &[OfFew]) -> Vec<&str> {
    of_few.iter().map(|of| of.table.as_str()).collect()
}

const POLICY: Wording = Wording::new(
    "politique { $policy } : { $problem }. Corrigez le fichier de la politique.",
    "policy { $policy }: { $problem }. Correct the policy file.",
);
const SHAPE: Wording = Wording::new(
    "tableau { $table } : ses cases ne correspondent pas à ses lignes et colonnes. Aucun tableau n’est diffusé ; signalez ce défaut.",
    "table { $table }: its cells do not fit its rows and columns. No table is released; report this defect.",
);
const CONTRADICTION: Wording = Wording::new(
    "tableaux { $first } et { $second } : la même population y a deux effectifs. Aucun tableau n’est diffusé ; vérifiez les champs des deux tableaux.",
    "tables { $first } and { $second }: the same population has two counts. No table is released; check the universes of both.",
);
const SUM: Wording = Wording::new(
    "tableau { $table } : les parties dépassent leur total. Aucun tableau n’est diffusé ; vérifiez si ses modalités s’excluent.",
    "table { $table }: parts exceed their total. No table is released; check whether its categories exclude each other.",
);
const FEW_PERSONS: Wording = Wording::new(
    "tableaux { $tables } : des cases comptent beaucoup d’épisodes de quelques personnes seulement, dont elles diraient le parcours. Aucun tableau n’est diffusé ; regroupez des modalités ou retirez ces tableaux.",
    "tables { $tables }: some cells count many episodes of a few persons only, whose path they would tell. No table is released; merge categories or leave out these tables.",
);
const OUT_OF_TIME: Wording = Wording::new(
    "protéger ces tableaux ensemble dépasse le temps permis. Aucun tableau n’est diffusé ; ajoutez des fichiers, regroupez des modalités ou retirez des ventilations.",
    "protecting these tables together takes longer than allowed. No table is released; add files, merge categories or leave out breakdowns.",
);
const BETWEEN: Wording = Wording::new(
    "{ $n -> [one] { $n } petit effectif pourrait être deviné *[other] { $n } petits effectifs pourraient être devinés } en comparant les tableaux entre eux. Aucun tableau n’est diffusé ; retirez une ventilation ou ajoutez les fichiers d’autres partenaires.",
    "{ $n -> [one] { $n } small count could be worked out *[other] { $n } small counts could be worked out } by comparing tables with each other. No table is released; leave out a breakdown or add the files of other partners.",
);
const NARROW: Wording = Wording::new(
    "tableaux { $tables } : { $n -> [one] { $n } petit effectif pourrait être deviné *[other] { $n } petits effectifs pourraient être devinés }. Aucun tableau n’est diffusé ; regroupez des modalités ou retirez une ventilation.",
    "tables { $tables }: { $n -> [one] { $n } small count could be worked out *[other] { $n } small counts could be worked out }. No table is released; merge categories or leave out a breakdown.",
);

impl Refusal {
    /// Returns the reason in the languages of the reader.
    pub fn message(&self) -> Message {
        match self {
            Self::Policy { policy, problem } => {
                POLICY.with(Args::new().text("policy", policy).text("problem", *problem))
            }
            Self::Shape { table } => SHAPE.with(Args::new().text("table", table)),
            Self::Contradiction { first, second } => {
                CONTRADICTION.with(Args::new().text("first", first).text("second", second))
            }
            Self::Sum { table } => SUM.with(Args::new().text("table", table)),
            Self::FewPersons { of_few } => {
                FEW_PERSONS.with(Args::new().text("tables", tables_of(of_few).join(", ")))
            }
            Self::OutOfTime => OUT_OF_TIME.with(Args::new()),
            // What failed is a difference between tables and stands in none of them.
            Self::Narrow { report, .. } if report.failed_tables.is_empty() => {
                BETWEEN.with(Args::new().count("n", report.n_failed))
            }
            Self::Narrow { report, .. } => NARROW.with(
                Args::new()
                    .text("tables", report.failed_tables.join(", "))
                    .count("n", report.n_failed),
            ),
        }
    }
}
