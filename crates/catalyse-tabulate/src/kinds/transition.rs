//! Transitions: from each answer at the first wave to each at the last, the same persons.

use catalyse_disclose::{ShareOf, Tabulation};
use catalyse_locale::{Args, Label, Language, Wording};

use crate::TabulateError;
use crate::kinds::TableKind;
use crate::kinds::change::Panel;
use crate::scope::Scope;

/// Shows where the persons of each category went between the first and the last wave.
///
/// # Shape
/// Rows: the categories at the first wave and everybody seen twice; columns: the same at the last wave. Shares are of the row.
///
/// # Units
/// Distinct persons, unweighted.
///
/// # Missing
/// As for changes.
///
/// # Example
/// `table = { id = "status_moves", kind = "transition", rows = "labour_status", wave = "first-and-last" }`
pub(super) struct Transition;

impl TableKind for Transition {
    fn name(&self) -> &'static str {
        "transition"
    }

    fn tabulate(&self, scope: Scope<'_>) -> Result<Tabulation, TabulateError> {
        // The words around the table speak of the first and the last wave of the report.
        if scope.waves_asked().len() < scope.caseload.waves_present().len() {
            return Err(TabulateError::NotAsked { table: scope.spec.id.clone() });
        }
        let panel = Panel::new(&scope)?;
        let n = panel.answers.axis.headings.len();
        let cells = (0..n)
            .flat_map(|before| (0..n).map(move |after| (before, after)))
            .map(|(before, after)| panel.cell_of_transition(before, after))
            .collect();
        let axis = &panel.answers.axis;
        let at = |name: &str, wave: &Label| {
            let mut side = axis.clone();
            side.name = format!("{}@{name}", axis.name);
            side.label = label_at(&axis.label, wave);
            side
        };
        let waves = panel.wave_axis(&scope);
        let label = |index: usize| {
            waves.headings.get(index).map(|heading| heading.label.clone()).unwrap_or_default()
        };
        Ok(Tabulation {
            id: scope.spec.id.clone(),
            title: axis.label.clone(),
            universe: Panel::universe(&scope),
            unit: scope.unit.clone(),
            rows: at("before", &label(0)),
            columns: at("after", &label(1)),
            share_of: ShareOf::Row,
            cells,
            tests: Vec::new(),
            is_sensitive: scope.is_sensitive || panel.answers.is_sensitive,
            notes: panel.answers.notes.clone(),
            background: panel.background,
        })
    }
}

fn label_at(variable: &Label, wave: &Label) -> Label {
    const AT: Wording = Wording::new("{ $variable }, { $wave }", "{ $variable }, { $wave }");
    let args = Args::new().label("variable", variable).label("wave", wave);
    Label::new(AT.say(Language::Fr, &args), AT.say(Language::En, &args))
}
