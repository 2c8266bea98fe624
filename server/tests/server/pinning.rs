//! Native apps demand their server's own key: over real TLS, against a server at the same address whose key is another.

use crate::harness::{DAY, Deployment, Folder, PASSPHRASE, PASSWORD, Phone, user};
use axum::{Router, extract::Request as Call};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use mobile::{
    platform::http::{self, Client},
    protocol::{Answer, FailureCode, Notice, PeopleAnswer, PeopleRequest, Request, SignInProof},
    replica::{Handled, link::Exchange},
};
use rcgen::{CertificateParams, KeyPair};
use server::{
    http::{App, router},
    tls,
    work::sign_in::SignInRules,
};
use shared::{model::role::Role, sync::server_pin::ServerPin};
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A key and a certificate for `localhost` made by nobody whom a system trusts.
struct Identity {
    folder: Folder,
    pin: ServerPin,
}

impl Identity {
    fn new() -> Self {
        let folder = Folder::new();
        fs::write(folder.0.join("key.pem"), KeyPair::generate().unwrap().serialize_pem()).unwrap();
        let mut this = Self { folder, pin: ServerPin::of_spki(b"") };
        this.renew();
        this.pin = tls::pins(&this.folder.0, Some(&this.chain())).unwrap().remove(0);
        this
    }

    /// Another certificate for the same key.
    fn renew(&self) {
        let key = KeyPair::from_pem(&fs::read_to_string(self.folder.0.join("key.pem")).unwrap()).unwrap();
        let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
        fs::write(self.chain(), certificate.pem()).unwrap();
    }

    fn chain(&self) -> PathBuf {
        self.folder.0.join("chain.pem")
    }

    fn typed(&self, at: SocketAddr) -> String {
        format!("https://localhost:{}/#pin={}", at.port(), self.pin.typed())
    }
}

/// A server under way.
struct Listening {
    at: SocketAddr,
    handle: Handle<SocketAddr>,
    task: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Listening {
    async fn start(port: u16, identity: &Identity, router: Router) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let at = listener.local_addr().unwrap();
        let config = RustlsConfig::from_pem_file(identity.chain(), identity.folder.0.join("key.pem")).await.unwrap();
        let handle = Handle::new();
        let server = axum_server::from_tcp_rustls(listener, config).unwrap().handle(handle.clone());
        let task = tokio::spawn(server.serve(router.into_make_service_with_connect_info::<SocketAddr>()));
        Self { at, handle, task }
    }

    /// Ends it and starts one with another identity in its place.
    async fn replaced(self, identity: &Identity, router: Router) -> Self {
        self.handle.shutdown();
        self.task.await.unwrap().unwrap();
        Self::start(self.at.port(), identity, router).await
    }
}

/// What hears every request that reaches it, and answers none.
fn listener() -> (Router, Arc<AtomicUsize>) {
    let heard = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&heard);
    let router = Router::new().fallback(move |_: Call| {
        counted.fetch_add(1, Ordering::Relaxed);
        async {}
    });
    (router, heard)
}

fn app(deployment: &Deployment) -> Router {
    let now = deployment.now;
    router(&App::new(deployment.server.clone()).with_clock(move || now))
}

async fn ask(phone: &mut Phone, client: &Client, request: Request) -> Answer {
    match phone.replica.handle(request) {
        Handled::Answer(answer) => answer,
        Handled::Call(outgoing, job) => {
            let Exchange { result, proven } = http::send(client, outgoing).await;
            phone.replica.proved(proven);
            phone.replica.finish(job, result)
        }
    }
}

async fn sign_in(phone: &mut Phone, client: &Client, server: &str, enrolment: Option<String>) -> Result<(), FailureCode> {
    let request = Request::SignIn {
        server: server.to_owned(),
        login: Role::Receiver.id().into(),
        proof: SignInProof { enrolment, ..SignInProof::password(PASSWORD) },
        passphrase: PASSPHRASE.into(),
        pin: "4711".into(),
    };
    match ask(phone, client, request).await {
        Answer::Status(_) => Ok(()),
        Answer::Failed(failure) => Err(failure.code),
        other => panic!("{other:?}"),
    }
}

/// Syncs until there is nothing more, and answers how many entries still wait and what went wrong.
async fn sync(phone: &mut Phone, client: &Client) -> (u32, Option<FailureCode>) {
    phone.replica.handle(Request::SyncNow);
    phone.replica.drain_notices();
    while let Some(outgoing) = phone.replica.sync_begin() {
        let Exchange { result, proven } = http::send(client, outgoing).await;
        phone.replica.proved(proven);
        phone.replica.sync_finish(result);
    }
    let failure = phone.replica.drain_notices().into_iter().rev().find_map(|notice| match notice {
        Notice::Sync(progress) => Some(progress.failure),
        _ => None,
    });
    let Answer::Status(status) = ask(phone, client, Request::Status).await else { panic!("no status") };
    (status.waiting, failure.flatten())
}

const WRONG_KEY: Option<FailureCode> = Some(FailureCode::WrongKey);

