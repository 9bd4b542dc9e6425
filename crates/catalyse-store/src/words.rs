//! The words of the store's errors in both languages.
//!
//! Errors name things, parts and obstacles by short English texts, so that the code reads well where they arise. Here each has its French.
//! A test reads the sources of the crate: an error whose text is not listed fails it.

use catalyse_locale::Label;

/// What can be unknown, taken or changed since.
const THINGS: [(&str, &str); 21] = [
    ("account", "compte"),
    ("account step", "étape d’un compte"),
    ("batch", "lot"),
    ("draft", "brouillon"),
    ("edition", "édition"),
    ("edition file", "fichier d’une édition"),
    ("finding", "constat"),
    ("finding comment", "commentaire d’un constat"),
    ("former finding", "ancien constat"),
    ("identity", "identité"),
    ("likeness", "ressemblance"),
    ("likeness step", "étape d’une ressemblance"),
    ("person", "personne"),
    ("person mark", "code d’une personne"),
    ("record", "fiche"),
    ("second", "double saisie"),
    ("second entry", "double saisie"),
    ("second step", "étape d’une double saisie"),
    ("slip", "bordereau"),
    ("slip record", "fiche d’un bordereau"),
    ("slip step", "étape d’un bordereau"),
];

/// What can be broken inside the store.
const PARTS: [(&str, &str); 18] = [
    ("account", "un compte"),
    ("batch", "un lot"),
    ("content", "le contenu d’une fiche"),
    ("draft", "un brouillon"),
    ("edition", "une édition"),
    ("finding", "un constat"),
    ("folders", "la liste des dossiers de sauvegarde"),
    ("journal", "une ligne du journal"),
    ("key", "la clé d’une personne"),
    ("likeness", "une ressemblance"),
    ("password", "un mot de passe"),
    ("person", "une personne"),
    ("record", "la clé d’une fiche"),
    ("revision", "une révision"),
    ("seal", "un contenu chiffré"),
    ("second entry", "une double saisie"),
    ("slip", "un bordereau"),
    ("time", "une date et une heure"),
];

