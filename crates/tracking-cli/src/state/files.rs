//! Files that several runs share: one at a time has the lock, and a file is whole at any time.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use fs4::{FileExt, TryLockError};

/// A lock that other processes respect, until it is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or returns `None` if somebody else has it. The file is made if it is not there,
    /// and stays.
    pub(crate) fn take(path: &Path) -> io::Result<Option<Self>> {
        let file = private().truncate(false).open(path)?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// How sure it has to be that a file outlasts the end of the machine, and not only of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// What is lost with the power is no harm.
    Process,
    /// The bytes are on the disk before the file has its name.
    Machine,
}

/// Reads a file as a whole; `None` if there is none. A device, which may have no end, is refused.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is no regular file",
        ));
    }
    let mut content = Vec::new();
    file.read_to_end(&mut content)?;
    Ok(Some(content))
}

/// Replaces a file as a whole: whoever reads it finds the old content or the new one.
///
/// Writers of one file have to keep each other out with a [`Lock`].
pub(crate) fn replace(path: &Path, content: &[u8], durability: Durability) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);

    let mut file = private().truncate(true).open(&new)?;
    file.write_all(content)?;
    if durability == Durability::Machine {
        file.sync_all()?;
    }
    drop(file);
    fs::rename(&new, path)?;
    if durability == Durability::Machine {
        sync_folder(path)?;
    }
    Ok(())
}

/// Makes a folder that nobody else can look into.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// A file for this user alone: what is remembered shows which parcels somebody waits for.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// A new name of a file is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Folders cannot be opened here; the system writes names in order.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_is_taken_once_until_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");

        let first = Lock::take(&path).unwrap();
        assert!(first.is_some());
        assert!(Lock::take(&path).unwrap().is_none());
        drop(first);

        assert!(Lock::take(&path).unwrap().is_some());
    }

    #[test]
    fn device_is_not_read() {
        let folder = tempfile::tempdir().unwrap();

        assert_eq!(read(&folder.path().join("none")).unwrap(), None);
        assert!(read(folder.path()).is_err());
        #[cfg(unix)]
        assert!(read(Path::new("/dev/zero")).is_err());
    }

    #[test]
    fn replaced_file_is_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("a/b");
        make_folder(&folder).unwrap();
        let path = folder.join("state.json");

        for (content, durability) in [
            ("a longer first content", Durability::Machine),
            ("short", Durability::Process),
        ] {
            replace(&path, content.as_bytes(), durability).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }

        let names = fs::read_dir(&folder).unwrap();
        assert_eq!(names.count(), 1, "nothing is left beside it");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            assert_eq!(mode(&folder), 0o700);
        }
    }

    #[test]
    fn relative_file_is_replaced_in_its_folder() {
        assert!(sync_folder(Path::new("state.json")).is_ok());
    }
}
