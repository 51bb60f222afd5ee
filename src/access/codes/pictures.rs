//! Codes as pictures: QR version 6-M with a quiet zone of four modules (ISO/IEC 18004).

use std::fmt::Write;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use qrcode::{Color, EcLevel, QrCode, Version};

use crate::kit::problem::{Problem, Result};

const QUIET: usize = 4;
/// Pixels of one module: 392 in all, which a phone shows as they are.
const SCALE: usize = 8;

/// Dark modules, row by row, and how many a side has.
fn modules(text: &str) -> Result<(Vec<Color>, usize)> {
    let code = QrCode::with_version(text, Version::Normal(6), EcLevel::M).map_err(Problem::fault)?;
    Ok((code.to_colors(), code.width()))
}

/// As SVG, which stays sharp at any size.
pub fn svg(text: &str) -> Result<Vec<u8>> {
    let (colors, width) = modules(text)?;
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET).map_err(Problem::fault)?;
        }
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    );
    Ok(svg.into_bytes())
}

/// As PNG, in grey.
pub fn png(text: &str) -> Result<Vec<u8>> {
    let (colors, width) = modules(text)?;
    let side = (width + 2 * QUIET) * SCALE;
    let module = |pixel: usize| (pixel / SCALE).checked_sub(QUIET).filter(|module| *module < width);
    let is_dark = |pixel: usize| match (module(pixel % side), module(pixel / side)) {
        (Some(x), Some(y)) => colors.get(y * width + x) == Some(&Color::Dark),
        _ => false,
    };
    let pixels: Vec<u8> = (0..side * side).map(|pixel| if is_dark(pixel) { 0 } else { 255 }).collect();
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::NoFilter);
    let side = u32::try_from(side).map_err(Problem::fault)?;
    encoder.write_image(&pixels, side, side, ExtendedColorType::L8).map_err(Problem::fault)?;
    Ok(bytes)
}
