//! One store with everything around it, and how acts are performed on it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use symbolon_domain::{
    activity::Attribution,
    activity::RequestOrigin,
    authorization_token::{AuthorizationToken, Grace, TokenFilter, TokenStates},
    idempotency::{IdempotencyKey, Repeatable},
    organization::{Organization, RevealPolicy},
    page::PageRequest,
    permissions::Permissions,
    port::{
        Ports, Store,
        clock::Clock,
        entropy::{Entropy, EntropyError},
    },
    sealed::SealedSecret,
    secret::TokenSecret,
    service::{
        authenticate::Authenticate,
        caller::{Authority, Caller},
        change_organization::{Change, ChangeOrganization},
        create_organization::CreateOrganization,
        create_token::{CreateToken, LifeRequest, MadeToken},
        describe_token::DescribeToken,
        list_tokens::ListTokens,
        revoke_token::RevokeToken,
        rotate_token::{RotateToken, RotateTokenById},
    },
    text::{Description, MailAddress, OrganizationName},
    time::Timestamp,
};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};
use symbolon_storage_memory::MemoryStore;
use symbolon_vault::{KeyRing, RingVault};

use crate::act::Act;

/// A clock that acts move, also backward.
struct Time(AtomicI64);

impl Clock for Time {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that are the same in every world, and look random enough for ids and values to differ.
struct Repeating(AtomicU64);

impl Entropy for Repeating {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        for byte in bytes {
            // Steele and others' SplitMix64.
            let mut mixed = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            *byte = mixed.to_be_bytes()[0];
        }
        Ok(())
    }
}

pub(crate) struct World {
    ports: Ports,
    time: Arc<Time>,
    organizations: Vec<Organization>,
    made: Vec<(AuthorizationToken, String)>,
    schema: Option<DieselStore>,
    _directory: Option<tempfile::TempDir>,
}

impl World {
    pub(crate) async fn in_memory() -> Self {
        Self::over(Arc::new(MemoryStore::new()), None, None).await
    }

