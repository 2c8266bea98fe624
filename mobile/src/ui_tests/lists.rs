//! The page of numbers, services and limits.

use crate::{
    protocol::{Answer, Preferences, Request},
    staging::{Stand, day, settings},
};
use shared::settings::{Label, Service, ServiceKind, Settings, limits::LIMITS};

fn with(change: fn(&mut Settings), language: &str) -> String {
    let preferences = Preferences { language: language.into(), ..Preferences::default() };
    let stand = Stand { user: "u5", preferences, ..Stand::default() }.answering(move |request| {
        matches!(request, Request::Settings).then(|| {
            let mut settings = settings();
            change(&mut settings);
            Answer::Settings(Box::new(settings))
        })
    });
    stand.show("/settings/lists")
}

fn clinic(settings: &mut Settings) {
    let label = Label { en: "Clinic in A'zaz".into(), ar: "مستوصف اعزاز".into() };
    let service = Service {
        code: "S1".into(),
        adm3: "SY020400".into(),
        kind: ServiceKind::Medical,
        label,
        phone: "+963933000002".into(),
        checked_on: day(2026, 6, 1),
        retired: false,
    };
    let closed = Service { code: "S2".into(), retired: true, phone: "+963933000003".into(), ..service.clone() };
    settings.services = vec![service, closed];
}

#[test]
fn every_limit_service_and_number_can_be_changed_in_both_languages_and_nothing_is_published_unchanged() {
    for (language, name, badge) in [("en", "Clinic in A&#x27;zaz", "Not checked since"), ("ar", "مستوصف اعزاز", "لم يُتأكد منها")]
    {
        let html = with(clinic, language);
        for limit in LIMITS {
            assert!(html.contains(&format!("field-limit.{}", limit.name)), "{}: {html}", limit.name);
        }
        assert!(html.contains(name) || html.contains("Clinic in A&#39;zaz"), "{html}");
        assert!(html.contains(badge) && html.contains("checked-0") && html.contains("field-hotline.0.phone"), "{html}");
        assert!(!html.contains("checked-1"), "a retired one is not called");
        assert!(!html.contains("remove-number-0"), "the only number stays");
        assert!(!html.contains("unpublished"), "{html}");
    }
}

#[test]
fn without_services_it_says_so_and_settings_lead_here_only_whom_may_publish() {
    assert!(with(|settings| settings.services.clear(), "en").contains("No service is listed yet"));
    let link = |user| Stand { user, ..Stand::english() }.show("/settings").contains("to-lists");
    assert!(link("u5") && !link("u1") && !link("u3"));
}