#[tokio::test]
async fn a_password_reaches_only_the_server_whose_key_was_typed_with_its_address() {
    let mut at = Deployment::new(false);
    let (own, other) = (Identity::new(), Identity::new());
    let client = http::client().unwrap();
    let mut phone = Phone::fresh(&mut at);

    let (router, heard) = listener();
    let listening = Listening::start(0, &other, router).await;
    let without_pin = format!("https://localhost:{}", listening.at.port());
    assert_eq!(sign_in(&mut phone, &client, &own.typed(listening.at), None).await, Err(FailureCode::WrongKey));
    assert_eq!(sign_in(&mut phone, &client, &without_pin, None).await, Err(FailureCode::WrongKey), "nobody vouches for it");
    let plain = format!("http://sada.example:{}/#pin={}", listening.at.port(), own.pin.typed());
    assert_eq!(sign_in(&mut phone, &client, &plain, None).await, Err(FailureCode::InsecureServer));
    let mistyped = own.typed(listening.at).replace("#pin=", "#pin=0");
    assert_eq!(sign_in(&mut phone, &client, &mistyped, None).await, Err(FailureCode::WrongKey));
    assert_eq!(heard.load(Ordering::Relaxed), 0, "no request came as far as that server");

    let listening = listening.replaced(&own, app(&at)).await;
    assert_eq!(sign_in(&mut phone, &client, &own.typed(listening.at), None).await, Ok(()));
}

#[tokio::test]
async fn work_waits_while_another_server_answers_and_goes_on_after_renewal_and_after_an_announced_change_of_key() {
    let mut at = Deployment::new(false);
    let (first, second, other) = (Identity::new(), Identity::new(), Identity::new());
    at.server.announce_pins(at.now, vec![first.pin.clone()]).unwrap();
    let client = http::client().unwrap();
    let mut phone = Phone::fresh(&mut at);
    let listening = Listening::start(0, &first, app(&at)).await;
    sign_in(&mut phone, &client, &first.typed(listening.at), None).await.unwrap();
    phone.complain(&mut at);
    assert_eq!(sync(&mut phone, &client).await, (0, None));

    phone.complain(&mut at);
    let (router, heard) = listener();
    let listening = listening.replaced(&other, router).await;
    let (waiting, failure) = sync(&mut phone, &client).await;
    assert!(waiting > 0 && failure == WRONG_KEY, "{waiting} {failure:?}");
    assert_eq!(heard.load(Ordering::Relaxed), 0, "no request came as far as that server");

    first.renew();
    let listening = listening.replaced(&first, app(&at)).await;
    at.server.announce_pins(at.now, vec![first.pin.clone(), second.pin.clone()]).unwrap();
    assert_eq!(sync(&mut phone, &client).await, (0, None));
    phone.complain(&mut at);
    let listening = listening.replaced(&second, app(&at)).await;
    assert_eq!(sync(&mut phone, &client).await, (0, None), "its key was announced");

    at.server.announce_pins(at.now, vec![second.pin.clone()]).unwrap();
    assert_eq!(sync(&mut phone, &client).await, (0, None));
    at.server.announce_pins(at.now, vec![other.pin.clone()]).unwrap();
    assert_eq!(
        sync(&mut phone, &client).await,
        (0, None),
        "an announcement that leaves the server's own key out is not followed"
    );
    phone.complain(&mut at);
    assert_eq!(sync(&mut phone, &client).await, (0, None));
    let _listening = listening.replaced(&first, app(&at)).await;
    assert_eq!(sync(&mut phone, &client).await.1, WRONG_KEY, "the old key no longer counts");
}

#[tokio::test]
async fn a_code_for_a_new_device_comes_with_the_key_and_a_server_that_does_not_hold_what_it_announces_gets_no_new_device() {
    let mut at = Deployment::new(false);
    at.now = at.now.plus(DAY);
    at.with_rules(SignInRules { enrolment: true, ..SignInRules::SIMULATED });
    let (own, other) = (Identity::new(), Identity::new());
    at.server.announce_pins(at.now, vec![own.pin.clone()]).unwrap();
    let client = http::client().unwrap();
    let listening = Listening::start(0, &other, app(&at)).await;
    let code = |at: &mut Deployment| at.server.operators_enrolment_code(at.now, &mut at.chance, Role::Receiver.id()).unwrap();
    let mut phone = Phone::fresh(&mut at);
    let made = code(&mut at);
    let said = sign_in(&mut phone, &client, &other.typed(listening.at), Some(made)).await;
    assert_eq!(said, Err(FailureCode::WrongKey), "typed right, and yet not what the deployment says of itself");

    let listening = listening.replaced(&own, app(&at)).await;
    let made = code(&mut at);
    sign_in(&mut phone, &client, &format!("{}&code={made}", own.typed(listening.at)), None).await.unwrap();

    // What a colleague's device shows for the next one.
    at.with_rules(SignInRules::SIMULATED);
    let mut desk = at.phone(Role::AmeMgr);
    let answer = desk.ask(&mut at, Request::People(PeopleRequest::Enrol { user: user(Role::Receiver) }));
    let Answer::People(PeopleAnswer::Enrolment(code)) = answer else { panic!("{answer:?}") };
    assert_eq!(code.address, format!("https://test.invalid/#pin={}", own.pin.typed()));
}
