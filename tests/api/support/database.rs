//! A database for each test: a copy of one that is made once, so that no test waits for the migrations and the map.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use lilong::activities::{recognition_rules, volunteer_rules};
use lilong::app::start;
use lilong::kit::clock::Clock;
use lilong::kit::cluster::Cluster;
use lilong::kit::{db, lines};
use lilong::matters::{
    calendar, categories, dispute_route_rules, mediation_cases, mediation_staffing, mediation_subsidy_rules,
    policies,
};
use lilong::places::divisions;

static CLUSTER: OnceLock<Mutex<Cluster>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A database of a test's own; dropped with this.
pub struct Database(String);

impl Database {
    /// With the schema, the map and the rules.
    pub fn new() -> Self {
        Self::like("lilong")
    }

    /// With nothing in it.
    pub fn empty() -> Self {
        Self::like("template0")
    }

    fn like(model: &str) -> Self {
        let name = format!("town_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        over_all(&format!("CREATE DATABASE {name} TEMPLATE {model} OWNER lilong_owner"));
        Database(name)
    }

    /// Of who may do anything in it.
    pub fn owner_url(&self) -> String {
        self.url(&cluster().owner_url())
    }

    /// Of who may read and write rows.
    pub fn api_url(&self) -> String {
        self.url(&cluster().api_url())
    }

    fn url(&self, model: &str) -> String {
        model.replace("@/lilong?", &format!("@/{}?", self.0))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        over_all(&format!("DROP DATABASE {} WITH (FORCE)", self.0));
    }
}

fn cluster() -> MutexGuard<'static, Cluster> {
    let cluster = CLUSTER.get_or_init(|| Mutex::new(raise()));
    cluster.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the server of all databases has said until now.
pub fn server_log() -> String {
    let path = cluster().log().to_owned();
    String::from_utf8_lossy(&std::fs::read(path).expect("the server's log")).into_owned()
}

/// What only the superuser does, who stands above all databases.
fn over_all(statement: &str) {
    let url = cluster().superuser_url();
    let mut conn = start::connect(&url).expect("the superuser connects");
    conn.batch_execute(statement).expect("the statement runs");
}

/// A cluster whose own database is the model for those of the tests; nothing stays connected to it.
fn raise() -> Cluster {
    let cluster = Cluster::throwaway().expect("a throwaway cluster");
    let mut owner = start::connect(&cluster.owner_url()).expect("the owner connects");
    db::migrate(&mut owner).expect("migrations");
    import_map(&mut owner);
    import_categories(&mut owner);
    import_rules(&mut owner);
    cluster
}

/// Two streets and a committee elsewhere, of the real map.
fn import_map(conn: &mut PgConnection) {
    let map = include_bytes!("../../../data/divisions/shanghai.csv");
    let lines: Vec<divisions::Line> = lines::read(map.as_slice()).expect("the map");
    let is_wanted = |code: &str| {
        code.ends_with("000000") || code.starts_with("310113003") || code.starts_with("310101002")
    };
    let wanted: Vec<_> = lines.into_iter().filter(|line| is_wanted(&line.code.to_string())).collect();
    divisions::import(conn, &wanted, Clock::default().now()).expect("the map goes in");
}

/// The default categories of petitions, as the program enters them.
fn import_categories(conn: &mut PgConnection) {
    let lines = lines::read(include_bytes!("../../../data/categories/default.csv").as_slice());
    let asked = lines::read(include_bytes!("../../../data/categories/questions.csv").as_slice());
    let (lines, asked) = (lines.expect("categories"), asked.expect("questions"));
    categories::import(conn, &lines, &asked, Clock::default().now()).expect("the categories go in");
}

/// The real calendar and the policies that every database begins with.
fn import_rules(conn: &mut PgConnection) {
    let now = Clock::default().now();
    let days = include_bytes!("../../../data/calendar/cn.csv");
    let days = lines::read(days.as_slice()).expect("the calendar");
    calendar::import(conn, &days, "chinese-days 1.5.7 (npm, MIT)", now).expect("the calendar goes in");
    let defaults = include_bytes!("../../../data/policies/default.csv");
    let defaults = lines::read(defaults.as_slice()).expect("the policies");
    policies::import(conn, &defaults, now).expect("the policies go in");
    let grades = include_bytes!("../../../data/mediation/grades.csv");
    let grades = lines::read(grades.as_slice()).expect("the grades");
    mediation_cases::import(conn, &grades, now).expect("the grades go in");
    let staffing = include_bytes!("../../../data/mediation/staffing.csv");
    let staffing = lines::read(staffing.as_slice()).expect("the staffing rules");
    mediation_staffing::import(conn, &staffing, now).expect("the staffing rules go in");
    let routes = include_bytes!("../../../data/mediation/routes.csv");
    let routes = lines::read(routes.as_slice()).expect("the rules of routing");
    dispute_route_rules::import(conn, &routes, now).expect("the rules of routing go in");
    let paid = include_bytes!("../../../data/mediation/subsidies.csv");
    let paid = lines::read(paid.as_slice()).expect("the subsidies");
    mediation_subsidy_rules::import(conn, &paid, now).expect("the subsidies go in");
    let counted = include_bytes!("../../../data/volunteering/default.csv");
    let counted = lines::read(counted.as_slice()).expect("the rules of volunteering");
    volunteer_rules::import(conn, &counted, now).expect("the rules of volunteering go in");
    let honoured = include_bytes!("../../../data/volunteering/recognitions.csv");
    let honoured = lines::read(honoured.as_slice()).expect("the rules of recognitions");
    recognition_rules::import(conn, &honoured, now).expect("the rules of recognitions go in");
}
