//! What lists show.

use symbolon_domain::{
    page::PageRequest,
    port::recipients::{NewRecipient, RecipientFilter, RecipientOrder, RecipientState},
    recipient::Recipient,
    search::{MAX_LETTERS, MAX_WORDS},
    text::{ExternalId, PersonName},
};

use crate::{
    Fixture,
    sample::{mail_address, now, person_name},
    scene::{Scene, Stage, count, ok},
};

/// To be counted up to so many is to be counted, and no more than that; by whatever filter, of one organization.
pub async fn recipients_are_counted_up_to_so_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let template = scene.template().await;
    for _ in 0..5 {
        scene.recipient_on(&template).await;
    }
    scene.claim_for(&scene.recipient_on(&template).await).await;
    scene.recipient_on(&scene.template_of(other.id).await).await;
    let claimed = RecipientFilter {
        state: Some(RecipientState::Accepted),
        ..RecipientFilter::default()
    };
    for (filter, there_are) in [(RecipientFilter::default(), 6), (claimed, 1)] {
        for up_to in [0, 1, 5, 6, 7, 1_001] {
            let counted = ok(scene.recipients.count(scene.owner.id, &filter, up_to).await);
            assert_eq!(counted, there_are.min(up_to), "{filter:?} up to {up_to}");
        }
    }
}

/// Each is in one state: pending until claimed and again after a reset, accepted once claimed, revoked once the credential
/// is. Revoked access, a pause, or an expiry is no state here.
pub async fn a_list_shows_one_state<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut news = Vec::new();
    for _ in 0..7 {
        news.push(scene.recipient_on(&template).await);
    }
    let [free, reset, closed, bound, kept, revoked, both] = news.as_slice() else {
        panic!("there are seven");
    };
    for new in [reset, bound, kept, both] {
        scene.claim_for(new).await;
    }
    scene.reset(reset).await;
    scene.revoke_access(closed, now()).await;
    scene.revoke_access(kept, now()).await;
    scene.revoke_credential(revoked, now()).await;
    scene.revoke_credential(both, now()).await;
    scene.pause(&template, now()).await;
    for (state, wanted) in [
        (RecipientState::Pending, vec![free, reset, closed]),
        (RecipientState::Accepted, vec![bound, kept]),
        (RecipientState::Revoked, vec![revoked, both]),
    ] {
        let filter = RecipientFilter {
            state: Some(state),
            ..RecipientFilter::default()
        };
        shows(&scene, &filter, &wanted).await;
    }
    shows(
        &scene,
        &RecipientFilter::default(),
        &news.iter().collect::<Vec<_>>(),
    )
    .await;
}

/// A list shows one organization; a template of another shows nothing, nor does one that is not kept.
pub async fn a_list_shows_one_organization_and_one_template<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (one, two) = (scene.template().await, scene.template().await);
    let foreign = scene.template_of(other.id).await;
    let first = scene.recipient_on(&one).await;
    let second = scene.recipient_on(&two).await;
    scene.recipient_on(&foreign).await;
    let on = |template| RecipientFilter {
        template: Some(template),
        ..RecipientFilter::default()
    };
    shows(&scene, &RecipientFilter::default(), &[&first, &second]).await;
    shows(&scene, &on(one.id), &[&first]).await;
    shows(&scene, &on(two.id), &[&second]).await;
    shows(&scene, &on(foreign.id), &[]).await;
    shows(&scene, &on(scene.samples.template(other.id).id), &[]).await;
}

/// A mail address is compared exactly.
pub async fn a_list_shows_one_mail_address<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let one = addressed(&scene, "a_a@example.org").await;
    let other = addressed(&scene, "A_A@example.org").await;
    addressed(&scene, "aba@example.org").await;
    let again = addressed(&scene, "a_a@example.org").await;
    for (mail, wanted) in [
        ("a_a@example.org", vec![&one, &again]),
        ("A_A@example.org", vec![&other]),
        ("_@example.org", vec![]),
    ] {
        let filter = RecipientFilter {
            mail: Some(mail_address(mail)),
            ..RecipientFilter::default()
        };
        shows(&scene, &filter, &wanted).await;
    }
}

