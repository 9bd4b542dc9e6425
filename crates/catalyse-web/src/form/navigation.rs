//! The sections of a sheet, in the order they are asked, with what is done in each.

use catalyse_codebook::{Codebook, Form, Section, Severity};

use super::Tongues;
use crate::guard::Sight;
use crate::live::Found;
use crate::sheet::Desk;

/// Holds one section in the list beside the form.
pub(crate) struct SectionLink {
    /// The name in addresses, `situation.household`.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) n_done: usize,
    pub(crate) n_asked: usize,
    /// How many questions that expect an answer have none.
    pub(crate) n_expected: usize,
    pub(crate) n_hard: usize,
    pub(crate) n_soft: usize,
    pub(crate) is_here: bool,
}

/// Holds the sections of a codebook of which a visitor sees something.
pub(crate) struct Sections<'c> {
    all: Vec<(&'c Form, &'c Section)>,
    sight: &'c Sight,
}

impl<'c> Sections<'c> {
    /// Lists the sections of a codebook of which a visitor sees something.
    pub(crate) fn of(codebook: &'c Codebook, sight: &'c Sight) -> Self {
        let all = codebook.forms.iter();
        let all = all.flat_map(|form| form.sections.iter().map(move |section| (form, section)));
        let is_seen = |(_, section): &(&Form, &Section)| {
            section.variables.is_empty()
                || section.variables.iter().any(|one| sight.sees(&one.name))
        };
        Self { all: all.filter(is_seen).collect(), sight }
    }

    /// Returns the name of a section in addresses.
    pub(crate) fn name(form: &Form, section: &Section) -> String {
        format!("{}.{}", form.name, section.name)
    }

    /// Finds a section by its name.
    pub(crate) fn find(&self, name: &str) -> Option<(&'c Form, &'c Section)> {
        self.all.iter().copied().find(|(form, section)| Self::name(form, section) == name)
    }

    /// Returns the name of the first section.
    pub(crate) fn first(&self) -> String {
        self.all.first().map(|(form, section)| Self::name(form, section)).unwrap_or_default()
    }

    /// Returns the name of the section after this one, or of the one before it.
    pub(crate) fn beside(&self, name: &str) -> (Option<String>, Option<String>) {
        let here = self.all.iter().position(|(form, section)| Self::name(form, section) == name);
        let at = |index: Option<usize>| {
            let (form, section) = self.all.get(index?)?;
            Some(Self::name(form, section))
        };
        (at(here.and_then(|index| index.checked_sub(1))), at(here.map(|index| index + 1)))
    }

    /// Finds the section that asks a variable.
    pub(crate) fn of_variable(&self, name: &str) -> Option<String> {
        self.all
            .iter()
            .find(|(_, section)| {
                let mut seen = section.variables.iter().filter(|one| self.sight.sees(&one.name));
                seen.any(|variable| variable.name.as_str() == name)
            })
            .map(|(form, section)| Self::name(form, section))
    }

    /// Lists the sections with what is done in each.
    pub(crate) fn links(
        &self,
        codebook: &Codebook,
        desk: &Desk,
        (here, tongues): (&str, Tongues),
    ) -> Vec<SectionLink> {
        let links = self.all.iter().map(|(form, section)| {
            let (n_done, n_asked) = count(codebook, desk, (form, section), self.sight);
            let name = Self::name(form, section);
            let count = |wanted: &dyn Fn(&Found) -> bool| {
                let seen = desk.seen.findings.iter().filter(|found| self.sight.sees_found(found));
                let found = seen.filter(|found| wanted(found));
                let here = found.filter(|found| {
                    let variable = found.variable.as_ref();
                    variable.is_some_and(|name| {
                        section.variables.iter().any(|variable| variable.name == *name)
                    })
                });
                here.count()
            };
            SectionLink {
                is_here: name == here,
                title: tongues.of(&section.title).to_owned(),
                n_done,
                n_asked,
                n_expected: count(&Found::is_of_empty_field),
                n_hard: count(&|found| is_said(found, Severity::Hard)),
                n_soft: count(&|found| is_said(found, Severity::Soft)),
                name,
            }
        });
        links.collect()
    }
}

/// Says whether a finding is said while the encoder is still typing.
fn is_said(found: &Found, severity: Severity) -> bool {
    found.severity == severity && !found.is_of_empty_field()
}

/// Counts the questions of a section that have an answer or a reason, and those that are asked.
fn count(
    codebook: &Codebook,
    desk: &Desk,
    (form, section): (&Form, &Section),
    sight: &Sight,
) -> (usize, usize) {
    let (mut n_done, mut n_asked) = (0, 0);
    for row in desk.rows(form) {
        for variable in section.variables.iter().filter(|variable| sight.sees(&variable.name)) {
            let state = desk.state(codebook, (&row, variable));
            if variable.is_derived() || state.is_fixed || !state.is_asked {
                continue;
            }
            n_asked += 1;
            n_done += usize::from(state.is_done);
        }
    }
    (n_done, n_asked)
}
