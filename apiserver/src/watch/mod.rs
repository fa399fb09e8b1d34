//! The body of a watch: lines of events that go on.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use kubist_model::Status;
use serde_json::{Value, json};
use tokio::time::{Instant, Sleep};

use crate::handlers::filter::Filter;
use crate::handlers::present::Presented;
use crate::store::{Change, Cursor, CursorEnd, at_revision};

/// What a watch sends, in the order in which it sends it.
pub(crate) struct WatchStream {
    cursor: Option<Cursor>,
    filter: Filter,
    presented: Presented,
    /// Lines that are ready to be sent.
    ready: VecDeque<Value>,
    changes: Vec<Change>,
    end: Pin<Box<Sleep>>,
    bookmark: Option<(Pin<Box<Sleep>>, Duration)>,
}

/// How a watch is served.
pub(crate) struct WatchPlan {
    /// The end of a watch.
    pub(crate) timeout: Duration,
    /// The time between bookmarks; none if the client wants none.
    pub(crate) bookmarks: Option<Duration>,
    /// The objects to send first, as added.
    pub(crate) initial: Vec<Arc<Value>>,
    /// The revision to name in a bookmark behind them.
    pub(crate) initial_end: Option<u64>,
}

impl WatchStream {
    pub(crate) fn new(
        cursor: Result<Cursor, CursorEnd>,
        filter: Filter,
        presented: Presented,
        plan: &WatchPlan,
    ) -> WatchStream {
        let mut stream = WatchStream {
            cursor: None,
            filter,
            presented,
            ready: VecDeque::new(),
            changes: Vec::new(),
            end: Box::pin(tokio::time::sleep(plan.timeout)),
            bookmark: plan.bookmarks.map(|interval| (Box::pin(tokio::time::sleep(interval)), interval)),
        };
        for object in &plan.initial {
            if stream.filter.matches(object) {
                stream.event("ADDED", object);
            }
        }
        if let Some(revision) = plan.initial_end {
            stream.push_bookmark(revision, true);
        }
        match cursor {
            Ok(cursor) => stream.cursor = Some(cursor),
            Err(end) => stream.push_end(end),
        }
        stream
    }

    /// Returns the lines that are there, waits for some, or ends.
    pub(crate) fn poll_lines(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if self.ready.is_empty() && self.end.as_mut().poll(cx).is_ready() {
            return Poll::Ready(None);
        }
        if let Some(cursor) = &mut self.cursor {
            let mut changes = std::mem::take(&mut self.changes);
            match cursor.poll_changes(cx, &mut changes) {
                Poll::Ready(Ok(())) => changes.iter().for_each(|change| self.change(change)),
                Poll::Ready(Err(end)) => self.push_end(end),
                Poll::Pending => {}
            }
            changes.clear();
            self.changes = changes;
        }
        if self.ready.is_empty() {
            self.poll_bookmark(cx);
        }
        if !self.ready.is_empty() {
            let mut lines = Vec::new();
            for event in self.ready.drain(..) {
                serde_json::to_writer(&mut lines, &event).expect("a tree of JSON is JSON");
                lines.push(b'\n');
            }
            return Poll::Ready(Some(lines.into()));
        }
        if self.cursor.is_none() { Poll::Ready(None) } else { Poll::Pending }
    }

    fn poll_bookmark(&mut self, cx: &mut Context<'_>) {
        let Some(cursor) = &self.cursor else { return };
        let revision = cursor.revision();
        let Some((sleep, interval)) = &mut self.bookmark else { return };
        if sleep.as_mut().poll(cx).is_ready() {
            sleep.as_mut().reset(Instant::now() + *interval);
            // Ask once more, so that the timer wakes this task.
            let pending = sleep.as_mut().poll(cx).is_pending();
            debug_assert!(pending, "an interval is longer than nothing");
            self.push_bookmark(revision, false);
        }
    }

    /// Turns a change into the event that a client with this filter sees.
    fn change(&mut self, change: &Change) {
        let matches = |object: &Option<Arc<Value>>| object.as_ref().is_some_and(|object| self.filter.matches(object));
        match (matches(&change.previous), matches(&change.object)) {
            (false, true) => self.event_of("ADDED", change.object.as_ref()),
            (true, true) => self.event_of("MODIFIED", change.object.as_ref()),
            (true, false) => {
                if let Some(previous) = &change.previous {
                    let last = at_revision(previous, change.revision);
                    self.event("DELETED", &last);
                }
            }
            (false, false) => {}
        }
    }

    fn event_of(&mut self, kind: &str, object: Option<&Arc<Value>>) {
        if let Some(object) = object {
            self.event(kind, object);
        }
    }

    fn event(&mut self, kind: &str, object: &Value) {
        let object = self.presented.object(self.filter.row(), object);
        self.ready.push_back(json!({ "type": kind, "object": object }));
    }

    fn push_bookmark(&mut self, revision: u64, initial_end: bool) {
        let mut metadata = json!({ "resourceVersion": revision.to_string(), "creationTimestamp": null });
        if initial_end {
            metadata["annotations"] = json!({ "k8s.io/initial-events-end": "true" });
        }
        let info = &self.filter.row().info;
        let object = json!({ "kind": info.kind, "apiVersion": info.api_version(), "metadata": metadata });
        self.ready.push_back(json!({ "type": "BOOKMARK", "object": object }));
    }

    fn push_end(&mut self, end: CursorEnd) {
        self.cursor = None;
        if let CursorEnd::Expired(oldest) = end {
            let status = Status::expired(format!("too old resource version: {oldest}"));
            let object = serde_json::to_value(status).expect("a Status is JSON");
            self.ready.push_back(json!({ "type": "ERROR", "object": object }));
        }
    }
}

impl fmt::Debug for WatchStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchStream")
            .field("kind", &self.filter.row().info.kind)
            .field("ready", &self.ready.len())
            .finish_non_exhaustive()
    }
}
