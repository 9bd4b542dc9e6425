//! What each option of the commands on files means, as help says it. A key is the option, or the command and the option where it means
//! something else there.

use catalyse_locale::Wording;

/// The options.
pub(super) const OPTIONS: &[(&str, Wording)] = &[
    (
        "lang",
        Wording::new(
            "Langue des messages et des rapports : fr, en",
            "Language of messages and reports: fr, en",
        ),
    ),
    ("quiet", Wording::new("N’affiche sur l’écran que le résultat", "Shows only the result")),
    ("help", Wording::new("Affiche cette aide", "Shows this help")),
    ("version", Wording::new("Affiche la version", "Shows the version")),
    (
        "study",
        Wording::new(
            "Étude : un nom fourni avec le programme, ou un dossier",
            "Study: a name that comes with the program, or a folder",
        ),
    ),
    (
        "wave",
        Wording::new(
            "Vague des fichiers qui ne la nomment pas ; avec un dépôt, la vague voulue",
            "Wave of the files that do not name it; with a store, the wave that is wanted",
        ),
    ),
    (
        "partner",
        Wording::new(
            "Partenaire des fichiers qui ne le nomment pas ; avec un dépôt, le partenaire voulu",
            "Partner of the files that do not name it; with a store, the partner that is wanted",
        ),
    ),
    (
        "mapping",
        Wording::new(
            "Correspondance des colonnes : un fichier TOML « \"en-tête\" = \"variable\" »",
            "Mapping of columns: a TOML file of `\"header\" = \"variable\"`",
        ),
    ),
    (
        "memory",
        Wording::new(
            "Mémoire permise à la lecture d’un fichier, en mégaoctets",
            "Memory allowed for reading a file, in megabytes",
        ),
    ),
    (
        "timeout",
        Wording::new(
            "Temps permis à la lecture d’un fichier, en secondes",
            "Time allowed for reading a file, in seconds",
        ),
    ),
    (
        "files",
        Wording::new(
            "Fichiers à lire : { $formats } ; d’un dossier, ceux qui y sont",
            "Files to read: { $formats }; of a folder, those in it",
        ),
    ),
    (
        "check format",
        Wording::new("Forme du résultat : { $forms }", "Form of the result: { $forms }"),
    ),
    (
        "check out",
        Wording::new(
            "Fichier où écrire le résultat ; nécessaire pour un classeur",
            "File to write the result to; needed for a workbook",
        ),
    ),
    (
        "fail_on",
        Wording::new(
            "Gravité qui donne le code de sortie 1 : hard, soft, info",
            "Severity that gives exit code 1: hard, soft, info",
        ),
    ),
    (
        "all",
        Wording::new(
            "Montre tous les endroits et non les dix premiers de chaque contrôle",
            "Shows all places and not the first ten of each check",
        ),
    ),
    ("explain", Wording::new("Explique un contrôle et s’arrête", "Explains a check and stops")),
    ("out", Wording::new("Dossier où écrire", "Folder to write to")),
    (
        "report report",
        Wording::new(
            "Définition du rapport : un nom de l’étude, ou un fichier TOML ; sans elle, le premier de l’étude",
            "Definition of the report: a name of the study, or a TOML file; without it, the first of the study",
        ),
    ),
    (
        "by",
        Wording::new(
            "Un rapport de plus pour chaque partenaire, à côté de l’ensemble",
            "One report more for each partner, beside the whole",
        ),
    ),
    (
        "policy",
        Wording::new(
            "Politique de protection : un nom de l’étude",
            "Policy of protection: a name of the study",
        ),
    ),
    (
        "date",
        Wording::new(
            "Date écrite dans le rapport, AAAA-MM-JJ ; sans elle, celle du jour",
            "Date written in the report, YYYY-MM-DD; without it, today's",
        ),
    ),
    (
        "edition",
        Wording::new(
            "Fixe aussi une édition dans le dépôt, avec ce motif : ses lecteurs ont tous la même, et les rapports suivants gardent ses effectifs",
            "Fixes an edition in the store too, for this reason: all its readers have the same, and later reports keep to its counts",
        ),
    ),
    (
        "profile format",
        Wording::new("Forme du résultat : { $profiles }", "Form of the result: { $profiles }"),
    ),
    ("persons", Wording::new("Nombre de personnes inventées", "Number of invented persons")),
    (
        "waves",
        Wording::new(
            "Nombre de vagues ; sans lui, toutes celles de l’étude",
            "Number of waves; without it, all of the study",
        ),
    ),
    (
        "seed",
        Wording::new(
            "Graine du hasard : la même donne les mêmes fichiers",
            "Seed of chance: the same one gives the same files",
        ),
    ),
    (
        "faults",
        Wording::new(
            "Plante des fautes connues et écrit leur liste (verite.csv)",
            "Plants known faults and writes their list (verite.csv)",
        ),
    ),
    (
        "codebook show name",
        Wording::new(
            "Nom de ce qu’il faut montrer ; rien pour l’étude entière",
            "Name of what to show; nothing for the whole study",
        ),
    ),
    ("codebook init folder", Wording::new("Dossier à créer", "Folder to make")),
];
