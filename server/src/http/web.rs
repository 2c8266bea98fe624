//! The web app's files, as built: precompressed where the browser takes it, and revalidated, since their names stay the same
//! between builds. Addresses of pages answer the shell.

use super::App;
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use std::path::Path;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

pub(super) fn serve(app: &App) -> Router {
    let Some(folder) = app.web.clone() else {
        return Router::new().fallback(|| async { StatusCode::NOT_FOUND });
    };
    let files = ServeDir::new(folder.as_ref()).precompressed_br().append_index_html_on_directories(true);
    let shell = folder.join("index.html");
    Router::new()
        .fallback(move |request: Request| {
            let (files, shell) = (files.clone(), shell.clone());
            async move {
                if is_page(&request) {
                    answer(ServeFile::new(shell).precompressed_br().oneshot(request).await)
                } else {
                    answer(files.oneshot(request).await)
                }
            }
        })
        .layer(from_fn(cache))
}

fn answer<B, E>(response: Result<axum::http::Response<B>, E>) -> Response
where
    B: axum::body::HttpBody<Data = axum::body::Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    response.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |response| response.map(Body::new))
}

/// An address of a page: no file name at its end, and not the API's.
fn is_page(request: &Request) -> bool {
    let path = request.uri().path();
    let last = path.rsplit('/').next().unwrap_or_default();
    matches!(*request.method(), Method::GET | Method::HEAD) && !last.contains('.') && !path.starts_with("/api/")
}

/// Files whose name holds a hash of their content never change; all others are asked for again each time.
async fn cache(request: Request, next: Next) -> Response {
    let is_fixed = has_hash(Path::new(request.uri().path()));
    let mut response = next.run(request).await;
    let rule = if is_fixed && response.status().is_success() { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
    response
}

fn has_hash(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let tail = stem.rsplit(['-', '.']).next().unwrap_or_default();
    tail.len() >= 16 && tail.len() < stem.len() && tail.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::has_hash;
    use std::path::Path;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(has_hash(Path::new("/assets/main-0123456789abcdef.css")));
        for name in ["/sada_bg.wasm", "/0123456789abcdef", "/noto-naskh-arabic.woff2", "/icon-512.png"] {
            assert!(!has_hash(Path::new(name)), "{name}");
        }
    }
}
