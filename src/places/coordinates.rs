//! Coordinates: stored as WGS84; GCJ-02 (火星坐标, what WeChat's maps need) is converted on the way in, and on the way out
//! where it is asked for.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kit::number::Whole;
use crate::kit::problem::{Fault, Place, Problem, QUERY_INVALID, Result};
use crate::text_enum;

text_enum! {
    /// What a pair of coordinates means.
    pub enum CoordSystem {
        /// GPS, GeoJSON, `wx.getLocation` unless told otherwise.
        Wgs84 = "wgs84",
        /// The offset system of maps in the mainland.
        Gcj02 = "gcj02",
    }
}

/// How many metres a degree of latitude has, on a sphere of the earth's mean radius.
pub const METRES_A_DEGREE: f64 = 111_194.93;

/// A point on the map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Degrees east, 72 to 138 (the mainland).
    #[serde(deserialize_with = "longitude")]
    #[schema(minimum = 72, maximum = 138, example = 121.489)]
    pub longitude: f64,
    /// Degrees north, 0 to 56 (the mainland).
    #[serde(deserialize_with = "latitude")]
    #[schema(minimum = 0, maximum = 56, example = 31.405)]
    pub latitude: f64,
    /// What the two mean.
    pub coord_system: CoordSystem,
}

fn longitude<'de, D: serde::Deserializer<'de>>(input: D) -> Result<f64, D::Error> {
    within(f64::deserialize(input)?, 72.0, 138.0)
}

fn latitude<'de, D: serde::Deserializer<'de>>(input: D) -> Result<f64, D::Error> {
    within(f64::deserialize(input)?, 0.0, 56.0)
}

fn within<E: serde::de::Error>(degrees: f64, least: f64, most: f64) -> Result<f64, E> {
    match degrees {
        d if (least..=most).contains(&d) => Ok(d),
        _ => Err(E::custom(format!("degrees from {least} to {most}"))),
    }
}

impl Point {
    /// Of two numbers, where they lie in the mainland.
    pub fn new(longitude: f64, latitude: f64, coord_system: CoordSystem) -> Option<Self> {
        let is_inside = (72.0..=138.0).contains(&longitude) && (0.0..=56.0).contains(&latitude);
        is_inside.then_some(Point { longitude, latitude, coord_system })
    }

    /// How far another point is, in metres, whatever system each is in.
    pub fn metres_to(self, other: Point) -> f64 {
        let (here, there) = (self.to_wgs84(), other.to_wgs84());
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let narrow = here.latitude.to_radians().cos() * there.latitude.to_radians().cos();
        let chord = half(here.latitude, there.latitude) + narrow * half(here.longitude, there.longitude);
        2.0 * chord.sqrt().min(1.0).asin().to_degrees() * METRES_A_DEGREE
    }

    /// Of the two columns of a row.
    pub fn stored(longitude: Option<f64>, latitude: Option<f64>) -> Option<Self> {
        Some(Point { longitude: longitude?, latitude: latitude?, coord_system: CoordSystem::Wgs84 })
    }

    /// As kept: WGS84.
    pub fn to_wgs84(self) -> Self {
        match self.coord_system {
            CoordSystem::Wgs84 => self,
            CoordSystem::Gcj02 => from_gcj02(self),
        }
    }

    /// As WeChat's maps take it.
    pub fn to_gcj02(self) -> Self {
        match self.coord_system {
            CoordSystem::Gcj02 => self,
            CoordSystem::Wgs84 => {
                let (east, north) = offset(self.longitude, self.latitude);
                let (longitude, latitude) = (self.longitude + east, self.latitude + north);
                Point { longitude, latitude, coord_system: CoordSystem::Gcj02 }
            }
        }
    }
}

/// How far round a point, in metres: no phone knows better than a hundred where it is among houses.
pub type Radius = Whole<100, 5000>;

/// Round a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The point, in WGS84.
    pub point: Point,
    /// How far, in metres.
    pub metres: i32,
}

impl Near {
    /// How far is near, unless told.
    const UNTOLD: i32 = 1_000;

    /// What a query asks for, where it names a point.
    pub fn read(
        (longitude, latitude): (Option<f64>, Option<f64>),
        within: Option<Radius>,
        system: Option<CoordSystem>,
    ) -> Result<Option<Self>> {
        let invalid = |name: &str| {
            let place = Place::Parameter(name.to_owned());
            let detail = Some("longitude and latitude go together, within the mainland".to_owned());
            Problem::from(&QUERY_INVALID).with(Fault { place, code: QUERY_INVALID.code, detail })
        };
        match (longitude, latitude) {
            (Some(longitude), Some(latitude)) => {
                let system = system.unwrap_or(CoordSystem::Wgs84);
                let point = Point::new(longitude, latitude, system).ok_or_else(|| invalid("longitude"))?;
                let metres = within.map_or(Self::UNTOLD, Radius::get);
                Ok(Some(Near { point: point.to_wgs84(), metres }))
            }
            (None, None) if within.is_none() => Ok(None),
            (Some(_), None) => Err(invalid("latitude")),
            (None, _) => Err(invalid("longitude")),
        }
    }

