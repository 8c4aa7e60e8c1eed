//! The query of a list: `page`, `per`, `filter`, `sort`.

use std::collections::HashMap;

use actix_web::{HttpRequest, web};
use symbolon_domain::{
    authorization_token::TokenStates,
    id::TemplateId,
    page::PageRequest,
    port::recipients::{RecipientFilter, RecipientKey, RecipientOrder, RecipientState},
    text::MailAddress,
};
use url::Url;

use crate::error::ApiError;

/// Which page of a list a request asks for.
pub(crate) fn page(request: &HttpRequest) -> Result<PageRequest, ApiError> {
    Query::parse(request)?.page()
}

/// What a request for a list of tokens asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TokenQuery {
    pub(crate) page: PageRequest,
    pub(crate) states: TokenStates,
}

impl TokenQuery {
    pub(crate) fn parse(request: &HttpRequest) -> Result<Self, ApiError> {
        let query = Query::parse(request)?;
        match query.text("sort") {
            None | Some("-created_at") => {}
            Some(_) => return Err(ApiError::invalid("sort", "must be -created_at, the newest first")),
        }
        Ok(Self {
            page: query.page()?,
            states: states(query.text("filter"))?,
        })
    }
}

/// What a request for a list of recipients asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RecipientQuery {
    pub(crate) page: PageRequest,
    pub(crate) filter: RecipientFilter,
    pub(crate) order: RecipientOrder,
    /// The filter and the order as they were written, for the links to other pages.
    written: Vec<(&'static str, String)>,
}

impl RecipientQuery {
    pub(crate) fn parse(request: &HttpRequest) -> Result<Self, ApiError> {
        let query = Query::parse(request)?;
        let written = ["filter", "sort"]
            .into_iter()
            .filter_map(|name| Some((name, query.text(name)?.to_owned())))
            .collect();
        Ok(Self {
            page: query.page()?,
            filter: recipient_filter(query.text("filter").unwrap_or_default())?,
            order: recipient_order(query.text("sort"))?,
            written,
        })
    }

    /// Adds the filter and the order to the URL of a list.
    pub(crate) fn write(&self, url: &mut Url) {
        for (name, value) in &self.written {
            url.query_pairs_mut().append_pair(name, value);
        }
    }
}

fn recipient_filter(text: &str) -> Result<RecipientFilter, ApiError> {
    let wrong = |message: &'static str| ApiError::invalid("filter", message);
    let mut filter = RecipientFilter::default();
    for part in text.split('|').filter(|part| !part.is_empty()) {
        match part.split_once("::") {
            Some(("state", state)) => {
                let state = RecipientState::parse(state);
                filter.state =
                    Some(state.ok_or_else(|| wrong("state must be pending, accepted or revoked"))?);
            }
            Some(("query", query)) if query.chars().count() <= 200 => filter.query = Some(query.to_owned()),
            Some(("query", _)) => return Err(wrong("query must have at most 200 characters")),
            Some(("recipient_email", mail)) => {
                let mail = MailAddress::parse(mail);
                filter.mail = Some(mail.map_err(|_| wrong("recipient_email must be a mail address"))?);
            }
            Some(("badge_template_id", id)) => {
                let id = TemplateId::parse(id);
                filter.template = Some(id.ok_or_else(|| wrong("badge_template_id must be an id"))?);
            }
            Some(("reset_requested", "true")) => filter.reset_requested = Some(true),
            Some(("reset_requested", "false")) => filter.reset_requested = Some(false),
            _ => {
                return Err(wrong(
                    "must be made of state, query, recipient_email, badge_template_id and reset_requested, \
                     such as state::pending|query::ada",
                ));
            }
        }
    }
    Ok(filter)
}

