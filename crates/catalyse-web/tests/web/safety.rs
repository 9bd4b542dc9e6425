//! What protects the site: names, origins, headers, sessions, links, attempts.

use axum::body::Body;
use axum::http::{StatusCode, header};
use catalyse_store::{Action, Author, JournalPage, NewAccount, Role};
use jiff::{SignedDuration, Timestamp};

use crate::site::{Tried, request};

#[tokio::test]
async fn other_names_and_other_sites_are_refused() {
    let tried = Tried::new("origins").await;
    let cookie = tried.account("anne", Role::Encoder, "durbuy").await;
    let other_name = axum::http::Request::get("/").header(header::HOST, "evil.example");
    let answer = tried.ask(other_name.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
    for (header, value) in [("sec-fetch-site", "cross-site"), ("origin", "http://evil.example")] {
        let request = request("POST", "/fiches", &cookie)
            .header(header, value)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = tried.ask(request.body(Body::from("wave=w1")).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{header}");
    }
    assert!(tried.store.drafts(None).await.expect("drafts").is_empty());
}

#[tokio::test]
async fn every_answer_carries_what_protects_it_in_the_browser() {
    let tried = Tried::new("headers").await;
    let cookie = tried.account("anne", Role::Encoder, "durbuy").await;
    for path in ["/", "/entrer", "/style.css", "/nothing-here", "/constats/99"] {
        let answer = tried.get(&cookie, path).await;
        let policy = answer.headers.get(header::CONTENT_SECURITY_POLICY).expect("a policy");
        assert!(policy.to_str().expect("ascii").starts_with("default-src 'none'"), "{path}");
        assert!(answer.headers.contains_key(header::X_CONTENT_TYPE_OPTIONS), "{path}");
        assert!(!answer.text.contains(" style=\"") && !answer.text.contains("onclick"), "{path}");
    }
    let home = tried.get(&cookie, "/").await;
    assert_eq!(home.headers.get(header::CACHE_CONTROL).expect("a rule"), "no-store");
}

#[tokio::test]
async fn a_link_signs_in_once_and_its_session_can_be_ended() {
    let tried = Tried::new("link").await;
    tried.account("anne", Role::Encoder, "durbuy").await;
    let account = tried.store.account("anne").await.expect("anne").id;
    let hour = SignedDuration::from_hours(1);
    let token = tried
        .store
        .one_time_link(account, hour, &Author::new("test", Timestamp::now()))
        .await
        .expect("a link");
    let path = format!("/lien/{}", token.as_str());
    let button = tried.get("", &path).await;
    assert_eq!(button.status, StatusCode::OK);
    assert!(!button.headers.contains_key(header::SET_COOKIE), "looking signs nobody in");
    let looked = request("HEAD", &path, "").body(Body::empty()).expect("a request");
    assert_eq!(tried.ask(looked).await.status, StatusCode::OK);
    let other_site = request("POST", &path, "").header("sec-fetch-site", "cross-site");
    let refused = tried.ask(other_site.body(Body::empty()).expect("a request")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let first = tried.post("", &path, "").await;
    assert_eq!((first.status, first.location()), (StatusCode::SEE_OTHER, "/"));
    let cookie = first.headers.get(header::SET_COOKIE).expect("a cookie");
    let cookie = cookie.to_str().expect("ascii").to_owned();
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let session = cookie.split(';').next().expect("a pair");
    assert_eq!(tried.get(session, "/").await.status, StatusCode::OK);
    let again = tried.post("", &path, "").await;
    assert!(again.text.contains("a déjà servi"), "{}", again.text);
    tried.post(session, "/sortir", "").await;
    assert_eq!(tried.get(session, "/").await.location(), "/entrer");
}

#[tokio::test]
async fn after_a_few_wrong_passwords_a_name_waits_even_with_the_right_one() {
    let tried = Tried::new("wait").await;
    let new = NewAccount {
        name: "anne".into(),
        role: Role::Reader,
        partner: None,
        password: Some("correct horse battery".into()),
    };
    let author = catalyse_store::Author::new("test", Timestamp::now());
    tried.store.add_account(new, &author).await.expect("anne");
    // So many that the wait is longer than the slowest machine needs for the next attempt.
    for _ in 0..12 {
        let wrong = tried.post("", "/entrer", "name=anne&password=wrong").await;
        assert_eq!(wrong.status, StatusCode::OK);
    }
    let right = tried.post("", "/entrer", "name=anne&password=correct+horse+battery").await;
    assert_eq!(right.status, StatusCode::OK);
    assert!(right.text.contains("Trop d’essais"));
}

#[tokio::test]
async fn a_link_for_somebody_else_is_whole_and_stands_in_the_journal() {
    let tried = Tried::new("given").await;
    let keeper = tried.account("keeper", Role::Administrator, "").await;
    let anne = tried.add("anne", Role::Encoder, "durbuy").await;
    let last = JournalPage { at_most: 1, ..JournalPage::default() };
    let before = tried.store.journal(&last).await.expect("lines").remove(0).number;
    let page = tried.post(&keeper, "/comptes/lien", &format!("account={}", anne.0)).await;
    assert!(page.text.contains("http://127.0.0.1:8017/lien/"), "{}", page.text);
    let line = tried.store.journal(&last).await.expect("lines").remove(0);
    assert_eq!(line.number, before + 1);
    assert_eq!((line.action, line.who.as_str()), (Action::Account, "keeper"));
}

#[tokio::test]
async fn what_is_refused_before_any_page_is_told_in_the_visitors_language() {
    let tried = Tried::new("told").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let english = format!("{anne}; langue=en");
    for (cookie, words) in [(&anne, "Refusé"), (&english, "Refused")] {
        let other = axum::http::Request::get("/").header(header::HOST, "evil.example");
        let other = other.header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
        let long = format!("wave={}", "x".repeat(300_000));
        for (answer, status) in [
            (tried.ask(other).await, StatusCode::MISDIRECTED_REQUEST),
            (tried.get(cookie, "/nothing-here").await, StatusCode::NOT_FOUND),
            (tried.post(cookie, "/fiches", "").await, StatusCode::UNPROCESSABLE_ENTITY),
            (tried.post(cookie, "/fiches", &long).await, StatusCode::PAYLOAD_TOO_LARGE),
            (tried.get(cookie, "/?bordereau=abc").await, StatusCode::BAD_REQUEST),
            (tried.post(cookie, "/style.css", "").await, StatusCode::METHOD_NOT_ALLOWED),
        ] {
            assert_eq!(answer.status, status);
            assert!(answer.text.contains(words), "{status}: {}", answer.text);
        }
    }
}
