//! Sheets as whoever asks for them gets them: what they say, that they hold together whatever is on them, and that
//! nothing leaves its frame.

use symbolon_certificate::{Drawing, Kind, Mark, RenderError, Sheet, Words};
use usvg::{Node, Tree, roxmltree::Document};

const ADDRESS: &str = "https://credentials.example.org/verify/0192f0c1-7c3a-7d52-9a41-3f1f6d0c8e21";
const KINDS: [Kind; 2] = [Kind::Certificate, Kind::Badge];

fn sheet(kind: Kind) -> Sheet {
    Sheet {
        kind,
        id: [7; 16],
        title: "Foundations of Programming".into(),
        holder: "Ada Lovelace".into(),
        issuer: "Analytical Engine Institute".into(),
        description: Some("For the notes that explain it.".into()),
        issued_on: "21 November 2026".into(),
        expires_on: Some("21 November 2029".into()),
        verify_url: ADDRESS.into(),
        verify_short: "credentials.example.org/v/8FQK".into(),
        mark: None,
        words: Words::english(),
    }
}

/// A sheet with one text in every place for texts.
fn filled(kind: Kind, text: &str) -> Sheet {
    Sheet {
        title: text.into(),
        holder: text.into(),
        issuer: text.into(),
        description: Some(text.into()),
        issued_on: text.into(),
        expires_on: Some(text.into()),
        verify_short: text.into(),
        mark: Some(Mark::Revoked),
        ..sheet(kind)
    }
}

fn drawn(sheet: &Sheet) -> Drawing {
    sheet.draw().expect("the sheet is drawn")
}

/// Every element and attribute of the SVG is one of those that stay what they are wherever it is shown.
fn assert_harmless(svg: &str) {
    let document = Document::parse(svg).expect("the SVG is well-formed");
    for node in document.descendants().filter(usvg::roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(
            ["svg", "title", "desc", "defs", "g", "path", "circle", "rect"].contains(&name),
            "{name}"
        );
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(!name.starts_with("on"), "{name}");
            assert!(!["style", "href", "class"].contains(&name), "{name}");
            assert!(!attribute.value().contains("url("), "{name}");
        }
    }
}

/// Left, top, right and bottom of everything that is filled, but for the paper and what lies on the frame; in units.
fn filled_boxes(svg: &str) -> Vec<[f32; 4]> {
    let tree = Tree::from_str(svg, &usvg::Options::default()).expect("the SVG is read");
    let mut boxes = Vec::new();
    collect(tree.root(), &mut boxes);
    // From pixels at 96 to the inch to four units in a millimetre.
    let scale = 25.4 / 96.0 * 4.0;
    for edges in &mut boxes {
        *edges = edges.map(|edge| edge * scale);
    }
    boxes
}

fn collect(group: &usvg::Group, boxes: &mut Vec<[f32; 4]>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, boxes),
            Node::Path(path) => {
                let is_ink = path.fill().is_some_and(|fill| {
                    !matches!(fill.paint(), usvg::Paint::Color(color) if [color.red, color.green, color.blue] == [255; 3])
                });
                if is_ink {
                    let edges = path.abs_bounding_box();
                    boxes.push([edges.left(), edges.top(), edges.right(), edges.bottom()]);
                }
            }
            Node::Text(_) => panic!("a text was not made an outline"),
            Node::Image(_) => panic!("there is no image on a sheet"),
        }
    }
}

/// What the QR codes of a picture say.
fn decoded(png: &[u8]) -> Vec<String> {
    let picture = tiny_skia::Pixmap::decode_png(png).expect("the PNG is read");
    let large = |pixels: u32| usize::try_from(pixels).expect("pictures are small");
    let small = |pixels: usize| u32::try_from(pixels).expect("pictures are small");
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(
        large(picture.width()),
        large(picture.height()),
        |x, y| {
            let pixel = picture.pixel(small(x), small(y));
            pixel.expect("the pixel is within the picture").green()
        },
    );
    let grids = image.detect_grids();
    grids
        .iter()
        .filter_map(|grid| Some(grid.decode().ok()?.1))
        .collect()
}

#[test]
fn the_code_leads_to_the_verification_page() {
    for kind in KINDS {
        for mark in [None, Some(Mark::Expired), Some(Mark::Revoked)] {
            let png = drawn(&Sheet { mark, ..sheet(kind) }).png(1600).unwrap();
            assert_eq!(decoded(&png), [ADDRESS], "{kind:?} {mark:?}");
        }
    }
}

#[test]
fn equal_sheets_are_equal_bytes() {
    for kind in KINDS {
        let (one, other) = (drawn(&sheet(kind)), drawn(&sheet(kind)));
        assert_eq!(one.svg(), other.svg());
        assert_eq!(one.pdf().unwrap(), other.pdf().unwrap());
        assert_eq!(one.png(200).unwrap(), other.png(200).unwrap());
    }
}

#[test]
fn every_id_has_line_work_of_its_own() {
    for kind in KINDS {
        let stroked = |last: u8| {
            let mut id = [7; 16];
            id[15] = last;
            let drawing = drawn(&Sheet { id, ..sheet(kind) });
            let strokes = drawing
                .svg()
                .split("<path ")
                .filter(|path| path.contains("stroke="));
            strokes.map(str::to_owned).collect::<Vec<_>>()
        };
        let all: std::collections::BTreeSet<_> = (0..16).map(stroked).collect();
        assert_eq!(all.len(), 16, "{kind:?}");
    }
}

