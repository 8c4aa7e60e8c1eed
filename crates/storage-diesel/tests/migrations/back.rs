//! Going back to where a migration begins.

use symbolon_storage_diesel::DieselStore;

/// Takes back the migration with this name and all that came after it, and says how many these were.
pub(crate) fn back_to_before(store: &DieselStore, name: &str) -> usize {
    let mut count = 0;
    loop {
        let taken_back = store.revert(1).unwrap();
        count += 1;
        let last = taken_back.last().expect("there is such a migration");
        if last.ends_with(&format!("_{name}")) {
            return count;
        }
    }
}
