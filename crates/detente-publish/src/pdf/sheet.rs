//! Pages in the making: a place on the current page, what is drawn on it, and where everything came to stand.
//!
//! Every stretch of text belongs to an element (a heading, a paragraph, a cell), so that programs that read the file aloud
//! or take its text out follow the same order as eyes do. What belongs to none is an ornament.

use super::face::Face;
use super::text::{Laid, Look, Piece, thousandths};
use crate::dossier::Part;
use pdf_writer::types::{ArtifactType, StructRole};
use pdf_writer::{Content, Name, Str};
use std::collections::BTreeMap;

/// A4, in points.
pub(super) const WIDTH: f32 = 595.276;
pub(super) const HEIGHT: f32 = 841.89;

/// The margins of text.
pub(super) const LEFT: f32 = 56.0;
pub(super) const RIGHT: f32 = WIDTH - 56.0;
pub(super) const TOP: f32 = 66.0;
pub(super) const BOTTOM: f32 = HEIGHT - 62.0;

/// The width of text.
pub(super) const MEASURE: f32 = RIGHT - LEFT;

/// Where a click leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// The beginning of a dossier, by its place in the file.
    Crisis(usize),
    /// A section of it.
    Section(usize, Part),
    /// Its cited sentences.
    Sentences(usize),
    /// A report under them.
    Report(usize, usize),
    /// A sentence of that report.
    Sentence(usize, usize, usize),
    /// A height on a page, both counted from 0.
    Spot(usize, u32),
}

/// A bookmark.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    /// 0 for the outermost.
    pub(super) level: usize,
    pub(super) title: String,
    pub(super) goal: Goal,
}

/// What a piece of the page is, and what is in it, in the order of reading.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) role: StructRole,
    pub(super) parent: Option<usize>,
    pub(super) inside: Vec<Inside>,
}

/// Something in an element.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inside {
    Element(usize),
    /// Text: page, and number of the stretch on it.
    Stretch(usize, usize),
    /// A link: page, and number of the link on it.
    Link(usize, usize),
}

/// A rectangle that leads somewhere.
#[derive(Debug)]
pub(super) struct Link {
    /// Left, top, right, bottom, from the top of the page.
    pub(super) area: [f32; 4],
    pub(super) goal: Goal,
    pub(super) element: usize,
    /// What is said of it to those who do not see it.
    pub(super) words: String,
}

/// One page.
pub(super) struct Page {
    pub(super) content: Content,
    pub(super) links: Vec<Link>,
    /// The element of each stretch of text.
    pub(super) stretches: Vec<usize>,
    /// What its head says: the crisis, and the section that it begins in.
    pub(super) head: (String, String),
}

/// The pages, and where on the last of them the next thing will stand.
pub(super) struct Sheet {
    pub(super) pages: Vec<Page>,
    /// From the top of the page.
    pub(super) y: f32,
    pub(super) goals: BTreeMap<Goal, (usize, f32)>,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) elements: Vec<Element>,
    open: Vec<usize>,
    pub(super) letters: [Letters; Face::ALL.len()],
    head: (String, String),
    /// Whether a letter was shown as a box.
    pub(super) boxed: bool,
    /// Where each sentence is cited, once a page.
    pub(super) cited: BTreeMap<Goal, Vec<(usize, f32)>>,
    /// Numbers of pages that will be known when all is set.
    pub(super) later: Vec<Later>,
}

/// A number of a page in a list of contents, not yet known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Later {
    pub(super) goal: Goal,
    pub(super) page: usize,
    /// Where the number ends.
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) element: usize,
}

/// The letters of one face in the order of their first use; that order numbers them in the file. One number a letter, and
/// not one a shape, so that what cannot be shown can still be copied.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub(super) list: Vec<char>,
    numbers: BTreeMap<char, u16>,
}

impl Letters {
    fn number(&mut self, letter: char) -> u16 {
        if let Some(known) = self.numbers.get(&letter) {
            return *known;
        }
        if self.list.is_empty() {
            // Stands for all letters of a file that has more than there are numbers.
            self.list.push(char::REPLACEMENT_CHARACTER);
        }
        // Number 0 is what readers show for a number that a font does not have.
        let Ok(number) = u16::try_from(self.list.len() + 1) else { return 1 };
        self.list.push(letter);
        self.numbers.insert(letter, number);
        number
    }
}

impl Sheet {
    /// No page yet; the first thing begins one.
    pub(super) fn new() -> Sheet {
        let document = Element { role: StructRole::Document, parent: None, inside: Vec::new() };
        Sheet {
            pages: Vec::new(),
            y: BOTTOM,
            goals: BTreeMap::new(),
            bookmarks: Vec::new(),
            elements: vec![document],
            open: vec![0],
            letters: Default::default(),
            head: Default::default(),
            boxed: false,
            cited: BTreeMap::new(),
            later: Vec::new(),
        }
    }

