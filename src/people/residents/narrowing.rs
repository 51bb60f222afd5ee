//! The conditions of a filter, for queries over residents that begin at different tables: their types have no common name.
//! Expanded in `store.rs`, which names the tables.

/// Those labels on people that count at this moment.
macro_rules! carry {
    ($label:expr, $now:expr) => {
        resident_labels::table
            .filter(resident_labels::label_id.eq($label).and(resident_labels::removed_at.is_null()))
            .filter(resident_labels::until.is_null().or(resident_labels::until.gt($now)))
    };
}

/// A query over residents, narrowed to all of a filter but division, search and label.
macro_rules! narrow {
    ($query:expr, $filter:expr) => {{
        let filter: &Filter = $filter;
        let mut query = $query.filter(residents::status.eq(filter.status.unwrap_or(ResidentStatus::Present)));
        if let Some(home) = filter.home {
            query = query.filter(residents::home_id.eq(home));
        }
        if let Some(building) = filter.building {
            let homes =
                dwellings::table.filter(dwellings::building_id.eq(building)).select(dwellings::id.nullable());
            query = query.filter(residents::home_id.eq_any(homes));
        }
        if let Some(group) = filter.building_group {
            // A member without a unit is the whole building.
            let same_unit =
                building_group_members::unit.eq(dwellings::unit).or(building_group_members::unit.eq(""));
            let same_building = building_group_members::building_id.eq(dwellings::building_id);
            let homes = dwellings::table
                .inner_join(building_group_members::table.on(same_building.and(same_unit)))
                .filter(building_group_members::building_group_id.eq(group))
                .select(dwellings::id.nullable());
            query = query.filter(residents::home_id.eq_any(homes));
        }
        if let (Some(from), _) = filter.born {
            query = query.filter(residents::born_on.ge(from));
        }
        if let (_, Some(until)) = filter.born {
            query = query.filter(residents::born_on.le(until));
        }
        if let Some(residence) = filter.residence {
            query = query.filter(residents::residence.eq(residence));
        }
        query
    }};
}

pub(super) use {carry, narrow};