/// A search finds whoever has, for each of its words, a word that begins so: of the name, the mail address or the external id;
/// in whatever case, of whatever alphabet, with or without accents.
pub async fn a_search_finds_who_has_words_that_begin_so<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let ada = person(&scene, ["Ada", "Lovelace"], "countess@example.org", "HR-1815").await;
    let zoe = person(&scene, ["Zo\u{eb}", ""], "zz@example.com", "").await;
    let kim = person(&scene, ["KIM", "de Ada"], "kim@example.com", "").await;
    let strange = person(
        &scene,
        ["\u{d6}zil", "\u{738b}\u{5c0f}\u{660e}"],
        "s@example.com",
        "",
    )
    .await;
    for (query, wanted) in [
        ("", vec![&ada, &zoe, &kim, &strange]),
        (" ", vec![&ada, &zoe, &kim, &strange]),
        ("ada", vec![&ada, &kim]),
        ("ADA L", vec![&ada]),
        ("Lovelace, Ada", vec![&ada]),
        ("lovelaceada", vec![]),
        ("da", vec![]),
        ("ada grace", vec![]),
        ("ada kim", vec![&kim]),
        ("COUNTESS@", vec![&ada]),
        ("Countess@example.org", vec![&ada]),
        ("<countess@example.org>,", vec![&ada]),
        ("kim@exam", vec![&kim]),
        // Has these words, but not this address.
        ("ada@example.com", vec![]),
        ("example.com", vec![&zoe, &kim, &strange]),
        ("e", vec![&ada, &zoe, &kim, &strange]),
        ("hr-18", vec![&ada]),
        ("1815", vec![&ada]),
        ("815", vec![]),
        ("zo\u{eb}", vec![&zoe]),
        ("ZO\u{cb}", vec![&zoe]),
        ("zoe\u{308}", vec![&zoe]),
        ("zoe", vec![&zoe]),
        ("ozil", vec![&strange]),
        ("\u{f6}z", vec![&strange]),
        ("\u{738b}", vec![&strange]),
        ("\u{5c0f}", vec![]),
        ("kim de ada", vec![&kim]),
        ("nobody", vec![]),
        ("kim\u{10ffff}", vec![&kim]),
    ] {
        searches(&scene, query, &wanted).await;
    }
}

/// An address is one word, in the form in which addresses are kept; so is what looks like one in the issuer's records, whatever
/// it contains. Letters are the same in both cases and as people type them who have no key for them; vowel signs are letters.
pub async fn a_search_finds_addresses_and_letters_of_all_kinds<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let ada = person(&scene, ["Ada", "x"], "ada@ex\u{e4}mple.org", "ada@corp.example").await;
    let other = person(&scene, ["Ada", "GRO\u{1e9e}"], "ada@example.org", "HR@1815").await;
    let odd = person(
        &scene,
        ["\u{166}or", "x"],
        "t@example.org",
        "a\"b\\c@d \u{ff02}\u{a8}e@f\\\",",
    )
    .await;
    let mina = person(
        &scene,
        ["\u{92e}\u{940}\u{928}\u{93e}", "x"],
        "m@example.org",
        "@ \" \\",
    )
    .await;
    for (query, wanted) in [
        ("ada@ex\u{e4}mple.org", vec![&ada]),
        ("Ada@xn--exmple-cua.org", vec![&ada]),
        ("ada@example.org", vec![&other]),
        ("ada@corp.example", vec![&ada]),
        ("ada@corp", vec![&ada]),
        ("HR@1815", vec![&other]),
        ("hr 1815", vec![&other]),
        ("a\"b\\c@d", vec![&odd]),
        ("\u{a8}e@f", vec![&odd]),
        ("b c d e f", vec![&odd]),
        ("tor", vec![&odd]),
        ("\u{167}or", vec![&odd]),
        ("gross", vec![&other]),
        ("Gro\u{df}", vec![&other]),
        ("\u{92e}\u{940}\u{928}\u{93e}", vec![&mina]),
        ("\u{92e}\u{940}", vec![&mina]),
        ("\u{92e}\u{928}\u{941}", vec![]),
        ("@ \" \\", vec![]),
    ] {
        searches(&scene, query, &wanted).await;
    }
}

