//! One field as a page shows it.

use catalyse_codebook::{Answer, Codebook, FormName, Sensitivity, Variable, VariableName, Widget};
use catalyse_locale::Language;

use super::{Choice, FindingView, Tongues, choices, letter, spelt};
use crate::guard::Sight;
use crate::live::RowKey;
use crate::pages::pick;
use crate::sheet::{Desk, State, field_of, is_long, shown};

/// Says what a field looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Box_ {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A number.
    Number,
    /// A date.
    Date,
    /// A month.
    Month,
    /// One of a few.
    Choice,
    /// Several of a few.
    Choices,
    /// One of many, searched.
    Search,
}

/// Holds one field.
#[expect(clippy::struct_excessive_bools, reason = "a template asks each of them by its name")]
pub(crate) struct FieldView {
    /// The name in forms: `age`, `work-spells.2.spell_start`.
    pub(crate) key: String,
    pub(crate) label: String,
    /// The language the label is in.
    pub(crate) lang: &'static str,
    pub(crate) hint: String,
    pub(crate) definition: String,
    pub(crate) examples: Vec<String>,
    pub(crate) look: Box_,
    /// How an answer is written, for dates and months.
    pub(crate) format: &'static str,
    /// What stands in a box, or the code of a choice.
    pub(crate) value: String,
    pub(crate) choices: Vec<(Choice, bool)>,
    /// The name of the list to search.
    pub(crate) list: String,
    /// The reasons, each with its letter, its name, its words and whether it is picked.
    pub(crate) reasons: Vec<(char, &'static str, String, bool)>,
    /// Whether the question is put to this person.
    pub(crate) is_asked: bool,
    /// Whether the program works it out.
    pub(crate) is_derived: bool,
    /// Whether it cannot be changed here.
    pub(crate) is_fixed: bool,
    pub(crate) is_required: bool,
    pub(crate) is_health: bool,
    /// The version that the page shows.
    pub(crate) seen: u64,
    pub(crate) findings: Vec<FindingView>,
    /// What the wave before says, if the draft was begun from it and nothing was typed yet.
    pub(crate) before: String,
    /// The same as the script puts it into the field: codes of choices.
    pub(crate) before_code: String,
    /// A date or month in words, as it was understood.
    pub(crate) understood: String,
    /// What a text that cannot be read may mean: codes and words.
    pub(crate) matches: Vec<(String, String)>,
}

impl FieldView {
    /// Says whether the field has an answer or a reason.
    pub(crate) fn is_done(&self) -> bool {
        !self.value.is_empty()
            || self.choices.iter().any(|(_, is_chosen)| *is_chosen)
            || self.reasons.iter().any(|(_, _, _, is_picked)| *is_picked)
    }

    /// Returns the name of the look for style sheet and script.
    pub(crate) fn look_name(&self) -> &'static str {
        match self.look {
            Box_::Line => "line",
            Box_::Lines => "lines",
            Box_::Number => "number",
            Box_::Date => "date",
            Box_::Month => "month",
            Box_::Choice => "choice",
            Box_::Choices => "choices",
            Box_::Search => "search",
        }
    }
}

/// Returns the name of a field in forms.
pub(crate) fn field_key(row: &RowKey, variable: &VariableName) -> String {
    match row {
        RowKey::Main => variable.to_string(),
        RowKey::Repeat(..) => format!("{}.{variable}", row.text()),
    }
}

/// Reads the name of a field back.
pub(crate) fn parse_key(key: &str) -> Option<(RowKey, VariableName)> {
    let mut parts = key.rsplitn(3, '.');
    let variable = VariableName::new(parts.next()?).ok()?;
    match (parts.next(), parts.next()) {
        (None, None) => Some((RowKey::Main, variable)),
        (Some(number), Some(form)) => {
            let form = FormName::new(form).ok()?;
            Some((RowKey::Repeat(form, number.parse().ok()?), variable))
        }
        _ => None,
    }
}

/// Makes the view of a field.
pub(crate) fn field_view(
    codebook: &Codebook,
    desk: &Desk,
    (row, variable): (&RowKey, &Variable),
    (sight, tongues): (&Sight, Tongues),
) -> FieldView {
    let findings = desk.seen.findings_at(row, &variable.name);
    let findings = findings.filter(|found| !found.is_of_empty_field() && sight.sees_found(found));
    let standing = Standing {
        typed: desk.sheet.row(row).and_then(|answers| answers.get(&variable.name)),
        worked_out: desk.seen.answer(row, &variable.name),
        state: desk.state(codebook, (row, variable)),
        seen: desk.version(&field_of(row, &variable.name)),
        findings: findings.map(|found| FindingView::of(found, tongues.page)).collect(),
    };
    view(codebook, (row, variable), standing, tongues)
}

/// Makes the view of an empty field that stands in no draft.
pub(crate) fn blank_view(
    codebook: &Codebook,
    (row, variable): (&RowKey, &Variable),
    tongues: Tongues,
) -> FieldView {
    let state = State { is_asked: true, is_fixed: false, is_done: false };
    let standing = Standing { typed: None, worked_out: None, state, seen: 0, findings: Vec::new() };
    view(codebook, (row, variable), standing, tongues)
}

