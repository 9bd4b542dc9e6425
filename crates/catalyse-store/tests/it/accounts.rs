//! Accounts and sessions.

use catalyse_store::{Author, JournalPage, Lasting, NewAccount, Role, StoreError, Token};
use jiff::SignedDuration;

use crate::place::on_each_engine;
use crate::sample::{at, author, partner};

const LASTING: Lasting =
    Lasting { idle: SignedDuration::from_mins(30), absolute: SignedDuration::from_hours(10) };

fn encoder(name: &str) -> NewAccount {
    NewAccount {
        name: name.into(),
        role: Role::Encoder,
        partner: Some(partner("durbuy")),
        password: Some("une phrase assez longue".into()),
    }
}

#[test]
fn an_account_signs_in_with_its_password_until_it_is_closed() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let id = store.add_account(encoder("marie"), &author(1)).await.expect("an account");
        let sign_in = async |name: &str, password: &str| {
            store.sign_in(name, password.to_owned()).await.expect("an answer")
        };
        let account = sign_in("marie", "une phrase assez longue").await.expect("the password");
        assert_eq!((account.role, account.partner), (Role::Encoder, Some(partner("durbuy"))));
        assert!(sign_in("marie", "une autre phrase").await.is_none());
        assert!(sign_in("paul", "une phrase assez longue").await.is_none());
        store.set_password(id, "une nouvelle phrase".into(), &author(2)).await.expect("changed");
        assert!(sign_in("marie", "une phrase assez longue").await.is_none());
        store.close_account(id, &author(3)).await.expect("closed");
        assert!(sign_in("marie", "une nouvelle phrase").await.is_none());
        let rows = place.rows("SELECT password_hash FROM account").await;
        assert!(rows[0].starts_with("$argon2id$"));
    });
}

#[test]
fn an_account_changes_its_role_and_loses_its_sessions() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let id = store.add_account(encoder("marie"), &author(1)).await.expect("an account");
        let token = store.begin_session(id, LASTING, at(2)).await.expect("a session");
        let reader = (Role::Reader, None);
        store.set_role(id, reader, &author(3)).await.expect("changed");
        let account = store.account("marie").await.expect("the account");
        assert_eq!((account.role, account.partner), (Role::Reader, None));
        assert!(store.session(&token, LASTING, at(4)).await.expect("an answer").is_none());
        let homeless = store.set_role(id, (Role::Encoder, None), &author(5)).await;
        assert!(matches!(homeless, Err(StoreError::Impossible(_))));
    });
}

#[test]
fn what_does_not_fit_is_refused() {
    on_each_engine(async |place| {
        let store = place.create().await;
        store.add_account(encoder("marie"), &author(1)).await.expect("an account");
        let taken = store.add_account(encoder("marie"), &author(2)).await;
        assert!(matches!(taken, Err(StoreError::Taken { .. })));
        let short = NewAccount { password: Some("court".into()), ..encoder("paul") };
        assert!(matches!(
            store.add_account(short, &author(3)).await,
            Err(StoreError::Impossible(_))
        ));
        let homeless = NewAccount { partner: None, ..encoder("paul") };
        assert!(store.add_account(homeless, &author(4)).await.is_err());
        assert_eq!(store.accounts().await.expect("accounts").len(), 1);
    });
}

#[test]
fn a_session_ends_when_idle_when_old_and_when_told() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let id = store.add_account(encoder("marie"), &author(0)).await.expect("an account");
        let token = store.begin_session(id, LASTING, at(0)).await.expect("a session");
        let holds = async |token: &Token, minute: i64| {
            store.session(token, LASTING, at(minute * 60)).await.expect("an answer").is_some()
        };
        // A sign of life every 25 minutes keeps it, up to ten hours.
        for step in 1..=23 {
            assert!(holds(&token, step * 25).await, "{step}");
        }
        assert!(!holds(&token, 24 * 25).await);
        let idle = store.begin_session(id, LASTING, at(0)).await.expect("a session");
        assert!(!holds(&idle, 31).await);
        let ended = store.begin_session(id, LASTING, at(0)).await.expect("a session");
        store.end_session(&ended).await.expect("ended");
        assert!(!holds(&ended, 1).await);
        assert!(!holds(&Token::new("guessed"), 1).await);
        let rows = place.rows("SELECT token_hash FROM session").await;
        assert!(!rows.iter().any(|row| row == token.as_str() || row == idle.as_str()));
        store.clear_sessions(at(1_000_000)).await.expect("cleared");
        assert!(place.rows("SELECT * FROM session").await.is_empty());
    });
}

