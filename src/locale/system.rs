//! System errors of files, in words for users.

use super::Lang;
use std::{error::Error, fmt, io};

/// Linux error numbers that [`io::ErrorKind`] does not distinguish, with their messages.
const NUMBERS: [(i32, &str); 14] = [
    // EIO, EREMOTEIO
    (5, "io.broken"),
    (121, "io.broken"),
    // ENXIO, ENODEV
    (6, "io.no-file"),
    (19, "io.no-file"),
    // EAGAIN: no new thread or process
    (11, "io.threads"),
    // ENFILE, EMFILE
    (23, "io.too-many"),
    (24, "io.too-many"),
    (37, "io.no-locks"),
    // ELOOP
    (40, "io.links"),
    // EOPNOTSUPP
    (95, "io.unsupported"),
    // ENOTCONN (a FUSE program that has ended), ECONNABORTED, EHOSTDOWN, EHOSTUNREACH
    (107, "io.stale"),
    (103, "io.stale"),
    (112, "io.stale"),
    (113, "io.stale"),
];

/// An error that the program itself found in a file, as a message key inside an [`io::Error`].
#[derive(Debug)]
pub struct Said {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Said {
    /// Creates an error from a message key and its values.
    pub const fn new(key: &'static str, values: Vec<(&'static str, String)>) -> Self {
        Self { key, values }
    }

    fn message(&self, lang: Lang) -> String {
        lang.fill_all(self.key, &self.values)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl Error for Said {}

impl Lang {
    /// Returns what went wrong, without any path that a library added: the caller names the file as
    /// the user knows it. Rare errors keep the system's wording.
    pub fn system(self, error: &io::Error) -> String {
        let innermost = innermost(error);
        let said = innermost.get_ref().and_then(|e| e.downcast_ref::<Said>());
        if let Some(said) = said {
            return said.message(self);
        }
        match key(innermost) {
            Some(key) => self.text(key).to_owned(),
            None => innermost.to_string(),
        }
    }
}

/// Returns the system's error inside a library's wrapper.
fn innermost(error: &io::Error) -> &io::Error {
    let mut found = error;
    let mut next = error.get_ref().map(|inner| inner as &(dyn Error + 'static));
    while let Some(inner) = next {
        if let Some(inner) = inner.downcast_ref::<io::Error>() {
            found = inner;
        }
        next = inner.source();
    }
    found
}

fn key(error: &io::Error) -> Option<&'static str> {
    if let Some(number) = error.raw_os_error()
        && let Some((_, key)) = NUMBERS.iter().find(|(known, _)| *known == number)
    {
        return Some(key);
    }
    Some(match error.kind() {
        io::ErrorKind::PermissionDenied => "io.denied",
        io::ErrorKind::StorageFull => "io.full",
        io::ErrorKind::QuotaExceeded => "io.quota",
        io::ErrorKind::FileTooLarge => "io.large",
        io::ErrorKind::NotFound => "io.missing",
        io::ErrorKind::ReadOnlyFilesystem => "io.read-only",
        io::ErrorKind::IsADirectory => "io.directory",
        io::ErrorKind::NotSeekable => "io.no-file",
        io::ErrorKind::NotADirectory => "io.no-directory",
        io::ErrorKind::AlreadyExists => "io.exists",
        io::ErrorKind::InvalidFilename => "io.name",
        io::ErrorKind::StaleNetworkFileHandle => "io.stale",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "io.busy",
        io::ErrorKind::TimedOut => "io.timeout",
        io::ErrorKind::BrokenPipe => "io.pipe",
        io::ErrorKind::UnexpectedEof => "io.ends",
        io::ErrorKind::WriteZero => "io.short",
        io::ErrorKind::OutOfMemory => "io.memory",
        // `read_to_string` of a file that is not text; other causes say more.
        io::ErrorKind::InvalidData if error.to_string().contains("UTF-8") => "io.utf8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Lang, io};

    #[test]
    fn common_system_errors_are_translated() {
        let said = |number| Lang::ZhCn.system(&io::Error::from_raw_os_error(number));
        for (number, words) in [
            (2, "文件或目录不存在"),
            (13, "没有权限"),
            (28, "磁盘已满"),
            (5, "磁盘或网络盘读写出错"),
            (24, "打开的文件过多，请关闭一些程序（上限见 ulimit -n）"),
            (11, "进程或线程过多，请关闭一些程序（上限见 ulimit -u）"),
            (116, "网络盘已断开，请重新挂载"),
            (20, "路径中有一段不是目录"),
            (
                37,
                "文件系统不支持文件锁：请在挂载网络盘时启用，或换到本机目录",
            ),
            (40, "符号链接循环"),
            (95, "文件系统不支持这种操作：请换到本机目录"),
            (107, "网络盘已断开，请重新挂载"),
        ] {
            assert_eq!(said(number), words);
        }
        assert!(
            said(61).contains("os error 61"),
            "all else as the system says it"
        );
    }

    #[test]
    fn no_temporary_files_name_is_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = tempfile::NamedTempFile::new_in(folder.path().join("none")).unwrap_err();
        assert!(
            error.to_string().contains(".tmp"),
            "else there is nothing to hide"
        );
        assert_eq!(Lang::En.system(&error), "no such file or directory");
    }

    #[test]
    fn what_a_library_says_in_its_own_words_stays() {
        let own = io::Error::other("exit status: 1");
        assert_eq!(Lang::ZhCn.system(&own), "exit status: 1");
    }
}
