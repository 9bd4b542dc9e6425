//! Manifests: versions, features and lints stand in the workspace's own, and say what they are for.

use super::no_offence;
use crate::repository::{manifest, manifests};

#[test]
fn members_take_versions_and_lints_from_the_workspace() {
    let mut offences = Vec::new();
    for (name, manifest) in manifests() {
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace")?.as_bool());
        if lints != Some(true) {
            offences.push(format!("{name}: `[lints] workspace = true` is missing"));
        }
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            for (dependency, value) in dependencies {
                if value.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
                    offences.push(format!(
                        "{name}: {dependency} has a version of its own in [{section}]"
                    ));
                }
                if value.get("features").is_some() {
                    offences.push(format!(
                        "{name}: {dependency} has features of its own in [{section}]"
                    ));
                }
            }
        }
    }
    no_offence("State these once, in the workspace manifest:", &offences);
}

#[test]
fn outside_libraries_come_without_their_default_features() {
    let workspace = manifest("Cargo.toml");
    let dependencies =
        workspace.get("workspace").and_then(|workspace| workspace.get("dependencies")?.as_table());
    let dependencies = dependencies.expect("the workspace has dependencies");
    let with_defaults = dependencies.iter().filter(|(name, value)| {
        let is_outside = !name.starts_with("catalyse-");
        is_outside && value.get("default-features").and_then(toml::Value::as_bool) != Some(false)
    });
    let with_defaults: Vec<String> = with_defaults.map(|(name, _)| name.clone()).collect();
    no_offence("Name the features that are needed and turn the default ones off:", &with_defaults);
}
