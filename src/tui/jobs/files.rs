//! Saves minutes and exports, and completes paths.

use crate::{
    document::Document,
    files,
    locale::Lang,
    progress::Progress,
    report::{
        Basis,
        bulletin::Bulletin,
        export::{Format, Ledger},
        over,
        paper::Form,
    },
    search::{Limits, NO_VIEWS, Scene, Units},
    tui::{
        context::Context,
        message::{Content, ExportRequest, SaveJob, SaveResult},
    },
};
use compact_str::CompactString;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::{
    ffi::{OsStr, OsString},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The most paths offered.
const OFFERED: usize = 1000;

/// The checklist at the time an export was requested, so that no frame waits while ten thousand
/// clauses become a workbook.
#[derive(Debug)]
pub struct ExportSource {
    document: Arc<Document>,
    progress: Progress,
    me: CompactString,
    units: Arc<Units>,
    lang: Lang,
    today: Date,
    /// Whether it is the past.
    is_past: bool,
    now: Timestamp,
    zone: TimeZone,
    limits: Limits,
}

impl ExportSource {
    /// Copies the present checklist.
    pub fn of(context: &Context) -> Self {
        Self {
            document: Arc::clone(&context.document),
            progress: context.progress.clone(),
            me: context.by.clone(),
            units: Arc::clone(&context.units),
            lang: context.lang,
            today: context.today,
            is_past: context.past.is_some(),
            now: context.now,
            zone: context.zone.clone(),
            limits: context.limits,
        }
    }

    fn basis(&self) -> Basis<'_> {
        Basis {
            scene: Scene {
                document: &self.document,
                progress: &self.progress,
                me: &self.me,
                units: &self.units,
                today: self.today,
                now: self.now,
                zone: &self.zone,
                limits: self.limits,
                views: &NO_VIEWS,
            },
            lang: self.lang,
        }
    }

    /// Returns the format: the path's ending decides, in case the user changed it.
    fn format(order: &ExportRequest, path: &Path) -> Format {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        Format::from_name(&ending).unwrap_or(order.format)
    }

    fn bytes(&self, order: &ExportRequest, path: &Path) -> Result<Vec<u8>, String> {
        let basis = self.basis();
        if let Some(asked) = &order.report {
            let all: Vec<usize> = (0..basis.document().clauses.len()).collect();
            let since = asked.since.to_zoned_datetime(self.zone.clone());
            let report = Bulletin {
                basis: &basis,
                clauses: order.clauses.as_deref().unwrap_or(&all),
                since: since.map_or(Timestamp::MIN, |since| since.timestamp()),
                title: asked.title.as_deref(),
            };
            let bytes = report.paper().bytes(Form::of(path));
            return bytes.map_err(|e| self.lang.system(&e));
        }
        let format = Self::format(order, path);
        let ledger = Ledger {
            by_unit: order.by_unit,
            clauses: order.clauses.as_deref(),
            // Files saved here are opened by double click, and Excel needs the byte order mark.
            bom: true,
            as_of: self.is_past.then_some(self.today),
            ..Ledger::of(&basis)
        };
        ledger.bytes(format).map_err(|e| e.to_string())
    }
}

/// Saves a job like [`file()`]; a saved one gets its absolute path.
pub fn save(
    mut job: SaveJob,
    over: bool,
    lang: Lang,
    source: Option<&ExportSource>,
) -> (SaveJob, SaveResult) {
    let saved = file(&job, over, lang, source);
    if saved == SaveResult::Saved {
        let whole = std::path::absolute(resolve(&job.path)).ok();
        let whole = whole.and_then(|path| path.into_os_string().into_string().ok());
        job.path = whole.unwrap_or(job.path);
    }
    (job, saved)
}

/// Returns the path, or a variant that is not taken: `纪要.md`, `纪要-2.md`.
pub fn free_name(path: &str) -> String {
    let found = files::free(&resolve(path));
    match found.file_name().and_then(OsStr::to_str) {
        Some(name) => Path::new(path).with_file_name(name).display().to_string(),
        None => path.to_owned(),
    }
}

