//! How often strangers may try.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed, keyed::DefaultKeyedStateStore},
};
use symbolon_domain::{id::AdministratorId, text::MailAddress};

type Plain<C> = NoOpMiddleware<<C as Clock>::Instant>;
type PerNetwork<C> = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, C, Plain<C>>;
type PerMailbox<C> = RateLimiter<String, DefaultKeyedStateStore<String>, C, Plain<C>>;
type PerAdministrator<C> = RateLimiter<AdministratorId, DefaultKeyedStateStore<AdministratorId>, C, Plain<C>>;
type OfAll<C> = RateLimiter<NotKeyed, InMemoryState, C, Plain<C>>;

const fn per(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

/// The limits of the pages, in memory: each instance counts for itself. None closes a link or a credential to its
/// recipient, so nobody can lock another out; that of a mailbox only keeps more of the same mail out of it.
pub struct Rates<C: Clock = DefaultClock> {
    pasted_a_minute: PerNetwork<C>,
    pasted_an_hour: PerNetwork<C>,
    pasted_by_all: OfAll<C>,
    sign_ins: PerNetwork<C>,
    dashboard_sign_ins: PerNetwork<C>,
    reveals: PerAdministrator<C>,
    exports: PerAdministrator<C>,
    retrievals: PerNetwork<C>,
    mailings: PerMailbox<C>,
    pictures: PerNetwork<C>,
    clock: C,
}

/// Too often; in so many seconds it is allowed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooOften {
    pub(crate) seconds: u64,
}

impl Default for Rates {
    fn default() -> Self {
        Self::by(DefaultClock::default())
    }
}

impl<C: Clock + Clone> Rates<C> {
    /// Tokens pasted: 10 a minute and 100 an hour per address, 600 a minute by all. Sign-ins begun: 30 a minute per
    /// address; tries to sign in to the dashboard: 10. Values of tokens shown: 60 a
    /// minute per administrator; files taken away: 10 an hour. Links asked for: 10 an hour per address, for every one may send mail, and 3 an hour to one mailbox.
    /// Pictures drawn for whoever asks: 60 a minute per address.
    fn by(clock: C) -> Self {
        let per_network = |quota| RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock.clone());
        Self {
            pasted_a_minute: per_network(Quota::per_minute(per(10))),
            pasted_an_hour: per_network(Quota::per_hour(per(100))),
            pasted_by_all: RateLimiter::new(
                Quota::per_minute(per(600)),
                InMemoryState::default(),
                clock.clone(),
            ),
            sign_ins: per_network(Quota::per_minute(per(30))),
            dashboard_sign_ins: per_network(Quota::per_minute(per(10))),
            reveals: RateLimiter::new(
                Quota::per_minute(per(60)),
                DefaultKeyedStateStore::default(),
                clock.clone(),
            ),
            exports: RateLimiter::new(
                Quota::per_hour(per(10)),
                DefaultKeyedStateStore::default(),
                clock.clone(),
            ),
            retrievals: per_network(Quota::per_hour(per(10))),
            mailings: RateLimiter::new(
                Quota::per_hour(per(3)),
                DefaultKeyedStateStore::default(),
                clock.clone(),
            ),
            pictures: per_network(Quota::per_minute(per(60))),
            clock,
        }
    }

    /// Somebody pastes an access token.
    pub(crate) fn paste(&self, address: Option<IpAddr>) -> Result<(), TooOften> {
        self.keyed(&self.pasted_a_minute, address)?;
        self.keyed(&self.pasted_an_hour, address)?;
        self.pasted_by_all
            .check()
            .map_err(|until| told(until.wait_time_from(self.clock.now())))
    }

    /// Somebody begins a sign-in.
    pub(crate) fn sign_in(&self, address: Option<IpAddr>) -> Result<(), TooOften> {
        self.keyed(&self.sign_ins, address)
    }

    /// Somebody tries to sign in to the dashboard.
    pub(crate) fn dashboard_sign_in(&self, address: Option<IpAddr>) -> Result<(), TooOften> {
        self.keyed(&self.dashboard_sign_ins, address)
    }

    /// An administrator has the value of a token shown.
    pub(crate) fn reveal(&self, administrator: AdministratorId) -> Result<(), TooOften> {
        self.by_administrator(&self.reveals, administrator)
    }

    /// An administrator takes data away as a file.
    pub(crate) fn export(&self, administrator: AdministratorId) -> Result<(), TooOften> {
        self.by_administrator(&self.exports, administrator)
    }

    /// Somebody asks for the links of a mail address.
    pub(crate) fn retrieve(&self, address: Option<IpAddr>) -> Result<(), TooOften> {
        self.keyed(&self.retrievals, address)
    }

    /// Whether the links of this mailbox may be mailed to it once more. Whoever asks must not learn it.
    pub(crate) fn may_mail(&self, mailbox: &MailAddress) -> bool {
        self.mailings
            .check_key(&mailbox.as_str().to_ascii_lowercase())
            .is_ok()
    }

    /// Somebody has a picture drawn of a credential that need not be theirs.
    pub(crate) fn draw(&self, address: Option<IpAddr>) -> Result<(), TooOften> {
        self.keyed(&self.pictures, address)
    }

    /// Forgets addresses that have not come for a while.
    pub fn sweep(&self) {
        for limiter in [
            &self.pasted_a_minute,
            &self.pasted_an_hour,
            &self.sign_ins,
            &self.dashboard_sign_ins,
            &self.retrievals,
            &self.pictures,
        ] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        self.mailings.retain_recent();
        self.mailings.shrink_to_fit();
        for limiter in [&self.reveals, &self.exports] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    fn by_administrator(
        &self,
        limiter: &PerAdministrator<C>,
        administrator: AdministratorId,
    ) -> Result<(), TooOften> {
        limiter
            .check_key(&administrator)
            .map_err(|until| told(until.wait_time_from(self.clock.now())))
    }

    fn keyed(&self, limiter: &PerNetwork<C>, address: Option<IpAddr>) -> Result<(), TooOften> {
        limiter
            .check_key(&network(address))
            .map_err(|until| told(until.wait_time_from(self.clock.now())))
    }
}

