//! The pictures of codes, read by two readers that know nothing of who drew them: `rqrr`, and ZBar's `zbarimg`, which
//! `bin/setup test` installs.

use std::collections::BTreeSet;
use std::process::Command;

use image::{GrayImage, Luma};
use lilong::access::codes::sg1::Bearer;
use lilong::kit::qr::{png, svg};

use super::{body, signed};

fn text() -> String {
    signed(body(Bearer::Resident), 1).text()
}

fn drawn() -> GrayImage {
    image::load_from_memory(&png(&text()).unwrap()).unwrap().into_luma8()
}

/// What the reader finds: the version, the level of correction (0 is M) and the text.
fn read(picture: &GrayImage) -> Option<(usize, u16, String)> {
    let (width, height) = picture.dimensions();
    let at = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, at);
    let (about, text) = prepared.detect_grids().first()?.decode().ok()?;
    Some((about.version.0, about.ecc_level, text))
}

/// What ZBar reads in a picture.
fn scanned(picture: &GrayImage) -> String {
    let file = tempfile::Builder::new().suffix(".png").tempfile().unwrap();
    picture.save(file.path()).unwrap();
    let scan = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(file.path()).output();
    let scan = scan.expect("zbarimg, which bin/setup test installs");
    String::from_utf8(scan.stdout).unwrap().trim_end().to_owned()
}

fn assert_read(picture: &GrayImage, how: &str) {
    assert_eq!(read(picture).map(|found| found.2), Some(text()), "rqrr, {how}");
    assert_eq!(scanned(picture), text(), "ZBar, {how}");
}

/// A photograph: a point of it is led to a point of the drawing (both from 0 to 1) by a projection, on a table that is not white and
/// under a light from one side, with some noise.
fn photographed(picture: &GrayImage, side: u32, project: impl Fn(f32, f32) -> (f32, f32)) -> GrayImage {
    let (width, height) = picture.dimensions();
    GrayImage::from_fn(side, side, |x, y| {
        let (u, v) = (x as f32 / side as f32, y as f32 / side as f32);
        let (px, py) = project(u, v);
        let is_inside = (0.0..1.0).contains(&px) && (0.0..1.0).contains(&py);
        let at = |value: f32, size: u32| (value * size as f32 - 0.5).clamp(0.0, size as f32 - 1.001);
        let light = 0.65 + 0.35 * u;
        let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) % 17;
        let ink = match is_inside {
            true => blended(picture, at(px, width), at(py, height)),
            false => 170.0,
        };
        Luma([(ink * light + 15.0 + noise as f32).min(255.0) as u8])
    })
}

fn blended(picture: &GrayImage, x: f32, y: f32) -> f32 {
    let (left, top) = (x as u32, y as u32);
    let (right, low) = (x - left as f32, y - top as f32);
    let ink = |x: u32, y: u32| f32::from(picture.get_pixel(x, y).0[0]);
    let above = ink(left, top) * (1.0 - right) + ink(left + 1, top) * right;
    let below = ink(left, top + 1) * (1.0 - right) + ink(left + 1, top + 1) * right;
    above * (1.0 - low) + below * low
}

#[test]
fn other_readers_find_version_6_m_and_the_code() {
    assert_eq!(read(&drawn()), Some((6, 0, text())));
    assert_eq!(scanned(&drawn()), text());
    assert_eq!(drawn().dimensions(), (392, 392));
}

#[test]
fn a_photograph_from_an_angle_is_read() {
    let turned = |degrees: f32| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        move |u: f32, v: f32| {
            let (x, y) = ((u - 0.5) * 1.5, (v - 0.5) * 1.5);
            (cos * x + sin * y + 0.5, cos * y - sin * x + 0.5)
        }
    };
    for degrees in [0.0, 17.0, 90.0, 203.0] {
        assert_read(&photographed(&drawn(), 640, turned(degrees)), &format!("{degrees} degrees"));
    }
    // Held at an angle: what is further away is smaller. rqrr is content with twice the angle.
    let held = |across: f32, down: f32| {
        photographed(&drawn(), 800, |u, v| {
            let (x, y) = turned(8.0)(u, v);
            let (x, y) = (x - 0.5, y - 0.5);
            let depth = 1.0 + across * x + down * y;
            (x / depth + 0.5, y / depth + 0.5)
        })
    };
    for (across, down) in [(0.25, 0.0), (0.0, 0.3), (0.2, -0.2)] {
        let (steep, flat) = (held(across, down), held(across / 2.0, down / 2.0));
        assert_eq!(read(&steep).map(|found| found.2), Some(text()), "{across} across, {down} down");
        assert_read(&flat, &format!("half of {across} across, {down} down"));
    }
}

#[test]
fn svg_and_png_are_the_same_drawing() {
    let svg = svg(&text()).unwrap();
    let drawn = drawn();
    let side = drawn.width() / 8;
    assert!(svg.starts_with("<svg") && svg.contains(&format!("viewBox=\"0 0 {side} {side}\"")));
    // Runs of dark modules: where one begins, and how long it is.
    let runs = svg.split("d=\"").last().unwrap().split('M').skip(1).map(|run| {
        let numbers: Vec<u32> = run.split([' ', 'h', 'v']).map_while(|number| number.parse().ok()).collect();
        (numbers[0]..numbers[0] + numbers[2]).map(move |x| (x, numbers[1]))
    });
    let dark: BTreeSet<(u32, u32)> = runs.flatten().collect();
    for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
        let is_dark = drawn.get_pixel(x * 8 + 4, y * 8 + 4).0[0] == 0;
        assert_eq!(dark.contains(&(x, y)), is_dark, "{x} {y}");
    }
}
