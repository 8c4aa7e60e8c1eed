//! `GET …/authorization_tokens`: the tokens that may do no more than the caller, newest first.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use symbolon_domain::{authorization_token::TokenStates, service::list_tokens::ListTokens};

use crate::{
    State, bearer::Authenticated, envelope, error::ApiError, list_query::TokenQuery, present::TokenObject,
};

pub(crate) async fn list(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let TokenQuery { page, states } = TokenQuery::parse(&request)?;
    let authority = caller.authority();
    let owner = authority.organization();
    let page = ListTokens {
        authority,
        states,
        page,
    }
    .run(&state.ports)
    .await?;

    let mut url = state
        .public_url
        .at(&format!("/v1/organizations/{}/authorization_tokens", owner.id));
    let present = match states {
        TokenStates::Live => TokenObject::listed,
        TokenStates::All => {
            url.query_pairs_mut().append_pair("filter", "state::all");
            TokenObject::with_state
        }
    };
    envelope::list(&page.map(|shown| present(&shown, owner, &state.public_url)), &url)
}

#[cfg(test)]
mod tests {
    use insta::assert_json_snapshot;
    use serde_json::json;
    use symbolon_domain::{
        organization::RevealPolicy, permissions::Permissions, service::create_token::LifeRequest,
    };

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn it_has_the_shape_of_the_seed() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        app.advance(1);
        app.sibling(&admin, Permissions::READ).await;
        let answer = app.get(&admin.tokens(""), &admin).await;
        answer.expect(200);
        assert_json_snapshot!(answer.json, {
            ".data[].id" => "[id]",
            ".data[].token" => insta::dynamic_redaction(|value, _| {
                assert!(value.as_str().unwrap().starts_with("symorg_"));
                "[token]"
            }),
            ".data[].owner_id" => "[organization]",
            ".data[].owner.id" => "[organization]",
            ".data[].owner.url" => "[url]",
        });
    }

    #[actix_web::test]
    async fn a_caller_sees_what_may_do_no_more_than_itself() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let sets = [
            Permissions::READ,
            Permissions::from_bits(3).unwrap(),
            Permissions::from_bits(5).unwrap(),
        ];
        for set in sets {
            app.sibling(&admin, set).await;
        }
        let all = app.get(&admin.tokens(""), &admin).await;
        assert_eq!(all.json["metadata"]["total_count"], 4);
        for (bits, expected) in [(1, 2), (3, 4), (5, 4)] {
            let caller = app.sibling(&admin, Permissions::from_bits(bits).unwrap()).await;
            let seen = app.get(&admin.tokens(""), &caller).await;
            let tokens = seen.json["data"].as_array().unwrap();
            assert_eq!(tokens.len(), expected, "bits {bits}");
            assert_eq!(seen.json["metadata"]["total_count"], expected, "bits {bits}");
            let may_write = Permissions::from_bits(bits).unwrap().bits() & 2 != 0;
            assert!(
                tokens
                    .iter()
                    .all(|token| may_write || token["write_enabled"] == false)
            );
        }
    }

    #[actix_web::test]
    async fn retired_ones_are_shown_on_demand_and_never_with_their_value() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let owner = app.owner(&admin).await;
        let short = app.token(&owner, Permissions::READ, LifeRequest::Days(1)).await;
        let revoked = app.sibling(&admin, Permissions::READ).await;
        app.delete(&admin.tokens(&format!("/{}", revoked.id)), &admin)
            .await
            .expect(204);
        let successor = admin.of(&app.rotate(&admin).await);
        app.advance(86_400_000);

        let live = app.get(&admin.tokens(""), &successor).await;
        assert_eq!(live.json["metadata"]["total_count"], 1);
        assert_eq!(live.json["data"][0]["token"], json!(successor.value));
        assert_eq!(live.json["data"][0].get("state"), None);

        let all = app.get(&admin.tokens("?filter=state::all"), &successor).await;
        let mut states: Vec<_> = all.json["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|token| {
                (
                    token["state"].as_str().unwrap(),
                    token["token"].is_null(),
                    token["id"].clone(),
                )
            })
            .collect();
        states.sort_by_key(|(state, ..)| *state);
        assert_eq!(states[0], ("expired", true, json!(short.id.to_string())));
        assert_eq!(states[1], ("live", false, json!(successor.id.to_string())));
        assert_eq!(states[2], ("revoked", true, json!(revoked.id.to_string())));
        assert_eq!(states[3], ("rotated", true, json!(admin.id.to_string())));
        assert!(all.json["metadata"]["next_page_url"].is_null());
    }

    #[actix_web::test]
    async fn where_values_are_shown_once_lists_have_none_and_none_is_kept() {
        let app = TestApp::start().await;
        let owner = app.bare_organization("Acclaim", RevealPolicy::Once).await;
        let admin = app.token(&owner, Permissions::ALL, LifeRequest::Default).await;
        let made = app.post(&admin.tokens(""), &admin, json!({})).await;
        assert!(made.json["data"]["token"].is_string());
        let rotated = app.rotate(&admin).await;
        let successor = admin.of(&rotated);
        let list = app.get(&admin.tokens(""), &successor).await;
        assert!(
            list.json["data"]
                .as_array()
                .unwrap()
                .iter()
                .all(|token| token["token"].is_null())
        );
        assert!(
            app.kept(owner.id)
                .await
                .iter()
                .all(|token| token.sealed.is_none())
        );
        assert!(!app.actions(owner.id).await.contains(&"token.revealed"));
    }

    #[actix_web::test]
    async fn showing_values_is_recorded_before_they_are_shown() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let answer = app.get(&admin.tokens(""), &admin).await;
        let log = app.activity(admin.organization).await;
        let entry = log.last().unwrap();
        assert_eq!(entry.action.name(), "token.revealed");
        assert_eq!(
            entry.attribution.request_id.as_deref(),
            answer.header("x-request-id")
        );
    }

    #[actix_web::test]
    async fn pages_are_linked_in_all_three_ways() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        for _ in 0..4 {
            app.sibling(&admin, Permissions::READ).await;
            app.advance(1);
        }
        let base = format!("https://tokens.example.org{}", admin.tokens(""));
        let second = app.get(&admin.tokens("?per=2&page=2"), &admin).await;
        assert_eq!(
            second.json["metadata"],
            json!({
                "count": 2, "current_page": 2, "total_count": 5, "total_pages": 3, "per": 2,
                "previous_page_url": format!("{base}?page=1&per=2"),
                "next_page_url": format!("{base}?page=3&per=2"),
            })
        );
        let link = second.header("link").unwrap();
        for relation in ["first", "prev", "next", "last"] {
            assert!(link.contains(&format!("rel=\"{relation}\"")), "{link}");
        }

        // Following next_page_url, with a sort appended as some clients do, visits each token once.
        let mut seen = Vec::new();
        let mut next = Some(admin.tokens("?per=2"));
        while let Some(path) = next {
            let page = app.get(&path, &admin).await;
            page.expect(200);
            seen.extend(
                page.json["data"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|token| token["id"].to_string()),
            );
            next = page.json["metadata"]["next_page_url"].as_str().map(|url| {
                format!(
                    "{}&sort=-created_at",
                    url.strip_prefix("https://tokens.example.org").unwrap()
                )
            });
        }
        assert_eq!(seen.len(), 5);
        seen.dedup();
        assert_eq!(seen.len(), 5);

        let past = app.get(&admin.tokens("?page=9223372036854775808"), &admin).await;
        past.expect(200);
        assert_eq!(past.json["data"], json!([]));
        assert_eq!(past.json["metadata"]["total_count"], 5);
    }

    #[actix_web::test]
    async fn a_changed_sealed_copy_is_an_error_and_is_recorded() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let other = app.organization("Other").await;
        // The other organization's sealed copy, moved to a row of this one.
        let mut moved = app.kept(other.organization).await.remove(0);
        let own = app.kept(admin.organization).await.remove(0);
        moved.organization = own.organization;
        moved.id = symbolon_domain::id::AuthorizationTokenId::fresh(app.now(), [9; 10]);
        moved.digest.bytes = [9; 32];
        let entry = app.activity(admin.organization).await.remove(0);
        let entry = symbolon_domain::activity::ActivityEntry {
            id: symbolon_domain::id::ActivityId::fresh(app.now(), [9; 10]),
            ..entry
        };
        let record = symbolon_domain::port::authorization_tokens::Record {
            entry: &entry,
            answer: None,
            notices: &[],
        };
        app.ports.tokens.insert(&moved, record, app.now()).await.unwrap();

        let answer = app.get(&admin.tokens(""), &admin).await;
        answer.expect(500);
        assert_eq!(answer.code(), "unseal_failed");
        assert!(!answer.text.contains("symorg_"));
        assert_eq!(
            app.actions(admin.organization).await.last(),
            Some(&"integrity.failed")
        );
        assert!(app.is_served(&admin).await);
    }
}