#[test]
fn what_a_sheet_says_is_in_its_description() {
    let drawing = drawn(&Sheet {
        mark: Some(Mark::Expired),
        ..sheet(Kind::Badge)
    });
    let document = Document::parse(drawing.svg()).unwrap();
    let text = |name| {
        let mut nodes = document.descendants();
        nodes
            .find(|node| node.has_tag_name(name))
            .unwrap()
            .text()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        text(("http://www.w3.org/2000/svg", "title")),
        "Foundations of Programming – Ada Lovelace"
    );
    assert_eq!(
        text(("http://www.w3.org/2000/svg", "desc")),
        "Expired. This certifies that Ada Lovelace has been awarded Foundations of Programming. For the notes that \
         explain it. Issued by Analytical Engine Institute. Issued 21 November 2026. Expired on 21 November 2029. \
         Verify at credentials.example.org/v/8FQK"
    );
}

#[test]
fn no_text_breaks_out_of_its_place() {
    let marks = format!("Z{}", "\u{0301}\u{0489}".repeat(200));
    for text in [
        "<script>alert(1)</script>",
        "\"/><image href='https://example.org/x.png'/> onload=\"x\"",
        "&amp; &#0; &lt; ]]> <!-- <![CDATA[",
        "a\0b\u{1}c\r\nd\u{b}\u{fffe}\u{ffff}\u{2028}e",
        "\u{202e}evil\u{2066}name\u{200f}",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 Ada",
        &marks,
        "محمد Ada שלום शर्मा 王 ไทย",
        "\u{200d}\u{200c}\u{fe0f}",
        "",
        " ",
    ] {
        for kind in KINDS {
            let drawing = drawn(&filled(kind, text));
            assert_harmless(drawing.svg());
            assert!(drawing.png(64).is_ok(), "{text:?}");
            assert!(drawing.pdf().is_ok(), "{text:?}");
        }
    }
}

#[test]
fn no_name_leaves_the_frame() {
    for kind in KINDS {
        let [left, top, right, bottom] = match kind {
            Kind::Certificate => [72.0, 72.0, 1116.0, 768.0],
            Kind::Badge => [40.0, 40.0, 800.0, 810.0],
        };
        for unit in ["W", "Ada King ", "श्री Z\u{301}\u{323}\u{302}"] {
            let lengths: &[usize] = match unit {
                "W" => &[1, 40, 200, 400],
                _ => &[400],
            };
            for &length in lengths {
                let text: String = unit.chars().cycle().take(length).collect();
                for [x, y, far_x, far_y] in filled_boxes(drawn(&filled(kind, &text)).svg()) {
                    let is_within = left <= x && top <= y && far_x <= right && far_y <= bottom;
                    assert!(is_within, "{kind:?} {unit:?} {length}: {x} {y} {far_x} {far_y}");
                }
            }
        }
    }
}

#[test]
fn a_picture_is_as_wide_as_asked_and_of_a_sane_size() {
    let drawing = drawn(&sheet(Kind::Certificate));
    for (width, height) in [(64, 45), (1000, 707), (1600, 1131)] {
        let png = drawing.png(width).unwrap();
        let picture = tiny_skia::Pixmap::decode_png(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), (width, height));
        assert!(png.len() < 600_000, "{} bytes", png.len());
        let corner = picture.pixel(width - 1, height - 1).unwrap();
        assert_eq!(corner.alpha(), 255, "the paper goes to the edge");
    }
    for width in [0, 63, 4097, u32::MAX] {
        assert_eq!(drawing.png(width), Err(RenderError::Width { width }));
    }
}

#[test]
fn a_document_has_its_fonts_and_its_name() {
    for kind in KINDS {
        let drawing = drawn(&sheet(kind));
        let pdf = drawing.pdf().unwrap();
        let has = |text: &str| pdf.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(pdf.starts_with(b"%PDF-"));
        assert!(has("EBGaramond12-Regular"), "{kind:?}");
        assert!(has("EBGaramond12-Italic"), "{kind:?}");
        assert!(has("Ada Lovelace</rdf:li>"), "{kind:?}");
        assert!(has(ADDRESS), "the code is a link: {kind:?}");
        assert!(pdf.len() < 200_000, "{} bytes", pdf.len());
    }
    let script = drawn(&Sheet {
        verify_url: "javascript:alert(1)".into(),
        ..sheet(Kind::Badge)
    });
    let pdf = script.pdf().unwrap();
    assert!(!pdf.windows(11).any(|window| window == b"javascript:"));
}

#[test]
fn svgs_of_common_lengths_are_small() {
    for kind in KINDS {
        let svg = drawn(&sheet(kind));
        assert!(svg.svg().len() < 250_000, "{}", svg.svg().len());
    }
}

#[test]
fn an_address_that_no_code_holds_is_refused() {
    let long = Sheet {
        verify_url: format!("https://example.org/{}", "a".repeat(3_000)),
        ..sheet(Kind::Certificate)
    };
    assert_eq!(
        long.draw().map(drop),
        Err(RenderError::AddressTooLong { bytes: 3_020 })
    );
}
