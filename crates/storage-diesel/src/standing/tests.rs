//! Every state a row can be in, judged by the database and by the domain.

use diesel::sql_types::Bool;
use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    id::{AuthorizationTokenId, OrganizationId},
    organization::{Organization, RevealPolicy},
    permissions::Permissions,
    sealed::{KeyId, TokenDigest},
    text::{MailAddress, OrganizationName},
    time::Timestamp,
};

use super::*;
use crate::{
    DatabaseUrl, DieselStore, Settings,
    connection::{AnyConnection, MultiBackend},
    row::{authorization_token::TokenRow, organization::OrganizationRow},
    types::Key,
};

const NOW: i64 = 1_000_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(NOW + millis)
}

fn organization(number: u8, cancelled_at: Option<Timestamp>) -> Organization {
    Organization {
        id: OrganizationId::fresh(at(0), [number; 10]),
        name: OrganizationName::parse("Analytical Engines").unwrap(),
        contact: MailAddress::parse("ada@example.org").unwrap(),
        url: None,
        reveal_policy: RevealPolicy::Once,
        created_at: at(-10),
        cancelled_at,
    }
}

/// Every combination of what decides.
fn states(owner: &Organization, first: u32) -> Vec<AuthorizationToken> {
    let (earlier, later) = (Some(at(-1)), Some(at(1)));
    let mut states = Vec::new();
    for expires_at in [at(-1), at(0), at(1)] {
        for (rotated_at, grace_until) in [
            (None, None),
            (earlier, None),
            (earlier, earlier),
            (earlier, Some(at(0))),
            (earlier, later),
            (later, None),
            (later, later),
        ] {
            for revoked_at in [None, earlier, later] {
                for expiry_seen_at in [None, earlier, later] {
                    let number = first + u32::try_from(states.len()).unwrap();
                    let mut unique = [0; 32];
                    unique[..4].copy_from_slice(&number.to_be_bytes());
                    states.push(AuthorizationToken {
                        id: AuthorizationTokenId::fresh(at(0), unique[..10].try_into().unwrap()),
                        organization: owner.id,
                        digest: TokenDigest {
                            pepper: KeyId::parse("pepper01").unwrap(),
                            bytes: unique,
                        },
                        sealed: None,
                        description: None,
                        permissions: Permissions::ALL,
                        created_at: at(-10),
                        expires_at,
                        created_by: None,
                        rotated_from: None,
                        generation: 0,
                        replayable_until: None,
                        rotated_at,
                        grace_until,
                        revoked_at,
                        expiry_seen_at,
                        last_used_at: None,
                        reuse_count: 0,
                        announce_at: None,
                    });
                }
            }
        }
    }
    states
}

/// Which tokens a condition lets through.
fn matching(
    connection: &mut AnyConnection,
    condition: Box<
        dyn BoxableExpression<token::table, MultiBackend, SqlType = diesel::sql_types::Nullable<Bool>>,
    >,
) -> Vec<AuthorizationTokenId> {
    let ids: Vec<Key> = token::table
        .filter(condition)
        .order(token::id)
        .select(token::id)
        .load(connection)
        .unwrap();
    ids.into_iter().map(AuthorizationTokenId::from).collect()
}

#[test]
fn the_database_judges_as_the_domain_does() {
    let directory = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::sqlite_file(directory.path().join("standing.db"));
    let store = DieselStore::open(Settings::new(url)).unwrap();
    store.migrate().unwrap();
    let connection = &mut store.maintenance().unwrap();

    let mut known = Vec::new();
    for owner in [
        organization(1, None),
        organization(2, Some(at(-1))),
        organization(3, Some(at(1))),
    ] {
        diesel::insert_into(organization::table)
            .values(OrganizationRow::from(&owner))
            .execute(connection)
            .unwrap();
        for token in states(&owner, u32::try_from(known.len()).unwrap()) {
            diesel::insert_into(token::table)
                .values(TokenRow::from(&token))
                .execute(connection)
                .unwrap();
            known.push((token, owner.clone()));
        }
    }
    known.sort_by_key(|(token, _)| token.id);
    let judged = |wanted: fn(Standing) -> bool| -> Vec<_> {
        known
            .iter()
            .filter(|(token, owner)| wanted(token.standing(owner, at(0))))
            .map(|(token, _)| token.id)
            .collect()
    };

    let live = Box::new(unretired(At(at(0))).and(owner_is_active()).nullable());
    assert_eq!(
        matching(connection, live),
        judged(|standing| standing == Standing::Live)
    );
    let in_service = Box::new(served(At(at(0))).and(owner_is_active()));
    assert_eq!(matching(connection, in_service), judged(Standing::is_served));
    // Guards against a test that compares nothing with nothing.
    assert_eq!(known.len(), 3 * 3 * 7 * 3 * 3);
    assert_eq!(judged(|standing| standing == Standing::Live).len(), 1);
    assert_eq!(judged(Standing::is_served).len(), 3);
}
