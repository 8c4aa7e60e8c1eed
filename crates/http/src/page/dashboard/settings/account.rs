//! `/dashboard/settings/account`: the own name, password, account at a provider, and sessions.

use actix_web::{HttpResponse, web::Payload};
use symbolon_domain::{
    administrator_session::AdministratorSession,
    password::Password,
    port::administrators::ProofChanging,
    service::administration::{
        account::{PasswordChanging, change_password, connect, rename},
        sessions,
    },
    text::PersonName,
};

use super::browser;
use crate::{
    page::{
        dashboard::{desk::Desk, provider::offered, sign_in::too_soon, typed::Typed},
        fault::PageFault,
        form::Form,
        profile,
        respond::{scripted_page, scripted_page_with_providers, see_page},
    },
    view::dashboard::{
        AccountPage, ClientAddress, Field, Outcome, Problem, QuestionPage, SecondFactor, Section, SessionRow,
        Since, paths,
    },
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    page(&desk, None, Field::default(), Field::default()).await
}

pub(crate) async fn set_name(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let typed = Typed::needed(&form, "name", PersonName::parse);
    let Some(name) = typed.value else {
        return page(&desk, Some(typed.field), Field::default(), Field::default()).await;
    };
    rename(&desk.state.ports, &desk.administrator, &name).await?;
    Ok(after(&desk, Outcome::NameChanged))
}

pub(crate) async fn set_password(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let member = &desk.administrator.member;
    let about = [
        member.administrator.called(),
        member.administrator.mail.as_str(),
        member.organization.name.as_str(),
    ];
    let new = Typed::password(&form, "password", &about);
    let Some(password) = new.value else {
        return page(&desk, None, Field::default(), new.field).await;
    };
    let current = current(&form);
    let state = &desk.state;
    let changing = change_password(
        &state.ports,
        state.proving(),
        &desk.administrator,
        current,
        password,
    );
    match changing.await? {
        PasswordChanging::Changed => Ok(after(&desk, Outcome::PasswordChanged)),
        PasswordChanging::WrongCurrent => {
            let wrong = Field::default().with(Problem::WrongPassword);
            page(&desk, None, wrong, Field::default()).await
        }
        PasswordChanging::TooSoon { from } => {
            let sentence = too_soon(from, desk.now()).sentence();
            let wrong = Field::default().with(Problem::Other(sentence));
            page(&desk, None, wrong, Field::default()).await
        }
        PasswordChanging::ProveFirst => Err(PageFault::ProveFirst {
            next: paths::ACCOUNT.to_owned(),
        }),
        PasswordChanging::Overtaken => Err(PageFault::SignInFirst {
            next: paths::ACCOUNT.to_owned(),
            had_session: true,
        }),
    }
}

fn current(form: &Form) -> Option<Password> {
    Password::typed(form.text("current").unwrap_or_default())
}

pub(crate) async fn ask_to_disconnect(desk: Desk) -> Result<HttpResponse, PageFault> {
    let administrator = &desk.administrator.member.administrator;
    let Some(connection) = &administrator.proofs.connection else {
        return Ok(see_page(&desk.state, paths::ACCOUNT, Vec::new()));
    };
    let connected = profile(&desk.state, connection);
    let frame = desk.frame(Section::Settings).await?;
    scripted_page(&QuestionPage::disconnect(frame, &connected))
}

pub(crate) async fn disconnect(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let changed = connect(&desk.state.ports, &desk.administrator, None).await?;
    Ok(after(
        &desk,
        match changed {
            ProofChanging::Changed => Outcome::AccountDisconnected,
            ProofChanging::Overtaken | ProofChanging::ProfileTaken => Outcome::AccountNotConnected,
        },
    ))
}

pub(super) fn after(desk: &Desk, outcome: Outcome) -> HttpResponse {
    let to = format!("{}?done={}", paths::ACCOUNT, outcome.code());
    see_page(&desk.state, &to, Vec::new())
}

async fn page(
    desk: &Desk,
    name: Option<Field>,
    current: Field,
    password: Field,
) -> Result<HttpResponse, PageFault> {
    let administrator = &desk.administrator.member.administrator;
    let proofs = &administrator.proofs;
    let now = desk.now();
    let sessions = sessions::list(&desk.state.ports, &desk.administrator).await?;
    let called = administrator.name.as_ref().map(ToString::to_string);
    let (providers, origins) = offered(&desk.state).await;
    let view = AccountPage {
        frame: desk.frame(Section::Settings).await?,
        name: name.unwrap_or_else(|| Field::of(called.unwrap_or_default())),
        mail: administrator.mail.to_string(),
        has_password: proofs.password.is_some(),
        current,
        password,
        second_factor: match &proofs.second_factor {
            None => SecondFactor::Off,
            Some(factor) => SecondFactor::On {
                since: Since::of(factor.since, now),
                codes_left: u64::from(factor.recovery_codes_left),
            },
        },
        connected: proofs
            .connection
            .as_ref()
            .map(|connection| profile(&desk.state, connection)),
        providers,
        sessions: sessions.iter().map(|session| row(desk, session)).collect(),
    };
    scripted_page_with_providers(&view, &origins)
}

fn row(desk: &Desk, session: &AdministratorSession) -> SessionRow {
    let now = desk.now();
    SessionRow {
        id: session.id.to_string(),
        is_this: session.id == desk.administrator.session.id,
        browser: session
            .browser
            .as_ref()
            .map(|said| browser::called(said.as_str())),
        address: session.address.map(ClientAddress::of),
        began: Since::of(session.created_at, now),
        active: Since::of(session.active_at(), now),
    }
}
