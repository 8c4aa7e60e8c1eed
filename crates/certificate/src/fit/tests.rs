//! That texts stay in their rooms, and take them up well.

use super::*;

const ROOM: Room = Room {
    width: 800.0,
    largest: 60.0,
    smallest: 24.0,
    height: 90.0,
    lines: 2,
};

fn assert_within(fitted: &Fitted, style: Style, room: Room) {
    assert!(fitted.lines.len() <= usize::from(room.lines), "{fitted:?}");
    for line in &fitted.lines {
        let width = measure::widths(&[line.as_str()], style, fitted.family)[0] * fitted.size;
        assert!(width <= room.width * 1.000_1, "{width} for {line:?}");
    }
}

#[test]
fn a_short_text_has_its_size_and_one_line() {
    let fitted = fit("Ada Lovelace", Style::ROMAN, ROOM);
    assert_eq!(fitted.lines, ["Ada Lovelace"]);
    assert!((fitted.size - 60.0).abs() < f64::EPSILON);
}

#[test]
fn a_longer_one_is_smaller_and_then_on_two_lines_of_about_one_width() {
    let one = fit("Augusta Ada King, Countess of Lovelace", Style::ROMAN, ROOM);
    assert_eq!(one.lines.len(), 1);
    assert!(one.size < 60.0);
    let two = fit(&"Augusta Ada King ".repeat(4), Style::ROMAN, ROOM);
    assert_eq!(two.lines.len(), 2);
    let widths = measure::widths(&[&two.lines[0], &two.lines[1]], Style::ROMAN, two.family);
    assert!((widths[0] / widths[1] - 1.0).abs() < 0.3, "{widths:?}");
    assert_within(&two, Style::ROMAN, ROOM);
}

#[test]
fn nothing_of_any_length_leaves_the_room() {
    for style in [Style::ROMAN, Style::ITALIC, Style::CAPITALS] {
        for length in [1, 2, 40, 200, 400] {
            for unit in ["W", "Ada King ", "i", "é", "ﷺ", "王", "Q\u{301} "] {
                let text = crate::plain::clean(&unit.repeat(length), length);
                assert_within(&fit(&text, style, ROOM), style, ROOM);
            }
        }
    }
}

#[test]
fn what_is_cut_says_so_and_what_fits_is_whole() {
    let text = "Ada King ".repeat(44);
    let fitted = fit(text.trim(), Style::ROMAN, ROOM);
    assert!(fitted.lines[1].ends_with('…'), "{fitted:?}");
    assert!(fitted.lines[0].len() > 40, "{fitted:?}");
    let unbroken = "W".repeat(30);
    assert_eq!(fit(&unbroken, Style::ROMAN, ROOM).lines.concat(), unbroken);
    assert_eq!(fit("", Style::ROMAN, ROOM).lines.len(), 0);
}
