//! A set sheet to the bytes of a file: pages, fonts, links, bookmarks, elements.
//!
//! Objects are numbered in the order in which they are written. Nothing names the day, the machine or the program's
//! version, so that the same dossier is the same file.

use super::face::Face;
use super::looks::whole;
use super::packing::{Packing, int, packed};
use super::sheet::{Bookmark, Element, Goal, HEIGHT, Inside, Link, Page, Sheet, WIDTH, round};
use pdf_writer::types::{
    AnnotationType, CidFontType, FontFlags, PageMode, SystemInfo, TabOrder, UnicodeCmap,
};
use pdf_writer::writers::{Catalog, Destination, DocumentInfo, StructElement, StructTreeRoot};
use pdf_writer::{Chunk, Filter, Name, Rect, Ref, Str, TextStr};
use ttf_parser::GlyphId;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const ABOUT: Ref = Ref::new(3);
const OUTLINE: Ref = Ref::new(4);
const TREE: Ref = Ref::new(5);

/// Writes the file.
pub(super) fn write(sheet: &Sheet, title: &str) -> Vec<u8> {
    let numbered = Numbered::of(sheet);
    let mut file = Packing::new(numbered.free);
    file.object(CATALOG, |chunk| catalog(chunk, sheet));
    file.object(ABOUT, |chunk| {
        chunk.indirect(ABOUT).start::<DocumentInfo<'_>>().title(TextStr(title)).producer(TextStr("Detente"));
    });
    file.object(PAGES, |chunk| {
        chunk.pages(PAGES).kids(numbered.pages.iter().copied()).count(int(sheet.pages.len()));
    });
    for (at, one) in sheet.pages.iter().enumerate() {
        page(&mut file, &numbered, sheet, at, one);
    }
    for face in used(sheet) {
        font(&mut file, numbered.fonts[face as usize], face, &sheet.letters[face as usize].list);
    }
    outline(&mut file, &numbered, sheet);
    elements(&mut file, &numbered, sheet);
    file.finish(CATALOG, ABOUT)
}

/// The numbers of all objects.
struct Numbered {
    pages: Vec<Ref>,
    contents: Vec<Ref>,
    /// The links of each page.
    links: Vec<Vec<Ref>>,
    /// The keys of links among the parents of elements: those of pages come first.
    link_keys: Vec<i32>,
    /// For each face: font, its letters' shapes, its measures, its bytes, its letters, shapes by letter.
    fonts: Vec<[Ref; 6]>,
    bookmarks: Vec<Ref>,
    elements: Vec<Ref>,
    /// For each page, the list of elements of its stretches.
    parents: Vec<Ref>,
    /// The first number that is none of these.
    free: Ref,
}

impl Numbered {
    fn of(sheet: &Sheet) -> Numbered {
        let mut last = TREE.get();
        let mut many = |n: usize| -> Vec<Ref> {
            let first = last + 1;
            last += int(n);
            (first..=last).map(Ref::new).collect()
        };
        let pages = sheet.pages.len();
        let links: Vec<Vec<Ref>> = sheet.pages.iter().map(|p| many(p.links.len())).collect();
        let mut key = int(pages);
        let link_keys = links.iter().map(|on_page| {
            let first = key;
            key += int(on_page.len());
            first
        });
        let link_keys = link_keys.collect();
        let fonts = Face::ALL.iter().map(|_| many(6).try_into().expect("six were asked for")).collect();
        Numbered {
            pages: many(pages),
            contents: many(pages),
            links,
            link_keys,
            fonts,
            bookmarks: many(sheet.bookmarks.len()),
            elements: many(sheet.elements.len()),
            parents: many(pages),
            free: many(1)[0],
        }
    }
}

fn catalog(chunk: &mut Chunk, sheet: &Sheet) {
    let mut catalog = chunk.indirect(CATALOG).start::<Catalog<'_>>();
    catalog.pages(PAGES).lang(TextStr("en"));
    if !sheet.bookmarks.is_empty() {
        catalog.outlines(OUTLINE).page_mode(PageMode::UseOutlines);
    }
    catalog.viewer_preferences().display_doc_title(true);
    catalog.mark_info().marked(true);
    catalog.pair(Name(b"StructTreeRoot"), TREE);
}

fn page(file: &mut Packing, numbered: &Numbered, sheet: &Sheet, at: usize, page: &Page) {
    file.object(numbered.pages[at], |chunk| {
        let mut out = chunk.page(numbered.pages[at]);
        out.parent(PAGES).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(numbered.contents[at]);
        out.struct_parents(int(at)).tab_order(TabOrder::StructureOrder);
        if !page.links.is_empty() {
            out.annotations(numbered.links[at].iter().copied());
        }
        let mut resources = out.resources();
        let mut fonts = resources.fonts();
        for face in used(sheet) {
            fonts.pair(Name(face.name().as_bytes()), numbered.fonts[face as usize][0]);
        }
    });
    stream(file, numbered.contents[at], page.content.as_bytes());
    for (nth, one) in page.links.iter().enumerate() {
        let key = numbered.link_keys[at] + int(nth);
        file.object(numbered.links[at][nth], |chunk| link(chunk, numbered, sheet, (at, nth, key), one));
    }
}