/// What is neither letter nor digit only stands between words, also where it stands for anything in a database; a search
/// without any word finds nobody, and so does one of more words than are allowed.
pub async fn what_is_no_letter_stands_between_words<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let percent = person(&scene, ["100%", "sure"], "p%q@example.org", "").await;
    let score = person(&scene, ["under_score", "x"], "u@example.org", "").await;
    let slash = person(&scene, ["back\\slash", "x"], "b@example.org", "").await;
    let quote = person(&scene, ["O'Brien", "\"*?[a]\""], "q@example.org", "").await;
    let long = "1 ".repeat(MAX_WORDS);
    let many: Vec<_> = (100..101 + MAX_WORDS).map(|number| number.to_string()).collect();
    let many = many.join(" ");
    for (query, wanted) in [
        ("%", vec![]),
        ("_", vec![]),
        ("\\", vec![]),
        ("'", vec![]),
        ("\0", vec![]),
        ("p\0@example.org", vec![&percent]),
        ("p%q@example.org\0", vec![&percent]),
        ("100%", vec![&percent]),
        ("1%", vec![&percent]),
        ("%100", vec![&percent]),
        ("under_score", vec![&score]),
        ("under_sc", vec![&score]),
        ("undersc", vec![]),
        ("s_ x", vec![&score, &slash]),
        ("back\\slash", vec![&slash]),
        ("back\\", vec![&slash]),
        ("o'br", vec![&quote]),
        ("brien", vec![&quote]),
        ("[a]", vec![&quote]),
        ("100 p%q@example.org", vec![&percent]),
        ("100 p_q@example.org", vec![]),
        ("100 p%@example.org", vec![]),
        (long.as_str(), vec![&percent]),
        (many.as_str(), vec![]),
    ] {
        searches(&scene, query, &wanted).await;
    }
}

/// A name may be of letters that become many: it can be kept, and is found by the first of them.
pub async fn the_longest_words_are_kept_and_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let widest: String = std::iter::repeat_n('\u{fdfa}', PersonName::MAX).collect();
    let longest = "x".repeat(PersonName::MAX);
    let person = person(&scene, [&longest, &widest], "p@example.org", "").await;
    let letters = |count| "x".repeat(count);
    for (query, wanted) in [
        (letters(1), vec![&person]),
        (letters(MAX_LETTERS), vec![&person]),
        // What comes after the first of them does not count.
        (letters(MAX_LETTERS) + "y", vec![&person]),
        (letters(MAX_LETTERS - 1) + "y", vec![]),
        (widest, vec![&person]),
    ] {
        searches(&scene, &query, &wanted).await;
    }
}

/// Who asked for a reset and waits for it is shown apart; once it is granted they are not.
pub async fn a_list_shows_who_asked_for_a_reset<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (asked, _) = scene.claimed().await;
    let (granted, _) = scene.claimed().await;
    let (bound, _) = scene.claimed().await;
    let free = scene.recipient().await;
    for new in [&asked, &granted] {
        scene.request_reset(&new.token).await;
    }
    let requested = |wanted| RecipientFilter {
        reset_requested: Some(wanted),
        ..RecipientFilter::default()
    };
    shows(&scene, &requested(true), &[&asked, &granted]).await;
    shows(&scene, &requested(false), &[&bound, &free]).await;
    scene.reset(&granted).await;
    shows(&scene, &requested(true), &[&asked]).await;
    shows(&scene, &requested(false), &[&granted, &bound, &free]).await;
}

