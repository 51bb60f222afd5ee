//! Handlers of files.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{Binary, FileDraft, FilePath, FileView};
use super::{Action, actions};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Created, Done, Found, Written};
use crate::kit::files::{Download, Upload};
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_file)
        .service(find_file)
        .service(find_file_content)
        .service(find_file_thumbnail)
        .service(delete_file);
}

/// Send a file
///
/// One part named `file`, at most 10 MiB, as `wx.uploadFile` sends it. What it is, its bytes say. A picture is written anew
/// without EXIF, places and names, the right way up, and gets a thumbnail. The file is one's own until it is named in
/// something one writes; if it is not within 24 hours, it is removed. 上传文件。
#[utoipa::path(
    tag = "files",
    request_body(content = FileDraft, content_type = "multipart/form-data"),
    responses((status = 201, description = "The file is kept.", body = FileView)),
    extensions(("x-problem-codes" = json!([
        "file-empty", "file-kind-unsupported", "file-unreadable", "file-picture-too-large", "file-workbook-too-large",
        "file-too-many"
    ])))
)]
#[post("")]
pub async fn create_file(caller: Caller, upload: Upload, gate: Data<Gate>) -> Result<Created> {
    actions::create(&gate, caller, upload).await.map(Created)
}

/// See what is known of a file
///
/// One's own that belongs to nothing yet, or one that belongs to something one may see. 文件信息。
#[utoipa::path(
    tag = "files",
    params(FilePath),
    responses((status = 200, description = "The file.", body = FileView))
)]
#[get("/{file}")]
pub async fn find_file(caller: Caller, path: Path<FilePath>, gate: Data<Gate>) -> Result<Found> {
    let file = actions::find(&gate, caller, Action::Find, path.file).await?;
    Written::of(&FileView::from(file)).map(Found)
}

/// Remove a file
///
/// One's own, as long as it belongs to nothing. 删除未使用的文件。
#[utoipa::path(
    tag = "files",
    params(FilePath),
    responses((status = 204, description = "It is gone.")),
    extensions(("x-problem-codes" = json!(["file-used"])))
)]
#[delete("/{file}")]
pub async fn delete_file(caller: Caller, path: Path<FilePath>, gate: Data<Gate>) -> Result<Done> {
    gate.write(caller, move |act| actions::delete(act, path.file)).await.map(Done)
}

/// Fetch a file
///
/// Its bytes, to be saved under its name. 下载文件。
#[utoipa::path(
    tag = "files",
    params(FilePath),
    responses((status = 200, description = "The bytes.", content(
        (Binary = "image/jpeg"),
        (Binary = "image/png"),
        (Binary = "image/webp"),
        (Binary = "application/pdf"),
        (Binary = "text/csv"),
        (Binary = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )))
)]
#[get("/{file}/content")]
pub async fn find_file_content(caller: Caller, path: Path<FilePath>, gate: Data<Gate>) -> Result<Download> {
    let row = actions::find(&gate, caller, Action::FindContent, path.file).await?;
    actions::fetch(&gate, row).await
}

/// Fetch a picture's thumbnail
///
/// A JPEG whose longer side has at most 480 pixels. 缩略图。
#[utoipa::path(
    tag = "files",
    params(FilePath),
    responses((status = 200, description = "The thumbnail.", body = Binary, content_type = "image/jpeg"))
)]
#[get("/{file}/thumbnail")]
pub async fn find_file_thumbnail(caller: Caller, path: Path<FilePath>, gate: Data<Gate>) -> Result<Download> {
    let row = actions::find(&gate, caller, Action::FindThumbnail, path.file).await?;
    actions::fetch_thumbnail(&gate, row).await
}
