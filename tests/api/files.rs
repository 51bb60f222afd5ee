//! Files: what is taken and what is not, what a picture no longer tells, who may read it, and what goes.

use std::io::{Cursor, Read, Write};
use std::net::TcpStream;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lilong::kit::crypto::sha256;
use serde_json::json;

use crate::support::petitions::{draft, file, neighbour};
use crate::support::{BOUNDARY, OWN, Person, Reply, Town, multipart};

/// Files that belong to a thing, and those that belong to nothing.
mod belonging;

const CANARY: &[u8] = b"31.4052N-canary";

/// A picture, red on the left and blue on the right.
fn picture(width: u32, height: u32) -> DynamicImage {
    let halves = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, halves))
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A small PNG.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    written(&picture(width, height), ImageFormat::Png)
}

/// A photo as phones write it: lying on its side, with the place where it was taken.
pub fn photo() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    // Orientation 6: to be turned by a quarter to the right. Then where the directory of the place begins.
    let (head, turned) = (*b"II\x2a\0\x08\0\0\0", entry(0x0112, 3, 1, [6, 0, 0, 0]));
    let place = entry(0x8825, 4, 1, 38u32.to_le_bytes());
    let north = entry(1, 2, 2, *b"N\0\0\0");
    let parts = [b"Exif\0\0", &head[..], &[2, 0], &turned, &place, &[0; 4], &[1, 0], &north, &[0; 4], CANARY];
    let exif = parts.concat();
    let plain = written(&picture(64, 32), ImageFormat::Jpeg);
    let length = u16::try_from(exif.len() + 2).expect("a short text").to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn send(town: &Town, person: &Person, name: &str, content: &[u8]) -> Reply {
    town.upload(name, content).by(person).send()
}

/// What comes back of a file.
fn content(town: &Town, person: &Person, sent: &Reply) -> Reply {
    town.get(sent.is(201).body["content_url"].as_str().expect("an address")).by(person).send()
}

#[test]
fn a_photo_comes_back_the_right_way_up_and_without_its_place() {
    let (town, photo) = (Town::new(), photo());
    let person = town.resident();
    assert!(has(&photo, CANARY));
    let sent = send(&town, &person, "fotos/../楼道堆物.jpg", &photo);
    let view = &sent.is(201).body;
    assert_eq!((&view["kind"], &view["name"]), (&"jpeg".into(), &"楼道堆物.jpg".into()));
    assert_eq!((&view["width"], &view["height"]), (&32.into(), &64.into()));
    let back = content(&town, &person, &sent);
    assert!(!has(&back.is(200).bytes, CANARY) && !has(&back.bytes, b"Exif"));
    assert_eq!(view["size"], back.bytes.len());
    let hash: String = sha256(&back.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(view["sha256"], hash);
    let thumbnail = town.get(view["thumbnail_url"].as_str().unwrap()).by(&person).send();
    for bytes in [&back.bytes, &thumbnail.is(200).bytes] {
        let picture = image::load_from_memory(bytes).expect("a picture").to_rgb8();
        assert_eq!(picture.dimensions(), (32, 64));
        let (above, below) = (picture.get_pixel(16, 8), picture.get_pixel(16, 56));
        assert!(above[0] > 150 && above[2] < 100 && below[2] > 150 && below[0] < 100, "{above:?} {below:?}");
    }
    for (name, value) in [
        ("content-type", "image/jpeg"),
        (
            "content-disposition",
            "attachment; filename=\"file.jpg\"; filename*=UTF-8''%E6%A5%BC%E9%81%93%E5%A0%86%E7%89%A9.jpg",
        ),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
        ("etag", &format!("\"{hash}\"")),
    ] {
        assert_eq!(back.header(name), value);
    }
    let again = town.get(view["content_url"].as_str().unwrap()).header("If-None-Match", back.header("etag"));
    again.by(&person).send().is(304);
    let metadata = town.get(sent.header("location")).by(&person).send();
    assert_eq!(metadata.is(200).body, *view);
}

#[test]
fn other_pictures_lose_what_is_said_of_them_too() {
    let town = Town::new();
    let person = town.resident();
    let plain = png(20, 10);
    let text = [b"tEXt", &b"Author\0"[..], CANARY].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&text);
    let length = u32::try_from(text.len() - 4).unwrap().to_be_bytes();
    let spoken = [&plain[..33], &length, &text, &crc.sum().to_be_bytes(), &plain[33..]].concat();
    let still = written(&picture(20, 10), ImageFormat::WebP);
    let noted = [&still[12..], b"EXIF", &16u32.to_le_bytes(), CANARY, b"\0"].concat();
    let extended = [b"VP8X", &10u32.to_le_bytes()[..], &[0x08, 0, 0, 0, 19, 0, 0, 9, 0, 0], &noted].concat();
    let size = u32::try_from(extended.len() + 4).unwrap().to_le_bytes();
    let webp = [b"RIFF", &size[..], b"WEBP", &extended].concat();
    for (kind, bytes) in [("png", spoken), ("webp", webp)] {
        assert!(has(&bytes, CANARY));
        let sent = send(&town, &person, "x.jpg", &bytes);
        assert_eq!((&sent.is(201).body["kind"], &sent.body["width"]), (&kind.into(), &20.into()));
        assert_eq!(sent.body["name"], format!("x.jpg.{kind}"));
        let back = content(&town, &person, &sent);
        assert!(!has(&back.is(200).bytes, CANARY) && !has(&back.bytes, b"EXIF"), "{kind}");
        assert_eq!(
            image::load_from_memory(&back.bytes).unwrap().to_rgb8(),
            picture(20, 10).to_rgb8(),
            "{kind}"
        );
    }
}

