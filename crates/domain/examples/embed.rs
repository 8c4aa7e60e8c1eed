//! Authorization tokens inside another service: no HTTP, no database, a clock of one's own.
//!
//! A print shop gives its customers' programs tokens to order with. It brings its own clock (here one that it can set),
//! keeps tokens in memory, and takes the vault that comes with Symbolon. Another store is another implementation of the
//! ports, proved by `symbolon-contract`.
//!
//! Run it: `cargo run --package symbolon-domain --example embed`

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use symbolon_domain::{
    activity::RequestOrigin,
    organization::RevealPolicy,
    permissions::{Permission, Permissions},
    port::{Ports, clock::Clock},
    secret::TokenSecret,
    service::{
        authenticate::Authenticate,
        caller::Authority,
        create_organization::CreateOrganization,
        create_token::{CreateToken, LifeRequest},
        rotate_token::RotateToken,
    },
    text::{Description, MailAddress, OrganizationName},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;
use symbolon_vault::{KeyRing, RingVault, SystemEntropy};

/// The shop's own time: here it passes when the shop says so.
struct ShopClock(AtomicI64);

impl Clock for ShopClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let clock = Arc::new(ShopClock(AtomicI64::new(1_800_000_000_000)));
    let ports = wire(clock.clone())?;

    // A customer, and a token that may look and order, but not cancel.
    let customer = CreateOrganization {
        name: OrganizationName::parse("Babbage & Sons")?,
        contact: MailAddress::parse("orders@babbage.example")?,
        url: None,
        reveal_policy: RevealPolicy::Once,
    }
    .run(&ports)
    .await?;
    let made = CreateToken {
        authority: Authority::Operator(&customer),
        description: Some(Description::parse("Ordering program")?),
        permissions: Some(Permissions::READ.with(Permission::Write)),
        life: LifeRequest::Days(30),
        request: None,
    }
    .run(&ports)
    .await?;
    println!("a token until {}", made.made.token.expires_at);

    // The program shows its token with an order.
    let shown = made.secret.expose().to_owned();
    order(&ports, &shown, Permission::Write).await?;
    println!("may order");
    let refusal = order(&ports, &shown, Permission::Delete)
        .await
        .expect_err("it may not cancel");
    println!("may not cancel: {refusal}");

    // It rotates the token: from then on only the successor works.
    let secret = TokenSecret::parse(&shown)?;
    let bearer = Authenticate {
        secret: &secret,
        origin: RequestOrigin::default(),
    }
    .bearer(&ports)
    .await?;
    let rotated = RotateToken {
        bearer,
        description: None,
        grace: None,
        request: None,
    }
    .run(&ports)
    .await?;
    let refusal = order(&ports, &shown, Permission::Write)
        .await
        .expect_err("it was rotated away");
    println!("the old token: {refusal}");
    order(&ports, rotated.secret.expose(), Permission::Write).await?;
    println!("the new token may order");

    // Half a year later the shop's clock says that it has expired.
    clock.0.fetch_add(181 * 86_400_000, Ordering::SeqCst);
    let refusal = order(&ports, rotated.secret.expose(), Permission::Write)
        .await
        .expect_err("it has expired");
    println!("181 days later: {refusal}");
    Ok(())
}

/// Everything the use cases ask for.
fn wire(clock: Arc<ShopClock>) -> Result<Ports, Box<dyn Error>> {
    let store = Arc::new(MemoryStore::new());
    let entropy = Arc::new(SystemEntropy::new());
    let ring = KeyRing::generate(entropy.as_ref(), clock.now())?;
    Ok(Ports::over(
        store,
        clock,
        entropy,
        Arc::new(RingVault::new(&ring)),
    ))
}

/// What the shop does with each request: who is it, and may they?
async fn order(ports: &Ports, shown: &str, needed: Permission) -> Result<(), Box<dyn Error>> {
    let secret = TokenSecret::parse(shown)?;
    let caller = Authenticate {
        secret: &secret,
        origin: RequestOrigin::default(),
    }
    .run(ports)
    .await?;
    caller.require(needed)?;
    Ok(())
}
