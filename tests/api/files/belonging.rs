//! Files that belong to a thing, and those that belong to nothing.

use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;
use lilong::access::act::Look;
use lilong::access::caller::{Origin, Ticket};
use lilong::access::division::Division;
use lilong::access::files::{self, Attachment, Doors, FileId};
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::answer::Nothing;
use lilong::kit::problem::{Place, Problem, Result};
use lilong::kit::stop::Stop;
use lilong::places::dwellings::{self, DwellingId};
use uuid::Uuid;

use super::{content, png, send};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const DWELLING: Uuid = Uuid::from_u128(4);

fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    dwellings::store::find(look, DwellingId(id)).map(drop)
}

/// A town with a dwelling in `OWN`, through whose door files are read.
fn town() -> Town {
    let town = Town::with_doors(|_| {}, Doors::default().with("dwellings", door));
    let [estate, building] = [2, 3].map(Uuid::from_u128);
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO buildings (id, estate_id, division, number, created_at, updated_at)
             VALUES ('{building}', '{estate}', {OWN}, '247号', now(), now());
         INSERT INTO dwellings (id, building_id, division, number, created_at, updated_at)
             VALUES ('{DWELLING}', '{building}', {OWN}, '502', now(), now())"
    ));
    town
}

fn id(sent: &Reply) -> FileId {
    FileId(sent.is(201).body["id"].as_str().and_then(|id| id.parse().ok()).expect("an id"))
}

/// Attaches files to a thing, as a feature does in its own act.
fn attach(town: &Town, person: &Person, ids: &[FileId], resource: &'static str) -> Result<()> {
    let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let origin = Origin { request_id: "test".into(), address, believed: None };
    let ticket = Ticket { principal: Some(person.principal()), origin, key: None };
    let to = Attachment { resource, id: DWELLING, division: Division::parse(OWN).unwrap() };
    let ids = ids.to_vec();
    let write = town.gate.write(ticket, move |act| {
        files::attach(act, &ids, &to, "/photos")?;
        Ok(Nothing {})
    });
    actix_web::rt::System::new().block_on(write).map(drop)
}

fn place(problem: &Problem) -> (&'static str, Vec<Place>) {
    (problem.rule().code, problem.faults().iter().map(|fault| fault.place.clone()).collect())
}

/// What each of the three ways to a file answers.
fn ways(town: &Town, person: &Person, id: FileId) -> [u16; 3] {
    ["", "/content", "/thumbnail"]
        .map(|part| town.get(&format!("/v1/files/{id}{part}")).by(person).send().status)
}

#[test]
fn a_file_is_its_sender_s_alone_until_it_is_attached_and_then_goes_through_the_door() {
    let town = town();
    let (sender, stranger) = (town.resident(), town.resident());
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sent = send(&town, &sender, "x.png", &png(600, 300));
    let file = id(&sent);
    assert_eq!(ways(&town, &sender, file), [200; 3]);
    // No role reaches what belongs to nothing, nor tells it from what is not there.
    for other in [&stranger, &worker, &town.staff(Role::CityOfficer, OWN), &town.staff(Role::Auditor, OWN)] {
        assert_eq!(ways(&town, other, file), [404; 3]);
        assert_eq!(ways(&town, other, FileId::new()), [404; 3]);
    }
    let thumbnail = town.get(&format!("/v1/files/{file}/thumbnail")).by(&sender).send();
    let thumbnail = image::load_from_memory(&thumbnail.bytes).expect("a picture");
    assert_eq!((thumbnail.width(), thumbnail.height()), (480, 240));
    attach(&town, &sender, &[file], "dwellings").expect("it is attached");
    for (role, division, status) in [
        (Role::CommitteeWorker, OWN, 200),
        (Role::StreetOfficer, PARENT, 200),
        (Role::CommitteeWorker, SIBLING, 404),
        (Role::StreetOfficer, ELSEWHERE, 404),
        // Whose roles see no dwelling at all.
        (Role::Lawyer, OWN, 404),
        (Role::Auditor, OWN, 404),
    ] {
        let seen = ways(&town, &town.staff(role, division), file);
        assert_eq!(seen, [status; 3], "{role:?} of {division}");
    }
    // Its sender is a resident, who sees no dwelling.
    assert_eq!(ways(&town, &sender, file), [404; 3]);
    let refused = town.get(&format!("/v1/files/{file}/content")).send();
    refused.is_problem(401, "unauthenticated");
    town.execute("UPDATE file_links SET resource = 'rooms_without_door'");
    assert_eq!(ways(&town, &worker, file), [404; 3]);
}

