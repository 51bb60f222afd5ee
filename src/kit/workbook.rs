//! Answers a workbook that was opened for this request: to be saved, and kept by nobody on the way.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use super::files::FileKind;

/// 200 with a workbook of Excel.
pub struct Workbook {
    /// The file.
    pub content: Vec<u8>,
    /// What it is saved as, in ASCII, without its ending.
    pub name: &'static str,
}

impl Responder for Workbook {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .content_type(FileKind::Xlsx.media())
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}.xlsx\"", self.name)))
            .body(self.content)
    }
}

/// A workbook, in the document.
pub struct WorkbookFile;

impl utoipa::PartialSchema for WorkbookFile {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).content_media_type("application/octet-stream").into()
    }
}

impl ToSchema for WorkbookFile {}
