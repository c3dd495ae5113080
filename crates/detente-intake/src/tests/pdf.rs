//! PDFs, written here object by object.

use super::*;

/// A PDF of these objects, the first of which is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).as_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    places.iter().for_each(|at| out.extend(format!("{at:010} 00000 n \n").as_bytes()));
    out.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1)
            .as_bytes(),
    );
    out
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    [format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"]
        .concat()
}

/// Pages of lines: each with its place and size.
pub(super) fn pages(pages: &[Vec<(i32, i32, i32, &str)>]) -> Vec<u8> {
    let contents = pages.iter().map(|lines| {
        let show = |(x, y, size, text): &(i32, i32, i32, &str)| {
            format!("BT /F1 {size} Tf {x} {y} Td ({}) Tj ET\n", text.replace('(', "\\(").replace(')', "\\)"))
        };
        stream("", lines.iter().map(show).collect::<String>().as_bytes())
    });
    drawn(&contents.collect::<Vec<_>>(), &[])
}

/// Pages with these contents; objects of their own come after.
fn drawn(contents: &[Vec<u8>], more: &[Vec<u8>]) -> Vec<u8> {
    let first = 4;
    let kids: String = (0..contents.len()).map(|n| format!("{} 0 R ", first + 2 * n)).collect();
    let forms: String =
        (0..more.len()).map(|n| format!("/X{n} {} 0 R ", first + 2 * contents.len() + n)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Kids [{kids}] /Count {} /MediaBox [0 0 595 842] \
             /Resources << /Font << /F1 3 0 R >> /XObject << {forms} >> >> >>",
            contents.len()
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(
            format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", first + 2 * n + 1).into_bytes(),
        );
        objects.push(content.clone());
    }
    objects.extend(more.iter().cloned());
    pdf(&objects)
}

pub(super) fn two_pages() -> Vec<u8> {
    pages(&[
        vec![
            (60, 800, 8, "Northern Wire"),
            (60, 760, 18, "Talks open in Sund"),
            (
                60,
                730,
                11,
                "Delegates from both sides met in Sund on Tuesday after weeks of shelling along the",
            ),
            (
                60,
                716,
                11,
                "river. The foreign ministry said that it hopes for a long-term truce, and for a cease-",
            ),
            (60, 702, 11, "fire in all of the northern districts before the winter."),
            (
                60,
                680,
                11,
                "The mediators proposed a pause of ten days, with long-term monitors at the four cross-",
            ),
            (
                60,
                666,
                11,
                "ings of the river, and an exchange of all who were captured, which neither side has",
            ),
            (300, 30, 8, "Page 1 of 2"),
        ],
        vec![
            (60, 800, 8, "Northern Wire"),
            (
                60,
                760,
                11,
                "answered. A second round is planned for Friday in the same town, according to the long-",
            ),
            (60, 746, 11, "term host of the talks."),
            (300, 30, 8, "Page 2 of 2"),
        ],
    ])
}

#[test]
fn pages_become_running_text() {
    let intake = one("talks.pdf", &two_pages());
    assert_eq!(
        text(&intake),
        "# Talks open in Sund\n\n\
         Delegates from both sides met in Sund on Tuesday after weeks of shelling along the river. The foreign ministry \
         said that it hopes for a long-term truce, and for a ceasefire in all of the northern districts before the \
         winter.\n\n\
         The mediators proposed a pause of ten days, with long-term monitors at the four crossings of the river, and an \
         exchange of all who were captured, which neither side has answered. A second round is planned for Friday in \
         the same town, according to the long-term host of the talks."
    );
    assert!(codes(&intake).is_empty() && intake.failures.is_empty());
}

#[test]
fn words_are_told_apart_by_their_places() {
    let content = b"BT /F1 12 Tf 14 TL 60 700 Td [(The) -300 (en) 20 (voy) -280 (left)] TJ T* (in silence \\050so he\\222d said\\051.) Tj ET";
    let intake = one("a.pdf", &drawn(&[stream("", content)], &[]));
    assert_eq!(text(&intake), "The envoy left in silence (so he’d said).");
}

#[test]
fn a_scanned_page_is_said_to_be_one() {
    let picture = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\x80",
    );
    let intake = one("scan.pdf", &drawn(&[stream("", b"q 500 0 0 700 0 0 cm /X0 Do Q")], &[picture]));
    assert!(intake.taken.is_empty() && intake.failures.is_empty());
    assert_eq!(codes(&intake), ["D115"]);
}

#[test]
fn a_page_that_shows_itself_ends() {
    let form = |content: &str| stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", content.as_bytes());
    let text = "BT /F1 12 Tf 60 700 Td (The envoy left in silence.) Tj ET";
    let looped = drawn(&[stream("", format!("{text} /X0 Do").as_bytes())], &[form("/X0 Do /X0 Do")]);
    let intake = one("loop.pdf", &looped);
    assert_eq!(self::text(&intake), "The envoy left in silence.");
    let forms: Vec<Vec<u8>> = (0..11).map(|n| form(&format!("/X{} Do ", n + 1).repeat(12))).collect();
    let intake = one("many.pdf", &drawn(&[stream("", format!("{text} /X0 Do").as_bytes())], &forms));
    assert_eq!(self::text(&intake), "The envoy left in silence.");
    assert!(intake.failures[0].what.contains("more steps"), "{:?}", intake.failures);
    let tree = pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>".to_vec(),
    ]);
    assert!(one("tree.pdf", &tree).taken.is_empty());
}

#[test]
fn a_bomb_in_a_pdf_ends_in_one_line() {
    use std::io::Write;
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(&vec![b' '; crate::pdf::MOST_STREAM + 1]).unwrap();
    let bomb = stream("/Filter /FlateDecode", &zlib.finish().unwrap());
    let intake = one("bomb.pdf", &drawn(&[bomb], &[]));
    assert!(intake.taken.is_empty());
    assert!(intake.failures[0].what.contains("cannot be unpacked"), "{:?}", intake.failures);
}

#[test]
fn what_is_no_pdf_inside_is_one_line() {
    for bytes in [b"%PDF-1.7 ...".to_vec(), two_pages()[..300].to_vec(), b"%PDF-1.4\n%%EOF".to_vec()] {
        let intake = one("a.pdf", &bytes);
        assert_eq!(intake.taken.len() + intake.failures.len() + intake.notes.len(), 1, "{intake:?}");
    }
}