#[test]
fn only_one_s_own_files_that_belong_to_nothing_are_attached_and_only_once() {
    let town = town();
    let (sender, other) = (town.resident(), town.resident());
    let [one, two] = [2, 3].map(|width| id(&send(&town, &sender, "x.png", &png(width, 2))));
    let theirs = id(&send(&town, &other, "x.csv", b"a,b"));
    let late = id(&send(&town, &sender, "x.csv", b"a,b"));
    town.execute(&format!("UPDATE files SET expires_at = now() - interval '1 s' WHERE id = '{late}'"));
    for (files, at) in [
        (vec![theirs], 0),
        (vec![one, theirs], 1),
        (vec![one, two, one], 2),
        (vec![FileId::new()], 0),
        (vec![one, late], 1),
    ] {
        let problem = attach(&town, &sender, &files, "dwellings").unwrap_err();
        assert_eq!(place(&problem), ("file-unknown", vec![Place::Pointer(format!("/photos/{at}"))]));
    }
    assert_eq!(town.count("SELECT count(*) FROM file_links"), 0);
    // Two things want one file at once: one gets it.
    let results: Vec<bool> = std::thread::scope(|scope| {
        let want = || attach(&town, &sender, &[two, one], "dwellings").is_ok();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(want)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|done| **done).count(), 1);
    let mut look = town.owner();
    let mut look = Look {
        conn: &mut look,
        actor: std::sync::Arc::new(lilong::access::actor::Actor::visitor()),
        now: town.now(),
        ring: town.gate.ring(),
    };
    let attached = files::of(&mut look, "dwellings", DWELLING).expect("files");
    assert_eq!(attached.iter().map(|view| view.id).collect::<Vec<_>>(), [one, two]);
}

#[test]
fn what_belongs_to_nothing_goes_after_a_day_with_its_bytes() {
    let town = town();
    let sender = town.resident();
    let kept = id(&send(&town, &sender, "x.png", &png(2, 2)));
    let waiting = send(&town, &sender, "x.png", &png(3, 2));
    attach(&town, &sender, &[kept], "dwellings").expect("it is attached");
    worker::sweep(&town.gate, &Stop::default()).expect("a sweep");
    content(&town, &sender, &waiting).is(200);
    // As a crash leaves them: bytes whose row was never written, today and long ago.
    let folder = town.kept().first().and_then(|path| path.parent().map(std::path::Path::to_owned)).unwrap();
    std::fs::write(folder.join("0123456789abcdef"), "left over").unwrap();
    assert_eq!(files::sweep_orphans(&town.gate, town.now()).expect("a sweep"), 0);
    town.clock.advance(TimeDelta::hours(25));
    let token = town.gate.tokens().sign(sender.account, sender.session, town.now()).expect("a token");
    let address = waiting.body["content_url"].as_str().unwrap();
    town.get(address).token(&token).send().is_problem(404, "not-found");
    assert_eq!(files::sweep(&town.gate, town.now()).expect("a sweep"), 1);
    assert_eq!((town.count("SELECT count(*) FROM files"), town.kept().len()), (1, 3));
    assert_eq!(files::sweep_orphans(&town.gate, town.now()).expect("a sweep"), 1);
    assert_eq!(town.kept().len(), 2);
    let keys = town.text("SELECT content_key || ' ' || thumbnail_key FROM files");
    for key in keys.split(' ') {
        assert!(town.data.path().join("files").join(key).exists(), "{key}");
    }
}

#[test]
fn nobody_fills_the_store_with_what_belongs_to_nothing() {
    let town = Town::with(|settings| settings.seats = 4);
    let (sender, other) = (town.resident(), town.resident());
    for _ in 0..98 {
        send(&town, &sender, "x.csv", b"a,b").is(201);
    }
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| send(&town, &sender, "x.csv", b"a,b").status)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 201, 409, 409]);
    send(&town, &sender, "x.csv", b"a,b").is_problem(409, "file-too-many");
    assert_eq!(town.kept().len(), 100);
    send(&town, &other, "x.csv", b"a,b").is(201);
}
