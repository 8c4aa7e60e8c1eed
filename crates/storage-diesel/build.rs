//! Compiles the migrations in again when one of them changes; the compiler does not see that they are read.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
