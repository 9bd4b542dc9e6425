//! What helps whoever types: a commune by a part of its name, dates as they were understood, the pile that goes on, a name in the box of codes,
//! findings of one kind.

use catalyse_codebook::{Answer, PartnerId, Severity, WaveId};
use catalyse_store::{Author, DraftId, Field, FindingFilter, FindingState, NewSlip, Reason, Role};
use jiff::Timestamp;
use serde_json::json;

use crate::across::{accept, bring, name, record};
use crate::site::Tried;

async fn stands(tried: &Tried, draft: &str, variable: &str) -> Option<Answer> {
    let draft = tried.store.draft(DraftId(draft.parse().expect("a number"))).await;
    let field = Field { form: None, number: 0, variable: name(variable) };
    draft.expect("a draft").fields.get(&field).and_then(|known| known.answer.clone())
}

#[tokio::test]
async fn a_commune_is_found_by_a_part_of_its_name_without_a_script() {
    let tried = Tried::new("commune").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let path = format!("/fiches/{draft}/person.profile");
    let section = tried.get(&anne, &path).await.text;
    assert!(section.contains("area_of_residence:seen"), "{section}");
    // Several fit: what was typed stands in its box, and each is offered.
    let form = "area_of_residence:seen=0&area_of_residence=SAINT+j";
    let page = tried.post(&anne, &path, form).await.text;
    assert!(page.contains("value=\"SAINT j\""), "{page}");
    assert!(page.contains("name=\"area_of_residence:pick\" value=\"21014\""), "{page}");
    assert!(page.contains("plusieurs réponses de la liste conviennent"), "{page}");
    assert!(stands(&tried, &draft, "area_of_residence").await.is_none());
    let picked = format!("{form}&area_of_residence:pick=21014");
    assert!(tried.post(&anne, &path, &picked).await.location().contains("/fiches/"));
    let code = |code: &str| Some(Answer::Code(code.to_owned()));
    assert!(stands(&tried, &draft, "area_of_residence").await == code("21014"));
    // One fits: it is that one, with the script too.
    let typed = json!({"key": "area_of_residence", "text": "durb", "seen": 2});
    let reply = tried.save(&anne, &draft, typed).await;
    assert_eq!(reply["outcome"], "saved", "{reply}");
    assert!(stands(&tried, &draft, "area_of_residence").await == code("83012"));
}

#[tokio::test]
async fn dates_and_months_are_shown_as_they_were_understood() {
    let tried = Tried::new("understood").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let day = json!({"key": "interview_date", "text": "010924", "seen": 0});
    assert_eq!(tried.save(&anne, &draft, day).await["understood"], "1er septembre 2024");
    let birth = json!({"key": "birth_date", "text": "03/1988", "seen": 0});
    let reply = tried.save(&anne, &draft, birth).await;
    assert_eq!(reply["understood"], "mars 1988");
    let year = json!({"key": "birth_date", "text": "1988", "seen": reply["version"]});
    assert_eq!(tried.save(&anne, &draft, year).await["understood"], "1988");
    let add = format!("/fiches/{draft}/episodes/work-spells/ajouter");
    tried.post(&anne, &add, "").await;
    let month = json!({"key": "work-spells.1.spell_start", "text": "03/99", "seen": 0});
    assert_eq!(tried.save(&anne, &draft, month).await["understood"], "mars 1999");
    let number = json!({"key": "adults", "text": "2", "seen": 0});
    assert_eq!(tried.save(&anne, &draft, number).await["understood"], "");
    let page = tried.get(&anne, &format!("/fiches/{draft}/work-spells.spell")).await.text;
    assert!(page.contains("<p class=\"status\" role=\"status\">mars 1999</p>"), "{page}");
}

