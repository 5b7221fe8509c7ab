//! The clock.
//!
//! Only the edge of the program reads it; all other modules get the time as an argument.

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use std::path::{Path, PathBuf};

/// Gives the time in the system's zone (`TZ`). If `KOUAN_CLOCK` is set (RFC 3339) it is stopped, so
/// that tests and demonstrations are reproducible.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: TimeZone,
    /// The unknown zone named by `TZ` or by the system's link.
    unknown: Option<String>,
    fixed: Option<Timestamp>,
}

/// `KOUAN_CLOCK` is not an instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("KOUAN_CLOCK={0}: not a time such as 2026-11-23T10:00:00+08:00")]
pub struct BadClock(pub String);

impl Clock {
    /// Creates the clock; `fixed` is the value of `KOUAN_CLOCK`.
    ///
    /// # Errors
    ///
    /// `fixed` is not an RFC 3339 instant.
    pub fn new(fixed: Option<&str>) -> Result<Self, BadClock> {
        let fixed = fixed
            .map(|text| text.parse().map_err(|_| BadClock(text.to_owned())))
            .transpose()?;
        let (zone, unknown) = zone(std::env::var("TZ").ok().as_deref());
        Ok(Self {
            zone,
            unknown,
            fixed,
        })
    }

    /// Returns the time now.
    pub fn now(&self) -> ZonedDateTime {
        self.fixed
            .unwrap_or_else(Timestamp::now)
            .to_zoned_datetime(self.zone.clone())
    }

    /// Returns the name of a time zone that this machine does not know; times are then in UTC.
    pub fn unknown_zone(&self) -> Option<&str> {
        self.unknown.as_deref()
    }

    /// Returns the zone in which times are shown.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

/// Returns the zone that `TZ` names (POSIX.1-2017 §8.3, plus zone names as everywhere), otherwise
/// the system's; and a name that is unknown.
///
/// jiff's own lookup reads the names of all zones first, some 60 folders; a command that marks a
/// clause needs only one file.
fn zone(tz: Option<&str>) -> (TimeZone, Option<String>) {
    let read = |name: &str, path: &Path| {
        let bytes = std::fs::read(path).ok()?;
        TimeZone::tzif(name, &bytes).ok()
    };
    let quick = match tz.map(|tz| tz.trim_start_matches(':')) {
        None => read("Local", Path::new("/etc/localtime")),
        Some("") => Some(TimeZone::UTC),
        Some(name) => {
            // Joining leaves an absolute path unchanged.
            let file = PathBuf::from("/usr/share/zoneinfo").join(name);
            read(name, &file).or_else(|| TimeZone::posix(name).ok())
        }
    };
    if let Some(zone) = quick {
        return (zone, None);
    }
    let link = std::fs::read_link("/etc/localtime").ok();
    let named = match tz {
        Some(tz) => Some(format!("TZ={tz}")),
        None => link.map(|link| link.display().to_string()),
    };
    let known = TimeZone::try_system().ok().filter(|_| tz.is_none());
    let unknown = named.filter(|_| known.is_none());
    (known.unwrap_or(TimeZone::UTC), unknown)
}

#[cfg(test)]
mod tests {
    use super::{Clock, Timestamp, zone};

    #[test]
    fn a_zone_is_given_by_name_file_or_rule() {
        let at: Timestamp = "2026-07-01T00:00:00Z".parse().unwrap();
        let hour = |tz: &str| at.to_zoned_datetime(zone(Some(tz)).0).hour();
        for (tz, wanted) in [("CST-8", 8), ("", 0), ("Nowhere/Nothing", 0)] {
            assert_eq!(hour(tz), wanted, "{tz}");
        }
        // A small machine may have no zone names, and glibc then knows none either.
        let shanghai = "/usr/share/zoneinfo/Asia/Shanghai";
        if std::path::Path::new(shanghai).exists() {
            for tz in [shanghai, "Asia/Shanghai", ":Asia/Shanghai"] {
                assert_eq!(hour(tz), 8, "{tz}");
            }
        }
    }

    #[test]
    fn a_zone_that_is_not_known_is_named() {
        for tz in ["Nowhere/Nothing", "Asia/Shanghia"] {
            assert_eq!(zone(Some(tz)).1, Some(format!("TZ={tz}")));
        }
        for tz in ["CST-8", "", "UTC0"] {
            assert_eq!(zone(Some(tz)).1, None, "{tz}");
        }
    }

    #[test]
    fn without_a_name_it_is_the_systems() {
        let date = std::process::Command::new("date")
            .args(["-d", "@1782864000", "+%z"])
            .env_remove("TZ")
            .output()
            .unwrap();
        let at = Timestamp::from_second(1_782_864_000).unwrap();
        let ours = at
            .to_zoned_datetime(zone(None).0)
            .strftime("%z")
            .to_string();
        assert_eq!(ours, String::from_utf8_lossy(&date.stdout).trim());
    }

    #[test]
    fn a_named_instant_stops_the_clock() {
        let clock = Clock::new(Some("2026-11-23T10:00:00+08:00")).unwrap();
        assert_eq!(clock.now(), clock.now());
        assert_eq!(clock.now().timestamp().to_string(), "2026-11-23T02:00:00Z");
    }

    #[test]
    fn an_invalid_instant_is_refused() {
        assert!(Clock::new(Some("noon")).is_err());
    }
}
