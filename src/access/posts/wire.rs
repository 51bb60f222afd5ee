//! Posts in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::{PostId, PostRow};
use crate::access::actor::{AccountId, OrganisationId};
use crate::access::division::Division;
use crate::access::phone::Mobile;
use crate::access::role::Role;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Limit;

/// Appoint somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostDraft {
    /// The number of the person's account.
    pub phone: Mobile,
    /// The role.
    #[schema(example = "committee_worker")]
    pub role: Role,
    /// For which organisation, where it is for one: an open one in your own range, or the one your own post is for.
    pub organisation: Option<OrganisationId>,
    /// The division; the post covers it and everything below it.
    pub division: Division,
    /// First day of the term; today unless told.
    pub starts_on: Option<NaiveDate>,
    /// Last day of the term; open unless told.
    pub ends_on: Option<NaiveDate>,
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PostQuery {
    /// Only posts in this division and below.
    pub division: Option<Division>,
    /// Only posts of this organisation: its members.
    pub organisation: Option<OrganisationId>,
    /// Only posts of this role.
    pub role: Option<Role>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The post in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PostPath {
    /// The post.
    pub post: PostId,
}

/// A post somebody holds.
#[derive(Clone, Serialize, ToSchema)]
pub struct HeldPostView {
    /// Its id.
    pub id: PostId,
    /// The role.
    pub role: Role,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// That organisation's name.
    pub organisation_name: Option<String>,
    /// The division it covers, with everything below.
    pub division: Division,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term; null when open.
    pub ends_on: Option<NaiveDate>,
}

/// Who holds a post.
#[derive(Serialize, ToSchema)]
pub struct HolderView {
    /// The account.
    pub id: AccountId,
    /// How others see it.
    pub display_name: String,
}

/// A post with its holder.
#[derive(Serialize, ToSchema)]
pub struct PostView {
    /// The post.
    #[serde(flatten)]
    pub post: HeldPostView,
    /// Who holds it.
    pub holder: HolderView,
    /// What else the same person holds 交叉任职.
    pub cross_posts: Vec<HeldPostView>,
    /// When it was granted.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<&PostRow> for HeldPostView {
    fn from(row: &PostRow) -> Self {
        Self {
            id: row.id,
            role: row.role,
            organisation: row.organisation_id,
            organisation_name: row.organisation_name.clone(),
            division: row.division,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        }
    }
}

impl PostView {
    /// Of a row and every post of the people on the page.
    pub fn new(row: PostRow, all: &[PostRow]) -> Self {
        let others = all.iter().filter(|other| other.account_id == row.account_id && other.id != row.id);
        Self {
            cross_posts: others.map(HeldPostView::from).collect(),
            post: (&row).into(),
            holder: HolderView { id: row.account_id, display_name: row.display_name },
            created_at: row.created_at,
        }
    }
}

impl View for PostView {
    const IS_SECRET: bool = true;
}
