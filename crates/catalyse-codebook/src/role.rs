//! Roles: what an account may do. The matrix of routes is the web's, accounts are the store's; what a role means is here, because a study
//! says which roles see its health variables.

use catalyse_locale::Label;

/// Names what an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Types records of the own partner, and sees no others.
    Encoder,
    /// Answers for the records of the own partner: imports, findings, accounts of its encoders.
    PartnerCoordinator,
    /// Sees protected tables and pseudonyms of all partners, never an identity.
    NetworkCoordinator,
    /// Reads protected reports.
    Reader,
    /// Keeps accounts, backups and the study; sees no record.
    Administrator,
}

impl Role {
    /// Lists every role.
    pub const ALL: [Self; 5] = [
        Self::Encoder,
        Self::PartnerCoordinator,
        Self::NetworkCoordinator,
        Self::Reader,
        Self::Administrator,
    ];

    /// Returns the name, `partner_coordinator`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Encoder => "encoder",
            Self::PartnerCoordinator => "partner_coordinator",
            Self::NetworkCoordinator => "network_coordinator",
            Self::Reader => "reader",
            Self::Administrator => "administrator",
        }
    }

    /// Returns the role of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Says whether the role reads single records in entry, with their answers.
    pub const fn may_see_answers(self) -> bool {
        matches!(self, Self::Encoder | Self::PartnerCoordinator)
    }

    /// Returns the words for people.
    pub fn label(self) -> Label {
        match self {
            Self::Encoder => Label::new("encodeur", "encoder"),
            Self::PartnerCoordinator => {
                Label::new("coordinateur du partenaire", "partner coordinator")
            }
            Self::NetworkCoordinator => Label::new("coordinateur du réseau", "network coordinator"),
            Self::Reader => Label::new("lecteur", "reader"),
            Self::Administrator => Label::new("administrateur", "administrator"),
        }
    }

    /// Says whether an account of this role belongs to a partner.
    pub const fn has_partner(self) -> bool {
        matches!(self, Self::Encoder | Self::PartnerCoordinator)
    }

    /// Says whether the role ever opens an identity: of the own partner's persons alone.
    pub const fn may_see_identities(self) -> bool {
        matches!(self, Self::Encoder | Self::PartnerCoordinator)
    }

    /// Says whether the role reads single records: encoder and coordinator those of the own partner, under the code of the person.
    pub const fn may_see_records(self) -> bool {
        matches!(self, Self::Encoder | Self::PartnerCoordinator | Self::NetworkCoordinator)
    }
}
