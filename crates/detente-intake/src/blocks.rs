//! Markup made even before the report is looked for in it: words that stand bare beside elements, or apart by line
//! breaks only, come into paragraphs; what is no text is left out.
//!
//! The extractor loses words that follow a heading or a `<wbr>` without an element of their own, so that the first
//! paragraph of a printed page was gone.

use crate::flow::{INLINE, SILENT};
use std::collections::BTreeSet;
use trafilatura::dom::{Document, NodeId};

/// Elements that hold paragraphs and are none.
const CONTAINERS: &[&str] = &["article", "body", "center", "div", "main", "section", "td", "th"];

/// Elements without an inside.
const VOID: &[&str] = &["area", "base", "br", "col", "hr", "img", "param", "track"];

/// The page in even markup.
pub(crate) fn even(document: &Document) -> String {
    let Some(body) = document.body() else { return String::new() };
    let mut even = Even { document, blocks: BTreeSet::new(), out: "<!DOCTYPE html><html>".to_string() };
    even.find_blocks(body);
    even.element(body);
    even.out.push_str("</html>");
    even.out
}

struct Even<'d> {
    document: &'d Document,
    /// Elements that stand by themselves or have one in them that does.
    blocks: BTreeSet<NodeId>,
    out: String,
}

impl Even<'_> {
    fn find_blocks(&mut self, id: NodeId) -> bool {
        if !self.document.is_element(id) {
            return false;
        }
        let tag = self.document.tag_name(id);
        let mut block = !INLINE.contains(&tag) && !SILENT.contains(&tag) && tag != "br";
        for child in self.document.child_nodes(id) {
            block |= self.find_blocks(child);
        }
        if block {
            self.blocks.insert(id);
        }
        block
    }

    fn node(&mut self, id: NodeId) {
        if self.document.is_text(id) {
            escape(&self.document.text_content(id), &mut self.out);
        } else if self.document.is_element(id) {
            self.element(id);
        }
    }

    fn element(&mut self, id: NodeId) {
        let tag = self.document.tag_name(id).to_string();
        // A script is of no use, and neither is a place where a word may be cut.
        if tag == "wbr" || (SILENT.contains(&tag.as_str()) && tag != "head") {
            return;
        }
        self.out.push('<');
        self.out.push_str(&tag);
        for name in self.document.attribute_names(id) {
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c));
            if let Some(value) = self.document.get_attribute(id, &name).filter(|_| plain) {
                self.out.push(' ');
                self.out.push_str(&name);
                self.out.push_str("=\"");
                escape(&value, &mut self.out);
                self.out.push('"');
            }
        }
        self.out.push('>');
        if VOID.contains(&tag.as_str()) {
            return;
        }
        self.inside(id, &tag);
        self.out.push_str("</");
        self.out.push_str(&tag);
        self.out.push('>');
    }

    fn inside(&mut self, id: NodeId, tag: &str) {
        let children = self.document.child_nodes(id);
        let mixed = children.iter().any(|child| self.blocks.contains(child)) || self.breaks(&children);
        if !CONTAINERS.contains(&tag) || !mixed {
            children.into_iter().for_each(|child| self.node(child));
            return;
        }
        let mut bare: Vec<NodeId> = Vec::new();
        for child in children {
            if self.blocks.contains(&child) {
                self.paragraphs(&mut bare);
                self.node(child);
            } else {
                bare.push(child);
            }
        }
        self.paragraphs(&mut bare);
    }

    /// Are there two line breaks with nothing between them?
    fn breaks(&self, children: &[NodeId]) -> bool {
        let mut before = false;
        children.iter().any(|id| {
            let this = self.is_break(*id);
            let found = this && before;
            before = this || (before && self.is_blank(*id));
            found
        })
    }

    fn is_break(&self, id: NodeId) -> bool {
        self.document.is_element(id) && self.document.tag_name(id) == "br"
    }

    fn is_blank(&self, id: NodeId) -> bool {
        self.document.is_text(id) && self.document.text_content(id).trim().is_empty()
    }

    /// Bare words to paragraphs, cut where two line breaks stand.
    fn paragraphs(&mut self, bare: &mut Vec<NodeId>) {
        let mut part: Vec<NodeId> = Vec::new();
        let mut breaks = 0;
        for id in std::mem::take(bare) {
            breaks = match () {
                () if self.is_break(id) => breaks + 1,
                () if self.is_blank(id) => breaks,
                () => 0,
            };
            if breaks == 2 {
                self.paragraph(&part);
                part.clear();
            }
            if breaks < 2 {
                part.push(id);
            }
        }
        self.paragraph(&part);
    }

    fn paragraph(&mut self, part: &[NodeId]) {
        let words = part.iter().any(|id| !self.document.text_content(*id).trim().is_empty());
        if words {
            self.out.push_str("<p>");
            part.iter().for_each(|id| self.node(*id));
            self.out.push_str("</p>");
        } else {
            // Pictures.
            part.iter().for_each(|id| self.node(*id));
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
