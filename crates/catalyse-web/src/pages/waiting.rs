//! What waits for somebody on the start: forms to be keyed a second time, and pairs of entries to be decided.

use std::collections::BTreeMap;

use catalyse_store::{Second, SecondState};

use super::seconds::lines;
use crate::guard::Visitor;
use crate::{Site, WebError};

/// Holds what waits on one slip.
pub(super) struct Wait {
    pub(super) slip: i64,
    /// Forms that the visitor can key a second time, or has begun to.
    pub(super) n_to_type: usize,
    /// Pairs of entries that the visitor can decide.
    pub(super) n_to_decide: usize,
}

/// Counts by slip what the visitor can do about second entries.
pub(super) async fn waiting(
    site: &Site,
    visitor: &Visitor,
    seconds: &[Second],
) -> Result<Vec<Wait>, WebError> {
    let is_open = |second: &&Second| match second.state {
        SecondState::Drawn | SecondState::Typed(_) => true,
        SecondState::Decided(_) => false,
    };
    let open: Vec<Second> = seconds.iter().filter(is_open).cloned().collect();
    let mut waits: BTreeMap<i64, Wait> = BTreeMap::new();
    for (second, line) in open.iter().zip(lines(site, visitor, &open).await?) {
        let slip = second.slip.0;
        let (n_to_type, n_to_decide) = match line.act {
            "type" | "go-on" => (1, 0),
            "decide" => (0, 1),
            _ => continue,
        };
        let wait = waits.entry(slip).or_insert(Wait { slip, n_to_type: 0, n_to_decide: 0 });
        wait.n_to_type += n_to_type;
        wait.n_to_decide += n_to_decide;
    }
    Ok(waits.into_values().collect())
}
