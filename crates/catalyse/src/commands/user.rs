//! `catalyse user`: the accounts of those who come into a store.

use std::fmt::Write;
use std::path::Path;

use catalyse_codebook::{PartnerId, nearest};
use catalyse_locale::{Args, Label, Wording};
use catalyse_store::{Account, NewAccount, Role};

use crate::cli::{UserAction, WorkArgs};
use crate::failure::{Exit, Failure};
use crate::store::{Deed, OpenStore, failure, password};
use crate::terminal::{Terminal, print};

/// Runs the command.
pub(crate) fn run(action: &UserAction, terminal: &Terminal) -> Result<Exit, Failure> {
    let work = match action {
        UserAction::List { work }
        | UserAction::Access { work }
        | UserAction::Add { work, .. }
        | UserAction::Role { work, .. }
        | UserAction::Password { work, .. }
        | UserAction::Enable { work, .. }
        | UserAction::Disable { work, .. } => work,
    };
    let open = open(work, terminal)?;
    match action {
        UserAction::List { .. } => list(&open, terminal)?,
        UserAction::Access { .. } => access(&open, terminal)?,
        UserAction::Add { name, role, partner, password_file, no_password, .. } => {
            Account::check_name(name).map_err(failure)?;
            let secret = if *no_password {
                None
            } else {
                Some(password(password_file.as_deref(), terminal)?)
            };
            add(&open, (name, role, partner.as_deref()), secret, terminal)?;
        }
        UserAction::Role { name, role, partner, .. } => {
            set_role(&open, (name, role, partner.as_deref()), terminal)?;
        }
        UserAction::Password { name, password_file, .. } => {
            set_password(&open, name, password_file.as_deref(), terminal)?;
        }
        UserAction::Enable { name, .. } => enable(&open, name, terminal)?,
        UserAction::Disable { name, .. } => disable(&open, name, terminal)?,
    }
    open.close();
    Ok(Exit::Clean)
}

fn open(work: &WorkArgs, terminal: &Terminal) -> Result<OpenStore, Failure> {
    OpenStore::open((&work.store, work.study.as_deref()), Deed::Accounts, terminal)
}

fn list(open: &OpenStore, terminal: &Terminal) -> Result<(), Failure> {
    const NONE: Wording = Wording::new(
        "Aucun compte. `catalyse user add NOM --role RÔLE` en ouvre un.",
        "No account. `catalyse user add NAME --role ROLE` opens one.",
    );
    const COLUMNS: [Wording; 4] = [
        Wording::new("compte", "account"),
        Wording::new("rôle", "role"),
        Wording::new("partenaire", "partner"),
        Wording::new("état", "state"),
    ];
    let accounts = open.wait(open.store.accounts())?;
    if accounts.is_empty() {
        terminal.say(&NONE, &Args::new());
        return Ok(());
    }
    let mut rows = vec![COLUMNS.map(|column| column.say(terminal.language, &Args::new()))];
    rows.extend(accounts.iter().map(|account| {
        let partner = account.partner.as_ref().map_or("–", PartnerId::as_str);
        let role = account.role.label().get(terminal.language).to_owned();
        let state = state(account).get(terminal.language).to_owned();
        [account.name.clone(), role, partner.to_owned(), state]
    }));
    print(&aligned(&rows))
}

/// Prints who sees answers that the study keeps to some roles.
fn access(open: &OpenStore, terminal: &Terminal) -> Result<(), Failure> {
    const NOBODY: Wording = Wording::new(
        "L’étude n’inscrit aucun rôle : la saisie ne montre les réponses de santé à personne. Ajouter [[access]] à study.toml.",
        "The study lists no role: entry shows answers about health to nobody. Add [[access]] to study.toml.",
    );
    const COLUMNS: [Wording; 5] = [
        Wording::new("quoi", "what"),
        Wording::new("compte", "account"),
        Wording::new("rôle", "role"),
        Wording::new("partenaire", "partner"),
        Wording::new("raison", "reason"),
    ];
    let language = terminal.language;
    let accounts = open.wait(open.store.accounts())?;
    let listed = &open.opened.codebook.study.access;
    if listed.is_empty() {
        terminal.say(&NOBODY, &Args::new());
        return Ok(());
    }
    let mut rows = vec![COLUMNS.map(|column| column.say(language, &Args::new()))];
    for line in listed {
        let holders = accounts.iter().filter(|one| one.is_open && one.role == line.role);
        rows.extend(holders.map(|account| {
            let partner = account.partner.as_ref().map_or("–", PartnerId::as_str).to_owned();
            let role = line.role.label().get(language).to_owned();
            let reason = line.reason.get(language).to_owned();
            [line.to.label().get(language).to_owned(), account.name.clone(), role, partner, reason]
        }));
    }
    print(&aligned(&rows))
}

