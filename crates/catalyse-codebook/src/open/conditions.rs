//! Confronting the conditions of a study with its forms: each is parsed over the row it will run on.

use std::cell::RefCell;
use std::collections::BTreeSet;

use catalyse_locale::{Args, Wording};

use super::Read;
use crate::calculation::in_a_circle;
use crate::{
    Condition, DateOrder, Fault, Form, Kind, ListIndex, Problem, RawCell, ReadAs, Row, Storage,
    Variable, VariableName,
};

const WRONG_RESULT: Wording = Wording::new(
    "calculation : le résultat est { $kind }, ce que la variable « { $name } » de type { $type } ne peut pas être",
    "calculation: the result is { $kind }, which the variable `{ $name }` of type { $type } cannot be",
);
const CIRCLE: Wording = Wording::new(
    "calculation : « { $name } » dépend de lui-même, par { $others }",
    "calculation: `{ $name }` depends on itself, by { $others }",
);
const LATER: Wording = Wording::new(
    "relevant : « { $name } » est demandé plus loin ; l'encodeur ne peut pas encore y avoir répondu",
    "relevant: `{ $name }` is asked later; the encoder cannot have answered it yet",
);
const ITSELF: Wording = Wording::new(
    "relevant : « { $name } » ne peut pas dépendre de lui-même",
    "relevant: `{ $name }` cannot depend on itself",
);
const WRONG_DEFAULT: Wording = Wording::new(
    "default : ce n'est pas une valeur possible ; { $reason }",
    "default: this is not a possible value; { $reason }",
);
const NO_CALCULATED_CODES: Wording = Wording::new(
    "calculation : un choix multiple ne se calcule pas ; faire une variable yes_no pour chaque modalité",
    "calculation: a multiple choice cannot be calculated; make one yes_no variable for each category",
);

/// Notes every condition that cannot be used.
pub(super) fn look_at(read: &Read, problems: &RefCell<Vec<Problem>>) {
    let conditions = Conditions { read, problems };
    let mut asked = BTreeSet::new();
    for form in &read.codebook.forms {
        conditions.look_at_form(form, &mut asked);
    }
    conditions.look_at_circles();
    conditions.look_at_checks();
    conditions.look_at_groups();
}

struct Conditions<'r> {
    read: &'r Read,
    problems: &'r RefCell<Vec<Problem>>,
}

