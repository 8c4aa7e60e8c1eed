//! `/dashboard/developers/new`: creating a token.

use actix_web::{HttpResponse, web::Payload};
use symbolon_domain::{
    permissions::{self, Permission},
    service::create_token::{CreateToken, CreateTokenError, LifeRequest},
    text::Description,
    time::Lifetime,
};

use super::{made, present};
use crate::{
    page::{
        dashboard::{
            desk::Desk,
            typed::{Typed, sentence},
        },
        fault::PageFault,
        form::Form,
        respond::scripted_page,
    },
    view::dashboard::{Field, Permissions, Problem, Section, TokenFormPage},
};

/// How long a token lives where nothing else is chosen, in days, as the form offers it.
const DEFAULT_DAYS: &str = "180";

/// What the form holds.
struct Wish {
    description: Field,
    permissions: permissions::Permissions,
    days: Field,
}

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let wish = Wish {
        description: Field::default(),
        permissions: permissions::Permissions::READ,
        days: Field::of(DEFAULT_DAYS),
    };
    form_page(&desk, wish, None, None).await
}

pub(crate) async fn create(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let description = Typed::optional(&form, "description", Description::parse);
    let (days, life) = days(&form);
    let wish = Wish {
        description: description.field,
        permissions: chosen(&form),
        days,
    };
    let (Some(description), Some(life)) = (description.value, life) else {
        return form_page(&desk, wish, None, None).await;
    };
    let creating = CreateToken {
        authority: desk.authority(),
        description,
        permissions: Some(wish.permissions),
        life: LifeRequest::Days(life),
        request: None,
    };
    match creating.run(&desk.state.ports).await {
        Ok(made) => made::lead_to(&desk, &made),
        Err(CreateTokenError::NoPermissions) => {
            let problem =
                Problem::Other("Choose at least one: a token without permissions does nothing.".into());
            form_page(&desk, wish, Some(problem), None).await
        }
        Err(CreateTokenError::LimitReached) => {
            let problem =
                "Your organization has 50 live tokens, and may not have more. Revoke one that nobody uses.";
            form_page(&desk, wish, None, Some(problem.to_owned())).await
        }
        Err(CreateTokenError::OrganizationCancelled) => {
            let problem = "Your organization’s account is closed.";
            form_page(&desk, wish, None, Some(problem.to_owned())).await
        }
        Err(CreateTokenError::Life(error)) => {
            let wish = Wish {
                days: wish.days.with(Problem::Other(sentence(&error.to_string()))),
                ..wish
            };
            form_page(&desk, wish, None, None).await
        }
        Err(CreateTokenError::Fault(fault)) => Err(fault.into()),
        // An administrator is no token, and names no request.
        Err(
            CreateTokenError::BeyondCaller | CreateTokenError::KeyTaken | CreateTokenError::CallerRetired,
        ) => Err(PageFault::Internal),
    }
}

/// The number of days that was chosen, or typed.
fn days(form: &Form) -> (Field, Option<i64>) {
    let chosen = form.text("expires_in_days").unwrap_or(DEFAULT_DAYS);
    let text = if chosen == "own" {
        form.text("own_days").unwrap_or_default().trim()
    } else {
        chosen
    };
    let days = text
        .parse()
        .ok()
        .filter(|days| Lifetime::from_days(*days).is_ok());
    let field = Field::of(text);
    if days.is_some() {
        (field, days)
    } else {
        (field.with(Problem::NotANumber { least: 1, most: 366 }), None)
    }
}

fn chosen(form: &Form) -> permissions::Permissions {
    let names = [
        ("read_enabled", Permission::Read),
        ("write_enabled", Permission::Write),
        ("delete_enabled", Permission::Delete),
    ];
    names
        .into_iter()
        .filter(|(name, _)| form.text(name) == Some("true"))
        .fold(permissions::Permissions::NONE, |all, (_, permission)| {
            all.with(permission)
        })
}

async fn form_page(
    desk: &Desk,
    wish: Wish,
    permissions_problem: Option<Problem>,
    problem: Option<String>,
) -> Result<HttpResponse, PageFault> {
    let permissions: Permissions = present::permissions(wish.permissions);
    scripted_page(&TokenFormPage {
        frame: desk.frame(Section::Developers).await?,
        description: wish.description,
        permissions,
        permissions_problem,
        expires_in_days: wish.days,
        problem,
    })
}
