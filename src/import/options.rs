//! What an import is told beside the files.

use super::dispatch::Hints;
use super::external::External;
use super::form::Form;
use super::table::columns::ColumnMap;
use crate::extract::OwnWords;

/// How files are to be read.
#[derive(Debug, Default)]
pub struct Options {
    /// What is known of all of them together.
    pub hints: Hints,
    /// What they are, where that is not left to their content.
    pub form: Option<Form>,
    /// Foreign names of columns.
    pub map: ColumnMap,
    /// Whether actors that no party bears are registered, rather than their rows refused.
    pub add_parties: bool,
    /// The user's own words on top of the built-in ones.
    pub words: OwnWords,
    /// The program that extracts in the place of this one.
    pub external: Option<External>,
}