/// Saves a job atomically; overwrites an existing file only if `over` is set.
pub fn file(job: &SaveJob, over: bool, lang: Lang, source: Option<&ExportSource>) -> SaveResult {
    let path = resolve(&job.path);
    // A folder is an error, not a question.
    if path.is_dir() {
        let error = io::Error::from(io::ErrorKind::IsADirectory);
        return SaveResult::Failed(lang.system(&error));
    }
    let is_there = fs::symlink_metadata(&path).is_ok();
    if !over && is_there && source.is_none() {
        return SaveResult::Exists(None);
    }
    let bytes = match (&job.content, source) {
        (Content::Minutes(minutes), _) => {
            let bytes = minutes.paper.bytes(Form::of(&path));
            bytes.map_err(|e| lang.system(&e))
        }
        (Content::Export(order), Some(source)) => source.bytes(order, &path),
        (Content::Export(_), None) => Ok(Vec::new()),
    };
    let format = match &job.content {
        Content::Export(order) if order.report.is_none() => {
            Some(ExportSource::format(order, &path))
        }
        _ => None,
    };
    let bytes = match bytes {
        Ok(bytes) => over::sealed(bytes, format),
        Err(why) => return SaveResult::Failed(why),
    };
    if let (false, true, Some(source), Content::Export(_)) = (over, is_there, source, &job.content)
    {
        return SaveResult::Exists(over::over(&source.basis(), &path, &bytes, format));
    }
    let done = if over {
        files::replace(&path, &bytes)
    } else {
        files::create(&path, &bytes)
    };
    match done {
        Ok(()) => SaveResult::Saved,
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => SaveResult::Exists(None),
        Err(e) => SaveResult::Failed(lang.system(&e)),
    }
}

/// Returns the paths with the typed prefix, sorted; folders end with `/`.
pub fn complete(typed: &str) -> Vec<String> {
    let (folder, begun) = typed.rfind('/').map_or(("", typed), |at| {
        (
            typed.get(..=at).unwrap_or_default(),
            typed.get(at + 1..).unwrap_or_default(),
        )
    });
    let place = if folder.is_empty() {
        PathBuf::from(".")
    } else {
        resolve(folder)
    };
    let Ok(entries) = fs::read_dir(place) else {
        return Vec::new();
    };
    let named = entries.filter_map(Result::ok).filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        // Hidden ones only after a typed dot.
        let wanted = name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
        let slash = if entry.path().is_dir() { "/" } else { "" };
        wanted.then(|| format!("{folder}{name}{slash}"))
    });
    let mut paths: Vec<String> = named.take(OFFERED).collect();
    paths.sort_unstable();
    paths
}

/// Resolves `~/` to the home folder, like a shell.
pub fn resolve(path: &str) -> PathBuf {
    resolve_at(path, std::env::var_os("HOME"))
}

