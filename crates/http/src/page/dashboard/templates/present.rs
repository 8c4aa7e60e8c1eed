//! The domain's templates in the pages' words.

use symbolon_domain::{port::tallies::Numbers, template::Template};

use crate::view::dashboard::{TemplateNumbers, TemplateState};

pub(super) const fn state(template: &Template) -> TemplateState {
    match template.paused_at {
        None => TemplateState::Active,
        Some(_) => TemplateState::Paused,
    }
}

pub(super) const fn numbers(numbers: Numbers) -> TemplateNumbers {
    TemplateNumbers {
        issued: numbers.recipients,
        mailed: numbers.mailed,
        opened: numbers.opened,
        claimed: numbers.claimed,
    }
}
