//! The domain's words in the pages' words.

use symbolon_domain::{
    access_token::{Dossier, Refusal},
    organization::Organization,
    port::sign_in::Provider,
    recipient::{CredentialStanding, Revocation},
    template::TemplateKind,
    time::Timestamp,
};

use crate::view::{self, ClosedLink, Issuer, Kind, Moment, Standing};

pub(super) fn kind(kind: TemplateKind) -> Kind {
    match kind {
        TemplateKind::Badge => Kind::Badge,
        TemplateKind::Certificate => Kind::Certificate,
    }
}

pub(super) fn issuer(organization: &Organization) -> Issuer {
    Issuer {
        name: organization.name.to_string(),
        site: organization.url.as_ref().map(ToString::to_string),
        contact: Some(organization.contact.to_string()),
    }
}

pub(super) fn standing(dossier: &Dossier, now: Timestamp) -> Standing {
    match dossier.recipient.credential(now) {
        CredentialStanding::Valid => Standing::Valid,
        CredentialStanding::Expired { since } => Standing::Expired {
            since: Moment::of(since),
        },
        CredentialStanding::Revoked(Revocation { at, reason }) => Standing::Revoked {
            since: Moment::of(at),
            reason: reason.map(|reason| reason.to_string()),
        },
    }
}

/// Why a link is closed. Being in use by another, or replaced, takes more than the dossier to say.
pub(super) fn closed(dossier: &Dossier, refusal: &Refusal) -> Option<ClosedLink> {
    let (issuer, kind) = (issuer(&dossier.organization), kind(dossier.template.kind));
    Some(match refusal {
        Refusal::OrganizationCancelled => ClosedLink::OrganizationCancelled { issuer, kind },
        Refusal::TemplatePaused => ClosedLink::Paused { issuer, kind },
        Refusal::AccessRevoked => ClosedLink::AccessRevoked { issuer, kind },
        Refusal::CredentialRevoked(revocation) => ClosedLink::CredentialRevoked {
            issuer,
            kind,
            since: Moment::of(revocation.at),
            reason: revocation.reason.as_ref().map(ToString::to_string),
        },
        Refusal::InUseByAnother | Refusal::Replaced { .. } => return None,
    })
}

/// Providers as pages offer them, and the origins that forms may then lead to.
pub(super) fn providers(providers: Vec<Provider>) -> (Vec<view::Provider>, Vec<String>) {
    let mut origins = Vec::new();
    let offered = providers
        .into_iter()
        .map(|provider| {
            origins.extend(provider.origins);
            view::Provider {
                id: provider.id.to_string(),
                name: provider.label,
            }
        })
        .collect();
    origins.sort_unstable();
    origins.dedup();
    (offered, origins)
}
