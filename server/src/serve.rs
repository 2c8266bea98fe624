//! Serves one deployment: listener, TLS, the sweep, and an orderly end.

use crate::{
    chance::system_now,
    http::{App, router},
    tls::{self, TlsError},
    work::{Server, error::WorkError},
};
use axum::Router;
use axum_server::{Handle, tls_rustls::RustlsConfig};
use futures_util::StreamExt;
use hyper_util::rt::TokioTimer;
use rustls_acme::{AcmeConfig, caches::DirCache};
use std::{
    io::{self, Write},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    time::Duration,
};

/// How callers reach the server.
pub enum Transport {
    /// Plain HTTP, on loopback only.
    Plain,
    /// A certificate chain and its key, PEM.
    Certificate {
        /// Chain.
        chain: PathBuf,
        /// Key.
        key: PathBuf,
    },
    /// Certificates by ACME.
    Acme {
        /// Names.
        names: Vec<String>,
        /// Mail address for the authority.
        contact: Option<String>,
    },
}

/// Why serving ended or did not begin.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Plain HTTP beyond this machine would show everything to the network.
    #[error("plain HTTP is for this machine only: give a certificate, --acme, or run `init --host`")]
    PlainBeyondLoopback,
    /// The network said no.
    #[error("could not listen or serve")]
    Network(#[from] io::Error),
    /// The deployment is not in order.
    #[error("the deployment is not in order")]
    Work(#[from] WorkError),
    /// Certificates can't be used.
    #[error("certificates can't be used")]
    Tls(#[from] TlsError),
}

/// Seconds open calls get to finish.
const GRACE_S: u64 = 10;
/// Longest that the head of a call may take to arrive: a caller who sends it byte by byte holds nothing up. Enough for the slowest
/// link, on which a head is a second's work.
const HEAD: Duration = Duration::from_secs(20);
/// A connection on which nothing answers for so long is given up (HTTP/2).
const SILENCE: Duration = Duration::from_secs(60);
/// Calls at once on one connection (HTTP/2).
const STREAMS: u32 = 64;
/// Seconds between sweeps.
const SWEEP_S: u64 = 60;
/// Sweeps between checkpoints of the audit log: a day.
const CHECKPOINT_SWEEPS: u64 = 24 * 3600 / SWEEP_S;

/// Serves until the process is asked to end.
///
/// # Errors
/// [`ServeError`] if it can't begin or the network fails.
pub async fn serve(server: Server, listen: SocketAddr, web: Option<PathBuf>, transport: Transport) -> Result<(), ServeError> {
    if matches!(transport, Transport::Plain) && !listen.ip().is_loopback() {
        return Err(ServeError::PlainBeyondLoopback);
    }
    // A purge that was noted and not carried out comes before any answer.
    let ready = server.clone();
    let chain = if let Transport::Certificate { chain, .. } = &transport { Some(chain.as_path()) } else { None };
    let pins = tls::pins(server.folder(), chain)?;
    tokio::task::spawn_blocking(move || {
        ready.purge_again(system_now())?;
        ready.announce_pins(system_now(), pins)
    })
    .await
    .map_err(io::Error::other)??;
    let listener = TcpListener::bind(listen)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let mut app = App::new(server.clone());
    if let Some(web) = web {
        app = app.with_web(web);
    }
    let handle = Handle::new();
    tokio::spawn(end_in_order(asked_to_end()?, handle.clone()));
    let sweep = tokio::spawn(sweep_for_ever(server.clone()));
    let scheme = if matches!(transport, Transport::Plain) { "http" } else { "https" };
    if scheme == "https" {
        app = app.behind_tls();
    }
    let router = router(&app);
    writeln!(io::stdout(), "listening on {scheme}://{address}")?;
    io::stdout().flush()?;
    let done = run(server, listener, handle, router, transport).await;
    sweep.abort();
    tracing::info!("ended in order");
    done
}

async fn run(
    server: Server,
    listener: TcpListener,
    handle: Handle<SocketAddr>,
    router: Router,
    transport: Transport,
) -> Result<(), ServeError> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    match transport {
        Transport::Plain => patient(axum_server::from_tcp(listener)?, HEAD).handle(handle).serve(service).await?,
        Transport::Certificate { chain, key } => {
            let config = RustlsConfig::from_pem_file(&chain, &key).await?;
            patient(axum_server::from_tcp_rustls(listener, config)?, HEAD).handle(handle).serve(service).await?;
        }
        Transport::Acme { names, contact } => {
            let cache = tls::folder(server.folder()).join("acme");
            let mut state = AcmeConfig::new(names)
                .contact(contact.iter().map(|mail| format!("mailto:{mail}")))
                .cache(DirCache::new(cache))
                .directory_lets_encrypt(true)
                .state();
            let acceptor = state.axum_acceptor(state.default_rustls_config());
            tokio::spawn(async move {
                while let Some(event) = state.next().await {
                    match event {
                        Ok(event) => tracing::info!(?event, "certificate"),
                        Err(error) => tracing::error!(%error, "certificate"),
                    }
                }
            });
            patient(axum_server::from_tcp(listener)?.acceptor(acceptor), HEAD).handle(handle).serve(service).await?;
        }
    }
    Ok(())
}

/// Patient with slow callers, up to a point.
fn patient<A>(mut server: axum_server::Server<SocketAddr, A>, head: Duration) -> axum_server::Server<SocketAddr, A> {
    let builder = server.http_builder();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head);
    let mut http2 = builder.http2();
    http2.timer(TokioTimer::new()).keep_alive_interval(SILENCE).keep_alive_timeout(SILENCE).max_concurrent_streams(STREAMS);
    server
}

