//! Keyset pages: `?limit=&cursor=` in, `{items, next_cursor, has_more}` out.

use std::io::Write as _;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::connection::{DefaultLoadingMode, LoadConnection};
use diesel::dsl::SqlTypeOf;
use diesel::expression::QueryMetadata;
use diesel::pg::{Pg, PgConnection};
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::result::Error::DeserializationError;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::answer::{ROOM, View, Written};
use super::crypto::{Keyring, same};
use super::problem::{CURSOR_INVALID, Problem, Result};
use super::straight::Item;

const TAG: usize = 16;

/// How many items a page holds: 1 to 100, 20 unless told.
#[derive(Clone, Copy, Debug)]
pub struct Limit(i64);

impl Limit {
    /// How many unless told.
    pub const USUAL: i64 = 20;
}

impl Default for Limit {
    fn default() -> Self {
        Limit(Self::USUAL)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match i64::deserialize(input)? {
            n @ 1..=100 => Ok(Limit(n)),
            _ => Err(serde::de::Error::custom("limit must be from 1 to 100")),
        }
    }
}

/// Which page of a list that is narrowed by nothing but where it stands. What takes more has a query of its own.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Hand this back as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
}

impl<T> Page<T> {
    /// The page with its items turned into others, where that can fail.
    pub fn try_map<U>(self, view: impl FnMut(T) -> Result<U>) -> Result<Page<U>> {
        let items = self.items.into_iter().map(view).collect::<Result<_>>()?;
        Ok(Page { items, next_cursor: self.next_cursor, has_more: self.has_more })
    }
}

impl<T> Default for Page<T> {
    /// The page of a list that has nothing.
    fn default() -> Self {
        Page { items: Vec::new(), next_cursor: None, has_more: false }
    }
}

/// Where a page begins, and how to bind its cursor to the list, the filter and the caller.
pub struct Pager<'a, K> {
    /// The key of the last item of the page before.
    pub after: Option<K>,
    limit: usize,
    ring: &'a Keyring,
    binding: [u8; 32],
}

impl<'a, K: Serialize + DeserializeOwned> Pager<'a, K> {
    /// Reads a cursor. `binding` is everything that made the list: a cursor of another one is refused.
    pub fn new(
        ring: &'a Keyring,
        binding: &[&[u8]],
        limit: Option<Limit>,
        cursor: Option<&str>,
    ) -> Result<Self> {
        let binding = ring.hash("cursor", binding);
        let limit = limit.unwrap_or_default().0 as usize;
        let mut pager = Pager { after: None, limit, ring, binding };
        pager.after = cursor.map(|text| pager.read(text)).transpose()?;
        Ok(pager)
    }

    /// How many rows to fetch: one more than the page, which tells whether there is more.
    pub fn fetch(&self) -> i64 {
        self.limit as i64 + 1
    }

    /// Makes the page of the rows fetched.
    pub fn page<R, V>(
        &self,
        mut rows: Vec<R>,
        key: impl Fn(&R) -> K,
        view: impl FnMut(R) -> V,
    ) -> Result<Page<V>> {
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let last = rows.last().filter(|_| has_more).map(key);
        let next_cursor = last.map(|key| self.cursor(&key)).transpose()?;
        Ok(Page { items: rows.into_iter().map(view).collect(), next_cursor, has_more })
    }

    /// Writes the page of a query down as its rows come.
    pub fn write<V, Q>(&self, conn: &mut PgConnection, query: Q, key: impl Fn(V::Key) -> K) -> Result<Written>
    where
        V: View + Item,
        Q: Query<SqlType = SqlTypeOf<V::Columns>> + QueryFragment<Pg> + QueryId,
        Pg: QueryMetadata<Q::SqlType>,
    {
        let mut rows = LoadConnection::<DefaultLoadingMode>::load(conn, query)?;
        let (mut body, mut last) = (br#"{"items":["#.to_vec(), None);
        body.reserve(ROOM);
        for row in rows.by_ref().take(self.limit) {
            let row = row?;
            if last.is_some() {
                body.push(b',');
            }
            V::write(&row, &mut body).map_err(DeserializationError)?;
            last = Some(row);
        }
        let next = last.filter(|_| rows.next().is_some()).map(|row| V::key(&row)).transpose();
        let next = next.map_err(DeserializationError)?.map(|row| self.cursor(&key(row))).transpose()?;
        write!(body, r#"],"next_cursor":{},"has_more":{}}}"#, json!(next), next.is_some())
            .map_err(Problem::fault)?;
        Ok(Written::page::<V>(body, next))
    }

    fn cursor(&self, key: &K) -> Result<String> {
        let mut bytes = serde_json::to_vec(key).map_err(Problem::fault)?;
        let tag = self.ring.hash("cursor.tag", &[&self.binding, &bytes]);
        bytes.extend_from_slice(&tag[..TAG]);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    fn read(&self, text: &str) -> Result<K> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| &CURSOR_INVALID)?;
        let at = bytes.len().checked_sub(TAG).ok_or(&CURSOR_INVALID)?;
        let (key, tag) = bytes.split_at(at);
        let ours = self.ring.hash("cursor.tag", &[&self.binding, key]);
        if !same(&ours[..TAG], tag) {
            return CURSOR_INVALID.refuse();
        }
        serde_json::from_slice(key).map_err(|_| (&CURSOR_INVALID).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::crypto::KeyringFile;

    #[test]
    fn a_cursor_belongs_to_its_list_filter_and_caller() {
        let ring = Keyring::open(&KeyringFile::generate().unwrap()).unwrap();
        let first = Pager::<i64>::new(&ring, &[b"list", b"filter"], None, None).unwrap();
        let page = first.page((0..21).collect(), |n| *n, |n| n).unwrap();
        assert_eq!((page.items.len(), page.has_more), (20, true));
        let cursor = page.next_cursor.unwrap();
        let again =
            |binding: &[&[u8]]| Pager::<i64>::new(&ring, binding, None, Some(&cursor)).map(|p| p.after);
        assert_eq!(again(&[b"list", b"filter"]).unwrap(), Some(19));
        assert_eq!(again(&[b"list", b"other"]).unwrap_err().rule().code, "cursor-invalid");
        assert_eq!(again(&[b"listfilter", b""]).unwrap_err().rule().code, "cursor-invalid");
    }
}
