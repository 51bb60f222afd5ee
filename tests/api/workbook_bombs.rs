//! Workbooks that are small and want to be large: they are refused, or read as far as a list goes, and the service goes on.

use std::io::{Cursor, Write};

use lilong::access::role::Role;
use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::lists::{counts, import};
use crate::support::archive::CARD;
use crate::support::{OWN, Person, Reply, Town};

const MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET: &str = "xl/worksheets/sheet1.xml";

type Zip = ZipWriter<Cursor<Vec<u8>>>;

fn part(zip: &mut Zip, name: &str, text: &str) {
    // Quick, and packed well enough.
    zip.start_file(name, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
}

/// A workbook of one sheet, with this table of texts.
fn book(texts: &str, sheet: impl FnOnce(&mut Zip)) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    part(&mut zip, "[Content_Types].xml", &format!("<Types><Override ContentType=\"{MAIN}\"/></Types>"));
    let to = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    part(&mut zip, "_rels/.rels", &to("officeDocument", "xl/workbook.xml"));
    let named = "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    part(&mut zip, "xl/workbook.xml", named);
    part(&mut zip, "xl/_rels/workbook.xml.rels", &to("worksheet", "worksheets/sheet1.xml"));
    part(&mut zip, "xl/sharedStrings.xml", texts);
    sheet(&mut zip);
    zip.finish().unwrap().into_inner()
}

fn cell(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A sheet that says it is as large as one can be, with one person in it and so many columns beside.
fn rows(columns: usize) -> String {
    let heading = [cell("姓名"), cell("证件号码")].concat();
    let person = [cell("陈桂芳"), cell(CARD), cell("x").repeat(columns)].concat();
    format!(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row>{heading}</row><row>{person}</row></sheetData></worksheet>"
    )
}

/// The rows, and behind them 210 MB of nothing, in about 2 MB.
fn bomb() -> Vec<u8> {
    let bytes = book("<sst/>", |zip| {
        part(zip, SHEET, &rows(0).replace("</sheetData></worksheet>", ""));
        let nothing = vec![b' '; 1_000_000];
        for _ in 0..210 {
            zip.write_all(&nothing).unwrap();
        }
        zip.write_all(b"</sheetData></worksheet>").unwrap();
    });
    assert!(bytes.len() < 3_000_000, "{} bytes", bytes.len());
    bytes
}

/// The same with a directory that says of the sheet that it is a small one.
fn lying(mut bytes: Vec<u8>) -> Vec<u8> {
    let heads: Vec<usize> =
        (0..bytes.len() - 46).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    let is_sheet = |at: &usize| bytes[at + 46..].starts_with(SHEET.as_bytes());
    let head = heads.into_iter().find(is_sheet).expect("its entry in the directory");
    bytes[head + 24..head + 28].copy_from_slice(&1_000_u32.to_le_bytes());
    bytes
}

fn upload(town: &Town, by: &Person, bytes: &[u8]) -> Reply {
    town.upload("list.xlsx", bytes).by(by).send()
}

#[track_caller]
fn imported(town: &Town, by: &Person, bytes: &[u8]) -> serde_json::Value {
    let file = upload(town, by, bytes).is(201).body["id"].clone();
    import(town, by, json!({ "file": file, "division": OWN, "mode": "each" }))
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_and_the_service_goes_on() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let bomb = bomb();
    upload(&town, &worker, &bomb).is_problem_at(422, "file-workbook-too-large", "/file");
    assert_eq!((town.count("SELECT count(*) FROM files"), town.kept().len()), (0, 0));
    // One that lies about it is unpacked no further than it says.
    let failed = imported(&town, &worker, &lying(bomb));
    assert_eq!(
        (&failed["state"], &failed["problem"]),
        (&json!("failed"), &json!("import-unreadable")),
        "{failed}"
    );
    let done = imported(&town, &worker, &book("<sst/>", |zip| part(zip, SHEET, &rows(0))));
    assert_eq!(counts(&done), [1, 0, 0, 0], "{done}");
}

#[test]
fn a_sheet_as_large_as_it_says_or_with_columns_without_end_is_a_list_all_the_same() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let done = imported(&town, &worker, &book("<sst/>", |zip| part(zip, SHEET, &rows(50_000))));
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [1, 0, 0, 0]), "{done}");
}

#[test]
fn a_table_of_texts_that_says_it_is_endless_is_not_believed() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    // Whoever believes it asks for terabytes at once.
    for count in ["1000000000000", "18446744073709551615"] {
        let bytes = book(&format!("<sst uniqueCount=\"{count}\"/>"), |zip| part(zip, SHEET, &rows(0)));
        upload(&town, &worker, &bytes).is_problem_at(422, "file-workbook-too-large", "/file");
    }
    let honest = book("<sst uniqueCount=\"1\"><si><t>x</t></si></sst>", |zip| part(zip, SHEET, &rows(0)));
    assert_eq!(counts(&imported(&town, &worker, &honest)), [1, 0, 0, 0]);
}

#[test]
fn one_long_text_is_not_copied_for_each_of_many() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let texts = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(40_000));
    let again = rows(0)
        .replace("</row></sheetData>", &"<c t=\"s\"><v>0</v></c>".repeat(2))
        .replace("</worksheet>", "")
        + "</row></sheetData></worksheet>";
    let failed = imported(&town, &worker, &book(&texts, |zip| part(zip, SHEET, &again)));
    assert_eq!(failed["problem"], "import-unreadable", "{failed}");
    let styles =
        format!("<styleSheet><numFmts><numFmt formatCode=\"{}\"/></numFmts></styleSheet>", "0".repeat(2_000));
    let styled = book("<sst/>", |zip| {
        part(zip, "xl/styles.xml", &styles);
        part(zip, SHEET, &rows(0));
    });
    upload(&town, &worker, &styled).is_problem_at(422, "file-workbook-too-large", "/file");
}
