//! The reader: what reading needs of a study, worked out once for any number of deliveries.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use catalyse_codebook::{Codebook, ListIndex, Variable, VariableName};
use catalyse_records::{Event, Layout, Table};

use crate::columns::heads::Heads;
use crate::columns::markers::Markers;
use crate::{IntakeError, Options};

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

/// Holds what stays the same for all sheets of a delivery.
pub(crate) struct Reading<'a, 'r> {
    pub(crate) reader: &'r Reader<'a>,
    pub(crate) file: &'r str,
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

/// Takes the events of a reading; it may break off.
pub(crate) type Sink<'s> = dyn FnMut(Event) -> ControlFlow<()> + 's;

/// Hands an event on.
///
/// # Errors
/// The receiver breaks off.
pub(crate) fn hand_on(sink: &mut Sink<'_>, event: Event) -> Result<(), IntakeError> {
    match sink(event) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(IntakeError::Stopped),
    }
}
