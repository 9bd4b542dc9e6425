//! `catalyse store rectify`: the identity of a person corrected. The answers come from a file: on the command line every user of the machine
//! could read them.

use std::collections::BTreeMap;
use std::path::Path;

use catalyse_codebook::{
    Answer, Answers, ListIndex, RawCell, ReadAs, Sensitivity, Variable, VariableName, nearest,
};
use catalyse_locale::{Args, Wording};

use super::person::find;
use crate::cli::PersonArgs;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::store::OpenStore;
use crate::terminal::Terminal;

/// Corrects an identity: what the file names is replaced, the rest stays.
pub(super) fn run(
    open: &OpenStore,
    (args, from): (&PersonArgs, &Path),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "Identité corrigée : { $names }. Effacez { $file } : il dit qui est la personne.",
        "Identity corrected: { $names }. Remove { $file }: it says who the person is.",
    );
    const AGE: Wording = Wording::new(
        "Ce qui se calcule de l’identité (l’âge) suit au prochain import ou à la prochaine saisie de la fiche.",
        "What follows from the identity (the age) is worked out again when the record is next imported or typed.",
    );
    let corrected = answers(open, from)?;
    let person = find(open, args)?;
    let mut identity = open.wait(open.store.identity(person.id, &open.author()))?;
    let names: Vec<&str> = corrected.keys().map(VariableName::as_str).collect();
    let words =
        Args::new().text("names", names.join(", ")).text("file", from.display().to_string());
    identity.extend(corrected.clone());
    open.wait(open.store.rectify(person.id, identity, &open.author()))?;
    terminal.say(&DONE, &words);
    terminal.say(&AGE, &Args::new());
    open.close();
    Ok(Exit::Clean)
}

/// Reads the answers of a file, each as a cell of a delivery would be read.
fn answers(open: &OpenStore, from: &Path) -> Result<Answers, Failure> {
    const FORM: Wording = Wording::new(
        "{ $file } ne se lit pas. Une ligne par réponse : last_name = \"…\"",
        "{ $file } cannot be read. One line an answer: last_name = \"…\"",
    );
    const UNKNOWN: Wording = Wording::new(
        "`{ $name }` n’est pas une variable d’identité de l’étude. Il y a : { $known }",
        "`{ $name }` is no variable of identity of the study. There are: { $known }",
    );
    const VALUE: Wording = Wording::new(
        "{ $file }, { $name } : la réponse ne se lit pas, { $reason }",
        "{ $file }, { $name }: the answer cannot be read, { $reason }",
    );
    let file = from.display().to_string();
    let text = files::read_text(from)?;
    let pairs: BTreeMap<String, String> = toml::from_str(&text)
        .map_err(|_| Failure::new(Exit::Usage, FORM.with(Args::new().text("file", &file))))?;
    let codebook = &open.opened.codebook;
    let known = identifying(codebook);
    let mut answers = Answers::new();
    for (name, text) in &pairs {
        let unknown = || {
            let names: Vec<&str> = known.iter().map(|one| one.name.as_str()).collect();
            let details = nearest(name, names.iter().copied()).into_iter().collect();
            let args = Args::new().text("name", name).text("known", names.join(", "));
            Failure { details, ..Failure::new(Exit::Usage, UNKNOWN.with(args)) }
        };
        let variable = known.iter().find(|one| one.name.as_str() == name).ok_or_else(unknown)?;
        let list = codebook.list_of(variable);
        let index = list.map(ListIndex::new);
        let value = variable
            .value_type
            .read(RawCell::Text(text), ReadAs::default(), index.as_ref())
            .map_err(|unreadable| {
                let args = Args::new().text("file", &file).text("name", name);
                let [fr, en] = [catalyse_locale::Language::Fr, catalyse_locale::Language::En]
                    .map(|language| unreadable.0.say(language));
                let reason = catalyse_locale::Label::new(fr, en);
                Failure::new(Exit::Usage, VALUE.with(args.label("reason", &reason)))
            })?;
        answers.insert(variable.name.clone(), Answer::of_value(&value, list));
    }
    Ok(answers)
}

fn identifying(codebook: &catalyse_codebook::Codebook) -> Vec<&Variable> {
    let all = codebook.forms.iter().flat_map(catalyse_codebook::Form::variables);
    all.filter(|variable| {
        variable.sensitivity == Sensitivity::Identifying && !variable.is_derived()
    })
    .collect()
}
