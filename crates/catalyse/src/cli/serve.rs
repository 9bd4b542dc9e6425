//! The options of `serve`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::StorePlace;
use super::bounds::{PERSONS, within};

/// Holds the options of `serve`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ServeArgs {
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
    /// The store.
    #[command(flatten)]
    pub place: StorePlace,
    #[arg(long, value_name = "COMPTE")]
    pub user: Option<String>,
    #[arg(long)]
    pub demo: bool,
    #[arg(
        long,
        default_value_t = 120,
        value_name = "N",
        hide_default_value = true,
        requires = "demo",
        value_parser = within(&PERSONS)
    )]
    pub persons: u64,
    #[arg(long, default_value = "127.0.0.1", value_name = "ADRESSE", hide_default_value = true)]
    pub address: String,
    #[arg(long, default_value_t = 8017, value_name = "PORT", hide_default_value = true)]
    pub port: u16,
    #[arg(long, value_name = "NOM")]
    pub host: Vec<String>,
    #[arg(long, value_name = "FICHIER", requires = "certificate_key")]
    pub certificate: Option<PathBuf>,
    #[arg(long, value_name = "FICHIER", requires = "certificate")]
    pub certificate_key: Option<PathBuf>,
    #[arg(long)]
    pub behind_proxy: bool,
}
