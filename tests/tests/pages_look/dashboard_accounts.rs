//! Who somebody is, at the dashboard: proving it again, an account at a provider, the second factor, and leaving.

use symbolon_tests::{Kind, Office, Person, Site, Spot, one_time_code};

use crate::Looker;

const ACCOUNT: &str = "/dashboard/settings/account";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_that_knows_who_is_there() {
    let office = Office::for_accounts(Site::new(Kind::Sqlite)).await;
    let looker = Looker::at_dashboard().await;
    looker.goto(&office.set_up_link()).await;
    office.set_up(&looker).await;
    looker.sees(Office::ORGANIZATION).await;
    confirming(&office, &looker, "confirm").await;
    connecting(&office, &looker).await;
    confirming(&office, &looker, "confirm-connected").await;
    second_factor(&office, &looker).await;
    removing(&office, &looker).await;
    looker.click(Spot::Button("Sign out")).await;
    looker.sees("Sign in").await;
    looker.look("sign-in-with-provider").await;
    looker
        .finish(14, &[&office.url(""), office.open_id.issuer()])
        .await;
}

/// The page that asks for a recent proof, and what it says to a wrong password.
async fn confirming(office: &Office, looker: &Looker, name: &str) {
    let page = office.url(&format!("/dashboard/confirm?next={ACCOUNT}"));
    looker.look_at(&page, "Confirm that it is you", name).await;
    looker.fill(Spot::Field("Password"), "not this one").await;
    looker.click(Spot::Button("Go on")).await;
    let _ = looker.text(".problem").await;
    looker.look(&format!("{name}-wrong")).await;
    // The next try is heard after a second.
    until_confirmed(looker).await;
}

async fn until_confirmed(looker: &Looker) {
    symbolon_tests::until("the right password is taken", async || {
        if looker.title().await.starts_with("Confirm") {
            looker.fill(Spot::Field("Password"), Office::PASSWORD).await;
            looker.click(Spot::Button("Go on")).await;
        }
        looker.title().await.starts_with("Your account")
    })
    .await;
}

async fn connecting(office: &Office, looker: &Looker) {
    looker
        .look_at(&office.url(ACCOUNT), "Your account", "account-unconnected")
        .await;
    looker.click(Spot::Button("Connect Example ID")).await;
    looker.click(Spot::Button("Ada Lovelace")).await;
    looker.reads_that("You can sign in with Example ID").await;
    looker.sees("Your account").await;
    looker.look("account-connected").await;
    looker
        .look_at(
            &office.url(&format!("{ACCOUNT}/disconnect")),
            "Disconnect Example ID?",
            "account-disconnect",
        )
        .await;
}

async fn second_factor(office: &Office, looker: &Looker) {
    looker
        .goto(&office.url(&format!("{ACCOUNT}/second-factor")))
        .await;
    looker.sees("Set up your second factor").await;
    looker.fill(Spot::Field("Code"), "000000").await;
    looker.click(Spot::Button("Turn on")).await;
    let _ = looker.text(".problem").await;
    looker.look("second-factor-wrong").await;
    let secret = looker.text("#secret").await;
    looker.fill(Spot::Field("Code"), &one_time_code(&secret)).await;
    looker.click(Spot::Button("Turn on")).await;
    looker.sees("Your recovery codes").await;
    for (page, title, name) in [
        (
            "second-factor/remove",
            "Remove your second factor?",
            "second-factor-remove",
        ),
        (
            "recovery-codes",
            "Make new recovery codes?",
            "recovery-codes-renew",
        ),
    ] {
        looker
            .look_at(&office.url(&format!("{ACCOUNT}/{page}")), title, name)
            .await;
    }
    looker.click(".question form button").await;
    looker.sees("Your recovery codes").await;
    looker.look("recovery-codes-new").await;
}

async fn removing(office: &Office, looker: &Looker) {
    let colleague: Person = office
        .colleague(
            looker,
            "Charles Babbage",
            "charles@example.org",
            "Viewer: looks, changes nothing",
        )
        .await;
    drop(colleague);
    let list = office.url("/dashboard/settings/administrators");
    looker
        .look_at(&list, "Administrators", "administrators-joined")
        .await;
    let remove = looker.attribute("a[href$='/remove']", "href").await;
    let remove = remove.expect("a link leads somewhere");
    looker
        .look_at(
            &office.url(&remove),
            "Remove Charles Babbage?",
            "administrator-remove",
        )
        .await;
}
