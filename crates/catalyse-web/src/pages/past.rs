//! A record as it stands and as it ever stood: who changed what, when and why, and the whole of it at each of these times. Read only: nothing
//! is opened for typing. Identities are kept apart and are not on it.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use catalyse_codebook::{Answer, Answers, Codebook, Form, MissingReason, Variable};
use catalyse_store::{Past, PersonId, RecordKey, Revision, changes};
use serde::Deserialize;

use super::home::wave_label;
use super::{Page, html, pick, signed};
use crate::guard::Visitor;
use crate::sheet::shown;
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "past.html")]
struct PastPage {
    page: Page,
    person: String,
    wave: String,
    wave_id: String,
    record: i64,
    states: Vec<StateLine>,
    /// When the state that is shown began.
    shown_since: String,
    is_latest: bool,
    parts: Vec<Part>,
}

/// One change of the record or of its episodes: all that one line of the journal did.
struct StateLine {
    line: u64,
    when: String,
    who: String,
    what: String,
    why: String,
    changed: Vec<ChangeLine>,
    is_shown: bool,
}

struct ChangeLine {
    label: String,
    old: String,
    new: String,
}

/// One section of the record, or one of an episode.
struct Part {
    title: String,
    answers: Vec<(String, String)>,
    /// What is said in place of answers.
    notice: String,
}

/// Names the state that is looked at, by its line in the journal; the last one without.
#[derive(Deserialize)]
pub(crate) struct At {
    etat: Option<u64>,
}

/// What a record of the own centre is about: the gate has looked it up.
pub(crate) struct Kept {
    pub(crate) record: i64,
    pub(crate) person: PersonId,
    pub(crate) key: RecordKey,
}

/// Shows a record and its past.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(kept): Extension<Arc<Kept>>,
    Query(at): Query<At>,
) -> Result<Response, WebError> {
    let mut histories = Vec::new();
    for (id, key) in site.store.places_in(kept.person, &kept.key.wave).await? {
        histories.push((key, site.store.history(id).await?));
    }
    let lines: BTreeSet<u64> =
        histories.iter().flat_map(|(_, past)| past).map(|revision| revision.line.number).collect();
    let last = lines.last().copied().ok_or(WebError::Nowhere)?;
    let line = at.etat.unwrap_or(last);
    if !lines.contains(&line) {
        return Err(WebError::Nowhere);
    }
    let look = Look { codebook: site.codebook(), visitor: &visitor };
    let states: Vec<StateLine> =
        lines.iter().rev().filter_map(|one| look.state(&histories, *one, *one == line)).collect();
    let shown_since = states.iter().find(|state| state.is_shown);
    let shown_since = shown_since.map(|state| state.when.clone()).unwrap_or_default();
    let standing = histories.iter().filter_map(|(key, past)| Some((key, as_of(past, line)?)));
    let parts = standing.flat_map(|(key, revision)| look.parts(key, &revision.was)).collect();
    Ok(html(&PastPage {
        page: Page::new(&visitor, "/"),
        person: kept.key.person.clone(),
        wave: wave_label(&site, kept.key.wave.as_str(), &visitor),
        wave_id: kept.key.wave.to_string(),
        record: kept.record,
        states,
        shown_since,
        is_latest: line == last,
        parts,
    }))
}

type OfRecord = (RecordKey, Vec<Revision>);

/// Returns the revision that stood once a line of the journal was written.
fn as_of(past: &[Revision], line: u64) -> Option<&Revision> {
    past.iter().rfind(|revision| revision.line.number <= line)
}

/// Who looks, and at which study.
struct Look<'s> {
    codebook: &'s Codebook,
    visitor: &'s Visitor,
}

