//! Answers a picture that was drawn for this request: to be shown, and kept by nobody on the way.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::{HttpRequest, HttpResponse, Responder};
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use super::problem::Result;
use super::qr;
use crate::text_enum;

text_enum! {
    /// How a picture is written.
    pub enum PictureFormat {
        /// Lines: sharp at any size.
        Svg = "svg",
        /// Pixels: what every screen shows.
        Png = "png",
    }
}

impl PictureFormat {
    fn media(self) -> &'static str {
        match self {
            PictureFormat::Svg => "image/svg+xml",
            PictureFormat::Png => "image/png",
        }
    }
}

/// 200 with a picture.
pub struct Picture {
    /// The file.
    pub content: Vec<u8>,
    /// How it is written.
    pub format: PictureFormat,
}

impl Picture {
    /// A text as a QR code.
    pub fn of_code(text: &str, format: PictureFormat) -> Result<Self> {
        let content = match format {
            PictureFormat::Svg => qr::svg(text)?.into_bytes(),
            PictureFormat::Png => qr::png(text)?,
        };
        Ok(Picture { content, format })
    }
}

impl Responder for Picture {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let name = format!("inline; filename=\"code.{}\"", self.format.as_str());
        HttpResponse::Ok()
            .content_type(self.format.media())
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((CONTENT_DISPOSITION, name))
            // A drawing is a document, and could say more than lines.
            .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"))
            .body(self.content)
    }
}

/// A picture, in the document.
pub struct PictureFile;

impl utoipa::PartialSchema for PictureFile {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).content_media_type("application/octet-stream").into()
    }
}

impl ToSchema for PictureFile {}
