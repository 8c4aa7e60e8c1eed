//! Draws a set of sample sheets into a directory, and says how large each is and how long it takes.
//!
//! ```sh
//! cargo run --release -p symbolon-certificate --example certificates -- /tmp/gallery
//! ```

use std::{
    error::Error,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use symbolon_certificate::{Kind, Mark, Sheet, Words};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("usage: gallery DIRECTORY [ROUNDS]")?;
    let rounds = arguments.next().map_or(Ok(20), |rounds| rounds.parse())?;
    let directory = Path::new(&directory);
    fs::create_dir_all(directory)?;
    println!(
        "{:24} {:>9} {:>9} {:>9}   {:>8} {:>8} {:>8}",
        "", "svg kB", "png kB", "pdf kB", "svg ms", "png ms", "pdf ms"
    );
    for (name, sheet) in samples() {
        let drawing = sheet.draw()?;
        let (png, pdf) = (drawing.png(1600)?, drawing.pdf()?);
        fs::write(directory.join(format!("{name}.svg")), drawing.svg())?;
        fs::write(directory.join(format!("{name}.png")), &png)?;
        fs::write(directory.join(format!("{name}.pdf")), &pdf)?;
        println!(
            "{name:24} {:>9} {:>9} {:>9}   {:>8.1} {:>8.1} {:>8.1}",
            drawing.svg().len() / 1000,
            png.len() / 1000,
            pdf.len() / 1000,
            median(rounds, || sheet.draw().map(drop))?,
            median(rounds, || drawing.png(1600).map(drop))?,
            median(rounds, || drawing.pdf().map(drop))?,
        );
    }
    Ok(())
}

/// The median time of so many rounds, in milliseconds.
fn median<E>(rounds: usize, mut act: impl FnMut() -> Result<(), E>) -> Result<f64, E> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let start = Instant::now();
        act()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let middle = times.get(rounds / 2).copied().unwrap_or(Duration::ZERO);
    Ok(middle.as_secs_f64() * 1000.0)
}

fn sample(kind: Kind, holder: &str, title: &str) -> Sheet {
    Sheet {
        kind,
        id: *b"gallery sample 1",
        title: title.into(),
        holder: holder.into(),
        issuer: "Analytical Engine Institute".into(),
        description: Some(
            "Awarded for the design of an algorithm that a machine can carry out, and for the notes that explain it."
                .into(),
        ),
        issued_on: "21 November 2026".into(),
        expires_on: Some("21 November 2029".into()),
        verify_url: "https://credentials.example.org/verify/0192f0c1-7c3a-7d52-9a41-3f1f6d0c8e21".into(),
        verify_short: "credentials.example.org/v/8FQK-2M7P".into(),
        mark: None,
        words: Words::english(),
    }
}

fn samples() -> Vec<(&'static str, Sheet)> {
    let title = "Foundations of Programming";
    let certificate = |holder| sample(Kind::Certificate, holder, title);
    let badge = |holder| sample(Kind::Badge, holder, title);
    let long = "Augusta Ada King-Noel, Countess of Lovelace, Baroness Wentworth and Viscountess Ockham, ";
    let german = |sheet| Sheet {
        title: "Grundlagen der Programmierung für Fortgeschrittene".into(),
        issuer: "Institut für Ästhetik und Maschinenbau der Universität Tübingen".into(),
        description: Some("Für den Entwurf eines Algorithmus, den eine Maschine ausführen kann.".into()),
        issued_on: "21. November 2026".into(),
        expires_on: Some("21. November 2029".into()),
        words: Words::german(),
        ..sheet
    };
    let marked = |sheet, mark| Sheet {
        mark: Some(mark),
        ..sheet
    };
    vec![
        ("plain", certificate("Ada Lovelace")),
        (
            "no-expiry",
            Sheet {
                id: [3; 16],
                expires_on: None,
                description: None,
                ..certificate("Li Na")
            },
        ),
        (
            "long",
            Sheet {
                id: [9; 16],
                title: "Advanced Certificate in the Theory and Practice of Mechanical Computation, with Distinction, \
                        for Work Presented to the Royal Society and Published in Scientific Memoirs in the Year 1843"
                    .into(),
                issuer: "Society for the Encouragement of Arts, Manufactures and Commerce, together with the Board of \
                         Longitude and the Royal Astronomical Society of London and Greenwich"
                    .into(),
                description: Some("A description that goes on and on. ".repeat(12)),
                ..certificate(&long.repeat(5))
            },
        ),
        ("long-name", certificate(long.trim_end_matches(", "))),
        ("one-word", certificate(&"W".repeat(400))),
        ("vietnamese", certificate("Nguyễn Thị Minh Khai")),
        ("cyrillic", certificate("Софья Васильевна Ковалевская")),
        ("kazakh", certificate("Қайрат Нұртасұлы Әбенов")),
        ("greek", certificate("Ὑπατία ἡ Ἀλεξανδρινή")),
        ("arabic", certificate("محمد بن موسى الخوارزمي")),
        ("hebrew", certificate("מרים מירזחאני")),
        ("devanagari", certificate("श्रीनिवास रामानुजन")),
        (
            "scripts",
            Sheet {
                title: "தமிழ் తెలుగు ಕನ್ನಡ മലയാളം".into(),
                issuer: "ગુજરાતી ਪੰਜਾਬੀ हिन्दी".into(),
                description: Some("ภาษาไทย ភាសាខ្មែរ ພາສາລາວ አማርኛ ქართული Հայերեն עברית Ada العربية".into()),
                ..certificate("রবীন্দ্রনাথ ঠাকুর, श्रीनिवास")
            },
        ),
        ("undrawable", certificate("王小明 Ada 🎓")),
        ("expired", marked(certificate("Ada Lovelace"), Mark::Expired)),
        ("revoked", marked(certificate("Ada Lovelace"), Mark::Revoked)),
        ("german", german(certificate("Jürgen Groß-Müller"))),
        ("german-revoked", marked(german(certificate("Jürgen Groß-Müller")), Mark::Revoked)),
        ("badge", badge("Ada Lovelace")),
        (
            "badge-no-expiry",
            Sheet {
                id: [77; 16],
                title: "Rust".into(),
                expires_on: None,
                ..badge("Grace Hopper")
            },
        ),
        ("badge-expired", marked(badge("Ada Lovelace"), Mark::Expired)),
        ("badge-revoked", marked(german(badge("Jürgen Groß-Müller")), Mark::Revoked)),
        (
            "badge-long",
            Sheet {
                id: [9; 16],
                title: "Advanced Certificate in the Theory and Practice of Mechanical Computation, with Distinction, \
                        for Work Presented to the Royal Society and Published in Scientific Memoirs in the Year 1843"
                    .into(),
                issuer: "Society for the Encouragement of Arts, Manufactures and Commerce, together with the Board of \
                         Longitude and the Royal Astronomical Society of London and Greenwich"
                    .into(),
                ..badge(&long.repeat(5))
            },
        ),
        ("badge-arabic", Sheet { title: "أساسيات البرمجة".into(), issuer: "بيت الحكمة".into(), ..badge("محمد بن موسى الخوارزمي") }),
    ]
}
