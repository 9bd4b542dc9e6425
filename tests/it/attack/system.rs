//! What ties printed numbers together: sums of a table, sums over partners, and who is among whom.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::{Head, Name, Table};

/// Holds one tie: the counts times their factors are 0, or at most 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tie {
    pub(super) terms: Vec<(usize, i64)>,
    pub(super) is_equal: bool,
}

/// Holds all that a reader knows of who is who.
pub(super) struct System {
    pub(super) names: Vec<Name>,
    pub(super) ties: BTreeSet<Tie>,
    number: BTreeMap<Name, usize>,
}

/// Groups and variables of which the study says that they are the same persons, or that the one are among the other
/// (`groups.toml`, and the calculations of the forms).
const SAME: [(&str, &[&[&str]]); 6] = [
    ("target_groups=low_education", &[&["isced_group=ISCED0-2"]]),
    ("target_groups=young_18_25", &[&["age_group=18-25"]]),
    ("target_groups=aged_55_and_over", &[&["age_group=55+"]]),
    ("target_groups=women_alone_with_children", &[&["lone_parent=true", "gender=F"]]),
    ("target_groups=ris_recipients", &[&["income_sources=ris"]]),
    (
        "target_groups=third_country_nationals",
        &[&["nationality_group=TCN"], &["nationality_group=STLS"], &["nationality_group=UNK"]],
    ),
];
const AMONG: [(&str, &str); 3] = [
    ("disability_wg=true", "target_groups=persons_with_disability"),
    ("is_homeless=true", "target_groups=homeless_or_excluded"),
    ("housing_situation=7", "target_groups=homeless_or_excluded"),
];

impl System {
    /// Collects the ties between the counts of tables.
    pub(super) fn of(tables: &[Table], partners: &[&str]) -> Self {
        let names: BTreeSet<Name> = tables
            .iter()
            .flat_map(|table| table.cells.iter().map(|(name, _)| name.clone()))
            .collect();
        let names: Vec<Name> = names.into_iter().collect();
        let number =
            names.iter().cloned().enumerate().map(|(number, name)| (name, number)).collect();
        let mut system = Self { names, ties: BTreeSet::new(), number };
        for table in tables {
            system.tie_table(table);
        }
        system.tie_partners(partners);
        system.tie_universes();
        system.tie_definitions(partners);
        system
    }

    /// Returns the number of a name.
    pub(super) fn number(&self, name: &Name) -> Option<usize> {
        self.number.get(name).copied()
    }

    fn tie(&mut self, wholes: &[usize], parts: &[usize], is_equal: bool) {
        let mut factors: BTreeMap<usize, i64> = BTreeMap::new();
        for (numbers, factor) in [(wholes, -1), (parts, 1)] {
            for number in numbers {
                *factors.entry(*number).or_default() += factor;
            }
        }
        let terms: Vec<(usize, i64)> =
            factors.into_iter().filter(|(_, factor)| *factor != 0).collect();
        if !terms.is_empty() {
            self.ties.insert(Tie { terms, is_equal });
        }
    }

    /// Adds the sums of rows and columns; where persons may stand in several rows, each row is among those who answered.
    fn tie_table(&mut self, table: &Table) {
        let n_columns = table.columns.len();
        let numbers: Vec<usize> = table.cells.iter().map(|(name, _)| self.number[name]).collect();
        for column in 0..n_columns {
            let line: Vec<usize> =
                (0..table.rows.len()).map(|row| numbers[row * n_columns + column]).collect();
            if table.kind == "summary" {
                // Those whose row is not known have a value too.
                let [categories, answered, missing, total] =
                    ["category", "answered", "missing", "total"]
                        .map(|role| at(&line, &table.rows, role));
                self.tie(&answered, &categories, false);
                self.tie(&total, &[answered, missing].concat(), true);
                continue;
            }
            self.tie_line(&line, &table.rows, table.has_exclusive_rows);
            if !table.has_exclusive_rows {
                let answered = at(&line, &table.rows, "answered");
                let everybody =
                    if answered.is_empty() { at(&line, &table.rows, "total") } else { answered };
                for category in at(&line, &table.rows, "category") {
                    self.tie(&everybody, &[category], false);
                }
            }
        }
        if table.has_all_columns {
            for row in 0..table.rows.len() {
                self.tie_line(&numbers[row * n_columns..][..n_columns], &table.columns, true);
            }
        }
    }

