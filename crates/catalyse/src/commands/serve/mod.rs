//! `catalyse serve`: entry in the browser, over a store or over invented persons.

mod demo;
mod report;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use catalyse_locale::{Args, Wording};
use catalyse_store::{Account, Store};
use catalyse_web::{Line, Settings, Site, WebError, block_on, serve};
use jiff::SignedDuration;

use crate::cli::{STUDY, ServeArgs};
use crate::failure::{Exit, Failure};
use crate::files;
use crate::store::{Operator, WorkPlace, failure as store_failure, key_file};
use crate::study::{self, OpenedStudy};
use crate::terminal::{Terminal, print};

/// Runs the command: until Ctrl-C.
pub(crate) fn run(args: &ServeArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let opened = Arc::new(study::open(&study_of(args)?)?);
    let settings = settings(args, terminal)?;
    block_on(work(args, (opened, settings), terminal)).map_err(failure)?
}

async fn work(
    args: &ServeArgs,
    (opened, settings): (Arc<OpenedStudy>, Settings),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    // Its folder goes when all else is done.
    let (store, entry, _passing) = if args.demo {
        let demo = demo::open(args, &opened, terminal).await?;
        (demo.store, Some(demo.account), demo.passing)
    } else {
        let store = open_store(args, &opened, terminal).await?;
        let account = single(&store, args.user.as_deref()).await?;
        (store, account, None)
    };
    let codebook = Arc::new(opened.codebook.clone());
    let site = Site::open(codebook, store.clone(), settings, Some(report::maker(&opened)));
    let site = Arc::new(site.map_err(failure)?);
    // Whoever starts the server gives the link: what is done by it says so.
    let operator = Operator::find(&store.url(), &opened, None).await?;
    let scheme = if args.certificate.is_some() { "https" } else { "http" };
    let link = match &entry {
        Some(account) => {
            let day = SignedDuration::from_hours(1);
            let token = store.one_time_link(account.id, day, &operator.author()).await;
            Some(token.map_err(store_failure)?)
        }
        None => None,
    };
    let accounts = store.accounts().await.map_err(store_failure)?;
    let is_closed = !accounts.iter().any(|account| account.is_open);
    let ready = |address: SocketAddr| {
        let path = link.as_ref().map(|token| format!("lien/{}", token.as_str()));
        // The server goes on even if nobody reads what it prints.
        let _ = print(&format!("{scheme}://{address}/{}\n", path.unwrap_or_default()));
        tell(entry.as_ref(), is_closed, terminal);
    };
    serve(site, ready).await.map_err(failure)?;
    store.close().await;
    Ok(Exit::Clean)
}

fn tell(account: Option<&Account>, is_closed: bool, terminal: &Terminal) {
    const LINK: Wording = Wording::new(
        "Ouvrez ce lien dans le navigateur : il sert une fois, pour le compte { $name }. Ctrl+C arrête le serveur ; rien d’enregistré ne se perd.",
        "Open this link in the browser: it works once, for the account { $name }. Ctrl+C stops the server; nothing that was saved is lost.",
    );
    const OPEN: Wording = Wording::new(
        "Ouvrez cette adresse et entrez avec votre compte. Ctrl+C arrête le serveur ; rien d’enregistré ne se perd.",
        "Open this address and sign in with your account. Ctrl+C stops the server; nothing that was saved is lost.",
    );
    const NOBODY: Wording = Wording::new(
        "Aucun compte n’est ouvert : personne ne peut entrer. Arrêtez le serveur par Ctrl+C, puis ouvrez un compte : `catalyse user add NOM --role RÔLE`.",
        "No account is open: nobody can sign in. Stop the server with Ctrl+C, then open an account: `catalyse user add NAME --role ROLE`.",
    );
    match account {
        None if is_closed => terminal.say(&NOBODY, &Args::new()),
        Some(account) => terminal.say(&LINK, &Args::new().text("name", &account.name)),
        None => terminal.say(&OPEN, &Args::new()),
    }
}

fn settings(args: &ServeArgs, terminal: &Terminal) -> Result<Settings, Failure> {
    const ADDRESS: Wording = Wording::new(
        "`{ $address }` n’est pas une adresse. Écrivez-la ainsi : 127.0.0.1",
        "`{ $address }` is not an address. Write it like this: 127.0.0.1",
    );
    let wrong = |_| {
        let message = ADDRESS.with(Args::new().text("address", &args.address));
        Failure::new(Exit::Usage, message)
    };
    let address: IpAddr = args.address.parse().map_err(wrong)?;
    let line = match (&args.certificate, &args.certificate_key) {
        (Some(certificate), Some(key)) => Line::Tls {
            certificate: files::read_text(certificate)?.into_bytes(),
            key: files::read_text(key)?.into_bytes(),
        },
        _ if args.behind_proxy => Line::Proxy,
        _ => Line::Loopback,
    };
    let settings = Settings {
        address: SocketAddr::new(address, args.port),
        hosts: args.host.clone(),
        line,
        language: terminal.language,
    };
    settings.guarded().map_err(failure)?;
    tell_hosts(&settings, terminal);
    Ok(settings)
}

/// Says how others reach a server that has no name of its own: under a name that it does not know it answers nobody.
fn tell_hosts(settings: &Settings, terminal: &Terminal) {
    const HOSTS: Wording = Wording::new(
        "Aucun nom n’est donné avec `--host` : les autres postes seront refusés. Ajoutez le nom ou l’adresse qu’ils tapent, par exemple `--host catalyse.cpas.be` ou `--host 192.168.1.4`.",
        "No name is given with `--host`: other machines will be refused. Add the name or address that they type, for example `--host catalyse.cpas.be` or `--host 192.168.1.4`.",
    );
    if settings.hosts.is_empty() && !settings.address.ip().is_loopback() {
        terminal.say(&HOSTS, &Args::new());
    }
}

async fn open_store(
    args: &ServeArgs,
    opened: &OpenedStudy,
    terminal: &Terminal,
) -> Result<Store, Failure> {
    let place = WorkPlace::find(args.place.store.as_deref())?;
    let key = match place.key(args.place.key.as_deref()) {
        Some(path) => Some(key_file(&path, args.place.passphrase_file.as_deref(), terminal)?),
        None => None,
    };
    Store::open(&place.url, &opened.codebook, key).await.map_err(store_failure)
}

/// Returns the study: the one that is named, that of the working folder, or the one that comes with the program.
fn study_of(args: &ServeArgs) -> Result<String, Failure> {
    if args.demo {
        return Ok(args.study.clone().unwrap_or_else(|| STUDY.to_owned()));
    }
    Ok(WorkPlace::find(args.place.store.as_deref())?.study(args.study.as_deref()))
}

/// Returns the account that comes in by a link: the one that is named, or the only one there is.
async fn single(store: &Store, name: Option<&str>) -> Result<Option<Account>, Failure> {
    if let Some(name) = name {
        return store.account(name).await.map(Some).map_err(store_failure);
    }
    let mut open = store.accounts().await.map_err(store_failure)?;
    open.retain(|account| account.is_open);
    Ok(open.pop().filter(|_| open.is_empty()))
}

/// Makes the failure of the server.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn failure(error: WebError) -> Failure {
    Failure::new(Exit::Usage, error.message())
}
