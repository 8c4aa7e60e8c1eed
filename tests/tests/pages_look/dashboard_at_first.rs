//! The dashboard before anything is in it, and the pages on the way in.

use symbolon_tests::{Kind, Office, Site, Spot};

use crate::Looker;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_in_and_an_empty_dashboard() {
    let office = Office::open(Site::new(Kind::Sqlite)).await;
    let looker = Looker::at_dashboard().await;
    looker
        .look_at(&office.set_up_link(), "Welcome to Symbolon", "welcome")
        .await;
    office.set_up(&looker).await;
    looker.sees(Office::ORGANIZATION).await;
    looker.look("overview-at-first").await;
    for (path, heading, name) in [
        ("/dashboard/templates", "Templates", "templates-none"),
        ("/dashboard/recipients", "Recipients", "recipients-none"),
        ("/dashboard/recipients/new", "Add recipient", "recipient-new-none"),
        ("/dashboard/import", "Import recipients", "import-none"),
        (
            "/dashboard/reset-requests",
            "Reset requests",
            "reset-requests-none",
        ),
        ("/dashboard/jobs", "Imports and bulk acts", "jobs-none"),
        ("/dashboard/developers", "Authorization tokens", "tokens-none"),
        ("/dashboard/activity", "Activity", "activity-at-first"),
        ("/dashboard/nowhere", "There is no such page", "error-not-found"),
    ] {
        looker.look_at(&office.url(path), heading, name).await;
    }
    second_factor(&office, &looker).await;

    looker
        .goto(&office.url("/dashboard/settings/administrators"))
        .await;
    looker
        .fill(Spot::Field("Mail address"), "charles@example.org")
        .await;
    looker.choose("#role", "Viewer: looks, changes nothing").await;
    looker.click(Spot::Button("Invite")).await;
    looker.reads_that("The invitation is on its way.").await;
    looker.look("administrators").await;
    looker.click(Spot::Button("Sign out")).await;
    looker.sees("Sign in").await;
    looker.look("sign-in").await;
    looker
        .fill_in(&[("Mail address", Office::OWNER_MAIL), ("Password", "not this one")])
        .await;
    looker.click(Spot::Button("Sign in")).await;
    let _ = looker.text(".problem").await;
    looker.look("sign-in-refused").await;
    looker
        .fill_in(&[
            ("Mail address", Office::OWNER_MAIL),
            ("Password", Office::PASSWORD),
        ])
        .await;
    looker.click(Spot::Button("Sign in")).await;
    looker.sees("Enter your code").await;
    looker.look("second-factor-asked").await;

    let forgotten = "Forgotten your password?";
    looker
        .look_at(&office.url("/dashboard/forgotten"), forgotten, "forgotten")
        .await;
    looker.fill(Spot::Field("Mail address"), Office::OWNER_MAIL).await;
    looker.click(Spot::Button("Mail me a link")).await;
    looker.sees("Look into your mail").await;
    looker.look("forgotten-sent").await;
    let link = office.link_to(Office::OWNER_MAIL, "/dashboard/link/").await;
    looker
        .look_at(&link, "Choose a new password", "new-password")
        .await;
    looker
        .look_at(
            &office.url("/dashboard/link/nothing"),
            "This link is not known",
            "link-unknown",
        )
        .await;
    let invitation = office.link_to("charles@example.org", "/dashboard/link/").await;
    looker
        .look_at(&invitation, "Join Analytical Engines", "invitation")
        .await;
    looker
        .fill_in(&[("Your name", "Charles Babbage"), ("Password", Office::PASSWORD)])
        .await;
    looker.click(Spot::Button("Accept and sign in")).await;
    looker.sees(Office::ORGANIZATION).await;
    looker
        .look_at(&invitation, "This link was used, or is over", "link-spent")
        .await;
    looker
        .look_at(
            &office.url("/dashboard/templates/new"),
            "You may not do this",
            "error-no-right",
        )
        .await;
    looker
        .look_at(
            &office.url("/dashboard/settings"),
            "Settings",
            "settings-of-a-viewer",
        )
        .await;
    looker.finish(26, &[&office.url("")]).await;
}

/// Turning on the second factor, with the code that an app would show.
async fn second_factor(office: &Office, looker: &Looker) {
    let account = office.url("/dashboard/settings/account");
    looker.look_at(&account, "Your account", "account").await;
    looker.click(Spot::Link("Set up")).await;
    looker.sees("Set up your second factor").await;
    looker.look("second-factor").await;
    let secret = looker.text("#secret").await;
    looker
        .fill(Spot::Field("Code"), &symbolon_tests::one_time_code(&secret))
        .await;
    looker.click(Spot::Button("Turn on")).await;
    looker.sees("Your recovery codes").await;
    looker.look("recovery-codes").await;
}
