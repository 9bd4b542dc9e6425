//! Under whose name something is done: links of somebody else are told, and so are identities that are shown.

use catalyse_store::{Action, JournalPage, Line, Role};
use serde_json::json;

use crate::site::Tried;

async fn lines(tried: &Tried, action: Action) -> Vec<Line> {
    let page = JournalPage { action: Some(action), at_most: 100, before: None };
    tried.store.journal(&page).await.expect("lines")
}

/// Comes in by a link that an administrator makes.
async fn by_link(tried: &Tried, keeper: &str, account: &str) -> String {
    let id = tried.store.account(account).await.expect("the account").id.0;
    let page = tried.post(keeper, "/comptes/lien", &format!("account={id}")).await.text;
    let link = page.split("http://127.0.0.1:8017").nth(1).expect("a link");
    let link = link.split('<').next().expect("an address");
    let entered = tried.post("", link, "").await;
    let cookie = entered.headers["set-cookie"].to_str().expect("ascii");
    cookie.split(';').next().expect("a pair").to_owned()
}

#[tokio::test]
async fn what_an_administrator_does_by_a_link_is_told_as_such() {
    let tried = Tried::new("by-link").await;
    let keeper = tried.account("keeper", Role::Administrator, "").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    let name = json!({"key": "last_name", "text": "Exemple", "seen": 0});
    tried.save(&anne, &draft, name).await;
    let identity = format!("/fiches/{draft}/person.identity");
    assert!(tried.get(&anne, &identity).await.text.contains("Exemple"));
    assert!(lines(&tried, Action::IdentityRead).await.is_empty(), "she typed it herself");
    let other = by_link(&tried, &keeper, "anne").await;
    let used = lines(&tried, Action::Account).await.remove(0);
    assert_eq!((used.who.as_str(), used.why.as_str()), ("anne", "lien de keeper"));
    for _ in 0..2 {
        assert!(tried.get(&other, &identity).await.text.contains("Exemple"));
    }
    let read = lines(&tried, Action::IdentityRead).await;
    assert_eq!(read.len(), 1, "once a day");
    assert_eq!((read[0].who.as_str(), read[0].why.as_str()), ("anne", "lien de keeper"));
    tried.post(&other, "/chercher", "q=exemple").await;
    let search = lines(&tried, Action::IdentityRead).await.remove(0);
    assert_eq!(search.why, "search lien de keeper");
}

#[tokio::test]
async fn an_identity_that_a_colleague_typed_is_noted_when_it_is_shown() {
    let tried = Tried::new("shown").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    let name = json!({"key": "last_name", "text": "Exemple", "seen": 0});
    tried.save(&anne, &draft, name).await;
    tried.get(&bert, &format!("/fiches/{draft}/situation.household")).await;
    assert!(lines(&tried, Action::IdentityRead).await.is_empty(), "no identity is on that page");
    tried.get(&bert, &format!("/fiches/{draft}/person.identity")).await;
    let read = lines(&tried, Action::IdentityRead).await;
    assert_eq!((read.len(), read[0].who.as_str(), read[0].why.as_str()), (1, "bert", ""));
    assert_eq!(read[0].subject, format!("{{\"draft\":{draft}}}"));
}

#[tokio::test]
async fn the_page_of_accounts_opens_closed_ones_again_and_keeps_the_last_administrator() {
    let tried = Tried::new("accounts").await;
    let keeper = tried.account("keeper", Role::Administrator, "").await;
    let anne = tried.add("anne", Role::Encoder, "durbuy").await;
    let id = tried.store.account("keeper").await.expect("it").id.0;
    let stays = tried.post(&keeper, "/comptes/fermer", &format!("account={id}")).await;
    assert!(stays.text.contains("dernier compte d’administrateur"), "{}", stays.text);
    tried.post(&keeper, "/comptes/fermer", &format!("account={}", anne.0)).await;
    let list = tried.get(&keeper, "/comptes").await.text;
    assert!(list.contains("Rouvrir<span class=\"hidden\"> anne"), "{list}");
    tried.post(&keeper, "/comptes/rouvrir", &format!("account={}", anne.0)).await;
    assert!(tried.store.account("anne").await.expect("it").is_open);
    let unnamed = tried.post(&keeper, "/comptes", "name=+&role=reader").await;
    assert!(unnamed.text.contains("il manque le nom du compte"), "{}", unnamed.text);
}
