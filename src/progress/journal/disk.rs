//! Appends: one write of whole lines, durable or cut back.

use super::{
    Journal, JournalError, JournalFault,
    lock::{Locked, is_named},
    tail::Tail,
};
use std::{
    fmt,
    fs::{File, OpenOptions, Permissions},
    io::{self, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown},
    path::{Path, PathBuf},
    sync::Once,
};

/// The system calls that can fail, so that tests can make them fail.
pub trait Disk: Send + fmt::Debug {
    /// Writes once, perhaps not everything.
    ///
    /// # Errors
    ///
    /// As write(2).
    fn write(&mut self, mut file: &File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    /// Makes what was written durable.
    ///
    /// # Errors
    ///
    /// As fdatasync(2).
    fn sync(&mut self, file: &File) -> io::Result<()> {
        file.sync_data()
    }

    /// Truncates the file.
    ///
    /// # Errors
    ///
    /// As ftruncate(2).
    fn cut(&mut self, file: &File, length: u64) -> io::Result<()> {
        file.set_len(length)
    }
}

/// The disk itself.
#[derive(Debug, Clone, Copy)]
pub struct RealDisk;

impl Disk for RealDisk {}

impl Journal {
    /// Appends lines under the lock, after everything has been read. On success the file named by
    /// the path has them; the error says whether they were cut back.
    pub(super) fn put(&mut self, file: Locked, lines: &[&str]) -> Result<(), (JournalError, bool)> {
        survive_file_limits();
        self.put_into(&file, lines)?;
        let mut file = file;
        // Replaced meanwhile by somebody who ignores locks (`sed -i`, git, Syncthing): the lines
        // went to a file that nobody reads any more.
        while !is_named(&file, self.path()).map_err(|e| (self.io(e), false))? {
            file = self.lock().map_err(|e| (e, false))?;
            self.scan(&file, true).map_err(|e| (e, false))?;
            let has = |line: &&&str| self.held.changes.iter().any(|c| *c.line == ***line);
            let missing: Vec<&str> = lines.iter().filter(|l| !has(l)).copied().collect();
            if !missing.is_empty() {
                self.put_into(&file, &missing)
                    .map_err(|(e, _)| (e, false))?;
            }
        }
        Ok(())
    }

    fn put_into(&mut self, file: &File, lines: &[&str]) -> Result<(), (JournalError, bool)> {
        let prefix = self.mend(file).map_err(|error| (error, true))?;
        let start = file.metadata().and_then(|data| {
            if data.len() == 0 {
                // A line is not durable while its file's name may vanish.
                crate::files::sync_name(self.path())?;
            }
            Ok(data.len())
        });
        let start = start.map_err(|source| (self.io(source), true))?;
        let mut bytes = prefix.into_bytes();
        for line in lines {
            bytes.extend(line.as_bytes());
            bytes.push(b'\n');
        }
        let result = self.write_whole(file, &bytes, start);
        self.note(file, start, result.is_ok().then_some(&bytes));
        result.map_err(|(source, cut)| (self.io(source), cut))
    }

    /// Records the state of the file after a write of these bytes, or of none.
    fn note(&mut self, file: &File, start: u64, written: Option<&Vec<u8>>) {
        let noted = match (&mut self.seen, written) {
            (Some(seen), Some(bytes)) => seen.wrote(bytes, start, file),
            (Some(seen), None) => seen.note(file),
            (None, _) => Ok(()),
        };
        if noted.is_err() {
            // Then the next read starts from the beginning.
            self.seen = None;
        }
    }

    fn write_whole(
        &mut self,
        file: &File,
        bytes: &[u8],
        start: u64,
    ) -> Result<(), (io::Error, bool)> {
        let result = match self.disk.write(file, bytes) {
            Ok(count) if count == bytes.len() => self.disk.sync(file),
            Ok(count) => Err(self.why_short(file, &bytes[count..])),
            Err(error) => Err(error),
        };
        result.map_err(|error| {
            let cut = self.disk.cut(file, start).is_ok();
            // The cut may not be durable either; the next append checks again.
            let _ = self.disk.sync(file);
            (error, cut)
        })
    }

    /// Finds out why a write was short by trying the rest, which is cut back too.
    fn why_short(&mut self, file: &File, rest: &[u8]) -> io::Error {
        match self.disk.write(file, rest) {
            Err(error) => error,
            Ok(_) => io::ErrorKind::WriteZero.into(),
        }
    }

    /// Repairs the end of the file; returns what must precede the next line: the header, or a
    /// missing line end.
    fn mend(&mut self, file: &File) -> Result<String, JournalError> {
        let Some(seen) = &self.seen else {
            return Ok(String::new());
        };
        let offset = seen.offset;
        match seen.tail.clone() {
            Tail::Unended => return Ok("\n".to_owned()),
            Tail::Clean => {}
            Tail::Torn(torn) => {
                self.keep_torn(file, &torn)?;
                let cut = self.disk.cut(file, offset);
                cut.map_err(|source| self.io(source))?;
                if let Some(seen) = &mut self.seen {
                    seen.tail = Tail::Clean;
                }
            }
        }
        Ok(match offset {
            0 => self.header(),
            _ => String::new(),
        })
    }

    /// Copies a torn line durably to `<journal>.torn` before it is cut. If that is a link or
    /// another user's private file, uses a file beside it.
    fn keep_torn(&self, journal: &File, torn: &[u8]) -> Result<(), JournalError> {
        let mut path = torn_name(self.path(), 1);
        let mut others = (2..10).map(|nth| torn_name(self.path(), nth));
        loop {
            let source = match append_torn(&path, torn, journal) {
                Ok(()) => return Ok(()),
                Err(source) => source,
            };
            let is_taken = matches!(
                source.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::IsADirectory
            ) || source.raw_os_error()
                == Some(rustix::io::Errno::LOOP.raw_os_error());
            let Some(next) = others.next().filter(|_| is_taken) else {
                let fault = JournalFault::Io(source);
                return Err(JournalError { path, fault });
            };
            path = next;
        }
    }
}

/// Returns the name of the nth file for torn lines, from 1; the first writable one is used.
fn torn_name(journal: &Path, nth: u32) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(".torn");
    if nth > 1 {
        name.push(format!("-{nth}"));
    }
    name.into()
}

/// Appends a torn line to a file; a new one gets the journal's permissions.
fn append_torn(path: &Path, torn: &[u8], journal: &File) -> io::Result<()> {
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(flags.bits().cast_signed())
        .open(path)?;
    let (own, like) = (file.metadata()?, journal.metadata()?);
    if own.len() == 0 && own.uid() == rustix::process::geteuid().as_raw() {
        let is_shared = own.gid() == like.gid() || fchown(&file, None, Some(like.gid())).is_ok();
        let mask = if is_shared { 0o666 } else { 0o600 };
        file.set_permissions(Permissions::from_mode(like.mode() & mask))?;
    }
    file.write_all(torn)?;
    file.write_all(b"\n")?;
    file.sync_all()
}

/// Makes a write beyond `RLIMIT_FSIZE` fail with EFBIG instead of SIGXFSZ ending the process.
fn survive_file_limits() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let nobody = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Without a handler, the limit ends the process as it always did.
        let _ = signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), nobody);
    });
}