impl<'r> Conditions<'r> {
    fn note(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    fn place(&self, variable: &Variable, key: &'static str) -> (&str, usize) {
        let place = self.read.lines.get(&(variable.name.clone(), key));
        place.map_or(("", 0), |(file, line)| (file, *line))
    }

    fn note_faults(&self, (file, line): (&str, usize), key: &str, faults: Vec<Fault>) {
        for fault in faults {
            let mut message = fault.message;
            // Both patterns get the key in front; the holes of the fault stay its own.
            message.wording = Wording {
                fr: format!("{key} : {}", message.wording.fr).into(),
                en: format!("{key}: {}", message.wording.en).into(),
            };
            self.note(Problem::error(file, line, message).with_hint(fault.hint));
        }
    }

    fn look_at_form(&self, form: &'r Form, asked: &mut BTreeSet<&'r VariableName>) {
        let row = Row::of_form(&self.read.codebook, &form.name);
        for variable in form.variables() {
            let texts = [
                ("required", variable.required.as_deref()),
                ("constraint", variable.constraint.as_deref()),
            ];
            for (key, text) in texts {
                if let Some(Err(faults)) = text.map(|text| Condition::parse(text, &row)) {
                    self.note_faults(self.place(variable, key), key, faults);
                }
            }
            self.look_at_relevant(variable, &row, asked);
            self.look_at_calculation(variable, &row);
            self.look_at_default(variable);
            asked.insert(&variable.name);
        }
    }

    fn look_at_relevant(
        &self,
        variable: &Variable,
        row: &Row<'_>,
        asked: &BTreeSet<&VariableName>,
    ) {
        let Some(text) = &variable.relevant else { return };
        let (file, line) = self.place(variable, "relevant");
        let condition = match Condition::parse(text, row) {
            Ok(condition) => condition,
            Err(faults) => return self.note_faults((file, line), "relevant", faults),
        };
        for name in &condition.variables {
            let args = Args::new().text("name", name.as_str());
            let is_derived = self.read.codebook.variable(name).is_some_and(Variable::is_derived);
            if *name == variable.name {
                self.note(Problem::error(file, line, ITSELF.with(args)));
            } else if !is_derived && !asked.contains(name) {
                self.note(Problem::warning(file, line, LATER.with(args)));
            }
        }
    }

    fn look_at_calculation(&self, variable: &Variable, row: &Row<'_>) {
        let Some(text) = &variable.calculation else { return };
        let (file, line) = self.place(variable, "calculation");
        let list = self.read.codebook.list_of(variable);
        let storage = variable.value_type.storage();
        if storage == Storage::Codes {
            self.note(Problem::error(file, line, NO_CALCULATED_CODES.with(Args::new())));
            return;
        }
        let condition = match Condition::parse_any(text, row, list) {
            Ok(condition) => condition,
            Err(faults) => return self.note_faults((file, line), "calculation", faults),
        };
        if !fits(&condition.kind, storage, variable) {
            let args = Args::new()
                .label("kind", &condition.kind.label())
                .text("name", variable.name.as_str())
                .text("type", variable.value_type.name());
            self.note(Problem::error(file, line, WRONG_RESULT.with(args)));
        }
    }

    fn look_at_default(&self, variable: &Variable) {
        let Some(text) = &variable.default else { return };
        let index = self.read.codebook.list_of(variable).map(ListIndex::new);
        let read_as = ReadAs { date_order: DateOrder::DayMonthYear, ..ReadAs::default() };
        let read = variable.value_type.read(RawCell::Text(text), read_as, index.as_ref());
        if let Err(unreadable) = read {
            let (file, line) = self.place(variable, "default");
            let reason = catalyse_locale::Label::new(
                unreadable.0.say(catalyse_locale::Language::Fr),
                unreadable.0.say(catalyse_locale::Language::En),
            );
            let args = Args::new().label("reason", &reason);
            self.note(Problem::error(file, line, WRONG_DEFAULT.with(args)));
        }
    }

    fn look_at_circles(&self) {
        let circle = in_a_circle(&self.read.codebook);
        for name in &circle {
            let Some(variable) = self.read.codebook.variable(name) else { continue };
            let others: Vec<&str> =
                circle.iter().filter(|other| *other != name).map(VariableName::as_str).collect();
            let others = if others.is_empty() { name.to_string() } else { others.join(", ") };
            let args = Args::new().text("name", name.as_str()).text("others", others);
            let (file, line) = self.place(variable, "calculation");
            self.note(Problem::error(file, line, CIRCLE.with(args)));
        }
    }

    fn look_at_checks(&self) {
        for check in self.read.codebook.checks.iter().take(self.read.n_own_checks) {
            if self.read.codebook.form(&check.form).is_none() {
                continue;
            }
            let row = Row::of_form_beside_main(&self.read.codebook, &check.form);
            if let Some(Err(faults)) = check.when.as_ref().map(|text| Condition::parse(text, &row))
            {
                self.note_faults((&check.written_at.0, check.written_at.1), "when", faults);
            }
        }
    }

    fn look_at_groups(&self) {
        let row = Row::of_person_wave(&self.read.codebook);
        let groups = self.read.codebook.target_groups.iter().zip(&self.read.group_lines);
        for (group, (file, line)) in groups {
            if let Err(faults) = Condition::parse(&group.condition, &row) {
                self.note_faults((file, *line), "condition", faults);
            }
        }
    }
}

/// Says whether a variable may hold what its calculation gives.
fn fits(kind: &Kind, storage: Storage, variable: &Variable) -> bool {
    match (kind, storage) {
        (Kind::Null | Kind::Unknown, _)
        | (Kind::Boolean, Storage::Boolean)
        | (Kind::Number, Storage::Integer | Storage::Decimal)
        | (Kind::Date, Storage::Date)
        | (Kind::Text, Storage::Text)
        | (Kind::Words(_), Storage::Text | Storage::Code) => true,
        (Kind::Code(list, _), Storage::Code) => variable.list.as_ref() == Some(list),
        (
            Kind::Boolean
            | Kind::Number
            | Kind::Date
            | Kind::Text
            | Kind::Words(_)
            | Kind::Code(..)
            | Kind::Reason,
            _,
        ) => false,
    }
}
