//! Decoding beside reading: one thread takes the text apart, others make columns of it, and the results come back in order.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::IntakeError;
use crate::columns::plan::Plan;
use crate::decode::{Decoded, decode};
use crate::formats::Rows;
use crate::limits::CHUNK_ROWS;
use crate::sheet::block::Block;

type Job = (u64, Vec<Block>);
type Done = (u64, Result<Decoded, IntakeError>);

/// Decodes all rows of a sheet and hands on each chunk in the order of the rows.
///
/// # Errors
/// The file is damaged or beyond a limit, or the receiver wants no more.
pub(crate) fn decode_all(
    plan: &Plan<'_>,
    rows: &mut dyn Rows,
    n_threads: usize,
    take: &mut dyn FnMut(Decoded) -> Result<(), IntakeError>,
) -> Result<(), IntakeError> {
    let first = next_blocks(rows)?;
    // A sheet of one chunk is not worth a thread.
    let second = if first.is_empty() { Vec::new() } else { next_blocks(rows)? };
    if n_threads > 0 && !second.is_empty() {
        return decode_beside(plan, rows, n_threads, vec![first, second], take);
    }
    let mut blocks = first;
    let mut memories = Vec::new();
    let mut next = second;
    while !blocks.is_empty() {
        take(decode(plan, &blocks, &mut memories)?)?;
        blocks = next;
        next = if blocks.is_empty() { Vec::new() } else { next_blocks(rows)? };
    }
    Ok(())
}

fn decode_beside(
    plan: &Plan<'_>,
    rows: &mut dyn Rows,
    n_threads: usize,
    begun: Vec<Vec<Block>>,
    take: &mut dyn FnMut(Decoded) -> Result<(), IntakeError>,
) -> Result<(), IntakeError> {
    let (job_sender, job_receiver) = sync_channel::<Job>(n_threads);
    let (done_sender, done_receiver) = sync_channel::<Done>(n_threads + 1);
    let job_receiver = Mutex::new(job_receiver);
    thread::scope(|scope| {
        for _ in 0..n_threads {
            let (done_sender, job_receiver) = (done_sender.clone(), &job_receiver);
            scope.spawn(move || work(plan, job_receiver, &done_sender));
        }
        drop(done_sender);
        let mut order = Order {
            jobs: Some(job_sender),
            done: done_receiver,
            next_job: 0,
            next_done: 0,
            early: BTreeMap::new(),
        };
        for blocks in begun {
            order.give(blocks, n_threads, take)?;
        }
        loop {
            let blocks = next_blocks(rows)?;
            if blocks.is_empty() {
                break;
            }
            order.give(blocks, n_threads, take)?;
        }
        order.jobs = None;
        order.finish(take)
    })
}

fn work(plan: &Plan<'_>, jobs: &Mutex<Receiver<Job>>, done: &SyncSender<Done>) {
    let mut memories = Vec::new();
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, blocks)) = job else { return };
        if done.send((number, decode(plan, &blocks, &mut memories))).is_err() {
            return;
        }
    }
}

/// Keeps the results in the order of the jobs.
struct Order {
    jobs: Option<SyncSender<Job>>,
    done: Receiver<Done>,
    next_job: u64,
    next_done: u64,
    early: BTreeMap<u64, Result<Decoded, IntakeError>>,
}

impl Order {
    fn give(
        &mut self,
        blocks: Vec<Block>,
        n_threads: usize,
        take: &mut dyn FnMut(Decoded) -> Result<(), IntakeError>,
    ) -> Result<(), IntakeError> {
        // No more chunks are under way than threads and one waiting: this bounds the memory.
        while self.next_job - self.next_done > n_threads as u64 {
            self.take_one(take)?;
        }
        if let Some(jobs) = &self.jobs {
            jobs.send((self.next_job, blocks)).map_err(|_| IntakeError::Stopped)?;
            self.next_job += 1;
        }
        Ok(())
    }

    fn take_one(
        &mut self,
        take: &mut dyn FnMut(Decoded) -> Result<(), IntakeError>,
    ) -> Result<(), IntakeError> {
        let decoded = loop {
            if let Some(decoded) = self.early.remove(&self.next_done) {
                break decoded;
            }
            let (number, decoded) = self.done.recv().map_err(|_| IntakeError::Stopped)?;
            self.early.insert(number, decoded);
        };
        self.next_done += 1;
        take(decoded?)
    }

    fn finish(
        &mut self,
        take: &mut dyn FnMut(Decoded) -> Result<(), IntakeError>,
    ) -> Result<(), IntakeError> {
        while self.next_done < self.next_job {
            self.take_one(take)?;
        }
        Ok(())
    }
}

/// Collects the blocks of one chunk.
fn next_blocks(rows: &mut dyn Rows) -> Result<Vec<Block>, IntakeError> {
    let mut blocks = Vec::new();
    let mut n_rows = 0;
    while n_rows < CHUNK_ROWS {
        let Some(block) = rows.next_block()? else { break };
        n_rows += block.rows.len();
        blocks.push(block);
    }
    Ok(blocks)
}