    /// What the heads of pages say from the next page on.
    pub(super) fn head(&mut self, crisis: &str, section: &str) {
        self.head = (crisis.to_string(), section.to_string());
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Page {
            content: Content::new(),
            links: Vec::new(),
            stretches: Vec::new(),
            head: self.head.clone(),
        });
        self.y = TOP;
    }

    /// The number of the current page, from 0.
    pub(super) fn page(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    /// Room left on the page.
    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// A new page where there is less room than this.
    pub(super) fn need(&mut self, room: f32) {
        if self.room() < room {
            self.new_page();
        }
    }

    /// Leaves a gap; none at the top of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Says that a goal is here.
    pub(super) fn mark(&mut self, goal: Goal) {
        let here = (self.page(), self.y);
        self.goals.entry(goal).or_insert(here);
    }

    pub(super) fn bookmark(&mut self, level: usize, title: &str, goal: Goal) {
        self.mark(goal);
        self.bookmarks.push(Bookmark { level, title: title.to_string(), goal });
    }

    /// An element inside another.
    pub(super) fn element(&mut self, role: StructRole, parent: usize) -> usize {
        let id = self.elements.len();
        self.elements.push(Element { role, parent: Some(parent), inside: Vec::new() });
        self.elements[parent].inside.push(Inside::Element(id));
        id
    }

    /// The element that is open.
    pub(super) fn here(&self) -> usize {
        *self.open.last().expect("the document is always open")
    }

    /// Everything that `draw` draws is in a new element.
    pub(super) fn within(&mut self, role: StructRole, draw: impl FnOnce(&mut Sheet)) {
        let id = self.element(role, self.here());
        self.open.push(id);
        draw(self);
        self.open.pop();
    }

    /// Draws a line of text on a page, its letters standing on a height.
    pub(super) fn line(&mut self, page: usize, line: &Laid, x: f32, base: f32, element: usize) {
        let mut x = x;
        for piece in &line.pieces {
            let wide = piece.look.width(&piece.words);
            match piece.goal {
                Some(goal) => {
                    let link = self.element(StructRole::Link, element);
                    self.stretch(page, piece, x, base, link);
                    let size = piece.look.size;
                    let area = [x - 0.6, base - size * 0.82, x + wide + 0.6, base + size * 0.28];
                    self.link(page, area, goal, link, &piece.words);
                }
                None => self.stretch(page, piece, x, base, element),
            }
            x += wide;
        }
    }

    fn link(&mut self, page: usize, area: [f32; 4], goal: Goal, element: usize, words: &str) {
        if let Goal::Sentence(..) = goal {
            let cited = self.cited.entry(goal).or_default();
            if cited.last().is_none_or(|(last, _)| *last != page) {
                cited.push((page, area[1]));
            }
        }
        let links = &mut self.pages[page].links;
        self.elements[element].inside.push(Inside::Link(page, links.len()));
        links.push(Link { area, goal, element, words: words.to_string() });
    }

    /// Text of one look, in an element.
    fn stretch(&mut self, page: usize, piece: &Piece, x: f32, base: f32, element: usize) {
        let sheet = &mut self.pages[page];
        let number = sheet.stretches.len();
        sheet.stretches.push(element);
        self.elements[element].inside.push(Inside::Stretch(page, number));
        let role = name(self.elements[element].role);
        let mut marked = sheet.content.begin_marked_content_with_properties(role);
        marked.properties().identify(i32::try_from(number).unwrap_or(i32::MAX));
        drop(marked);
        self.show(page, piece, x, base);
        self.pages[page].content.end_marked_content();
    }

    /// Text that belongs to no element: heads and feet of pages, numbers in a drawing.
    pub(super) fn ornament(&mut self, page: usize, piece: &Piece, x: f32, base: f32) {
        let drawn = |sheet: &mut Sheet| sheet.show(page, piece, x, base);
        self.artifact(page, drawn);
    }

    pub(super) fn artifact(&mut self, page: usize, draw: impl FnOnce(&mut Sheet)) {
        let mut marked = self.pages[page].content.begin_marked_content_with_properties(Name(b"Artifact"));
        marked.properties().artifact().kind(ArtifactType::Layout);
        drop(marked);
        draw(self);
        self.pages[page].content.end_marked_content();
    }

    pub(super) fn show(&mut self, page: usize, piece: &Piece, x: f32, base: f32) {
        let Look { face, size, ink, spaced } = piece.look;
        let letters: Vec<char> = piece.words.chars().collect();
        self.boxed |= letters.iter().any(|c| !face.has(*c));
        let content = &mut self.pages[page].content;
        let [r, g, b] = ink.map(|c| f32::from(c) / 255.0);
        content.begin_text();
        content.set_fill_rgb(r, g, b).set_font(Name(face.name().as_bytes()), size).set_char_spacing(spaced);
        content.next_line(round(x), round(HEIGHT - base));
        let numbers = &mut self.letters[face as usize];
        let mut shown = content.show_positioned();
        let mut items = shown.items();
        let mut run: Vec<u8> = Vec::new();
        for (at, letter) in letters.iter().enumerate() {
            run.extend(numbers.number(*letter).to_be_bytes());
            let kern = letters.get(at + 1).map_or(0, |next| face.kern(*letter, *next));
            if kern != 0 {
                items.show(Str(&run));
                items.adjust(-thousandths(kern) * 1000.0);
                run.clear();
            }
        }
        if !run.is_empty() {
            items.show(Str(&run));
        }
        drop(items);
        drop(shown);
        content.end_text();
    }
}

/// Places are written to a hundredth of a point.
pub(super) fn round(x: f32) -> f32 {
    (x * 100.0).round() / 100.0
}

/// The name of an element's kind, as it stands before its text.
pub(super) fn name(role: StructRole) -> Name<'static> {
    match role {
        StructRole::H1 => Name(b"H1"),
        StructRole::H2 => Name(b"H2"),
        StructRole::H3 => Name(b"H3"),
        StructRole::TD => Name(b"TD"),
        StructRole::TH => Name(b"TH"),
        StructRole::Link => Name(b"Link"),
        StructRole::Lbl => Name(b"Lbl"),
        StructRole::LBody => Name(b"LBody"),
        _ => Name(b"P"),
    }
}
