//! `tokens`: create, list, rotate, revoke.

use symbolon_domain::{
    authorization_token::{Grace, Standing, TokenStates},
    id::{AuthorizationTokenId, OrganizationId},
    organization::Organization,
    page::PageRequest,
    port::{Ports, authorization_tokens::TokenChange},
    service::{
        caller::Authority,
        create_token::{CreateToken, CreateTokenError, LifeRequest, MadeToken},
        list_tokens::ListTokens,
        reveal::ShownToken,
        revoke_token::RevokeToken,
        rotate_token::RotateTokenById,
    },
    text::Description,
    time::Timestamp,
};
use symbolon_http::present::TokenObject;

use super::assemble;
use crate::{
    assembly::Assembly,
    failure::Failure,
    options::{Options, Tokens},
    output::table,
    relative_time::relative,
};

pub(super) async fn run(options: &Options, act: Tokens) -> Result<(), Failure> {
    if let Tokens::Rotate { id, .. } | Tokens::Revoke { id } = &act {
        // Before a database is opened, or made, for a slip of the hand.
        token_id(id)?;
    }
    let assembly = assemble(options).await?;
    match act {
        Tokens::Create {
            organization,
            description,
            permissions,
            expires_in_days,
        } => {
            let owner = organization_by_id(&assembly.ports, organization).await?;
            let request = CreateToken {
                authority: Authority::Operator(&owner),
                description,
                permissions: Some(permissions),
                life: LifeRequest::Days(expires_in_days),
                request: None,
            };
            let made = request.run(&assembly.ports).await.map_err(refused)?;
            print_made(options, &assembly, &made)
        }
        Tokens::List { organization, all } => list(options, &assembly, organization, all).await,
        Tokens::Rotate {
            id,
            description,
            grace_seconds,
        } => rotate(options, &assembly, token_id(&id)?, description, grace_seconds).await,
        Tokens::Revoke { id } => revoke(options, &assembly, token_id(&id)?).await,
    }
}

/// The organization with this id, or a failure that says how to find the right one.
pub(super) async fn organization_by_id(ports: &Ports, id: OrganizationId) -> Result<Organization, Failure> {
    ports.organizations.find(id).await?.ok_or_else(|| {
        Failure::new(format!("there is no organization {id}"))
            .advise("See which there are: symbolon organizations list")
    })
}

fn print_made(options: &Options, assembly: &Assembly, made: &MadeToken) -> Result<(), Failure> {
    options.output().print(&TokenObject::made(made, &assembly.public_url), || {
        let token = &made.made.token;
        format!(
            "Token        {}\nId           {}\nPermissions  {}\nExpires      {}\n\nKeep it as you keep a password.",
            made.secret.expose(),
            token.id,
            token.permissions,
            token.expires_at,
        )
    })
}

async fn list(
    options: &Options,
    assembly: &Assembly,
    organization: OrganizationId,
    all: bool,
) -> Result<(), Failure> {
    let owner = organization_by_id(&assembly.ports, organization).await?;
    let states = if all { TokenStates::All } else { TokenStates::Live };
    let mut tokens = Vec::new();
    let mut next = Some(1);
    while let Some(number) = next {
        let page = PageRequest::new(number, PageRequest::MAX_PER);
        let request = ListTokens {
            authority: Authority::Operator(&owner),
            states,
            page,
        };
        let page = request.run(&assembly.ports).await?;
        next = page.next();
        tokens.extend(page.items);
    }
    let objects: Vec<_> = tokens
        .iter()
        .map(|shown| TokenObject::with_state(shown, &owner, &assembly.public_url))
        .collect();
    let now = assembly.ports.clock.now();
    options.output().print(&objects, || {
        if tokens.is_empty() {
            return format!("No tokens. Make one: symbolon tokens create --organization {organization}");
        }
        let rows = tokens.iter().map(|shown| row(shown, now));
        table(
            &[
                "ID",
                "STATE",
                "PERMISSIONS",
                "EXPIRES",
                "LAST USED",
                "DESCRIPTION",
            ],
            rows,
        )
    })
}

