//! Pictures: written anew from their pixels, the right way up, so that nothing else that was sent comes out again.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use super::{FileKind, Flaw, webp, whole};

/// No picture has more pixels: 50 megapixels are 150 MB while it is looked at.
const PIXELS: u64 = 50_000_000;
/// What a decoder may take, for the same picture with deeper colours.
const MEMORY: u64 = 512 * 1024 * 1024;
/// The longer side of a thumbnail.
const THUMBNAIL: u32 = 480;
/// Of photos and of thumbnails.
const QUALITY: u8 = 85;

/// A picture that was looked at.
pub struct Cleaned {
    /// Its bytes, without EXIF, places, names, profiles and comments.
    pub content: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// A small JPEG of it.
    pub thumbnail: Vec<u8>,
}

/// Decodes the picture, and writes it anew.
pub fn clean(kind: FileKind, bytes: &[u8]) -> Result<Cleaned, Flaw> {
    if !whole::is_whole(kind, bytes) {
        return Err(Flaw::Unreadable);
    }
    let (picture, turned) = decode(kind, bytes)?;
    let kept = match (kind, turned) {
        // The one format that can't be written as small as it came.
        (FileKind::Webp, Orientation::NoTransforms) => webp::stripped(bytes),
        _ => None,
    };
    let content = match kept {
        Some(content) => content,
        None => encode(kind, &picture).map_err(flaw)?,
    };
    let thumbnail = thumbnail(&picture).map_err(flaw)?;
    Ok(Cleaned { content, width: picture.width(), height: picture.height(), thumbnail })
}

/// The pixels, the right way up, in the plainest colours that hold them; and how they had to be turned.
fn decode(kind: FileKind, bytes: &[u8]) -> Result<(DynamicImage, Orientation), Flaw> {
    let format = match kind {
        FileKind::Png => ImageFormat::Png,
        FileKind::Webp => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    // Reads the header only.
    let mut decoder = reader.into_decoder().map_err(flaw)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Flaw::TooManyPixels);
    }
    // A picture whose notes can't be read is taken as it lies.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(flaw)?;
    let has_alpha = picture.color().has_alpha() && kind != FileKind::Jpeg;
    let mut picture = match (has_alpha, picture.color().has_color()) {
        (true, _) => DynamicImage::ImageRgba8(picture.into_rgba8()),
        (false, true) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        (false, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
    };
    picture.apply_orientation(turned);
    Ok((picture, turned))
}

fn encode(kind: FileKind, picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut content = Vec::new();
    match kind {
        FileKind::Png => picture.write_with_encoder(PngEncoder::new(&mut content))?,
        FileKind::Webp => {
            // It takes colours only.
            let colours = if picture.color().has_alpha() {
                picture.to_rgba8().into()
            } else {
                picture.to_rgb8().into()
            };
            let colours: DynamicImage = colours;
            colours.write_with_encoder(WebPEncoder::new_lossless(&mut content))?;
        }
        _ => picture.write_with_encoder(JpegEncoder::new_with_quality(&mut content, QUALITY))?,
    }
    Ok(content)
}

fn thumbnail(picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let is_small = picture.width().max(picture.height()) <= THUMBNAIL;
    let small = if is_small { picture.clone() } else { picture.thumbnail(THUMBNAIL, THUMBNAIL) };
    let mut content = Vec::new();
    on_white(&small).write_with_encoder(JpegEncoder::new_with_quality(&mut content, QUALITY))?;
    Ok(content)
}

/// JPEG knows no transparency, and black text on nothing must stay readable.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(clear) = picture else { return picture.to_rgb8() };
    let mut opaque = RgbImage::new(clear.width(), clear.height());
    for (from, to) in clear.pixels().zip(opaque.pixels_mut()) {
        let [red, green, blue, alpha] = from.0.map(u16::from);
        *to = Rgb([red, green, blue].map(|colour| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8));
    }
    opaque
}

fn flaw(error: ImageError) -> Flaw {
    match error {
        ImageError::Limits(_) => Flaw::TooManyPixels,
        _ => Flaw::Unreadable,
    }
}
