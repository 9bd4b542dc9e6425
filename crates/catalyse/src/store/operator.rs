//! Who works on the command line, and what that person may do.
//!
//! Whoever can read the store's file and its key file can do everything: the program does not pretend otherwise. `--user` names an account:
//! the journal then names it too, and its role limits the command, so that a coordinator of the network sees codes and never an identity.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, PartnerId, VariableName};
use catalyse_locale::{Args, Language, Wording};
use catalyse_store::{Account, Author, Role, Store};
use jiff::Timestamp;

use super::failure;
use crate::failure::{Exit, Failure};
use crate::study::OpenedStudy;

/// Names what a command does to a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Keeps accounts.
    Accounts,
    /// Puts deliveries in, or takes them out.
    Import,
    /// Reads single records and what the checks say of them.
    Records,
    /// Reads what came in and when: counts, files, places.
    Batches,
    /// Reads protected reports.
    Report,
    /// Fixes an edition of the report.
    Edition,
    /// Hands out, corrects or erases what is known of one person.
    Person,
    /// Looks for the same person at two partners.
    Likeness,
    /// Proves, saves, purges the store and reads its journal.
    Keep,
    /// Removes answers past their retention.
    Purge,
}

impl Deed {
    /// Lists the roles that may. Those that belong to a partner do it to that partner's persons alone, reports excepted.
    const fn roles(self) -> &'static [Role] {
        match self {
            Self::Accounts | Self::Keep | Self::Purge => &[Role::Administrator],
            Self::Import | Self::Person => &[Role::PartnerCoordinator],
            Self::Records | Self::Batches => {
                &[Role::Encoder, Role::PartnerCoordinator, Role::NetworkCoordinator]
            }
            Self::Report => &[Role::PartnerCoordinator, Role::NetworkCoordinator, Role::Reader],
            Self::Edition => &[Role::PartnerCoordinator, Role::NetworkCoordinator],
            Self::Likeness => &[Role::NetworkCoordinator],
        }
    }
}

/// Holds who works: the machine's user, and the account that was named.
pub(crate) struct Operator {
    account: Option<Account>,
    login: String,
}

impl Operator {
    /// Finds the account that is named.
    pub(crate) async fn find(
        url: &str,
        opened: &OpenedStudy,
        name: Option<&str>,
    ) -> Result<Self, Failure> {
        const CLOSED: Wording = Wording::new(
            "le compte `{ $name }` est fermé. Travaillez sous un autre, ou demandez-en un à l’administrateur.",
            "the account `{ $name }` is closed. Work under another one, or ask the administrator for one.",
        );
        let login = login();
        let Some(name) = name else { return Ok(Self { account: None, login }) };
        let store = Store::open(url, &opened.codebook, None).await.map_err(failure)?;
        let account = store.account(name).await.map_err(failure);
        store.close().await;
        let account = account?;
        if !account.is_open {
            return Err(Failure::new(Exit::Refused, CLOSED.with(Args::new().text("name", name))));
        }
        Ok(Self { account: Some(account), login })
    }

    /// Makes sure that the account may do something.
    pub(crate) fn may(&self, deed: Deed) -> Result<(), Failure> {
        const ROLE: Wording = Wording::new(
            "le compte `{ $name }` est { $role } : ce n’est pas à lui de le faire. Cela revient à : { $roles }.",
            "the account `{ $name }` is { $role }: this is not for it to do. It is for: { $roles }.",
        );
        let Some(account) = &self.account else { return Ok(()) };
        if deed.roles().contains(&account.role) {
            return Ok(());
        }
        let mut roles = catalyse_locale::Label::same("");
        for language in [catalyse_locale::Language::Fr, catalyse_locale::Language::En] {
            let named: Vec<String> =
                deed.roles().iter().map(|role| role.label().get(language).to_owned()).collect();
            roles.set(language, named.join(", "));
        }
        let args = Args::new().text("name", &account.name).label("role", &account.role.label());
        Err(Failure::new(Exit::Refused, ROLE.with(args.label("roles", &roles))))
    }

