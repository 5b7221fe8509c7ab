//! Writing: one write of whole lines, durable or cut back. May use: `journal::tail`.

use super::{Journal, JournalError, tail::Tail};
use std::{
    ffi::OsString,
    fmt,
    fs::{File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
    sync::Once,
};

/// The calls that a disk can fail, so that tests can make them fail.
pub trait Disk: Send + fmt::Debug {
    /// Writes once, perhaps not all.
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

    /// Cuts the file back.
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
    /// Appends lines under the lock, all that is there having been read; the file then ends with
    /// them, or is as it was. The error says whether it is.
    pub(super) fn put(&mut self, file: &File, lines: &[&str]) -> Result<(), (JournalError, bool)> {
        survive_file_limits();
        let mended = self.mend(file).and_then(|prefix| {
            let start = file.metadata()?.len();
            if start == 0 {
                // A line in a file whose name may vanish is not durable.
                crate::files::sync_name(self.path())?;
            }
            Ok((prefix, start))
        });
        let (prefix, start) = mended.map_err(|source| (self.io(source), true))?;
        let mut bytes = prefix.into_bytes();
        for line in lines {
            bytes.extend(line.as_bytes());
            bytes.push(b'\n');
        }
        let result = self.write_whole(file, &bytes, start);
        self.note(file, start, result.is_ok().then_some(&bytes));
        result.map_err(|(source, cut)| (self.io(source), cut))
    }

    /// Notes how the file is after a write, which left these bytes or nothing at all.
    fn note(&mut self, file: &File, start: u64, written: Option<&Vec<u8>>) {
        let noted = match (&mut self.seen, written) {
            (Some(seen), Some(bytes)) => seen.wrote(bytes, start, file),
            (Some(seen), None) => seen.note(file),
            (None, _) => Ok(()),
        };
        if noted.is_err() {
            // Then the file is read from its start the next time.
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
            // The cut itself may not be durable either; the next append looks again.
            let _ = self.disk.sync(file);
            (error, cut)
        })
    }

    /// Learns why a write was short by trying the rest, which is cut back with all.
    fn why_short(&mut self, file: &File, rest: &[u8]) -> io::Error {
        match self.disk.write(file, rest) {
            Err(error) => error,
            Ok(_) => io::ErrorKind::WriteZero.into(),
        }
    }

    /// Repairs the end of the file, and returns what must stand before the next line: the header,
    /// or the end of a line that lacks it.
    fn mend(&mut self, file: &File) -> io::Result<String> {
        let Some(seen) = &self.seen else {
            return Ok(String::new());
        };
        let offset = seen.offset;
        match seen.tail.clone() {
            Tail::Unended => return Ok("\n".to_owned()),
            Tail::Clean => {}
            Tail::Torn(torn) => {
                self.keep_torn(&torn)?;
                self.disk.cut(file, offset)?;
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

    /// Copies a torn line to `<journal>.torn`, durably, before it is cut.
    fn keep_torn(&self, torn: &[u8]) -> io::Result<()> {
        let mut name = OsString::from(self.path());
        name.push(".torn");
        let no_follow = rustix::fs::OFlags::NOFOLLOW.bits();
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .custom_flags(no_follow.cast_signed())
            .open(PathBuf::from(name))?;
        file.write_all(torn)?;
        file.write_all(b"\n")?;
        file.sync_all()
    }
}

/// Lets a write beyond `RLIMIT_FSIZE` fail with EFBIG; SIGXFSZ would end the process otherwise.
fn survive_file_limits() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let nobody = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Where no handler can be set, a full limit ends the process as it always did.
        let _ = signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), nobody);
    });
}