    fn tie_line(&mut self, line: &[usize], heads: &[Head], is_exclusive: bool) {
        let [categories, answered, missing, total] =
            ["category", "answered", "missing", "total"].map(|role| at(line, heads, role));
        if is_exclusive && !answered.is_empty() {
            self.tie(&answered, &categories, true);
        }
        if !total.is_empty() && !answered.is_empty() {
            self.tie(&total, &[answered, missing].concat(), true);
        } else if !total.is_empty() && is_exclusive {
            self.tie(&total, &[categories, missing].concat(), true);
        }
    }

    /// Adds the sums over partners, whatever editions they stand in.
    fn tie_partners(&mut self, partners: &[&str]) {
        for whole in 0..self.names.len() {
            let parts: Vec<usize> = partners
                .iter()
                .filter_map(|partner| {
                    self.number(&self.names[whole].and(&format!("partner={partner}")))
                })
                .collect();
            if parts.len() == partners.len() {
                self.tie(&[whole], &parts, true);
            }
        }
    }

    /// Adds that those with a value, those seen in both waves and those who were asked are among the others.
    fn tie_universes(&mut self) {
        for part in 0..self.names.len() {
            let name = self.names[part].clone();
            let mut wider = Vec::new();
            if name.universe.starts_with("value:") {
                wider.push(Name { universe: "w4".to_owned(), ..name.clone() });
            }
            if let Some(variable) = name.universe.strip_prefix("both:") {
                for wave in ["w1", "w4"] {
                    let seen = format!("{variable}@{wave}=");
                    let codes = name
                        .conditions
                        .iter()
                        .filter_map(|condition| condition.strip_prefix(&seen));
                    let conditions = codes
                        .map(|code| format!("{variable}={code}"))
                        .chain([format!("{variable} answered")]);
                    wider.extend(conditions.map(|condition| Name {
                        universe: wave.to_owned(),
                        conditions: BTreeSet::from([condition]),
                    }));
                }
            }
            for condition in
                name.conditions.iter().filter(|condition| condition.ends_with(" asked"))
            {
                let mut everybody = name.clone();
                everybody.conditions.remove(condition);
                wider.push(everybody);
            }
            for whole in wider.iter().filter_map(|name| self.number(name)).collect::<Vec<_>>() {
                self.tie(&[whole], &[part], false);
            }
        }
    }

    /// Adds what the study's definitions say, for everybody and for each partner.
    fn tie_definitions(&mut self, partners: &[&str]) {
        let of = |condition: &[&str], partner: Option<&str>| {
            let name = Name::last_wave(condition);
            partner.map_or_else(|| name.clone(), |partner| name.and(&format!("partner={partner}")))
        };
        for partner in partners.iter().copied().map(Some).chain([None]) {
            for (whole, parts) in SAME {
                let parts: Option<Vec<usize>> =
                    parts.iter().map(|part| self.number(&of(part, partner))).collect();
                if let (Some(whole), Some(parts)) = (self.number(&of(&[whole], partner)), parts) {
                    self.tie(&[whole], &parts, true);
                }
            }
            for (part, whole) in AMONG {
                if let (Some(part), Some(whole)) =
                    (self.number(&of(&[part], partner)), self.number(&of(&[whole], partner)))
                {
                    self.tie(&[whole], &[part], false);
                }
            }
        }
    }
}

fn at(line: &[usize], heads: &[Head], role: &str) -> Vec<usize> {
    line.iter()
        .zip(heads)
        .filter(|(_, head)| head.role == role)
        .map(|(number, _)| *number)
        .collect()
}
