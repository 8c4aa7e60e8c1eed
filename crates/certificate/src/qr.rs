//! The QR code of the verification address, as one path.

use std::collections::{BTreeMap, BTreeSet};

use fast_qr::{ECL, QRBuilder, QRCode};

use crate::RenderError;

/// Light modules around the code, which its standard asks for.
const QUIET: i16 = 4;

/// A code: its outline in modules, the quiet zone included.
#[derive(Debug)]
pub(crate) struct Code {
    /// Modules from edge to edge.
    pub(crate) side: i16,
    /// The dark modules, for the rule of even and odd.
    pub(crate) data: String,
}

impl Code {
    /// Encodes an address, at the medium level where it fits: more redundancy would make smaller modules, and those are
    /// what cameras fail at.
    ///
    /// # Errors
    /// [`RenderError::AddressTooLong`] beyond some 2,900 bytes.
    pub(crate) fn new(address: &str) -> Result<Self, RenderError> {
        let built = [ECL::M, ECL::L]
            .into_iter()
            .find_map(|level| QRBuilder::new(address).ecl(level).build().ok());
        let code = built.ok_or(RenderError::AddressTooLong { bytes: address.len() })?;
        let side = i16::try_from(code.size).expect("the largest code has 177 modules") + 2 * QUIET;
        let data = outline(&dark(&code));
        Ok(Self { side, data })
    }
}

fn dark(code: &QRCode) -> BTreeSet<(i16, i16)> {
    let rows = (QUIET..).zip(code.data.chunks(code.size).take(code.size));
    rows.flat_map(|(y, row)| {
        let cells = (QUIET..).zip(row);
        cells.filter_map(move |(x, module)| module.value().then_some((x, y)))
    })
    .collect()
}

/// The edges between dark and light, chained into loops: no seam runs through a dark area, at any scale.
fn outline(dark: &BTreeSet<(i16, i16)>) -> String {
    let mut edges: BTreeMap<(i16, i16), Vec<(i16, i16)>> = BTreeMap::new();
    for &(x, y) in dark {
        let sides = [
            ((x, y - 1), (x, y), (x + 1, y)),
            ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
            ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
            ((x - 1, y), (x, y + 1), (x, y)),
        ];
        for (neighbour, from, to) in sides {
            if !dark.contains(&neighbour) {
                edges.entry(from).or_default().push(to);
            }
        }
    }

    let mut data = String::new();
    while let Some((&start, _)) = edges.first_key_value() {
        data += &["M", &start.0.to_string(), " ", &start.1.to_string()].concat();
        let (mut at, mut run) = (start, (0, 0));
        while let Some(to) = take(&mut edges, at) {
            let step = (to.0 - at.0, to.1 - at.1);
            let turns = (run.0 == 0) != (step.0 == 0);
            if turns && run != (0, 0) {
                data.push_str(&stroke(run));
                run = (0, 0);
            }
            run = (run.0 + step.0, run.1 + step.1);
            at = to;
            if at == start {
                break;
            }
        }
        data.push('z');
    }
    data
}

fn take(edges: &mut BTreeMap<(i16, i16), Vec<(i16, i16)>>, from: (i16, i16)) -> Option<(i16, i16)> {
    let ends = edges.get_mut(&from)?;
    let to = ends.pop();
    if ends.is_empty() {
        edges.remove(&from);
    }
    to
}

fn stroke(run: (i16, i16)) -> String {
    match run {
        (0, dy) => format!("v{dy}"),
        (dx, _) => format!("h{dx}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_has_one_outline_and_a_hole_its_own() {
        let ring: BTreeSet<_> = (0..3)
            .flat_map(|y| (0..3).map(move |x| (x, y)))
            .filter(|&cell| cell != (1, 1))
            .collect();
        assert_eq!(outline(&ring), "M0 0h3v3h-3zM1 1v1h1v-1z");
    }

    #[test]
    fn long_addresses_have_less_redundancy_and_too_long_ones_no_code() {
        assert!(Code::new(&format!("https://example.org/{}", "a".repeat(2_048))).is_ok());
        assert!(matches!(
            Code::new(&"a".repeat(3_000)),
            Err(RenderError::AddressTooLong { bytes: 3_000 })
        ));
    }
}
