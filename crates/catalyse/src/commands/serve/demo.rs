//! The demonstration: a store of invented persons, an account for each role, and a link that needs no password.

use std::path::{Path, PathBuf};

use catalyse_locale::{Args, Wording};
use catalyse_simulate::{Hints, Options, simulate};
use catalyse_store::{
    Account, Author, DeliveredFile, KeyFile, NewAccount, Role, Store, StoreError,
};
use jiff::Timestamp;

use crate::cli::{Input, ServeArgs};
use crate::commands::check::open_checks;
use crate::commands::import::{self, Accepting};
use crate::failure::{Exit, Failure};
use crate::fence::Fence;
use crate::files;
use crate::reading::{self, Keep};
use crate::store::{failure as store_failure, key_file};
use crate::study::OpenedStudy;
use crate::terminal::Terminal;

/// Holds an open demonstration.
pub(super) struct Demo {
    pub(super) store: Store,
    /// The account that the link is for.
    pub(super) account: Account,
    /// Its folder, if it goes with it.
    pub(super) passing: Option<Passing>,
}

/// Opens the demonstration: the store that is named, if it is there, else a new one with invented persons.
pub(super) async fn open(
    args: &ServeArgs,
    opened: &OpenedStudy,
    terminal: &Terminal,
) -> Result<Demo, Failure> {
    const MAKING: Wording = Wording::new(
        "Démonstration : { $n } personnes inventées, dans { $folder }.",
        "Demonstration: { $n } invented persons, in { $folder }.",
    );
    not_too_many(args.persons)?;
    let Spot { url, key, folder, passing } = spot(args)?;
    let is_there = key.is_file();
    let store = if is_there {
        let key = key_file(&key, None, terminal)?;
        Store::open(&url, &opened.codebook, Some(key)).await.map_err(store_failure)?
    } else {
        terminal.say(
            &MAKING,
            &Args::new().count("n", args.persons).text("folder", folder.display().to_string()),
        );
        make(args, opened, (&folder, &url, &key), terminal).await?
    };
    let passing = passing.then(|| Passing(folder));
    let name = args.user.as_deref().unwrap_or("demo");
    let account = store.account(name).await.map_err(store_failure)?;
    Ok(Demo { store, account, passing })
}

/// Says where a demonstration is.
struct Spot {
    url: String,
    key: PathBuf,
    /// The folder of its files.
    folder: PathBuf,
    /// Whether that folder goes with it.
    passing: bool,
}

/// Finds out where: in a folder beside the name that is given, in one that passes, or on a server with the key file that is named.
fn spot(args: &ServeArgs) -> Result<Spot, Failure> {
    const NO_KEY: Wording = Wording::new(
        "une démonstration sur un serveur demande où garder son fichier de clé. Ajoutez `--key FICHIER`.",
        "a demonstration on a server asks where to keep its key file. Add `--key FILE`.",
    );
    let named = args.place.store.as_deref();
    let in_folder = |folder: PathBuf, passing| {
        let url = folder.join("catalyse.db").display().to_string();
        Spot { url, key: folder.join("cle.json"), folder, passing }
    };
    match named {
        None => {
            let folder = format!("catalyse-demo-{}", std::process::id());
            Ok(in_folder(std::env::temp_dir().join(folder), true))
        }
        Some(url) if url.starts_with("postgres:") || url.starts_with("postgresql:") => {
            let key = args.place.key.clone();
            let key = key.ok_or_else(|| Failure::new(Exit::Usage, NO_KEY.with(Args::new())))?;
            let folder = key.with_extension("demo");
            Ok(Spot { url: url.to_owned(), key, folder, passing: false })
        }
        Some(store) => Ok(in_folder(PathBuf::from(store).with_extension("demo"), false)),
    }
}