fn row(shown: &ShownToken, now: Timestamp) -> Vec<String> {
    let token = &shown.token;
    let state = match (shown.standing, token.reuse_count) {
        (Standing::Grace, _) => "rotated, in grace".to_owned(),
        (standing, 0) => standing.name().to_owned(),
        (standing, reused) => format!("{}, reused {reused}×", standing.name()),
    };
    vec![
        token.id.to_string(),
        state,
        token.permissions.to_string(),
        relative(token.expires_at, now),
        token
            .last_used_at
            .map_or_else(|| "never".to_owned(), |at| relative(at, now)),
        token
            .description
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    ]
}

async fn rotate(
    options: &Options,
    assembly: &Assembly,
    id: AuthorizationTokenId,
    description: Option<Description>,
    grace_seconds: i64,
) -> Result<(), Failure> {
    let grace = Grace::from_seconds(grace_seconds)
        .map_err(|error| Failure::usage(format!("--grace-seconds {error}")))?;
    let found = assembly.ports.tokens.find_by_id(id).await?;
    let found = found.ok_or_else(|| no_token(id))?;
    let request = RotateTokenById {
        authority: Authority::Operator(&found.owner),
        id,
        description,
        grace,
    };
    match request.run(&assembly.ports).await? {
        Some(Ok(made)) => print_made(options, assembly, &made),
        Some(Err(standing)) => Err(Failure::new(format!(
            "the token is {} and cannot be rotated",
            standing.name()
        ))
        .advise("Rotate its live successor, or make a new token: symbolon tokens create --organization ID")),
        None => Err(no_token(id)),
    }
}

async fn revoke(options: &Options, assembly: &Assembly, id: AuthorizationTokenId) -> Result<(), Failure> {
    let found = assembly
        .ports
        .tokens
        .find_by_id(id)
        .await?
        .ok_or_else(|| no_token(id))?;
    let authority = Authority::Operator(&found.owner);
    let outcome = RevokeToken { authority, id }.run(&assembly.ports).await?;
    let now = assembly.ports.clock.now();
    let after = assembly
        .ports
        .tokens
        .find_by_id(id)
        .await?
        .ok_or_else(|| no_token(id))?;
    let object = TokenObject::in_standing(
        &after.token,
        after.standing(now),
        &after.owner,
        &assembly.public_url,
    );
    options.output().print(&object, || match outcome {
        TokenChange::Changed => "Revoked. It is refused from now on.".to_owned(),
        TokenChange::Refused(standing) => format!("Nothing to do: the token is {} already.", standing.name()),
        TokenChange::Absent => "Nothing to do: there is no such token.".to_owned(),
    })
}

/// Reads an id. What is not one may be a token's value, so it is not repeated.
fn token_id(text: &str) -> Result<AuthorizationTokenId, Failure> {
    AuthorizationTokenId::parse(text).ok_or_else(|| {
        Failure::usage("that is not a token's id")
            .advise("Ids are shown, without values, by: symbolon tokens list --organization ID")
    })
}

fn no_token(id: AuthorizationTokenId) -> Failure {
    Failure::new(format!("there is no token {id}"))
        .advise("See which there are: symbolon tokens list --all --organization ID")
}

/// Why a token was not made, as a failure of the command.
pub(super) fn refused(error: CreateTokenError) -> Failure {
    match error {
        CreateTokenError::Fault(fault) => fault.into(),
        CreateTokenError::Life(error) => Failure::usage(format!("--expires-in-days {error}")),
        CreateTokenError::LimitReached => {
            Failure::new(error.to_string()).advise("Revoke one first: symbolon tokens revoke TOKEN_ID")
        }
        other => Failure::new(other.to_string()),
    }
}
