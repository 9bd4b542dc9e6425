//! The gallery: the report of the sample data as it is committed in `reports/gallery`, compared byte for byte.
//!
//! Every file is held by its SHA-256 in `SHA256SUMS`, those of a partner's edition together; some are kept whole, so that a change can be read. Changed figures are a changelog
//! entry of their own.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::golden::{HOW, is_blessing};
use crate::repository::{files_below, root};
use crate::sample::{files_of, report};

const GALLERY: &str = "reports/gallery/tendances";

/// Files that are kept whole: of each kind of drawing one, of each form of table one, and the words of the folder.
fn is_kept(name: &str) -> bool {
    const KEPT: [&str; 9] = [
        "LISEZMOI.txt",
        "figures/age_by_gender.svg",
        "figures/homeless_trend.svg",
        "figures/homeless_change.svg",
        "figures/tenure_by_partner.svg",
        "figures/target_groups_by_partner.svg",
        "figures/housing_situation.svg",
        "tables/housing_situation.csv",
        "tables/housing_situation.json",
    ];
    KEPT.contains(&name)
}

fn sum_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the sum of each file of the partnership's report, and one for each partner's: the sum of its files' list.
fn sums(files: &[(String, Vec<u8>)]) -> BTreeMap<String, String> {
    let mut sums = BTreeMap::new();
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    for (name, bytes) in files {
        let mut parts = name.split('/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("partenaires"), Some(partner), Some(_)) => {
                let list = lists.entry(format!("partenaires/{partner}/")).or_default();
                let _ = writeln!(list, "{}  {name}", sum_of(bytes));
            }
            _ => {
                sums.insert(name.clone(), sum_of(bytes));
            }
        }
    }
    sums.extend(lists.into_iter().map(|(folder, list)| (folder, sum_of(list.as_bytes()))));
    sums
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the gallery is read and written where the tests run"
)]
fn the_report_of_the_sample_data_is_the_one_of_the_gallery() {
    let files = files_of(report());
    let actual = sums(&files);
    let folder = root().join(GALLERY);
    if is_blessing() {
        let _ = std::fs::remove_dir_all(&folder);
        let list: String = actual.iter().flat_map(|(name, sum)| [sum, "  ", name, "\n"]).collect();
        let kept = files.iter().filter(|(name, _)| is_kept(name)).cloned();
        for (name, bytes) in kept.chain([("SHA256SUMS".to_owned(), list.into_bytes())]) {
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().expect("a file has a folder"))
                .expect("the folder can be made");
            std::fs::write(file, bytes).expect("the gallery can be written");
        }
        return;
    }
    let list = std::fs::read_to_string(folder.join("SHA256SUMS")).unwrap_or_default();
    let split =
        |line: &str| line.split_once("  ").map(|(sum, name)| (name.to_owned(), sum.to_owned()));
    let expected: BTreeMap<String, String> = list.lines().filter_map(split).collect();
    let names: std::collections::BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
    let differ: Vec<String> = names
        .into_iter()
        .filter(|name| expected.get(*name) != actual.get(*name))
        .map(|name| match (expected.contains_key(name), actual.contains_key(name)) {
            (true, true) => format!("{name} differs"),
            (true, false) => format!("{name} is no longer written"),
            (false, _) => format!("{name} is new"),
        })
        .collect();
    assert!(differ.is_empty(), "{}\n{HOW}", differ.join("\n"));
}

#[test]
fn the_files_that_are_kept_whole_are_those_of_the_list() {
    let files = files_of(report());
    let kept: Vec<String> =
        files_below(GALLERY).into_iter().filter(|path| !path.ends_with("SHA256SUMS")).collect();
    assert!(kept.len() >= 6, "the gallery keeps {kept:?}");
    for path in kept {
        let name = path.trim_start_matches(GALLERY).trim_start_matches('/');
        let written = files.iter().find(|(other, _)| other == name).map(|(_, bytes)| bytes);
        assert!(
            written == Some(&crate::repository::read_bytes(&path)),
            "{path} is not what the report writes"
        );
    }
}
