//! Every query of uses and reports. Lock order: the pledge first.

use chrono::NaiveDate;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use uuid::Uuid;

use super::model::{NewReport, NewUse, PledgeUseId, ReportRow, UseRow};
use super::rules::MADE;
use crate::access::act::{Act, Look, Permit};
use crate::activities::pledges::{Pledge, PledgeId};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::{pledge_reports, pledge_uses};

/// One page of the uses of a pledge that was seen, the newest first.
pub fn uses(look: &mut Look<'_>, pledge: &Pledge, pager: &Pager<'_, Uuid>) -> Result<Vec<UseRow>> {
    let all = pledge_uses::table
        .filter(pledge_uses::pledge_id.eq(pledge.row.id))
        .select(UseRow::as_select())
        .into_boxed();
    let all = match pager.after {
        Some(after) => all.filter(pledge_uses::id.lt(PledgeUseId(after))),
        None => all,
    };
    Ok(all.order(pledge_uses::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// Notes a use.
pub fn insert_use(act: &mut Act<'_>, _: &Permit<Pledge>, new: &NewUse) -> Result<UseRow> {
    let added = diesel::insert_into(pledge_uses::table).values(new).returning(UseRow::as_returning());
    Ok(added.get_result(act.conn)?)
}

/// How often a pledge was used from one day to before another, and how many minutes together.
pub fn sums(
    look: &mut Look<'_>,
    pledge: PledgeId,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<(i64, i64)> {
    let minutes = sql::<BigInt>("COALESCE(sum(minutes), 0)::bigint");
    let used = pledge_uses::table
        .filter(pledge_uses::pledge_id.eq(pledge))
        .filter(pledge_uses::used_on.ge(from).and(pledge_uses::used_on.lt(until)));
    Ok(used.select((count_star(), minutes)).first(look.conn)?)
}

/// One page of the reports of a pledge that was seen, by year.
pub fn reports(look: &mut Look<'_>, pledge: &Pledge, pager: &Pager<'_, i32>) -> Result<Vec<ReportRow>> {
    let all = pledge_reports::table
        .filter(pledge_reports::pledge_id.eq(pledge.row.id))
        .select(ReportRow::as_select())
        .into_boxed();
    let all = match pager.after {
        Some(after) => all.filter(pledge_reports::year.gt(after)),
        None => all,
    };
    Ok(all.order(pledge_reports::year).limit(pager.fetch()).load(look.conn)?)
}

/// Writes a report down.
pub fn insert_report(act: &mut Act<'_>, _: &Permit<Pledge>, new: &NewReport) -> Result<ReportRow> {
    diesel::insert_into(pledge_reports::table)
        .values(new)
        .returning(ReportRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("pledge_reports_year_key", &MADE, "")])
}

/// The report of a year, where there is one.
pub fn find_report(look: &mut Look<'_>, pledge: PledgeId, year: i32) -> Result<ReportRow> {
    let one = pledge_reports::table.filter(pledge_reports::pledge_id.eq(pledge));
    Ok(one.filter(pledge_reports::year.eq(year)).select(ReportRow::as_select()).first(look.conn)?)
}

/// Writes the answer to a report, for who has locked the pledge.
pub fn answer(
    act: &mut Act<'_>,
    pledge: &Permit<Pledge>,
    report: &ReportRow,
    answer: &str,
) -> Result<ReportRow> {
    let said = (
        pledge_reports::answer.eq(answer),
        pledge_reports::answered_by.eq(act.actor.account()?),
        pledge_reports::answered_at.eq(act.now),
    );
    let theirs = pledge_reports::table.find(report.id).filter(pledge_reports::pledge_id.eq(pledge.row.id));
    Ok(diesel::update(theirs).set(said).returning(ReportRow::as_returning()).get_result(act.conn)?)
}
