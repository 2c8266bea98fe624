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
    tokio::task::spawn_blocking(move || ready.purge_again(system_now())).await.map_err(io::Error::other)??;
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
    let service = router.into_make_service();
    match transport {
        Transport::Plain => axum_server::from_tcp(listener)?.handle(handle).serve(service).await?,
        Transport::Certificate { chain, key } => {
            let config = RustlsConfig::from_pem_file(&chain, &key).await?;
            axum_server::from_tcp_rustls(listener, config)?.handle(handle).serve(service).await?;
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
            axum_server::from_tcp(listener)?.acceptor(acceptor).handle(handle).serve(service).await?;
        }
    }
    Ok(())
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
