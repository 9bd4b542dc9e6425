//! What is carried along as data: policies and reports, which other crates read.

use std::collections::BTreeMap;

use super::study::StudyFile;
use super::{Opening, table};

impl Opening<'_> {
    /// Reads the study's own policy and all others that a report may name: those of its folder, then those of `common`.
    pub(super) fn read_policies(
        &self,
        named_in: &str,
        file: &StudyFile,
    ) -> BTreeMap<String, toml::Table> {
        let own = [(format!("policies/{}.toml", file.study.policy), file.policy_line)];
        let mut found: BTreeMap<String, (String, &str)> = BTreeMap::new();
        for folder in [self.study, "common"] {
            let below = format!("{folder}/policies/");
            for (path, text) in self.files.iter() {
                let name = path.strip_prefix(&below).and_then(|rest| rest.strip_suffix(".toml"));
                if let Some(name) = name {
                    found.entry(name.to_owned()).or_insert_with(|| (path.to_owned(), text));
                }
            }
        }
        for (path, text) in self.find_all(named_in, &own) {
            found.insert(file.study.policy.clone(), (path, text));
        }
        let read = found.into_iter().filter_map(|(name, (path, text))| {
            Some((name, self.read_toml(path, text, table::rest_of)?))
        });
        read.collect()
    }

    /// Reads the reports that the study names.
    pub(super) fn read_reports(
        &self,
        named_in: &str,
        names: &[(String, usize)],
    ) -> BTreeMap<String, toml::Table> {
        let mut reports = BTreeMap::new();
        for (name, line) in names {
            let path = format!("reports/{name}.toml");
            let shared = || self.files.get(&path).map(|text| (path.clone(), text));
            match self.files.find(self.study, &path).or_else(shared) {
                Some((path, text)) => {
                    let table = self.read_toml(path, text, table::rest_of).unwrap_or_default();
                    reports.insert(name.clone(), table);
                }
                None => self.no_file(named_in, *line, &path),
            }
        }
        reports
    }
}
