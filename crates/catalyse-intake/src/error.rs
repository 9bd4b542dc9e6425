//! Why a delivery could not be read at all, each with one sentence for its reader.

use std::io;

use catalyse_locale::{Args, Message, Wording};
use thiserror::Error;

use crate::sheet::recognised::Recognised;

/// A delivery that cannot be read, or a reading that was stopped.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// The file holds nothing.
    #[error("an empty file")]
    Empty,
    /// The file is something else than a table.
    #[error("a file that is no table: {0:?}")]
    NotATable(Kind),
    /// The workbook asks for a password.
    #[error("an encrypted workbook")]
    Encrypted,
    /// The file is damaged: cut off, or not what it claims to be.
    #[error("a damaged file ({0})")]
    Damaged(String),
    /// A part of the container is not what was packed: its checksum is another one, or it does not unpack.
    #[error("a file that was damaged on its way")]
    Corrupted,
    /// Something in the file is beyond what is read.
    #[error("{what:?} beyond the limit of {limit}")]
    TooLarge {
        /// What is too large.
        what: Size,
        /// The most that is read.
        limit: u64,
    },
    /// No row names enough variables of the study. It holds what the nearest one names, if one names anything.
    #[error("no header row that names variables of the study")]
    NoHeader(Option<Box<Recognised>>),
    /// Each row stands in one cell: the marks between its cells were never taken apart.
    #[error("a table in one column")]
    OneColumn(&'static str),
    /// The bytes could not be fetched.
    #[error("a file that cannot be fetched")]
    Io(#[from] io::Error),
    /// The study itself cannot be used for reading: a list holds a code twice.
    #[error("a study that cannot be laid out: {0}")]
    Study(String),
    /// The receiver wanted no more.
    #[error("a reading stopped by its receiver")]
    Stopped,
}

/// Says what a file is that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A web page, often one that calls itself .xls.
    Html,
    /// XML: Excel 2003's own, a flat ODS, or any other.
    Xml,
    /// A PDF.
    Pdf,
    /// A picture.
    Image,
    /// A binary workbook (.xlsb).
    Xlsb,
    /// A ZIP that is no workbook.
    Zip,
    /// An old Office file that holds no sheet: a letter, a presentation, an Excel of before 1997.
    Office,
    /// A text document (.docx, .odt) or presentation.
    Document,
    /// A ZIP that holds nothing, or nothing but the name of its type.
    EmptyZip,
    /// Bytes that are no text.
    Binary,
}

/// Says what can be too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The bytes of one row.
    RowBytes,
    /// The bytes a workbook unpacks to.
    UnpackedBytes,
    /// How much a part grows when unpacked.
    Ratio,
    /// The files inside a container.
    Entries,
    /// The cells of a few rows.
    Cells,
    /// The bytes of the file.
    FileBytes,
}

impl IntakeError {
    /// Returns why a part of a container could not be unpacked to its end.
    pub(crate) fn of_unpacking(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::OutOfMemory => Self::Io(error),
            _ => Self::Corrupted,
        }
    }

    /// Returns the sentence for people: what is wrong and what to do. The caller names the file.
    pub fn message(&self) -> Message {
        let args = Args::new();
        match self {
            Self::Empty => EMPTY.with(args),
            Self::NotATable(kind) => kind.wording().with(args),
            Self::Encrypted => ENCRYPTED.with(args),
            // What a library says behind the colon is English and for developers: it stays in `Display`.
            Self::Damaged(part) => {
                let part = part.split(':').next().unwrap_or_default();
                DAMAGED.with(args.text("part", part))
            }
            Self::Corrupted => CORRUPTED.with(args),
            Self::TooLarge { what, limit } => what.wording().with(args.count("limit", *limit)),
            Self::NoHeader(Some(recognised)) => recognised.no_header(),
            Self::NoHeader(None) => NO_HEADER.with(args),
            Self::OneColumn(mark) => ONE_COLUMN.with(args.text("mark", *mark)),
            Self::Io(_) => UNFETCHED.with(args),
            Self::Study(reason) => STUDY.with(args.text("reason", reason)),
            Self::Stopped => STOPPED.with(args),
        }
    }
}

const EMPTY: Wording = Wording::new(
    "le fichier est vide. Demander au partenaire de l'envoyer à nouveau.",
    "the file is empty. Ask the partner to send it again.",
);
const ENCRYPTED: Wording = Wording::new(
    "le classeur est protégé par un mot de passe. L'ouvrir, retirer le mot de passe (Fichier, Informations) et l'enregistrer à nouveau.",
    "the workbook is protected by a password. Open it, remove the password (File, Info) and save it again.",
);
const DAMAGED: Wording = Wording::new(
    "le fichier est endommagé ({ $part }). L'ouvrir dans un tableur, l'enregistrer à nouveau en .xlsx, ou le redemander.",
    "the file is damaged ({ $part }). Open it in a spreadsheet program, save it again as .xlsx, or ask for it again.",
);
const CORRUPTED: Wording = Wording::new(
    "le fichier a été abîmé en chemin : son contenu n'est plus celui qui a été enregistré (somme de contrôle). Demander au partenaire de le renvoyer.",
    "the file was damaged on its way: its content is no longer what was saved (checksum). Ask the partner to send it again.",
);
const NO_HEADER: Wording = Wording::new(
    "aucune ligne d'en-têtes reconnue parmi les 30 premières lignes. Nommer les colonnes comme dans le dictionnaire de l'étude, ou donner la correspondance des colonnes.",
    "no header row was recognised within the first 30 rows. Name the columns as in the codebook of the study, or give the mapping of the columns.",
);
const ONE_COLUMN: Wording = Wording::new(
    "tout le tableau est dans une seule colonne : chaque ligne est une seule cellule, avec ses { $mark } dedans. Dans Excel, choisir la colonne, puis Données, Convertir, Délimité, { $mark } ; enregistrer en .xlsx et recommencer.",
    "the whole table stands in one column: each row is one cell, with its { $mark } inside. In Excel, choose the column, then Data, Text to Columns, Delimited, { $mark }; save as .xlsx and begin again.",
);
const UNFETCHED: Wording = Wording::new(
    "le fichier ne peut pas être lu jusqu'au bout. Vérifier qu'il est accessible et complet.",
    "the file cannot be read to its end. Check that it is accessible and complete.",
);
const STUDY: Wording = Wording::new(
    "l'étude ne permet pas de lire le fichier ({ $reason }). Vérifier l'étude.",
    "the study does not allow the file to be read ({ $reason }). Check the study.",
);
const STOPPED: Wording = Wording::new("la lecture a été arrêtée.", "the reading was stopped.");

