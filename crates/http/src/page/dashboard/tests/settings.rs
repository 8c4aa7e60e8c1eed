//! Settings in the dashboard.

use symbolon_domain::administrator::Role;

use super::office::{Office, PASSWORD};

#[actix_web::test]
async fn an_organization_says_other_things_about_itself() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let fields = [
        ("name", "Analytical Engines Ltd"),
        ("contact", "office@example.org"),
        ("url", "https://example.org"),
    ];
    let page = owner.act("/dashboard/settings", &fields).await;
    assert!(page.expect(200).text.contains("Analytical Engines Ltd"));
    let bad = owner
        .post("/dashboard/settings", &[("name", ""), ("contact", "x")])
        .await;
    assert!(bad.expect(422).text.contains("Fill this in."));
    assert!(office.actions().await.contains(&"organization.changed"));
}

#[actix_web::test]
async fn whether_tokens_are_shown_again_is_asked_about_first() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let question = owner.open("/dashboard/settings/reveal-policy?policy=once").await;
    assert!(question.expect(200).text.contains("erased, at once and for good"));
    owner
        .act("/dashboard/settings/reveal-policy", &[("policy", "once")])
        .await
        .expect(200);
    let kept = office.app.kept(office.organization.id).await;
    assert!(kept.iter().all(|token| token.sealed.is_none()));
}

#[actix_web::test]
async fn administrators_come_change_and_go() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let fields = [("mail", "grace@example.org"), ("role", "viewer")];
    let page = owner.act("/dashboard/settings/administrators", &fields).await;
    assert!(page.expect(200).text.contains("grace@example.org"));
    let twice = owner.post("/dashboard/settings/administrators", &fields).await;
    assert!(
        twice
            .expect(422)
            .text
            .contains("signs in with this mail address already")
    );
    let (id, joined) = office.colleague("charles@example.org", Role::Administrator).await;
    joined.get("/dashboard/templates/new").await.expect(200);
    let at = |rest: &str| format!("/dashboard/settings/administrators/{id}/{rest}");
    owner.act(&at("role"), &[("role", "viewer")]).await.expect(200);
    // Whose role was changed signs in anew.
    joined.get("/dashboard").await.expect(303);
    let joined = office.signed_in("charles@example.org").await;
    joined.get("/dashboard/templates/new").await.expect(403);
    owner.open(&at("remove")).await.expect(200);
    owner.act(&at("remove"), &[]).await.expect(200);
    joined.get("/dashboard").await.expect(303);
    office
        .visitor()
        .sign_in("charles@example.org", PASSWORD)
        .await
        .expect(422);
}

#[actix_web::test]
async fn the_last_owner_stays() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let members = office
        .app
        .ports
        .administrators
        .list(office.organization.id)
        .await
        .unwrap();
    let at = |rest: &str| format!("/dashboard/settings/administrators/{}/{rest}", members[0].id);
    let kept = owner.act(&at("role"), &[("role", "viewer")]).await;
    assert!(kept.expect(200).text.contains("an organization needs an owner"));
    let kept = owner.act(&at("remove"), &[]).await;
    assert!(kept.expect(200).text.contains("an organization needs an owner"));
}

#[actix_web::test]
async fn an_account_is_changed_by_who_knows_its_password() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let elsewhere = office.owner().await;
    let page = owner
        .act("/dashboard/settings/account", &[("name", "Countess of Lovelace")])
        .await;
    assert!(page.expect(200).text.contains("Countess of Lovelace"));
    let to = "/dashboard/settings/account/password";
    let new = "seven lanterns at sea";
    let wrong = owner.post(to, &[("current", "wrong"), ("password", new)]).await;
    assert!(wrong.expect(422).text.contains("This is not your password."));
    office.app.advance(1_000);
    owner
        .act(to, &[("current", PASSWORD), ("password", new)])
        .await
        .expect(200);
    elsewhere.get("/dashboard").await.expect(303);
    office.visitor().sign_in("ada@example.org", new).await.expect(303);
}

#[actix_web::test]
async fn sessions_are_listed_and_ended() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let elsewhere = office.owner().await;
    let page = owner.open("/dashboard/settings/account").await;
    // That of the set-up is still there too.
    let others: Vec<&str> = page
        .text
        .split("/sessions/")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("/end\"")?.0))
        .collect();
    assert_eq!(others.len(), 2);
    for id in others {
        owner
            .act(&format!("/dashboard/settings/account/sessions/{id}/end"), &[])
            .await
            .expect(200);
    }
    elsewhere.get("/dashboard").await.expect(303);
    let elsewhere = office.owner().await;
    owner
        .act("/dashboard/settings/account/sessions/end-others", &[])
        .await
        .expect(200);
    elsewhere.get("/dashboard").await.expect(303);
    owner.get("/dashboard").await.expect(200);
}