/// What stands in a field.
struct Standing<'d> {
    typed: Option<&'d Answer>,
    worked_out: Option<&'d Answer>,
    state: State,
    seen: u64,
    findings: Vec<FindingView>,
}

fn view(
    codebook: &Codebook,
    (row, variable): (&RowKey, &Variable),
    Standing { typed, worked_out, state, seen, findings }: Standing<'_>,
    tongues: Tongues,
) -> FieldView {
    let list = codebook.list_of(variable);
    let look = look_of(codebook, variable);
    let laid_out = match look {
        Box_::Choice | Box_::Choices => choices(variable, list, tongues),
        Box_::Line | Box_::Lines | Box_::Number | Box_::Date | Box_::Month | Box_::Search => {
            Vec::new()
        }
    };
    let answer = if variable.is_derived() { worked_out } else { typed };
    let value = match (laid_out.is_empty() || variable.is_derived(), answer) {
        (true, answer) => shown(codebook, variable, answer, tongues),
        (false, _) => String::new(),
    };
    FieldView {
        key: field_key(row, &variable.name),
        label: tongues.of(&variable.label).to_owned(),
        lang: tongues.tag(&variable.label),
        hint: tongues.of(&variable.hint).to_owned(),
        definition: tongues.of(&variable.definition).to_owned(),
        examples: variable.examples.iter().map(|one| tongues.of(one).to_owned()).collect(),
        look,
        format: format_of(look, tongues.page),
        value,
        choices: laid_out
            .into_iter()
            .map(|choice| {
                let is_chosen = is_chosen(typed, &choice.code);
                (choice, is_chosen)
            })
            .collect(),
        list: variable.list.as_ref().map(ToString::to_string).unwrap_or_default(),
        reasons: reasons(variable, typed, tongues),
        is_asked: state.is_asked,
        is_derived: variable.is_derived(),
        is_fixed: state.is_fixed,
        is_required: variable.required.is_some(),
        is_health: variable.sensitivity == Sensitivity::Health,
        seen,
        findings,
        before: String::new(),
        before_code: String::new(),
        understood: spelt(variable, answer, tongues.page),
        matches: Vec::new(),
    }
}

fn look_of(codebook: &Codebook, variable: &Variable) -> Box_ {
    match variable.value_type.widget() {
        Widget::Line => Box_::Line,
        Widget::Lines => Box_::Lines,
        Widget::Number => Box_::Number,
        Widget::Date => Box_::Date,
        Widget::Month => Box_::Month,
        Widget::Choices => Box_::Choices,
        Widget::Search => Box_::Search,
        Widget::Choice if is_long(codebook, variable) => Box_::Search,
        Widget::Choice => Box_::Choice,
    }
}

/// Returns how an answer is written.
const fn format_of(look: Box_, language: Language) -> &'static str {
    match look {
        Box_::Date => pick(language, "jj/mm/aa", "dd/mm/yy"),
        Box_::Month => pick(language, "mm/aaaa", "mm/yyyy"),
        Box_::Line | Box_::Lines | Box_::Number | Box_::Choice | Box_::Choices | Box_::Search => "",
    }
}

fn is_chosen(answer: Option<&Answer>, code: &str) -> bool {
    match answer {
        Some(Answer::Boolean(truth)) => code == if *truth { "oui" } else { "non" },
        Some(Answer::Code(chosen)) => chosen == code,
        Some(Answer::Codes(chosen)) => chosen.iter().any(|one| one == code),
        Some(
            Answer::Integer(_)
            | Answer::Decimal(_)
            | Answer::Date(..)
            | Answer::Text(_)
            | Answer::Missing(_),
        )
        | None => false,
    }
}

/// Returns an answer as the script puts it into its field: the codes of choices, else what its box shows.
pub(crate) fn as_typed(
    codebook: &Codebook,
    variable: &Variable,
    answer: Option<&Answer>,
    tongues: Tongues,
) -> String {
    match answer {
        Some(Answer::Boolean(truth)) => if *truth { "oui" } else { "non" }.to_owned(),
        Some(Answer::Code(code)) if look_of(codebook, variable) == Box_::Choice => code.clone(),
        Some(Answer::Codes(codes)) => codes.join(" "),
        other => shown(codebook, variable, other, tongues),
    }
}

/// Lists the reasons that a variable allows. What does not apply is set by the skip, unless the variable itself allows it.
fn reasons(
    variable: &Variable,
    typed: Option<&Answer>,
    tongues: Tongues,
) -> Vec<(char, &'static str, String, bool)> {
    let picked = typed.and_then(Answer::missing);
    variable
        .missing
        .iter()
        .map(|reason| {
            let words = tongues.of(&reason.label()).to_owned();
            (letter(*reason), reason.name(), words, picked == Some(*reason))
        })
        .collect()
}
