//! Markup to paragraphs: a blank line between them, marks of Markdown before headings and entries of lists.
//!
//! The reader knows headings, lists and captions by these marks, so that none of them is read as a sentence.

use dom_query::{Document, NodeRef};

/// Elements that are no text at all.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "select", "option", "button", "input", "textarea", "map", "title", "meta", "link",
];

/// Furniture of a page, left out where no report was found in it.
const FURNITURE: &[&str] = &["nav", "header", "footer", "aside", "form", "menu", "dialog"];

/// Elements that stand in the line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "ref", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "hi", "graphic", "img", "picture", "source",
];

/// The text of a piece of markup.
pub(crate) fn of_html(html: &str) -> String {
    let document = Document::from(html);
    of(&document, &[])
}

/// The text of a mail that is a page.
pub(crate) fn of_mail(html: &str) -> String {
    of_html(&crate::tame::tame(html).html)
}

/// The text of a field that may be markup: each of its lines is a paragraph then.
pub(crate) fn of_words(words: &str) -> String {
    let markup = ["</p>", "<br", "</div>", "<p>"].iter().any(|tag| words.contains(tag));
    if markup {
        return of_mail(words);
    }
    let lines = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The text of a whole page without its furniture.
pub(crate) fn of_page(document: &Document) -> String {
    of(document, FURNITURE)
}

fn of(document: &Document, left_out: &'static [&'static str]) -> String {
    let mut flow = Flow { left_out, out: String::new(), block: String::new(), mark: "", pre: false };
    flow.node(&document.body().unwrap_or_else(|| document.root()));
    flow.end();
    flow.out
}

struct Flow {
    left_out: &'static [&'static str],
    out: String,
    /// The paragraph that is being made.
    block: String,
    /// What stands before the next paragraph.
    mark: &'static str,
    /// Line breaks count.
    pre: bool,
}

impl Flow {
    fn node(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            return self.words(&node.text());
        }
        let tag = node.node_name().unwrap_or_default();
        let tag = tag.as_ref();
        if SILENT.contains(&tag) || self.left_out.contains(&tag) {
            return;
        }
        match tag {
            "br" => self.block.push('\n'),
            "td" | "th" => {
                self.children(node);
                self.block.push_str(" | ");
            }
            _ if INLINE.contains(&tag) => self.children(node),
            _ => self.block_of(node, tag),
        }
    }

    /// An element that stands by itself.
    fn block_of(&mut self, node: &NodeRef<'_>, tag: &str) {
        self.end();
        let mark = match tag {
            "h1" => "# ",
            "h2" => "## ",
            "h3" | "h4" | "h5" | "h6" => "### ",
            "li" => "- ",
            "figcaption" | "caption" => "Caption: ",
            _ => "",
        };
        let before = (self.mark, self.pre);
        if !mark.is_empty() {
            self.mark = mark;
        }
        self.pre |= tag == "pre";
        self.children(node);
        self.end();
        (self.mark, self.pre) = before;
    }

    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.pre => self.block.push('\n'),
                // Soft hyphens and joiners of no width would cut words.
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' => {}
                c if c.is_whitespace() || c.is_control() => {
                    if !self.block.ends_with([' ', '\n']) {
                        self.block.push(' ');
                    }
                }
                c => self.block.push(c),
            }
        }
    }

    /// The paragraph ends: two line breaks in it begin another.
    fn end(&mut self) {
        let block = std::mem::take(&mut self.block);
        let lines = block
            .lines()
            .map(|l| l.trim().trim_end_matches(" |").trim_matches(|c: char| c == '|' || c.is_whitespace()))
            .collect::<Vec<_>>();
        for part in lines.split(|line| line.is_empty()).filter(|part| !part.is_empty()) {
            if !self.out.is_empty() {
                self.out.push_str("\n\n");
            }
            self.out.push_str(self.mark);
            self.out.push_str(&part.join("\n"));
        }
    }
}
