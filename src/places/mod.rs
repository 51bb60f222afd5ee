//! The ground: divisions 市区街居, organisations 条块, estates 小区, buildings 楼栋, dwellings 房屋, building groups 楼组, venues 场所.

pub mod addresses;
pub mod building_groups;
pub mod buildings;
pub mod committee_finder;
pub mod coordinates;
pub mod divisions;
pub mod dwellings;
pub mod estates;
pub mod organisations;
pub mod prefix;
pub mod venues;
