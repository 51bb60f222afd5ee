//! Handlers of the audit trail.

use actix_web::get;
use actix_web::web::{Data, Query};
use utoipa_actix_web::service_config::ServiceConfig;

use super::wire::{AuditEventQuery, AuditEventView};
use super::{Action, store};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::Listed;
use crate::kit::page::Page;
use crate::kit::problem::Result;

/// Registers the operations.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_audit_events);
}

/// List audit events
///
/// What was done, newest first, within the range of the auditor's post. 审计日志，仅审计管理员可读。
#[utoipa::path(
    tag = "audit",
    params(AuditEventQuery),
    responses((status = 200, description = "One page of events.", body = Page<AuditEventView>))
)]
#[get("")]
pub async fn list_audit_events(
    caller: Caller,
    query: Query<AuditEventQuery>,
    gate: Data<Gate>,
) -> Result<Listed> {
    let query = query.into_inner();
    let page = gate.read(caller, move |look| {
        let filter = query.filter();
        let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
        let rows = store::page(look, filter, &pager)?;
        pager.page(rows, |row| row.id, AuditEventView::from)
    });
    page.await.map(Listed)
}
