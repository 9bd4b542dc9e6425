//! What each option of the commands on a store means, as help says it. Keys are as in `options.rs`.

use catalyse_locale::Wording;

const OF_FOLDER: Wording = Wording::new(
    "Étude : un nom fourni avec le programme, ou un dossier ; sans elle, celle du dossier de travail",
    "Study: a name that comes with the program, or a folder; without it, that of the working folder",
);

/// The options.
pub(super) const KEEPING: &[(&str, Wording)] = &[
    (
        "store",
        Wording::new(
            "Dépôt : un dossier fait par `init`, un fichier SQLite, ou une adresse postgres://",
            "Store: a folder made by `init`, an SQLite file, or an address postgres://",
        ),
    ),
    (
        "key",
        Wording::new(
            "Fichier de clé, qui ouvre les identités ; sans lui, clef.json à côté du dépôt",
            "Key file, which opens identities; without it, clef.json beside the store",
        ),
    ),
    (
        "passphrase_file",
        Wording::new(
            "Fichier de la phrase secrète de la clé, si elle en a une ; sans lui, elle est demandée",
            "File of the key's passphrase, if it has one; without it, it is asked for",
        ),
    ),
    (
        "user",
        Wording::new(
            "Compte au nom duquel on travaille : ses droits valent, le journal le nomme",
            "Account in whose name one works: its rights hold, the journal names it",
        ),
    ),
    (
        "because",
        Wording::new(
            "Pourquoi, pour le journal ; sans nommer personne",
            "Why, for the journal; without naming anybody",
        ),
    ),
    (
        "serve user",
        Wording::new(
            "Compte pour lequel un lien d’entrée est affiché ; sans lui, le seul qui existe",
            "Account for which a link to enter is shown; without it, the only one there is",
        ),
    ),
    (
        "demo",
        Wording::new(
            "Personnes inventées, dans un dossier temporaire : pour essayer",
            "Invented persons, in a temporary folder: for trying",
        ),
    ),
    (
        "address",
        Wording::new(
            "Adresse où écouter ; hors de cette machine, il faut un certificat ou un relais qui chiffre",
            "Address to listen on; beyond this machine, a certificate or an encrypting proxy is needed",
        ),
    ),
    ("port", Wording::new("Port ; 0 en choisit un libre", "Port; 0 chooses a free one")),
    (
        "host",
        Wording::new(
            "Nom sous lequel les navigateurs demandent le serveur, en plus de ceux de cette machine",
            "Name by which browsers ask for the server, beside those of this machine",
        ),
    ),
    ("certificate", Wording::new("Certificat, en PEM", "Certificate, in PEM")),
    (
        "certificate_key",
        Wording::new("Clé du certificat, en PEM", "Key of the certificate, in PEM"),
    ),
    (
        "behind_proxy",
        Wording::new(
            "Affirme qu’un relais chiffre entre les navigateurs et ce serveur",
            "States that a proxy encrypts between the browsers and this server",
        ),
    ),
    ("init folder", Wording::new("Dossier de travail à créer", "Working folder to make")),
    (
        "init study",
        Wording::new(
            "Étude : un nom fourni avec le programme, ou un dossier ; elle est copiée dans le dossier de travail",
            "Study: a name that comes with the program, or a folder; it is copied into the working folder",
        ),
    ),
    (
        "init store",
        Wording::new(
            "Dépôt ailleurs que dans le dossier : une adresse postgres://",
            "Store elsewhere than in the folder: an address postgres://",
        ),
    ),
    (
        "init key",
        Wording::new(
            "Où écrire le fichier de clé ; sans lui, clef.json dans le dossier de travail",
            "Where to write the key file; without it, clef.json in the working folder",
        ),
    ),
    (
        "passphrase",
        Wording::new(
            "Protège le fichier de clé par une phrase secrète, demandée sans être affichée",
            "Protects the key file by a passphrase, asked for without being shown",
        ),
    ),
    (
        "init passphrase_file",
        Wording::new(
            "Fichier où lire la phrase secrète au lieu de la demander",
            "File to read the passphrase from instead of asking for it",
        ),
    ),
    ("user name", Wording::new("Nom du compte", "Name of the account")),
    (
        "user role",
        Wording::new(
            "Rôle : encoder, partner_coordinator, network_coordinator, reader, administrator",
            "Role: encoder, partner_coordinator, network_coordinator, reader, administrator",
        ),
    ),
    (
        "user partner",
        Wording::new(
            "Partenaire d’un encodeur ou d’un coordinateur de partenaire",
            "Partner of an encoder or of a partner's coordinator",
        ),
    ),
    (
        "password_file",
        Wording::new(
            "Fichier où lire le mot de passe, « - » pour l’entrée standard",
            "File to read the password from, `-` for standard input",
        ),
    ),
    (
        "no_password",
        Wording::new(
            "Sans mot de passe : le compte entre par un lien de `serve`",
            "Without a password: the account enters by a link of `serve`",
        ),
    ),
    ("user study", OF_FOLDER),
    ("batch study", OF_FOLDER),
    ("store study", OF_FOLDER),
    (
        "accept",
        Wording::new(
            "Accepte les constats à vérifier d’un contrôle, « contrôle » ; il faut --user et --because",
            "Accepts the findings to be confirmed of a check, `check`; --user and --because are needed",
        ),
    ),
    (
        "dry_run",
        Wording::new(
            "Dit ce qui arriverait, et ne change rien",
            "Says what would happen, and changes nothing",
        ),
    ),
    ("batch batch", Wording::new("Numéro du lot", "Number of the batch")),
    (
        "yes",
        Wording::new("Fait ce qui est annoncé, sans demander", "Does what is said, without asking"),
    ),
    (
        "also_edited",
        Wording::new(
            "Reprend aussi les fiches corrigées depuis : leurs corrections sont perdues",
            "Takes back records corrected since, too: their corrections are lost",
        ),
    ),
    ("store person", Wording::new("Code de la personne", "Code of the person")),
    (
        "store partner",
        Wording::new(
            "Partenaire, si plusieurs ont une personne de ce code",
            "Partner, if several have a person of this code",
        ),
    ),
    (
        "store backup folder",
        Wording::new(
            "Dossier des sauvegardes, sur un autre disque",
            "Folder of the backups, on another disk",
        ),
    ),
    (
        "store restore file",
        Wording::new(
            "Sauvegarde ; la feuille des clés doit être à côté d’elle",
            "Backup; the sheet of keys must be beside it",
        ),
    ),
    (
        "store restore to",
        Wording::new(
            "Où refaire le dépôt : un fichier à créer, ou une adresse postgres://",
            "Where to make the store: a file to make, or an address postgres://",
        ),
    ),
    ("store journal last", Wording::new("Nombre de lignes", "Number of lines")),
    (
        "store likeness same",
        Wording::new(
            "Note que les deux personnes de cette ligne n’en sont qu’une",
            "Notes that the two persons of this line are one",
        ),
    ),
    (
        "store likeness different",
        Wording::new(
            "Note que les deux personnes de cette ligne sont deux",
            "Notes that the two persons of this line are two",
        ),
    ),
    ("store export-person out", Wording::new("Fichier à écrire", "File to write")),
    (
        "store rectify from",
        Wording::new(
            "Fichier TOML des réponses corrigées : variable = \"réponse\"",
            "TOML file of the corrected answers: variable = \"answer\"",
        ),
    ),
    (
        "store erase leave",
        Wording::new(
            "Ce qui reste : counts (un dans le nombre de personnes), nothing (rien) ; sans elle, ce que dit la règle de protection de l’étude",
            "What stays: counts (one in the number of persons), nothing; without it, what the study's policy says",
        ),
    ),
    (
        "store purge leave",
        Wording::new(
            "Ce qui reste d’une personne dont tout est passé : counts, nothing ; sans elle, ce que dit la règle de protection de l’étude",
            "What stays of a person of whom all is over: counts, nothing; without it, what the study's policy says",
        ),
    ),
    (
        "store purge before",
        Wording::new(
            "Jour, AAAA-MM-JJ ; sans lui, aujourd’hui",
            "Day, YYYY-MM-DD; without it, today",
        ),
    ),
];
