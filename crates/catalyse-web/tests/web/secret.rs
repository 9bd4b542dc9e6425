//! TLS, really spoken: a certificate made here, a server that listens, and clients that greet it well and badly.

use std::net::SocketAddr;
use std::sync::Arc;

use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_locale::Language;
use catalyse_store::{Author, NewAccount, Role};
use catalyse_web::{Line, Settings, Site, serve};
use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::site::Tried;

const NAME: &str = "catalyse.bureau.test";

/// Starts a server with a certificate of its own and returns where it listens, and who trusts the certificate.
async fn listening(tried: &Tried) -> (SocketAddr, TlsConnector) {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("a certificate");
    let codebook = Codebook::open(&SchemaFiles::bundled(), "integra").expect("bundled").codebook;
    let settings = Settings {
        address: "127.0.0.1:0".parse().expect("an address"),
        hosts: vec![NAME.into()],
        line: Line::Tls {
            certificate: made.cert.pem().into_bytes(),
            key: made.signing_key.serialize_pem().into_bytes(),
        },
        language: Language::Fr,
    };
    let site = Site::open(Arc::new(codebook), tried.store.clone(), settings, None).expect("a site");
    let (tell, told) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let ready = |address| tell.send(address).expect("somebody who waits");
        serve(Arc::new(site), ready).await.expect("it serves");
    });
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a root");
    let client = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let client = client.with_safe_default_protocol_versions().expect("versions");
    let client = client.with_root_certificates(roots).with_no_client_auth();
    (told.await.expect("an address"), TlsConnector::from(Arc::new(client)))
}

/// Asks for a page under a name and returns all that comes back.
async fn ask(server: &(SocketAddr, TlsConnector), host: &str, path: &str) -> String {
    send(server, host, &format!("GET {path}")).await
}

async fn send((address, connector): &(SocketAddr, TlsConnector), host: &str, what: &str) -> String {
    let stream = TcpStream::connect(address).await.expect("a connection");
    let name = ServerName::try_from(NAME).expect("a name");
    let mut stream = connector.connect(name, stream).await.expect("a greeting");
    let request = format!("{what} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    // A server may end without saying goodbye; what it said counts.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn pages_come_by_tls_under_their_own_name_alone() {
    let tried = Tried::new("tls").await;
    let server = listening(&tried).await;
    let page = ask(&server, NAME, "/entrer").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Mot de passe"), "{page}");
    assert!(page.contains("strict-transport-security: max-age=31536000"), "{page}");
    let plain = tried.get("", "/entrer").await;
    assert!(!plain.headers.contains_key("strict-transport-security"), "not in the clear");
    let other = ask(&server, "autre.test", "/entrer").await;
    assert!(other.starts_with("HTTP/1.1 421"), "{other}");
}

#[tokio::test]
async fn a_session_begun_by_tls_is_never_sent_in_the_clear() {
    let tried = Tried::new("tls-cookie").await;
    let new = NewAccount { name: "anne".into(), role: Role::Reader, partner: None, password: None };
    let author = catalyse_store::Author::new("test", Timestamp::now());
    let account = tried.store.add_account(new, &author).await.expect("anne");
    let hour = SignedDuration::from_hours(1);
    let token = tried
        .store
        .one_time_link(account, hour, &Author::new("test", Timestamp::now()))
        .await
        .expect("a link");
    let server = listening(&tried).await;
    let entered = send(&server, NAME, &format!("POST /lien/{}", token.as_str())).await;
    let cookie = entered.lines().find(|line| line.to_lowercase().starts_with("set-cookie"));
    assert!(cookie.expect("a cookie").contains("; Secure"), "{entered}");
}

#[tokio::test]
async fn who_does_not_greet_gets_nothing_and_keeps_nobody_waiting() {
    let tried = Tried::new("tls-plain").await;
    let server = listening(&tried).await;
    let _silent = TcpStream::connect(server.0).await.expect("a connection");
    let mut plain = TcpStream::connect(server.0).await.expect("a connection");
    plain.write_all(b"GET /entrer HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/1.1"), "no page without TLS");
    assert!(ask(&server, NAME, "/entrer").await.starts_with("HTTP/1.1 200"));
}
