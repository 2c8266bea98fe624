//! A QR code. What it says stands beside it in letters, for whoever can't scan it.

use dioxus::prelude::*;
use shared::model::second_factor::QrPicture;

/// The picture.
#[component]
pub(crate) fn QrImage(picture: QrPicture, label: String) -> Element {
    let width = picture.width;
    rsx! {
        svg { class: "qr", role: "img", "aria-label": "{label}", view_box: "0 0 {width} {width}", shape_rendering: "crispEdges",
            path { d: picture.path.clone(), fill: "black" }
        }
    }
}
