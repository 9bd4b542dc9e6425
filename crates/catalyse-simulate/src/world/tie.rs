//! What a study's checks tie to a national number: the birth date, and the sex, that it must say.

use catalyse_check::kinds;
use catalyse_codebook::{CheckSpec, Codebook, VariableName};

use crate::world::cell::Cell;

/// Holds what one national number must say.
#[derive(Clone, Debug)]
pub(crate) struct Tie {
    /// The variable of the number.
    pub(crate) number: VariableName,
    /// The birth date, then the sex if the check names it.
    pub(crate) others: Vec<VariableName>,
    /// The positions of the codes of sex whose serial number is odd.
    men: Vec<u16>,
}

impl Tie {
    /// Says whether a sex is one whose serial number is odd.
    pub(crate) fn is_man(&self, sex: &Cell) -> bool {
        matches!(sex, Cell::Code(code) if self.men.contains(code))
    }
}

/// Lists the ties of a study: what the kinds of its checks say of such numbers.
pub(crate) fn ties(codebook: &Codebook) -> Vec<Tie> {
    codebook.checks.iter().filter_map(|spec| tie(codebook, spec)).collect()
}

fn tie(codebook: &Codebook, spec: &CheckSpec) -> Option<Tie> {
    let catalyse_check::Tie { number, others, odd } = kinds::find(&spec.kind)?.tie(spec)?;
    let list = others.get(1).and_then(|sex| codebook.list_of(codebook.variable(sex)?));
    let men = odd.iter().filter_map(|code| Some(list?.position(code)? as u16)).collect();
    Some(Tie { number, others, men })
}