#[test]
fn documents_and_tables_come_back_as_they_were_sent() {
    let town = Town::new();
    let person = town.resident();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("[Content_Types].xml", zip::write::SimpleFileOptions::default()).unwrap();
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    write!(archive, "<Types><Override ContentType=\"{sheet}\"/></Types>").unwrap();
    let xlsx = archive.finish().unwrap().into_inner();
    let (gb18030, _, _) = encoding_rs::GB18030.encode("姓名,住址\r\n陈阿姨,宝钢五村\r\n");
    for (kind, media, bytes) in [
        ("pdf", "application/pdf", &b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"[..]),
        ("csv", "text/csv", "姓名,住址\n".repeat(500).as_bytes()),
        ("csv", "text/csv", &gb18030),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &xlsx),
    ] {
        let sent = send(&town, &person, "", bytes);
        assert_eq!(
            (&sent.is(201).body["kind"], &sent.body["name"]),
            (&kind.into(), &format!("file.{kind}").into())
        );
        assert_eq!((&sent.body["width"], &sent.body["thumbnail_url"]), (&().into(), &().into()));
        let address = sent.body["content_url"].as_str().unwrap();
        let back = town.get(address).header("Accept-Encoding", "gzip").by(&person).send();
        assert_eq!((back.is(200).header("content-type"), &back.bytes[..]), (media, bytes));
        assert_eq!(back.header("content-encoding"), "");
        town.get(&address.replace("content", "thumbnail")).by(&person).send().is_problem(404, "not-found");
    }
}

#[test]
fn what_is_no_file_of_a_kind_is_refused_and_leaves_nothing() {
    let town = Town::new();
    let person = town.resident();
    let photo = photo();
    // Too many pixels by its header alone: 60,000 by 60,000.
    let mut header = b"IHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0".to_vec();
    let mut crc = flate2::Crc::new();
    crc.update(&header);
    header.extend_from_slice(&crc.sum().to_be_bytes());
    let plain = png(2, 2);
    let bomb = [&plain[..12], &header, &plain[33..]].concat();
    // More scans than any photo has: each is a pass over all pixels.
    let scan = photo.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan");
    let end = photo.len() - 2;
    let scans = [&photo[..end], &photo[scan..end].repeat(70), &photo[end..]].concat();
    for (name, bytes, code) in [
        ("photo.jpg", &b""[..], "file-empty"),
        ("photo.jpg", b"hello", "file-kind-unsupported"),
        ("table.csv", b"<html>a,b</html>", "file-kind-unsupported"),
        ("x.csv", b"MZ\x90\0,", "file-kind-unsupported"),
        ("x.svg", b"<svg onload=\"a(1,2)\"/>", "file-kind-unsupported"),
        ("photo.jpg", b"\xFF\xD8\xFF\xE0<html><script>alert(1)</script></html>", "file-unreadable"),
        ("photo.jpg", &photo[..photo.len() - 2], "file-unreadable"),
        ("photo.jpg", &photo[..photo.len() / 2], "file-unreadable"),
        ("photo.jpg", &scans, "file-unreadable"),
        ("x.png", &plain[..plain.len() - 12], "file-unreadable"),
        ("x.png", &bomb, "file-picture-too-large"),
        ("x.webp", b"RIFF\xFF\0\0\0WEBPVP8L", "file-unreadable"),
        ("x.pdf", b"%PDF-1.7 and no end", "file-unreadable"),
    ] {
        let reply = send(&town, &person, name, bytes);
        assert_eq!(reply.is_problem(422, code).body["errors"][0]["pointer"], "/file", "{name}");
    }
    let named = send(&town, &person, &"长".repeat(201), b"a,b");
    assert_eq!(named.is_problem(422, "field-invalid").body["errors"][0]["pointer"], "/file");
    // A photo with something behind its end is taken, and the end is its end.
    let sent = send(&town, &person, "photo.jpg", &[&photo[..], b"<script>alert(1)</script>"].concat());
    assert!(!has(&content(&town, &person, &sent).is(200).bytes, b"script"));
    assert_eq!((town.count("SELECT count(*) FROM files"), town.kept().len()), (1, 2));
}

