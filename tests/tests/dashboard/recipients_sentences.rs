//! What seed 000 says of access tokens, sentence by sentence, followed in the dashboard. `docs/SEEDS.md` has the sentences.

use symbolon_tests::{Office, Person, Spot};

use crate::scene::Scene;

const IN_USE: &str = "This access token is already in use by another account";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_recipient_uses_their_own_token() {
    let scene = Scene::small().await;
    scene.select_ada().await;
    let (token, link) = scene.reveal().await;
    let grace = ["Grace", "Hopper", "grace@example.org"];
    let (_, other_link) = scene.recipient(&scene.owner, &scene.template, grace).await;
    let (other_token, shown) = scene.reveal().await;
    assert_eq!((&link, &shown), (&scene.link, &other_link));
    assert_ne!(token, other_token);
    assert!(link.ends_with(&token) && other_link.ends_with(&other_token));

    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.reads_that("Ada Lovelace").await;
    let grace = Person::new().await;
    grace.claim(&other_link, "Grace Hopper").await;
    grace.reads_that("Grace Hopper").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn access_tokens_are_needed_to_access_the_information_in_each_certificate_or_badge() {
    let scene = Scene::small().await;
    let certificate = scene.url(&format!("/credentials/{}", scene.ada));
    // Somebody without it, signed in or not.
    let stranger = Person::new().await;
    stranger.goto(&certificate).await;
    let read = stranger.reads().await;
    assert!(
        !read.contains(Scene::TEMPLATE) && !read.contains(Scene::ADA),
        "{read}"
    );
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
    let grace = ["Grace", "Hopper", "grace@example.org"];
    let (_, other) = scene.recipient(&scene.owner, &scene.template, grace).await;
    stranger.claim(&other, "Grace Hopper").await;
    stranger.sees(Scene::TEMPLATE).await;
    stranger.goto(&certificate).await;
    assert_eq!(stranger.status().await, 404);
    ada.goto(&certificate).await;
    ada.sees(Scene::TEMPLATE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_access_tokens_are_automatically_added_to_their_access_email() {
    let scene = Scene::small().await;
    scene.select_ada().await;
    let (token, link) = scene.reveal().await;
    let mails = scene.mails_to(Scene::MAIL).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].links(), [&*link]);
    assert!(mails[0].text().contains(&token) && mails[0].html().contains(&token));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_the_administrators_all_access_tokens_are_available_from_their_dashboards() {
    let scene = Scene::small().await;
    let people = [
        ["Grace", "Hopper", "grace@example.org"],
        ["Alan", "Turing", "alan@example.org"],
    ];
    for who in people {
        let (_, link) = scene.recipient(&scene.owner, &scene.template, who).await;
        assert_eq!(scene.reveal().await.1, link);
    }
    scene.select_ada().await;
    assert_eq!(scene.reveal().await.1, scene.link);
    scene.owner.goto(&scene.url("/dashboard/recipients")).await;
    scene.owner.reads_that("3 recipients").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clicking_on_the_email_link_is_enough_to_send_the_recipients_to_the_access_page() {
    let scene = Scene::small().await;
    let ada = Person::new().await;
    ada.goto(&scene.link).await;
    ada.sees("Your certificate is ready, Ada").await;
    assert_eq!(ada.current_url().await.as_str(), scene.url("/access"));
    assert_eq!(
        ada.count("input:not([type=hidden])").await,
        0,
        "nothing is to be typed"
    );
    scene.select_ada().await;
    // Openings are noted in batches, a moment after they were answered.
    scene.owner.comes_to_read("Opened once").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn please_copy_the_link_displayed_above_the_footer() {
    let scene = Scene::small().await;
    let mail = scene.mails_to(Scene::MAIL).await.remove(0);
    // The button, and the link in letters.
    assert_eq!(mail.html_links(), [&*scene.link, &*scene.link]);
    let html = mail.html();
    let shown = html
        .rfind(&format!(">{}<", scene.link))
        .expect("it can be read and copied");
    let footer = html
        .rfind(Office::ORGANIZATION)
        .expect("the footer names the issuer");
    assert!(shown < footer, "{html}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn your_admin_might_have_paused_that_certificate_from_their_side() {
    let scene = Scene::small().await;
    let page = format!("/dashboard/templates/{}", scene.template);
    scene.owner.goto(&scene.url(&page)).await;
    scene.owner.click(Spot::Link("Pause…")).await;
    let question = scene.owner.text("dialog").await;
    assert!(question.contains(Scene::TEMPLATE), "{question}");
    scene.owner.click("dialog form button").await;
    scene
        .owner
        .reads_that("The template is paused: its links do not work")
        .await;
    let ada = Person::new().await;
    ada.goto(&scene.link).await;
    ada.sees("Paused by the issuer").await;
    assert!(ada.source().await.contains(Office::CONTACT), "whom to ask");

    scene.owner.click(Spot::Link("Resume…")).await;
    scene.owner.click("dialog form button").await;
    scene
        .owner
        .reads_that("The template is active again: its links work")
        .await;
    ada.goto(&scene.link).await;
    ada.sees("Your certificate is ready, Ada").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn your_admin_might_have_canceled_their_account_with_us() {
    let scene = Scene::small().await;
    let ada = Person::new().await;
    ada.goto(&scene.link).await;
    ada.sees("Your certificate is ready, Ada").await;
    // The operator does it, on the command line.
    let organizations = scene.site.json(&["organizations", "list"]);
    let id = organizations[0]["id"].as_str().expect("it is set up");
    let _ = scene.site.run(&["organizations", "cancel", id]).done();
    ada.goto(&scene.link).await;
    ada.sees("This issuer has closed its account").await;
    assert_eq!(ada.count(Person::CONNECT).await, 0);
    scene.owner.goto(&scene.url("/dashboard")).await;
    scene.owner.sees("Sign in").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn please_reach_out_to_the_issuer_by_replying_directly_to_the_access_email() {
    let scene = Scene::small().await;
    let reply_to = scene.mails_to(Scene::MAIL).await[0].header("Reply-To");
    assert!(reply_to.unwrap().contains(Office::CONTACT));
    // Where it says who that is.
    scene.owner.click(Spot::Link("Settings")).await;
    scene.owner.sees("Settings").await;
    scene
        .owner
        .reads_that("Their answers to your mail go there.")
        .await;
    scene.owner.fill(Spot::Field("Contact"), "desk@example.org").await;
    scene.owner.click(Spot::Button("Save")).await;
    scene.owner.reads_that("The organization was changed.").await;
    let grace = ["Grace", "Hopper", "grace@example.org"];
    let _ = scene.recipient(&scene.owner, &scene.template, grace).await;
    let reply_to = scene.mails_to("grace@example.org").await[0].header("Reply-To");
    assert!(reply_to.unwrap().contains("desk@example.org"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn this_problem_shows_up_when_you_click_on_the_access_link_but_can_not_proceed() {
    let scene = Scene::small().await;
    let _holder = scene.claimed_by("Grace Hopper").await;
    let ada = Person::new().await;
    ada.goto(&scene.link).await;
    ada.sees("Open your certificate, Ada").await;
    ada.connect_as("Ada Lovelace").await;
    ada.sees(IN_USE).await;
    // However often she tries.
    ada.goto(&scene.link).await;
    ada.sees(IN_USE).await;
    ada.goto(&scene.url(&format!("/credentials/{}", scene.ada))).await;
    assert_eq!(ada.status().await, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_error_notification_shows_you_that_that_token_is_already_in_use_by_another_account() {
    let scene = Scene::small().await;
    let _holder = scene.claimed_by("Grace Hopper").await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(IN_USE).await;
    assert_eq!(ada.status().await, 409);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn please_request_your_issuer_to_reset_your_token() {
    let scene = Scene::small().await;
    let _holder = scene.claimed_by("Grace Hopper").await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(IN_USE).await;
    ada.click(Spot::Button("Ask the issuer for a reset")).await;
    ada.reads_that("You have asked for a reset.").await;

    scene.owner.goto(&scene.url("/dashboard")).await;
    scene.owner.reads_that("1 recipient asks for a reset.").await;
    scene.owner.click(Spot::Link("Look at it")).await;
    scene.owner.sees("Reset requests").await;
    let row = scene.owner.text("tbody tr").await;
    for told in [
        Scene::ADA,
        Scene::TEMPLATE,
        "Example ID (g…@example.org)",
        "Example ID (a…@example.org)",
    ] {
        assert!(row.contains(told), "{told} in {row}");
    }
    scene.owner.click("button[value=approve]").await;
    scene.owner.reads_that("The access was reset.").await;
    scene.owner.reads_that("No reset is asked for.").await;
    ada.goto(&scene.link).await;
    ada.click(Person::CONNECT).await;
    ada.sees(Scene::TEMPLATE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn admins_can_manage_the_tokens_of_all_recipients_directly_from_their_dashboard() {
    let scene = Scene::small().await;
    scene.select_ada().await;
    let acts = scene.owner.text("main").await;
    for act in [
        "Send again",
        "Correct address",
        "Reset",
        "Replace link",
        "Revoke access",
        "Revoke credential",
        "Delete recipient",
    ] {
        assert!(acts.contains(&format!("{act}…")), "{act} in {acts}");
    }
    scene.act("Replace link").await;
    scene.owner.reads_that("The link was replaced.").await;
    let (_, link) = scene.reveal().await;
    assert_ne!(link, scene.link);

    scene.owner.click(Spot::Link("Correct address…")).await;
    scene
        .owner
        .fill(Spot::Field("The right mail address"), "ada@example.org")
        .await;
    scene.owner.click(Spot::Button("Correct address")).await;
    scene.owner.reads_that("The mail address was corrected.").await;
    let corrected = scene.link_to("ada@example.org", "/r/").await;
    let ada = Person::new().await;
    ada.claim(&corrected, "Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tokens_should_only_be_used_by_the_correct_recipients() {
    let scene = Scene::small().await;
    scene.select_ada().await;
    // Who wants to see what she sees needs no token of hers.
    scene.owner.click(Spot::Link("Preview as the recipient")).await;
    scene.owner.reads_that("Preview: nothing is bound.").await;
    scene.owner.reads_that(Scene::TEMPLATE).await;
    scene.select_ada().await;
    let _ = scene.reveal().await;
    scene
        .owner
        .reads_that("Attention: do not open this link yourself.")
        .await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn if_you_use_tokens_from_other_recipients_it_will_be_locked_to_your_chosen_account() {
    let scene = Scene::small().await;
    scene.select_ada().await;
    let (_, link) = scene.reveal().await;
    scene
        .owner
        .reads_that("Attention: do not open this link yourself.")
        .await;
    scene
        .owner
        .reads_that("add yourself as a test recipient instead")
        .await;
    // Whoever does it all the same takes it away from the real recipient.
    scene.owner.claim(&link, "Grace Hopper").await;
    scene.owner.sees(Scene::TEMPLATE).await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(IN_USE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn always_add_yourself_as_a_separate_recipient_to_send_test_emails() {
    let scene = Scene::small().await;
    let owner = &scene.owner;
    owner.goto(&scene.url("/dashboard/recipients/new")).await;
    owner.click(Spot::Link("Add myself as a test recipient")).await;
    owner.sees("Add yourself as a test recipient").await;
    owner.choose("#template", Scene::TEMPLATE).await;
    owner.click(Spot::Button("Add recipient")).await;
    owner.sees(Office::OWNER).await;
    owner.reads_that("Test").await;
    let link = scene.link_to(Office::OWNER_MAIL, "/r/").await;
    let tester = Person::new().await;
    tester.claim(&link, "Grace Hopper").await;
    tester.sees(Scene::TEMPLATE).await;
    // The numbers do not know of it.
    owner
        .goto(&scene.url(&format!("/dashboard/templates/{}", scene.template)))
        .await;
    let funnel = owner.text(".funnel").await;
    assert!(funnel.starts_with("Issued\n1\n"), "{funnel}");
    owner.reads_that("1 test recipient").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn just_copy_your_token_and_add_it_to_the_page_recipient_view() {
    let scene = Scene::small().await;
    scene.select_ada().await;
    let (token, _) = scene.reveal().await;
    scene.owner.click(Spot::Link("Recipient View")).await;
    scene.owner.sees("Open with a link or an access token").await;
    let field = Spot::Field("Link or access token");
    scene.owner.fill(field, &token).await;
    scene.owner.click(Spot::Button("Open")).await;
    scene.owner.sees("Your certificate is ready, Ada").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_an_admin_you_can_skip_the_email_step() {
    let scene = Scene::small().await;
    let form = format!("/dashboard/recipients/new?template={}", scene.template);
    scene.owner.goto(&scene.url(&form)).await;
    scene
        .owner
        .fill_in(&[("First name", "Grace"), ("Mail address", "grace@example.org")])
        .await;
    scene.owner.click("#no_mail").await;
    scene.owner.click(Spot::Button("Add recipient")).await;
    scene
        .owner
        .reads_that("The recipient was added. No mail was sent")
        .await;
    scene.owner.reads_that("Not mailed").await;
    let (_, link) = scene.reveal().await;
    let grace = Person::new().await;
    grace.claim(&link, "Grace Hopper").await;
    grace.sees(Scene::TEMPLATE).await;
    // Claiming is told by mail; before that there was none.
    let mails = scene.mails_to("grace@example.org").await;
    assert!(
        mails.iter().all(|mail| !mail.links().contains(&link)),
        "{mails:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_token_can_only_be_connected_to_one_social_media_profile() {
    let scene = Scene::small().await;
    let holder = scene.claimed_by("Ada Lovelace").await;
    holder.sees(Scene::TEMPLATE).await;
    let other = scene.claimed_by("Grace Hopper").await;
    other.sees(IN_USE).await;
    scene.select_ada().await;
    scene
        .owner
        .reads_that("Claimed with Example ID (a…@example.org)")
        .await;
    assert!(!scene.owner.reads().await.contains("g…@example.org"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn select_the_recipient_from_the_tab_recipients_and_click_on_reset() {
    let scene = Scene::small().await;
    let holder = scene.claimed_by("Grace Hopper").await;
    holder.sees(Scene::TEMPLATE).await;
    scene.select_ada().await;
    scene.act("Reset").await;
    scene
        .owner
        .reads_that("The access was reset. The same link works again")
        .await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
    holder.goto(&scene.link).await;
    holder.click(Person::CONNECT).await;
    holder.sees(IN_USE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revoking_it_will_make_this_token_unusable_to_claim_the_certificate() {
    let scene = Scene::small().await;
    scene.select_ada().await;
    scene.act("Revoke access").await;
    scene
        .owner
        .reads_that("Access was revoked. The link can no longer claim.")
        .await;
    let stranger = Person::new().await;
    stranger.goto(&scene.link).await;
    stranger.sees("This link is no longer usable").await;
    assert_eq!(stranger.count(Person::CONNECT).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revoking_the_token_is_not_the_same_as_deleting_the_recipient() {
    let scene = Scene::small().await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
    scene.select_ada().await;
    scene.owner.click(Spot::Link("Revoke access…")).await;
    let question = scene.owner.text("dialog").await;
    let promise =
        "What is claimed already stays untouched: the Example ID account (a…@example.org) goes on seeing";
    assert!(question.contains(promise), "{question}");
    scene.owner.click(Spot::Button("Revoke access")).await;
    scene.owner.reads_that("Access was revoked.").await;
    // It will not impact certificates that were already claimed.
    ada.goto(&scene.link).await;
    ada.sees(Scene::TEMPLATE).await;
    let verification = scene.url(&format!("/verify/{}", scene.ada));
    ada.goto(&verification).await;
    ada.sees("This certificate is valid").await;
    scene.owner.goto(&scene.url("/dashboard/recipients")).await;
    scene.owner.reads_that("1 recipient").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_delete_a_certificate_you_need_to_delete_the_recipient() {
    let scene = Scene::small().await;
    let ada = scene.claimed_by("Ada Lovelace").await;
    ada.sees(Scene::TEMPLATE).await;
    let verification = scene.url(&format!("/verify/{}", scene.ada));
    ada.goto(&verification).await;
    ada.sees("This certificate is valid").await;
    scene.select_ada().await;
    scene.act("Delete recipient").await;
    scene
        .owner
        .reads_that("The recipient was deleted, with their credential")
        .await;
    // It no longer is validated on our side.
    ada.goto(&verification).await;
    assert_eq!(ada.status().await, 404);
    ada.goto(&scene.link).await;
    ada.sees("This link opens nothing").await;
}
