//! `catalyse store verify`: every hash of the store worked out again.

use std::fmt::Write;

use catalyse_locale::{Args, Language, Wording};
use catalyse_store::{Break, Proof};

use crate::failure::{Exit, Failure};
use crate::store::OpenStore;
use crate::terminal::{Terminal, print};

/// Proves the store.
pub(super) fn run(open: &OpenStore, terminal: &Terminal) -> Result<Exit, Failure> {
    let proof = open.wait(open.store.verify())?;
    print(&told(&proof, terminal.language))?;
    open.close();
    Ok(if proof.is_whole() { Exit::Clean } else { Exit::Findings })
}

/// Says what a proof found.
pub(super) fn told(proof: &Proof, language: Language) -> String {
    const WHOLE: Wording = Wording::new(
        "Le dépôt est entier : { $lines -> [one] { $lines } ligne *[other] { $lines } lignes } de journal et { $revisions -> [one] { $revisions } révision recalculée *[other] { $revisions } révisions recalculées }.",
        "The store is whole: { $lines -> [one] { $lines } line *[other] { $lines } lines } of the journal and { $revisions -> [one] { $revisions } revision *[other] { $revisions } revisions } worked out again.",
    );
    const HASH: Wording = Wording::new(
        "Dernière empreinte : { $hash }. Notez-la ailleurs : elle prouvera plus tard que rien d’antérieur n’a changé.",
        "Last hash: { $hash }. Note it elsewhere: later it will prove that nothing before it was changed.",
    );
    const BROKEN: Wording = Wording::new(
        "Le dépôt n’est PAS entier : { $n -> [one] { $n } chose ne tient *[other] { $n } choses ne tiennent } pas. N’écrivez plus rien dedans ; gardez ce fichier, et restaurez la dernière sauvegarde prouvée à un autre endroit.",
        "The store is NOT whole: { $n -> [one] { $n } thing does *[other] { $n } things do } not hold. Write nothing more into it; keep this file, and restore the last proven backup in another place.",
    );
    let args = Args::new()
        .count("lines", proof.n_lines)
        .count("revisions", proof.n_revisions)
        .text("hash", proof.last_hash.get(..16).unwrap_or(&proof.last_hash))
        .count("n", proof.breaks.len());
    let wordings: &[&Wording] = if proof.is_whole() { &[&WHOLE, &HASH] } else { &[&BROKEN] };
    let mut text = String::new();
    for wording in wordings {
        let _ = writeln!(text, "{}", wording.say(language, &args));
    }
    for broken in &proof.breaks {
        let _ = writeln!(text, "  {}", line_of(broken, language));
    }
    text
}

fn line_of(broken: &Break, language: Language) -> String {
    const GAP: Wording = Wording::new(
        "journal : il manque quelque chose avant la ligne { $line }",
        "journal: something is missing before line { $line }",
    );
    const CHAIN: Wording = Wording::new(
        "journal, ligne { $line } : elle ne suit pas la ligne d’avant",
        "journal, line { $line }: it does not follow the line before",
    );
    const LINE: Wording = Wording::new(
        "journal, ligne { $line } : elle a été changée",
        "journal, line { $line }: it was changed",
    );
    const ROWS: Wording = Wording::new(
        "journal, ligne { $line } : ce dont elle répond a été changé, retiré ou ajouté",
        "journal, line { $line }: what it answers for was changed, removed or added to",
    );
    const END: Wording = Wording::new(
        "journal : il ne finit pas où il devrait",
        "journal: it does not end where it should",
    );
    const CONTENT: Wording = Wording::new(
        "{ $kind } { $number }, révision { $revision } : le contenu n’est pas celui que le journal couvre",
        "{ $kind } { $number }, revision { $revision }: the content is not the one the journal covers",
    );
    const LOST: Wording = Wording::new(
        "{ $kind } { $number }, révision { $revision } : le contenu a disparu sans effacement ni purge",
        "{ $kind } { $number }, revision { $revision }: the content is gone without an erasure or purge",
    );
    const STANDING: Wording = Wording::new(
        "{ $kind } { $number } : son état n’est pas celui que dit le journal",
        "{ $kind } { $number }: its state is not the one the journal tells",
    );
    let of = |kind: &'static str, number: i64| {
        Args::new().label("kind", &catalyse_store::word(kind)).text("number", number.to_string())
    };
    match broken {
        Break::Gap { line } => GAP.say(language, &Args::new().text("line", line.to_string())),
        Break::Chain { line } => CHAIN.say(language, &Args::new().text("line", line.to_string())),
        Break::Line { line } => LINE.say(language, &Args::new().text("line", line.to_string())),
        Break::Rows { line } => ROWS.say(language, &Args::new().text("line", line.to_string())),
        Break::End => END.say(language, &Args::new()),
        Break::Content { kind, number, revision } => {
            CONTENT.say(language, &of(kind, *number).text("revision", revision.to_string()))
        }
        Break::Lost { kind, number, revision } => {
            LOST.say(language, &of(kind, *number).text("revision", revision.to_string()))
        }
        Break::Standing { kind, number } => STANDING.say(language, &of(kind, *number)),
    }
}
