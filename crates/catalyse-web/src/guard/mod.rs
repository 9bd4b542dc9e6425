//! Who may come in, and what may go out: hosts, sessions, roles, centres, headers, attempts to sign in.
//!
//! Every route is wrapped by [`admit`] with its [`Rule`] from the table of routes: a handler runs only after role and centre were looked at.

mod address;
mod admit;
mod blind;
mod cookie;
mod desk;
mod headers;
mod limit;
mod sight;
mod told;

pub(crate) use address::{From, Peer};
pub(crate) use admit::{Gate, Visitor, admit};
pub(crate) use cookie::{ACCEPTED, LANGUAGE, QUESTIONS, SESSION, read, set, unset};
pub(crate) use desk::AtDesk;
pub(crate) use headers::{headers, host};
pub(crate) use limit::Limiter;
pub(crate) use sight::{Sight, Sights};
pub(crate) use told::told;

use catalyse_store::Role;
use jiff::SignedDuration;

/// How long a session lasts: half an hour of silence, a working day at most (OWASP ASVS 5.0, 7.3).
pub(crate) const LASTING: catalyse_store::Lasting = catalyse_store::Lasting {
    idle: SignedDuration::from_mins(30),
    absolute: SignedDuration::from_hours(10),
};

/// Says who may use a route, and whose things it is about.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Who may come in.
    pub who: Who,
    /// What the `id` in the address names.
    pub about: About,
}

/// Says who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever reaches the server: what is needed to sign in.
    Everyone,
    /// Accounts of these roles.
    Roles(&'static [Role]),
}

/// Says what the `id` in the address of a route names. It must be of the visitor's own centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Nothing that belongs to a centre.
    Nothing,
    /// A draft.
    Draft,
    /// A draft that is not opened, whatever became of what it stands on.
    ClosedDraft,
    /// A finding.
    Finding,
    /// A record that was accepted, as it stands or was.
    Record,
    /// A slip.
    Slip,
    /// A second entry.
    Second,
}

/// Everybody who has an account.
pub(crate) const ALL: Who = Who::Roles(&Role::ALL);
/// Those who type.
pub(crate) const TYPISTS: Who = Who::Roles(&[Role::Encoder, Role::PartnerCoordinator]);
/// Those who coordinate a partner.
pub(crate) const PARTNER_COORDINATORS: Who = Who::Roles(&[Role::PartnerCoordinator]);
/// Those who look after quality.
pub(crate) const COORDINATORS: Who =
    Who::Roles(&[Role::PartnerCoordinator, Role::NetworkCoordinator]);
/// Those who read reports.
pub(crate) const READERS: Who =
    Who::Roles(&[Role::PartnerCoordinator, Role::NetworkCoordinator, Role::Reader]);
/// Those who keep accounts.
pub(crate) const ADMINISTRATORS: Who = Who::Roles(&[Role::Administrator]);
/// Those who answer for who sees health data.
pub(crate) const ANSWERABLE: Who =
    Who::Roles(&[Role::PartnerCoordinator, Role::NetworkCoordinator, Role::Administrator]);
