//! How often strangers may try.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

const fn per(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

/// The limits of the pages, in memory: each instance counts for itself. None is ever aimed at a recipient, so nobody can
/// lock another out.
pub struct Rates {
    pasted_a_minute: DefaultKeyedRateLimiter<IpAddr>,
    pasted_an_hour: DefaultKeyedRateLimiter<IpAddr>,
    pasted_by_all: DefaultDirectRateLimiter,
    sign_ins: DefaultKeyedRateLimiter<IpAddr>,
    retrievals: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

/// Too often; in so many seconds it is allowed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooOften {
    pub(crate) seconds: u64,
}

impl Default for Rates {
    /// Tokens pasted: 10 a minute and 100 an hour per address, 600 a minute by all. Sign-ins begun: 30 a minute per
    /// address. Links asked for: 10 an hour per address, for every one may send mail.
    fn default() -> Self {
        Self {
            pasted_a_minute: RateLimiter::keyed(Quota::per_minute(per(10))),
            pasted_an_hour: RateLimiter::keyed(Quota::per_hour(per(100))),
            pasted_by_all: RateLimiter::direct(Quota::per_minute(per(600))),
            sign_ins: RateLimiter::keyed(Quota::per_minute(per(30))),
            retrievals: RateLimiter::keyed(Quota::per_hour(per(10))),
            clock: DefaultClock::default(),
        }
    }
}

impl Rates {
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

    /// Somebody asks for the links of a mail address.
    pub(crate) fn retrieve(&self, address: Option<IpAddr>) -> Result<(), TooOften> {
        self.keyed(&self.retrievals, address)
    }

    /// Forgets addresses that have not come for a while.
    pub fn sweep(&self) {
        for limiter in [
            &self.pasted_a_minute,
            &self.pasted_an_hour,
            &self.sign_ins,
            &self.retrievals,
        ] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    fn keyed(
        &self,
        limiter: &DefaultKeyedRateLimiter<IpAddr>,
        address: Option<IpAddr>,
    ) -> Result<(), TooOften> {
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
