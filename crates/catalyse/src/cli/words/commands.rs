//! What each command does, as its help says it.

use catalyse_locale::Wording;

/// The commands by their path; the empty one is the program.
pub(super) const COMMANDS: &[(&str, Wording)] = &[
    (
        "",
        Wording::new(
            "Des fiches des partenaires aux grandes tendances : contrôler, profiler, protéger, publier.",
            "From the partners' records to the main trends: check, profile, protect, publish.",
        ),
    ),
    (
        "check",
        Wording::new(
            "Contrôle des fichiers et liste les constats, avec leur endroit",
            "Checks files and lists the findings, with their places",
        ),
    ),
    (
        "report",
        Wording::new(
            "Écrit le rapport « tendances » : page, classeur, figures, tableaux",
            "Writes the report of trends: page, workbook, figures, tables",
        ),
    ),
    (
        "profile",
        Wording::new(
            "Décrit la qualité des données : alertes, absences, valeurs distinctes",
            "Describes the quality of data: alerts, missing values, distinct values",
        ),
    ),
    (
        "simulate",
        Wording::new(
            "Invente des fiches pour une étude, avec ou sans fautes plantées",
            "Invents records for a study, with or without planted faults",
        ),
    ),
    (
        "codebook",
        Wording::new(
            "Vérifie, montre ou commence le dictionnaire d’une étude",
            "Verifies, shows or begins the codebook of a study",
        ),
    ),
    (
        "codebook lint",
        Wording::new(
            "Cherche les fautes d’une étude : noms inconnus, listes inutiles, conditions impossibles",
            "Looks for faults of a study: unknown names, unused lists, impossible conditions",
        ),
    ),
    (
        "codebook show",
        Wording::new(
            "Montre une étude, ou un de ses formulaires, variables, listes ou contrôles",
            "Shows a study, or one of its forms, variables, lists or checks",
        ),
    ),
    (
        "codebook init",
        Wording::new(
            "Écrit une petite étude complète, à changer ensuite",
            "Writes a small complete study, to be changed afterwards",
        ),
    ),
    ("serve", Wording::new("Ouvre la saisie dans le navigateur", "Opens entry in the browser")),
    (
        "init",
        Wording::new(
            "Crée un dossier de travail : dépôt, fichier de clé, étude, mode d’emploi",
            "Makes a working folder: store, key file, study, instructions",
        ),
    ),
    (
        "user",
        Wording::new(
            "Gère les comptes de ceux qui entrent dans le dépôt",
            "Keeps the accounts of those who enter the store",
        ),
    ),
    ("user list", Wording::new("Liste les comptes", "Lists the accounts")),
    (
        "user access",
        Wording::new(
            "Liste les comptes qui voient les réponses de santé, avec la raison que donne l’étude (loi du 30 juillet 2018, art. 9)",
            "Lists the accounts that see the answers on health, with the reason that the study gives (law of 30 July 2018, art. 9)",
        ),
    ),
    (
        "user add",
        Wording::new(
            "Ajoute un compte ; le mot de passe est demandé sans être affiché",
            "Adds an account; the password is asked for without being shown",
        ),
    ),
    (
        "user role",
        Wording::new(
            "Donne un autre rôle à un compte et ferme ses sessions",
            "Gives an account another role and closes its sessions",
        ),
    ),
    (
        "user password",
        Wording::new(
            "Change le mot de passe d’un compte et ferme ses sessions",
            "Changes the password of an account and closes its sessions",
        ),
    ),
    (
        "user enable",
        Wording::new(
            "Rouvre un compte fermé, avec le rôle et le mot de passe qu’il avait",
            "Opens a closed account again, with the role and the password it had",
        ),
    ),
    (
        "user disable",
        Wording::new(
            "Ferme un compte ; il reste dans le journal",
            "Closes an account; it stays in the journal",
        ),
    ),
    (
        "import",
        Wording::new(
            "Met des livraisons contrôlées dans le dépôt",
            "Puts checked deliveries into the store",
        ),
    ),
    (
        "batch",
        Wording::new(
            "Liste, montre ou annule les lots importés",
            "Lists, shows or undoes imported batches",
        ),
    ),
    (
        "batch list",
        Wording::new(
            "Liste les lots, le plus récent d’abord",
            "Lists the batches, the latest first",
        ),
    ),
    (
        "batch show",
        Wording::new(
            "Montre un lot : bordereau, fichiers, lignes de côté, constats",
            "Shows a batch: slip, files, rows set aside, findings",
        ),
    ),
    (
        "batch undo",
        Wording::new(
            "Annule un lot : les fiches redeviennent ce qu’elles étaient",
            "Undoes a batch: the records become what they were",
        ),
    ),
    (
        "store",
        Wording::new(
            "Prouve, sauvegarde et entretient le dépôt ; droits des personnes",
            "Proves, backs up and maintains the store; rights of persons",
        ),
    ),
    (
        "store verify",
        Wording::new(
            "Prouve que le dépôt est entier : journal, fiches, identités",
            "Proves that the store is whole: journal, records, identities",
        ),
    ),
    (
        "store backup",
        Wording::new(
            "Écrit une sauvegarde prouvée dans un dossier, pendant que d’autres travaillent",
            "Writes a proven backup into a folder, while others work",
        ),
    ),
    (
        "store restore",
        Wording::new(
            "Refait un dépôt d’une sauvegarde, à un endroit où il n’y en a pas",
            "Makes a store of a backup, at a place where there is none",
        ),
    ),
    (
        "store journal",
        Wording::new(
            "Liste ce qui a été fait, le plus récent d’abord",
            "Lists what was done, the latest first",
        ),
    ),
    (
        "store likeness",
        Wording::new(
            "Cherche les personnes qui sont peut-être la même, et note ce qu’on en décide",
            "Looks for persons who may be the same, and notes what is decided",
        ),
    ),
    (
        "store export-person",
        Wording::new(
            "Remet à une personne tout ce qui est connu d’elle (RGPD, art. 15 et 20)",
            "Hands a person all that is known of them (GDPR, art. 15 and 20)",
        ),
    ),
    (
        "store rectify",
        Wording::new(
            "Corrige l’identité d’une personne (RGPD, art. 16)",
            "Corrects the identity of a person (GDPR, art. 16)",
        ),
    ),
    (
        "store erase",
        Wording::new(
            "Efface une personne, dans les sauvegardes aussi (RGPD, art. 17)",
            "Erases a person, in the backups too (GDPR, art. 17)",
        ),
    ),
    (
        "store purge",
        Wording::new(
            "Retire les réponses dont la durée de conservation est passée",
            "Takes out the answers whose time of retention is over",
        ),
    ),
];
