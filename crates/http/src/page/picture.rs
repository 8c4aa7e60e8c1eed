//! A credential as a picture, drawn in the [`Studio`](super::Studio).

use actix_web::{HttpRequest, HttpResponse, body, http::Method, http::header::CONTENT_DISPOSITION, web};
use symbolon_certificate::{Kind, Mark, RenderError, Sheet, Words, qr_svg};
use symbolon_domain::{
    access_token::Dossier,
    recipient::{CredentialStanding, Locale},
    template::TemplateKind,
    time::Timestamp,
};

use super::fault::PageFault;
use crate::{
    State,
    view::{Language, Moment, paths},
};

/// Pixels across a picture to take away: sharp on paper as wide as a hand.
const PNG_WIDTH: u32 = 1_600;

/// In which form a picture is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Svg,
    Png,
    Pdf,
    /// Only the QR code of the verification page.
    QrSvg,
}

impl Format {
    pub(super) fn of_file(name: &str) -> Option<Self> {
        match name {
            "image.svg" => Some(Self::Svg),
            "image.png" => Some(Self::Png),
            "image.pdf" => Some(Self::Pdf),
            "qr.svg" => Some(Self::QrSvg),
            _ => None,
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Svg | Self::QrSvg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }

    /// What a browser calls the file when it keeps it. A constant: names of people and templates stay out of headers.
    const fn disposition(self, kind: TemplateKind) -> &'static str {
        match (self, kind) {
            (Self::Svg | Self::QrSvg, _) => "inline",
            (Self::Png, TemplateKind::Certificate) => "attachment; filename=\"certificate.png\"",
            (Self::Pdf, TemplateKind::Certificate) => "attachment; filename=\"certificate.pdf\"",
            (Self::Png, TemplateKind::Badge) => "attachment; filename=\"badge.png\"",
            (Self::Pdf, TemplateKind::Badge) => "attachment; filename=\"badge.pdf\"",
        }
    }

    fn render(self, sheet: &Sheet) -> Result<Vec<u8>, RenderError> {
        if self == Self::QrSvg {
            return qr_svg(&sheet.verify_url).map(String::into_bytes);
        }
        let drawing = sheet.draw()?;
        match self {
            Self::Svg | Self::QrSvg => Ok(drawing.svg().as_bytes().to_vec()),
            Self::Png => drawing.png(PNG_WIDTH),
            Self::Pdf => drawing.pdf(),
        }
    }
}

/// The answer that carries a credential's picture. Who asks for the headers alone has nothing drawn.
pub(super) async fn answer(
    request: &HttpRequest,
    dossier: &Dossier,
    format: Format,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    let mut response = HttpResponse::Ok();
    response
        .content_type(format.content_type())
        .insert_header((CONTENT_DISPOSITION, format.disposition(dossier.template.kind)))
        .insert_header((super::respond::X_ROBOTS_TAG, "noindex, nofollow"));
    if request.method() == Method::HEAD {
        return Ok(response.body(body::None::new()));
    }
    let sheet = sheet(dossier, state);
    let desk = state.studio.desk().await?;
    let drawn = web::block(move || {
        let drawn = format.render(&sheet);
        drop(desk);
        drawn
    });
    let picture = drawn.await.map_err(|_| PageFault::Internal)?.map_err(|error| {
        tracing::error!(%error, "a credential cannot be drawn");
        PageFault::Internal
    })?;
    Ok(response.body(picture))
}

/// The address where everybody verifies a credential.
pub(super) fn verify_url(dossier: &Dossier, state: &State) -> String {
    let path = format!("{}/{}", paths::VERIFY, dossier.recipient.id);
    state.public_url.at(&path).to_string()
}

fn sheet(dossier: &Dossier, state: &State) -> Sheet {
    let recipient = &dossier.recipient;
    let (words, language) = match recipient.locale {
        Locale::English => (Words::english(), Language::English),
        Locale::German => (Words::german(), Language::German),
    };
    let day = |at: Timestamp| Moment::of(at).day_in(language);
    let verify_url = verify_url(dossier, state);
    let verify_short = verify_url
        .split_once("://")
        .map_or(verify_url.as_str(), |(_, short)| short)
        .to_owned();
    Sheet {
        kind: match dossier.template.kind {
            TemplateKind::Badge => Kind::Badge,
            TemplateKind::Certificate => Kind::Certificate,
        },
        id: *recipient.id.as_uuid().as_bytes(),
        title: dossier.template.name.to_string(),
        holder: recipient.name(),
        issuer: dossier.organization.name.to_string(),
        description: dossier.template.description.as_ref().map(ToString::to_string),
        issued_on: day(recipient.issued_at),
        expires_on: recipient.expires_at.map(day),
        verify_url,
        verify_short,
        mark: match recipient.credential(state.ports.clock.now()) {
            CredentialStanding::Valid => None,
            CredentialStanding::Expired { .. } => Some(Mark::Expired),
            CredentialStanding::Revoked(_) => Some(Mark::Revoked),
        },
        words,
    }
}
