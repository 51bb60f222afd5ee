//! QR codes (ISO/IEC 18004) as SVG and PNG. Error correction M: a seventh of the symbol may be scratched or in glare.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use qrcode::{Color, EcLevel, QrCode};

use super::problem::{Problem, Result};

/// The light margin round a symbol, in modules: the standard asks for four.
pub const QUIET: usize = 4;
/// How many pixels a module has in a PNG, so that the smallest symbol is not blurred when a phone enlarges it.
const PIXELS: usize = 8;

/// A symbol: its modules, row by row, without margin.
pub struct Symbol {
    width: usize,
    modules: Vec<Color>,
}

impl Symbol {
    /// Encodes a text, in the smallest version that holds it. Of digits, capitals and `$%*+-./:` a version holds most.
    pub fn of(text: &str) -> Result<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Problem::fault)?;
        Ok(Symbol { width: code.width(), modules: code.into_colors() })
    }

    /// How many modules it is wide, with its margin.
    pub fn width(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// Its dark modules as the data of an SVG path, a module being one unit, the margin included: one run of a row after another.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.modules.chunks(self.width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                if run.first() == Some(&Color::Dark) {
                    let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                    path += &format!("M{left} {top}h{length}v1h-{length}z");
                }
                x += run.len();
            }
        }
        path
    }
}

/// A text as a QR code, drawn as SVG.
pub fn svg(text: &str) -> Result<String> {
    let symbol = Symbol::of(text)?;
    let (width, path) = (symbol.width(), symbol.path());
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {width}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{width}v{width}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

/// A text as a QR code, drawn as PNG.
pub fn png(text: &str) -> Result<Vec<u8>> {
    let symbol = Symbol::of(text)?;
    let side = symbol.width() * PIXELS;
    let mut pixels = vec![0xff_u8; side * side];
    for (y, line) in pixels.chunks_mut(side).enumerate() {
        let row =
            (y / PIXELS).checked_sub(QUIET).and_then(|row| symbol.modules.chunks(symbol.width).nth(row));
        let inside = line.chunks_mut(PIXELS).skip(QUIET);
        for (module, dots) in row.into_iter().flatten().zip(inside) {
            if *module == Color::Dark {
                dots.fill(0);
            }
        }
    }
    let (mut file, size) = (Vec::new(), u32::try_from(side).map_err(Problem::fault)?);
    PngEncoder::new(&mut file)
        .write_image(&pixels, size, size, ExtendedColorType::L8)
        .map_err(Problem::fault)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules as a PNG shows them, the margin left away.
    fn seen(file: &[u8]) -> Vec<bool> {
        let picture = image::load_from_memory(file).unwrap().to_luma8();
        let modules = picture.width() as usize / PIXELS;
        let at = |x: usize, y: usize| {
            let middle = |module: usize| (module * PIXELS + PIXELS / 2) as u32;
            picture.get_pixel(middle(x), middle(y)).0 == [0]
        };
        let inside = QUIET..modules - QUIET;
        inside.clone().flat_map(|y| inside.clone().map(move |x| at(x, y))).collect()
    }

    #[test]
    fn the_picture_shows_the_symbol_and_its_margin() {
        let symbol = Symbol::of("SV1:7K3M9QX2VD4TBC8Z").unwrap();
        let modules: Vec<bool> = symbol.modules.iter().map(|module| *module == Color::Dark).collect();
        assert_eq!(symbol.width(), 21 + 8, "twenty capitals and digits are version 1-M");
        let file = png("SV1:7K3M9QX2VD4TBC8Z").unwrap();
        assert_eq!(seen(&file), modules);
        let picture = image::load_from_memory(&file).unwrap().to_luma8();
        assert!(picture.rows().next().unwrap().all(|pixel| pixel.0 == [255]), "the margin is light");
    }

    #[test]
    fn the_drawing_has_a_run_for_each_dark_stretch() {
        let text = "A".repeat(150);
        let symbol = Symbol::of(&text).unwrap();
        assert_eq!(symbol.width(), 41 + 8, "150 of the alphabet are version 6-M");
        let dark = symbol.modules.iter().filter(|module| **module == Color::Dark).count();
        let path = symbol.path();
        let drawn: usize =
            path.split('h').filter_map(|part| part.split_once('v')?.0.parse::<usize>().ok()).sum();
        assert_eq!(drawn, dark);
        let drawing = svg(&text).unwrap();
        assert!(drawing.contains("viewBox=\"0 0 49 49\"") && drawing.contains(&path));
    }

    #[test]
    fn what_no_symbol_holds_is_a_problem() {
        assert!(svg(&"x".repeat(4_000)).is_err());
        assert!(png(&"x".repeat(4_000)).is_err());
    }
}
