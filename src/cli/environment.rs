//! What is known before the arguments are parsed: the config, and the language to report errors in.

use super::{Failure, GlobalOptions, context::CommandContext, output, past};
use crate::{
    config::{self, Clock, Config, ConfigError, Language, Paths, language, paths::NoHome},
    locale::Lang,
};
use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

/// What is known before the arguments are parsed.
pub(super) struct Environment {
    paths: Result<Paths, NoHome>,
    config: Result<Config, ConfigError>,
}

impl Environment {
    /// Finds and reads the config, and returns the language that was asked for.
    pub(super) fn look(args: &[OsString]) -> (Self, Option<Lang>) {
        let named = early(args, "--config").map(PathBuf::from);
        let paths = Paths::new(
            named.or_else(|| config::variable("KOUAN_CONFIG").map(PathBuf::from)),
            config::variable("KOUAN_DATA_DIR").map(PathBuf::from),
        );
        let config = paths
            .as_ref()
            .map_or_else(|_| Ok(Config::default()), Config::load);
        let lang = early(args, "--lang")
            .and_then(|tag| Lang::from_tag(&tag.to_string_lossy()))
            .or(match config.as_ref().map(|c| c.language) {
                Ok(Language::ZhCn) => Some(Lang::ZhCn),
                Ok(Language::En) => Some(Lang::En),
                Ok(Language::Auto) | Err(_) => language::from_locale(|name| {
                    config::variable(name).map(|value| value.to_string_lossy().into_owned())
                }),
            });
        (Self { paths, config }, lang)
    }

    /// Creates the context of a command; `asked` is the language, if any was asked for.
    pub(super) fn context(
        self,
        options: GlobalOptions,
        asked: Option<Lang>,
    ) -> Result<CommandContext, Failure> {
        let lang = asked.unwrap_or_default();
        let paths = self
            .paths
            .map_err(|NoHome| Failure::Failed(lang.text("cli.no-home").to_owned()))?;
        let (config, trouble) = match self.config {
            Ok(config) => (config, None),
            Err(error) => (Config::default(), Some(error.message(lang))),
        };
        let fixed = config::variable("KOUAN_CLOCK").map(|v| v.to_string_lossy().into_owned());
        let clock = Clock::new(fixed.as_deref())
            .map_err(|e| Failure::Usage(lang.fill("cli.clock", &[("value", &e.0)])))?;
        if let Some(named) = clock.unknown_zone() {
            output::tell(lang.fill("cli.no-zone", &[("named", &named)]));
        }
        let named = options.at.as_deref();
        let at = named
            .map(|text| past::at(text, &clock.now(), lang))
            .transpose()?;
        Ok(CommandContext {
            options,
            paths,
            config,
            trouble,
            clock,
            at,
            lang,
            asked,
            on_screen: false,
        })
    }
}

/// Returns the value of an option before the arguments are parsed: `--name value`, `--name=value`.
pub(super) fn early(args: &[OsString], name: &str) -> Option<OsString> {
    let mut found = None;
    let mut rest = args.iter().skip(1).take_while(|a| *a != "--");
    while let Some(arg) = rest.next() {
        let joined = arg
            .to_str()
            .and_then(|a| a.strip_prefix(name)?.strip_prefix('='));
        if let Some(value) = joined {
            found = Some(OsString::from(value));
        } else if arg == OsStr::new(name) {
            found = rest.next().cloned();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{OsString, early};

    #[test]
    fn options_are_found_before_parsing() {
        let find = |args: &[&str]| {
            let args: Vec<OsString> = args.iter().map(OsString::from).collect();
            early(&args, "--lang").map(|v| v.into_string().unwrap())
        };
        assert_eq!(find(&["kouan", "--lang", "en"]).as_deref(), Some("en"));
        assert_eq!(
            find(&["kouan", "list", "--lang=zh-CN"]).as_deref(),
            Some("zh-CN")
        );
        assert_eq!(find(&["kouan", "list", "--", "--lang", "en"]), None);
        assert_eq!(find(&["kouan", "--language", "en"]), None);
        assert_eq!(find(&["kouan", "--lang"]), None);
    }
}
