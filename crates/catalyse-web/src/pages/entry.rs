//! One section of a sheet, as it is read and typed.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{
    Answer, Codebook, Form as StudyForm, Grain, Section, Sensitivity, Variable,
};

use super::home::wave_label;
use super::section::Unsaved;
use super::{Page, html, identities, pick};
use crate::form::{
    Box_, FieldView, SectionLink, Sections, Tongues, as_typed, field_view, timeline,
};
use crate::guard::{AtDesk, Visitor};
use crate::live::RowKey;
use crate::sheet::{Desk, shown};
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "sheet.html")]
struct SheetPage {
    page: Page,
    title: String,
    person: String,
    wave: String,
    draft: i64,
    here: String,
    next: String,
    previous: Option<String>,
    sections: Vec<SectionLink>,
    rows: Vec<RowView>,
    /// The repeat form, where episodes can be added.
    repeat: Option<String>,
    drawing: Option<String>,
    lists: Vec<(String, Vec<String>)>,
    notices: Vec<String>,
    /// Whether the accepted record has changed since the sheet was opened.
    has_moved: bool,
}

struct RowView {
    /// The name of an episode, `work-spells.2`; empty for the main row.
    name: String,
    title: String,
    /// Whether it is an episode of the wave before of which nothing was confirmed yet.
    is_proposed: bool,
    fields: Vec<FieldView>,
}

/// Goes to the first section.
pub(crate) async fn first(AtDesk { site, visitor, desk }: AtDesk) -> Response {
    let first = Sections::of(site.codebook(), &visitor.sight).first();
    Redirect::to(&format!("/fiches/{}/{first}", desk.draft.state.id.0)).into_response()
}

/// Shows a section.
pub(crate) async fn show(
    AtDesk { site, visitor, desk }: AtDesk,
    Path((_, name)): Path<(String, String)>,
) -> Result<Response, WebError> {
    page(&site, &visitor, &desk, (&name, Unsaved::default())).await
}

pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
    (name, unsaved): (&str, Unsaved),
) -> Result<Response, WebError> {
    let (language, tongues) = (visitor.language, visitor.tongues());
    let Unsaved { mut notices, boxes } = unsaved;
    let codebook = site.codebook();
    let sections = Sections::of(codebook, &visitor.sight);
    let (form, section) = sections.find(name).ok_or(WebError::Nowhere)?;
    let (previous, next) = sections.beside(name);
    let others = site.presence.others(desk.draft.state.id, visitor.name(), site.now());
    if !others.is_empty() {
        let words =
            pick(language, "Travaille aussi sur cette fiche : ", "Also at work on this record: ");
        notices.push(format!("{words}{}.", others.join(", ")));
    }
    notices.extend(told_at_work(site, visitor, (desk, section)).await?);
    if desk.second.is_some() {
        let words = pick(
            language,
            "Seconde saisie : tapez ce qui est sur le papier, sans regarder la première. L’identité n’est pas comparée, et n’est pas demandée.",
            "Second entry: type what stands on the paper without looking at the first. The identity is not compared, and not asked.",
        );
        notices.push(words.to_owned());
    }
    let asked = section.variables.iter().map(|one| &one.name);
    identities::note(site, visitor, desk, asked.filter(|name| visitor.sight.sees(name))).await?;
    let mut rows = rows(codebook, desk, (form, section), visitor);
    for field in rows.iter_mut().flat_map(|row| &mut row.fields) {
        if let Some(unread) = boxes.get(&field.key) {
            field.value.clone_from(&unread.text);
            field.matches.clone_from(&unread.matches);
        }
    }
    let sheet = SheetPage {
        title: tongues.of(&section.title).to_owned(),
        person: person_of(site, desk, visitor),
        wave: wave_label(site, desk.wave.as_str(), visitor),
        draft: desk.draft.state.id.0,
        here: name.to_owned(),
        next: next.unwrap_or_else(|| "fin".to_owned()),
        previous,
        sections: sections.links(codebook, desk, (name, tongues)),
        lists: lists(codebook, rows.iter().flat_map(|row| &row.fields), tongues),
        rows,
        repeat: (form.grain == Grain::Repeat).then(|| form.name.to_string()),
        drawing: timeline(desk, form, (&visitor.sight, language))
            .filter(|_| form.grain == Grain::Repeat),
        notices,
        has_moved: desk.has_moved,
        page: Page::new(visitor, "/fiches"),
    };
    Ok(html(&sheet))
}