/// Ends when the operator asks: no new calls, open ones get time to finish.
async fn end_in_order(asked: impl Future<Output = ()>, handle: Handle<SocketAddr>) {
    asked.await;
    tracing::info!("asked to end");
    handle.graceful_shutdown(Some(Duration::from_secs(GRACE_S)));
}

/// Resolves when the operator asks for an end. Listens from the call on, not from the first poll: whoever reads "listening" may ask.
#[cfg(unix)]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupted.recv() => {}, _ = terminated.recv() => {} }
    })
}

#[cfg(not(unix))]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

/// What is due by the calendar: escalations, retention, comparing for duplicates; at start and every day a checkpoint of the audit log.
async fn sweep_for_ever(server: Server) {
    let mut ticks = tokio::time::interval(Duration::from_secs(SWEEP_S));
    for count in 0_u64.. {
        ticks.tick().await;
        if count % CHECKPOINT_SWEEPS == 0 {
            let server = server.clone();
            match tokio::task::spawn_blocking(move || server.checkpoint_audit(system_now())).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::error!(%error, "no checkpoint of the audit log; tried again tomorrow"),
                Err(_) => tracing::error!("the checkpoint panicked; tried again tomorrow"),
            }
        }
        let server = server.clone();
        match tokio::task::spawn_blocking(move || server.sweep(system_now())).await {
            Ok(Ok(done)) if done.is_something() => tracing::info!(?done, "swept"),
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "sweep failed; tried again later"),
            Err(_) => tracing::error!("sweep panicked; tried again later"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::patient;
    use axum::{Router, routing::get};
    use std::{
        io::{Read, Write},
        net::{TcpListener, TcpStream},
        time::Duration,
    };

    #[tokio::test]
    async fn a_caller_who_never_ends_their_head_is_let_go_and_others_are_answered() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "here" }));
        let server = patient(axum_server::from_tcp(listener).unwrap(), Duration::from_millis(300));
        let serving = tokio::spawn(server.serve(router.into_make_service()));
        let said = tokio::task::spawn_blocking(move || {
            let mut slow = TcpStream::connect(address).unwrap();
            slow.write_all(b"GET / HTTP/1.1\r\nHost: sa").unwrap();
            let mut other = TcpStream::connect(address).unwrap();
            other.write_all(b"GET / HTTP/1.1\r\nHost: sada\r\nConnection: close\r\n\r\n").unwrap();
            [&mut other, &mut slow].map(|stream| {
                // Only a server that waits for ever gets here.
                stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                let mut said = Vec::new();
                stream.read_to_end(&mut said).unwrap();
                String::from_utf8(said).unwrap()
            })
        })
        .await
        .unwrap();
        serving.abort();
        assert!(said[0].ends_with("here"), "{said:?}");
        assert!(!said[1].contains("200"), "{said:?}");
    }
}
