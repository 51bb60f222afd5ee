//! Handlers of certificates.

use actix_web::web::{Data, Path, Query};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::CertificateRow;
use super::views::{CertificateVerificationView, CertificateView};
use super::wire::{
    CertificateDraft, CertificateNumberPath, CertificatePatch, CertificatePath, CertificateRevocationDraft,
};
use super::{Action, actions, sheet, store};
use crate::access::caller::{Caller, Visitor};
use crate::access::gate::Gate;
use crate::kit::answer::{Changed, Created, Listed};
use crate::kit::etag::IfMatch;
use crate::kit::html::{FoundOrPage, PrintedPageFile};
use crate::kit::json::Json;
use crate::kit::page::Page;
use crate::kit::picture::{Picture, PictureFile, PictureFormat};
use crate::kit::problem::Result;
use crate::people::subjects::{self, SubjectQuery, SubjectsQuery};

/// Registers the operations below `/me/certificates`.
pub fn own_routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_certificates)
        .service(create_certificate)
        .service(find_certificate_sheet)
        .service(update_certificate);
}

/// Registers the operations of who issues.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_certificate_revocation);
}

/// Registers what anybody may ask.
pub fn verification_routes(config: &mut ServiceConfig<'_>) {
    config.service(find_certificate_verification);
}

/// List one's certificates
///
/// The newest first, each with what it tells now. 我的志愿服务证明。
#[utoipa::path(
    tag = "me",
    params(SubjectsQuery),
    responses((status = 200, description = "One page of certificates.", body = Page<CertificateView>)),
    extensions(("x-problem-codes" = json!(["not-found"])))
)]
#[get("")]
pub async fn list_certificates(
    caller: Caller,
    query: Query<SubjectsQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let (query, address) = (query.into_inner(), gate.tokens().issuer().to_owned());
    let page = gate.snapshot(caller, move |look| {
        look.scope(Action::ListOwn)?;
        let subjects = subjects::ever(look, query.subject)?;
        let of: Vec<_> = subjects.iter().map(|subject| subject.resident).collect();
        let pager = look.pager(Action::ListOwn, &query.subject, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, &of, &pager)?;
        let page = pager.page(rows, |row: &CertificateRow| row.id.0, |row| row)?;
        page.try_map(|row| {
            let told = actions::tell(look, &row)?;
            Ok(CertificateView::new(row, told, &address))
        })
    });
    page.await.map(Listed)
}

/// Ask for a certificate
///
/// Of what one organiser recorded of oneself, wherever one lived then, or, with `for`, of a child under 14 whose guardian one is. It is
/// issued at once, free, and as often as one asks. 开具志愿服务证明。
#[utoipa::path(
    tag = "me",
    params(SubjectQuery),
    responses((status = 201, description = "The certificate.", body = CertificateView)),
    extensions(("x-problem-codes" = json!([
        "certificate-nothing-recorded", "certificate-issuer-unfit", "certificate-days-reversed", "not-found"
    ])))
)]
#[post("")]
pub async fn create_certificate(
    caller: Caller,
    query: Query<SubjectQuery>,
    draft: Json<CertificateDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    let (wanted, address) = (query.subject, gate.tokens().issuer().to_owned());
    gate.write(caller, move |act| actions::create(act, wanted, draft.into_inner(), &address))
        .await
        .map(Created)
}

/// Draw a certificate
///
/// For paper: a page of A4 with all that it tells, by 民政部令第67号, the code by which it is verified, and room for a seal; an SVG that
/// browsers print and turn into PDF. Not of one that was revoked. 打印志愿服务记录证明。
#[utoipa::path(
    tag = "me",
    params(CertificatePath),
    responses((status = 200, description = "The sheet.", body = PictureFile, content_type = "image/svg+xml")),
    extensions(("x-problem-codes" = json!(["certificate-revoked"])))
)]
#[get("/{certificate}/sheet")]
pub async fn find_certificate_sheet(
    caller: Caller,
    path: Path<CertificatePath>,
    gate: Data<Gate>,
) -> Result<Picture> {
    let address = gate.tokens().issuer().to_owned();
    let found =
        gate.fetch_snapshot(caller, move |look| actions::find_printed(look, path.certificate, &address));
    let content = sheet::draw(&found.await?)?.into_bytes();
    Ok(Picture { content, format: PictureFormat::Svg })
}

/// Change what is shown of a certificate
///
/// To whoever asks for its number: the name, the masked document, what was done, who made it out, what one is honoured with, or none
/// of it. 设置证明公开内容。
#[utoipa::path(
    tag = "me",
    params(CertificatePath),
    responses((status = 200, description = "The certificate.", body = CertificateView))
)]
#[patch("/{certificate}")]
pub async fn update_certificate(
    caller: Caller,
    path: Path<CertificatePath>,
    seen: IfMatch,
    patch: Json<CertificatePatch>,
    gate: Data<Gate>,
) -> Result<Changed> {
    let address = gate.tokens().issuer().to_owned();
    gate.write(caller, move |act| actions::update(act, path.certificate, &seen, patch.into_inner(), &address))
        .await
        .map(Changed)
}

/// Revoke a certificate
///
/// For the head of the committee and those above, with the reason. Whoever asks for the number is told that it is revoked. 撤销证明。
#[utoipa::path(
    tag = "volunteering",
    params(CertificatePath),
    responses((status = 201, description = "It is revoked.", body = CertificateVerificationView)),
    extensions(("x-problem-codes" = json!(["certificate-revoked"])))
)]
#[post("/{certificate}/revocation")]
pub async fn create_certificate_revocation(
    caller: Caller,
    path: Path<CertificatePath>,
    draft: Json<CertificateRevocationDraft>,
    gate: Data<Gate>,
) -> Result<Created> {
    gate.write(caller, move |act| actions::revoke(act, path.certificate, draft.into_inner()))
        .await
        .map(Created)
}

/// Verify a certificate
///
/// For anybody who was shown its number or its QR code: whether it is valid, corrected since or revoked, who issued it and how many
/// hours it tells; of the holder what they allow. 核验志愿服务证明。
#[utoipa::path(
    tag = "volunteering",
    security(()),
    params(CertificateNumberPath),
    responses((
        status = 200, description = "The certificate; a page, where `text/html` is asked for.",
        content((CertificateVerificationView = "application/json"), (PrintedPageFile = "text/html"))
    ))
)]
#[get("/{number}")]
pub async fn find_certificate_verification(
    visitor: Visitor,
    path: Path<CertificateNumberPath>,
    gate: Data<Gate>,
) -> Result<FoundOrPage> {
    let found = gate.fetch_snapshot(visitor, move |look| actions::verify(look, &path.number)).await?;
    FoundOrPage::of(&found)
}
