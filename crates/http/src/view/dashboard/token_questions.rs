//! The questions before an authorization token is rotated or revoked.

use super::{
    field::Field,
    frame::DashboardFrame,
    listing::counted,
    paths,
    question::{QuestionField, QuestionPage},
};

impl QuestionPage {
    /// Asks whether to rotate a live authorization token; posts `description` and `grace_seconds` to `…/rotate`.
    pub(crate) fn rotate_token(frame: DashboardFrame, id: &str, description: Option<&str>) -> Self {
        let page = frame.below(paths::DEVELOPERS, id);
        Self {
            title: format!("Rotate {}?", named(description)),
            consequences: vec![
                "A new token takes its place, with the same permissions and 180 new days. Its value is shown next."
                    .into(),
                "Programs that show the old one are refused as soon as the overlap is over. With no overlap, that is \
                 at once."
                    .into(),
            ],
            fields: vec![
                QuestionField::Choice {
                    name: "grace_seconds",
                    label: "Overlap".into(),
                    help: "For so long both are served. If the old one may have got out, choose none.".into(),
                    options: [("0", "None"), ("3600", "1 hour"), ("86400", "24 hours")]
                        .map(|(seconds, label)| (seconds.into(), label.into()))
                        .into(),
                    chosen: "0".into(),
                },
                QuestionField::Text {
                    name: "description",
                    label: "New description".into(),
                    help: "Left empty, it keeps the one it has.".into(),
                    field: Field::default(),
                    is_required: false,
                },
            ],
            verb: "Rotate token".into(),
            action: format!("{page}/rotate"),
            cancel: page,
            is_danger: false,
            frame,
        }
    }

    /// Asks whether to revoke an authorization token that is served; posts `descendants` (`true`, where there are
    /// any that are served) to `…/revoke`.
    pub(crate) fn revoke_token(
        frame: DashboardFrame,
        id: &str,
        description: Option<&str>,
        descendants: u64,
    ) -> Self {
        let page = frame.below(paths::DEVELOPERS, id);
        let with_it = QuestionField::Check {
            name: "descendants",
            label: format!(
                "Also revoke the {} made with it",
                counted(descendants, "live token", "live tokens")
            ),
            is_set: false,
        };
        Self {
            title: format!("Revoke {}?", named(description)),
            consequences: vec![
                "Programs that show it are refused from that moment on. It cannot be undone.".into(),
                "What was issued with it stays as it is.".into(),
            ],
            fields: (descendants > 0).then_some(with_it).into_iter().collect(),
            verb: "Revoke token".into(),
            action: format!("{page}/revoke"),
            cancel: page,
            is_danger: true,
            frame,
        }
    }
}

fn named(description: Option<&str>) -> String {
    match description {
        Some(description) => format!("the authorization token “{description}”"),
        None => "the authorization token without a description".into(),
    }
}