    pub(crate) async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::sqlite_file(directory.path().join("symbolon.db"));
        let store = migrated(Settings::new(url)).await;
        Self::over(Arc::new(store), None, Some(directory)).await
    }

    pub(crate) async fn on_postgres() -> Self {
        let url = postgres_url();
        let mut settings = Settings::new(DatabaseUrl::parse(&url).unwrap());
        settings.connections = 2;
        let mut random = [0; 8];
        symbolon_vault::SystemEntropy::new().fill(&mut random).unwrap();
        settings.postgres_schema = Some(format!("differential_{:016x}", u64::from_be_bytes(random)));
        let store = migrated(settings).await;
        Self::over(Arc::new(store.clone()), Some(store), None).await
    }

    async fn over<S>(store: Arc<S>, schema: Option<DieselStore>, directory: Option<tempfile::TempDir>) -> Self
    where
        S: Store + 'static,
    {
        let time = Arc::new(Time(AtomicI64::new(1_800_000_000_000)));
        let entropy = Arc::new(Repeating(AtomicU64::new(1)));
        let ring = KeyRing::generate(entropy.as_ref(), time.now()).unwrap();
        let vault = Arc::new(RingVault::new(&ring));
        let ports = Ports::over(store, time.clone(), entropy, vault);
        let mut organizations = Vec::new();
        for name in ["First", "Second"] {
            let request = CreateOrganization {
                name: OrganizationName::parse(name).unwrap(),
                contact: MailAddress::parse("ada@example.org").unwrap(),
                url: None,
                reveal_policy: RevealPolicy::Always,
            };
            organizations.push(request.run(&ports).await.unwrap());
        }
        let mut world = Self {
            ports,
            time,
            organizations,
            made: Vec::new(),
            schema,
            _directory: directory,
        };
        for organization in 0..2 {
            world
                .perform(&Act::Create {
                    by: None,
                    organization,
                    bits: None,
                    days: 180,
                    key: None,
                })
                .await;
        }
        world
    }

    /// Does it, and says what came of it.
    pub(crate) async fn perform(&mut self, act: &Act) -> String {
        let (Ok(said) | Err(said)) = self.attempt(act).await;
        said
    }

    /// What came of it, or why nothing did.
    async fn attempt(&mut self, act: &Act) -> Result<String, String> {
        let ports = self.ports.clone();
        match act {
            Act::Create { .. } => self.create(act).await,
            Act::Rotate { token, grace, key } => {
                let secret = self.secret(*token);
                let shown = Authenticate {
                    secret: &secret,
                    origin: RequestOrigin::default(),
                };
                let bearer = shown.bearer(&ports).await.map_err(|error| error.to_string())?;
                let grace = Grace::from_seconds(*grace).unwrap();
                let request = key.map(|key| self.repeatable(key, "rotate"));
                let outcome = RotateToken {
                    bearer,
                    description: None,
                    grace,
                    request,
                }
                .run(&ports)
                .await;
                Ok(self.keep(outcome.map_err(|error| error.to_string())?))
            }
            Act::RotateById { token } => {
                let id = self.token(*token).id;
                let found = ports.tokens.find_by_id(id).await.unwrap().unwrap();
                let request = RotateTokenById {
                    authority: Authority::Operator(&found.owner),
                    id,
                    description: None,
                    grace: None,
                };
                let made = request.run(&ports).await.unwrap().unwrap();
                Ok(self.keep(made.map_err(|standing| format!("{standing:?}"))?))
            }
            Act::Authenticate { token } => Ok(seen(&self.caller(*token).await?.owned.token)),
            Act::Revoke { by, token } => {
                let caller = self.caller(*by).await?;
                let request = RevokeToken {
                    authority: Authority::Token(&caller),
                    id: self.token(*token).id,
                };
                Ok(format!("{:?}", request.run(&ports).await.unwrap()))
            }
            Act::Describe { by, token, text } => {
                let caller = self.caller(*by).await?;
                let description = text.map(|number| Description::parse(&format!("number {number}")).unwrap());
                let (authority, id) = (Authority::Token(&caller), self.token(*token).id);
                Ok(format!(
                    "{:?}",
                    DescribeToken {
                        authority,
                        id,
                        description
                    }
                    .run(&ports)
                    .await
                    .unwrap()
                ))
            }
            Act::List { by, all, page, per } => {
                let caller = self.caller(*by).await?;
                let states = if *all { TokenStates::All } else { TokenStates::Live };
                let page = PageRequest::new(*page, *per);
                let request = ListTokens {
                    authority: Authority::Token(&caller),
                    states,
                    page,
                };
                let listed = request.run(&ports).await.unwrap().map(|shown| {
                    let value = shown.secret.map(|secret| secret.expose().to_owned());
                    (plain(shown.token), shown.standing, value)
                });
                Ok(format!("{listed:?}"))
            }
            Act::Cancel { organization } => Ok(self.change(*organization, Change::Cancel).await),
            Act::Reactivate { organization } => Ok(self.change(*organization, Change::Reactivate).await),
            Act::RevealOnce { organization, once } => {
                let policy = if *once {
                    RevealPolicy::Once
                } else {
                    RevealPolicy::Always
                };
                Ok(self.change(*organization, Change::RevealPolicy(policy)).await)
            }
            Act::Advance { millis } => Ok(self.time.0.fetch_add(*millis, Ordering::SeqCst).to_string()),
            Act::FlushUses => Ok(ports.uses.flush(ports.tokens.as_ref()).await.unwrap().to_string()),
            Act::ForgetAnswers => Ok(ports
                .tokens
                .forget_answers(self.time.now())
                .await
                .unwrap()
                .to_string()),
        }
    }

    async fn create(&mut self, act: &Act) -> Result<String, String> {
        let Act::Create {
            by,
            organization,
            bits,
            days,
            key,
        } = act
        else {
            unreachable!("another act")
        };
        let caller = match by {
            Some(token) => Some(self.caller(*token).await?),
            None => None,
        };
        let owner = self.organizations[*organization].clone();
        let request = CreateToken {
            authority: caller
                .as_ref()
                .map_or(Authority::Operator(&owner), Authority::Token),
            description: None,
            permissions: bits.and_then(Permissions::from_bits),
            life: LifeRequest::Days(*days),
            request: key.map(|key| self.repeatable(key, "create")),
        };
        let made = request
            .run(&self.ports)
            .await
            .map_err(|error| error.to_string())?;
        Ok(self.keep(made))
    }

    /// Everything that is kept.
    pub(crate) async fn kept(&self) -> String {
        let mut kept = Vec::new();
        let filter = TokenFilter {
            visible_to: Permissions::ALL,
            states: TokenStates::All,
        };
        let now = self.time.now();
        for Organization { id, .. } in &self.organizations {
            kept.push(format!("{:?}", self.ports.organizations.find(*id).await.unwrap()));
            for number in 1..=4 {
                let page = PageRequest::new(number, 100);
                let tokens = self
                    .ports
                    .tokens
                    .list(*id, filter, page, now)
                    .await
                    .unwrap()
                    .map(plain);
                kept.push(format!("{tokens:?}"));
                kept.push(format!(
                    "{:?}",
                    self.ports.activity.list(*id, page).await.unwrap()
                ));
            }
        }
        kept.join("\n")
    }

    /// Removes what a database server would keep.
    pub(crate) fn clear_away(self) {
        if let Some(store) = self.schema {
            store.drop_schema().unwrap();
        }
    }

    async fn caller(&self, token: usize) -> Result<Caller, String> {
        let secret = self.secret(token);
        let request = Authenticate {
            secret: &secret,
            origin: RequestOrigin::default(),
        };
        request.run(&self.ports).await.map_err(|error| error.to_string())
    }

    async fn change(&mut self, organization: usize, change: Change) -> String {
        let id = self.organizations[organization].id;
        let outcome = ChangeOrganization {
            id,
            change,
            by: Attribution::operator(),
        }
        .run(&self.ports)
        .await
        .unwrap();
        // Operators read an organization anew before each act.
        self.organizations[organization] = self.ports.organizations.find(id).await.unwrap().unwrap();
        format!("{outcome:?}")
    }

    fn keep(
        &mut self,
        MadeToken {
            made,
            secret,
            replayed,
        }: MadeToken,
    ) -> String {
        let value = secret.expose().to_owned();
        let said = format!("{:?} {value} {replayed}", plain(made.token.clone()));
        if !replayed {
            self.made.push((made.token, value));
        }
        said
    }

    fn token(&self, number: usize) -> &AuthorizationToken {
        &self.made[number % self.made.len()].0
    }

    fn secret(&self, number: usize) -> TokenSecret {
        TokenSecret::parse(&self.made[number % self.made.len()].1).unwrap()
    }

    fn repeatable(&self, key: u8, what: &str) -> Repeatable {
        Repeatable {
            key: IdempotencyKey::parse(&format!("key-{key}")).unwrap(),
            fingerprint: self.ports.vault.fingerprint(&[what.as_bytes()]),
        }
    }
}

/// The token with its sealed copy blackened: there is one or not, but its bytes are never the same twice.
fn plain(token: AuthorizationToken) -> AuthorizationToken {
    AuthorizationToken {
        sealed: token.sealed.map(|_| SealedSecret::from_bytes(Vec::new())),
        ..token
    }
}

/// A token as a store finds it for whoever shows it. When it was last used may be said a minute late, so it is compared at the
/// end, among all that is kept; that it was used may not.
fn seen(token: &AuthorizationToken) -> String {
    let was_used = token.last_used_at.is_some();
    let token = AuthorizationToken {
        last_used_at: None,
        ..token.clone()
    };
    format!("{:?} {was_used}", plain(token))
}

async fn migrated(settings: Settings) -> DieselStore {
    tokio::task::spawn_blocking(move || {
        let store = DieselStore::open(settings).unwrap();
        store.migrate().unwrap();
        store
    })
    .await
    .unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test command says in the environment where PostgreSQL is"
)]
fn postgres_url() -> String {
    std::env::var("SYMBOLON_TEST_POSTGRES").expect("SYMBOLON_TEST_POSTGRES is not set; run: cargo xtask test")
}
