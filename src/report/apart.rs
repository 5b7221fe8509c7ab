//! File names for a file per unit: valid on every system, and different for different units.

/// The maximum number of characters of a unit's name in a file name, which fit into 255 bytes in
/// any script.
const LONGEST: usize = 50;

/// Returns a file name for each unit: `台账-天津海关.xlsx`. Names that differ only in case count as
/// equal, as on other systems.
pub fn file_names<S: AsRef<str>>(prefix: &str, units: &[S], ending: &str) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let mut names = Vec::new();
    for unit in units {
        let unit = fit(unit.as_ref());
        let first = std::iter::once(format!("{prefix}{unit}.{ending}"));
        let mut all = first.chain((2..).map(|nth| format!("{prefix}{unit}-{nth}.{ending}")));
        let name = all.find(|name| !taken.contains(&name.to_lowercase()));
        let name = name.unwrap_or_default();
        taken.push(name.to_lowercase());
        names.push(name);
    }
    names
}

/// Returns a text without what a file name can't contain, or shouldn't begin or end with.
fn fit(name: &str) -> String {
    let name = crate::text::clean(name);
    let fits = |c: &char| {
        !matches!(
            c,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\n'
        ) && !c.is_control()
    };
    let name: String = name.chars().filter(fits).take(LONGEST).collect();
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '~' | '$'));
    if name.is_empty() { "_" } else { name }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::file_names;

    #[test]
    fn different_units_get_different_files_that_every_system_takes() {
        let units = [
            "a局",
            "A局",
            "市/区",
            "市区",
            "../..",
            "",
            "A局",
            "<b>|\u{1b}[2J",
        ];
        let names = file_names("台账-", &units, "xlsx");
        assert_eq!(
            names[..7],
            [
                "台账-a局.xlsx",
                "台账-A局-2.xlsx",
                "台账-市区.xlsx",
                "台账-市区-2.xlsx",
                "台账-_.xlsx",
                "台账-_-2.xlsx",
                "台账-A局-3.xlsx"
            ]
        );
        assert!(!names[7].contains(['<', '|', '\u{1b}', '/']));
        let long = file_names("", &["很".repeat(300)], "csv");
        assert!(long[0].len() < 255);
    }
}
