//! The options of `serve`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// Holds the options of `serve`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ServeArgs {
    /// Étude : un nom fourni avec le programme, ou un dossier
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
    /// Dépôt : un dossier fait par `init`, un fichier SQLite, ou une adresse postgres://
    #[arg(long, value_name = "DÉPÔT")]
    pub store: Option<String>,
    /// Fichier de clé du dépôt, qui ouvre les identités ; sans lui, clef.json à côté du dépôt
    #[arg(long, value_name = "FICHIER")]
    pub key: Option<PathBuf>,
    /// Fichier de la phrase secrète de la clé, si elle en a une ; sans lui, elle est demandée
    #[arg(long, value_name = "FICHIER")]
    pub passphrase_file: Option<PathBuf>,
    /// Compte pour lequel un lien d’entrée est affiché ; sans lui, le seul qui existe
    #[arg(long, value_name = "COMPTE")]
    pub user: Option<String>,
    /// Personnes inventées, dans un dossier temporaire : pour essayer
    #[arg(long)]
    pub demo: bool,
    /// Nombre de personnes inventées
    #[arg(
        long,
        default_value_t = 120,
        value_name = "N",
        hide_default_value = true,
        requires = "demo"
    )]
    pub persons: usize,
    /// Adresse où écouter ; hors de cette machine, il faut un certificat ou un relais qui chiffre
    #[arg(long, default_value = "127.0.0.1", value_name = "ADRESSE", hide_default_value = true)]
    pub address: String,
    /// Port ; 0 en choisit un libre
    #[arg(long, default_value_t = 8017, value_name = "PORT", hide_default_value = true)]
    pub port: u16,
    /// Nom sous lequel les navigateurs demandent le serveur, en plus de ceux de cette machine
    #[arg(long, value_name = "NOM")]
    pub host: Vec<String>,
    /// Certificat, en PEM
    #[arg(long, value_name = "FICHIER", requires = "certificate_key")]
    pub certificate: Option<PathBuf>,
    /// Clé du certificat, en PEM
    #[arg(long, value_name = "FICHIER", requires = "certificate")]
    pub certificate_key: Option<PathBuf>,
    /// Affirme qu’un relais chiffre entre les navigateurs et ce serveur
    #[arg(long)]
    pub behind_proxy: bool,
}
