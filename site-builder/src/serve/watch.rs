//! Rebuilds when content, templates or styles change.

use super::Workshop;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tokio::sync::broadcast;

/// How long files must be quiet before a rebuild: editors write several times for one save.
const QUIET: Duration = Duration::from_millis(30);

/// Watches the workshop's folders until the result is dropped.
pub fn start(workshop: Workshop, reload: broadcast::Sender<()>) -> notify::Result<RecommendedWatcher> {
    let (changed, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(event.kind)) {
            // The receiver ends only with the program.
            let _ = changed.send(());
        }
    })?;
    for folder in workshop.folders.watched() {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
    }
    std::thread::spawn(move || rebuild_on_changes(&workshop, &changes, &reload));
    Ok(watcher)
}

fn is_change(kind: EventKind) -> bool {
    matches!(kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
}

fn rebuild_on_changes(workshop: &Workshop, changes: &mpsc::Receiver<()>, reload: &broadcast::Sender<()>) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(QUIET).is_ok() {}
        let started = Instant::now();
        if workshop.rebuild() {
            anstream::println!("rebuilt in {} ms", started.elapsed().as_millis());
            // An error means that no page is open.
            let _ = reload.send(());
        }
    }
}