fn recipient_order(text: Option<&str>) -> Result<RecipientOrder, ApiError> {
    let Some(text) = text else {
        return Ok(RecipientOrder::default());
    };
    let (name, is_falling) = match text.strip_prefix('-') {
        Some(name) => (name, true),
        None => (text, false),
    };
    let key = RecipientKey::ALL.into_iter().find(|key| key.name() == name);
    let message = "must be created_at, issued_at or recipient_email, with - before it for the greatest first";
    let key = key.ok_or_else(|| ApiError::invalid("sort", message))?;
    Ok(RecipientOrder { key, is_falling })
}

/// The parameters of a query. Unknown ones do not matter; the last of several equal ones counts; an empty one is not
/// given.
struct Query(HashMap<String, String>);

impl Query {
    fn parse(request: &HttpRequest) -> Result<Self, ApiError> {
        let given = web::Query::<Vec<(String, String)>>::from_query(request.query_string())
            .map_err(|_| ApiError::invalid("query", "must be written as name=value pairs"))?;
        Ok(Self(given.into_inner().into_iter().collect()))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }

    fn page(&self) -> Result<PageRequest, ApiError> {
        Ok(PageRequest::new(
            number(self.text("page"))?,
            per(self.text("per"))?,
        ))
    }
}

fn number(text: Option<&str>) -> Result<u64, ApiError> {
    let Some(text) = text else { return Ok(1) };
    text.parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| ApiError::invalid("page", "must be a whole number from 1"))
}

/// The size of a page; numbers outside 1 to 100 count as the nearest of the two.
fn per(text: Option<&str>) -> Result<u64, ApiError> {
    let Some(text) = text else {
        return Ok(PageRequest::DEFAULT_PER);
    };
    let wanted: i128 = text
        .parse()
        .map_err(|_| ApiError::invalid("per", "must be a whole number"))?;
    Ok(u64::try_from(wanted.max(1)).unwrap_or(PageRequest::MAX_PER))
}

/// Credly writes filters as `name::value`, several of them joined with `|`.
fn states(text: Option<&str>) -> Result<TokenStates, ApiError> {
    let mut states = TokenStates::default();
    for part in text
        .unwrap_or_default()
        .split('|')
        .filter(|part| !part.is_empty())
    {
        states = match part.split_once("::") {
            Some(("state", "live")) => TokenStates::Live,
            Some(("state", "all")) => TokenStates::All,
            _ => return Err(ApiError::invalid("filter", "must be state::live or state::all")),
        };
    }
    Ok(states)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn parse(query: &str) -> Result<TokenQuery, ApiError> {
        TokenQuery::parse(&TestRequest::with_uri(&format!("/?{query}")).to_http_request())
    }

    fn page(number: u64, per: u64) -> TokenQuery {
        TokenQuery {
            page: PageRequest::new(number, per),
            states: TokenStates::Live,
        }
    }

    #[test]
    fn a_bare_list_is_the_first_fifty() {
        assert_eq!(parse(""), Ok(page(1, 50)));
        assert_eq!(parse("page=&per=&filter=&sort=&utm=x"), Ok(page(1, 50)));
    }

    #[test]
    fn the_size_is_clamped_and_the_number_is_not() {
        for (per, expected) in [
            ("0", 1),
            ("-1", 1),
            ("100", 100),
            ("101", 100),
            ("1000000000", 100),
        ] {
            assert_eq!(parse(&format!("per={per}")), Ok(page(1, expected)), "{per}");
        }
        assert_eq!(
            parse("page=9223372036854775808"),
            Ok(page(9_223_372_036_854_775_808, 50))
        );
        for bad in [
            "page=0",
            "page=-1",
            "page=1.5",
            "page=x",
            "page=99999999999999999999",
            "per=x",
            "per=1e3",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn filters_are_written_as_credly_writes_them() {
        assert_eq!(parse("filter=state%3A%3Aall").unwrap().states, TokenStates::All);
        assert_eq!(parse("filter=state::live|").unwrap().states, TokenStates::Live);
        for bad in ["filter=all", "filter=state::dead", "filter=query::x"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sorting_by_anything_secret_is_refused() {
        assert!(parse("sort=-created_at").is_ok());
        assert!(parse("sort=token").is_err());
    }
}
