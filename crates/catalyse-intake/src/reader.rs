//! The reader: what reading needs of a study, worked out once for any number of deliveries.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use catalyse_codebook::{Codebook, ListIndex, Variable, VariableName};
use catalyse_records::{Event, Layout, Table};

use crate::columns::heads::Heads;
use crate::columns::markers::Markers;
use crate::formats::ALL;
use crate::look::Look;
use crate::read::Reading;
use crate::sheet::choose::choose;
use crate::sheet::kept::{self, KeptSheets};
use crate::{Delivery, IntakeError, Kind, Options};

/// Reads deliveries of one study from one sender.
///
/// The words of heads, code lists and missing reasons are folded when they are first needed and kept: small files cost little.
pub struct Reader<'a> {
    pub(crate) codebook: &'a Codebook,
    pub(crate) options: Options,
    pub(crate) heads: Heads<'a>,
    /// The variables of person, wave and partner.
    pub(crate) keys: Vec<usize>,
    words: Mutex<BTreeMap<VariableName, Arc<Words<'a>>>>,
    layouts: Mutex<BTreeMap<Table, Arc<Layout>>>,
}

/// Holds the words that a variable's cells may hold.
pub(crate) struct Words<'a> {
    /// Those of its list.
    pub(crate) list: Option<ListIndex<'a>>,
    /// Those for a missing reason.
    pub(crate) markers: Markers,
}

impl<'a> Reader<'a> {
    /// Makes a reader for a study and what is known of the deliveries to come.
    pub fn new(codebook: &'a Codebook, options: Options) -> Self {
        let heads = Heads::new(codebook, &options.mapping);
        let study = &codebook.study;
        let keys = [&study.person, &study.wave, &study.partner]
            .iter()
            .filter_map(|name| heads.position(name))
            .collect();
        let (words, layouts) = (Mutex::default(), Mutex::default());
        Self { codebook, options, heads, keys, words, layouts }
    }

    /// Reads a delivery and hands on what it finds: the sources with their recognised columns first, then chunks of records with the
    /// texts of cells that could not be read, at last all findings and the ledger.
    ///
    /// **Shape**: one source a sheet, those that are not read included; a chunk holds up to about 33 000 rows of one sheet, in their order.
    /// **Missing**: an empty cell is NULL; a word for a missing reason counts where the codebook allows it; what cannot be read is NULL with the reason `to_check` and a finding.
    ///
    /// # Errors
    /// The file is no table, damaged, encrypted, empty or beyond a limit; no header is recognised; or the receiver breaks off.
    pub fn read(
        &self,
        delivery: Delivery<'_>,
        sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
    ) -> Result<(), IntakeError> {
        let Delivery { name, reader } = delivery;
        let look = Look::at(reader)?;
        let format = ALL
            .iter()
            .find(|format| format.recognises(&look))
            .ok_or(IntakeError::NotATable(Kind::Office))?;
        let may_stay = kept::may_stay(reader)?;
        let mut sheets = format.open(reader, &self.heads)?;
        if may_stay {
            sheets = Box::new(KeptSheets::new(sheets));
        }
        let person = self.heads.position(&self.codebook.study.person).unwrap_or(usize::MAX);
        let chosen = choose(sheets.as_mut(), &self.heads, person)?;
        Reading { reader: self, file: name }.read_sheets(sheets.as_mut(), &chosen, sink)
    }

    /// Returns the words of a variable.
    pub(crate) fn words(&self, variable: &'a Variable) -> Arc<Words<'a>> {
        let mut known = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let words = known.entry(variable.name.clone()).or_insert_with(|| {
            let list = self.codebook.list_of(variable).map(ListIndex::new);
            Arc::new(Words { list, markers: Markers::of(variable) })
        });
        Arc::clone(words)
    }

    /// Returns the layout of a table.
    pub(crate) fn layout(&self, table: &Table) -> Result<Arc<Layout>, IntakeError> {
        let mut known = self.layouts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(layout) = known.get(table) {
            return Ok(Arc::clone(layout));
        }
        let layout = Layout::new(self.codebook, table.clone());
        let layout = Arc::new(layout.map_err(|error| IntakeError::Study(error.to_string()))?);
        known.insert(table.clone(), Arc::clone(&layout));
        Ok(layout)
    }
}
