//! `catalyse store likeness`: persons who may be one, for a human to decide. Nothing is merged, and only codes are shown.

use std::fmt::Write;

use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_store::{Ground, Likeness, LikenessId, LikenessState};

use crate::failure::{Exit, Failure};
use crate::store::OpenStore;
use crate::terminal::{Terminal, print};

/// Looks for likenesses and lists those that nobody has decided, or notes a decision.
pub(super) fn run(
    open: &OpenStore,
    decided: (Option<i64>, Option<i64>),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let exit = match decided {
        (Some(number), _) => decide(open, (number, LikenessState::Same), terminal),
        (None, Some(number)) => decide(open, (number, LikenessState::Different), terminal),
        (None, None) => list(open, terminal),
    };
    open.close();
    exit
}

fn decide(
    open: &OpenStore,
    (number, state): (i64, LikenessState),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const SAME: Wording = Wording::new(
        "Ressemblance { $n } : une seule personne. C’est noté ; les fiches restent où elles sont, sous leurs deux codes.",
        "Likeness { $n }: one person. This is noted; the records stay where they are, under their two codes.",
    );
    const DIFFERENT: Wording = Wording::new(
        "Ressemblance { $n } : deux personnes. Elle ne sera plus proposée.",
        "Likeness { $n }: two persons. It will not be proposed again.",
    );
    open.wait(open.store.decide_likeness(LikenessId(number), state, &open.author()))?;
    let wording = if state == LikenessState::Same { &SAME } else { &DIFFERENT };
    terminal.say(wording, &Args::new().text("n", number.to_string()));
    Ok(Exit::Clean)
}

fn list(open: &OpenStore, terminal: &Terminal) -> Result<Exit, Failure> {
    const NONE: Wording =
        Wording::new("Aucune ressemblance à décider.", "No likeness to decide on.");
    const HEAD: Wording = Wording::new(
        "{ $n -> [one] { $n } ressemblance à décider *[other] { $n } ressemblances à décider }. Comparez les dossiers avec les partenaires, puis :",
        "{ $n -> [one] { $n } likeness *[other] { $n } likenesses } to decide on. Compare the files with the partners, then:",
    );
    const NO_KEY: Wording = Wording::new(
        "Sans fichier de clé, seuls les codes et les marques exactes sont comparés, pas les noms qui se ressemblent.",
        "Without the key file only codes and exact marks are compared, not names that are alike.",
    );
    open.wait(open.store.find_likenesses(&open.author()))?;
    if !open.store.has_key() {
        terminal.say(&NO_KEY, &Args::new());
    }
    let found = open.wait(open.store.likenesses(LikenessState::Open))?;
    if found.is_empty() {
        print(&(NONE.say(terminal.language, &Args::new()) + "\n"))?;
        return Ok(Exit::Clean);
    }
    let mut text = String::new();
    let head = HEAD.say(terminal.language, &Args::new().count("n", found.len()));
    let _ = writeln!(text, "{head}\n  catalyse store likeness --same N | --different N\n");
    for likeness in &found {
        text.push_str(&line_of(open, likeness, terminal.language)?);
    }
    print(&text)?;
    Ok(Exit::Findings)
}

fn line_of(open: &OpenStore, likeness: &Likeness, language: Language) -> Result<String, Failure> {
    let mut codes = Vec::new();
    for person in [likeness.one, likeness.other] {
        let known = open.wait(open.store.person_by_id(person))?;
        codes.push(format!("{} {}", known.partner, known.pseudonym.unwrap_or_default()));
    }
    let ground = match likeness.ground {
        Ground::Code => Label::new("même code chez deux partenaires", "same code at two partners"),
        Ground::Number => Label::new("même numéro national", "same national number"),
        Ground::Name => Label::new("mêmes nom et date de naissance", "same name and birth date"),
        Ground::Similar => Label::new(
            format!("noms et dates proches ({} %)", likeness.percent),
            format!("names and dates alike ({}%)", likeness.percent),
        ),
    };
    let number = likeness.id.0;
    Ok(format!("{number:>5}  {}  —  {}\n", codes.join("  =  "), ground.get(language)))
}
