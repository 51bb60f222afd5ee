//! Every query of certificates.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    CertificateId, CertificateRow, Holder, Issuer, NewCertificate, Served, ServedLine, Shown,
};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::within::within;
use crate::activities::recognitions::RecognitionState;
use crate::activities::volunteer_hours::AttendanceId;
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{Problem, Result};
use crate::matters::registry::Receipt;
use crate::people::residents::OnePerson;
use crate::people::subjects::Subject;
use crate::people::visit_findings::store::NAMED;
use crate::schema::{
    accounts, attendances, building_groups, certificate_stays, certificates, organisations, recognitions,
    residents, volunteer_calls, volunteer_hours,
};

/// How many titles a certificate names.
const TITLES: usize = 20;
/// How many honours.
const HONOURS: i64 = 20;

/// What one organiser recorded of somebody in a time, by all these records of theirs; none where that comes to nothing.
pub fn served(
    look: &mut Look<'_>,
    subjects: &[Permit<Subject>],
    issuer: Issuer,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Option<Served>> {
    let lines = lines(look, subjects, issuer, (from, until))?;
    let Some(last) = lines.last().cloned() else { return Ok(None) };
    let minutes: i64 = lines.iter().map(|line| i64::from(line.minutes)).sum();
    let days = || lines.iter().map(|line| line.worked_on);
    let mut titles: Vec<String> = Vec::new();
    for line in &lines {
        if !titles.contains(&line.title) && titles.len() < TITLES {
            titles.push(line.title.clone());
        }
    }
    let phones = last.phones.into_iter().flatten().flatten();
    let contact: Vec<String> =
        [last.contact].into_iter().chain(phones).filter(|one| !one.is_empty()).collect();
    let served = Served {
        from: from.or_else(|| days().min()).ok_or_else(|| Problem::fault("no day"))?,
        until: until.or_else(|| days().max()).ok_or_else(|| Problem::fault("no day"))?,
        minutes,
        stays: lines.iter().map(|line| line.stay).collect(),
        titles,
        issuer_name: last.organisation.or(last.group).unwrap_or_default(),
        contact: contact.join("，"),
        division: lines.first().map_or(last.division, |first| first.division),
    };
    Ok((minutes > 0).then_some(served))
}

fn lines(
    look: &mut Look<'_>,
    subjects: &[Permit<Subject>],
    issuer: Issuer,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<ServedLine>> {
    let of: Vec<ResidentId> = subjects.iter().map(|subject| subject.resident).collect();
    let mut query = volunteer_hours::table
        .inner_join(volunteer_calls::table.left_join(organisations::table).left_join(building_groups::table))
        .filter(volunteer_hours::resident_id.eq_any(of))
        .select((
            volunteer_hours::attendance_id,
            volunteer_hours::worked_on,
            volunteer_hours::minutes,
            volunteer_calls::title,
            volunteer_calls::contact,
            volunteer_calls::division,
            organisations::name.nullable(),
            organisations::phones.nullable(),
            building_groups::name.nullable(),
        ))
        .into_boxed();
    query = match issuer {
        Issuer::Organisation(id) => query.filter(volunteer_calls::organisation_id.eq(id)),
        Issuer::Group(id) => query.filter(volunteer_calls::building_group_id.eq(id)),
    };
    if let Some(from) = from {
        query = query.filter(volunteer_hours::worked_on.ge(from));
    }
    if let Some(until) = until {
        query = query.filter(volunteer_hours::worked_on.le(until));
    }
    Ok(query.order(volunteer_hours::id).load(look.conn)?)
}

/// Who wrote the last of these stays down, by name: the handler 经办人; who noted that they went before who noted that they came. Nobody,
/// where codes alone did, and never who asks for the certificate.
pub fn handler(look: &mut Look<'_>, stays: &BTreeSet<AttendanceId>) -> Result<Option<String>> {
    let asker = look.actor.account()?;
    let stays: Vec<AttendanceId> = stays.iter().copied().collect();
    let written = attendances::table
        .filter(attendances::id.eq_any(stays))
        .order((attendances::created_at.desc(), attendances::id.desc()))
        .select((attendances::left_noted_by, attendances::noted_by));
    let written: Vec<(Option<AccountId>, Option<AccountId>)> = written.load(look.conn)?;
    let mut writers = written.into_iter().flat_map(|(left, came)| [left, came]).flatten();
    let Some(last) = writers.find(|writer| *writer != asker) else { return Ok(None) };
    Ok(accounts::table.find(last).select(accounts::display_name).first(look.conn).optional()?)
}

/// What these records are honoured with: each title with who granted it and when, the first first.
pub fn honours(look: &mut Look<'_>, of: &[ResidentId]) -> Result<Vec<String>> {
    let granted = recognitions::table
        .left_join(organisations::table)
        .filter(recognitions::resident_id.eq_any(of.to_vec()))
        .filter(recognitions::state.eq(RecognitionState::Confirmed))
        .order((recognitions::decided_at, recognitions::id))
        .limit(HONOURS)
        .select((recognitions::title, organisations::name.nullable(), recognitions::decided_at));
    type Granted = (String, Option<String>, Option<DateTime<Utc>>);
    let told = |(title, granter, at): Granted| match granter.zip(at) {
        Some((granter, at)) => format!("{title}（{granter}，{}）", local_date(at)),
        None => title,
    };
    Ok(granted.load::<Granted>(look.conn)?.into_iter().map(told).collect())
}

/// What the stays that a certificate told of come to now, on its days.
pub fn current(look: &mut Look<'_>, row: &CertificateRow) -> Result<i64> {
    let told = certificate_stays::table
        .filter(certificate_stays::certificate_id.eq(row.id))
        .select(certificate_stays::attendance_id);
    let now = volunteer_hours::table
        .filter(volunteer_hours::attendance_id.eq_any(told))
        .filter(volunteer_hours::worked_on.ge(row.served_from))
        .filter(volunteer_hours::worked_on.le(row.served_until));
    let minutes: Option<i64> = now.select(diesel::dsl::sum(volunteer_hours::minutes)).first(look.conn)?;
    Ok(minutes.unwrap_or_default())
}

/// Who holds a certificate, where the record may be told of.
pub fn holder(look: &mut Look<'_>, row: &CertificateRow) -> Result<Option<Holder>> {
    let named = residents::table.find(row.resident_id).filter(residents::status.eq_any(NAMED));
    let columns = (residents::name, residents::document_kind, residents::document_sealed);
    Ok(named.select(columns).first(look.conn).optional()?)
}

/// Adds a certificate, and which stays it tells of.
pub fn insert(
    act: &mut Act<'_>,
    _: &Permit<Subject>,
    new: &NewCertificate,
    told: &BTreeSet<AttendanceId>,
) -> Result<CertificateRow> {
    let added = diesel::insert_into(certificates::table).values(new);
    let row = added.returning(CertificateRow::as_returning()).get_result(act.conn)?;
    let stays: Vec<_> = told
        .iter()
        .map(|stay| {
            (certificate_stays::certificate_id.eq(new.id), certificate_stays::attendance_id.eq(*stay))
        })
        .collect();
    diesel::insert_into(certificate_stays::table).values(stays).execute(act.conn)?;
    Ok(row)
}

/// One page of the certificates of these records, the newest first.
pub fn page(look: &mut Look<'_>, of: &[ResidentId], pager: &Pager<'_, Uuid>) -> Result<Vec<CertificateRow>> {
    let mut query = certificates::table
        .filter(certificates::resident_id.eq_any(of.to_vec()))
        .select(CertificateRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(certificates::id.lt(CertificateId(after)));
    }
    Ok(query.order(certificates::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// A certificate, whoever looks: whether it is of a record of the caller's is asked of that.
pub fn load(look: &mut Look<'_>, id: CertificateId) -> Result<CertificateRow> {
    Ok(certificates::table.find(id).select(CertificateRow::as_select()).first(look.conn)?)
}

/// The same, locked, for who was found to have it.
pub fn lock_own(act: &mut Act<'_>, id: CertificateId) -> Result<CertificateRow> {
    let one = certificates::table.find(id).select(CertificateRow::as_select());
    Ok(one.for_no_key_update().first(act.conn)?)
}

/// A certificate within the caller's range, locked.
pub fn lock(act: &mut Act<'_>, id: CertificateId) -> Result<CertificateRow> {
    let scope = act.scope(Action::Revoke)?;
    let seen = certificates::table.find(id).filter(within(certificates::division, &scope));
    Ok(seen.select(CertificateRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Says what is shown from now on.
pub fn show(act: &mut Act<'_>, id: CertificateId, shown: Shown) -> Result<CertificateRow> {
    let moved = (certificates::version.eq(certificates::version + 1), certificates::updated_at.eq(act.now));
    let changed = diesel::update(certificates::table.find(id)).set((shown, moved));
    Ok(changed.returning(CertificateRow::as_returning()).get_result(act.conn)?)
}

/// Revokes a certificate.
pub fn revoke(act: &mut Act<'_>, row: &Permit<CertificateRow>, reason: String) -> Result<CertificateRow> {
    let set = (
        certificates::revoked_at.eq(act.now),
        certificates::revoked_by.eq(act.actor.account()?),
        certificates::revocation.eq(reason),
        certificates::version.eq(certificates::version + 1),
        certificates::updated_at.eq(act.now),
    );
    let changed = diesel::update(certificates::table.find(row.id)).set(set);
    Ok(changed.returning(CertificateRow::as_returning()).get_result(act.conn)?)
}

/// The certificate of a number; anybody may ask.
pub fn by_number(look: &mut Look<'_>, number: &Receipt) -> Result<CertificateRow> {
    look.scope(Action::FindVerification)?;
    let one = certificates::table.filter(certificates::number.eq(number.clone()));
    Ok(one.select(CertificateRow::as_select()).first(look.conn)?)
}

/// Gives the certificates of one record to another of the same person.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    diesel::update(certificates::table.filter(certificates::resident_id.eq(pair.from)))
        .set(certificates::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
