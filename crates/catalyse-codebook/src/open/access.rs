//! Reading who sees answers about health: the `[[access]]` of `study.toml`.

use catalyse_locale::{Args, Wording};

use super::table::Table;
use super::word::one_of;
use crate::{Access, Role, Sensitivity};

const TWICE: Wording = Wording::new(
    "le rôle « { $role } » est déjà inscrit pour « { $to } » ; réunir les deux raisons en une",
    "the role `{ $role }` is listed twice for `{ $to }`; put the two reasons into one",
);

/// Reads the lines. Only roles that see single answers can be listed: the others see protected tables, for which nobody has to be listed.
pub(crate) fn read_access(tables: &[Table<'_, '_>]) -> Vec<Access> {
    let mut lines: Vec<Access> = Vec::new();
    for table in tables {
        let Some(line) = read_line(table) else { continue };
        if lines.iter().any(|known| (known.to, known.role) == (line.to, line.role)) {
            let args = Args::new().text("role", line.role.name()).text("to", line.to.name());
            table.source.error(table.line, &TWICE, args);
        }
        lines.push(line);
    }
    lines
}

fn read_line(table: &Table<'_, '_>) -> Option<Access> {
    let strict = [Sensitivity::Health, Sensitivity::Sensitive].map(|one| (one.name(), one));
    let to = table.required_text("to").and_then(|word| one_of(table, "to", &word, &strict));
    let roles = Role::ALL.into_iter().filter(|role| role.may_see_records());
    let roles: Vec<(&str, Role)> = roles.map(|role| (role.name(), role)).collect();
    let role = table.required_text("role").and_then(|word| one_of(table, "role", &word, &roles));
    let reason = table.required_label("reason");
    table.finish();
    Some(Access { to: to?, role: role?, reason })
}
