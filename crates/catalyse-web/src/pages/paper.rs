//! The blank form on paper, with the codes in the margin that entry asks for.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use catalyse_codebook::{Grain, Storage};

use super::{Page, html};
use crate::Site;
use crate::form::{self, Choice, choices, letter, when};
use crate::guard::Visitor;
use crate::sheet::is_long;

#[derive(Template)]
#[template(path = "paper.html")]
struct Paper {
    page: Page,
    study: String,
    sections: Vec<PaperSection>,
    /// The languages it can be printed in.
    offered: Vec<(&'static str, &'static str, bool)>,
}

struct PaperSection {
    title: String,
    /// How often it is printed: a repeat has room for three episodes.
    copies: Vec<usize>,
    questions: Vec<Question>,
}

struct Question {
    number: usize,
    label: String,
    hint: String,
    /// When it is asked, in the words of the questions.
    when: String,
    choices: Vec<Choice>,
    is_several: bool,
    /// The reasons with their letters.
    reasons: String,
}

/// Shows the form for printing.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    let (codebook, tongues) = (site.codebook(), visitor.tongues());
    let mut number = 0;
    let sections = codebook
        .forms
        .iter()
        .flat_map(|form| form.sections.iter().map(move |section| (form, section)));
    let sections = sections.map(|(form, section)| {
        let asked = section.variables.iter().filter(|variable| !variable.is_derived());
        // What the role does not see is not printed for it either: the form is that of the questions it types.
        let asked = asked.filter(|variable| visitor.sight.sees(&variable.name));
        let questions = asked.map(|variable| {
            number += 1;
            let list = codebook.list_of(variable);
            let laid_out = if is_long(codebook, variable) {
                Vec::new()
            } else {
                choices(variable, list, tongues)
            };
            let reasons = variable
                .missing
                .iter()
                .map(|reason| format!("{} {}", letter(*reason), tongues.of(&reason.label())));
            Question {
                number,
                label: tongues.of(&variable.label).to_owned(),
                hint: tongues.of(&variable.hint).to_owned(),
                when: when(codebook, (form, variable), tongues).unwrap_or_default(),
                choices: laid_out,
                is_several: variable.value_type.storage() == Storage::Codes,
                reasons: reasons.collect::<Vec<_>>().join(" · "),
            }
        });
        PaperSection {
            title: tongues.of(&section.title).to_owned(),
            copies: if form.grain == Grain::Repeat { vec![1, 2, 3] } else { vec![0] },
            questions: questions.collect(),
        }
    });
    let sections = sections.filter(|section| !section.questions.is_empty()).collect();
    let study = tongues.of(&codebook.study.title).to_owned();
    let offered = form::offered(codebook, visitor.questions);
    html(&Paper { page: Page::new(&visitor, "/papier"), study, sections, offered })
}
