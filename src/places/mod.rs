//! The ground: divisions 市区街居, organisations 条块, estates 小区, buildings 楼栋, dwellings 房屋, building groups 楼组.

pub mod coordinates;
pub mod divisions;
