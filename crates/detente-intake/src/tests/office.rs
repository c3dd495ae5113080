//! Documents of word processors, as they lie in their zips.

use super::packed::zipped;
use super::*;

pub(super) fn docx() -> Vec<u8> {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="x"><w:body>
        <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Talks open in Sund</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Delegates met </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>in Sund</w:t></w:r><w:r><w:t xml:space="preserve"> &amp; Nord &#8211; twice.</w:t></w:r>
        <w:del><w:r><w:delText>Not so.</w:delText></w:r></w:del></w:p><w:p/>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>A pause</w:t><w:tab/><w:t>of ten days</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>North</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
    let about = "<cp:coreProperties><dc:title>Talks open in Sund</dc:title></cp:coreProperties>";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("docProps/core.xml", about.as_bytes()),
        ("word/document.xml", text.as_bytes()),
    ])
}

pub(super) fn odt() -> Vec<u8> {
    let text = r#"<office:document-content><office:automatic-styles><style:style/></office:automatic-styles><office:body><office:text>
        <text:h text:style-name="H" text:outline-level="1">Talks open in Sund</text:h>
        <text:p>Delegates met <text:span text:style-name="T1">in Sund</text:span><text:s/>twice<office:annotation><text:p>Sure?</text:p></office:annotation>.</text:p>
        <text:h text:outline-level="2">Next</text:h><text:list><text:p>A pause</text:p></text:list>
        </office:text></office:body></office:document-content>"#;
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", text.as_bytes())])
}

#[test]
fn documents_of_word_processors_become_paragraphs() {
    let intake = one("a.docx", &docx());
    assert_eq!(
        text(&intake),
        "# Talks open in Sund\n\nDelegates met in Sund & Nord – twice.\n\n- A pause of ten days\n\nNorth"
    );
    assert_eq!(intake.taken[0].document.title(), Some("Talks open in Sund"));
    let intake = one("a.odt", &odt());
    assert_eq!(text(&intake), "# Talks open in Sund\n\nDelegates met in Sund twice.\n\n## Next\n\nA pause");
    let table = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")]);
    assert_eq!(codes(&one("a.xlsx", &table)), ["D102"]);
    assert_eq!(one("week.zip", &zipped(&[("a.docx", &docx()), ("b.odt", &odt())])).taken.len(), 2);
}
