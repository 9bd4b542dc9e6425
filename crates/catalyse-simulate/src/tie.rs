//! What a study's checks tie to a national number: the birth date, and the sex, that it must say.

use catalyse_codebook::{CheckSpec, Codebook, VariableName};

use crate::cell::Cell;

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

/// Lists the ties of a study: its checks of the kind `national-number`.
pub(crate) fn ties(codebook: &Codebook) -> Vec<Tie> {
    codebook
        .checks
        .iter()
        .filter(|spec| spec.kind == "national-number")
        .filter_map(|spec| tie(codebook, spec))
        .collect()
}

fn tie(codebook: &Codebook, spec: &CheckSpec) -> Option<Tie> {
    let (number, others) = spec.variables.split_first()?;
    let list = others.get(1).and_then(|sex| codebook.list_of(codebook.variable(sex)?));
    let named = match spec.params.get("men") {
        Some(toml::Value::Array(codes)) => codes.iter().filter_map(toml::Value::as_str).collect(),
        Some(toml::Value::String(code)) => vec![code.as_str()],
        _ => Vec::new(),
    };
    let men = named.iter().filter_map(|code| Some(list?.position(code)? as u16)).collect();
    Some(Tie { number: number.clone(), others: others.to_vec(), men })
}
