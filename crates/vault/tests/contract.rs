//! The promises of the ports that this crate serves, for a fresh ring and for one whose keys have been rotated.

use serde_json::Value;
use symbolon_domain::time::Timestamp;
use symbolon_vault::{KeyRing, RingVault, SystemEntropy};

mod fresh_ring {
    use super::{RingVault, fresh};

    symbolon_contract::vault_contract!(|| RingVault::new(&fresh()));
}

mod rotated_ring {
    use super::{RingVault, rotated};

    symbolon_contract::vault_contract!(|| RingVault::new(&rotated()));
}

mod system_entropy {
    use super::SystemEntropy;

    symbolon_contract::entropy_contract!(SystemEntropy::new);
}

fn fresh() -> KeyRing {
    let now = Timestamp::from_millis(1_800_000_000_000);
    KeyRing::generate(&SystemEntropy::new(), now).expect("the system has random bytes")
}

/// A ring with a retired and a staged key in each list.
fn rotated() -> KeyRing {
    let mut ring = document(&fresh());
    for state in ["decrypt_only", "staged"] {
        let other = document(&fresh());
        for list in ["seal", "pepper", "audit"] {
            let key = other.pointer(&format!("/{list}/0")).cloned();
            let mut key = key.expect("a fresh ring has a key in each list");
            if let Some(field) = key.get_mut("state") {
                *field = state.into();
            }
            let keys = ring.get_mut(list).and_then(Value::as_array_mut);
            keys.expect("a ring has this list").push(key);
        }
    }
    KeyRing::parse(&ring.to_string()).expect("one key of each list is active")
}

fn document(ring: &KeyRing) -> Value {
    serde_json::from_str(&ring.to_json()).expect("a ring is written as JSON")
}
