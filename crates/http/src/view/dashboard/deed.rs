//! What can be done, as the activity log tells it.

use super::{
    choices::choices,
    icon::Icon,
    mark::{Mark, Tone},
};

macro_rules! deeds {
    ($($name:literal $told:literal)+) => {
        /// The names that are stored, with what people read.
        const DEEDS: &[(&str, &str)] = &[$(($name, $told),)+];
    };
}

deeds! {
    "organization.created" "Organization created"
    "organization.cancelled" "Organization cancelled"
    "organization.reactivated" "Organization made active again"
    "organization.changed" "Organization changed"
    "organization.reveal_policy_changed" "Reveal policy changed"
    "token.created" "Authorization token created"
    "token.rotated" "Authorization token rotated"
    "token.creation_replayed" "Creation of an authorization token answered again"
    "token.rotation_replayed" "Rotation of an authorization token answered again"
    "token.described" "Authorization token described anew"
    "token.revoked" "Authorization token revoked"
    "token.revealed" "Values of authorization tokens shown"
    "token.reuse_detected" "Authorization token used after it was rotated away"
    "template.created" "Template created"
    "template.changed" "Template changed"
    "template.paused" "Template paused"
    "template.resumed" "Template resumed"
    "template.deleted" "Template deleted"
    "credential.issued" "Credential issued"
    "credential.revoked" "Credential revoked"
    "recipient.address_corrected" "Mail address corrected"
    "recipient.deleted" "Recipient deleted"
    "access.revealed" "Access token and link shown"
    "access.claimed" "Credential claimed"
    "access.reset_requested" "Reset requested"
    "access.request_dismissed" "Reset request dismissed"
    "access.reset" "Access reset"
    "access.revoked" "Access revoked"
    "access.replaced" "Link replaced"
    "access.mailed_again" "Link sent again"
    "administrator.set_up" "Service set up"
    "administrator.invited" "Administrator invited"
    "administrator.joined" "Administrator joined"
    "administrator.role_changed" "Role changed"
    "administrator.removed" "Administrator removed"
    "administrator.signed_in" "Signed in"
    "administrator.password_changed" "Password changed"
    "administrator.second_factor_added" "Second factor turned on"
    "administrator.second_factor_removed" "Second factor removed"
    "administrator.recovery_codes_renewed" "Recovery codes made anew"
    "administrator.recovery_code_used" "Recovery code used"
    "administrator.account_connected" "Account at a provider connected"
    "administrator.account_disconnected" "Account at a provider disconnected"
    "administrator.sessions_ended" "Sessions ended"
    "job.started" "Import or bulk act started"
    "job.stopped" "Import or bulk act stopped"
    "activity.exported" "Activity log exported"
    "recipient.exported" "Recipients exported"
    "integrity.failed" "A sealed copy did not open: somebody changed the database, or a key is wrong"
}

choices! {
    /// What entries of the activity log are about.
    DeedGroup {
        /// Anything.
        All "all" "Everything";
        /// Authorization tokens.
        Tokens "tokens" "Authorization tokens";
        /// Templates.
        Templates "templates" "Templates";
        /// Recipients, their credentials and access.
        Recipients "recipients" "Recipients";
        /// Administrators.
        Administrators "administrators" "Administrators";
        /// The organization itself, and the integrity of its records.
        Organization "organization" "Organization";
    }
}

impl DeedGroup {
    /// Whether what is stored under this name belongs to it: what the name begins with says so.
    pub(crate) fn has(self, name: &str) -> bool {
        let beginning = name.split('.').next().unwrap_or_default();
        match self {
            Self::All => true,
            Self::Tokens => beginning == "token",
            Self::Templates => beginning == "template",
            Self::Recipients => matches!(beginning, "recipient" | "credential" | "access" | "job"),
            Self::Administrators => beginning == "administrator",
            Self::Organization => matches!(beginning, "organization" | "activity" | "integrity"),
        }
    }
}

/// What people read for a stored name; the name itself where nothing better is known.
pub(super) fn told(name: &str) -> &str {
    DEEDS
        .iter()
        .find_map(|(stored, told)| (*stored == name).then_some(*told))
        .unwrap_or(name)
}

/// The sign of something that somebody should look at.
pub(super) fn alarm(name: &str) -> Option<Mark> {
    match name {
        "token.reuse_detected" | "integrity.failed" => {
            Some(Mark::new(Tone::Danger, Icon::Alert, "Look into this"))
        }
        "administrator.recovery_code_used" | "access.reset_requested" => {
            Some(Mark::new(Tone::Attention, Icon::Question, "Worth a look"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use symbolon_domain::activity::Action;

    use super::*;
    use crate::view::dashboard::Choice;

    #[test]
    fn every_action_is_told_and_belongs_to_one_group() {
        for action in Action::ALL {
            let name = action.name();
            assert_ne!(told(name), name);
            let groups = DeedGroup::ALL
                .iter()
                .filter(|group| **group != DeedGroup::All && group.has(name))
                .count();
            assert_eq!(groups, 1, "{name}");
        }
        assert_eq!(told("token.eaten"), "token.eaten");
    }
}
