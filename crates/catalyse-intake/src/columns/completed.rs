//! The keys that no column gives: from the names of file and sheet, the titles, or what the sender said, and what is told of that.

use catalyse_codebook::{CodeList, Severity, Variable};
use catalyse_locale::{Args, Label, Language, Message, Wording};

use crate::columns::origin::{Origin, Told};
use crate::notice;

const OPTION_CONTRADICTED: Wording = Wording::new(
    "« { $label } » : { $option } dit « { $stated } », mais { $text } dit « { $values } ». L'option vaut pour les fichiers qui ne le disent pas : c'est « { $values } » qui a été suivi. Si l'option est juste, l'écrire dans le nom du fichier.",
    "`{ $label }`: { $option } says `{ $stated }`, but { $text } says `{ $values }`. The option is for files that do not say it: `{ $values }` was followed. If the option is right, write it in the name of the file.",
);
const OPTION_NOT_AMONG: Wording = Wording::new(
    "« { $label } » : { $option } dit « { $stated } », mais { $text } en nomme d'autres ({ $values }). L'option a été suivie. Vérifier que c'est le bon fichier.",
    "`{ $label }`: { $option } says `{ $stated }`, but { $text } names others ({ $values }). The option was followed. See whether this is the right file.",
);

/// Holds what became of the keys that no column gives.
#[derive(Default)]
pub(crate) struct Completed<'a> {
    /// Those that nothing gives.
    pub(crate) lacking: Vec<&'a Variable>,
    /// What was taken from a name, a title or the sender, in words.
    pub(crate) taken: Vec<Label>,
    /// What is to be said: the check, how grave, and the sentence.
    pub(crate) notices: Vec<(&'static str, Severity, Message)>,
}

impl Completed<'_> {
    /// Notes what texts and the sender tell of a key, and returns the position of the code if they tell one.
    ///
    /// What the sender says is for files that do not say it themselves: a folder holds files of many.
    pub(crate) fn take(
        &mut self,
        variable: &Variable,
        list: Option<&CodeList>,
        (origin, stated): (Origin, Option<(u16, Told)>),
    ) -> Option<u16> {
        let args = || Args::new().label("label", &variable.label);
        let option = |(position, told): (u16, Told)| {
            args().label("stated", &labels_of(list, &[position])).label("option", &told.label())
        };
        match (origin, stated) {
            (Origin::Found(position, told), stated) => {
                if let Some(stated) = stated.filter(|(stated, _)| *stated != position) {
                    let args = option(stated).label("values", &labels_of(list, &[position]));
                    let message = OPTION_CONTRADICTED.with(args.label("text", &told.label()));
                    self.notices.push(("origin-contradicted", Severity::Soft, message));
                }
                self.note(variable, &labels_of(list, &[position]), told);
                Some(position)
            }
            (origin, Some(stated)) => {
                if let Origin::Several(positions, told) = origin
                    && !positions.contains(&stated.0)
                {
                    let args = option(stated).label("values", &labels_of(list, &positions));
                    let message = OPTION_NOT_AMONG.with(args.label("text", &told.label()));
                    self.notices.push(("origin-contradicted", Severity::Soft, message));
                }
                self.note(variable, &labels_of(list, &[stated.0]), stated.1);
                Some(stated.0)
            }
            (Origin::Several(positions, told), None) => {
                let args = args().label("values", &labels_of(list, &positions));
                let message = notice::SEVERAL_ORIGINS.with(args.label("text", &told.label()));
                self.notices.push(("origin-unknown", Severity::Hard, message));
                None
            }
            (Origin::None, None) => {
                let (check, wording) = match list {
                    None => ("person-unknown", &notice::NO_PERSON_COLUMN),
                    Some(_) => ("origin-unknown", &notice::NO_ORIGIN),
                };
                self.notices.push((check, Severity::Hard, wording.with(args())));
                None
            }
        }
    }

    /// Notes for the ledger what was taken from where.
    fn note(&mut self, variable: &Variable, value: &Label, told: Told) {
        let args = Args::new().label("label", &variable.label);
        let taken = notice::TAKEN.with(args.label("value", value).label("text", &told.label()));
        let [fr, en] = [Language::Fr, Language::En].map(|language| taken.say(language));
        self.taken.push(Label::new(fr, en));
    }
}

/// Lists the labels of some categories.
fn labels_of(list: Option<&CodeList>, positions: &[u16]) -> Label {
    let label_of = |position: &u16| {
        let category = list.and_then(|list| list.categories.get(usize::from(*position)));
        category.map_or_else(|| Label::same(position.to_string()), |one| one.label.clone())
    };
    let labels: Vec<Label> = positions.iter().map(label_of).collect();
    let [fr, en] = [Language::Fr, Language::En].map(|language| {
        labels.iter().map(|label| label.get(language)).collect::<Vec<_>>().join(", ")
    });
    Label::new(fr, en)
}
