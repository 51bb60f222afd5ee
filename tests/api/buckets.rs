//! Files in a bucket, against a server that speaks the protocol of S3: moto, which `bin/setup test` installs.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use lilong::access::files;
use lilong::app::config::Settings;
use lilong::kit::files::{Bucket, Home, Store};

use crate::files::{photo, png};
use crate::support::Town;

const MOTO: &str = ".tools/venv/bin/moto_server";

/// A server with one bucket, on this machine; ended when dropped.
struct Moto {
    server: Child,
    endpoint: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _it_may_have_ended = self.server.kill();
        let _it_ended = self.server.wait();
    }
}

impl Moto {
    #[expect(clippy::disallowed_methods, reason = "a test may wait")]
    fn start() -> Self {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let mut command = Command::new(MOTO);
        command
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let server = command.spawn().expect("moto_server, which bin/setup test installs");
        let moto = Moto { server, endpoint: format!("http://127.0.0.1:{port}") };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "moto_server does not listen");
            std::thread::sleep(Duration::from_millis(100));
        }
        ureq::put(format!("{}/files", moto.endpoint)).send_empty().expect("a bucket");
        moto
    }

    fn configure(&self, settings: &mut Settings) {
        settings.files_s3_endpoint = Some(self.endpoint.clone());
        settings.files_s3_bucket = Some("files".into());
        settings.files_s3_access_key = Some("access".into());
        settings.files_s3_secret_key = Some("secret".into());
    }

    fn store(&self) -> Store {
        let text = str::to_owned;
        let (access_key, secret_key) = (text("access"), text("secret"));
        let (endpoint, name, region) = (self.endpoint.clone(), text("files"), text("us-east-1"));
        Store::open(Home::Bucket(Bucket { endpoint, name, region, access_key, secret_key })).expect("a store")
    }

    fn names(&self) -> Vec<String> {
        self.store().list_here("", chrono::DateTime::<chrono::Utc>::MAX_UTC).expect("a list")
    }
}

#[test]
fn a_store_keeps_gives_back_and_removes() {
    let moto = Moto::start();
    let store = moto.store();
    let long = "宝钢五村".repeat(300_000);
    actix_web::rt::System::new().block_on(async {
        store.put("20261125/long", long.clone().into()).await.expect("it is kept");
        store.put("20261126/short", "short".into()).await.expect("it is kept");
        let mut content = store.get("20261125/long").await.expect("it is there");
        assert_eq!(content.size, long.len() as u64);
        let mut read = Vec::new();
        while let Some(chunk) = content.chunks.recv().await {
            read.extend_from_slice(&chunk.expect("a chunk"));
        }
        assert!(read == long.as_bytes());
        assert_eq!(
            store.get("20261125/nothing").await.err().map(|problem| problem.rule().code),
            Some("internal-fault")
        );
    });
    let later = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    assert_eq!(store.list_here("20261125", later).unwrap(), ["20261125/long"]);
    assert_eq!(store.list_here("20261125", chrono::DateTime::UNIX_EPOCH).unwrap(), [""; 0]);
    store.remove_here(vec!["20261125/long".into(), "20261125/nothing".into()]).expect("they are gone");
    assert_eq!(moto.names(), ["20261126/short"]);
}

#[test]
fn a_file_sent_is_kept_in_the_bucket_comes_back_and_goes() {
    let moto = Moto::start();
    let town = Town::with(|settings| moto.configure(settings));
    let person = town.resident();
    let sent = town.upload("photo.jpg", &photo()).by(&person).send();
    let key = town.text("SELECT content_key FROM files");
    assert!(moto.names().contains(&key) && moto.names().len() == 2 && town.kept().is_empty());
    let back = town.get(sent.is(201).body["content_url"].as_str().unwrap()).by(&person).send();
    assert_eq!(back.is(200).bytes.len(), sent.body["size"]);
    assert_eq!(image::load_from_memory(&back.bytes).expect("a picture").height(), 64);
    town.clock.advance(TimeDelta::hours(25));
    assert_eq!(files::sweep(&town.gate, town.now()).expect("a sweep"), 1);
    assert_eq!(moto.names(), [""; 0]);
}

#[test]
fn without_its_bucket_the_service_says_so_and_enters_nothing() {
    let town = Town::with(|settings| {
        settings.files_s3_endpoint = Some("http://127.0.0.1:1".into());
        settings.files_s3_bucket = Some("files".into());
        settings.files_s3_access_key = Some("access".into());
        settings.files_s3_secret_key = Some("secret".into());
    });
    let person = town.resident();
    let reply = town.upload("x.png", &png(2, 2)).by(&person).send();
    assert_ne!(reply.is_problem(503, "busy").header("retry-after"), "");
    assert_eq!(town.count("SELECT count(*) FROM files"), 0);
}