#[tokio::test]
async fn the_next_form_of_a_pile_begins_where_the_last_one_ended() {
    let tried = Tried::new("pile").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let new = NewSlip {
        partner: PartnerId::new("durbuy").expect("a partner"),
        wave: WaveId::new("w2").expect("a wave"),
        title: "septembre".into(),
        n_forms: 2,
        totals: Vec::new(),
    };
    let slip = tried.store.add_slip(&new, &Author::new("anne", Timestamp::now())).await;
    let slip = slip.expect("a slip").0;
    let picked = [
        "<option value=\"w2\" selected>".to_owned(),
        format!("<option value=\"{slip}\" selected>"),
    ];
    let before = tried.get(&anne, "/").await.text;
    assert!(picked.iter().all(|one| !before.contains(one)), "{before}");
    let draft = tried.begin(&anne, &format!("wave=w1&person=DUR-1&slip={slip}")).await;
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    let after = tried.get(&anne, "/").await.text;
    assert!(picked.iter().all(|one| after.contains(one)), "{after}");
    let bert = tried.account("bert", Role::Encoder, "durbuy").await;
    let other = tried.get(&bert, "/").await.text;
    assert!(picked.iter().all(|one| !other.contains(one)), "a colleague has another pile");
}

#[tokio::test]
async fn a_name_in_the_box_of_codes_is_searched_as_a_name() {
    let tried = Tried::new("a-name").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let answers = [("last_name", Answer::Text("Exemplaire".into()))];
    bring(&tried, vec![record("DUR-1", ("durbuy", "w1"), &answers)]).await;
    let page = tried.post(&anne, "/fiches", "wave=w2&person=exemplaire").await;
    assert_eq!(page.location(), "");
    assert!(page.text.contains("c’est cherché comme un nom"), "{}", page.text);
    assert!(page.text.contains("DUR-1"), "her record is found: {}", page.text);
    let drafts = tried.store.drafts(None).await.expect("drafts");
    assert!(drafts.is_empty(), "nobody new was begun");
    let begun = tried.begin(&anne, "wave=w2&person=exemplaire&other=1").await;
    assert!(begun.parse::<i64>().is_ok(), "whoever means a code begins it: {begun}");
}

#[tokio::test]
async fn findings_are_listed_by_wave_severity_and_check_and_lead_to_the_record_then() {
    let tried = Tried::new("filter").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    let typed = [("tenure", "3"), ("housing_cost", "2000")];
    tried.save(&anne, &draft, json!({"key": "housing_situation", "text": "0", "seen": 0})).await;
    for (key, text) in typed {
        tried.save(&anne, &draft, json!({"key": key, "text": text, "seen": 0})).await;
    }
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    let all = tried.store.findings(&FindingFilter::default()).await.expect("findings");
    let one = all.iter().find(|one| one.severity == Severity::Soft).expect("a soft finding");
    let line = format!("href=\"/constats/{}\"", one.id.0);
    let list = async |query: String| tried.get(&anne, &format!("/constats{query}")).await.text;
    assert!(list(String::new()).await.contains(&line));
    assert!(list(format!("?vague=w1&gravite=soft&controle={}", one.check)).await.contains(&line));
    for other in ["?vague=w2", "?gravite=hard", "?controle=no-such-check"] {
        assert!(!list(other.to_owned()).await.contains(&line), "{other}");
    }
    let record = one.record.expect("a record").0;
    let page = tried.get(&anne, &format!("/constats/{}", one.id.0)).await.text;
    assert!(page.contains(&format!("href=\"/acceptees/{record}\"")), "{page}");
    assert!(!page.contains("?etat="), "it stands as it was found: {page}");
    // Opened again and kept open while the record changes, it leads to the record as it was.
    let author = Author::new("anne", Timestamp::now());
    let open = (FindingState::Open, Reason::default());
    tried.store.step_finding(one.id, open.0, &open.1, &author).await.expect("open again");
    let again = tried.begin(&anne, "wave=w1&person=DUR-1").await;
    tried.save(&anne, &again, json!({"key": "adults", "text": "2", "seen": 0})).await;
    assert_eq!(accept(&tried, &anne, &again).await, "/");
    let page = tried.get(&anne, &format!("/constats/{}", one.id.0)).await.text;
    let then = page.split(&format!("href=\"/acceptees/{record}?etat=")).nth(1);
    let then = then.and_then(|rest| rest.split('"').next()).expect("a link to then");
    let past = tried.get(&anne, &format!("/acceptees/{record}?etat={then}")).await;
    assert!(past.text.contains("Telle qu’elle était"), "{}", past.text);
}