fn stream(file: &mut Packing, id: Ref, bytes: &[u8]) {
    let bytes = packed(bytes);
    file.stream(id, |chunk| {
        chunk.stream(id, &bytes).filter(Filter::FlateDecode);
    });
}

fn link(
    chunk: &mut Chunk,
    numbered: &Numbered,
    sheet: &Sheet,
    (at, nth, key): (usize, usize, i32),
    link: &Link,
) {
    let [left, top, right, bottom] = link.area;
    let mut out = chunk.annotation(numbered.links[at][nth]);
    out.subtype(AnnotationType::Link);
    out.rect(Rect::new(round(left), round(HEIGHT - bottom), round(right), round(HEIGHT - top)));
    out.border(0.0, 0.0, 0.0, None).struct_parent(key).contents(TextStr(&spoken(link.goal, &link.words)));
    if let Some((page, y)) = place(sheet, link.goal) {
        let to = out.insert(Name(b"Dest")).start::<Destination<'_>>();
        to.page(numbered.pages[page]).xyz(0.0, HEIGHT - y, None);
    }
}

/// What a link is to those who hear it.
fn spoken(goal: Goal, words: &str) -> String {
    match goal {
        Goal::Sentence(_, report, sentence) => format!("Report {report}, sentence {sentence}"),
        Goal::Spot(page, _) => format!("Page {}", page + 1),
        _ => words.to_string(),
    }
}

/// Where a goal stands: page, and height with some air above.
fn place(sheet: &Sheet, goal: Goal) -> Option<(usize, f32)> {
    const AIR: u32 = 14;
    let (page, y) = match goal {
        Goal::Spot(page, y) => (page, y),
        _ => sheet.goals.get(&goal).map(|(page, y)| (*page, whole(*y)))?,
    };
    // A page has fewer than a thousand points, which a small number holds.
    let y = u16::try_from(y.saturating_sub(AIR)).unwrap_or(0);
    Some((page, f32::from(y)))
}

/// The faces of which some letter is in the file.
fn used(sheet: &Sheet) -> impl Iterator<Item = Face> {
    Face::ALL.into_iter().filter(|face| !sheet.letters[*face as usize].list.is_empty())
}

/// A face with the letters that were used: each letter has a number, the number leads to a shape and to the letter itself.
fn font(
    file: &mut Packing,
    [font, shapes, measures, bytes, letters, map]: [Ref; 6],
    face: Face,
    list: &[char],
) {
    let base = Name(face.base_font().as_bytes());
    let ordering = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
    file.object(font, |chunk| {
        let mut out = chunk.type0_font(font);
        out.base_font(base)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(shapes)
            .to_unicode(letters);
    });
    file.object(shapes, |chunk| {
        let mut out = chunk.cid_font(shapes);
        out.subtype(CidFontType::Type2).base_font(base).system_info(ordering).font_descriptor(measures);
        out.default_width(0.0).cid_to_gid_map_stream(map);
        let widths = list.iter().map(|letter| super::text::thousandths(face.advance(*letter)) * 1000.0);
        out.widths().consecutive(1, widths);
    });
    file.object(measures, |chunk| descriptor(chunk, measures, bytes, face));
    file.stream(bytes, |chunk| {
        let font = face.font();
        chunk
            .stream(bytes, font.packed)
            .filter(Filter::FlateDecode)
            .pair(Name(b"Length1"), int(font.bytes.len()));
    });
    let mut unicode = UnicodeCmap::new(Name(b"Letters"), ordering);
    let mut glyphs = GlyphId(0).0.to_be_bytes().to_vec();
    for (number, letter) in (1_u16..).zip(list) {
        unicode.pair(number, *letter);
        glyphs.extend(face.glyph(*letter).0.to_be_bytes());
    }
    stream(file, letters, &unicode.finish());
    stream(file, map, &glyphs);
}

fn descriptor(chunk: &mut Chunk, id: Ref, bytes: Ref, face: Face) {
    let table = face.table();
    let serif = matches!(face, Face::Serif | Face::SerifBold);
    let heavy = matches!(face, Face::SerifBold | Face::SansBold);
    let bounds = table.global_bounding_box();
    let mut out = chunk.font_descriptor(id);
    out.name(Name(face.base_font().as_bytes()));
    out.flags(FontFlags::SYMBOLIC | if serif { FontFlags::SERIF } else { FontFlags::empty() });
    out.bbox(Rect::new(bounds.x_min.into(), bounds.y_min.into(), bounds.x_max.into(), bounds.y_max.into()));
    out.italic_angle(0.0).ascent(table.ascender().into()).descent(table.descender().into());
    out.cap_height(table.capital_height().unwrap_or(660).into()).stem_v(if heavy { 140.0 } else { 80.0 });
    out.font_file2(bytes);
}

