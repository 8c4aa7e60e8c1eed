//! The one list of all promises, and the macros that turn it into tests. Those of the stores stand in `stores` and `dashboard`.

mod dashboard;
mod stores;

/// Expands to one test per promise of a store, for the [`Fixture`](crate::Fixture) it is given.
///
/// The tests stand in one module per port, so a test is named `authorization_tokens::rotation_has_exactly_one_winner`.
/// Several fixtures in one file go into a module each.
#[macro_export]
macro_rules! store_contract {
    ($fixture:ty) => {
        type ContractFixture = $fixture;
        $crate::__store_promises! { __store_tests }
    };
}

/// Expands to one test per promise of a [`Vault`](symbolon_domain::port::vault::Vault).
///
/// Given is a closure that makes a vault; every vault it makes has keys of its own. Where more stands in the same file,
/// this goes into a module.
#[macro_export]
macro_rules! vault_contract {
    ($make:expr) => {
        $crate::__vault_promises! { __tests $make }
    };
}

/// Expands to one test per promise of an [`Entropy`](symbolon_domain::port::entropy::Entropy), which the given closure
/// makes.
#[macro_export]
macro_rules! entropy_contract {
    ($make:expr) => {
        $crate::__entropy_promises! { __tests $make }
    };
}

/// Expands to one test per promise of a [`Clock`](symbolon_domain::port::clock::Clock), which the given closure makes.
#[macro_export]
macro_rules! clock_contract {
    ($make:expr) => {
        $crate::__clock_promises! { __tests $make }
    };
}

/// Every promise of the stores: its port, and its name.
pub const STORE_PROMISES: &[(&str, &str)] = crate::__store_promises! { __names };
/// Every promise of a vault.
pub const VAULT_PROMISES: &[(&str, &str)] = crate::__vault_promises! { __names };
/// Every promise of a source of random bytes.
pub const ENTROPY_PROMISES: &[(&str, &str)] = crate::__entropy_promises! { __names };
/// Every promise of a clock.
pub const CLOCK_PROMISES: &[(&str, &str)] = crate::__clock_promises! { __names };

#[doc(hidden)]
#[macro_export]
macro_rules! __vault_promises {
    ($then:ident $($make:expr)?) => {
        $crate::$then! {
            $($make,)?
            vault {
                equal_values_have_equal_digests
                different_values_have_different_digests
                a_digest_is_of_one_kind
                another_vault_makes_other_digests
                other_digests_are_under_other_peppers
                equal_requests_have_equal_fingerprints
                parts_of_a_request_are_told_apart
                another_vault_makes_other_fingerprints
                what_is_sealed_opens
                sealing_twice_gives_different_bytes
                a_sealed_copy_does_not_show_its_value
                one_changed_bit_keeps_it_shut
                a_copy_of_another_length_stays_shut
                an_unknown_version_stays_shut
                a_copy_that_was_moved_stays_shut
                another_vault_does_not_open_it
                a_note_comes_back_as_it_was
                a_note_never_looks_the_same
                a_note_shows_its_length_only
                a_changed_note_stays_shut
                a_note_of_another_length_stays_shut
                another_vault_does_not_open_a_note
                a_sealed_copy_is_no_note
                a_note_is_no_sealed_copy
                every_key_has_a_canary
                a_vault_recognizes_its_own_canaries
                a_vault_does_not_recognize_those_of_another
                a_missing_key_is_told_from_a_different_one
                a_changed_canary_is_not_recognized
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __entropy_promises {
    ($then:ident $($make:expr)?) => {
        $crate::$then! {
            $($make,)?
            entropy {
                every_byte_is_filled
                an_empty_buffer_is_filled
                no_two_draws_are_alike
                no_two_threads_draw_alike
                a_long_draw_does_not_repeat_itself
                bytes_are_spread_evenly
                bits_change_half_the_time
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __clock_promises {
    ($then:ident $($make:expr)?) => {
        $crate::$then! {
            $($make,)?
            clock {
                a_clock_never_steps_back
                a_clock_never_steps_back_between_threads
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __store_tests {
    ($($port:ident { $($promise:ident)* })*) => {$(
        mod $port {
            use super::ContractFixture;
            $(
                #[test]
                fn $promise() {
                    $crate::run($crate::$port::$promise::<ContractFixture>());
                }
            )*
        }
    )*};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tests {
    ($make:expr, $port:ident { $($promise:ident)* }) => {$(
        #[test]
        fn $promise() {
            $crate::$port::$promise($make);
        }
    )*};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __names {
    ($($port:ident { $($promise:ident)* })*) => {
        &[$($((stringify!($port), stringify!($promise)),)*)*]
    };
}
