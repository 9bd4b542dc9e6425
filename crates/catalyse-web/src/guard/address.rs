//! Where a request comes from: what attempts to sign in are counted by.

use std::net::{IpAddr, SocketAddr};

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::serve::IncomingStream;
use tokio::net::TcpListener;

use crate::{Line, Site};

/// What a proxy says of who asked it.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Holds the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// Holds the address that a request comes from, if it is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From(pub(crate) Option<IpAddr>);

impl FromRequestParts<std::sync::Arc<Site>> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &std::sync::Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<Peer>>().map(|ConnectInfo(peer)| peer.0.ip());
        // Behind a proxy every connection is the proxy's. It adds the address that it saw at the end; what stands before, anybody can write.
        let last = parts.headers.get_all(FORWARDED_FOR).iter().next_back();
        let last =
            last.and_then(|text| text.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        Ok(Self(match site.settings.line {
            Line::Proxy => last.or(peer),
            Line::Loopback | Line::Tls { .. } => peer,
        }))
    }
}
