//! Writes every mail as a page and as text: `cargo run -p symbolon-mail --example mails -- DIR`.

#![expect(clippy::unwrap_used, reason = "the letters are those of the tests")]

#[path = "../src/tests/gallery.rs"]
mod gallery;
#[path = "../src/tests/notice_sample.rs"]
mod notice_sample;
#[path = "../src/tests/sample.rs"]
mod sample;

use std::{io, path::PathBuf};

fn main() -> io::Result<()> {
    let Some(directory) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("name the directory to write to"));
    };
    std::fs::create_dir_all(&directory)?;
    for (name, rendered) in gallery::all() {
        std::fs::write(directory.join(format!("{name}.html")), &rendered.html)?;
        std::fs::write(directory.join(format!("{name}.txt")), &rendered.text)?;
        std::fs::write(
            directory.join(format!("{name}.eml")),
            rendered.to_eml(sample::now()),
        )?;
    }
    Ok(())
}
