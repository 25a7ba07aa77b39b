//! Small helpers for building elements. Text is always set as text: nothing here parses HTML.

use crate::inline::{self, Piece};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

/// Something drawn, or the browser's reason why not.
pub(crate) type Drawn<T = Element> = Result<T, JsValue>;

/// Puts an element at the end of another.
pub(crate) fn append(parent: &Element, child: &Element) -> Drawn<()> {
    parent.append_child(child).map(drop)
}

/// Builds elements of one document.
pub(crate) struct Dom(Document);

impl Dom {
    /// A builder for `document`.
    pub fn new(document: Document) -> Self {
        Self(document)
    }

    /// The element that has the focus.
    pub fn active_element(&self) -> Option<Element> {
        self.0.active_element()
    }

    /// The element with that id.
    pub fn by_id(&self, id: &str) -> Option<Element> {
        self.0.get_element_by_id(id)
    }

    /// An empty element.
    pub fn element(&self, name: &str, class: &str) -> Drawn {
        let element = self.0.create_element(name)?;
        if !class.is_empty() {
            element.set_attribute("class", class)?;
        }
        Ok(element)
    }

    /// An element that holds a text as it is.
    pub fn text(&self, name: &str, class: &str, text: &str) -> Drawn {
        let element = self.element(name, class)?;
        element.set_text_content(Some(text));
        Ok(element)
    }

    /// An element that holds other elements.
    pub fn group<'e>(&self, name: &str, class: &str, children: impl IntoIterator<Item = &'e Element>) -> Drawn {
        let element = self.element(name, class)?;
        for child in children {
            append(&element, child)?;
        }
        Ok(element)
    }

    /// A link.
    pub fn link(&self, class: &str, address: &str, text: &str) -> Drawn {
        let link = self.text("a", class, text)?;
        link.set_attribute("href", address)?;
        Ok(link)
    }

    /// An element with a text of content: `code` and [links](/).
    pub fn prose(&self, name: &str, class: &str, text: &str) -> Drawn {
        let element = self.element(name, class)?;
        self.append_pieces(&element, inline::pieces(text))?;
        Ok(element)
    }

    /// An element with a text that may quote evidence: only `code` is set apart, no link is made.
    pub fn quotation(&self, name: &str, class: &str, text: &str) -> Drawn {
        let element = self.element(name, class)?;
        self.append_pieces(&element, inline::pieces_without_links(text))?;
        Ok(element)
    }

    fn append_pieces(&self, parent: &Element, pieces: Vec<Piece<'_>>) -> Drawn<()> {
        for piece in pieces {
            match piece {
                Piece::Text(text) => parent.append_with_str_1(text)?,
                Piece::Code(text) => append(parent, &self.text("code", "", text)?)?,
                Piece::Link { text, address } => {
                    let link = self.link("", address, "")?;
                    self.append_pieces(&link, inline::pieces_without_links(text))?;
                    append(parent, &link)?;
                }
            }
        }
        Ok(())
    }
}
