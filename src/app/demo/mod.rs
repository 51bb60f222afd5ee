//! The demo: invented people with one account for each role, and a story in 宝钢五村 told through the API itself, as it went since
//! eight weeks ago.
//!
//! Numbers are of the form that exists but belong to nobody; one password opens all. Production refuses it.

mod client;
mod mediation;
mod offices;
mod people;
mod story;
mod volunteers;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use serde::Serialize;

use super::config::Settings;
use super::server;
use super::spare;
use super::start::{self, Database, Outcome};
use crate::access::accounts::{self, Opening};
use crate::access::audit;
use crate::access::division::Division;
use crate::access::gate::Gate;
use crate::access::passwords::{self, Password};
use crate::access::phone::Mobile;
use crate::access::posts::{self, NewPost};
use crate::access::role::Role;
use crate::kit::clock::{Clock, local_date};
use crate::kit::crypto::Keyring;
use crate::kit::problem::{Problem, Result};
use crate::kit::text::Line;

/// The password of every demo account.
pub const PASSWORD: &str = "lane-lantern-42";

/// One demo account.
#[derive(Clone, Copy, Serialize)]
pub struct DemoAccount {
    /// Its number.
    pub phone: &'static str,
    /// Its password.
    pub password: &'static str,
    /// The role of its post; `resident` has none.
    pub role: Role,
    /// Whose it is.
    pub name: &'static str,
    /// The organisation it works for.
    pub organisation: &'static str,
    /// The division its post covers.
    pub range: &'static str,
}

/// So many weeks ago the story begins.
const WEEKS: i64 = 8;

const COMMITTEE: &str = "310113003005";
const STREET: &str = "310113003000";
const DISTRICT: &str = "310113000000";
const CITY: &str = "310000000000";

const fn account(
    phone: &'static str,
    role: Role,
    name: &'static str,
    organisation: &'static str,
    range: &'static str,
) -> DemoAccount {
    DemoAccount { phone, password: PASSWORD, role, name, organisation, range }
}

/// Every demo account, one for each role.
pub const ACCOUNTS: [DemoAccount; 18] = [
    account("+8613800000101", Role::Resident, "陈阿姨", "", COMMITTEE),
    account("+8613800000102", Role::GroupLeader, "李爷叔", "247号楼", COMMITTEE),
    account("+8613800000103", Role::CommitteeWorker, "社工小王", "宝钢五村居委会", COMMITTEE),
    account("+8613800000104", Role::CommitteeHead, "周主任", "宝钢五村居委会", COMMITTEE),
    account("+8613800000105", Role::StreetOfficer, "街道小赵", "友谊路街道办事处", STREET),
    account("+8613800000106", Role::Dispatcher, "网格老吴", "友谊路街道网格中心", STREET),
    account("+8613800000107", Role::DepartmentOfficer, "城管老郑", "友谊路街道城管中队", STREET),
    account("+8613800000108", Role::DistrictOfficer, "区里老钱", "宝山区地区办", DISTRICT),
    account("+8613800000109", Role::CityOfficer, "市里老孙", "市地区办", CITY),
    account("+8613800000110", Role::Mediator, "调解员老徐", "友谊路街道人民调解委员会", STREET),
    account("+8613800000111", Role::PoliceOfficer, "民警小何", "友谊路派出所", STREET),
    account("+8613800000112", Role::JusticeOfficer, "司法所老许", "友谊路司法所", STREET),
    account("+8613800000113", Role::Lawyer, "张律师", "里弄律师事务所", STREET),
    account("+8613800000114", Role::PropertyStaff, "物业小马", "五村物业公司", COMMITTEE),
    account("+8613800000115", Role::OwnersCommitteeMember, "业委会老沈", "宝钢五村业委会", COMMITTEE),
    account("+8613800000116", Role::SystemAdmin, "系统管理员", "", CITY),
    account("+8613800000117", Role::SecurityAdmin, "安全管理员", "", CITY),
    account("+8613800000118", Role::Auditor, "审计管理员", "", CITY),
];

/// The same as [`load`], but in an embedded database whole or not at all: what was broken off is told anew at the next start.
pub fn load_whole(
    settings: &Settings,
    database: &Database,
    open: impl Fn(Clock) -> Outcome<Gate>,
) -> Outcome<bool> {
    let told = audit::was_done(&mut start::connect(&database.api_url)?, story::LAST);
    match told.map_err(|problem| problem.to_string())? {
        true => load(settings, open),
        false => spare::whole(database, || load(settings, open)),
    }
}

