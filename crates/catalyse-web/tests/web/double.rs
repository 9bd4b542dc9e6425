//! A pile of paper: its slip, a sample keyed twice, and a third person who decides.

use axum::http::StatusCode;
use catalyse_store::Role;
use serde_json::json;

use crate::site::Tried;

/// Types two numbers into a draft.
async fn type_in(tried: &Tried, cookie: &str, draft: &str, (adults, children): (&str, &str)) {
    for (key, text) in [("adults", adults), ("children", children)] {
        tried.save(cookie, draft, json!({"key": key, "text": text, "seen": 0})).await;
    }
}

/// Accepts a draft, with the same reason for all that is soft.
async fn accept(tried: &Tried, cookie: &str, draft: &str) -> String {
    let end = format!("/fiches/{draft}/fin");
    let reasons = tried.reasons(cookie, draft).await;
    let accepted = tried.post(cookie, &end, &reasons).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
    accepted.location().to_owned()
}

#[tokio::test]
async fn a_slip_says_what_was_announced_and_what_is_missing() {
    let tried = Tried::new("slip").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let wrong = tried.post(&anne, "/bordereaux", "title=pile&wave=w2&n_forms=deux").await;
    assert!(wrong.text.contains("en chiffres"), "{}", wrong.text);
    let announced = "title=pile&wave=w2&n_forms=2&variable=adults&total=5";
    let slip = tried.post(&anne, "/bordereaux", announced).await.location().to_owned();
    let draft = tried.begin(&anne, "wave=w1&person=DUR-0101&slip=1").await;
    type_in(&tried, &anne, &draft, ("2", "1")).await;
    accept(&tried, &anne, &draft).await;
    let page = tried.get(&anne, &slip).await.text;
    assert!(page.contains("il manque 1") && page.contains("il manque 3"), "{page}");
    let close = format!("{slip}/fermer");
    let refused = tried.post(&anne, &close, "reason=").await;
    assert!(refused.text.contains("ne tombe pas juste"));
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0102&slip=1").await;
    type_in(&tried, &anne, &draft, ("3", "0")).await;
    accept(&tried, &anne, &draft).await;
    let page = tried.get(&anne, &slip).await.text;
    assert!(page.contains("Tout tombe juste"), "{page}");
    assert_eq!(tried.post(&anne, &close, "").await.location(), slip);
    let durbuy = catalyse_codebook::PartnerId::new("durbuy").expect("a partner");
    let slips = tried.store.slips(&durbuy).await.expect("slips");
    assert_eq!(slips[0].closed.as_deref(), Some(""));
}

