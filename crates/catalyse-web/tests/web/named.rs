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

#[tokio::test]
async fn a_search_by_code_opens_no_identity_and_one_by_name_says_whose() {
    let tried = Tried::new("searches").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    for (code, last) in [("DUR-0001", "Exemple"), ("DUR-0002", "Autre")] {
        let draft = tried.begin(&anne, &format!("wave=w2&person={code}")).await;
        for (key, text) in [("last_name", last), ("first_name", "Sam")] {
            tried.save(&anne, &draft, json!({"key": key, "text": text, "seen": 0})).await;
        }
        let reasons = tried.reasons(&anne, &draft).await;
        let done = tried.post(&anne, &format!("/fiches/{draft}/fin"), &reasons).await;
        assert_eq!(done.location(), "/", "{}", done.text);
    }
    let n_before = lines(&tried, Action::IdentityRead).await.len();
    let found = tried.post(&anne, "/chercher", "q=dur-0002").await.text;
    assert!(found.contains("DUR-0002") && !found.contains("DUR-0001"), "{found}");
    assert_eq!(lines(&tried, Action::IdentityRead).await.len(), n_before, "none was opened");
    let found = tried.post(&anne, "/chercher", "q=autre").await.text;
    assert!(found.contains("DUR-0002") && !found.contains("DUR-0001"), "{found}");
    let person = tried.store.person("DUR-0002", None).await.expect("a person").id.0;
    let line = lines(&tried, Action::IdentityRead).await.remove(0);
    assert_eq!(line.subject, format!("{{\"partner\":\"durbuy\",\"persons\":[{person}]}}"));
}

#[tokio::test]
async fn what_a_command_did_is_said_to_come_of_the_command_line() {
    let tried = Tried::new("commands").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    crate::matrix::with_a_finding(&tried).await;
    for (who, shown) in [("(?)", "ligne de commande"), ("(root)", "ligne de commande (root)")] {
        let author = catalyse_store::Author::new(who, jiff::Timestamp::now());
        let reason = catalyse_store::Reason { code: "as_on_paper".into(), comment: String::new() };
        let (id, state) = (catalyse_store::FindingId(1), catalyse_store::FindingState::Answered);
        tried.store.step_finding(id, state, &reason, &author).await.expect("a step");
        let page = tried.get(&carl, "/constats/1").await.text;
        assert!(page.contains(&format!(" · {shown}</span>")) && !page.contains("(?)"), "{page}");
    }
}
