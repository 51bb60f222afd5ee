//! Serving, and what comes before it.

use super::operate::{MAP, import_lines};
use super::{defaults, text};
use crate::access::gate::Gate;
use crate::access::jobs;
use crate::app::config::{SECRETS, Settings, TABLE};
use crate::app::start::{self, Outcome};
use crate::app::worker::{self, RUNNERS, Worker};
use crate::app::{demo, keyring, server, telemetry};
use crate::kit::clock::Clock;
use crate::kit::db;
use crate::kit::lines;
use crate::kit::stop::Stop;
use crate::places::divisions;

pub(super) fn check_config(settings: &Settings) -> Outcome<()> {
    let value = serde_json::to_value(settings).map_err(|error| error.to_string())?;
    for (name, variable, _, what) in TABLE {
        let is_secret = name.is_empty() || SECRETS.contains(name);
        let shown = if is_secret { "(not shown)".to_owned() } else { value[*name].to_string() };
        println!("{variable} = {shown}  # {what}");
    }
    Ok(())
}

pub(super) fn serve(settings: &Settings, with_demo: bool) -> Outcome<()> {
    let _log = telemetry::start(settings.log_format).map_err(|error| error.to_string())?;
    let database = start::open_database(settings, false)?;
    if database.cluster.is_some() {
        prepare(&database.owner_url)?;
    }
    let open = |clock| start::open_gate(settings, &database.api_url, keyring::open(settings)?, clock);
    if with_demo {
        demo::load_whole(settings, &database, open)?;
        print!("{}", demo::table());
    }
    let gate = open(Clock::default())?;
    let served = actix_web::rt::System::new().block_on(async {
        let running = server::run(settings, gate)?;
        println!("lilong serves at http://{}  ·  documentation at http://{0}/docs/", running.address);
        if let Some(address) = running.metrics_address() {
            println!("metrics at http://{address}/metrics");
        }
        running.until_stopped().await
    });
    if let Some(cluster) = database.cluster {
        cluster.stop().map_err(|error| error.to_string())?;
    }
    served
}

/// The background work of `serve` without its HTTP: until told to stop, or once.
pub(super) fn work(settings: &Settings, once: bool) -> Outcome<()> {
    let _log = telemetry::start(settings.log_format).map_err(|error| error.to_string())?;
    let database = start::open_database(settings, true)?;
    if database.cluster.is_some() {
        prepare(&database.owner_url)?;
    }
    // It answers nobody, so it needs no seats for requests.
    let settings = Settings { seats: 1, ..settings.clone() };
    let gate = start::open_gate(&settings, &database.api_url, keyring::open(&settings)?, Clock::default())?;
    let worked = if once { work_once(&gate) } else { work_on(gate) };
    if let Some(cluster) = database.cluster {
        cluster.stop().map_err(|error| error.to_string())?;
    }
    worked
}

fn work_on(gate: Gate) -> Outcome<()> {
    let worker = Worker::start(gate, RUNNERS, || {}).map_err(|error| error.to_string())?;
    println!("lilong works");
    let told = actix_web::rt::System::new().block_on(server::told_to_stop());
    drop(worker);
    told.map_err(|error| error.to_string())
}

fn work_once(gate: &Gate) -> Outcome<()> {
    let stop = Stop::default();
    let jobs = jobs::run_due(gate, RUNNERS, &stop).map_err(text)?;
    let rows = worker::sweep(gate, &stop).map_err(text)?;
    while worker::count_labels(gate).map_err(text)? > 0 {}
    let events = worker::seal(gate).map_err(text)?;
    println!("{jobs} jobs taken, {rows} rows kept long enough, {events} events sealed");
    Ok(())
}

/// An embedded database is made ready without being asked: its schema, the map and what begins with data where there is none.
pub(super) fn prepare(owner_url: &str) -> Outcome<()> {
    let mut conn = start::connect(owner_url)?;
    db::migrate(&mut conn).map_err(text)?;
    if divisions::count(&mut conn).map_err(text)? == 0 {
        import_lines(&mut conn, &lines::read(MAP)?)?;
    }
    defaults::enter(&mut conn)
}

pub(super) fn load_demo(settings: &Settings) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    if database.cluster.is_some() {
        prepare(&database.owner_url)?;
    }
    let open = |clock| start::open_gate(settings, &database.api_url, keyring::open(settings)?, clock);
    let is_new = demo::load_whole(settings, &database, open)?;
    println!("{}", if is_new { "the demo is loaded" } else { "the demo was loaded before" });
    Ok(())
}

pub(super) fn print_demo(as_json: bool) -> Outcome<()> {
    if as_json {
        println!("{}", serde_json::to_string_pretty(&demo::ACCOUNTS).map_err(|error| error.to_string())?);
    } else {
        print!("{}", demo::table());
    }
    Ok(())
}