    /// How many metres a degree of longitude has there.
    pub fn metres_east(&self) -> f64 {
        METRES_A_DEGREE * self.point.latitude.to_radians().cos()
    }

    /// How far it reaches to each side, in degrees of longitude and of latitude: a box for an index.
    pub fn reach(&self) -> (f64, f64) {
        let metres = f64::from(self.metres);
        (metres / self.metres_east(), metres / METRES_A_DEGREE)
    }
}

/// In which system the coordinates are answered.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CoordQuery {
    /// What the coordinates answered shall mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
}

/// What is answered with a point.
pub trait Located: Sized {
    /// Its point, where it has one.
    fn location_mut(&mut self) -> &mut Option<Point>;

    /// The same with its point in the system asked for.
    fn shown_in(mut self, system: Option<CoordSystem>) -> Self {
        if system == Some(CoordSystem::Gcj02) {
            let location = self.location_mut();
            *location = location.map(Point::to_gcj02);
        }
        self
    }
}

/// The offset has no inverse in closed form; three rounds bring it below a centimetre.
fn from_gcj02(point: Point) -> Point {
    let (mut longitude, mut latitude) = (point.longitude, point.latitude);
    for _ in 0..3 {
        let (east, north) = offset(longitude, latitude);
        (longitude, latitude) = (point.longitude - east, point.latitude - north);
    }
    Point { longitude, latitude, coord_system: CoordSystem::Wgs84 }
}

/// The offset of GCJ-02 at a WGS84 point, in degrees, on the Krasovsky 1940 ellipsoid.
fn offset(longitude: f64, latitude: f64) -> (f64, f64) {
    use std::f64::consts::PI;
    const SEMI_MAJOR: f64 = 6_378_245.0;
    const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let wave = |a: f64, u: f64, b: f64, v: f64| (a * u.sin() + b * v.sin()) * 2.0 / 3.0;
    let shared = wave(20.0, 6.0 * x * PI, 20.0, 2.0 * x * PI);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + shared
        + wave(20.0, y * PI, 40.0, y / 3.0 * PI)
        + wave(160.0, y / 12.0 * PI, 320.0, y * PI / 30.0);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + shared
        + wave(20.0, x * PI, 40.0, x / 3.0 * PI)
        + wave(150.0, x / 12.0 * PI, 300.0, x / 30.0 * PI);
    let radians = latitude.to_radians();
    let flattening = 1.0 - ECCENTRICITY_SQUARED * radians.sin().powi(2);
    let root = flattening.sqrt();
    let north = north.to_degrees() / (SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED) / (flattening * root));
    let east = east.to_degrees() / (SEMI_MAJOR / root * radians.cos());
    (east, north)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_measured_on_the_ground() {
        let point = |longitude, latitude| Point::new(longitude, latitude, CoordSystem::Wgs84).unwrap();
        let (here, east) = (point(121.489, 31.405), point(121.499, 31.405));
        assert_eq!(here.metres_to(here), 0.0);
        // A hundredth of a degree of longitude at 31.4° north.
        assert!((here.metres_to(east) - 949.1).abs() < 1.0, "{}", here.metres_to(east));
        assert!(here.metres_to(here.to_gcj02()) < 0.01);
        assert!(Point::new(f64::NAN, 31.0, CoordSystem::Wgs84).is_none());
    }

    #[test]
    fn gcj02_is_off_by_hundreds_of_metres_and_comes_back() {
        let bund = Point { longitude: 121.4900, latitude: 31.2400, coord_system: CoordSystem::Wgs84 };
        let shifted = bund.to_gcj02();
        // Published pairs put the shift in Shanghai near +0.0045, -0.0020 degrees.
        assert!((shifted.longitude - bund.longitude - 0.0045).abs() < 0.0005, "{shifted:?}");
        assert!((shifted.latitude - bund.latitude + 0.0020).abs() < 0.0005, "{shifted:?}");
        let back = shifted.to_wgs84();
        assert!(
            (back.longitude - bund.longitude).abs() < 1e-7 && (back.latitude - bund.latitude).abs() < 1e-7
        );
    }
}