/// What can stand in the way, as a sentence with what to do.
const OBSTACLES: [(&str, &str, &str); 25] = [
    (
        "a record of this code is there already",
        "une fiche de ce code existe déjà dans cette vague ; elle est entrée pendant que vous saisissiez. Vérifiez le code. Si c’est la même personne, ouvrez sa fiche depuis l’accueil et complétez-la ; sinon, changez le code. Rien n’est perdu.",
        "a record of this code is in this wave already; it came in while you were typing. Check the code. If it is the same person, open that record from the home page and complete it; otherwise change the code. Nothing is lost.",
    ),
    (
        "somebody is at work on the record of this code",
        "quelqu’un a déjà ouvert la fiche de ce code dans cette vague. Terminez ou jetez d’abord celle-là, depuis l’accueil ; rien n’est perdu ici.",
        "somebody has opened the record of this code in this wave already. First finish or throw away that one, from the start; nothing is lost here.",
    ),
    (
        "the code is that of somebody with another identity",
        "ce code est celui d’une personne dont l’identité est autre. Vérifiez le code ; si c’est bien elle, ouvrez-la depuis l’accueil. Rien n’a été changé.",
        "this code is that of a person with another identity. Check the code; if it is the same person, open it from the home page. Nothing was changed.",
    ),
    (
        "the folder held backups and holds none now",
        "ce dossier a reçu des sauvegardes et n’en contient plus la feuille de clés : le disque n’est sans doute pas branché. Branchez-le, ou choisissez un autre dossier.",
        "this folder was given backups and no longer has their sheet of keys: the disk is most likely not attached. Attach it, or choose another folder.",
    ),
    (
        "somebody is correcting the record",
        "quelqu’un corrige cette fiche en ce moment, et vos réponses couvriraient les siennes. Tranchez quand sa correction est terminée ou jetée ; rien n’est perdu.",
        "somebody is correcting this record right now, and your answers would cover theirs. Decide once that correction is finished or thrown away; nothing is lost.",
    ),
    (
        "the record was taken away since it was drawn",
        "la fiche a été retirée depuis le tirage : il n’y a plus rien à comparer.",
        "the record was taken away since it was drawn: there is nothing left to compare.",
    ),
    (
        "an identity is corrected by rectify",
        "une identité ne se change pas avec la fiche. Employez `catalyse store rectify`.",
        "an identity is not changed with the record. Use `catalyse store rectify`.",
    ),
    (
        "the batch is undone already",
        "ce lot est déjà annulé. `catalyse batch list` montre où en est chaque lot.",
        "this batch is undone already. `catalyse batch list` shows the state of each batch.",
    ),
    (
        "rectify holds identifying variables only",
        "seules les variables qui disent qui est la personne se corrigent ici. Les autres réponses se corrigent dans la saisie, ou par un nouvel import.",
        "only variables that say who the person is are corrected here. Other answers are corrected at entry, or by another import.",
    ),
    (
        "a hard finding cannot be accepted",
        "un constat bloquant ne s’accepte pas : ce qui est impossible le reste. Corrigez la fiche.",
        "a hard finding is not accepted: what is impossible stays so. Correct the record.",
    ),
    (
        "a finding without a record takes no words",
        "ce constat n’est d’aucune fiche : ce qui s’y écrirait ne pourrait être ni remis à la personne ni effacé. Choisissez un motif de la liste, sans commentaire.",
        "this finding is of no record: what is written there could neither be handed to the person nor erased. Pick a reason from the list, without words.",
    ),
    (
        "encoders and partner coordinators have a partner, others have none",
        "un encodeur et un coordinateur de partenaire appartiennent à un partenaire, les autres rôles à aucun. Ajoutez ou retirez `--partner`.",
        "an encoder and a partner coordinator belong to a partner, other roles to none. Add or leave out `--partner`.",
    ),
    (
        "the last administrator stays",
        "c’est le dernier compte d’administrateur ouvert : sans lui, plus personne ne gère les comptes. Ouvrez-en d’abord un autre.",
        "this is the last open account of an administrator: without it nobody keeps the accounts. First open another one.",
    ),
    (
        "an account has a name of one line",
        "il manque le nom du compte : une seule ligne, cent signes au plus, qui ne commence pas par une parenthèse. Écrivez-en un, marie par exemple.",
        "the name of the account is missing: one line, a hundred signs at most, that does not begin with a bracket. Write one, marie for example.",
    ),
    (
        "a passphrase is not empty",
        "la phrase secrète est vide : elle ne protégerait rien. Donnez-en une de quelques mots, ou retirez l’option.",
        "the passphrase is empty: it would protect nothing. Give one of a few words, or leave the option out.",
    ),
    (
        "a password has at least twelve characters",
        "ce mot de passe est trop court : il faut douze caractères au moins. Quatre mots sans lien font l’affaire.",
        "this password is too short: it takes twelve characters at least. Four words that have nothing in common will do.",
    ),
    (
        "the person was erased before",
        "cette personne a déjà été effacée : il n’en reste rien.",
        "this person was erased before: nothing of it is left.",
    ),
    (
        "a draft holds one person in one wave",
        "un brouillon parle d’une personne dans une vague. Ouvrez-en un pour chaque personne.",
        "a draft holds one person in one wave. Open one for each person.",
    ),
    (
        "a second entry is typed by somebody else",
        "vous avez saisi cette fiche la première fois : un collègue la saisit la seconde fois.",
        "you typed this record the first time: a colleague types it the second time.",
    ),
    (
        "this second entry is typed already",
        "cette fiche est déjà saisie une seconde fois, ou est en train de l’être.",
        "this record is typed a second time already, or is being typed.",
    ),
    (
        "it is not being typed",
        "cette seconde saisie n’est pas en cours. Commencez-la depuis son bordereau.",
        "this second entry is not under way. Begin it from its slip.",
    ),
    (
        "there is nothing to decide here",
        "il n’y a rien à trancher ici : la seconde saisie n’est pas finie, ou c’est déjà fait.",
        "there is nothing to decide here: the second entry is not finished, or it was decided.",
    ),
    (
        "a third person decides",
        "une troisième personne tranche : ni celle de la première saisie, ni celle de la seconde.",
        "a third person decides: neither who typed it first nor who typed it again.",
    ),
    (
        "a second entry never becomes a record",
        "une seconde saisie est comparée et ne devient jamais une fiche. Terminez-la comme telle.",
        "a second entry is compared and never becomes a record. Finish it as one.",
    ),
    (
        "a record needs the code of its person, or an identity to make one of",
        "il manque le code de la personne. Donnez-le, ou son identité avec le fichier de clé.",
        "the code of the person is missing. Give it, or the identity with the key file.",
    ),
];

