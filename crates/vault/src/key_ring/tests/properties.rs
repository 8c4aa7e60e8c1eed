//! What holds for every ring, and for everything that is none.

use proptest::prelude::*;
use serde_json::Value;
use symbolon_domain::time::Timestamp;

use crate::{
    KeyRing, SystemEntropy,
    key_ring::format::ROOM,
    sample::{self, Counting, key},
};

prop_compose! {
    fn any_ring()(start: u8, millis: i64, retired in 0..3usize, staged: bool) -> Value {
        let ring = KeyRing::generate(&Counting::from(start), Timestamp::from_millis(millis)).unwrap();
        let mut document = serde_json::from_str(&ring.to_json()).unwrap();
        for list in ["seal", "pepper", "audit"] {
            let mut number = 0;
            let mut add = |state| {
                number += 1;
                let ring = KeyRing::generate(&SystemEntropy::new(), Timestamp::from_millis(0)).unwrap();
                let fresh: Value = serde_json::from_str(&ring.to_json()).unwrap();
                let material = fresh["seal"][0]["key"].as_str().unwrap();
                sample::add(&mut document, list, key(&format!("{}{number:07}", &list[..1]), state, material));
            };
            (0..retired).for_each(|_| add("decrypt_only"));
            staged.then(|| add("staged"));
        }
        document
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_equal(document in any_ring()) {
        let ring = KeyRing::parse(&document.to_string()).unwrap();
        let json = ring.to_json();
        prop_assert_eq!(&serde_json::from_str::<Value>(&json).unwrap(), &document);
        let keys = [&ring.seal, &ring.pepper, &ring.audit].map(|keys| keys.iter().count());
        prop_assert_eq!(json.capacity(), ROOM * (1 + keys.iter().sum::<usize>()), "a grown buffer leaves copies");
        prop_assert_eq!(KeyRing::parse(&json).unwrap(), ring);
    }

    #[test]
    fn no_text_makes_it_panic(text: String) {
        prop_assert!(KeyRing::parse(&text).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        prop_assert!(KeyRing::parse_bytes(&bytes).is_err());
    }

    #[test]
    fn no_damage_makes_it_panic(place: prop::sample::Index, byte: u8) {
        let mut json = sample::document().to_string().into_bytes();
        let place = place.index(json.len());
        json[place] = byte;
        let _ = KeyRing::parse_bytes(&json);
        json.truncate(place);
        prop_assert!(KeyRing::parse_bytes(&json).is_err());
    }
}
