//! Pages that are about nobody's credential, and those that say what went wrong.

use symbolon_tests::{Kind, Lie, OpenId, Rogue, Site, Spot, Stage, Visitor};

use crate::Looker;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn general_pages() {
    let (open_id, rogue) = (OpenId::start().await, Rogue::start().await);
    let providers = [
        Stage::provider("example", Stage::PROVIDER, open_id.issuer()),
        Stage::provider("guild", "The Guild of Computers", rogue.issuer()),
    ];
    let stage = Stage::set(Site::new(Kind::Sqlite), Stage::ISSUER, &providers).await;
    open_id.allow(&stage.callback("example")).await;
    let ada = stage.invite_ada().await;
    let looker = Looker::new().await;
    let example = Spot::Button("Connect with Example ID");
    let guild = Spot::Button("Connect with The Guild of Computers");

    looker
        .look_at(&stage.url("/"), "Your certificates and badges", "home")
        .await;
    let choice = "Sign in to see your credentials";
    looker
        .look_at(&stage.url("/credentials"), choice, "sign-in")
        .await;
    looker
        .look_at(&ada.link, "Your badge is ready, Ada", "access-two-providers")
        .await;
    looker.click(example).await;
    looker.click(Spot::Button("Cancel")).await;
    looker.sees("You did not connect").await;
    looker.look("sign-in-declined").await;
    let over = format!("{}?state=x&code=y", stage.callback("example"));
    looker
        .look_at(&over, "This sign-in is over", "sign-in-over")
        .await;
    for (lie, heading, name) in [
        (Lie::WrongNonce, "You could not be recognized", "sign-in-unproven"),
        (
            Lie::TokenFails,
            "The Guild of Computers cannot be reached",
            "sign-in-unreachable",
        ),
    ] {
        rogue.lie(lie).await;
        looker.goto(&ada.link).await;
        looker.click(guild).await;
        looker.sees(heading).await;
        looker.look(name).await;
    }

    pasting_and_retrieving(&looker, &stage).await;

    looker
        .look_at(&stage.url("/nowhere"), "There is no such page", "error-not-found")
        .await;
    let method = "This page cannot be used that way";
    looker
        .look_at(&stage.url("/sign-out"), method, "error-method")
        .await;
    looker.goto(&ada.link).await;
    looker
        .execute("document.querySelector('[name=csrf]').value = 'of another page'")
        .await;
    looker.click(example).await;
    looker.sees("This form is too old, or came from elsewhere").await;
    assert_eq!(looker.status().await, 403);
    looker.look("error-forbidden").await;

    looker.goto(&stage.url("/recipient-view")).await;
    exhaust_pasting(&stage).await;
    looker.fill(Spot::Field("Link or access token"), &ada.link).await;
    looker.click(Spot::Button("Open")).await;
    looker.sees("Too many tries").await;
    assert_eq!(looker.status().await, 429);
    looker.look("error-too-many").await;

    let fresh = Looker::new().await;
    let again = "Open the link in your mail again";
    fresh
        .look_at(&stage.url("/access"), again, "access-hand-over-expired")
        .await;
    fresh.finish(1, &[&stage.url("")]).await;

    looker.goto(&stage.url("/credentials")).await;
    looker.click(example).await;
    looker.click(Spot::Button("Ada Lovelace")).await;
    looker.sees("My credentials").await;
    looker
        .look_at(&stage.url("/"), "Your certificates and badges", "home-signed-in")
        .await;
    looker
        .finish(17, &[&stage.url(""), open_id.issuer(), rogue.issuer()])
        .await;
}

/// The pages for those who have lost their mail, or whose link was broken.
async fn pasting_and_retrieving(looker: &Looker, stage: &Stage) {
    let open = "Open with a link or an access token";
    looker
        .look_at(&stage.url("/recipient-view"), open, "recipient-view")
        .await;
    looker.fill(Spot::Field("Link or access token"), "hello").await;
    looker.click(Spot::Button("Open")).await;
    let _ = looker.text(".problem").await;
    looker.look("recipient-view-no-token").await;
    let retrieve = "Have your links mailed to you";
    looker
        .look_at(&stage.url("/retrieve"), retrieve, "retrieve")
        .await;
    looker.execute("document.forms[0].noValidate = true").await;
    looker.fill(Spot::Field("Mail address"), "ada at example").await;
    looker.click(Spot::Button("Mail me my links")).await;
    let _ = looker.text(".problem").await;
    looker.look("retrieve-not-an-address").await;
    looker
        .fill(Spot::Field("Mail address"), "nobody@example.org")
        .await;
    looker.click(Spot::Button("Mail me my links")).await;
    looker.sees("Look into your mail").await;
    looker.look("retrieve-sent").await;
}

/// Pastes until it is too often.
async fn exhaust_pasting(stage: &Stage) {
    let visitor = Visitor::default();
    for _ in 0..100 {
        let page = visitor.open(&stage.url("/recipient-view")).await;
        let form = page.forms().remove(0);
        if visitor.press(&form, 0).await.status == 429 {
            return;
        }
    }
    panic!("one may paste for ever");
}
