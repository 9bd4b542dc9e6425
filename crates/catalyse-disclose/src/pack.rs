//! The gate itself: from the tabulations of a pack to its releases.

use catalyse_locale::{Label, Language};

use crate::advice::Remedy;
use crate::audit::{AuditReport, audit};
use crate::draft::Draft;
use crate::linked::Linked;
use crate::modes::{Mode, Protected};
use crate::{
    Cell, Earlier, Heading, Narrowed, OfFew, Policy, PrintedCounts, Refusal, Release, Role,
    Tabulation, Unit, modes, rules,
};

/// After this many counts that had to be protected anew, the pack is refused.
const MOST_LESSONS: usize = 200;
/// How often a pack is protected anew.
const MOST_ROUNDS: usize = 6;
/// The same where earlier editions have taken most of the choice.
const MOST_ROUNDS_AFTER: usize = 20;

/// Holds the tables of a pack that may leave, and what the audit found.
#[derive(Debug)]
pub struct ReleasedPack {
    /// One release for each tabulation, in the same order.
    pub releases: Vec<Release>,
    /// The outcome of the audit.
    pub audit: AuditReport,
    /// All printed counts by population, for the editions that come after.
    pub printed: PrintedCounts,
}

/// Protects all tables of a pack together, attacks the result, and releases it if it holds.
///
/// The tabulations are taken and dropped, so that no true count outlives the gate.
///
/// # Shape
/// One release for each tabulation, in the same order, with the same rows and columns. Their order changes no number.
///
/// # Missing
/// A missing reason is a line like others; a cell without persons prints 0.
///
/// # Errors
/// A [`Refusal`]: no table leaves if tables contradict each other or the audit can narrow a small count.
///
/// # Example
/// ```
/// use catalyse_disclose::*;
/// use catalyse_locale::Label;
///
/// let heading = |key: &str, role| Heading { key: key.to_owned(), label: Label::same(key), role };
/// let axis = |name: &str, headings| Axis {
///     name: name.to_owned(), label: Label::same(name), headings, is_exclusive: true, is_ordered: false,
/// };
/// let cell = |condition: &str, n| Cell {
///     population: Population::new(["wave=2024"]).and(condition), persons: n, count: n, ..Cell::default()
/// };
/// let table = Tabulation {
///     id: "transport".to_owned(),
///     title: Label::new("Moyen de déplacement", "Means of transport"),
///     universe: Label::new("toutes les personnes suivies", "all persons followed"),
///     unit: Unit::Persons,
///     rows: axis("transport", vec![
///         heading("car", Role::Category), heading("bus", Role::Category), heading("answered", Role::Answered),
///     ]),
///     columns: axis("all", vec![heading("total", Role::Total)]),
///     share_of: ShareOf::Column,
///     cells: vec![cell("transport=car", 61), cell("transport=bus", 3), cell("transport IS NOT NULL", 64)],
///     tests: vec![],
///     is_sensitive: false,
///     notes: vec![],
///     background: Background::default(),
/// };
/// let pack = release_pack(vec![table], &Policy::partnership())?;
/// let counts: Vec<_> = (0..3).filter_map(|row| pack.releases[0].cell(row, 0)?.count.value()).collect();
/// assert_eq!(counts, [60, 5, 65]);
/// assert_eq!(pack.releases[0].cell(0, 0).map(|cell| cell.share), Some(ReleasedShare::Percent(92)));
/// assert_eq!(pack.audit.n_failed, 0);
/// # Ok::<(), Refusal>(())
/// ```
pub fn release_pack(
    tabulations: Vec<Tabulation>,
    policy: &Policy,
) -> Result<ReleasedPack, Refusal> {
    release_pack_after(tabulations, &Earlier::default(), policy)
}

/// Does as [`release_pack`] where earlier editions are in the hands of its readers: what they printed stays printed as far as it can.
///
/// # Errors
/// As for [`release_pack`].
#[expect(clippy::needless_pass_by_value, reason = "true counts must not outlive the gate")]
pub fn release_pack_after(
    tabulations: Vec<Tabulation>,
    earlier: &Earlier,
    policy: &Policy,
) -> Result<ReleasedPack, Refusal> {
    let refusal = |problem| Refusal::Policy { policy: policy.name.clone(), problem };
    if let Some(problem) = policy.problem() {
        return Err(refusal(problem));
    }
    let mode = modes::ALL
        .iter()
        .find(|mode| mode.name() == policy.mode)
        .ok_or_else(|| refusal("unknown mode"))?;
    release_with(*mode, (&tabulations, earlier), policy)
}