/// Returns the code of the person, or what stands for somebody without one.
pub(crate) fn person_of(site: &Site, desk: &Desk, visitor: &Visitor) -> String {
    match (&desk.second, desk.sheet.main.get(&site.codebook().study.person)) {
        (Some(second), _) => second.person.clone(),
        (None, Some(Answer::Text(code))) => code.clone(),
        (None, _) => pick(visitor.language, "personne nouvelle", "new person").to_owned(),
    }
}

/// Says who opened the sheet, if it was somebody else who is not at it now, who else has a sheet of the same new code, and that an
/// identity is one for all waves.
async fn told_at_work(
    site: &Site,
    visitor: &Visitor,
    (desk, section): (&Desk, &Section),
) -> Result<Vec<String>, WebError> {
    let (language, state) = (visitor.language, &desk.draft.state);
    let mut told = Vec::new();
    let says_who = |one: &Variable| {
        one.sensitivity == Sensitivity::Identifying && visitor.sight.sees(&one.name)
    };
    if state.pseudonym.is_some() && section.variables.iter().any(says_who) {
        let words = pick(
            language,
            "Ce qui dit qui est la personne vaut pour toutes ses vagues : un changement ici les change toutes.",
            "What says who the person is holds for all waves: a change here changes them all.",
        );
        told.push(words.to_owned());
    }
    let is_there = site.presence.others(state.id, visitor.name(), site.now());
    if state.opened_by != visitor.name() && !is_there.contains(&state.opened_by) {
        let words = pick(language, "Cette saisie a été ouverte par", "This entry was opened by");
        told.push(format!(
            "{words} {}, {}.",
            state.opened_by,
            clock::day_and_time(state.opened_at)
        ));
    }
    let code = desk.sheet.main.get(&site.codebook().study.person);
    if let (None, None, Some(Answer::Text(code))) = (&state.pseudonym, &desk.second, code) {
        for opened in site.store.drafts_of_code(&desk.partner, &desk.wave, code).await? {
            if let (true, Some((by, at))) = (opened.draft != state.id, opened.already) {
                let words = pick(
                    language,
                    "Une autre saisie en cours porte le même code. Si c’est la même personne, reprenez celle-là depuis l’accueil et jetez celle-ci ; sinon, changez le code. Elle a été ouverte par",
                    "Another entry under way has the same code. If it is the same person, go on with that one from the start and throw this one away; otherwise change the code. It was opened by",
                );
                told.push(format!("{words} {by}, {}.", clock::day_and_time(at)));
            }
        }
    }
    Ok(told)
}

fn rows(
    codebook: &Codebook,
    desk: &Desk,
    (form, section): (&StudyForm, &Section),
    visitor: &Visitor,
) -> Vec<RowView> {
    let tongues = visitor.tongues();
    let rows = desk.rows(form).into_iter().map(|row| {
        let seen = section.variables.iter().filter(|one| visitor.sight.sees(&one.name));
        let fields = seen.map(|variable| {
            let sight = &*visitor.sight;
            let mut field = field_view(codebook, desk, (&row, variable), (sight, tongues));
            if !field.is_derived && !field.is_fixed && !field.is_done() {
                let before = desk.before.row(&row).and_then(|answers| answers.get(&variable.name));
                field.before = shown(codebook, variable, before, tongues);
                field.before_code = as_typed(codebook, variable, before, tongues);
            }
            field
        });
        let title = match &row {
            RowKey::Main => String::new(),
            RowKey::Repeat(_, number) => format!("{} {number}", tongues.of(&section.title)),
        };
        let is_proposed = desk.is_proposed(&row);
        RowView { name: row.text(), title, is_proposed, fields: fields.collect() }
    });
    rows.collect()
}

/// Lists what the search boxes of a page find, each list once.
pub(super) fn lists<'v>(
    codebook: &Codebook,
    fields: impl Iterator<Item = &'v FieldView>,
    tongues: Tongues,
) -> Vec<(String, Vec<String>)> {
    let mut names: Vec<&str> = fields
        .filter(|field| field.look == Box_::Search)
        .map(|field| field.list.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    let options = |name: &str| {
        let list = codebook.code_lists.values().find(|list| list.name.as_str() == name)?;
        let option =
            list.categories.iter().map(|one| format!("{} – {}", one.code, tongues.of(&one.label)));
        Some((name.to_owned(), option.collect()))
    };
    names.into_iter().filter_map(options).collect()
}