#[test]
fn bodies_that_are_not_one_file_are_refused() {
    let town = Town::new();
    let person = town.resident();
    let parts = |parts: &[(&str, &str, &[u8])]| town.post_parts(BOUNDARY, parts).by(&person).send();
    parts(&[]).is_problem(422, "field-invalid");
    parts(&[("photo", "x.csv", b"a,b")]).is_problem(422, "field-invalid");
    parts(&[("file", "x.csv", b"a,b"), ("file", "y.csv", b"a,b")]).is_problem(422, "field-invalid");
    parts(&[("file", "x.csv", b"a,b"), ("name", "", b"x")]).is_problem(422, "field-invalid");
    let raw = |media: &str, body: &[u8]| {
        town.call("POST", "/v1/files").bytes(media, body.to_vec()).by(&person).send()
    };
    raw("application/json", b"{}").is_problem(415, "media-type-unsupported");
    raw("multipart/mixed; boundary=x", b"--x--\r\n").is_problem(415, "media-type-unsupported");
    raw("multipart/form-data", b"--x--\r\n").is_problem(400, "body-malformed");
    raw("multipart/form-data; boundary=x", b"nothing of the kind").is_problem(400, "body-malformed");
    let whole = multipart("x", &[("file", "x.csv", b"a,b")]);
    raw("multipart/form-data; boundary=x", &whole[..whole.len() - 9]).is_problem(400, "body-malformed");
    let fitting = [&b"a,b\n"[..], &vec![b'x'; (10 << 20) - 4]].concat();
    send(&town, &person, "x.csv", &fitting).is(201);
    send(&town, &person, "x.csv", &[&fitting[..], b"x"].concat()).is_problem(413, "body-too-large");
    assert_eq!((town.count("SELECT count(*) FROM files"), town.kept().len()), (1, 1));
}

#[test]
fn what_is_broken_off_leaves_nothing_and_what_stands_still_is_told() {
    let town = Town::new();
    let person = town.resident();
    let body = multipart("x", &[("file", "x.csv", b"a,b\nc,d\n")]);
    let head = format!(
        "POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: multipart/form-data; boundary=x\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        person.token,
        body.len()
    );
    let connect = || TcpStream::connect(town.address.trim_start_matches("http://")).expect("it listens");
    let mut broken = connect();
    broken.write_all(&[head.as_bytes(), &body[..body.len() / 2]].concat()).unwrap();
    drop(broken);
    let mut still = connect();
    still.write_all(&[head.as_bytes(), &body[..body.len() / 2]].concat()).unwrap();
    let mut answer = String::new();
    still.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("body-too-slow"), "{answer}");
    assert_eq!((town.count("SELECT count(*) FROM files"), town.kept().len()), (0, 0));
}

#[test]
fn the_same_key_is_one_file_whatever_the_boundary() {
    let town = Town::new();
    let person = town.resident();
    let send = |boundary: &str, content: &[u8]| {
        let call = town.post_parts(boundary, &[("file", "x.png", content)]).by(&person);
        call.header("Idempotency-Key", "photo-1").send()
    };
    let picture = png(5, 5);
    let (first, second) = (send("one", &picture), send("two", &picture));
    assert_eq!((second.is(201).header("idempotency-replayed"), &second.text), ("true", &first.is(201).text));
    send("one", &png(6, 5)).is_problem(422, "idempotency-key-reused");
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| send("three", &picture))).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap().is(201).text, first.text);
        }
    });
    // The bytes of the others went at once.
    assert_eq!((town.count("SELECT count(*) FROM files"), town.kept().len()), (1, 2));
    assert_eq!(content(&town, &person, &first).is(200).header("content-type"), "image/png");
}

#[test]
fn a_file_that_belongs_to_nothing_is_removed_by_its_sender_alone() {
    let town = Town::new();
    let (person, other) = (neighbour(&town, OWN), town.resident());
    let path = |sent: &Reply| format!("/v1/files/{}", sent.is(201).body["id"].as_str().unwrap());
    let remove = |path: &str, by: &Person| town.call("DELETE", path).by(by).send();
    let (gone, used) = (send(&town, &person, "x.png", &png(3, 2)), send(&town, &person, "y.png", &png(3, 2)));
    remove(&path(&gone), &other).is_problem(404, "not-found");
    remove(&path(&gone), &person).is(204);
    remove(&path(&gone), &person).is_problem(404, "not-found");
    town.get(&path(&gone)).by(&person).send().is_problem(404, "not-found");
    content(&town, &person, &gone).is_problem(404, "not-found");
    // It is named in nothing any more, and what is named stays where it is.
    let draft = |sent: &Reply| draft(&town, json!({ "files": [sent.body["id"]] }));
    file(&town, &person, draft(&gone)).is_problem(422, "file-unknown");
    file(&town, &person, draft(&used)).is(201);
    remove(&path(&used), &person).is_problem(409, "file-used");
    town.get(&path(&used)).by(&person).send().is(200);
    let due = format!("SELECT count(*) FROM files WHERE expires_at <= '{}'", town.now().to_rfc3339());
    assert_eq!(town.count(&due), 1);
}
