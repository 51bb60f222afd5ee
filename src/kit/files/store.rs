//! Where files are kept: a folder of this machine, or a bucket of an S3 server. Under names that nobody can guess.

use std::fs;
use std::io::ErrorKind;
use std::ops::Deref;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;

use crate::kit::crypto::Opening;
use crate::kit::problem::{BUSY, Problem, Result};

/// How long a request waits for the store.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a phone on a bad line may take to fetch a file.
const FETCHING: Duration = Duration::from_secs(600);
/// Chunks that wait for the caller to take them.
const AHEAD: usize = 4;

/// Where files are kept.
pub enum Home {
    /// In a folder of this machine, made when it is missing.
    Folder(PathBuf),
    /// In a bucket of an S3 server.
    Bucket(Bucket),
}

/// A bucket of an S3 server. Has no `Debug`, so that its secret is in no log.
pub struct Bucket {
    /// The server's address. Secrets and files go there in the clear if it is `http://`.
    pub endpoint: String,
    /// The bucket's name.
    pub name: String,
    /// Its region.
    pub region: String,
    /// Whose it is.
    pub access_key: String,
    /// And the proof of it.
    pub secret_key: String,
}

/// Keeps files. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    threads: Arc<Threads>,
}

/// Threads of the store's own: neither disk nor S3 may hold up those that speak HTTP.
struct Threads(Option<Runtime>);

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // The last to let go may be a thread that must not wait.
            runtime.shutdown_background();
        }
    }
}

/// The bytes of a kept file, as they come.
pub struct Content {
    /// How many there are.
    pub size: u64,
    /// They.
    pub chunks: mpsc::Receiver<std::io::Result<Bytes>>,
}

impl Store {
    /// Opens the folder or the bucket.
    pub fn open(home: Home) -> Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(2).max_blocking_threads(8).thread_name("store").enable_all();
        let threads = Arc::new(Threads(Some(builder.build().map_err(Problem::fault)?)));
        Ok(Self { objects: objects(home)?, threads })
    }

    /// Keeps a file. When this has come back, it is there to stay.
    pub async fn put(&self, key: &str, content: Bytes) -> Result<()> {
        let (objects, path) = (self.objects.clone(), Path::from(key));
        self.run(async move { objects.put(&path, content.into()).await }).await.map(drop)
    }

    /// Fetches a kept file. Must be there: its name is known only where it was kept.
    pub async fn get(&self, key: &str) -> Result<Content> {
        let (objects, path) = (self.objects.clone(), Path::from(key));
        let found = self.run(async move { objects.get(&path).await }).await?;
        let size = found.range.end - found.range.start;
        let (tell, chunks) = mpsc::channel(AHEAD);
        let fetching = async move {
            let mut stream = found.into_stream();
            while let Some(chunk) = stream.next().await {
                if tell.send(chunk.map_err(std::io::Error::other)).await.is_err() {
                    break;
                }
            }
        };
        self.runtime()?.spawn(tokio::time::timeout(FETCHING, fetching));
        Ok(Content { size, chunks })
    }

    /// The bytes of a kept file that was sealed, opened as they come; `size` is how many that makes.
    pub fn opened(&self, sealed: Content, opening: Opening, size: u64) -> Result<Content> {
        let (tell, chunks) = mpsc::channel(AHEAD);
        self.runtime()?.spawn(open(sealed.chunks, opening, tell));
        Ok(Content { size, chunks })
    }

    /// Removes files; those that are not there are as good as removed.
    pub async fn remove(&self, keys: Vec<String>) -> Result<()> {
        let objects = self.objects.clone();
        let remove = stream::iter(keys).map(Ok).try_for_each_concurrent(16, move |key| {
            let objects = objects.clone();
            async move {
                match objects.delete(&Path::from(key)).await {
                    Err(object_store::Error::NotFound { .. }) => Ok(()),
                    done => done,
                }
            }
        });
        self.run(remove).await
    }

    /// Keeps a file, from a thread that may wait.
    pub fn put_here(&self, key: &str, content: Bytes) -> Result<()> {
        self.runtime()?.block_on(self.put(key, content))
    }

    /// All of a kept file, for a thread that may wait.
    pub fn get_here(&self, key: &str) -> Result<Bytes> {
        let (objects, path) = (self.objects.clone(), Path::from(key));
        let whole = async move { objects.get(&path).await?.bytes().await };
        self.runtime()?.block_on(self.run(whole))
    }

    /// The same from a thread that may wait.
    pub fn remove_here(&self, keys: Vec<String>) -> Result<()> {
        self.runtime()?.block_on(self.remove(keys))
    }

    /// What is kept under a prefix since before a moment, for a thread that may wait.
    pub fn list_here(&self, prefix: &str, before: DateTime<Utc>) -> Result<Vec<String>> {
        let listed = self.objects.list(Some(&Path::from(prefix)));
        let old = listed.try_filter_map(move |object| async move {
            Ok((object.last_modified < before).then(|| object.location.to_string()))
        });
        self.runtime()?.block_on(old.try_collect()).map_err(problem)
    }

    fn runtime(&self) -> Result<&Runtime> {
        self.threads.deref().0.as_ref().ok_or_else(|| Problem::fault("the store is closed"))
    }

    /// Work that was begun is not broken off when its caller leaves.
    async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Result<T> {
        let task = self.runtime()?.spawn(tokio::time::timeout(PATIENCE, work));
        match task.await.map_err(Problem::fault)? {
            Ok(done) => done.map_err(problem),
            Err(_) => Err(Problem::from(&BUSY).after(5).because("the file store takes too long")),
        }
    }
}