impl Look<'_> {
    /// Says what one line of the journal did to a record and its episodes.
    fn state(&self, histories: &[OfRecord], line: u64, is_shown: bool) -> Option<StateLine> {
        let language = self.visitor.language;
        let of_line =
            |past: &[Revision]| past.iter().position(|revision| revision.line.number == line);
        let here = || histories.iter().filter_map(|(key, past)| Some((key, past, of_line(past)?)));
        let first = here().find_map(|(_, past, index)| past.get(index))?;
        let what = first.line.action.label().get(language).to_owned();
        let batch = pick(language, "lot", "batch");
        let changed = here().flat_map(|(key, past, index)| self.changed(key, past, index));
        Some(StateLine {
            line,
            when: clock::day_and_time(first.line.at),
            who: signed(&first.line.who, language),
            what: match first.line.batch {
                Some(number) => format!("{what}, {batch} {number}"),
                None => what,
            },
            why: first.line.why.clone(),
            changed: changed.collect(),
            is_shown,
        })
    }

    /// Lists what a revision changed, as far as the visitor sees it; nothing for the first of a record, which brings all of it.
    fn changed(&self, key: &RecordKey, past: &[Revision], index: usize) -> Vec<ChangeLine> {
        let answers = |index: Option<usize>| match index.and_then(|index| past.get(index)) {
            Some(Revision { was: Past::Answers(answers), .. }) => answers.clone(),
            _ => Answers::new(),
        };
        if index == 0 && key.form.is_none() {
            return Vec::new();
        }
        let changed = changes(&answers(index.checked_sub(1)), &answers(Some(index)));
        let lines = changed.into_iter().filter_map(|change| {
            let variable = self.codebook.variable(&change.variable)?;
            let is_told = self.visitor.sight.sees(&variable.name) && !variable.is_derived();
            is_told.then(|| ChangeLine {
                label: self.label(key, variable),
                old: self.words(variable, change.old.as_ref()),
                new: self.words(variable, change.new.as_ref()),
            })
        });
        lines.collect()
    }

    /// Lays out what a record said.
    fn parts(&self, key: &RecordKey, was: &Past) -> Vec<Part> {
        let language = self.visitor.language;
        let notice = match was {
            Past::Answers(answers) => return self.sections(key, answers),
            Past::TakenAway => pick(language, "Retiré.", "Taken away."),
            Past::Destroyed => pick(
                language,
                "Effacé : plus personne ne peut le lire.",
                "Erased: nobody can read it any more.",
            ),
        };
        let title = match &key.form {
            None => pick(language, "Fiche", "Record").to_owned(),
            Some(_) => format!("{} {}", pick(language, "Épisode", "Spell"), key.number),
        };
        vec![Part { title, answers: Vec::new(), notice: notice.to_owned() }]
    }

    fn sections(&self, key: &RecordKey, answers: &Answers) -> Vec<Part> {
        let tongues = self.visitor.tongues();
        let is_of = |form: &&Form| match &key.form {
            Some(name) => form.name == *name,
            None => form.grain != catalyse_codebook::Grain::Repeat,
        };
        let sections = self.codebook.forms.iter().filter(is_of).flat_map(|form| &form.sections);
        let parts = sections.map(|section| {
            let title = tongues.of(&section.title);
            let seen = section.variables.iter().filter(|one| self.visitor.sight.sees(&one.name));
            let answered = seen.filter_map(|variable| {
                let answer = answers.get(&variable.name)?;
                let is_asked = answer.missing() != Some(MissingReason::NotApplicable);
                let label = tongues.of(&variable.label).to_owned();
                is_asked.then(|| (label, self.words(variable, Some(answer))))
            });
            Part {
                title: match &key.form {
                    None => title.to_owned(),
                    Some(_) => format!("{title} {}", key.number),
                },
                answers: answered.collect(),
                notice: String::new(),
            }
        });
        parts.filter(|part| !part.answers.is_empty()).collect()
    }

    fn label(&self, key: &RecordKey, variable: &Variable) -> String {
        let label = self.visitor.tongues().of(&variable.label);
        if key.form.is_none() {
            return label.to_owned();
        }
        let spell = pick(self.visitor.language, "épisode", "spell");
        format!("{label} ({spell} {})", key.number)
    }

    fn words(&self, variable: &Variable, answer: Option<&Answer>) -> String {
        let tongues = self.visitor.tongues();
        match answer {
            None => pick(self.visitor.language, "rien", "nothing").to_owned(),
            Some(Answer::Missing(reason)) => tongues.of(&reason.label()).to_owned(),
            answer => shown(self.codebook, variable, answer, tongues),
        }
    }
}
