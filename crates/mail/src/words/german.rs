//! German, in the polite form.

use super::{Facts, Opening, Words};

pub(super) const WORDS: Words = Words {
    certificate: "Zertifikat",
    badge: "Badge",
    certificate_heading: "Zertifikat",
    badge_heading: "Badge",
    hello: "Guten Tag {name},",
    access: Opening {
        subject: "Ihr {kind} „{title}“ von {issuer}",
        preview: "Öffnen Sie es und verbinden Sie ein soziales Profil: Das erste, das sich verbindet, behält es.",
        lead: "{issuer} hat Ihnen ein {kind} ausgestellt. Es liegt zum Öffnen bereit.",
    },
    access_again: Opening {
        subject: "Noch einmal Ihr Link: {kind} „{title}“ von {issuer}",
        preview: "Der Link zu Ihrem {kind}, derselbe wie zuvor.",
        lead: "Hier ist noch einmal der Link zu Ihrem {kind}. Es ist derselbe Link wie zuvor, und auch sonst hat sich \
               nichts geändert.",
    },
    access_reset: Opening {
        subject: "Ihr Link funktioniert wieder: {kind} „{title}“ von {issuer}",
        preview: "Öffnen Sie es und verbinden Sie ein soziales Profil: Das erste, das sich verbindet, behält es.",
        lead: "{issuer} hat Ihren Zugang zurückgesetzt. Das soziale Profil, das bisher verbunden war, kann Ihr {kind} \
               nicht mehr öffnen, und derselbe Link funktioniert wieder.",
    },
    claimed: Opening {
        subject: "Ihr {kind} „{title}“ wurde mit einem Profil verbunden",
        preview: "Prüfen Sie, ob es Ihr Profil ist.",
        lead: "Ein soziales Profil wurde mit Ihrem {kind} verbunden. Von nun an kann dieses Profil es öffnen und kein \
               anderes.",
    },
    button: "{kind} öffnen",
    next: "Wie es weitergeht",
    to_claim: &[
        "Sie wählen ein soziales Profil, das Sie haben{profiles}, und melden sich damit an.",
        "Das erste Profil, das sich verbindet, wird an Ihr {kind} gebunden. Danach nützt dieser Link niemandem sonst.",
        "Bis dahin kann jeder der Erste sein, der diesen Link hat. Leiten Sie diese E-Mail deshalb nicht weiter.",
    ],
    to_return: &[
        "Ihr {kind} ist verbunden: mit {profile}, seit dem {date}.",
        "Melden Sie sich mit diesem Profil an, um es zu öffnen.",
    ],
    not_you_heading: "Waren Sie das nicht?",
    not_you: &[
        "Antworten Sie auf diese E-Mail. {issuer} kann Ihren Zugang zurücksetzen, und dann verbinden Sie Ihr eigenes \
         Profil.",
        "Wenn Sie es waren, ist nichts zu tun.",
    ],
    link_hint: "Falls die Schaltfläche nicht funktioniert, kopieren Sie diesen Link in Ihren Browser:",
    footer: "Symbolon hat Ihnen diese E-Mail im Auftrag von {issuer} geschickt; von dort stammt Ihr {kind}. Um den \
             Aussteller zu erreichen, antworten Sie auf diese E-Mail.",
    facts: Facts {
        issued: "Ausgestellt am",
        expires: "Läuft ab am",
        provider: "Anbieter",
        profile: "Profil",
        claimed: "Verbunden am",
    },
    or: "oder",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    date: "{day}. {month} {year}",
    moment: "{date}, {hour}:{minute} Uhr (UTC)",
};