/// Loads the demo once, by a gate of its own whose clock begins eight weeks ago: the accounts, then the story. Answers whether it was
/// not there yet. A story that was broken off is not told to its end: its hours would be of other days.
pub fn load(settings: &Settings, open: impl Fn(Clock) -> Outcome<Gate>) -> Outcome<bool> {
    if settings.production {
        return Err("production mode refuses the demo".into());
    }
    if settings.staff_second_factor {
        return Err("the demo's staff have no second factor: set LILONG_STAFF_SECOND_FACTOR=false".into());
    }
    let clock = Clock::default();
    clock.advance(-TimeDelta::weeks(WEEKS));
    let gate = open(clock.clone())?;
    let is_new = open_accounts(&gate).map_err(|problem| problem.to_string())?;
    if is_new {
        let begun = tell(settings, &gate, story::begin)?;
        clock.advance(TimeDelta::weeks(WEEKS));
        tell(settings, &gate, move |client, now| story::go_on(client, &begun, now))?;
    } else if !is_told(&gate).map_err(|problem| problem.to_string())? {
        return Err(broken_off(settings)?);
    }
    Ok(is_new)
}

fn is_told(gate: &Gate) -> Result<bool> {
    gate.jobs().run_here(|conn| audit::was_done(conn, story::LAST))
}

fn broken_off(settings: &Settings) -> Outcome<String> {
    let mend = match settings.database_url {
        Some(_) => "give it an empty database".to_owned(),
        None => format!("remove the data folder {}", start::data_dir(settings)?.display()),
    };
    Ok(format!("the demo was broken off while it was loaded, and half of it is there: {mend} and start anew"))
}

/// All of them, or none where one was there already; whether they are new.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn open_accounts(gate: &Gate) -> Result<bool> {
    let (doors, now) = (gate.clone(), gate.now());
    let password_hash = passwords::hash(&Password::new(PASSWORD))?;
    gate.jobs().run_here(move |conn| {
        conn.transaction(|conn| {
            for demo in &ACCOUNTS {
                if accounts::store::credentials(conn, &phone(demo)?.hash(doors.ring()))?.is_some() {
                    return Ok(false);
                }
            }
            for demo in &ACCOUNTS {
                open_account(conn, doors.ring(), demo, &password_hash, now)?;
            }
            Ok(true)
        })
    })
}

fn open_account(
    conn: &mut PgConnection,
    ring: &Keyring,
    demo: &DemoAccount,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let display_name = Line::new(demo.name).map_err(Problem::fault)?;
    let opening =
        Opening { phone: phone(demo)?, display_name, password_hash: Some(password_hash.to_owned()) };
    let holder = accounts::open(conn, ring, &opening, now)?;
    let division = Division::parse(demo.range).map_err(Problem::fault)?;
    let (role, starts_on) = (demo.role, local_date(now));
    let post = NewPost { holder, role, organisation: None, division, starts_on, ends_on: None };
    if !matches!(role, Role::Resident | Role::GroupLeader) {
        posts::grant_unless_held(conn, &post, None, now)?;
    }
    Ok(())
}

fn phone(demo: &DemoAccount) -> Result<Mobile> {
    Mobile::parse(demo.phone).map_err(Problem::fault)
}

/// Tells a part of the story through the API, on a server of its own that listens on loopback for as long as it takes.
fn tell<T: Send + 'static>(
    settings: &Settings,
    gate: &Gate,
    part: impl FnOnce(&client::Client, DateTime<Utc>) -> Outcome<T> + Send + 'static,
) -> Outcome<T> {
    let own = Settings {
        bind: std::net::SocketAddr::from(([127, 0, 0, 1], 0)),
        metrics_bind: None,
        rate_per_minute: 1_000_000,
        log_requests: false,
        workers: 1,
        ..settings.clone()
    };
    let (told, answer) = std::sync::mpsc::channel();
    let (served, now) = (gate.clone(), gate.now());
    actix_web::rt::System::new().block_on(async move {
        let running = server::run(&own, served)?;
        let (address, handle) = (running.address, running.server.handle());
        let teller = std::thread::spawn(move || {
            let outcome = part(&client::Client::new(&format!("http://{address}")), now);
            let _the_main_thread_waits = told.send(outcome);
            drop(handle.stop(true));
        });
        running.until_stopped().await?;
        teller.join().map_err(|_| "the demo's teller panicked".to_owned())
    })?;
    answer.recv().map_err(|error| error.to_string())?
}

/// The accounts as a person reads them.
pub fn table() -> String {
    let mut text = format!("Demo accounts, all with the password {PASSWORD}:\n");
    for demo in ACCOUNTS {
        text += &format!(
            "  {}  {:<24} {} {} {}\n",
            demo.phone,
            demo.role.as_str(),
            demo.range,
            demo.name,
            demo.organisation
        );
    }
    text
}
