//! The metrics: for this machine beside the API, for the monitoring at an address of their own.

use std::net::TcpStream;
use std::process::Command;

use crate::support::Town;

/// A status and a text from another address than the API's.
fn read(url: &str) -> (u16, String) {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let mut answer = ureq::Agent::new_with_config(config)
        .get(url)
        .header("X-Forwarded-For", "203.0.113.9")
        .call()
        .expect("an answer");
    (answer.status().as_u16(), answer.body_mut().read_to_string().expect("a text"))
}

#[test]
fn the_monitoring_reads_at_an_address_of_its_own_and_finds_nothing_else_there() {
    let town = Town::with(|settings| settings.metrics_bind = "127.0.0.1:0".parse().ok());
    town.get("/healthz").send().is(200);
    let at = town.metrics.expect("an address of their own");
    let (status, text) = read(&format!("http://{at}/metrics"));
    assert_eq!(status, 200);
    assert!(
        text.contains("lilong_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1"),
        "{text}"
    );
    for other in ["/", "/healthz", "/v1/divisions/310000000000", "/openapi.json"] {
        assert_eq!(read(&format!("http://{at}{other}")).0, 404, "{other}");
    }
    // Beside the API nobody reads who came through a proxy, whatever else there is.
    assert_eq!(read(&format!("{}/metrics", town.address)).0, 404);
    assert_eq!(town.get("/metrics").send_unchecked().status, 200);
    drop(town);
    assert!(TcpStream::connect(at).is_err(), "it outlives the server");
}

#[test]
fn without_a_word_they_have_no_address_of_their_own() {
    assert_eq!(Town::new().metrics, None);
}

#[test]
fn the_two_addresses_are_told_apart_before_anything_starts() {
    let check = |at: &str| {
        let mut lilong = Command::new(env!("CARGO_BIN_EXE_lilong"));
        lilong.args(["serve", "--check-config"]).env_clear().env("LILONG_METRICS_BIND", at);
        let output = lilong.output().expect("lilong runs");
        (output.status.success(), [output.stdout, output.stderr].concat())
    };
    let (is_fine, said) = check("0.0.0.0:9090");
    assert!(is_fine && String::from_utf8_lossy(&said).contains("LILONG_METRICS_BIND = \"0.0.0.0:9090\""));
    let (is_fine, said) = check("127.0.0.1:8080");
    assert!(!is_fine && String::from_utf8_lossy(&said).contains("LILONG_METRICS_BIND"));
}
