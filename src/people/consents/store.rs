//! Every query of consents.

use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Uuid as SqlUuid};

use super::Action;
use super::model::{ConsentId, ConsentPurpose, ConsentRow};
use super::rules::{GIVEN, MISSING};
use crate::access::accounts;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, OrganisationId, ResidentId};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::OnePerson;
use crate::people::subjects::Subject;
use crate::schema::{consents, residents};

/// For whom somebody agrees.
#[derive(Clone, Debug)]
pub enum Party {
    /// The caller: by their own account, and what their guardian agreed to for their own records before they were 14.
    Oneself(Vec<ResidentId>),
    /// A child whose guardian the caller is.
    Child(Subject),
}

fn of<'a>(party: &Party, account: AccountId) -> consents::BoxedQuery<'a, Pg> {
    match party {
        Party::Oneself(records) => {
            let by_oneself = consents::resident_id.is_null().and(consents::account_id.eq(account));
            let for_oneself = consents::resident_id.eq_any(records.clone());
            consents::table.filter(for_oneself.or(by_oneself)).into_boxed()
        }
        Party::Child(child) => consents::table.filter(consents::resident_id.eq(child.resident)).into_boxed(),
    }
}

/// One page of what was agreed to and withdrawn, the newest first.
pub fn page(look: &mut Look<'_>, party: &Party, pager: &Pager<'_, ConsentId>) -> Result<Vec<ConsentRow>> {
    look.scope(Action::List)?;
    let mut query = of(party, look.actor.account()?).select(ConsentRow::as_select());
    if let Some(after) = pager.after {
        query = query.filter(consents::id.lt(after));
    }
    Ok(query.order(consents::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// A consent that counts, of somebody the caller may act for.
pub fn find(look: &mut Look<'_>, party: &Party, id: ConsentId) -> Result<ConsentRow> {
    look.scope(Action::Delete)?;
    let counting = of(party, look.actor.account()?).filter(consents::withdrawn_at.is_null());
    Ok(counting.filter(consents::id.eq(id)).select(ConsentRow::as_select()).first(look.conn)?)
}

/// Withdraws what was agreed to for the same purpose and recipient under another version of the notice: it is agreed to anew.
pub fn withdraw_older<T>(act: &mut Act<'_>, _: &Permit<T>, new: &ConsentRow) -> Result<()> {
    let older = consents::table
        .filter(consents::withdrawn_at.is_null().and(consents::purpose.eq(new.purpose)))
        .filter(consents::recipient_id.is_not_distinct_from(new.recipient_id))
        .filter(consents::notice_version.ne(new.notice_version));
    let withdrawn = consents::withdrawn_at.eq(act.now);
    match new.resident_id {
        Some(child) => {
            diesel::update(older.filter(consents::resident_id.eq(child))).set(withdrawn).execute(act.conn)?
        }
        None => {
            let own =
                older.filter(consents::resident_id.is_null().and(consents::account_id.eq(new.account_id)));
            diesel::update(own).set(withdrawn).execute(act.conn)?
        }
    };
    Ok(())
}

/// Writes down what was agreed to.
pub fn insert(act: &mut Act<'_>, new: &Permit<ConsentRow>) -> Result<()> {
    diesel::insert_into(consents::table).values(&**new).execute(act.conn).on_constraints(&[
        ("consents_account_id_purpose_recipient_id_key", &GIVEN, ""),
        ("consents_resident_id_purpose_recipient_id_key", &GIVEN, ""),
    ])?;
    Ok(())
}

/// The same, unless it was agreed to already.
pub fn insert_unless_given<T>(act: &mut Act<'_>, _: &Permit<T>, new: &ConsentRow) -> Result<()> {
    diesel::insert_into(consents::table).values(new).on_conflict_do_nothing().execute(act.conn)?;
    Ok(())
}

/// Whether somebody agreed to something once, themselves or by their guardian, and that was taken back since.
pub fn is_withdrawn(look: &mut Look<'_>, account: AccountId, purpose: ConsentPurpose) -> Result<bool> {
    let records: Vec<ResidentId> = residents::table
        .filter(residents::account_id.eq(account).and(residents::status.eq("present")))
        .select(residents::id)
        .load(look.conn)?;
    let said = of(&Party::Oneself(records), account).filter(consents::purpose.eq(purpose));
    let counting: Vec<bool> = said.select(consents::withdrawn_at.is_null()).load(look.conn)?;
    Ok(!counting.is_empty() && !counting.contains(&true))
}

/// Locks the account of whoever it is about, if they have one, as whoever lets them agree by showing a code does.
pub fn lock_party(act: &mut Act<'_>, party: &Party) -> Result<()> {
    let account = match party {
        Party::Oneself(_) => Some(act.actor.account()?),
        Party::Child(child) => {
            let record = residents::table.find(child.resident).select(residents::account_id);
            record.first::<Option<AccountId>>(act.conn)?
        }
    };
    accounts::store::lock_all(act, account.as_slice()).map(drop)
}

/// Withdraws a consent, and with it what the same party agreed to for the same purpose and recipient in another way: by their guardian
/// once, or by another record. Answers whether it still counted.
pub fn withdraw(act: &mut Act<'_>, party: &Party, consent: &Permit<ConsentRow>) -> Result<bool> {
    let alike: Vec<ConsentId> = of(party, act.actor.account()?)
        .filter(consents::withdrawn_at.is_null().and(consents::purpose.eq(consent.purpose)))
        .filter(consents::recipient_id.is_not_distinct_from(consent.recipient_id))
        .select(consents::id)
        .load(act.conn)?;
    let counting =
        consents::table.filter(consents::id.eq_any(alike)).filter(consents::withdrawn_at.is_null());
    let withdrawn = diesel::update(counting).set(consents::withdrawn_at.eq(act.now));
    let ids: Vec<ConsentId> = withdrawn.returning(consents::id).get_results(act.conn)?;
    Ok(ids.contains(&consent.id))
}

/// Refuses what somebody has not agreed to, or has withdrawn. For features that need a consent, of an account.
pub fn require(look: &mut Look<'_>, account: AccountId, purpose: ConsentPurpose) -> Result<()> {
    let own = residents::table
        .filter(residents::account_id.eq(account).and(residents::status.eq("present")))
        .select(residents::id.nullable());
    let by_oneself = consents::resident_id.is_null().and(consents::account_id.eq(account));
    let counting = consents::table
        .filter(consents::withdrawn_at.is_null().and(consents::purpose.eq(purpose)))
        .filter(by_oneself.or(consents::resident_id.eq_any(own)));
    match diesel::select(diesel::dsl::exists(counting)).get_result(look.conn)? {
        true => Ok(()),
        false => MISSING.refuse(),
    }
}

/// Those of many accounts who have agreed to something, or whose guardian has for their record.
pub fn agreeing(look: &mut Look<'_>, of: &[AccountId], purpose: ConsentPurpose) -> Result<Vec<AccountId>> {
    let counting = consents::withdrawn_at.is_null().and(consents::purpose.eq(purpose));
    let by_oneself = consents::table
        .filter(counting.and(consents::resident_id.is_null()).and(consents::account_id.eq_any(of)))
        .select(consents::account_id);
    let for_oneself = consents::table
        .inner_join(residents::table)
        .filter(counting.and(residents::status.eq("present")).and(residents::account_id.eq_any(of)))
        .select(residents::account_id.assume_not_null());
    Ok(by_oneself.union(for_oneself).load(look.conn)?)
}

/// The same, of the person of a record, who may be a child.
pub fn require_of(look: &mut Look<'_>, resident: ResidentId, purpose: ConsentPurpose) -> Result<()> {
    let accounts = residents::table
        .filter(residents::id.eq(resident).and(residents::account_id.is_not_null()))
        .select(residents::account_id.assume_not_null());
    let by_oneself = consents::resident_id.is_null().and(consents::account_id.eq_any(accounts));
    let counting = consents::table
        .filter(consents::withdrawn_at.is_null().and(consents::purpose.eq(purpose)))
        .filter(consents::resident_id.eq(resident).or(by_oneself));
    match diesel::select(diesel::dsl::exists(counting)).get_result(look.conn)? {
        true => Ok(()),
        false => MISSING.refuse(),
    }
}

/// Whether the person of a record, who may be a child, has agreed to be shown to a recipient: themselves by the account it is bound to, or a
/// guardian for that record. For lists of those who did: it begins at the consents to that recipient, which are fewer than the people of a
/// district. What names a recipient is of one purpose.
pub fn has_agreed(
    recipient: OrganisationId,
) -> Box<dyn BoxableExpression<residents::table, Pg, SqlType = Bool>> {
    let agreed = sql::<Bool>(
        "residents.id IN (SELECT c.resident_id FROM consents c
            WHERE c.resident_id IS NOT NULL AND c.withdrawn_at IS NULL AND c.recipient_id = ",
    );
    let by_oneself = agreed.bind::<SqlUuid, _>(recipient).sql(
        " UNION ALL SELECT bound.id FROM consents c JOIN residents bound ON bound.account_id = c.account_id
            WHERE c.resident_id IS NULL AND c.withdrawn_at IS NULL AND c.recipient_id = ",
    );
    Box::new(by_oneself.bind::<SqlUuid, _>(recipient).sql(")"))
}

/// The same of few records and recipients at once: which of those may be shown to which of these.
pub fn agreements(
    look: &mut Look<'_>,
    records: &[ResidentId],
    recipients: &[OrganisationId],
) -> Result<Vec<(ResidentId, OrganisationId)>> {
    let by_oneself =
        consents::resident_id.is_null().and(residents::account_id.eq(consents::account_id.nullable()));
    let theirs = consents::resident_id.eq(residents::id.nullable()).or(by_oneself);
    let counting = consents::withdrawn_at.is_null().and(consents::recipient_id.eq_any(recipients));
    let agreed = residents::table
        .inner_join(consents::table.on(theirs))
        .filter(residents::id.eq_any(records).and(counting))
        .select((residents::id, consents::recipient_id.assume_not_null()));
    Ok(agreed.load(look.conn)?)
}

/// Gives the consents for one record to another of the same person. Of two for one purpose, and one recipient, the newer counts no more.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let counting =
        |record: ResidentId| consents::resident_id.eq(record).and(consents::withdrawn_at.is_null());
    let known: Vec<(ConsentPurpose, Option<OrganisationId>)> = consents::table
        .filter(counting(pair.into))
        .select((consents::purpose, consents::recipient_id))
        .load(act.conn)?;
    let coming: Vec<(ConsentId, ConsentPurpose, Option<OrganisationId>)> = consents::table
        .filter(counting(pair.from))
        .select((consents::id, consents::purpose, consents::recipient_id))
        .load(act.conn)?;
    let double = coming.into_iter().filter(|(_, purpose, recipient)| known.contains(&(*purpose, *recipient)));
    let double: Vec<ConsentId> = double.map(|(id, ..)| id).collect();
    diesel::update(consents::table.filter(consents::id.eq_any(double)))
        .set(consents::withdrawn_at.eq(act.now))
        .execute(act.conn)?;
    diesel::update(consents::table.filter(consents::resident_id.eq(pair.from)))
        .set(consents::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