/// Releases a pack by a given mode.
pub(crate) fn release_with(
    mode: &dyn Mode,
    (tabulations, earlier): (&[Tabulation], &Earlier),
    policy: &Policy,
) -> Result<ReleasedPack, Refusal> {
    refuse_few_persons(tabulations, policy)?;
    let pack = Linked::new(tabulations, earlier, policy)?;
    let Safest { protected, audit, narrowed } = protect_until_safe(mode, &pack, policy)?;
    if audit.n_failed > 0 {
        return Err(Refusal::Narrow { report: Box::new(audit), narrowed });
    }
    let tables = tabulations.iter().zip(&pack.counts.tables);
    let mut drafts: Vec<Draft<'_>> = tables
        .map(|(tabulation, table)| {
            let mut draft = Draft::new(tabulation, table, (&protected, &pack.attendance), policy);
            for rule in rules::ALL {
                rule.apply(&mut draft, policy);
            }
            draft
        })
        .collect();
    rules::adjust(&mut drafts);
    let releases = drafts.into_iter().map(|draft| draft.release).collect();
    let printed = PrintedCounts::of(&pack.counts, &protected);
    Ok(ReleasedPack { releases, audit, printed })
}

/// Refuses tables with a cell of many rows that belong to few persons. Rounding hides how many rows there are by a few; it does not hide
/// that all twenty spells of the only person with spells lie in one cell.
fn refuse_few_persons(tabulations: &[Tabulation], policy: &Policy) -> Result<(), Refusal> {
    let of_rows = tabulations.iter().filter(|table| matches!(table.unit, Unit::Rows(_)));
    let of_few = of_rows.filter_map(|table| cells_of_few(table, policy.threshold_of(table)));
    let of_few: Vec<OfFew> = of_few.collect();
    if of_few.is_empty() { Ok(()) } else { Err(Refusal::FewPersons { of_few }) }
}

/// Names the cells of categories with many rows of few persons, and none where only margins are such; nothing if no cell is.
fn cells_of_few(table: &Tabulation, threshold: u64) -> Option<OfFew> {
    let columns = &table.columns.headings;
    let is_few = |cell: &Cell| (1..threshold).contains(&cell.persons) && cell.count >= threshold;
    let is_inner = |(row, column): &(&Heading, &Heading)| {
        row.role == Role::Category && (columns.len() == 1 || column.role == Role::Category)
    };
    let words = |(row, column): &(&Heading, &Heading)| {
        let both =
            |language| format!("{} × {}", row.label.get(language), column.label.get(language));
        if columns.len() > 1 {
            Label::new(both(Language::Fr), both(Language::En))
        } else {
            row.label.clone()
        }
    };
    let rows = table.rows.headings.iter();
    let heads = rows.flat_map(|row| columns.iter().map(move |column| (row, column)));
    let mut few = heads.zip(&table.cells).filter(|(_, cell)| is_few(cell)).peekable();
    few.peek()?;
    let inner: Vec<_> = few.map(|(heads, _)| heads).filter(is_inner).collect();
    let rows: Vec<&Heading> = inner.iter().map(|(row, _)| *row).collect();
    let remedy = Remedy::of(table, &rows);
    Some(OfFew { table: table.id.clone(), cells: inner.iter().map(words).collect(), remedy })
}

/// Holds the printed numbers that gave the least away, and what of them did.
struct Safest {
    protected: Protected,
    audit: AuditReport,
    narrowed: Vec<Narrowed>,
}

/// Protects and audits; if the audit narrows counts down, protects again with what it taught. Where no answer holds, that of the fewest
/// failures is returned: what was learnt may mend one count and break others.
fn protect_until_safe(
    mode: &dyn Mode,
    pack: &Linked<'_>,
    policy: &Policy,
) -> Result<Safest, Refusal> {
    let mut lessons = Vec::new();
    let most_rounds = if pack.before.is_empty() { MOST_ROUNDS } else { MOST_ROUNDS_AFTER };
    let mut safest: Option<Safest> = None;
    for round in 1.. {
        let protected = mode.protect(pack, policy, &lessons);
        let findings = audit(pack, &protected, (mode, policy));
        if protected.is_out_of_time || findings.is_out_of_time {
            return Err(Refusal::OutOfTime);
        }
        let has_learnt = findings.lessons.iter().any(|lesson| !lessons.contains(lesson));
        lessons.extend(findings.lessons);
        let n_lessons = lessons.len();
        let is_over = !has_learnt || n_lessons > MOST_LESSONS || round == most_rounds;
        let n_failed = findings.report.n_failed;
        // A lesson may cost more than it brings: what failed least says best which tables must go.
        if safest.as_ref().is_none_or(|safest| n_failed <= safest.audit.n_failed) {
            let audit = AuditReport { n_lessons, ..findings.report };
            safest = Some(Safest { protected, audit, narrowed: findings.narrowed });
        }
        if n_failed == 0 || is_over {
            break;
        }
    }
    safest.ok_or(Refusal::OutOfTime)
}
