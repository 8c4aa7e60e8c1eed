//! Fits a text into a room: first smaller, then on more lines, then cut with …; never over the edge.

#[cfg(test)]
mod tests;

use crate::{
    fonts,
    measure::{self, Style},
    shaping,
};

/// What a text may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// From edge to edge, in units of the sheet.
    pub(crate) width: f64,
    /// The size that a short text has.
    pub(crate) largest: f64,
    /// The size under which it is not set.
    pub(crate) smallest: f64,
    /// The most that all lines together take, from one base line to that of the line after the last.
    pub(crate) height: f64,
    /// The most lines.
    pub(crate) lines: u8,
}

impl Room {
    /// A room for one line.
    pub(crate) const fn line(width: f64, largest: f64, smallest: f64) -> Self {
        Self {
            width,
            largest,
            smallest,
            height: largest * LEADING,
            lines: 1,
        }
    }

    /// The largest size of a text on so many lines.
    fn largest_on(&self, lines: u8) -> f64 {
        let share = self.height / LEADING / f64::from(lines);
        share.clamp(self.smallest, self.largest.max(self.smallest))
    }
}

/// From one base line to the next, in ems.
pub(crate) const LEADING: f64 = 1.15;

/// A text as it is set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fitted {
    pub(crate) lines: Vec<String>,
    /// How wide each line is, in units.
    pub(crate) widths: Vec<f64>,
    pub(crate) size: f64,
    pub(crate) family: &'static str,
}

impl Fitted {
    /// The width of the widest line.
    pub(crate) fn width(&self) -> f64 {
        self.widths.iter().copied().fold(0.0, f64::max)
    }
}

/// Between two sizes that are tried.
const STEP: f64 = 0.96;
/// Another line is begun sooner than a text is set under this part of its largest size.
const COMFORT: f64 = 0.62;

/// Fits a cleaned text; no lines where there is no text.
pub(crate) fn fit(text: &str, style: Style, room: Room) -> Fitted {
    let family = fonts::family(text);
    let words = Words::measured(text, style, family, room.width / room.smallest);
    let (size, lines) = match words.settled(room) {
        Some(size) => (size, words.balanced(room.width / size)),
        None => (room.smallest, words.cut(room, style)),
    };
    // Words were measured one by one; a line that comes out wider than their sum makes all lines a little smaller.
    let references: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut widths = measure::widths(&references, style, family);
    let widest = widths.iter().copied().fold(0.0, f64::max);
    let size = if widest * size > room.width {
        room.width / widest
    } else {
        size
    };
    for width in &mut widths {
        *width *= size;
    }
    Fitted {
        lines,
        widths,
        size,
        family,
    }
}

/// The words of a text, and how wide each is in ems.
struct Words {
    all: Vec<Word>,
    space: f64,
    family: &'static str,
}

struct Word {
    text: String,
    width: f64,
    /// A piece of a word that is wider than any line: no space before it.
    is_joined: bool,
}

/// Words on one line.
struct Line {
    text: String,
    /// It begins within a word.
    is_joined: bool,
}

impl Words {
    /// Splits the text at spaces, and what is then still wider than `line` wherever it must be.
    fn measured(text: &str, style: Style, family: &'static str, line: f64) -> Self {
        let whole = text.split(' ').filter(|word| !word.is_empty());
        let mut words = Vec::new();
        for word in whole {
            let width = shaping::advance(word, style, family);
            if width <= line {
                words.push(Word {
                    text: word.into(),
                    width,
                    is_joined: false,
                });
            } else {
                words.extend(pieces(word, style, family));
            }
        }
        let space = shaping::advance(" ", style, family);
        Self {
            all: words,
            space,
            family,
        }
    }

    /// The size at which the text takes the fewest lines that it is comfortable on; `None` where it must be cut.
    fn settled(&self, room: Room) -> Option<f64> {
        (1..=room.lines).find_map(|lines| {
            let is_last = lines == room.lines;
            let floor = if is_last {
                room.smallest
            } else {
                (room.largest_on(lines) * COMFORT).max(room.smallest)
            };
            let sizes = std::iter::successors(Some(room.largest_on(lines)), |size| {
                (*size > floor).then(|| (size * STEP).max(floor))
            });
            let mut sizes = sizes.filter(|size| self.wrap(room.width / size).len() <= usize::from(lines));
            sizes.next()
        })
    }

    /// Lines as full as they go.
    fn wrap(&self, line: f64) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut used = 0.0;
        for word in &self.all {
            let space = if word.is_joined { 0.0 } else { self.space };
            match lines.last_mut() {
                Some(last) if used + space + word.width <= line => {
                    if !word.is_joined {
                        last.text.push(' ');
                    }
                    last.text.push_str(&word.text);
                    used += space + word.width;
                }
                _ => {
                    lines.push(Line {
                        text: word.text.clone(),
                        is_joined: word.is_joined,
                    });
                    used = word.width;
                }
            }
        }
        lines
    }

    /// As many lines as full ones would be, of about the same width.
    fn balanced(&self, line: f64) -> Vec<String> {
        let full = self.wrap(line);
        if full.len() < 2 {
            return full.into_iter().map(|line| line.text).collect();
        }
        let widest = self.all.iter().map(|word| word.width).fold(0.0, f64::max);
        let narrower = std::iter::successors(Some(line), |width| Some(width * 0.98));
        let narrower = narrower.take_while(|width| *width >= widest);
        let balanced = narrower
            .map(|width| self.wrap(width))
            .take_while(|lines| lines.len() <= full.len());
        let lines = balanced.last().unwrap_or(full);
        lines.into_iter().map(|line| line.text).collect()
    }

    /// Full lines at the smallest size, the last of them ending in ….
    fn cut(&self, room: Room, style: Style) -> Vec<String> {
        let line = room.width / room.smallest;
        let mut lines = self.wrap(line);
        let rest = lines.split_off(lines.len().min(usize::from(room.lines.saturating_sub(1))));
        let mut lines: Vec<String> = lines.into_iter().map(|line| line.text).collect();
        let rest = rest.into_iter().fold(String::new(), |mut rest, line| {
            if !rest.is_empty() && !line.is_joined {
                rest.push(' ');
            }
            rest + &line.text
        });
        let fits = |text: &str| shaping::advance(text, style, self.family) <= line;
        // The longest beginning that fits, found by halving.
        let ends: Vec<usize> = rest
            .char_indices()
            .filter(|(_, character)| !crate::plain::is_mark(*character))
            .map(|(at, _)| at)
            .collect();
        let shortened = |end: usize| format!("{}…", rest.get(..end).unwrap_or_default().trim_end());
        let count = ends.partition_point(|&end| fits(&shortened(end)));
        let end = ends.get(count.saturating_sub(1)).copied().unwrap_or_default();
        // Rather after a whole word than within one, where little is lost by it.
        let space = rest.get(..end).and_then(|kept| kept.rfind(' '));
        let end = space.filter(|space| end - space <= 12).unwrap_or(end);
        lines.push(shortened(end));
        lines
    }
}

/// A word in pieces of one character each, marks staying with their letter.
fn pieces(word: &str, style: Style, family: &'static str) -> Vec<Word> {
    let mut texts: Vec<String> = Vec::new();
    for character in word.chars() {
        match texts.last_mut() {
            Some(last) if crate::plain::is_mark(character) => last.push(character),
            _ => texts.push(character.into()),
        }
    }
    let words = texts.into_iter().enumerate();
    words
        .map(|(index, text)| Word {
            width: shaping::advance(&text, style, family),
            text,
            is_joined: index > 0,
        })
        .collect()
}