    /// Returns the partner to whose persons the account is limited.
    pub(crate) fn partner(&self) -> Option<&PartnerId> {
        self.account.as_ref().and_then(|account| account.partner.as_ref())
    }

    /// Makes sure that partners are the account's own.
    pub(crate) fn may_touch<'p>(
        &self,
        partners: impl IntoIterator<Item = &'p str>,
    ) -> Result<(), Failure> {
        const OTHER: Wording = Wording::new(
            "le compte `{ $name }` travaille pour { $own } ; il s’agit ici de { $partner }. Rien n’a été fait.",
            "the account `{ $name }` works for { $own }; this is about { $partner }. Nothing was done.",
        );
        let Some((account, own)) = self.account.as_ref().zip(self.partner()) else { return Ok(()) };
        match partners.into_iter().find(|partner| *partner != own.as_str()) {
            None => Ok(()),
            Some(other) => {
                let args = Args::new().text("name", &account.name).text("own", own.as_str());
                Err(Failure::new(Exit::Refused, OTHER.with(args.text("partner", other))))
            }
        }
    }

    /// Says whether the key file is opened for a deed. For whoever may see no identity it stays shut, whatever lies in the folder.
    pub(crate) fn opens_identities(&self, deed: Deed) -> bool {
        let needs = match deed {
            Deed::Import | Deed::Records | Deed::Person | Deed::Likeness | Deed::Purge => true,
            Deed::Accounts | Deed::Batches | Deed::Report | Deed::Edition | Deed::Keep => false,
        };
        // Purging and looking for likenesses open identities in the memory of the machine and show none.
        let shows_none = matches!(deed, Deed::Purge | Deed::Likeness);
        let may = self.account.as_ref().is_none_or(|account| account.role.may_see_identities());
        needs && (may || shows_none)
    }

    /// Returns the variables that the study keeps from the account: answers about health, if it lists other roles for them.
    pub(crate) fn unseen(&self, codebook: &Codebook) -> BTreeSet<VariableName> {
        let role = self.account.as_ref().map(|account| account.role);
        role.map(|role| codebook.hidden_from(role)).unwrap_or_default()
    }

    /// Makes sure that nothing of a person is kept from the account.
    pub(crate) fn sees_all(&self, codebook: &Codebook) -> Result<(), Failure> {
        const KEPT_BACK: Wording = Wording::new(
            "l’étude ne montre pas les réponses de santé au rôle du compte `{ $name }`. Une personne habilitée le fait ; `catalyse user access` dit qui.",
            "the study does not show answers about health to the role of the account `{ $name }`. Somebody who sees them does this; `catalyse user access` says who.",
        );
        let Some(account) = &self.account else { return Ok(()) };
        if self.unseen(codebook).is_empty() {
            return Ok(());
        }
        Err(Failure::new(Exit::Refused, KEPT_BACK.with(Args::new().text("name", &account.name))))
    }

    /// Says whether somebody signs: an account was named.
    pub(crate) const fn has_name(&self) -> bool {
        self.account.is_some()
    }

    /// Returns who does it, now. The journal names the account, and the machine's user in brackets.
    pub(crate) fn author(&self) -> Author {
        let who = match &self.account {
            Some(account) => format!("{} ({})", account.name, self.login),
            None => format!("({})", self.login),
        };
        Author::new(&who, Timestamp::now())
    }
}

/// Says who did something: the account, or that there was none, with the machine's user if it is known.
pub(crate) fn signed(author: &str, language: Language) -> String {
    const NOBODY: Wording = Wording::new("sans compte", "without an account");
    if !author.starts_with('(') {
        return author.to_owned();
    }
    let nobody = NOBODY.say(language, &Args::new());
    if author == format!("({UNKNOWN_LOGIN})") { nobody } else { format!("{nobody} {author}") }
}

/// What stands for a user of the machine who has no name.
const UNKNOWN_LOGIN: &str = "?";

/// Returns the name of the machine's user.
#[expect(
    clippy::disallowed_methods,
    reason = "the program asks who sits at the machine; libraries are told"
)]
fn login() -> String {
    let known = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()));
    known.unwrap_or_else(|| UNKNOWN_LOGIN.to_owned())
}