#[test]
fn a_link_signs_in_once() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let new = NewAccount { password: None, ..encoder("marie") };
        let id = store.add_account(new, &author(0)).await.expect("an account");
        assert!(store.sign_in("marie", String::new()).await.expect("an answer").is_none());
        let lasts = SignedDuration::from_mins(10);
        let link = store.one_time_link(id, lasts, &author(0)).await.expect("a link");
        assert!(store.session(&link, LASTING, at(1)).await.expect("an answer").is_none());
        assert!(store.use_link(&link, at(1)).await.expect("an answer").is_some());
        assert!(store.use_link(&link, at(2)).await.expect("an answer").is_none());
        let late = store.one_time_link(id, lasts, &author(0)).await.expect("a link");
        assert!(store.use_link(&late, at(601)).await.expect("an answer").is_none());
    });
}

#[test]
fn what_is_done_by_a_link_says_whose_and_its_use_stands_in_the_journal() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let id = store.add_account(encoder("marie"), &author(0)).await.expect("an account");
        let keeper = Author::new("gérant", at(1));
        let lasts = SignedDuration::from_mins(10);
        let link = store.give_link(id, lasts, &keeper).await.expect("a link");
        let signed_in = store.use_link(&link, at(2)).await.expect("an answer").expect("held");
        assert_eq!(signed_in.given_by.as_deref(), Some("gérant"));
        let last = JournalPage { at_most: 1, ..JournalPage::default() };
        let used = store.journal(&last).await.expect("lines").remove(0);
        assert_eq!((used.who.as_str(), used.why.as_str()), ("marie", "lien de gérant"));
        assert!(used.subject.contains("used"), "{}", used.subject);
        let token = store.begin_session_of(&signed_in, LASTING, at(3)).await.expect("a session");
        let still = store.session(&token, LASTING, at(4)).await.expect("an answer");
        assert_eq!(still.expect("it holds").author(at(5)).why, "lien de gérant");
        let own = store.begin_session(id, LASTING, at(3)).await.expect("a session");
        let own = store.session(&own, LASTING, at(4)).await.expect("an answer").expect("it holds");
        assert_eq!(own.author(at(5)), Author::new("marie", at(5)));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn the_last_administrator_stays_and_a_closed_account_opens_again() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let keeper =
            |name: &str| NewAccount { role: Role::Administrator, partner: None, ..encoder(name) };
        let one = store.add_account(keeper("un"), &author(1)).await.expect("an account");
        let stays = store.close_account(one, &author(2)).await;
        assert!(matches!(stays, Err(StoreError::Impossible("the last administrator stays"))));
        let stays = store.set_role(one, (Role::Reader, None), &author(2)).await;
        assert!(matches!(stays, Err(StoreError::Impossible("the last administrator stays"))));
        let two = store.add_account(keeper("deux"), &author(3)).await.expect("an account");
        store.close_account(one, &author(4)).await.expect("closed");
        assert!(store.close_account(two, &author(5)).await.is_err());
        let entered = store.sign_in("un", "une phrase assez longue".into()).await;
        assert!(entered.expect("an answer").is_none());
        store.reopen_account(one, &author(6)).await.expect("open again");
        let entered = store.sign_in("un", "une phrase assez longue".into()).await;
        assert_eq!(
            entered.expect("an answer").map(|account| account.role),
            Some(Role::Administrator)
        );
        store.close_account(two, &author(7)).await.expect("closed");
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn an_account_has_a_name_of_one_line() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let long = "n".repeat(101);
        for name in ["", " ", " marie", "ma\nrie", "(root)", &long] {
            let refused = store.add_account(encoder(name), &author(1)).await;
            let words = "an account has a name of one line";
            assert!(matches!(refused, Err(StoreError::Impossible(why)) if why == words), "{name}");
        }
        assert!(store.accounts().await.expect("accounts").is_empty());
    });
}
