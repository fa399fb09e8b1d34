//! The file with the kubeconfig: ours to write and to remove, and nobody else's to read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The first line of files that this program may replace.
const OURS: &str = "# Written by kubist-apiserver, which removes it when it ends.\n";

/// A kubeconfig that was written. Dropping it removes the file.
pub(crate) struct KubeconfigFile {
    path: PathBuf,
    text: String,
}

impl KubeconfigFile {
    /// Writes the file. One that is there is replaced only if this program wrote it.
    pub(crate) fn write(path: &Path, kubeconfig: &str) -> io::Result<KubeconfigFile> {
        let path = std::path::absolute(path)?;
        let text = format!("{OURS}{kubeconfig}");
        try_write(&path, &text).map_err(|error| {
            let problem = match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    "there is something that this program did not write; choose another with --kubeconfig PATH"
                        .to_owned()
                }
                _ => error.to_string(),
            };
            io::Error::new(error.kind(), format!("{} cannot be written: {problem}", path.display()))
        })?;
        Ok(KubeconfigFile { path, text })
    }

    /// Returns the absolute path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, unless somebody else has replaced it.
    pub(crate) fn remove(self) -> io::Result<()> {
        self.try_remove().map_err(|error| {
            io::Error::new(error.kind(), format!("{} cannot be removed: {error}", self.path.display()))
        })
    }

    fn try_remove(&self) -> io::Result<()> {
        match fs::read(&self.path) {
            Ok(found) if found == self.text.as_bytes() => fs::remove_file(&self.path),
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl Drop for KubeconfigFile {
    fn drop(&mut self) {
        // `remove` tells what goes wrong; here another error is already on its way.
        self.try_remove().ok();
    }
}

fn try_write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|found| found.starts_with(OURS.as_bytes())) {
        fs::remove_file(path)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
