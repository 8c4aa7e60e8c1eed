//! The QR code alone, for pages.

use crate::{RenderError, qr::Code};

/// The QR code of an address as an SVG of its own: dark ink on white paper, quiet zone included, so that it can be read
/// on a dark page too.
///
/// # Errors
/// [`RenderError::AddressTooLong`] when the address does not fit into a QR code.
pub fn qr_svg(address: &str) -> Result<String, RenderError> {
    let Code { side, data } = Code::new(address)?;
    let pixels = i32::from(side) * 4;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" \
         viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#ffffff\"/>\
         <path fill=\"#1d1f23\" fill-rule=\"evenodd\" d=\"{data}\"/></svg>"
    ))
}

/// A QR code as one path: for pages that draw it themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrPath {
    /// From edge to edge in modules, the quiet zone included.
    pub size: u32,
    /// The dark modules, as the data of an SVG path with the rule of even and odd.
    pub path: String,
}

/// The QR code of an address, as one path.
///
/// # Errors
/// [`RenderError::AddressTooLong`] beyond some 2,900 bytes.
pub fn qr_path(address: &str) -> Result<QrPath, RenderError> {
    let Code { side, data } = Code::new(address)?;
    Ok(QrPath {
        size: u32::from(side.unsigned_abs()),
        path: data,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_on_white_and_names_no_other_host() {
        let svg = qr_svg("https://tokens.example.org/verify/1").unwrap();
        assert!(svg.contains("fill=\"#ffffff\""));
        assert!(!svg.contains("example.org"));
        assert!(qr_svg(&"x".repeat(5_000)).is_err());
    }
}
