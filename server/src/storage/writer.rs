//! The one thread that writes. Takes what waits, runs it in one transaction, commits, and only then answers each.

use super::{StorageError, Tx};
use rusqlite::Connection;
use std::sync::{
    Arc,
    atomic::AtomicI64,
    mpsc::{Receiver, SyncSender, sync_channel},
};

/// Most pieces of work in one commit.
const GROUP: usize = 64;

/// What a piece of work became; told to its caller after the commit.
type Finish = Box<dyn FnOnce(Result<(), StorageError>) + Send>;

/// One caller's work: runs within the group's transaction and returns how to answer.
type Work = Box<dyn FnOnce(&Tx<'_>) -> Finish + Send>;

enum Job {
    /// Runs within the group's transaction.
    Write(Work),
    /// Runs outside of any transaction.
    Between(Box<dyn FnOnce(&Connection) + Send>),
}

pub(super) struct Writer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, statements_left: Arc<AtomicI64>) -> Result<Self, StorageError> {
        let (jobs, waiting) = sync_channel(GROUP * 4);
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || write_all(&connection, &waiting, &statements_left))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(super) fn run<T, E>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (answer, answered) = sync_channel::<Result<T, E>>(1);
        let job = Job::Write(Box::new(move |tx| {
            let result = tx.alone(|| work(tx));
            Box::new(move |committed| {
                let told = answer.send(committed.map_err(E::from).and(result));
                // The caller may have gone away; what is committed stays committed.
                drop(told);
            })
        }));
        self.send(job)?;
        answered.recv().map_err(|_| E::from(StorageError::Stopped))?
    }

    pub(super) fn between_transactions(
        &self,
        work: impl FnOnce(&Connection) -> Result<(), StorageError> + Send + 'static,
    ) -> Result<(), StorageError> {
        let (answer, answered) = sync_channel(1);
        self.send(Job::Between(Box::new(move |connection| drop(answer.send(work(connection))))))?;
        answered.recv().map_err(|_| StorageError::Stopped)?
    }

    fn send(&self, job: Job) -> Result<(), StorageError> {
        self.jobs.as_ref().ok_or(StorageError::Stopped)?.send(job).map_err(|_| StorageError::Stopped)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the database's writer had panicked");
        }
    }
}

fn write_all(connection: &Connection, waiting: &Receiver<Job>, statements_left: &AtomicI64) {
    while let Ok(first) = waiting.recv() {
        let mut next = Some(first);
        let mut group = Vec::new();
        while let Some(job) = next.take() {
            match job {
                Job::Between(work) if group.is_empty() => work(connection),
                Job::Between(work) => {
                    if !commit_group(connection, std::mem::take(&mut group), statements_left) {
                        return;
                    }
                    work(connection);
                }
                Job::Write(work) => group.push(work),
            }
            if group.len() < GROUP {
                next = waiting.try_recv().ok();
            }
        }
        if !group.is_empty() && !commit_group(connection, group, statements_left) {
            return;
        }
    }
}

/// Runs and commits a group; `false` when the writer must stop, since it can't promise anything any more.
fn commit_group(connection: &Connection, group: Vec<Work>, statements_left: &AtomicI64) -> bool {
    let answers: Result<Vec<Finish>, _> = connection.execute_batch("begin immediate").map(|()| {
        let tx = Tx::new(connection, statements_left);
        group.into_iter().map(|work| work(&tx)).collect()
    });
    let Ok(answers) = answers else { return true };
    if statements_left.load(std::sync::atomic::Ordering::SeqCst) <= 0 {
        // The power is cut: the transaction stays open and is dropped with the connection.
        answers.into_iter().for_each(|answer| answer(Err(StorageError::Stopped)));
        return false;
    }
    match connection.execute_batch("commit") {
        Ok(()) => {
            answers.into_iter().for_each(|answer| answer(Ok(())));
            true
        }
        Err(error) => {
            tracing::error!(%error, "a commit failed; nothing of it is on disk");
            let undone = connection.execute_batch("rollback").is_ok();
            answers.into_iter().for_each(|answer| answer(Err(StorageError::Stopped)));
            undone
        }
    }
}
