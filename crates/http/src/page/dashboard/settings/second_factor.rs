//! `/dashboard/settings/account/second-factor`: setting up an authenticator app, and giving it up.

use actix_web::{HttpResponse, web::Payload};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use symbolon_certificate::qr_path;
use symbolon_domain::{
    port::administrators::ProofChanging,
    second_factor::{RecoveryCode, TotpSecret},
    secret::Secret as _,
    service::administration::second_factor::{self, Enrolling},
};

use super::account::after;
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{
        Field, Outcome, Problem, QrCode, QuestionPage, RecoveryCodesPage, SecondFactorSetupPage, Section,
        paths,
    },
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    if desk
        .administrator
        .member
        .administrator
        .proofs
        .second_factor
        .is_some()
    {
        return Ok(see_page(&desk.state, paths::ACCOUNT, Vec::new()));
    }
    let enrolment = second_factor::enrol(&desk.state.ports, &desk.administrator)?;
    page(&desk, &enrolment.secret, &enrolment.note, Field::default()).await
}

pub(crate) async fn add(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let state = &desk.state;
    let note = form
        .text("note")
        .and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok())
        .ok_or(PageFault::BadForm)?;
    let code = form.text("code").unwrap_or_default();
    let adding = second_factor::add(
        &state.ports,
        state.codes.as_ref(),
        &desk.administrator,
        &note,
        code,
    );
    match adding.await? {
        Enrolling::Done(codes) => recovery_codes(&desk, &codes, true).await,
        Enrolling::WrongCode => {
            let secret = second_factor::enrolled(&state.ports, &desk.administrator, &note);
            let secret = secret.ok_or(PageFault::BadForm)?;
            let wrong = Field::default().with(Problem::WrongCode);
            page(&desk, &secret, &note, wrong).await
        }
        Enrolling::Stale => Err(PageFault::BadForm),
        Enrolling::Overtaken => Err(PageFault::SignInFirst {
            next: paths::ACCOUNT.to_owned(),
            had_session: true,
        }),
    }
}

pub(crate) async fn ask_to_remove(desk: Desk) -> Result<HttpResponse, PageFault> {
    let frame = desk.frame(Section::Settings).await?;
    scripted_page(&QuestionPage::remove_second_factor(frame))
}

pub(crate) async fn remove(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    match second_factor::remove(&desk.state.ports, &desk.administrator).await? {
        ProofChanging::Changed => Ok(after(&desk, Outcome::SecondFactorRemoved)),
        ProofChanging::Overtaken | ProofChanging::ProfileTaken => {
            Ok(see_page(&desk.state, paths::ACCOUNT, Vec::new()))
        }
    }
}

pub(crate) async fn ask_to_renew(desk: Desk) -> Result<HttpResponse, PageFault> {
    let frame = desk.frame(Section::Settings).await?;
    scripted_page(&QuestionPage::new_recovery_codes(frame))
}

pub(crate) async fn renew(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    match second_factor::renew_recovery_codes(&desk.state.ports, &desk.administrator).await? {
        Some(codes) => recovery_codes(&desk, &codes, false).await,
        None => Ok(see_page(&desk.state, paths::ACCOUNT, Vec::new())),
    }
}

async fn page(desk: &Desk, secret: &TotpSecret, note: &[u8], code: Field) -> Result<HttpResponse, PageFault> {
    let member = &desk.administrator.member;
    let address = desk.state.codes.address(
        secret,
        member.organization.name.as_str(),
        member.administrator.mail.as_str(),
    );
    let drawn = qr_path(&address).map_err(|error| {
        tracing::error!(%error, "a QR code cannot be drawn");
        PageFault::Internal
    })?;
    scripted_page(&SecondFactorSetupPage {
        frame: desk.frame(Section::Settings).await?,
        secret: secret.expose().to_owned(),
        qr: QrCode {
            size: drawn.size,
            path: drawn.path,
        },
        note: BASE64_URL_SAFE_NO_PAD.encode(note),
        code,
    })
}

async fn recovery_codes(
    desk: &Desk,
    codes: &[RecoveryCode],
    is_first: bool,
) -> Result<HttpResponse, PageFault> {
    scripted_page(&RecoveryCodesPage {
        frame: desk.frame(Section::Settings).await?,
        codes: codes.iter().map(RecoveryCode::shown).collect(),
        is_first,
    })
}
