//! The actions that a line of the journal may tell of.

use catalyse_locale::Label;

/// Names what a line tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The store was made.
    Created,
    /// The study was changed, and the store goes on with the new version.
    StudyAdopted,
    /// A delivery was accepted.
    Import,
    /// A batch was undone.
    Undo,
    /// A record was corrected.
    Edit,
    /// A draft became a record.
    Entry,
    /// A draft was thrown away.
    DraftDropped,
    /// A finding was answered, accepted, closed or opened again.
    Finding,
    /// An identity was looked at.
    IdentityRead,
    /// All that is known of a person was handed out.
    Export,
    /// An identity was corrected.
    Rectify,
    /// A person was erased.
    Erase,
    /// Answers past their retention were removed.
    Purge,
    /// Likely doubles were looked for, or one was decided on.
    Likeness,
    /// A pile of paper was announced, or its slip closed.
    Slip,
    /// Records were drawn to be keyed twice, or one was keyed or decided.
    SecondEntry,
    /// An account was made, changed or closed.
    Account,
    /// A report was fixed for its readers.
    Edition,
    /// A backup was written.
    Backup,
    /// The store was made from a backup.
    Restore,
}

impl Action {
    /// Lists every action.
    pub const ALL: [Self; 20] = [
        Self::Created,
        Self::StudyAdopted,
        Self::Import,
        Self::Undo,
        Self::Edit,
        Self::Entry,
        Self::DraftDropped,
        Self::Finding,
        Self::IdentityRead,
        Self::Export,
        Self::Rectify,
        Self::Erase,
        Self::Purge,
        Self::Likeness,
        Self::Slip,
        Self::SecondEntry,
        Self::Account,
        Self::Edition,
        Self::Backup,
        Self::Restore,
    ];

    /// Returns the name as the journal writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::StudyAdopted => "study-adopted",
            Self::Import => "import",
            Self::Undo => "undo",
            Self::Edit => "edit",
            Self::Entry => "entry",
            Self::DraftDropped => "draft-dropped",
            Self::Finding => "finding",
            Self::IdentityRead => "identity-read",
            Self::Export => "export",
            Self::Rectify => "rectify",
            Self::Erase => "erase",
            Self::Purge => "purge",
            Self::Likeness => "likeness",
            Self::Slip => "slip",
            Self::SecondEntry => "second-entry",
            Self::Account => "account",
            Self::Edition => "edition",
            Self::Backup => "backup",
            Self::Restore => "restore",
        }
    }

    /// Returns the words for people.
    pub fn label(self) -> Label {
        match self {
            Self::Created => Label::new("dépôt créé", "store made"),
            Self::StudyAdopted => Label::new("étude changée", "study changed"),
            Self::Import => Label::new("import", "import"),
            Self::Undo => Label::new("lot annulé", "batch undone"),
            Self::Edit => Label::new("fiche corrigée", "record corrected"),
            Self::Entry => Label::new("fiche saisie", "record typed"),
            Self::DraftDropped => Label::new("brouillon jeté", "draft thrown away"),
            Self::Finding => Label::new("constat traité", "finding dealt with"),
            Self::IdentityRead => Label::new("identités lues", "identities read"),
            Self::Export => Label::new("copie remise à la personne", "copy for the person"),
            Self::Rectify => Label::new("identité corrigée", "identity corrected"),
            Self::Erase => Label::new("personne effacée", "person erased"),
            Self::Purge => Label::new("purge", "purge"),
            Self::Likeness => Label::new("ressemblances", "likenesses"),
            Self::Slip => Label::new("bordereau", "slip"),
            Self::SecondEntry => Label::new("double saisie", "double entry"),
            Self::Account => Label::new("compte", "account"),
            Self::Edition => Label::new("édition fixée", "edition fixed"),
            Self::Backup => Label::new("sauvegarde", "backup"),
            Self::Restore => Label::new("restauration", "restore"),
        }
    }

    /// Returns the action of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}
