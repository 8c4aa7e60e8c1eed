//! `/recipient-view`: an access token is pasted, or the whole link.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::secret::AccessSecret;

use super::{
    cookie::Jar,
    fault::PageFault,
    form::Form,
    respond::{page, see_page},
    same_site,
    visitor::{Visitor, sealed},
};
use crate::{
    State,
    client_address::client_address,
    view::{RecipientViewPage, paths},
};

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    page(&RecipientViewPage {
        frame: visitor.frame(&state),
        has_no_token: false,
    })
}

/// What is pasted goes the way of a link. Whether it is malformed or unknown is said later, in the same words.
pub(crate) async fn open(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    let form = Form::read(&request, payload).await?;
    if !same_site::is_ours(&request, &state) {
        return Err(PageFault::ForeignForm);
    }
    state.rates.paste(client_address(&request, &state))?;
    let Some(token) = form.text("token").and_then(token_in) else {
        return page(&RecipientViewPage {
            frame: visitor.frame(&state),
            has_no_token: true,
        });
    };
    let secret = AccessSecret::parse(&token).ok();
    let cookie = Jar::HandOver.filled(sealed(&state, secret.as_ref())?, &state);
    Ok(see_page(&state, paths::ACCESS, vec![cookie]))
}

/// The token in what somebody pasted: a token, a link, or either with white space in and around it, as mail programs
/// break long lines.
fn token_in(pasted: &str) -> Option<String> {
    let joined: String = pasted
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '\u{200b}' | '\u{feff}' | '\u{ad}'))
        .collect();
    let start = joined.find(AccessSecret::PREFIX)?;
    let token: String = joined
        .chars()
        .skip(joined.get(..start)?.chars().count())
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect();
    Some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_in_whatever_was_pasted() {
        let token = "symrec_0123456789ABCDEFGHIJKLabcdef";
        for pasted in [
            token.to_owned(),
            format!("  {token}\r\n"),
            format!("https://tokens.example.org/r/{token}"),
            format!("<https://tokens.example.org/r/{token}>."),
            format!("{}\r\n{}", &token[..20], &token[20..]),
            format!("Ä {}\u{200b}{}", &token[..9], &token[9..]),
        ] {
            assert_eq!(token_in(&pasted).as_deref(), Some(token), "{pasted:?}");
        }
        for pasted in ["", "symorg_0123", "hello"] {
            assert_eq!(token_in(pasted), None, "{pasted:?}");
        }
    }
}
