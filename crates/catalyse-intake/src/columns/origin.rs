//! The partner and the wave of a whole delivery, where no column says them: from the sender's words, the name of the file or sheet, or
//! the titles above the table.

use catalyse_codebook::CodeList;
use catalyse_locale::Label;

/// Says which text told a partner or a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// The name of the file.
    File,
    /// The name of the sheet.
    Sheet,
    /// A line above the table.
    Title,
    /// What the sender said of the wave.
    WaveOption,
    /// What the sender said of the partner.
    PartnerOption,
}

impl Told {
    /// Returns the words for people.
    pub(crate) fn label(self) -> Label {
        match self {
            Self::File => Label::new("le nom du fichier", "the name of the file"),
            Self::Sheet => Label::new("le nom de la feuille", "the name of the sheet"),
            Self::Title => Label::new("un titre au-dessus du tableau", "a title above the table"),
            Self::WaveOption => Label::same("--wave"),
            Self::PartnerOption => Label::same("--partner"),
        }
    }
}

/// Holds what texts tell of a partner or a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A text names exactly one: its position in the list.
    Found(u16, Told),
    /// Nothing names one.
    None,
    /// A text names several.
    Several(Vec<u16>, Told),
}

/// Finds which category of an implicit list (partners, waves) the texts name. The first text that names one decides.
pub(crate) fn find<'t>(
    list: &CodeList,
    texts: impl IntoIterator<Item = (Told, &'t str)>,
) -> Origin {
    for (told, text) in texts {
        let named = list.spoken_in(text);
        match named.as_slice() {
            [] => {}
            [position] => return Origin::Found(*position, told),
            [..] => return Origin::Several(named, told),
        }
    }
    Origin::None
}
