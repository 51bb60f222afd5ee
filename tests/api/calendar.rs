//! The working calendar: public, entered a year at a time by the city's system administrator, and what clocks count by.

use std::io::Write as _;

use chrono::Datelike as _;
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use lilong::matters::calendar::{self, Reckoning, Unit};
use serde_json::{Value, json};

use crate::support::{CITY, PARENT, Person, Reply, Town};

const PATH: &str = "/v1/calendar-days/2027";

fn day(day: &str, is_workday: bool) -> Value {
    json!({ "day": day, "is_workday": is_workday, "name": "春节" })
}

/// 春节 2027 as it might be: a week off, two weekend days worked.
fn spring_festival() -> Value {
    let off = (6..=12).map(|n| day(&format!("2027-02-{n:02}"), false));
    let days: Vec<Value> = off.chain([day("2027-01-31", true), day("2027-02-20", true)]).collect();
    json!({ "source": "国务院办公厅通知", "days": days })
}

fn put(town: &Town, by: &Person, version: &str, body: Value) -> Reply {
    town.put(PATH, version, body).by(by).send()
}

#[test]
fn anybody_reads_the_holidays_and_which_years_are_known() {
    let town = Town::new();
    let known = town.get("/v1/calendar-days?year=2026").send();
    let body = &known.is(200).body;
    assert_eq!((&body["is_known"], &body["version"]), (&json!(true), &json!(1)));
    assert_eq!(body["source"], "chinese-days 1.5.7 (npm, MIT)");
    let items = body["items"].as_array().unwrap();
    assert_eq!(items[0], json!({ "day": "2026-01-01", "is_workday": false, "name": "元旦" }));
    assert_eq!(items.iter().filter(|item| item["is_workday"] == true).count(), 6);
    let years: Vec<i32> = serde_json::from_value(body["known_years"].clone()).unwrap();
    assert_eq!(years, (2004..=2026).collect::<Vec<_>>());
    let unknown = town.get("/v1/calendar-days?year=2027").send();
    let body = &unknown.is(200).body;
    assert_eq!((&body["is_known"], &body["version"], &body["items"]), (&json!(false), &json!(0), &json!([])));
    let this_year = local_date(town.now()).year();
    assert_eq!(town.get("/v1/calendar-days").send().is(200).body["year"], this_year);
    town.get("/v1/calendar-days?year=1900").send().is_problem(400, "query-invalid");
}

#[test]
fn a_year_is_entered_whole_and_by_the_city_alone() {
    let town = Town::new();
    let admin = town.staff(Role::SystemAdmin, CITY);
    let street = town.staff(Role::SystemAdmin, PARENT);
    put(&town, &town.staff(Role::CityOfficer, CITY), "*", spring_festival()).is_problem(403, "forbidden");
    put(&town, &street, "*", spring_festival()).is_problem(409, "calendar-city-only");
    town.call("PUT", PATH).json(&spring_festival()).by(&admin).send().is_problem(428, "if-match-missing");
    put(&town, &admin, "\"v1\"", spring_festival()).is_problem(412, "version-stale");
    let entered = put(&town, &admin, "\"v0\"", spring_festival());
    assert_eq!(entered.is(200).header("etag"), "\"v1\"");
    assert_eq!(entered.body["items"].as_array().unwrap().len(), 9);
    put(&town, &admin, "\"v0\"", spring_festival()).is_problem(412, "version-stale");
    let less = json!({ "source": "更正通知", "days": [day("2027-02-06", false)] });
    let again = put(&town, &admin, "\"v1\"", less);
    assert_eq!((again.is(200).header("etag"), &again.body["source"]), ("\"v2\"", &json!("更正通知")));
    assert_eq!(town.count("SELECT count(*) FROM calendar_days WHERE year = 2027"), 1);
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'update_calendar_days'"), 2);
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'calendar.changed'"), 2);
}

#[test]
fn a_year_that_contradicts_itself_is_refused_and_changes_nothing() {
    let town = Town::new();
    let admin = town.staff(Role::SystemAdmin, CITY);
    let refused = |days: Value, code: &str, pointer: &str| {
        let reply = put(&town, &admin, "*", json!({ "source": "x", "days": days }));
        reply.is_problem(422, code);
        assert!(reply.body["errors"][0]["pointer"].as_str().unwrap().starts_with(pointer), "{}", reply.text);
    };
    let off = || day("2027-02-06", false);
    refused(json!([off(), day("2026-12-31", false)]), "calendar-day-of-other-year", "/days/1/day");
    refused(json!([off(), day("2027-02-06", true)]), "calendar-day-repeated", "/days/1/day");
    // 8 February 2027 is a Monday.
    refused(json!([day("2027-02-09", true)]), "calendar-day-worked-anyway", "/days/0/day");
    refused(json!([]), "field-invalid", "/days");
    refused(json!([day("2027-02-30", false)]), "field-invalid", "/days");
    let long: Vec<Value> = (0..121).map(|_| off()).collect();
    refused(json!(long), "field-invalid", "/days");
    assert_eq!(town.count("SELECT count(*) FROM calendar_years WHERE year = 2027"), 0);
    town.put("/v1/calendar-days/1900", "*", spring_festival())
        .by(&admin)
        .send()
        .is_problem(400, "path-invalid");
}