impl Kind {
    const fn wording(self) -> Wording {
        match self {
            Self::Html => Wording::new(
                "c'est une page web (HTML), pas un classeur, même si son nom le dit. L'ouvrir dans un tableur et l'enregistrer en .xlsx.",
                "this is a web page (HTML), not a workbook, even if its name says so. Open it in a spreadsheet program and save it as .xlsx.",
            ),
            Self::Xml => Wording::new(
                "c'est un fichier XML, pas un classeur que l'on sait lire. L'ouvrir dans un tableur et l'enregistrer en .xlsx.",
                "this is an XML file, not a workbook that can be read. Open it in a spreadsheet program and save it as .xlsx.",
            ),
            Self::Pdf => Wording::new(
                "c'est un PDF. Demander au partenaire le tableau lui-même (.xlsx, .ods ou .csv).",
                "this is a PDF. Ask the partner for the table itself (.xlsx, .ods or .csv).",
            ),
            Self::Image => Wording::new(
                "c'est une image. Demander au partenaire le tableau lui-même (.xlsx, .ods ou .csv).",
                "this is a picture. Ask the partner for the table itself (.xlsx, .ods or .csv).",
            ),
            Self::Xlsb => Wording::new(
                "c'est un classeur binaire (.xlsb). L'ouvrir dans Excel et l'enregistrer en .xlsx.",
                "this is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.",
            ),
            Self::Zip => Wording::new(
                "c'est une archive ZIP sans classeur. La décompresser et donner les fichiers qu'elle contient.",
                "this is a ZIP archive without a workbook. Unpack it and give the files it holds.",
            ),
            Self::EmptyZip => Wording::new(
                "c'est un classeur sans contenu : aucune feuille n'y est. Demander au partenaire de l'enregistrer et de l'envoyer à nouveau.",
                "this is a workbook without content: no sheet is in it. Ask the partner to save it and send it again.",
            ),
            Self::Office => Wording::new(
                "c'est un ancien fichier Office sans feuille de calcul lisible. L'ouvrir et enregistrer le tableau en .xlsx.",
                "this is an old Office file without a readable sheet. Open it and save the table as .xlsx.",
            ),
            Self::Document => Wording::new(
                "c'est un document texte ou une présentation, pas un classeur. Demander le tableau lui-même (.xlsx, .ods ou .csv).",
                "this is a text document or a presentation, not a workbook. Ask for the table itself (.xlsx, .ods or .csv).",
            ),
            Self::Binary => Wording::new(
                "le contenu n'est ni un classeur ni du texte. Enregistrer le tableau en .xlsx, .ods ou .csv.",
                "the content is neither a workbook nor text. Save the table as .xlsx, .ods or .csv.",
            ),
        }
    }
}

impl Size {
    const fn wording(self) -> Wording {
        match self {
            Self::RowBytes => Wording::new(
                "une ligne dépasse { $limit } octets ; ce n'est pas un tableau lisible. Vérifier le fichier.",
                "a row exceeds { $limit } bytes; this is no readable table. Check the file.",
            ),
            Self::UnpackedBytes => Wording::new(
                "le classeur décompressé dépasse { $limit } octets. Le partager en plusieurs fichiers ou l'enregistrer en .csv.",
                "the unpacked workbook exceeds { $limit } bytes. Split it into several files or save it as .csv.",
            ),
            Self::Ratio => Wording::new(
                "une partie du classeur grossit de plus de { $limit } fois en se décompressant, comme un fichier piégé. Ne pas l'ouvrir ; demander au partenaire comment il a été fait, et de l'exporter à nouveau.",
                "a part of the workbook grows more than { $limit } times when unpacked, as a rigged file does. Do not open it; ask the partner how it was made, and to export it again.",
            ),
            Self::Entries => Wording::new(
                "le classeur contient plus de { $limit } fichiers internes. L'ouvrir dans un tableur et l'enregistrer à nouveau.",
                "the workbook holds more than { $limit } inner files. Open it in a spreadsheet program and save it again.",
            ),
            Self::Cells => Wording::new(
                "quelques lignes contiennent plus de { $limit } cellules. Supprimer les colonnes vides à droite du tableau et enregistrer.",
                "a few rows hold more than { $limit } cells. Delete the empty columns right of the table and save.",
            ),
            Self::FileBytes => Wording::new(
                "le fichier dépasse { $limit } octets. Le partager en plusieurs fichiers ou l'enregistrer en .csv.",
                "the file exceeds { $limit } bytes. Split it into several files or save it as .csv.",
            ),
        }
    }
}
