//! A drawn sheet, and the three forms in which it is handed out.

use krilla::{
    Document,
    action::LinkAction,
    annotation::{Annotation, LinkAnnotation, Target},
    geom::{Rect, Size},
    metadata::Metadata,
    page::PageSettings,
};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Pixmap, Transform};
use usvg::Tree;

use crate::{
    Sheet,
    canvas::Canvas,
    fonts, parts, plain,
    sheet::{Format, UNITS_PER_MM},
};

/// The widths that pictures may have, in pixels.
pub const PICTURE_WIDTHS: std::ops::RangeInclusive<u32> = 64..=4096;

/// Points in a millimetre.
const POINTS_PER_MM: f32 = 72.0 / 25.4;

/// A drawn sheet.
#[derive(Debug, Clone)]
pub struct Drawing {
    svg: String,
    /// With texts as texts.
    tree: Tree,
    format: Format,
    name: String,
    account: String,
    issuer: String,
    language: String,
    address: String,
}

impl Drawing {
    pub(crate) fn new(sheet: &Sheet, canvas: &Canvas) -> Result<Self, RenderError> {
        let format = sheet.kind.format();
        let (name, account) = (sheet.name(), sheet.account());
        let plain_opening = opening(format, "");
        let tree = Tree::from_str(&canvas.with_texts(&(plain_opening + ">")), &fonts::options())
            .map_err(|error| RenderError::Layout(error.to_string()))?;

        let spoken = format!(
            r#" xml:lang="{}" role="img" aria-labelledby="sheet-name sheet-account"><title id="sheet-name">{}</title><desc id="sheet-account">{}</desc>"#,
            plain::escape(&sheet.words.language),
            plain::escape(&name),
            plain::escape(&account),
        );
        Ok(Self {
            svg: canvas.with_outlines(&opening(format, &spoken), &tree),
            tree,
            format,
            name,
            account,
            issuer: sheet.issuer.clone(),
            language: sheet.words.language.clone(),
            address: sheet.verify_url.clone(),
        })
    }

    /// The sheet as SVG, which looks the same everywhere: letters are outlines, nothing is loaded, nothing runs, and
    /// there is no style sheet that a content security policy would refuse. What it says is in its title and
    /// description.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The sheet as PNG of the given width in pixels; the height follows.
    ///
    /// # Errors
    /// [`RenderError::Width`] outside [`PICTURE_WIDTHS`].
    pub fn png(&self, width: u32) -> Result<Vec<u8>, RenderError> {
        let pixels = u16::try_from(width)
            .ok()
            .filter(|_| PICTURE_WIDTHS.contains(&width));
        let pixels = pixels.ok_or(RenderError::Width { width })?;
        let (units, rows) = (u32::from(self.format.width), u32::from(self.format.height));
        let height = (width * rows + units / 2) / units;
        let mut picture = Pixmap::new(width, height).ok_or(RenderError::Width { width })?;
        let scale = f32::from(pixels) / self.tree.size().width();
        resvg::render(
            &self.tree,
            Transform::from_scale(scale, scale),
            &mut picture.as_mut(),
        );
        picture
            .encode_png()
            .map_err(|error| RenderError::Png(error.to_string()))
    }

    /// Where the QR code is on a page so many points wide; none where its address is not one of the web.
    fn code(&self, width: f32) -> Option<Rect> {
        let is_web = ["https://", "http://"]
            .iter()
            .any(|scheme| self.address.starts_with(scheme));
        let code = self.tree.node_by_id(parts::CODE_ID).filter(|_| is_web)?;
        let code = code.abs_bounding_box();
        let scale = width / self.tree.size().width();
        Rect::from_ltrb(
            code.left() * scale,
            code.top() * scale,
            code.right() * scale,
            code.bottom() * scale,
        )
    }

    /// The sheet as a PDF of one page, its texts to be searched and copied, its QR code a link.
    ///
    /// # Errors
    /// [`RenderError::Pdf`], which no sheet is known to cause.
    pub fn pdf(&self) -> Result<Vec<u8>, RenderError> {
        let wrong = || RenderError::Pdf("a length is not a number".into());
        let points = |units: f32| units / f32::from(UNITS_PER_MM) * POINTS_PER_MM;
        let (width, height) = (
            points(f32::from(self.format.width)),
            points(f32::from(self.format.height)),
        );

        let mut document = Document::new();
        document.set_metadata(
            Metadata::new()
                .title(self.name.clone())
                .description(self.account.clone())
                .authors(vec![self.issuer.clone()])
                .language(self.language.clone())
                .creator("Symbolon".into()),
        );
        let settings = PageSettings::from_wh(width, height).ok_or_else(wrong)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let size = Size::from_wh(width, height).ok_or_else(wrong)?;
        surface
            .draw_svg(&self.tree, size, SvgSettings::default())
            .ok_or_else(|| RenderError::Pdf("the drawing was refused".into()))?;
        surface.finish();
        if let Some(place) = self.code(width) {
            let target = Target::Action(LinkAction::new(self.address.clone()).into());
            page.add_annotation(Annotation::new_link(
                LinkAnnotation::new(place, target),
                Some(self.address.clone()),
            ));
        }
        page.finish();
        document
            .finish()
            .map_err(|error| RenderError::Pdf(format!("{error:?}")))
    }
}

/// The root's opening tag with further attributes, and what else is given.
fn opening(format: Format, more: &str) -> String {
    let Format { width, height } = format;
    let (across, down) = (width / UNITS_PER_MM, height / UNITS_PER_MM);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{across}mm" height="{down}mm" viewBox="0 0 {width} {height}"{more}"#
    )
}

/// Why there is no drawing, or not in the form asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// A picture of this width is not made.
    #[error("a picture is 64 to 4096 pixels wide, not {width}")]
    Width {
        /// The width asked for.
        width: u32,
    },
    /// The verification address is longer than any QR code.
    #[error("the verification address has {bytes} bytes, more than a QR code holds")]
    AddressTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// The sheet was written and could not be read back.
    #[error("the sheet could not be laid out: {0}")]
    Layout(String),
    /// The picture was drawn and could not be written.
    #[error("the picture could not be written: {0}")]
    Png(String),
    /// The document could not be written.
    #[error("the document could not be written: {0}")]
    Pdf(String),
}