/// The bookmarks, each under the last one before it of a lower level.
fn outline(file: &mut Packing, numbered: &Numbered, sheet: &Sheet) {
    let all = &sheet.bookmarks;
    if all.is_empty() {
        return;
    }
    let (top, families) = families(all);
    let id = |at: usize| numbered.bookmarks[at];
    let ends = |of: &[usize]| Some((id(*of.first()?), id(*of.last()?), int(of.len())));
    file.object(OUTLINE, |chunk| {
        let mut out = chunk.outline(OUTLINE);
        if let Some((first, last, count)) = ends(&top) {
            out.first(first).last(last).count(count);
        }
    });
    let of_top = std::iter::once((OUTLINE, &top));
    for (parent, family) in of_top.chain(families.iter().enumerate().map(|(at, family)| (id(at), family))) {
        for (nth, at) in family.iter().copied().enumerate() {
            file.object(id(at), |chunk| {
                let mut out = chunk.outline_item(id(at));
                out.title(TextStr(&all[at].title)).parent(parent);
                if let Some(before) = nth.checked_sub(1) {
                    out.prev(id(family[before]));
                }
                if let Some(next) = family.get(nth + 1) {
                    out.next(id(*next));
                }
                if let Some((first, last, count)) = ends(&families[at]) {
                    // Below zero: folded until a reader opens it.
                    out.first(first).last(last).count(-count);
                }
                if let Some((page, y)) = place(sheet, all[at].goal) {
                    out.dest().page(numbered.pages[page]).xyz(0.0, HEIGHT - y, None);
                }
            });
        }
    }
}

/// The outermost bookmarks, and for each bookmark those right under it.
fn families(all: &[Bookmark]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let (mut top, mut families) = (Vec::new(), vec![Vec::new(); all.len()]);
    let mut open: Vec<usize> = Vec::new();
    for (at, one) in all.iter().enumerate() {
        open.retain(|before| all[*before].level < one.level);
        match open.last() {
            Some(parent) => families[*parent].push(at),
            None => top.push(at),
        }
        open.push(at);
    }
    (top, families)
}

/// The tree of elements, and for each stretch and link the element that it belongs to.
fn elements(file: &mut Packing, numbered: &Numbered, sheet: &Sheet) {
    file.object(TREE, |chunk| {
        let mut root = chunk.indirect(TREE).start::<StructTreeRoot<'_>>();
        root.child(numbered.elements[0]);
        let links: usize = sheet.pages.iter().map(|p| p.links.len()).sum();
        root.parent_tree_next_key(int(sheet.pages.len() + links));
        let mut tree = root.parent_tree();
        let mut keys = tree.nums();
        for (at, list) in numbered.parents.iter().enumerate() {
            keys.insert(int(at), *list);
        }
        for (at, page) in sheet.pages.iter().enumerate() {
            for (nth, link) in page.links.iter().enumerate() {
                keys.insert(numbered.link_keys[at] + int(nth), numbered.elements[link.element]);
            }
        }
    });
    for (list, page) in numbered.parents.iter().zip(&sheet.pages) {
        file.object(*list, |chunk| {
            chunk
                .indirect(*list)
                .array()
                .items(page.stretches.iter().map(|element| numbered.elements[*element]));
        });
    }
    for (at, one) in sheet.elements.iter().enumerate() {
        file.object(numbered.elements[at], |chunk| {
            let mut out = chunk.struct_element(numbered.elements[at]);
            out.kind(one.role).parent(one.parent.map_or(TREE, |p| numbered.elements[p]));
            inside(&mut out, numbered, one);
        });
    }
}

fn inside(out: &mut StructElement<'_>, numbered: &Numbered, element: &Element) {
    let page = element.inside.iter().find_map(|inside| match inside {
        Inside::Stretch(page, _) => Some(*page),
        _ => None,
    });
    if let Some(page) = page {
        out.page(numbered.pages[page]);
    }
    let mut children = out.children();
    for one in &element.inside {
        match *one {
            Inside::Element(id) => {
                children.struct_element(numbered.elements[id]);
            }
            // Stretches on the element's own page go by their number alone.
            Inside::Stretch(on, nth) if Some(on) == page => {
                children.marked_content_id(int(nth));
            }
            Inside::Stretch(on, nth) => {
                children.marked_content_ref().page(numbered.pages[on]).marked_content_id(int(nth));
            }
            Inside::Link(on, nth) => {
                children.object_ref().page(numbered.pages[on]).object(numbered.links[on][nth]);
            }
        }
    }
}
