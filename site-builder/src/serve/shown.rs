//! What readers see: the last good site, whose pages are rendered when they are asked for, and what is wrong with the newest files.

use crate::project::Project;
use crate::report::Report;
use crate::site::Site;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// A good site.
pub struct Built {
    project: Project,
    site: Site,
    /// What was asked for before.
    made: Mutex<HashMap<String, Arc<[u8]>>>,
}

impl Built {
    /// A site without mistakes, of which nothing is rendered yet.
    pub fn new(project: Project, site: Site) -> Self {
        Self { project, site, made: Mutex::default() }
    }

    /// The content and the planned site.
    pub fn parts(&self) -> (&Project, &Site) {
        (&self.project, &self.site)
    }

    /// A file by its path, such as `502/index.html`; none where the site has no such file.
    pub fn file(&self, path: &str) -> Result<Option<Arc<[u8]>>, Report> {
        if let Some(made) = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(Some(Arc::clone(made)));
        }
        let made = self.project.file(&self.site, path)?.map(Arc::from);
        if let Some(made) = &made {
            self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), Arc::clone(made));
        }
        Ok(made)
    }
}

/// The last good site and what is wrong now; changed by the watcher, read by the server.
#[derive(Default)]
pub struct Shown {
    good: RwLock<Option<Arc<Built>>>,
    wrong: RwLock<Option<Arc<str>>>,
}

impl Shown {
    /// Shows a new site and gives back the one before. Nothing is wrong any more.
    pub fn show(&self, built: Arc<Built>) -> Option<Arc<Built>> {
        let before = self.good.write().unwrap_or_else(PoisonError::into_inner).replace(built);
        self.tell(None);
        before
    }

    /// Notes what is wrong; the last good site stays.
    pub fn tell(&self, wrong: Option<String>) {
        *self.wrong.write().unwrap_or_else(PoisonError::into_inner) = wrong.map(Arc::from);
    }

    /// The last good site, if there was one.
    pub fn good(&self) -> Option<Arc<Built>> {
        self.good.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is wrong now.
    pub fn wrong(&self) -> Option<Arc<str>> {
        self.wrong.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