/// In whole seconds, rounded up.
fn told(wait: Duration) -> TooOften {
    TooOften {
        seconds: wait.as_secs().saturating_add(1),
    }
}

/// The network that counts as one client: an address of version 4, or the /64 of one of version 6, which a single
/// machine has for itself. Connections without an address, which only tests have, count as one.
fn network(address: Option<IpAddr>) -> IpAddr {
    match address {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Some(address) => address,
        None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn ten_pastes_a_minute_and_no_more() {
        let rates = Rates::default();
        for _ in 0..10 {
            assert_eq!(rates.paste(Some(address("192.0.2.1"))), Ok(()));
        }
        let TooOften { seconds } = rates.paste(Some(address("192.0.2.1"))).unwrap_err();
        assert!((1..=7).contains(&seconds), "{seconds}");
        assert_eq!(rates.paste(Some(address("192.0.2.2"))), Ok(()));
    }

    /// How many pastes of so many are let through, one every so often.
    fn passed(
        rates: &Rates<FakeRelativeClock>,
        pastes: u32,
        apart: Duration,
        from: impl Fn(u32) -> IpAddr,
    ) -> u32 {
        (0..pastes)
            .map(|paste| {
                rates.clock.advance(apart);
                u32::from(rates.paste(Some(from(paste))).is_ok())
            })
            .sum()
    }

    /// Whoever keeps to ten a minute is stopped by the hour: 100 at once, and one more every 36 seconds from then on.
    #[test]
    fn a_hundred_pastes_an_hour_and_no_more() {
        let rates = Rates::by(FakeRelativeClock::default());
        let patient = |_| address("192.0.2.1");
        let pastes = 600;
        let all = passed(&rates, pastes, Duration::from_secs(6), patient);
        assert_eq!(all, 100 + (pastes - 1) * 6 / 36);
        assert_eq!(
            passed(&rates, 1, Duration::from_secs(6), |_| address("192.0.2.2")),
            1
        );
        assert_eq!(passed(&rates, 1, Duration::from_hours(1), patient), 1);
    }

    /// However many addresses somebody has, and each of them new: 600 at once, and ten a second from then on.
    #[test]
    fn six_hundred_pastes_a_minute_by_all_and_no_more() {
        let rates = Rates::by(FakeRelativeClock::default());
        let many = |paste| IpAddr::from(Ipv4Addr::from_bits(0x0a00_0000 + paste));
        assert_eq!(passed(&rates, 1_000, Duration::ZERO, many), 600);
        let more = |paste| many(1_000 + paste);
        assert_eq!(passed(&rates, 100, Duration::from_millis(10), more), 10);
    }

    #[test]
    fn thirty_sign_ins_a_minute_and_ten_retrievals_an_hour() {
        let rates = Rates::by(FakeRelativeClock::default());
        let from = Some(address("192.0.2.1"));
        assert_eq!((0..40).filter(|_| rates.sign_in(from).is_ok()).count(), 30);
        assert_eq!((0..40).filter(|_| rates.retrieve(from).is_ok()).count(), 10);
        rates.clock.advance(Duration::from_secs(2));
        assert_eq!((0..40).filter(|_| rates.sign_in(from).is_ok()).count(), 1);
        rates.clock.advance(Duration::from_secs(357));
        assert_eq!(rates.retrieve(from), Err(TooOften { seconds: 2 }));
        rates.clock.advance(Duration::from_secs(1));
        assert_eq!((0..40).filter(|_| rates.retrieve(from).is_ok()).count(), 1);
    }

    #[test]
    fn sixty_pictures_a_minute() {
        let rates = Rates::by(FakeRelativeClock::default());
        let from = Some(address("192.0.2.1"));
        assert_eq!((0..100).filter(|_| rates.draw(from).is_ok()).count(), 60);
        assert_eq!(rates.draw(Some(address("192.0.2.2"))), Ok(()));
        rates.clock.advance(Duration::from_secs(2));
        assert_eq!((0..100).filter(|_| rates.draw(from).is_ok()).count(), 2);
    }

    #[test]
    fn ten_exports_an_hour() {
        let rates = Rates::by(FakeRelativeClock::default());
        let administrator =
            |byte| AdministratorId::parse(&format!("0000000{byte}-0000-7000-8000-000000000000")).unwrap();
        assert_eq!(
            (0..40).filter(|_| rates.export(administrator(1)).is_ok()).count(),
            10
        );
        assert_eq!(rates.export(administrator(2)), Ok(()));
        assert_eq!(rates.reveal(administrator(1)), Ok(()));
        rates.clock.advance(Duration::from_secs(359));
        assert_eq!(rates.export(administrator(1)), Err(TooOften { seconds: 2 }));
        rates.clock.advance(Duration::from_secs(1));
        assert_eq!(rates.export(administrator(1)), Ok(()));
    }

    /// However it is written, a mailbox is one.
    #[test]
    fn three_mailings_an_hour_to_a_mailbox() {
        let rates = Rates::by(FakeRelativeClock::default());
        let ways = [
            "ada@example.org",
            "Ada@example.org",
            "ada@Example.ORG",
            "ADA@EXAMPLE.ORG",
        ];
        let mailbox = |way: usize| MailAddress::parse(ways[way % ways.len()]).unwrap();
        assert_eq!((0..40).filter(|way| rates.may_mail(&mailbox(*way))).count(), 3);
        assert!(rates.may_mail(&MailAddress::parse("bob@example.org").unwrap()));
        rates.clock.advance(Duration::from_secs(20 * 60 - 1));
        assert!(!rates.may_mail(&mailbox(0)));
        rates.clock.advance(Duration::from_secs(1));
        assert_eq!((0..40).filter(|way| rates.may_mail(&mailbox(*way))).count(), 1);
        rates.clock.advance(Duration::from_hours(2));
        rates.sweep();
        assert!(rates.mailings.is_empty());
    }

    #[test]
    fn a_network_of_version_6_is_one_client() {
        let rates = Rates::default();
        for last in 0..10 {
            assert_eq!(rates.paste(Some(address(&format!("2001:db8::{last}")))), Ok(()));
        }
        assert!(rates.paste(Some(address("2001:db8::ffff:1"))).is_err());
        assert_eq!(rates.paste(Some(address("2001:db8:0:1::1"))), Ok(()));
    }

    #[test]
    fn addresses_that_stay_away_are_forgotten() {
        let rates = Rates::default();
        rates.sign_in(Some(address("192.0.2.1"))).unwrap();
        assert_eq!(rates.sign_ins.len(), 1);
        rates.sweep();
        // Its quota is not full again yet.
        assert_eq!(rates.sign_ins.len(), 1);
    }
}
