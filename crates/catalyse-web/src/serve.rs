//! Listening: plain on the own machine, by TLS or behind a proxy elsewhere, until the keeper says stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use crate::guard::Peer;
use crate::{Line, Site, WebError, router};

/// Serves the site until the program is told to stop. `ready` is called with the address once it listens.
///
/// # Errors
/// The address cannot be opened, may not be, or the certificate cannot be used.
pub async fn serve(site: Arc<Site>, ready: impl FnOnce(SocketAddr)) -> Result<(), WebError> {
    site.settings.guarded()?;
    let address = site.settings.address;
    let app = router(&site);
    let listener =
        TcpListener::bind(address).await.map_err(|error| WebError::Address(address, error))?;
    let local = listener.local_addr().map_err(WebError::Server)?;
    // Heard from before anybody knows of the server: whoever stops it at once finds all in order, too.
    let stop = Stop::listen().map_err(WebError::Server)?;
    match &site.settings.line {
        Line::Loopback | Line::Proxy => {
            ready(local);
            run(listener, app, stop).await
        }
        Line::Tls { certificate, key } => {
            let acceptor = acceptor(certificate, key)?;
            ready(local);
            run(Secret::new(listener, acceptor, local), app, stop).await
        }
    }
}

/// Runs what waits – a store, a server – on threads of its own, one a processor.
///
/// # Errors
/// The system gives no threads.
pub fn block_on<T>(future: impl Future<Output = T>) -> Result<T, WebError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(WebError::Server)?;
    let done = runtime.block_on(future);
    // What still runs on a thread of its own, such as an edition being made, keeps nobody waiting: nothing of it is on the disk by halves.
    runtime.shutdown_timeout(PATIENCE);
    Ok(done)
}

/// A request that is under way gets so long to end: any answer takes less, and whoever has sent half a request waits for nothing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Serves until the word to stop; then until the requests under way are answered, but no longer than [`PATIENCE`], or the next word.
async fn run<L>(listener: L, app: Router, mut stop: Stop) -> Result<(), WebError>
where
    L: Listener,
    L::Addr: std::fmt::Debug,
    Peer: for<'a> Connected<IncomingStream<'a, L>>,
{
    let app = app.into_make_service_with_connect_info::<Peer>();
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        // Told, or nobody is left who could tell.
        let _ = told.await;
    });
    let patience = async move {
        stop.heard().await;
        let _ = tell.send(());
        let _ = tokio::time::timeout(PATIENCE, stop.heard()).await;
    };
    tokio::select! {
        served = serving.into_future() => served.map_err(WebError::Server),
        () = patience => Ok(()),
    }
}

/// The ways to tell the program to stop: Ctrl-C, a service manager, the window of the terminal that closes. Every save that was acknowledged
/// is on the disk, so that nothing needs to be done but to come to an end.
struct Stop {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 3],
}

impl Stop {
    #[cfg(unix)]
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let [one, two, three] =
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
        Ok(Self { signals: [one?, two?, three?] })
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    const fn listen() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn heard(&mut self) {
        std::future::poll_fn(|context| {
            let mut signals = self.signals.iter_mut();
            let is_heard = signals.any(|signal| signal.poll_recv(context).is_ready());
            if is_heard { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    #[cfg(not(unix))]
    async fn heard(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn acceptor(certificate: &[u8], key: &[u8]) -> Result<TlsAcceptor, WebError> {
    let wrong = |error: &dyn std::fmt::Display| WebError::Certificate(error.to_string());
    let chain = CertificateDer::pem_slice_iter(certificate)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| wrong(&error))?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| wrong(&error))?;
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| wrong(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// A listener whose connections are secret. Each greets in a task of its own, so that who is slow keeps nobody else waiting.
struct Secret {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    local: SocketAddr,
}

/// A browser greets within a second or two.
const GREETING: Duration = Duration::from_secs(5);

impl Secret {
    fn new(mut listener: TcpListener, acceptor: TlsAcceptor, local: SocketAddr) -> Self {
        let (sender, ready) = mpsc::channel(16);
        tokio::spawn(async move {
            loop {
                let (stream, address) = Listener::accept(&mut listener).await;
                let (sender, acceptor) = (sender.clone(), acceptor.clone());
                tokio::spawn(async move {
                    let greeted = tokio::time::timeout(GREETING, acceptor.accept(stream)).await;
                    if let Ok(Ok(stream)) = greeted {
                        // Nobody waits any more: the server is stopping.
                        let _ = sender.send((stream, address)).await;
                    }
                });
            }
        });
        Self { ready, local }
    }
}

impl Connected<IncomingStream<'_, Secret>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Secret>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Listener for Secret {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Ok(self.local)
    }
}
