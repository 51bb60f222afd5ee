//! Lists of residents: the same list twice makes nobody twice; bad rows are named, and good ones go in.

use std::fmt::Write as _;
use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use lilong::access::division::Division;
use lilong::access::role::Role;
use lilong::kit::crypto::sha256_of;
use lilong::kit::sheets::{Form, Writer, each_row};
use lilong::people::imports::{RULES, store};

use crate::support::archive::{CARD, draft, enter, with, with_card};
use crate::support::{OWN, SIBLING, Town};

/// A folder for the files of one test.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn write(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// A valid, invented ID number: the `n`th of a day.
fn card(n: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = format!("31011319{:02}0101{:03}", 10 + n / 1000, n % 1000);
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

#[track_caller]
fn import(town: &Town, file: &std::path::Path, more: &[&str]) -> (bool, String) {
    let arguments = [&["import", "residents", file.to_str().unwrap(), "--division", OWN], more].concat();
    let out = town.lilong(&arguments, "");
    let said = String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap();
    (out.status.success(), said)
}

fn report(path: &std::path::Path) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    each_row(Form::Xlsx, std::fs::File::open(path).unwrap(), RULES[0], |_, row| {
        rows.push(row);
        Ok(true)
    })
    .unwrap();
    rows
}

#[test]
fn a_list_goes_in_once_however_often_it_comes() {
    let (town, folder) = (Town::new(), folder());
    let mut text = "姓名,证件号码,电话,居住类型,备注\n".to_owned();
    for n in 0..1_200 {
        writeln!(text, "王小明,{},,来沪人员,x", card(n)).unwrap();
    }
    let file = write(&folder, "list.csv", &text);
    let (ok, said) = import(&town, &file, &[]);
    assert!(ok && said.contains("1200 entered, 0 changed, 0 as they were, 0 refused"), "{said}");
    let (ok, said) = import(&town, &file, &[]);
    assert!(ok && said.contains("0 entered, 0 changed, 1200 as they were, 0 refused"), "{said}");
    assert_eq!(town.count("SELECT count(*) FROM residents WHERE residence = 'from_other_province'"), 1_200);
    assert_eq!(town.count("SELECT count(*) FROM import_keys"), 0);
    // The same people with something new: only what is said changes.
    let changed = text.replace(",,来沪人员", ",13800001234,");
    let (ok, said) = import(&town, &write(&folder, "changed.csv", &changed), &[]);
    assert!(ok && said.contains("0 entered, 1200 changed, 0 as they were, 0 refused"), "{said}");
    assert_eq!(
        town.count("SELECT count(*) FROM residents WHERE residence = 'from_other_province' AND version = 2"),
        1_200
    );
}

#[test]
fn bad_rows_are_named_by_row_and_column_and_good_ones_go_in() {
    let (town, folder) = (Town::new(), folder());
    let long_name = format!("{}·{}", "阿".repeat(29), "买".repeat(30));
    let rows = [
        format!("陈桂芳,{CARD},,"),                // 2: good
        "王小明,110105194912310021,,".to_owned(),  // 3: checksum
        format!("王小红,{},,2023-02-29", card(1)), // 4: no such day
        format!("王😀,{},,", card(2)),             // 5: emoji
        format!("陈桂芳,{CARD},,"),                // 6: again
        format!("{long_name},{},,", card(3)),      // 7: good
        format!("𠮷野樱,{},,", card(4)),           // 8: good
        "无名氏,,,".to_owned(),                    // 9: nothing to recognise by
        format!("邻村人,{},{SIBLING},", card(5)),  // 10: not in the range
        ",,,".to_owned(),                          // 11: nothing at all
        format!("=cmd,{},,", card(6)),             // 12: a formula is no name
        format!("王小刚,{},,1999-01-01", card(7)), // 13: contradicts the card
    ];
    let text = format!("姓名,证件号码,区划代码,出生日期\n{}\n", rows.join("\n"));
    let file = write(&folder, "list.csv", &text);
    let told = folder.path().join("report.xlsx");
    let (ok, said) = import(&town, &file, &["--report", told.to_str().unwrap()]);
    assert!(ok && said.contains("3 entered, 0 changed, 0 as they were, 8 refused"), "{said}");
    let told = report(&told);
    assert_eq!(told[0], ["姓名", "证件号码", "区划代码", "出生日期", "错误原因"]);
    let reasons: Vec<&str> = told[1..].iter().map(|row| row.last().unwrap().as_str()).collect();
    let expected = [
        ["3", "证件号码", "field-invalid"],
        ["4", "出生日期", "field-invalid"],
        ["5", "姓名", "field-invalid"],
        ["6", "证件号码", "import-row-repeated"],
        ["9", "无证件原因", "resident-identifier-missing"],
        ["10", "区划代码", "import-row-out-of-reach"],
        ["12", "姓名", "field-invalid"],
        ["13", "出生日期", "resident-contradicts-document"],
    ];
    assert_eq!(reasons.len(), expected.len(), "{reasons:?}");
    for (reason, [line, column, code]) in reasons.iter().zip(expected) {
        assert!(reason.starts_with(&format!("第{line}行 {column}：")), "{reason}");
        assert!(reason.ends_with(&format!("（{code}）")), "{reason}");
    }
    // What is wrong is said beside the row, and does not repeat it; nothing of it is kept in the clear.
    assert_eq!(told[1][..2], ["王小明", "110105194912310021"]);
    assert!(!reasons.concat().contains("11010519491231002"), "{reasons:?}");
    assert_eq!(town.count("SELECT count(*) FROM import_faults f WHERE f::text LIKE '%1101051949%'"), 0);
}

