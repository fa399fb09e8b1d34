//! What discovery keeps with the client.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Mutex;

use super::aggregated::{self, ACCEPT, is_aggregated};
use super::catalogue::Catalogue;
use super::legacy;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::rest;

/// The last catalogue, and a turn to fetch the next.
#[derive(Default)]
pub(super) struct Cache {
    known: RwLock<Option<Arc<Catalogue>>>,
    turn: Mutex<()>,
}

impl Cache {
    /// Returns what is known, and whether it was fetched for this call; fetches it if nothing is known.
    pub(super) async fn get(&self, client: &Client) -> Result<(Arc<Catalogue>, bool)> {
        match self.known() {
            Some(known) => Ok((known, false)),
            None => Ok((self.newer_than(None, client).await?, true)),
        }
    }

    /// Fetches a catalogue, unless somebody else has replaced this one by now: then that is new enough.
    pub(super) async fn newer_than(&self, old: Option<&Arc<Catalogue>>, client: &Client) -> Result<Arc<Catalogue>> {
        let turn = self.turn.lock().await;
        if let Some(known) = self.known()
            && old.is_none_or(|old| !Arc::ptr_eq(old, &known))
        {
            return Ok(known);
        }
        // Boxed, since it is large and rarely needed.
        let fetched = Arc::new(Box::pin(fetch(client)).await?);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&fetched));
        drop(turn);
        Ok(fetched)
    }

    pub(super) fn forget(&self) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn known(&self) -> Option<Arc<Catalogue>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Asks the server, in the aggregated form if it has it.
async fn fetch(client: &Client) -> Result<Catalogue> {
    let answers = legacy::join_all(["/api", "/apis"].map(|path| aggregated_or_absent(client, path))).await;
    let mut catalogue = Catalogue::default();
    let mut absent = None;
    for answer in answers {
        match answer? {
            Answer::Found(response) if is_aggregated(response.headers()) => {
                response.json::<aggregated::GroupList>()?.add_to(&mut catalogue);
            }
            // One of them in the older form: the other would lack half.
            Answer::Found(_) => return legacy::fetch(client).await,
            Answer::Absent(error) => match absent {
                None => absent = Some(error),
                Some(_) => return Err(error),
            },
        }
    }
    Ok(catalogue)
}

enum Answer {
    Found(Box<rest::Response>),
    Absent(Error),
}

/// A server that only has CRDs, or only the core group, lacks one of the paths.
async fn aggregated_or_absent(client: &Client, path: &str) -> Result<Answer> {
    match client.rest().get().abs_path(path).accept(ACCEPT).send().await {
        Ok(response) => Ok(Answer::Found(Box::new(response))),
        Err(error) if error.is_not_found() => Ok(Answer::Absent(error)),
        Err(error) => Err(error),
    }
}
