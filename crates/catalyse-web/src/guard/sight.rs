//! What a role sees of the answers: all but those about health that the study keeps to other roles, and what is said of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use catalyse_codebook::{CheckId, Codebook, Role, VariableName};
use catalyse_store::StoredFinding;

use crate::double::{Comparable, numbering};
use crate::live::Found;

/// Holds what is kept from a role.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    hidden: BTreeSet<VariableName>,
    /// The checks that speak of a hidden variable or read one.
    checks: BTreeSet<CheckId>,
    /// All checks of the study: what a check that is not among them says is judged by its variable alone.
    known: BTreeSet<CheckId>,
}

/// Holds the sight of every role.
#[derive(Debug)]
pub(crate) struct Sights(BTreeMap<Role, Arc<Sight>>);

impl Sights {
    /// Reads off the study who sees what.
    pub(crate) fn of(codebook: &Codebook) -> Self {
        let sight = |role| {
            let hidden = codebook.hidden_from(role);
            let checks = codebook.checks_touching(&hidden);
            let known = codebook.checks.iter().map(|check| check.id.clone()).collect();
            (role, Arc::new(Sight { hidden, checks, known }))
        };
        Self(Role::ALL.into_iter().map(sight).collect())
    }

    /// Returns the sights while a form is keyed a second time.
    pub(crate) fn of_second(&self, codebook: &Codebook, comparable: &Comparable) -> Self {
        let of_role = |(role, sight): (&Role, &Arc<Sight>)| {
            (*role, Arc::new(sight.of_second(codebook, comparable)))
        };
        Self(self.0.iter().map(of_role).collect())
    }

    /// Returns what a role sees. Who has no role sees what a reader does: no answer about health.
    pub(crate) fn get(&self, role: Option<Role>) -> Arc<Sight> {
        self.0.get(&role.unwrap_or(Role::Reader)).cloned().unwrap_or_default()
    }

    /// Says whether everybody who types sees a variable.
    pub(crate) fn is_open(&self, variable: &VariableName) -> bool {
        let typists = self.0.iter().filter(|(role, _)| role.may_see_answers());
        typists.map(|(_, sight)| sight).all(|sight| sight.sees(variable))
    }
}

impl Sight {
    /// Returns what of it is shown while a form is keyed a second time: what is compared, and what is worked out or fixed. The identity is not
    /// among it, nor what a check says of it.
    pub(crate) fn of_second(&self, codebook: &Codebook, comparable: &Comparable) -> Self {
        let study = &codebook.study;
        let left_out = codebook.forms.iter().flat_map(|form| {
            let numbers = numbering(codebook, &form.name);
            form.variables().filter(move |variable| {
                let name = &variable.name;
                !variable.is_derived()
                    && !comparable.contains(name)
                    && ![&study.wave, &study.partner].contains(&name)
                    && numbers != Some(name)
            })
        });
        let left_out: BTreeSet<VariableName> = left_out.map(|one| one.name.clone()).collect();
        let mut checks = codebook.checks_touching(&left_out);
        checks.extend(self.checks.iter().cloned());
        let hidden = left_out.into_iter().chain(self.hidden.iter().cloned()).collect();
        Self { hidden, checks, known: self.known.clone() }
    }

    /// Says whether nothing is kept from the role.
    pub(crate) fn is_whole(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Says whether the role sees a variable.
    pub(crate) fn sees(&self, variable: &VariableName) -> bool {
        !self.hidden.contains(variable)
    }

    /// Says whether the role sees what a check found.
    pub(crate) fn sees_found(&self, found: &Found) -> bool {
        self.sees_check(&found.check, found.variable.as_ref())
    }

    /// Says whether the role sees a finding of the store.
    pub(crate) fn sees_finding(&self, finding: &StoredFinding) -> bool {
        if self.is_whole() {
            return true;
        }
        let variable = VariableName::new(&finding.variable).ok();
        match CheckId::new(&finding.check) {
            Ok(check) => self.sees_check(&check, variable.as_ref()),
            Err(_) => variable.is_some_and(|variable| self.sees(&variable)),
        }
    }

    /// Says whether the role may be told how often a check found something: it hides nothing, or the check reads nothing that is hidden.
    pub(crate) fn sees_check_named(&self, check: &str) -> bool {
        let check = CheckId::new(check).ok();
        let of_hidden = |check: &CheckId| {
            self.hidden
                .iter()
                .any(|name| check.as_str().split(['.', ':']).any(|part| part == name.as_str()))
        };
        self.is_whole()
            || check.is_some_and(|check| !self.checks.contains(&check) && !of_hidden(&check))
    }

    fn sees_check(&self, check: &CheckId, variable: Option<&VariableName>) -> bool {
        let sees_variable = variable.is_some_and(|variable| self.sees(variable));
        let sees_check = self.known.contains(check) && !self.checks.contains(check);
        self.is_whole()
            || (sees_variable && !self.checks.contains(check))
            || (variable.is_none() && sees_check)
    }
}
