//! A site over a store in a temporary file, and a browser that only sends requests.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use catalyse_codebook::{Codebook, PartnerId, SchemaFiles};
use catalyse_locale::Language;
use catalyse_store::{AccountId, Author, KeyFile, Lasting, NewAccount, Role, Store};
use catalyse_web::{Line, ReportMaker, Settings, Site, router};
use jiff::{SignedDuration, Timestamp};
use tower::ServiceExt;

/// A site with its store.
pub(crate) struct Tried {
    pub(crate) site: Arc<Site>,
    pub(crate) store: Store,
    codebook: Arc<Codebook>,
    folder: PathBuf,
}

/// integra with a part of its `study.toml` replaced.
pub(crate) fn integra_with(old: &str, new: &str) -> Codebook {
    let mut files = SchemaFiles::bundled();
    let text = files.get("integra/study.toml").expect("bundled").to_owned();
    assert!(text.contains(old), "{old} is not in the study");
    files.add("integra/study.toml", text.replacen(old, new, 1));
    Codebook::open(&files, "integra").expect("a good study").codebook
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// Where it sends the browser.
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |place| place.to_str().expect("ascii"))
    }
}

impl Tried {
    pub(crate) async fn new(name: &str) -> Self {
        let codebook = Codebook::open(&SchemaFiles::bundled(), "integra").expect("bundled");
        Self::of(name, codebook.codebook).await
    }

    /// A site of a study.
    pub(crate) async fn of(name: &str, codebook: Codebook) -> Self {
        Self::with(name, codebook, None).await
    }

    /// A site of a study whose reports are made like this.
    pub(crate) async fn with(name: &str, codebook: Codebook, report: Option<ReportMaker>) -> Self {
        let folder =
            std::env::temp_dir().join(format!("catalyse-web-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let url = folder.join("catalyse.db").display().to_string();
        let key = KeyFile::draw().expect("random");
        let author = Author::new("test", Timestamp::now());
        let store = Store::create(&url, &codebook, Some(key), &author).await.expect("a new store");
        let settings = Settings {
            address: "127.0.0.1:0".parse().expect("an address"),
            hosts: Vec::new(),
            line: Line::Loopback,
            language: Language::Fr,
        };
        let codebook = Arc::new(codebook);
        let site = Site::open(Arc::clone(&codebook), store.clone(), settings, report);
        Self { site: Arc::new(site.expect("a site")), store, codebook, folder }
    }

    /// The study of the site.
    pub(crate) fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// Adds an account and returns the cookie of a session of it.
    pub(crate) async fn account(&self, name: &str, role: Role, partner: &str) -> String {
        let account = self.add(name, role, partner).await;
        self.session(account).await
    }

    pub(crate) async fn add(&self, name: &str, role: Role, partner: &str) -> AccountId {
        let partner = PartnerId::new(partner).ok().filter(|_| role.has_partner());
        let new = NewAccount { name: name.into(), role, partner, password: None };
        let author = Author::new("test", Timestamp::now());
        self.store.add_account(new, &author).await.expect("a new account")
    }

    pub(crate) async fn session(&self, account: AccountId) -> String {
        let hour = SignedDuration::from_hours(1);
        let lasting = Lasting { idle: hour, absolute: hour };
        let token = self.store.begin_session(account, lasting, Timestamp::now()).await;
        format!("seance={}", token.expect("a session").as_str())
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = router(&self.site).oneshot(request).await.expect("infallible");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(crate) async fn get(&self, cookie: &str, path: &str) -> Answer {
        self.ask(request("GET", path, cookie).body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn post(&self, cookie: &str, path: &str, form: &str) -> Answer {
        let request = request("POST", path, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.to_owned())).expect("a request")).await
    }

    /// Saves a field as the script does.
    pub(crate) async fn save(
        &self,
        cookie: &str,
        draft: &str,
        field: serde_json::Value,
    ) -> serde_json::Value {
        let answer = self.try_save(cookie, draft, field).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        serde_json::from_str(&answer.text).expect("JSON")
    }

    /// Sends what the script sends, whatever comes of it.
    pub(crate) async fn try_save(
        &self,
        cookie: &str,
        draft: &str,
        field: serde_json::Value,
    ) -> Answer {
        let request = request("POST", &format!("/fiches/{draft}/champ"), cookie)
            .header(header::CONTENT_TYPE, "application/json");
        self.ask(request.body(Body::from(field.to_string())).expect("a request")).await
    }

    /// Says of each question that stays empty at the end of a sheet that the answer is not known, or was not asked; and returns the same reason
    /// for all else that is soft, as the form sends it.
    pub(crate) async fn reasons(&self, cookie: &str, draft: &str) -> String {
        for reason in ["unknown", "not_asked"] {
            let left = self
                .post(cookie, &format!("/fiches/{draft}/vides"), &format!("all={reason}"))
                .await;
            assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.text);
        }
        let page = self.get(cookie, &format!("/fiches/{draft}/fin")).await.text;
        let names = page.split("type=\"radio\" name=\"").skip(1);
        let names = names.filter_map(|rest| rest.split('"').next());
        let pairs = names.map(|name| format!("{}=as_on_paper", name.replace('|', "%7C")));
        pairs.chain([seen_on(&page)]).collect::<Vec<_>>().join("&")
    }

    /// Begins a sheet and returns its number.
    pub(crate) async fn begin(&self, cookie: &str, form: &str) -> String {
        let answer = self.post(cookie, "/fiches", form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        let number = answer.location().trim_start_matches("/fiches/");
        number.split('?').next().unwrap_or_default().to_owned()
    }
}

impl Drop for Tried {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The version of the sheet that a page at its end shows, as its form sends it.
pub(crate) fn seen_on(page: &str) -> String {
    let version = page.split("name=\"seen\" value=\"").nth(1);
    let version = version.and_then(|rest| rest.split('"').next()).unwrap_or_default();
    format!("seen={version}")
}

pub(crate) fn request(method: &str, path: &str, cookie: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "127.0.0.1:8017")
        .header(header::COOKIE, cookie)
}
