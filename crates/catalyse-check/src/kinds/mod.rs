//! The check kinds.
//!
//! To add one: write `kinds/my_kind.rs` with a struct that implements [`CheckKind`] and its tests, then add its `mod` line and its line
//! in [`ALL`] below. Nothing else names it: checks do, by the text that `name` returns.

mod expression;
mod national_number;
mod one_of;
mod order;
mod outlier;
mod range;
mod reference;
mod required;
mod same_person;
mod since_last_wave;
mod skip;
mod spelling;
mod sum;
mod type_;
mod unique;

use crate::CheckKind;

/// Lists every check kind in the order of the reference page.
pub const ALL: &[&dyn CheckKind] = &[
    &required::Required,
    &type_::Type,
    &one_of::OneOf,
    &range::Range,
    &unique::Unique,
    &spelling::Spelling,
    &reference::Reference,
    &skip::Skip,
    &order::Order,
    &national_number::NationalNumber,
    &sum::Sum,
    &outlier::Outlier,
    &since_last_wave::SinceLastWave,
    &same_person::SamePerson,
    &expression::Expression,
];

/// Returns the check kind of a name.
pub fn find(name: &str) -> Option<&'static dyn CheckKind> {
    ALL.iter().copied().find(|kind| kind.name() == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use catalyse_codebook::SchemaFiles;
    use catalyse_testkit::StudyText;

    use super::ALL;
    use crate::trial::problems;

    #[test]
    fn names_are_unique_and_no_file_is_forgotten() {
        let names: BTreeSet<String> =
            ALL.iter().map(|kind| kind.name().replace('-', "_")).collect();
        assert_eq!(names.len(), ALL.len());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/kinds");
        let files = std::fs::read_dir(folder).expect("the folder of this file");
        let files: BTreeSet<String> = files
            .filter_map(|file| file.ok()?.file_name().into_string().ok())
            .filter_map(|name| Some(name.strip_suffix(".rs")?.trim_end_matches('_').to_owned()))
            .filter(|name| name != "mod")
            .collect();
        assert_eq!(names, files);
    }

    #[test]
    fn every_example_opens() {
        for kind in ALL {
            let study = StudyText::new()
                .list("licences", "none provisional full")
                .variable("works yes_no")
                .variable("age integer")
                .variable("hours integer")
                .variable("income decimal")
                .variable("licence select_one licences")
                .list("sexes", "F M X")
                .variable("sex select_one sexes")
                .variable("national_number niss")
                .variable("birth_date partial_date")
                .variable("adults integer")
                .variable("children integer")
                .variable("household integer")
                .variable("entry_date partial_date")
                .variable("exit_date date")
                .form("spells", "repeat")
                .variable("number integer")
                .checks(kind.documentation().example);
            assert_eq!(problems(study), "", "{}", kind.name());
        }
    }

    #[test]
    fn every_parameter_of_a_kind_is_documented() {
        for kind in ALL {
            let documentation = kind.documentation();
            for (language, text) in documentation.what.iter().chain(documentation.why.iter()) {
                assert!(text.ends_with('.'), "{} {}", kind.name(), language.tag());
            }
            let file = format!(
                "{}/src/kinds/{}.rs",
                env!("CARGO_MANIFEST_DIR"),
                kind.name().replace('-', "_").replace("type", "type_")
            );
            let code = read(&file);
            for parameter in code.split("params.").skip(1) {
                let Some((method, rest)) = parameter.split_once("(\"") else { continue };
                if !method.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_') {
                    continue;
                }
                let name = rest.split('"').next().unwrap_or_default();
                let is_known = documentation.parameters.iter().any(|known| known.name == name);
                assert!(is_known || name == "variables", "{}: {name}", kind.name());
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a test reads the sources beside it")]
    fn read(path: &str) -> String {
        std::fs::read_to_string(path).expect("a file a kind")
    }

    #[test]
    fn the_checks_of_every_bundled_study_open() {
        let files = SchemaFiles::bundled();
        assert!(files.studies().next().is_some(), "no study is bundled");
        for study in files.studies() {
            let opened = catalyse_codebook::Codebook::open(&files, study);
            crate::trial::open(&opened.expect("the study opens").codebook);
        }
    }
}
