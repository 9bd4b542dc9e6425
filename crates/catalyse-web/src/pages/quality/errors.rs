//! How often a first entry was wrong, by centre and encoder: from the forms that were keyed twice and decided with the paper in view.

use std::collections::BTreeMap;

use catalyse_codebook::PartnerId;
use catalyse_store::SecondState;

use super::{Rate, Unit, centre};
use crate::guard::Visitor;
use crate::pages::pick;
use crate::{Site, WebError};

/// One line of the table.
pub(super) struct Line {
    pub(super) centre: String,
    /// Who keyed first; of the own centre alone.
    pub(super) encoder: String,
    /// How many forms were decided.
    pub(super) n_forms: u64,
    pub(super) rate: Rate,
}

/// On fewer fields one wrong keystroke decides.
const LEAST_FIELDS: u64 = 300;

/// Makes the lines that a visitor may see. The own forms of the visitor are not among them as a line of their own: nobody is judge of oneself.
pub(super) async fn lines(site: &Site, visitor: &Visitor) -> Result<Vec<Line>, WebError> {
    let language = visitor.language;
    let partners: Vec<PartnerId> = match visitor.partner() {
        Some(own) => vec![own.clone()],
        None => site.codebook().study.partners.iter().map(|one| one.id.clone()).collect(),
    };
    let mut lines = Vec::new();
    for partner in partners {
        // By encoder, `None` for all of them together: forms, wrong fields, fields.
        let mut counts: BTreeMap<Option<String>, (u64, u64, u64)> = BTreeMap::new();
        for second in site.store.seconds(&partner).await? {
            let SecondState::Decided(decided) = &second.state else { continue };
            let own = second.first_by == visitor.name();
            let named = visitor.partner().is_some() && !own;
            let encoder = named.then(|| Some(second.first_by.clone()));
            for hand in std::iter::once(None).chain(encoder) {
                let counted = counts.entry(hand).or_default();
                counted.0 += 1;
                counted.1 += decided.n_first_wrong;
                counted.2 += decided.n_fields;
            }
        }
        lines.extend(counts.into_iter().filter_map(|(hand, (n_forms, n_wrong, n_fields))| {
            let unit = (Unit::PerThousand, language);
            let all = pick(language, "tous les encodeurs", "all encoders");
            Some(Line {
                centre: centre(site, partner.as_str(), language),
                encoder: hand.unwrap_or_else(|| all.to_owned()),
                n_forms,
                rate: Rate::of((n_wrong, n_fields), LEAST_FIELDS, unit)?,
            })
        }));
    }
    Ok(lines)
}