fn resolve_at(path: &str, home: Option<OsString>) -> PathBuf {
    let home = home.filter(|h| !h.is_empty());
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::{minutes::Minutes, over::Over, paper::Style},
        tui::test_app::TestApp,
    };

    /// Returns empty minutes of a document with this title.
    fn told(title: &str) -> Minutes {
        let source = ExportSource::of(&TestApp::new(80, 24).context);
        let mut minutes = Minutes::whole(&source.basis(), Timestamp::MAX);
        let line = source.lang.fill("minutes.document", &[("title", &title)]);
        minutes.paper.text(Style::Line, line);
        minutes
    }

    fn minutes(path: &Path, text: &str) -> SaveJob {
        SaveJob {
            path: path.to_str().unwrap().to_owned(),
            content: Content::Minutes(Box::new(told(text))),
        }
    }

    #[test]
    fn an_existing_file_is_overwritten_only_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("纪要.md");
        let paper = |text: &str| minutes(&path, text);
        assert_eq!(file(&paper("一"), false, Lang::En, None), SaveResult::Saved);
        assert_eq!(
            file(&paper("二"), false, Lang::En, None),
            SaveResult::Exists(None)
        );
        assert!(fs::read_to_string(&path).unwrap().contains("文件：一"));
        assert_eq!(file(&paper("二"), true, Lang::En, None), SaveResult::Saved);
        assert!(fs::read_to_string(&path).unwrap().contains("文件：二"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let nowhere = minutes(&folder.path().join("no/such/a.md"), "");
        assert!(matches!(
            file(&nowhere, false, Lang::En, None),
            SaveResult::Failed(_)
        ));
    }

    #[test]
    fn minutes_are_written_as_their_path_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("纪要.docx");
        assert_eq!(
            file(&minutes(&path, "一"), false, Lang::En, None),
            SaveResult::Saved
        );
        assert!(fs::read(&path).unwrap().starts_with(b"PK"));
    }

    #[test]
    fn a_name_that_is_taken_is_counted_on_where_it_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "").unwrap();
        let typed = path.to_str().unwrap().to_owned();
        assert_eq!(free_name(&typed), typed.replace("a.md", "a-2.md"));
    }

    #[test]
    fn what_is_saved_says_its_whole_path() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("./a.md");
        let (paper, filed) = save(minutes(&home, ""), false, Lang::En, None);
        assert_eq!(filed, SaveResult::Saved);
        assert_eq!(Path::new(&paper.path), folder.path().join("a.md"));
        assert!(Path::new(&paper.path).is_absolute());
    }

    #[test]
    fn an_export_is_written_as_its_path_ends() {
        let folder = tempfile::tempdir().unwrap();
        let source = ExportSource::of(&TestApp::new(80, 24).context);
        let order = ExportRequest {
            format: Format::Xlsx,
            by_unit: false,
            report: None,
            clauses: Some(vec![0]),
        };
        for (name, start) in [
            ("a.xlsx", b"PK".as_slice()),
            ("a", b"PK"),
            ("a.csv", b"\xef\xbb\xbf"),
            ("a.md", b"# "),
            ("a.json", b"{"),
        ] {
            let path = folder.path().join(name);
            let paper = SaveJob {
                path: path.to_str().unwrap().to_owned(),
                content: Content::Export(order.clone()),
            };
            assert_eq!(
                file(&paper, false, Lang::En, Some(&source)),
                SaveResult::Saved,
                "{name}"
            );
            assert!(fs::read(&path).unwrap().starts_with(start), "{name}");
        }
    }

    #[test]
    fn overwriting_asks_with_a_reason_to_hesitate() {
        let folder = tempfile::tempdir().unwrap();
        let source = ExportSource::of(&TestApp::new(80, 24).context);
        let path = folder.path().join("a.csv");
        let order = ExportRequest {
            format: Format::Csv,
            by_unit: false,
            report: None,
            clauses: None,
        };
        let paper = SaveJob {
            path: path.to_str().unwrap().to_owned(),
            content: Content::Export(order),
        };
        let saved = |over| file(&paper, over, Lang::ZhCn, Some(&source));
        assert_eq!(
            (saved(false), saved(false)),
            (SaveResult::Saved, SaveResult::Exists(None))
        );
        let exported = fs::read_to_string(&path).unwrap();
        let filled = exported.replacen("未启动", "已完成", 2);
        for (text, reason) in [
            (filled.as_str(), Over::FilledIn(2)),
            ("a,b\n", Over::Foreign),
        ] {
            fs::write(&path, text).unwrap();
            assert_eq!(saved(false), SaveResult::Exists(Some(reason)));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(saved(true), SaveResult::Saved);
        assert_eq!(fs::read_to_string(&path).unwrap(), exported);
    }

    #[test]
    fn a_folder_is_an_error_without_a_question() {
        let folder = tempfile::tempdir().unwrap();
        let paper = minutes(folder.path(), "纪要");
        let filed = file(&paper, false, Lang::En, None);
        assert!(
            matches!(&filed, SaveResult::Failed(why) if why.contains("directory")),
            "{filed:?}"
        );
    }

    #[test]
    fn a_path_is_completed_from_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().to_str().unwrap();
        for name in ["台账一.xlsx", "台账二.xlsx", ".台账", "其他"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("台账夹")).unwrap();
        let names = ["台账一.xlsx", "台账二.xlsx", "台账夹/"].map(|n| format!("{at}/{n}"));
        assert_eq!(complete(&format!("{at}/台")), names);
        assert_eq!(complete(&format!("{at}/.")), [format!("{at}/.台账")]);
        assert_eq!(complete(&format!("{at}/")).len(), 4);
        assert!(complete(&format!("{at}/无/此")).is_empty());
        let home = Some(OsString::from("/home/a"));
        assert_eq!(resolve_at("~/b", home), PathBuf::from("/home/a/b"));
    }
}
