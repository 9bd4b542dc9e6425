//! The pack of a report: its tables counted, then protected together.

use catalyse_codebook::Codebook;
use catalyse_disclose::{Policy, ReleasedPack, Tabulation, release_pack};
use catalyse_locale::{Args, Label, Wording};
use catalyse_report::Definition;
use catalyse_tabulate::{Caseload, TabulateError, adjust_for_multiplicity};

use crate::failure::{Exit, Failure};
use crate::terminal::Terminal;

/// Opens the policy that a command names, or that of the study.
pub fn policy(codebook: &Codebook, name: Option<&str>) -> Result<Policy, Failure> {
    const UNKNOWN: Wording = Wording::new(
        "la politique `{ $name }` ne peut être lue : { $reason }",
        "the policy `{ $name }` cannot be read: { $reason }",
    );
    let name = name.unwrap_or(&codebook.study.policy);
    let wrong = |reason: Label| {
        Failure::new(
            Exit::Usage,
            UNKNOWN.with(Args::new().text("name", name).label("reason", &reason)),
        )
    };
    let table = codebook.policies.get(name);
    let table = table
        .ok_or_else(|| wrong(Label::new("l’étude ne l’a pas", "the study does not have it")))?;
    table.clone().try_into().map_err(|error: toml::de::Error| wrong(Label::same(error.message())))
}

/// Counts all tables of a report. Figures that the caseload cannot fill (one wave only, no episodes) are left out, and that is said.
pub fn tabulate(
    caseload: &Caseload<'_>,
    mut definition: Definition,
    is_by_partner: bool,
    terminal: &Terminal,
) -> Result<(Definition, Vec<Tabulation>), Failure> {
    const LEFT_OUT: Wording =
        Wording::new("Figure laissée de côté : { $reason }", "Figure left out: { $reason }");
    let mut specs = definition.tables();
    if is_by_partner {
        specs.extend(definition.partner_tables());
    }
    let mut tables = Vec::new();
    for spec in specs {
        match catalyse_tabulate::tabulate(caseload, &spec) {
            Ok(table) => tables.push(table),
            Err(error @ (TabulateError::OneWave { .. } | TabulateError::NoEpisodes { .. })) => {
                let reason = error.message().say(terminal.language);
                terminal.say(&LEFT_OUT, &Args::new().text("reason", reason));
                definition.leave_out(&spec.id);
            }
            Err(error) => return Err(error.into()),
        }
    }
    adjust_for_multiplicity(&mut tables);
    Ok((definition, tables))
}

/// Sends the tables through the gate.
pub fn protect(tables: Vec<Tabulation>, policy: &Policy) -> Result<ReleasedPack, Failure> {
    release_pack(tables, policy).map_err(|refusal| Failure::new(Exit::Refused, refusal.message()))
}