#[test]
fn all_or_nothing_writes_nothing_when_a_row_is_bad() {
    let (town, folder) = (Town::new(), folder());
    let good = format!("姓名,证件号码\n陈桂芳,{CARD}\n王小明,{}\n", card(1));
    let bad = write(&folder, "bad.csv", &format!("{good}王小红,1\n"));
    let (ok, said) = import(&town, &bad, &["--all"]);
    assert!(!ok && said.contains("1 refused"), "{said}");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 0);
    let good = write(&folder, "good.csv", &good);
    let (ok, said) = import(&town, &good, &["--all", "--dry-run"]);
    assert!(ok && said.contains("2 entered") && said.contains("nothing was written"), "{said}");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 0);
    let (ok, said) = import(&town, &good, &["--all"]);
    assert!(ok && said.contains("2 entered, 0 changed, 0 as they were, 0 refused"), "{said}");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 2);
}

#[test]
fn a_workbook_is_read_like_a_text() {
    let (town, folder) = (Town::new(), folder());
    let mut book = Writer::new(Form::Xlsx).unwrap();
    book.row(&["*姓名", "身份证号码", "外部编号", "民族"]).unwrap();
    book.row(&["陈桂芳", CARD, "SQY-1", "汉族"]).unwrap();
    let path = folder.path().join("list.xlsx");
    std::fs::write(&path, book.finish().unwrap()).unwrap();
    let (ok, said) = import(&town, &path, &[]);
    assert!(ok && said.contains("1 entered"), "{said}");
    assert_eq!(
        town.text("SELECT external_id || ethnicity || pinyin || source FROM residents"),
        "SQY-101chenguifangimport"
    );
    for (name, text, code) in
        [("no.csv", "电话\n1\n", "首行"), ("empty.csv", "", "首行"), ("no.xlsx", "PK", "read")]
    {
        let (ok, said) = import(&town, &write(&folder, name, text), &[]);
        assert!(!ok && (said.contains("import-") || said.contains(code)), "{name}: {said}");
    }
}

#[test]
fn a_row_that_fits_two_records_or_a_closed_one_is_refused() {
    let (town, folder) = (Town::new(), folder());
    let worker = town.staff(Role::CommitteeWorker, OWN);
    enter(&town, &worker, with_card("陈桂芳"));
    enter(&town, &worker, with(draft("陈桂芳"), serde_json::json!({ "external_id": "A1" })));
    let file = write(&folder, "list.csv", &format!("姓名,证件号码,外部编号\n陈桂芳,{CARD},A1\n"));
    let (_, said) = import(&town, &file, &[]);
    assert!(said.contains("0 entered, 0 changed, 0 as they were, 1 refused"), "{said}");
    town.execute("UPDATE residents SET status = 'deceased' WHERE external_id IS NULL");
    let file = write(&folder, "again.csv", &format!("姓名,证件号码\n陈桂芳,{CARD}\n"));
    let (_, said) = import(&town, &file, &[]);
    assert!(said.contains("1 refused"), "{said}");
    assert_eq!(town.text("SELECT code FROM import_faults ORDER BY code DESC LIMIT 1"), "resident-closed");
}