/// Of several conditions all hold.
pub async fn all_conditions_hold_at_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, other) = (scene.template().await, scene.template().await);
    let mut news = Vec::new();
    for template in [&template, &template, &other] {
        let new = scene.recipient_on(template).await;
        scene.claim_for(&new).await;
        scene.request_reset(&new.token).await;
        news.push(new);
    }
    let [first, second, _] = news.as_slice() else {
        panic!("there are three");
    };
    let all = RecipientFilter {
        state: Some(RecipientState::Accepted),
        template: Some(template.id),
        mail: None,
        query: Some("PERSON".to_owned()),
        reset_requested: Some(true),
        ..RecipientFilter::default()
    };
    shows(&scene, &all, &[first, second]).await;
    let one = RecipientFilter {
        mail: Some(second.recipient.mail.clone()),
        ..all.clone()
    };
    shows(&scene, &one, &[second]).await;
    for none in [
        RecipientFilter {
            state: Some(RecipientState::Pending),
            ..one.clone()
        },
        RecipientFilter {
            template: Some(other.id),
            ..one.clone()
        },
        RecipientFilter {
            query: Some("nobody".to_owned()),
            ..one.clone()
        },
        RecipientFilter {
            reset_requested: Some(false),
            ..one
        },
    ] {
        shows(&scene, &none, &[]).await;
    }
}

async fn searches(stage: &Stage, query: &str, wanted: &[&NewRecipient]) {
    let filter = RecipientFilter {
        query: Some(query.to_owned()),
        ..RecipientFilter::default()
    };
    shows(stage, &filter, wanted).await;
}

/// The list shows these, in whatever order, and counts them; and so does a page of one, and one past the end.
async fn shows(stage: &Stage, filter: &RecipientFilter, wanted: &[&NewRecipient]) {
    let mut wanted: Vec<_> = wanted.iter().map(|new| new.recipient.id).collect();
    wanted.sort_unstable();
    let order = RecipientOrder::default();
    let list = |page| stage.recipients.list(stage.owner.id, filter, order, page);
    let all = ok(list(PageRequest::new(1, 100)).await);
    let mut shown: Vec<_> = all.items.iter().map(|shown| shown.recipient.id).collect();
    shown.sort_unstable();
    assert_eq!(shown, wanted, "{filter:?}");
    for page in [
        PageRequest::new(1, 100),
        PageRequest::new(1, 1),
        PageRequest::new(9, 100),
    ] {
        let page = ok(list(page).await);
        assert_eq!(usize::try_from(page.total_count), Ok(wanted.len()), "{filter:?}");
    }
    for up_to in [0, 1, count(&wanted), 100, u64::MAX] {
        let counted = ok(stage.recipients.count(stage.owner.id, filter, up_to).await);
        assert_eq!(counted, count(&wanted).min(up_to), "{filter:?} up to {up_to}");
    }
    let browsed = stage.recipients.browse(stage.owner.id, filter, order, None, 100);
    assert_eq!(ok(browsed.await), all.items, "{filter:?}");
}

async fn addressed(stage: &Stage, mail: &str) -> NewRecipient {
    let template = stage.template().await;
    let recipient = Recipient {
        mail: mail_address(mail),
        ..stage.samples.recipient(&template)
    };
    keep(stage, recipient).await
}

/// Somebody with this name, mail address and external id; where it is empty there is none.
async fn person(stage: &Stage, name: [&str; 2], mail: &str, external_id: &str) -> NewRecipient {
    let [first, last] = name;
    let template = stage.template().await;
    let recipient = Recipient {
        first_name: person_name(first),
        last_name: (!last.is_empty()).then(|| person_name(last)),
        mail: mail_address(mail),
        external_id: ExternalId::parse(external_id).ok(),
        ..stage.samples.recipient(&template)
    };
    keep(stage, recipient).await
}

async fn keep(stage: &Stage, recipient: Recipient) -> NewRecipient {
    let new = stage.samples.new_for(recipient);
    stage.keep_recipient(&new).await;
    new
}
