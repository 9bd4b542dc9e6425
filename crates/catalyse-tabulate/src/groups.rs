//! Target groups as an axis: under which of the study's groups each record stands, and which groups the answers let nobody count.

use std::collections::BTreeMap;

use catalyse_codebook::{Codebook, TargetGroup};
use catalyse_disclose::{Axis, Heading, Role};
use catalyse_locale::{Args, Label, Language, Message, Wording};

use crate::TabulateError;
use crate::answers::MOST_HEADINGS;
use crate::coding::{Coding, everybody};

/// The name of the axis in specifications and tables.
pub(crate) const TARGET_GROUPS: &str = Axis::TARGET_GROUPS;

/// Names the records that a number is taken of together: those of a wave, and of a partner where partners stand side by side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ShownWith {
    pub(crate) wave: Option<u32>,
    pub(crate) partner: Option<u32>,
}

/// Makes the coding of the target groups: one may belong to several, and there is no base but everybody.
///
/// # Missing
/// A record whose answers do not tell (the condition is NULL) is not in the group, and still counts among everybody: what is printed is
/// the least that belong. The axis leaves out a group that the answers of more than half of the persons shown together do not tell, and
/// names one that those of more than one in five do not.
///
/// # Source
/// The two limits are those of Eurostat for the item non-response of EU-SILC: published with a flag above 20 %, not published above 50 %.
pub(crate) fn code_target_groups(
    codebook: &Codebook,
    sides: &[Option<ShownWith>],
    tells: impl Fn(&str) -> Result<Vec<Option<bool>>, TabulateError>,
) -> Result<Coding, TabulateError> {
    let mut bits = vec![0_u128; sides.len()];
    let mut headings = Vec::new();
    let mut conditions = Vec::new();
    let mut doubts = Doubts::default();
    for group in codebook.target_groups.iter().take(MOST_HEADINGS - 1) {
        let tells = tells(&group.condition)?;
        if doubts.note(group, Telling::of(&tells, sides)) == Telling::Untold {
            continue;
        }
        for (bits, tells) in bits.iter_mut().zip(tells) {
            *bits |= u128::from(tells == Some(true)) << headings.len();
        }
        headings.push(Heading {
            key: group.name.to_string(),
            label: group.label.clone(),
            role: Role::Category,
        });
        conditions.push(Some(format!("group={}", group.name)));
    }
    let total = 1_u128 << headings.len();
    headings.push(Heading { key: "total".into(), label: everybody(), role: Role::Total });
    conditions.push(None);
    for bits in &mut bits {
        *bits |= total;
    }
    let label = Label::new("Groupes cibles", "Target groups");
    let axis = Axis {
        name: TARGET_GROUPS.into(),
        label,
        headings,
        is_exclusive: false,
        is_ordered: false,
    };
    // A group may be defined by a health variable; the stricter rules cost little here.
    let notes = doubts.notes();
    Ok(Coding { axis, conditions, universe: None, bits, is_sensitive: true, notes })
}

/// Says how far the answers tell who belongs to a group.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Telling {
    Told,
    /// Those of more than one in five do not.
    InPart,
    /// Those of more than half do not.
    Untold,
}

impl Telling {
    /// Persons who are shown together and fewer than this are not asked: nothing is printed of them ([`catalyse_disclose::Policy`],
    /// `minimum_words_base`).
    const FEWEST: usize = 10;
    /// A group is not named for fewer persons than this whose answers do not tell: the note would count them.
    const FEWEST_UNTOLD: usize = 10;

    /// Returns the worst of all persons who are shown together.
    fn of(tells: &[Option<bool>], sides: &[Option<ShownWith>]) -> Self {
        let mut shown: BTreeMap<ShownWith, (usize, usize)> = BTreeMap::new();
        for (tells, side) in tells.iter().zip(sides) {
            if let Some(side) = side {
                let (n_persons, n_untold) = shown.entry(*side).or_default();
                *n_persons += 1;
                *n_untold += usize::from(tells.is_none());
            }
        }
        let known = shown.values().filter(|(n_persons, _)| *n_persons >= Self::FEWEST);
        let telling = known.map(|(n_persons, n_untold)| match n_untold {
            n if 2 * n > *n_persons => Self::Untold,
            n if 5 * n > *n_persons && *n >= Self::FEWEST_UNTOLD => Self::InPart,
            _ => Self::Told,
        });
        telling.max().unwrap_or(Self::Told)
    }
}

/// Holds the groups that are not told, or in part.
#[derive(Default)]
struct Doubts {
    untold: Vec<Label>,
    in_part: Vec<Label>,
}

impl Doubts {
    fn note(&mut self, group: &TargetGroup, telling: Telling) -> Telling {
        match telling {
            Telling::Told => {}
            Telling::InPart => self.in_part.push(group.label.clone()),
            Telling::Untold => self.untold.push(group.label.clone()),
        }
        telling
    }

    fn notes(&self) -> Vec<Message> {
        const CANNOT_TELL: Wording = Wording::new(
            "Une personne dont les réponses ne permettent pas de dire si elle appartient à un groupe cible n’y est pas comptée ; elle l’est dans l’ensemble.",
            "A person whose answers do not tell whether they belong to a target group is not counted in it; they are in the total.",
        );
        const IN_PART: Wording = Wording::new(
            "Nombres minimaux, parce que les réponses manquent à plus d’une personne sur cinq (à une vague ou chez un partenaire au moins) : { $groups }.",
            "Lowest numbers, because more than one person in five did not answer (at one wave or partner at least): { $groups }.",
        );
        const UNTOLD: Wording = Wording::new(
            "Non montré, parce que les réponses manquent à plus d’une personne sur deux (à une vague ou chez un partenaire au moins) : { $groups }.",
            "Not shown, because more than one person in two did not answer (at one wave or partner at least): { $groups }.",
        );
        let named = |wording: Wording, groups: &[Label]| {
            let list = |language, between| {
                groups.iter().map(|of| of.get(language)).collect::<Vec<_>>().join(between)
            };
            let [fr, en] = [list(Language::Fr, " », « "), list(Language::En, "”, “")];
            let quoted = Label::new(format!("« {fr} »"), format!("“{en}”"));
            (!groups.is_empty()).then(|| wording.with(Args::new().label("groups", &quoted)))
        };
        let named = [named(IN_PART, &self.in_part), named(UNTOLD, &self.untold)];
        [Some(CANNOT_TELL.with(Args::new()))].into_iter().chain(named).flatten().collect()
    }
}
