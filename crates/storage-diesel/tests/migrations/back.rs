//! Going back to where a migration begins.

use symbolon_storage_diesel::DieselStore;

/// Takes back the migration with this name and all that came after it, and says how many these were.
pub(crate) fn back_to_before(store: &DieselStore, name: &str) -> usize {
    let ending = format!("_{name}");
    (1..)
        .find(|_| {
            let taken_back = store.revert(1).unwrap();
            taken_back
                .last()
                .expect("there is such a migration")
                .ends_with(&ending)
        })
        .expect("they are counted without end")
}