/// Refuses a demonstration that would take minutes to make and show nothing more.
fn not_too_many(n_persons: u64) -> Result<(), Failure> {
    const MOST: u64 = 20_000;
    const TOO_MANY: Wording = Wording::new(
        "une démonstration a { $most } personnes au plus. Mettez un plus petit nombre à `--persons` ; `catalyse simulate` en invente davantage, en fichiers.",
        "a demonstration has { $most } persons at most. Give `--persons` a smaller number; `catalyse simulate` invents more, as files.",
    );
    if n_persons <= MOST {
        return Ok(());
    }
    Err(Failure::new(Exit::Usage, TOO_MANY.with(Args::new().count("most", MOST))))
}

/// A folder of a demonstration that nobody named: it goes with the demonstration, however that ends.
pub(super) struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        files::remove_folder(&self.0);
    }
}

async fn make(
    args: &ServeArgs,
    opened: &OpenedStudy,
    (folder, url, key): (&Path, &str, &Path),
    terminal: &Terminal,
) -> Result<Store, Failure> {
    let drawn = KeyFile::draw().map_err(store_failure)?;
    files::write(key, drawn.write(None).map_err(store_failure)?.as_bytes())?;
    let author = Author::new("demo", Timestamp::now());
    let store = Store::create(url, &opened.codebook, Some(drawn), &author).await;
    let store = store.map_err(store_failure)?;
    accounts(&store, opened, &author).await.map_err(store_failure)?;
    let delivery = {
        let (reading, files) = read(opened, (args, folder), terminal)?;
        import::delivery(&opened.codebook, reading, files, &Accepting::default())?
    };
    store.accept(&delivery, &author).await.map_err(store_failure)?;
    Ok(store)
}

/// Opens an account for each role. Only `demo` has a way in: the link that is printed.
async fn accounts(store: &Store, opened: &OpenedStudy, author: &Author) -> Result<(), StoreError> {
    let first = opened.codebook.study.partners.first().map(|partner| partner.id.clone());
    let mut named = vec![("demo", Role::PartnerCoordinator)];
    named.extend([("encodeur", Role::Encoder), ("reseau", Role::NetworkCoordinator)]);
    named.extend([("lecteur", Role::Reader), ("comptes", Role::Administrator)]);
    for (name, role) in named {
        let partner = first.clone().filter(|_| role.has_partner());
        let new = NewAccount { name: name.to_owned(), role, partner, password: None };
        store.add_account(new, author).await?;
    }
    Ok(())
}

/// Invents deliveries and reads them as any others.
fn read(
    opened: &OpenedStudy,
    (args, folder): (&ServeArgs, &Path),
    terminal: &Terminal,
) -> Result<(reading::Reading, Vec<DeliveredFile>), Failure> {
    const FAILED: Wording = Wording::new(
        "aucune personne n’a pu être inventée pour cette étude ({ $reason }). Vérifiez-la avec `catalyse codebook lint`.",
        "no persons could be invented for this study ({ $reason }). Check it with `catalyse codebook lint`.",
    );
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(Exit::Usage, FAILED.with(Args::new().text("reason", error.to_string())))
    };
    let hints = opened.files.get(&format!("{}/simulation.toml", opened.name)).unwrap_or_default();
    let hints = Hints::parse(hints).map_err(|error| failed(&error))?;
    let n_waves = opened.codebook.study.waves.len().saturating_sub(1).clamp(1, 2);
    let options = Options {
        n_persons: usize::try_from(args.persons).unwrap_or(usize::MAX),
        n_waves,
        seed: 1,
        faults: false,
    };
    let simulated = simulate(&opened.codebook, &hints, &options).map_err(|error| failed(&error))?;
    let mut paths = Vec::new();
    for file in &simulated.files {
        let path = folder.join("livraisons").join(&file.path);
        files::write(&path, &file.bytes)?;
        paths.push(path);
    }
    let files = import::delivered(&paths)?;
    let input = Input {
        study: args.study.clone(),
        memory: 1536,
        timeout: 300,
        files: paths,
        ..Input::default()
    };
    let checks = open_checks(&opened.codebook, &opened.name)?;
    let reading = reading::read(&checks, (&input, Fence::new(&input)), (Keep::Records, terminal))?;
    reading.refuse_unreadable()?;
    Ok((reading, files))
}