fn state(account: &Account) -> Label {
    match (account.is_open, account.has_password) {
        (false, _) => Label::new("fermé", "closed"),
        (true, true) => Label::new("ouvert", "open"),
        (true, false) => Label::new("ouvert, par lien seulement", "open, by link only"),
    }
}

/// Writes rows with their columns under each other.
pub(super) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: Vec<usize> = (0..N)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn add(
    open: &OpenStore,
    (name, role, partner): (&str, &str, Option<&str>),
    password: Option<String>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    const DONE: Wording = Wording::new(
        "Compte { $name } ouvert : { $role }.",
        "Account { $name } opened: { $role }.",
    );
    let (role, partner) = place(open, role, partner)?;
    let new = NewAccount { name: name.to_owned(), role, partner, password };
    open.wait(open.store.add_account(new, &open.author()))?;
    terminal.say(&DONE, &Args::new().text("name", name).label("role", &role.label()));
    Ok(())
}

/// Reads a role and a partner, and makes sure that the study has the partner.
fn place(
    open: &OpenStore,
    role: &str,
    partner: Option<&str>,
) -> Result<(Role, Option<PartnerId>), Failure> {
    const UNKNOWN: Wording = Wording::new(
        "il n’y a pas de rôle `{ $name }`. Il y a : { $known }",
        "there is no role `{ $name }`. There are: { $known }",
    );
    let unknown = || {
        let known = Role::ALL.map(Role::name);
        let args = Args::new().text("name", role).text("known", known.join(", "));
        let details = nearest(role, known).into_iter().collect();
        Failure { details, ..Failure::new(Exit::Usage, UNKNOWN.with(args)) }
    };
    let partner = partner.map(|partner| open.opened.partner_named(partner)).transpose()?;
    Ok((Role::from_name(role).ok_or_else(unknown)?, partner))
}

fn set_role(
    open: &OpenStore,
    (name, role, partner): (&str, &str, Option<&str>),
    terminal: &Terminal,
) -> Result<(), Failure> {
    const DONE: Wording = Wording::new(
        "Le compte { $name } est maintenant { $role } ; ses sessions sont fermées.",
        "The account { $name } is now { $role }; its sessions are closed.",
    );
    let account = open.wait(open.store.account(name))?;
    let (role, partner) = place(open, role, partner)?;
    open.wait(open.store.set_role(account.id, (role, partner), &open.author()))?;
    terminal.say(&DONE, &Args::new().text("name", name).label("role", &role.label()));
    Ok(())
}

fn set_password(
    open: &OpenStore,
    name: &str,
    file: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    const DONE: Wording = Wording::new(
        "Le mot de passe de { $name } est changé ; ses sessions sont fermées.",
        "The password of { $name } is changed; its sessions are closed.",
    );
    let account = open.wait(open.store.account(name))?;
    let password = password(file, terminal)?;
    open.wait(open.store.set_password(account.id, password, &open.author()))?;
    terminal.say(&DONE, &Args::new().text("name", name));
    Ok(())
}

fn enable(open: &OpenStore, name: &str, terminal: &Terminal) -> Result<(), Failure> {
    const DONE: Wording = Wording::new(
        "Le compte { $name } est rouvert, avec le rôle et le mot de passe qu’il avait.",
        "The account { $name } is open again, with the role and the password it had.",
    );
    let account = open.wait(open.store.account(name))?;
    open.wait(open.store.reopen_account(account.id, &open.author()))?;
    terminal.say(&DONE, &Args::new().text("name", name));
    Ok(())
}

fn disable(open: &OpenStore, name: &str, terminal: &Terminal) -> Result<(), Failure> {
    const DONE: Wording = Wording::new(
        "Le compte { $name } est fermé et ses sessions avec lui. Son nom reste dans le journal.",
        "The account { $name } is closed and its sessions with it. Its name stays in the journal.",
    );
    let account = open.wait(open.store.account(name))?;
    open.wait(open.store.close_account(account.id, &open.author()))?;
    terminal.say(&DONE, &Args::new().text("name", name));
    Ok(())
}
