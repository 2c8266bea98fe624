//! Photos of paper forms as they came, piece by piece. Knows not who may send or see one.

use super::{StorageError, Tx};
use shared::model::{dates::UnixSeconds, ids::PictureHash, record::DocumentId};

impl Tx<'_> {
    /// What is here of a picture, and whether that is all of it.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn picture(&self, document: DocumentId, sha256: &PictureHash) -> Result<Option<(Vec<u8>, bool)>, StorageError> {
        let values: super::statement::Values<'_> = &[&&document.to_bytes()[..], &&sha256.0[..]];
        self.first(include_str!("../../sql/queries/pictures/get.sql"), values, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Keeps what came of a picture so far, in place of what was here.
    ///
    /// # Errors
    /// [`StorageError`] if the database fails.
    pub fn set_picture(
        &self,
        document: DocumentId,
        sha256: &PictureHash,
        bytes: &[u8],
        whole: bool,
        now: UnixSeconds,
    ) -> Result<(), StorageError> {
        self.execute(
            include_str!("../../sql/queries/pictures/set.sql"),
            &[&&document.to_bytes()[..], &&sha256.0[..], &bytes, &whole, &now.0],
        )?;
        Ok(())
    }
}
