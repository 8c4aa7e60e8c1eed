//! German.

use super::{
    AccessWords, ClosedWords, ConnectWords, CredentialWords, ErrorWords, FactWords, FrameWords,
    HoldingsWords, HomeWords, KindWords, RecipientViewWords, RetrieveWords, SignInProblemWords, SignInWords,
    SignedOutWords, StandingWords, Time, VerifyWords, Words,
};

/// German. Both kinds are neuter, so that one sentence does for either.
pub(in crate::view) const GERMAN: Words = Words {
    frame: FrameWords {
        skip: "Zum Inhalt",
        signed_in: "Angemeldet mit {provider} {hint}",
        sign_out: "Abmelden",
        my_credentials: "Meine Nachweise",
        what: "Was ist das?",
        what_answer: "Symbolon bewahrt Zertifikate und Abzeichen für die Menschen auf, denen sie ausgestellt wurden, \
                      und lässt alle sie prüfen.",
        more: "Mehr über diesen Dienst",
        home: "Symbolon, erste Seite",
        contact: "{issuer} schreiben",
        back_home: "Zur ersten Seite",
        open_link: "Mit Link oder Zugangstoken öffnen",
        retrieve: "Links noch einmal mailen",
    },
    kind: KindWords {
        badge: "Abzeichen",
        badge_title: "Abzeichen",
        certificate: "Zertifikat",
        certificate_title: "Zertifikat",
    },
    standing: StandingWords {
        valid: "Gültig",
        expired: "Abgelaufen",
        revoked: "Widerrufen",
        paused: "Vom Aussteller pausiert",
        closed: "Der Aussteller hat sein Konto geschlossen",
    },
    fact: FactWords {
        holder: "Ausgestellt für",
        title: "Titel",
        kind: "Art",
        issuer: "Aussteller",
        site: "Website des Ausstellers",
        issued: "Ausgestellt am",
        expires: "Gültig bis",
        never: "Unbegrenzt",
        state: "Zustand",
        expired: "Abgelaufen am",
        revoked: "Widerrufen am",
        reason: "Grund",
        id: "Nummer des Nachweises",
    },
    connect: ConnectWords {
        with: "Mit {provider} verbinden",
        none: "Dieser Dienst hat noch keinen Anbieter für die Anmeldung. Sagen Sie es dem Aussteller: Er kann einen \
               einrichten.",
    },
    access: AccessWords {
        ready: "{name}, Ihr {kind} ist da",
        open_again: "{name}, öffnen Sie Ihr {kind}",
        issued_by: "Ausgestellt von {issuer}",
        free: "Verbinden Sie ein soziales Profil, um es anzunehmen. Danach öffnet es nur noch dieses Profil.",
        claimed: "Es wurde bereits angenommen. Verbinden Sie dasselbe Profil noch einmal, um es anzusehen.",
        revoked: "Der Zugang wurde widerrufen. Wenn Sie schon einmal verbunden waren, verbinden Sie dasselbe Profil, \
                  um es anzusehen.",
        notes: "Was Verbinden bedeutet",
        binds: "Das erste Profil wird gebunden.",
        binds_why: "Danach können nur Sie das {kind} öffnen. War es das falsche Profil, kann der Aussteller es \
                    zurücksetzen.",
        profile: "Wir fragen, wer Sie dort sind,",
        profile_why: "um Sie wiederzuerkennen, wenn Sie zurückkommen.",
        name: "Wir fragen nach Ihrem Namen,",
        name_why: "um Sie daran zu erinnern, welches Profil Sie verbunden haben.",
        mail: "Wir fragen nach Ihrer Mailadresse,",
        mail_why: "aus demselben Grund. Wir behalten sie nur verkürzt: a…\u{2060}@example.org.",
        posts: "Nichts wird veröffentlicht,",
        posts_why: "und niemand, den Sie kennen, wird angeschrieben.",
        leave: "Sie können die Verbindung lösen:",
        leave_why: "Bitten Sie den Aussteller, sie zurückzusetzen, und entfernen Sie Symbolon aus den verbundenen Apps \
                    Ihres Profils.",
    },
    closed: ClosedWords {
        unknown: "Dieser Link öffnet nichts",
        unknown_why: "Dieses Zugangstoken gibt es nicht. Der Link wurde vielleicht abgeschnitten oder vertippt, oder \
                      der Aussteller hat gelöscht, was er öffnete.",
        unknown_do: "Öffnen Sie den Link in Ihrer Mail noch einmal, oder kopieren Sie den ganzen Link und fügen Sie \
                     ihn hier ein. Hilft das nicht, antworten Sie auf die Mail: Ihre Antwort geht an den Aussteller.",
        replaced: "Eine neuere Mail hat Ihren Link",
        replaced_why: "Eine neuere Mail, gesendet am {day}, hat Ihren Link. Dieser ältere Link öffnet nichts mehr.",
        replaced_do: "Öffnen Sie die neueste Mail von {issuer}. Wenn Sie sie nicht finden, lassen Sie sich Ihre Links \
                      noch einmal mailen.",
        replaced_soon: "Ein neuer Link tritt an die Stelle von diesem",
        replaced_soon_why: "Ein neuer Link ist per Mail zu Ihnen unterwegs. Dieser ältere Link öffnet nichts mehr.",
        replaced_soon_do: "Kommt er nicht an, fragen Sie den Aussteller.",
        paused: "Vom Aussteller pausiert",
        paused_why: "{issuer} hat dieses {kind} pausiert. Nichts ist verloren: Der Link öffnet es wieder, sobald es \
                     weitergeht.",
        paused_do: "Versuchen Sie es später noch einmal, oder fragen Sie den Aussteller, wann das ist.",
        access_revoked: "Dieser Link ist nicht mehr verwendbar",
        access_revoked_why: "{issuer} hat den Zugang mit diesem Link widerrufen. Das {kind} war noch nicht angenommen.",
        access_revoked_do: "Wenn Sie das für einen Irrtum halten, schreiben Sie dem Aussteller.",
        shut_out: "Der Zugang wurde widerrufen",
        shut_out_why: "{issuer} hat den Zugang mit diesem Link widerrufen. Nur das Profil, mit dem das {kind} vorher \
                       angenommen wurde, öffnet es noch.",
        shut_out_who: "Sie sind mit {provider} angemeldet {hint}. Angenommen wurde es mit einem anderen Profil.",
        shut_out_do: "Wenn das andere Profil Ihres ist, verbinden Sie dieses. Wenn nicht, schreiben Sie dem Aussteller.",
        revoked: "Dieses {kind} wurde widerrufen",
        revoked_why: "{issuer} hat dieses {kind} am {day} widerrufen. Es kann nicht mehr angenommen werden.",
        revoked_reason: "Der Grund des Ausstellers: {reason}",
        revoked_do: "Wenn Sie Fragen dazu haben, schreiben Sie dem Aussteller.",
        cancelled: "Dieser Aussteller hat sein Konto geschlossen",
        cancelled_why: "{issuer} nutzt diesen Dienst nicht mehr. Links und Nachweise dieses Ausstellers können hier \
                        weder geöffnet noch geprüft werden.",
        cancelled_do: "Wenn Sie das {kind} brauchen, schreiben Sie dem Aussteller.",
        in_use: "Dieses Zugangstoken wird schon von einem anderen Konto verwendet",
        in_use_who: "Sie haben sich mit {provider} verbunden {hint}.",
        in_use_why: "Das {kind} wurde vorher mit einem anderen Profil angenommen, und nur dieses Profil öffnet es. \
                     Nichts hat sich geändert.",
        in_use_do: "Wenn das andere Profil nicht Ihres ist, bitten Sie darum, es zurückzusetzen. Derselbe Link gilt \
                    dann für das Profil, das sich zuerst verbindet.",
        ask: "Aussteller um Zurücksetzen bitten",
        asked: "Sie haben um Zurücksetzen gebeten. {issuer} wurde am {day} benachrichtigt.",
        asked_do: "Sobald der Aussteller zurückgesetzt hat, öffnen Sie den Link in Ihrer Mail noch einmal. Bis dahin \
                   ist nichts zu tun.",
        another: "Anderes Profil verbinden",
        another_do: "Wenn das andere Profil Ihres ist, verbinden Sie dieses.",
    },
    sign_in_problem: SignInProblemWords {
        over: "Diese Anmeldung ist vorbei",
        over_why: "Sie war schon abgeschlossen, begann in einem anderen Browser oder dauerte länger als 10 Minuten. \
                   Nichts hat sich geändert.",
        over_do: "Beginnen Sie hier noch einmal, in diesem Browser.",
        declined: "Sie haben sich nicht verbunden",
        declined_why: "{provider} hat uns gesagt, dass Sie abgelehnt haben. Nichts wurde gebunden, und nichts hat sich \
                       geändert.",
        declined_do: "Sie können neu wählen, denselben Anbieter oder einen anderen.",
        unproven: "Sie konnten nicht erkannt werden",
        unproven_why: "Die Antwort von {provider} hat nicht bewiesen, wer Sie sind. Nichts hat sich geändert.",
        unproven_do: "Beginnen Sie noch einmal. Geschieht es wieder, verbinden Sie sich mit einem anderen Anbieter \
                      oder schreiben Sie dem Aussteller.",
        unreachable: "{provider} ist nicht erreichbar",
        unreachable_why: "{provider} antwortet im Augenblick nicht. Nichts hat sich geändert.",
        unreachable_do: "Versuchen Sie es in einigen Minuten noch einmal, oder verbinden Sie sich mit einem anderen \
                         Anbieter.",
        no_provider: "Es gibt keinen Anbieter zum Verbinden",
        no_provider_why: "Wer diesen Dienst betreibt, hat noch keinen Anbieter für die Anmeldung eingerichtet. Ihr \
                          Link bleibt, wie er ist.",
        no_provider_do: "Antworten Sie auf Ihre Mail, um es dem Aussteller zu sagen. Wenn Sie diesen Dienst betreiben, \
                         tragen Sie einen Anbieter in die Konfiguration ein.",
        hand_over: "Öffnen Sie den Link in Ihrer Mail noch einmal",
        hand_over_why: "Diese Seite merkt sich Ihren Link nur 10 Minuten, und die sind vorbei. Nichts hat sich \
                        geändert.",
        hand_over_do: "Öffnen Sie den Link noch einmal, oder fügen Sie ihn hier ein.",
        again: "Noch einmal beginnen",
        provider: "Der Anbieter",
    },
    credential: CredentialWords {
        claimed: "Sie haben dieses {kind} angenommen. Ab jetzt öffnet es nur Ihr Profil bei {provider} {hint}.",
        picture: "{kind}: {title}, ausgestellt für {holder} von {issuer}",
        keep: "Behalten",
        png: "Als PNG herunterladen",
        pdf: "Als PDF herunterladen",
        share: "Zeigen",
        share_why: "Wer diesem Link folgt, sieht, ob das {kind} gültig ist. Er lässt niemanden hinein.",
        share_label: "Link zur Prüfung",
        qr: "QR-Code, der zur Prüfung führt",
        see_verification: "Ansehen, was andere sehen",
        linked_in: "Zu LinkedIn hinzufügen",
        linked_in_why: "Öffnet LinkedIn mit einem ausgefüllten Formular. Nichts wird veröffentlicht, solange Sie es \
                        dort nicht speichern.",
        bound: "Wer es öffnet",
        bound_to: "Gebunden an Ihr Profil bei {provider} {hint} seit {day}.",
        bound_why: "Niemand sonst kann diese Seite öffnen.",
        bound_do: "Um ein anderes Profil zu verwenden, bitten Sie {issuer} um Zurücksetzen und öffnen dann den Link in \
                   Ihrer Mail noch einmal.",
        all: "Alle meine Nachweise",
    },
    holdings: HoldingsWords {
        heading: "Meine Nachweise",
        lead: "Alles, was an Ihr Profil bei {provider} {hint} gebunden ist.",
        none: "An dieses Profil ist noch nichts gebunden.",
        none_do: "Öffnen Sie den Link in Ihrer Mail und verbinden Sie dieses Profil. Wenn Sie vorher ein anderes Profil \
                  verwendet haben, melden Sie sich ab und mit jenem wieder an.",
        issued_by: "Ausgestellt von {issuer}",
        pages: "Seiten",
        page: "Seite {number} von {pages}",
        newer: "Neuere",
        older: "Ältere",
    },
    sign_in: SignInWords {
        heading: "Melden Sie sich an, um Ihre Nachweise zu sehen",
        lead: "Verbinden Sie das soziale Profil, mit dem Sie sie angenommen haben.",
        none_yet: "Noch nichts angenommen? Öffnen Sie zuerst den Link in Ihrer Mail.",
    },
    verify: VerifyWords {
        valid: "Dieses {kind} ist gültig",
        expired: "Dieses {kind} ist abgelaufen",
        revoked: "Dieses {kind} wurde widerrufen",
        closed: "Dieser Aussteller hat sein Konto geschlossen",
        not_found: "Diesen Nachweis gibt es nicht",
        valid_why: "{issuer} hat es für {holder} ausgestellt, und es gilt.",
        expired_why: "{issuer} hat es für {holder} ausgestellt. Es galt bis {day}.",
        revoked_why: "{issuer} hat es für {holder} ausgestellt und am {day} zurückgenommen.",
        closed_why: "{issuer} nutzt diesen Dienst nicht mehr. Nachweise dieses Ausstellers können hier nicht geprüft \
                     werden.",
        closed_nameless: "Der Aussteller nutzt diesen Dienst nicht mehr. Seine Nachweise können hier nicht geprüft \
                          werden.",
        closed_do: "Fragen Sie, wer ihn Ihnen gezeigt hat, oder den Aussteller selbst.",
        not_found_why: "Unter dieser Adresse ist nichts veröffentlicht: Sie ist vielleicht vertippt, der Nachweis noch \
                        nicht angenommen oder gelöscht.",
        not_found_do: "Vergleichen Sie die Adresse mit der auf dem Nachweis, oder fragen Sie, wer ihn Ihnen gegeben hat.",
        facts: "Die Angaben",
        picture: "{kind}: {title}, ausgestellt für {holder} von {issuer}",
        how: "Wie geprüft wurde",
        how_answer: "Diese Seite wurde am {moment} aus den Aufzeichnungen des Ausstellers geschrieben, nicht aus einer \
                     zugesandten Datei. Vertrauen Sie ihr nur, solange die Adresszeile Ihres Browsers dies zeigt: {url}",
        json: "Dasselbe als JSON",
    },
    recipient_view: RecipientViewWords {
        heading: "Mit Link oder Zugangstoken öffnen",
        lead: "Fügen Sie den ganzen Link aus Ihrer Mail ein, oder nur das Zugangstoken darin.",
        label: "Link oder Zugangstoken",
        help: "Ein Zugangstoken beginnt mit symrec_.",
        open: "Öffnen",
        no_token: "Darin ist kein Zugangstoken. Kopieren Sie den ganzen Link, der in Ihrer Mail über der Fußzeile steht.",
        lost: "Mail verloren?",
    },
    retrieve: RetrieveWords {
        heading: "Lassen Sie sich Ihre Links mailen",
        lead: "Geben Sie die Adresse ein, an die Ihre Nachweise gemailt wurden.",
        label: "Mailadresse",
        send: "Links mailen",
        not_an_address: "Das ist keine Mailadresse. Sie sollte aussehen wie ada@example.org.",
        sent: "Sehen Sie in Ihre Mail",
        sent_why: "Wenn es Nachweise für diese Adresse gibt, ist eine Mail unterwegs.",
        sent_do: "Das kann einige Minuten dauern. Sehen Sie auch in den Spam-Ordner. Kommt nichts an, wurden Ihre \
                  Nachweise an eine andere Adresse gesendet: Versuchen Sie jene, oder fragen Sie den Aussteller.",
        sent_again: "Andere Adresse versuchen",
    },
    home: HomeWords {
        heading: "Ihre Zertifikate und Abzeichen",
        lead: "Symbolon bewahrt Zertifikate und Abzeichen für die Menschen auf, denen sie ausgestellt wurden. Was Ihnen \
               gehört, öffnen nur Sie; was Sie zeigen, können alle prüfen.",
        open: "Mit Link oder Zugangstoken öffnen",
        open_why: "Sie haben eine Mail von einem Aussteller.",
        lost: "Links noch einmal mailen",
        lost_why: "Sie finden diese Mail nicht.",
        mine: "Meine Nachweise",
        mine_why: "Sie haben schon etwas angenommen.",
        verify: "Einen fremden Nachweis prüfen",
        verify_why: "Folgen Sie dem Link oder dem QR-Code darauf. Er führt zu einer Seite dieses Dienstes, die sagt, ob \
                     der Nachweis gültig ist.",
        hosted: "Dieser Dienst läuft auf den eigenen Rechnern seines Betreibers. Seine Seiten laden nichts von \
                 anderswo.",
    },
    error: ErrorWords {
        forbidden: "Dieses Formular ist zu alt oder kam von anderswo",
        forbidden_why: "Zu Ihrem Schutz wurde nichts getan.",
        forbidden_do: "Gehen Sie zurück, laden Sie die Seite neu und senden Sie das Formular noch einmal.",
        bad_form: "Dieses Formular ist nicht lesbar",
        bad_form_why: "Hier kam etwas anderes an, als diese Seite sendet. Nichts wurde getan.",
        bad_form_do: "Gehen Sie zurück, laden Sie die Seite neu und senden Sie das Formular noch einmal.",
        too_slow: "Dieses Formular kam nicht rechtzeitig an",
        too_slow_why: "Es war länger als 10 Sekunden unterwegs. Nichts wurde getan.",
        too_slow_do: "Gehen Sie zurück und senden Sie das Formular noch einmal. Geschieht es wieder, versuchen Sie es \
                      über eine andere Verbindung.",
        not_found: "Diese Seite gibt es nicht",
        not_found_why: "Die Adresse ist vielleicht vertippt, oder es gibt die Seite nicht mehr.",
        not_found_do: "Wenn Sie aus einer Mail kommen, öffnen Sie den ganzen Link.",
        method: "So lässt sich diese Seite nicht verwenden",
        method_why: "Ihr Browser hat etwas gesendet, was diese Adresse nicht annimmt. Nichts wurde getan.",
        method_do: "Öffnen Sie die Seite neu, von der ersten Seite aus.",
        too_large: "Das war zu viel auf einmal",
        too_large_why: "Was Sie gesendet haben, ist größer, als diese Seite annimmt. Nichts wurde getan.",
        too_large_do: "Gehen Sie zurück und senden Sie weniger: Ein Link oder ein Zugangstoken ist kürzer als 200 \
                       Zeichen.",
        too_many: "Zu viele Versuche",
        too_many_why: "Aus Ihrem Netz kamen zu viele Versuche. Nichts ist gesperrt, und nichts ist verloren.",
        too_many_second: "Versuchen Sie es in einer Sekunde noch einmal.",
        too_many_seconds: "Versuchen Sie es in {count} Sekunden noch einmal.",
        too_many_minutes: "Versuchen Sie es in {count} Minuten noch einmal.",
        internal: "Hier ist etwas fehlgeschlagen",
        internal_why: "Es liegt nicht an Ihnen, und nichts wurde halb getan.",
        internal_do: "Versuchen Sie es noch einmal. Geschieht es wieder, nennen Sie dem Aussteller die Nummer hier \
                      unten.",
        internal_do_again: "Versuchen Sie es noch einmal. Geschieht es wieder, sagen Sie es dem Aussteller.",
        busy: "Im Augenblick wird zu viel gezeichnet",
        busy_why: "Auch andere warten auf Bilder ihrer Nachweise. Nichts ist verloren.",
        busy_do: "Versuchen Sie es in einigen Sekunden noch einmal.",
        unavailable: "Der Dienst ist im Augenblick nicht verfügbar",
        unavailable_why: "Er erreicht seine Aufzeichnungen nicht und sagt lieber nichts als etwas Falsches. Nichts ist \
                          verloren.",
        unavailable_do: "Versuchen Sie es in einer Minute noch einmal.",
        reference: "Nummer dieses Fehlers",
    },
    signed_out: SignedOutWords {
        heading: "Sie haben sich abgemeldet",
        lead: "Niemand öffnet Ihre Nachweise aus diesem Browser, bis Sie sich wieder anmelden.",
        provider: "Bei Ihrem Anbieter sind Sie vielleicht noch angemeldet. An einem gemeinsam genutzten Rechner melden \
                   Sie sich auch dort ab.",
        again: "Wieder anmelden",
    },
    time: Time {
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
        after_day: ".",
    },
};