#[test]
fn of_two_who_enter_a_new_year_at_once_one_is_told_that_it_changed() {
    let town = Town::with(|settings| settings.seats = 4);
    let admin = town.staff(Role::SystemAdmin, CITY);
    let replies: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..4).map(|_| scope.spawn(|| put(&town, &admin, "\"v0\"", spring_festival()).status)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(replies.iter().filter(|status| **status == 200).count(), 1, "{replies:?}");
    assert!(replies.iter().all(|status| matches!(status, 200 | 412)), "{replies:?}");
    assert_eq!(town.text("SELECT version FROM calendar_years WHERE year = 2027"), "1");
}

#[test]
fn what_is_due_in_an_unknown_year_is_provisional_until_it_is_entered() {
    let town = Town::new();
    let anchor_on = "2026-12-28".parse().unwrap();
    let reckoning = Reckoning { anchor_on, amount: 31, unit: Unit::WorkingDay };
    let due = || reckoning.due(&calendar::load(&mut town.owner(), anchor_on).unwrap());
    assert_eq!((due().on.to_string().as_str(), due().is_provisional), ("2027-02-09", true));
    put(&town, &town.staff(Role::SystemAdmin, CITY), "*", spring_festival()).is(200);
    // A Sunday more is worked, five working days are off.
    assert_eq!((due().on.to_string().as_str(), due().is_provisional), ("2027-02-15", false));
}

fn traces(town: &Town) -> i64 {
    town.count("SELECT count(*) FROM audit_events WHERE action IN ('import_calendar', 'import_policies')")
}

#[test]
fn the_command_line_imports_a_year_once_and_nothing_of_a_bad_file() {
    let town = Town::new();
    let import = |text: &str| {
        let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
        file.write_all(format!("day,is_workday,name\n{text}").as_bytes()).unwrap();
        let output = town.lilong(&["import", "calendar", file.path().to_str().unwrap()], "");
        output.status.success()
    };
    let good = "2027-02-06,false,春节\n2027-02-20,true,春节\n";
    assert!(import(good) && import(good));
    assert_eq!(town.text("SELECT version FROM calendar_years WHERE year = 2027"), "1");
    assert_eq!(traces(&town), 1);
    // 9 February 2027 is a Tuesday: also the good year beside it stays out.
    assert!(!import("2028-01-01,false,元旦\n2027-02-09,true,春节\n"));
    assert!(!import("2028-01-01,perhaps,元旦\n"));
    assert_eq!(town.count("SELECT count(*) FROM calendar_years WHERE year = 2028"), 0);
    assert!(town.lilong(&["import", "calendar"], "").status.success());
    assert_eq!(traces(&town), 1, "the years inside the program were there");
}

#[test]
fn a_migrated_database_gets_calendar_and_policies_where_there_are_none() {
    let town = Town::new();
    town.execute("DELETE FROM matter_policies; DELETE FROM calendar_days; DELETE FROM calendar_years");
    for _ in 0..2 {
        assert!(town.lilong(&["migrate"], "").status.success());
        assert_eq!(town.count("SELECT count(*) FROM calendar_years"), 23);
        assert!(town.count("SELECT count(*) FROM matter_policies WHERE created_by IS NULL") > 20);
        assert_eq!(traces(&town), 2);
    }
    // Without the map there is no city whose policies they could be.
    town.execute(
        "DELETE FROM matter_policies; DELETE FROM petition_questions; DELETE FROM petition_categories;
         DELETE FROM mediation_grades; DELETE FROM mediation_staffing_rules; DELETE FROM volunteer_rules;
         DELETE FROM recognition_rules; DELETE FROM dispute_route_rules; DELETE FROM mediation_subsidy_rules;
         DELETE FROM divisions",
    );
    assert!(town.lilong(&["migrate"], "").status.success());
    assert_eq!(town.count("SELECT count(*) FROM matter_policies"), 0);
    assert!(town.lilong(&["import", "divisions"], "").status.success());
    assert!(town.count("SELECT count(*) FROM matter_policies") > 20);
    // A database of an older version gets the policies of clocks that are new, and nothing again that an officer changed.
    town.execute(
        "DELETE FROM matter_policies WHERE clock = 'confirmation';
         UPDATE matter_policies SET effective_until = '2026-01-01' WHERE clock = 'first_contact'",
    );
    let all = town.count("SELECT count(*) FROM matter_policies");
    assert!(town.lilong(&["migrate"], "").status.success());
    assert_eq!(town.count("SELECT count(*) FROM matter_policies"), all + 1);
}
