//! Objects to the bytes of a file: streams stand by themselves, all other objects together in packed streams, and at the
//! end stands where each is to be found.
//!
//! A dossier has thousands of small objects (links, elements), which packed take an eighth of the room. What the file says
//! of itself follows ISO 32000, 7.5.7 and 7.5.8.

use pdf_writer::{Chunk, Filter, Name, Ref, Settings};
use std::collections::BTreeMap;

/// Streams are packed by one plain routine: other routines pack otherwise on other processors, and the same dossier must
/// be the same bytes everywhere.
const LEVEL: u8 = 9;

pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, LEVEL)
}

/// Objects that are packed together: a reader unpacks as many to see one.
const TOGETHER: usize = 200;

/// Where an object stands.
#[derive(Clone, Copy)]
enum Spot {
    /// At this byte of the file.
    Byte(usize),
    /// In this stream, the so-manieth.
    Inside(i32, usize),
}

/// A file in the making.
pub(super) struct Packing {
    out: Vec<u8>,
    spots: BTreeMap<i32, Spot>,
    waiting: Vec<(i32, Vec<u8>)>,
    next: i32,
}

impl Packing {
    /// Numbers from `next` on are for what the packing itself needs.
    pub(super) fn new(next: Ref) -> Packing {
        // The second line tells programs that this is no text.
        let out = b"%PDF-1.7\n%\x80\x80\x80\x80\n".to_vec();
        Packing { out, spots: BTreeMap::new(), waiting: Vec::new(), next: next.get() }
    }

    /// Adds the one object that `write` writes, which is a stream.
    pub(super) fn stream(&mut self, id: Ref, write: impl FnOnce(&mut Chunk)) {
        let mut chunk = Chunk::with_settings(Settings { pretty: false });
        write(&mut chunk);
        self.spots.insert(id.get(), Spot::Byte(self.out.len()));
        self.out.extend(chunk.as_bytes());
    }

    /// Adds the one object that `write` writes, which is none.
    pub(super) fn object(&mut self, id: Ref, write: impl FnOnce(&mut Chunk)) {
        let mut chunk = Chunk::with_settings(Settings { pretty: false });
        write(&mut chunk);
        self.waiting.push((id.get(), body(chunk.as_bytes()).to_vec()));
        if self.waiting.len() == TOGETHER {
            self.pack();
        }
    }

    /// Packs what waits: the numbers and places of the objects, then the objects.
    fn pack(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return;
        }
        let id = Ref::new(self.next);
        self.next += 1;
        let (mut head, mut bodies) = (String::new(), Vec::new());
        for (nth, (object, body)) in waiting.iter().enumerate() {
            head.push_str(&format!("{object} {} ", bodies.len()));
            bodies.extend(body);
            bodies.push(b'\n');
            self.spots.insert(*object, Spot::Inside(id.get(), nth));
        }
        let first = int(head.len());
        let bytes = packed(&[head.into_bytes(), bodies].concat());
        self.stream(id, |chunk| {
            let mut stream = chunk.stream(id, &bytes);
            stream.filter(Filter::FlateDecode).pair(Name(b"Type"), Name(b"ObjStm"));
            stream.pair(Name(b"N"), int(waiting.len())).pair(Name(b"First"), first);
        });
    }

    /// The bytes of the file, which begins to be read at its catalog.
    pub(super) fn finish(mut self, catalog: Ref, about: Ref) -> Vec<u8> {
        self.pack();
        let (id, start) = (Ref::new(self.next), self.out.len());
        self.spots.insert(id.get(), Spot::Byte(start));
        let size = id.get() + 1;
        let mut list = Vec::new();
        for number in 0..size {
            let (kind, place, nth): (u8, usize, usize) = match self.spots.get(&number) {
                None => (0, 0, if number == 0 { 0xffff } else { 0 }),
                Some(Spot::Byte(at)) => (1, *at, 0),
                Some(Spot::Inside(stream, nth)) => (2, usize::try_from(*stream).unwrap_or(0), *nth),
            };
            list.push(kind);
            list.extend(u32::try_from(place).unwrap_or(u32::MAX).to_be_bytes());
            list.extend(u16::try_from(nth).unwrap_or(0).to_be_bytes());
        }
        let list = packed(&list);
        self.stream(id, |chunk| {
            let mut stream = chunk.stream(id, &list);
            stream.filter(Filter::FlateDecode).pair(Name(b"Type"), Name(b"XRef"));
            stream.pair(Name(b"Size"), size).pair(Name(b"Root"), catalog).pair(Name(b"Info"), about);
            stream.insert(Name(b"W")).array().items([1, 4, 2]);
        });
        self.out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        self.out
    }
}

/// A number of things as the file writes it.
pub(super) fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// What stands between "7 0 obj" and "endobj".
fn body(object: &[u8]) -> &[u8] {
    let begin = object.windows(3).position(|w| w == b"obj").map_or(0, |at| at + 3);
    let end = object.windows(6).rposition(|w| w == b"endobj").unwrap_or(object.len());
    object[begin..end.max(begin)].trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_taken_out_of_its_frame() {
        assert_eq!(body(b"7 0 obj\n<</A(endobj)>>\nendobj\n\n"), b"<</A(endobj)>>");
    }
}
