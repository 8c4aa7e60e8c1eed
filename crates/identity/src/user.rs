//! What a provider's API tells about the person who has just signed in.

use serde::Deserialize;
use serde_json::Value;
use symbolon_domain::port::sign_in::SignInError;
use url::Url;

use crate::web::{Answer, Party, Web};

/// A mail address and a name, for a hint and for nothing else.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) mail: Option<String>,
    pub(crate) name: Option<String>,
}

/// The answer, of OpenID Connect (`sub`) or not (`id`). A mail address that is no text is none.
#[derive(Deserialize)]
struct Document {
    sub: Option<String>,
    id: Option<Value>,
    email: Option<Value>,
    name: Option<Value>,
}

/// Asks an OpenID provider for what its ID token left out. Nothing where the answer is about somebody else, or is none:
/// who it is has been proven before.
pub(crate) async fn words(web: &Web, endpoint: &Url, token: &str, subject: &str) -> Words {
    match web.get_as(Party::User, endpoint, token).await {
        Ok(answer) => words_about(&answer, subject).unwrap_or_default(),
        Err(_) => Words::default(),
    }
}

fn words_about(answer: &Answer, subject: &str) -> Option<Words> {
    let document = parse(answer)?;
    (document.sub.as_deref() == Some(subject)).then(|| document.words())
}

/// Asks a provider without ID tokens who it is. The access token came from the provider itself, for this service's
/// code and secret, so that its owner is the one who has just signed in.
pub(crate) async fn subject(
    web: &Web,
    endpoint: &Url,
    token: &str,
    number: bool,
) -> Result<(String, Words), SignInError> {
    let answer = web.get_as(Party::User, endpoint, token).await?;
    let invalid = |text: &str| SignInError::Invalid(text.into());
    if answer.status != 200 {
        return Err(SignInError::Invalid(format!(
            "its user endpoint refuses the access token (HTTP {})",
            answer.status
        )));
    }
    let document = parse(&answer).ok_or_else(|| invalid("what its user endpoint answers cannot be read"))?;
    let subject = match &document.id {
        Some(Value::Number(id)) if number => id.as_u64().map(|id| id.to_string()),
        Some(Value::String(id)) if !number => is_digits(id).then(|| id.clone()),
        _ => None,
    };
    let subject = subject.ok_or_else(|| invalid("its user endpoint names no numeric id"))?;
    Ok((subject, document.words()))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse(answer: &Answer) -> Option<Document> {
    (answer.status == 200)
        .then(|| serde_json::from_slice(&answer.body).ok())
        .flatten()
}

impl Document {
    fn words(self) -> Words {
        let text = |value: Option<Value>| match value {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        Words {
            mail: text(self.email),
            name: text(self.name),
        }
    }
}