#[test]
fn a_row_of_another_person_changes_nothing_whatever_its_external_id() {
    let (town, folder) = (Town::new(), folder());
    let worker = town.staff(Role::CommitteeWorker, OWN);
    enter(&town, &worker, with(with_card("陈桂芳"), serde_json::json!({ "external_id": "A1" })));
    let record = || town.text("SELECT r::text FROM residents r WHERE external_id = 'A1'");
    let before = record();
    let other = card(1);
    for (heading, name, row, code) in [
        ("证件号码", "王小明", other.as_str(), "import-row-other-person"),
        ("电话,出生日期", "陈桂芳", "13800001234,1949-12-30", "resident-contradicts-document"),
        ("电话,性别", "陈桂芳", "13800001234,男", "resident-contradicts-document"),
    ] {
        let file = write(&folder, "list.csv", &format!("姓名,外部编号,{heading}\n{name},A1,{row}\n"));
        for how in [&["--dry-run"][..], &[]] {
            let (_, said) = import(&town, &file, how);
            assert!(said.contains("0 entered, 0 changed, 0 as they were, 1 refused"), "{code}: {said}");
        }
        let last = "SELECT code FROM import_faults ORDER BY import_id DESC LIMIT 1";
        assert_eq!((town.text(last).as_str(), record()), (code, before.clone()));
    }
    // What the card states, too, is no contradiction; and where somebody stands in a list is no external id.
    for (text, told) in [
        ("姓名,外部编号,电话,性别\n陈桂芳,A1,13800001234,女\n", "0 entered, 1 changed"),
        ("姓名,编号,电话\n王小明,A1,13800005678\n", "1 entered, 0 changed"),
    ] {
        let (_, said) = import(&town, &write(&folder, "good.csv", text), &[]);
        assert!(said.contains(told), "{said}");
    }
    assert_eq!(town.count("SELECT count(*) FROM residents WHERE external_id IS NULL"), 1);
    // A list that was numbered anew: another name with another number, with the first card that is known, or with nothing known.
    enter(&town, &worker, with(draft("陈桂芬"), serde_json::json!({ "external_id": "A2" })));
    let refused = "0 entered, 0 changed, 0 as they were, 1 refused";
    for (row, told) in [
        ("李秀英,A1,13800007777,,,", refused),
        (format!("李秀英,A2,,{other},,").as_str(), refused),
        ("李秀英,A1,,,,未提供", refused),
        ("李秀英,A1,,,1950-01-01,未提供", refused),
        // Whose day of birth or number is the same has another name now.
        ("陈桂英,A1,,,1949-12-31,未提供", "0 entered, 1 changed"),
        ("陈桂花,A1,13800001234,,,", "0 entered, 1 changed"),
    ] {
        let text = format!("姓名,外部编号,电话,证件号码,出生日期,无证件原因\n{row}\n");
        let (_, said) = import(&town, &write(&folder, "moved.csv", &text), &[]);
        assert!(said.contains(told), "{row}: {said}");
    }
    assert_eq!(town.count("SELECT count(*) FROM import_faults WHERE code = 'import-row-other-person'"), 6);
}

#[test]
fn two_imports_of_one_list_at_once_make_one_set_of_people() {
    let (town, folder) = (Town::new(), folder());
    let mut text = "姓名,电话\n".to_owned();
    for n in 0..1_500 {
        // Nothing but name and number: the database has no constraint that would tell them apart.
        writeln!(text, "王小明,138{n:08}").unwrap();
    }
    let files = [write(&folder, "a.csv", &text), write(&folder, "b.csv", &(text.clone() + "\n"))];
    std::thread::scope(|scope| {
        for file in &files {
            let town = &town;
            scope.spawn(move || assert!(import(town, file, &[]).0));
        }
    });
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1_500);
    assert_eq!(town.count("SELECT sum(entered)::bigint FROM imports"), 1_500);
    assert_eq!(town.count("SELECT sum(unchanged)::bigint FROM imports"), 1_500);
}

#[test]
fn one_list_is_in_the_hands_of_one_process() {
    let (town, folder) = (Town::new(), folder());
    let mut text = "姓名,证件号码\n".to_owned();
    for n in 0..600 {
        writeln!(text, "王小明,{}", card(n)).unwrap();
    }
    let file = write(&folder, "list.csv", &text);
    let mut other = PgConnection::establish(&town.api_url).unwrap();
    let sha256 = sha256_of(std::fs::File::open(&file).unwrap()).unwrap();
    assert!(store::hold(&mut other, &sha256, Division::parse(OWN).unwrap()).unwrap());
    for how in [&["--all"][..], &[]] {
        let (ok, said) = import(&town, &file, how);
        assert!(!ok && said.contains("another process is doing this import"), "{said}");
    }
    assert_eq!(town.count("SELECT (SELECT count(*) FROM imports) + (SELECT count(*) FROM residents)"), 0);
    other.batch_execute("SELECT pg_advisory_unlock_all()").unwrap();
    let (ok, said) = import(&town, &file, &[]);
    assert!(ok && said.contains("600 entered"), "{said}");
    // Each batch is on record with its effect, and so is the whole.
    let events =
        "SELECT string_agg(detail->>'entered', ' ' ORDER BY id) FROM audit_events WHERE resource = 'imports'";
    assert_eq!(town.text(events), "500 100 600");
}

#[test]
fn an_import_broken_off_goes_on_where_it_was() {
    let (town, folder) = (Town::new(), folder());
    let mut text = "姓名,证件号码\n".to_owned();
    for n in 0..1_000 {
        writeln!(text, "王小明,{}", card(n)).unwrap();
    }
    let file = write(&folder, "list.csv", &text);
    assert!(import(&town, &file, &[]).0);
    // As it stands after the first batch was written and the process was killed.
    town.execute(
        "DELETE FROM residents WHERE id IN (SELECT id FROM residents ORDER BY id DESC LIMIT 500);
         UPDATE imports SET finished_at = NULL, done = 500, entered = 500",
    );
    let (ok, said) = import(&town, &file, &[]);
    assert!(ok && said.contains("1000 entered, 0 changed, 0 as they were, 0 refused"), "{said}");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1_000);
    assert_eq!(town.count("SELECT count(*) FROM imports"), 1);
}
