//! What is handed to a person, in words: beside each name and code of the export what it asks and what it says, so that it is read without the
//! codebook. Names and codes stay: another program reads those (GDPR art. 20).

use catalyse_codebook::{Answer, Codebook, VariableName};
use catalyse_locale::{Label, Language};
use serde_json::{Map, Value as Json, json};

/// Reads an export in the words of a study.
pub(super) struct InWords<'c> {
    pub(super) codebook: &'c Codebook,
    pub(super) language: Language,
}

impl InWords<'_> {
    /// Adds the words to all parts of an export.
    pub(super) fn add(&self, part: &mut Json) {
        match part {
            Json::Array(parts) => parts.iter_mut().for_each(|part| self.add(part)),
            Json::Object(object) => {
                for (name, inner) in object.iter_mut() {
                    if name != "answers" && name != "identity" {
                        self.add(inner);
                    }
                }
                let words = self.of(object);
                object.extend(words);
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }

    /// Returns the words of one part.
    fn of(&self, object: &Map<String, Json>) -> Map<String, Json> {
        let mut words = Map::new();
        for name in ["answers", "identity"] {
            if let Some(answers) = object.get(name).and_then(Json::as_object) {
                words.insert(format!("{name}_in_words"), self.answers(answers));
            }
        }
        if let Some(past) = object.get("identity_history").and_then(Json::as_array) {
            let past = past.iter().filter_map(Json::as_object).map(|one| self.answers(one));
            words.insert("identity_history_in_words".into(), past.collect());
        }
        let study = &self.codebook.study;
        let text = |name: &str| object.get(name).and_then(Json::as_str);
        let waves = study.waves.iter().map(|wave| (wave.id.as_str(), &wave.label));
        let partners = study.partners.iter().map(|one| (one.id.as_str(), &one.label));
        let forms = self.codebook.forms.iter().map(|form| (form.name.as_str(), &form.title));
        let known: [(&str, Vec<(&str, &Label)>); 3] =
            [("wave", waves.collect()), ("partner", partners.collect()), ("form", forms.collect())];
        for (name, labels) in known {
            let label = labels.iter().find(|(id, _)| Some(*id) == text(name));
            if let Some((_, label)) = label {
                words.insert(format!("{name}_in_words"), json!(label.get(self.language)));
            }
        }
        if let Some((question, answer)) = text("variable")
            .and_then(|name| self.answer(name, object.get("answer").unwrap_or(&Json::Null)))
        {
            words.insert("question".into(), json!(question));
            words.extend(answer.map(|answer| ("answer_in_words".to_owned(), json!(answer))));
        }
        words
    }

    /// Lists questions and answers, in the order in which they are asked.
    fn answers(&self, answers: &Map<String, Json>) -> Json {
        let variables = self.codebook.forms.iter().flat_map(catalyse_codebook::Form::variables);
        let asked = variables.filter_map(|variable| {
            let (question, answer) =
                self.answer(variable.name.as_str(), answers.get(variable.name.as_str())?)?;
            Some(json!({ "question": question, "answer": answer? }))
        });
        asked.collect()
    }

    /// Returns a question, and its answer if there is one.
    fn answer(&self, name: &str, answer: &Json) -> Option<(String, Option<String>)> {
        let variable = self.codebook.variable(&VariableName::new(name).ok()?)?;
        let answer = Answer::from_json(variable.value_type.storage(), answer);
        let words = answer
            .map(|answer| catalyse_web::in_words(self.codebook, variable, &answer, self.language));
        Some((variable.label.get(self.language).to_owned(), words))
    }
}