#[tokio::test]
async fn a_sample_is_keyed_twice_and_a_third_person_decides_without_seeing_the_two() {
    let tried = Tried::new("double").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    let slip = tried.post(&carl, "/bordereaux", "title=pile&wave=w2&n_forms=1").await;
    let slip = slip.location().to_owned();
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0101&slip=1").await;
    type_in(&tried, &anne, &draft, ("2", "1")).await;
    accept(&tried, &anne, &draft).await;
    tried.post(&carl, &format!("{slip}/tirer"), "percent=10").await;
    let own = tried.get(&anne, &slip).await.text;
    assert!(own.contains("par un collègue") && !own.contains("/doubles/1/saisir"), "{own}");
    let begun = tried.post(&bert, "/doubles/1/saisir", "").await;
    let blind = begun.location().trim_start_matches("/fiches/").to_owned();
    let page = tried.get(&bert, &format!("/fiches/{blind}/situation.household")).await.text;
    assert!(page.contains("Seconde saisie") && page.contains("DUR-0101"), "{page}");
    assert!(page.contains("name=\"adults\" value=\"\""), "the first entry is not shown");
    // Nor by another way: no page shows the first entry to whoever keys the second.
    let record = tried.store.records(&catalyse_store::Selection::default()).await.expect("records");
    let accepted = format!("/acceptees/{}", record[0].id.0);
    let refused = tried.get(&bert, &accepted).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("une seconde fois, sans voir"), "{}", refused.text);
    let correction = tried.begin(&bert, "wave=w2&person=DUR-0101").await;
    let refused = tried.get(&bert, &format!("/fiches/{correction}/situation.household")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    tried.post(&bert, &format!("/fiches/{correction}/jeter"), "").await;
    assert_eq!(tried.get(&anne, &accepted).await.status, StatusCode::OK);
    let waits = |text: &str| text.contains("à saisir une seconde fois : 1");
    assert!(waits(&tried.get(&bert, "/").await.text), "the start says that it waits");
    assert!(!waits(&tried.get(&anne, "/").await.text), "but not to whoever keyed it first");
    // Whoever keyed it first, or is to decide, sees nothing of it while it is typed.
    for cookie in [&anne, &carl] {
        for path in [format!("/fiches/{blind}/situation.household"), format!("/fiches/{blind}/fin")]
        {
            assert_eq!(tried.get(cookie, &path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert!(!tried.get(cookie, "/").await.text.contains(&format!("/fiches/{blind}\"")));
    }
    assert!(tried.get(&carl, &slip).await.text.contains(&format!("/fiches/{blind}/jeter")));
    type_in(&tried, &bert, &blind, ("3", "1")).await;
    assert_eq!(accept(&tried, &bert, &blind).await, slip);
    // The second of two clicks, and whoever goes back to the sheet.
    let end = format!("/fiches/{blind}/fin");
    assert_eq!(tried.post(&bert, &end, "").await.location(), "/");
    assert_eq!(tried.get(&bert, &end).await.location(), "/");
    assert_eq!(tried.get(&bert, &accepted).await.status, StatusCode::OK, "it is keyed");
    assert!(tried.get(&carl, "/").await.text.contains("à trancher : 1"));
    let own = tried.get(&bert, "/doubles/1").await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    assert!(
        own.text.contains("troisième personne") && !own.text.contains("third person"),
        "{}",
        own.text
    );
    let page = tried.get(&carl, "/doubles/1").await.text;
    assert!(page.contains("name=\"adults\" value=\"\"") && !page.contains("name=\"children\""));
    let left_out = tried.post(&carl, "/doubles/1", "adults=").await;
    assert!(left_out.text.contains("rien sur le papier"), "{}", left_out.text);
    let decided = tried.post(&carl, "/doubles/1", "adults=3").await;
    let correction = decided.location().to_owned();
    assert!(correction.starts_with("/fiches/") && correction.ends_with("/fin"), "{correction}");
    let number = correction.trim_start_matches("/fiches/").trim_end_matches("/fin").to_owned();
    accept(&tried, &carl, &number).await;
    let listed = tried.store.records(&catalyse_store::Selection::default()).await.expect("records");
    let adults = catalyse_codebook::VariableName::new("adults").expect("a name");
    assert!(listed[0].answers.get(&adults) == Some(&catalyse_codebook::Answer::Integer(3)));
    let page = tried.get(&carl, &slip).await.text;
    assert!(
        page.contains("Intervalle de Wilson") && page.contains("<strong>1</strong> sur"),
        "{page}"
    );
    assert!(!tried.get(&anne, &slip).await.text.contains("Wilson"), "encoders see no rate");
}

#[tokio::test]
async fn reasons_that_were_picked_are_there_again() {
    let tried = Tried::new("reasons").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-0103").await;
    type_in(&tried, &anne, &draft, ("2", "1")).await;
    tried.save(&anne, &draft, json!({"key": "household_size", "text": "9", "seen": 0})).await;
    let end = format!("/fiches/{draft}/fin");
    let page = tried.get(&anne, &end).await.text;
    let name = page.split("data-key=\"").nth(1).and_then(|rest| rest.split('"').next());
    let name = name.expect("a soft finding").replace('|', "%7C");
    let path = format!("/fiches/{draft}/motif");
    let kept = tried.post(&anne, &path, &format!("finding={name}&reason=rare_but_true")).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    let page = tried.get(&anne, &end).await.text;
    assert!(page.contains("value=\"rare_but_true\" data-pick=\"3\" checked"), "{page}");
    let unknown = tried.post(&anne, &path, &format!("finding={name}&reason=x")).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_other_sessions_end() {
    let tried = Tried::new("password").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let account = tried.store.account("anne").await.expect("anne").id;
    let elsewhere = tried.session(account).await;
    let differ = "new=quatre mots bien longs&again=autre chose entierement";
    let refused = tried.post(&anne, "/mot-de-passe", differ).await;
    assert!(refused.text.contains("diffèrent"));
    let short = tried.post(&anne, "/mot-de-passe", "new=court&again=court").await;
    assert!(short.text.contains("role=\"alert\""));
    let set = "new=quatre mots bien longs&again=quatre mots bien longs";
    let changed = tried.post(&anne, "/mot-de-passe", set).await;
    assert_eq!(changed.location(), "/");
    assert_eq!(tried.get(&elsewhere, "/").await.location(), "/entrer");
    let cookie = changed.headers.get("set-cookie").expect("a session").to_str().expect("ascii");
    let cookie = cookie.split(';').next().expect("a pair").to_owned();
    let wrong = format!("old=faux&{set}");
    assert!(
        tried.post(&cookie, "/mot-de-passe", &wrong).await.text.contains("ancien mot de passe")
    );
}