/// Returns the word for a thing that a proof or an error names: `record`, `identity`, `batch`.
pub fn word(name: &str) -> Label {
    thing(name)
}

/// Returns the word for a thing.
pub(crate) fn thing(name: &str) -> Label {
    pair(&THINGS, name)
}

/// Returns the words for a part of the store.
pub(crate) fn part(name: &str) -> Label {
    pair(&PARTS, name)
}

/// Returns the sentence about an obstacle.
pub(crate) fn obstacle(name: &str) -> Label {
    let known = OBSTACLES.iter().find(|(known, _, _)| *known == name);
    known.map_or_else(|| Label::same(name), |(_, fr, en)| Label::new(*fr, *en))
}

fn pair(known: &[(&str, &str)], name: &str) -> Label {
    let found = known.iter().find(|(en, _)| *en == name);
    found.map_or_else(|| Label::same(name), |(en, fr)| Label::new(*fr, *en))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{OBSTACLES, PARTS, THINGS};

    /// Lists the texts that stand between an opening and the next quote, in all sources of the crate.
    fn texts_after(openings: &[&str]) -> Vec<String> {
        let mut sources = String::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
        let joined: String = sources.split_whitespace().collect::<Vec<_>>().join(" ");
        let joined = joined.replace("( \"", "(\"");
        let mut found = Vec::new();
        for opening in openings {
            let texts = joined.split(opening).skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(texts.map(str::to_owned));
        }
        found
    }

    #[expect(clippy::disallowed_methods, reason = "a test reads the sources beside it")]
    fn collect(folder: &Path, sources: &mut String) {
        for entry in std::fs::read_dir(folder).expect("the folder of the sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, sources);
            } else if path.file_name().is_some_and(|name| name != "words.rs") {
                sources.push_str(&std::fs::read_to_string(&path).expect("a source"));
            }
        }
    }

    #[test]
    fn every_error_has_its_french() {
        let is_thing = |text: &String| THINGS.iter().any(|(known, _)| known == text);
        let unknown = texts_after(&["StoreError::unknown(\"", "kind: \""]);
        let sealed = ["set aside"];
        let missing: Vec<_> = unknown
            .into_iter()
            .filter(|text| {
                !is_thing(text) && !sealed.contains(&text.as_str()) && text != "revision"
            })
            .collect();
        assert!(missing.is_empty(), "add to THINGS: {missing:?}");
        let broken = texts_after(&["StoreError::Broken(\""]);
        let missing: Vec<_> = broken
            .into_iter()
            .filter(|text| !PARTS.iter().any(|(known, _)| known == text))
            .collect();
        assert!(missing.is_empty(), "add to PARTS: {missing:?}");
        let obstacles = texts_after(&["StoreError::Impossible(\""]);
        assert!(!obstacles.is_empty());
        let missing: Vec<_> = obstacles
            .into_iter()
            .filter(|text| !OBSTACLES.iter().any(|(known, _, _)| known == text))
            .collect();
        assert!(missing.is_empty(), "add to OBSTACLES: {missing:?}");
    }
}