async fn open(
    mut sealed: mpsc::Receiver<std::io::Result<Bytes>>,
    mut opening: Opening,
    tell: mpsc::Sender<std::io::Result<Bytes>>,
) {
    while let Some(chunk) = sealed.recv().await {
        let plain = chunk.and_then(|bytes| opening.take(&bytes).map_err(unopened));
        let is_broken = plain.is_err();
        if plain.as_ref().is_ok_and(Vec::is_empty) {
            continue;
        }
        if tell.send(plain.map(Bytes::from)).await.is_err() || is_broken {
            return;
        }
    }
    // One that was broken off does not end.
    let last = opening.end().map(Bytes::from).map_err(unopened);
    let _the_caller_may_have_gone = tell.send(last).await;
}

/// Whoever fetches it is only broken off, so whoever runs the store is told.
fn unopened(problem: Problem) -> std::io::Error {
    tracing::error!(%problem, "a kept file does not open");
    std::io::Error::other(problem)
}

fn problem(error: object_store::Error) -> Problem {
    match error {
        object_store::Error::NotFound { path, .. } => Problem::fault(format!("the file store lacks {path}")),
        error => Problem::from(&BUSY).after(5).because(error),
    }
}

fn objects(home: Home) -> Result<Arc<dyn ObjectStore>> {
    match home {
        Home::Folder(folder) => {
            make(&folder)
                .map_err(|error| Problem::fault(format!("cannot make {}: {error}", folder.display())))?;
            let objects = LocalFileSystem::new_with_prefix(&folder).map_err(Problem::fault)?;
            // A row says that its file is there, so the disk must have it before the row.
            Ok(Arc::new(objects.with_fsync(true)))
        }
        Home::Bucket(bucket) => {
            let client = ClientOptions::new()
                .with_connect_timeout(Duration::from_secs(5))
                .with_timeout(FETCHING)
                .with_read_timeout(PATIENCE)
                .with_allow_http(bucket.endpoint.starts_with("http://"));
            let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
            let objects = AmazonS3Builder::new()
                .with_client_options(client)
                // Not every server of this protocol removes many at once.
                .with_disable_bulk_delete(true)
                .with_retry(retry)
                .with_endpoint(bucket.endpoint)
                .with_bucket_name(bucket.name)
                .with_region(bucket.region)
                .with_access_key_id(bucket.access_key)
                .with_secret_access_key(bucket.secret_key);
            Ok(Arc::new(objects.build().map_err(Problem::fault)?))
        }
    }
}

/// Makes the folder for us alone, and those above it as anybody would: PostgreSQL's user may have to pass through them.
fn make(folder: &std::path::Path) -> std::io::Result<()> {
    folder.parent().map_or(Ok(()), fs::create_dir_all)?;
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_folder_is_ours_alone_and_may_be_reached() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("data/files");
        // Twice: it may be there.
        make(&folder).and_then(|()| make(&folder)).unwrap();
        fs::create_dir(above.path().join("any")).unwrap();
        let mode = |name: &str| fs::metadata(above.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("data/files"), 0o700);
        assert_eq!(mode("data"), mode("any"), "PostgreSQL's user passes through");
    }
}
