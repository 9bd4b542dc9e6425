//! The language of the questions: another one than that of the pages, where the study has it.

use catalyse_store::Role;

use crate::site::Tried;

#[tokio::test]
async fn questions_are_shown_in_dutch_where_the_study_has_it_and_the_page_stays_french() {
    let tried = Tried::new("tongues").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let home = tried.get(&anne, "/").await.text;
    assert!(home.contains("value=\"nl\"") && home.contains("value=\"de\""), "{home}");
    let chosen = tried.post(&anne, "/langue", "questions=nl&back=%2Fpapier").await;
    assert_eq!(chosen.location(), "/papier");
    let set = chosen.headers.get("set-cookie").expect("a cookie").to_str().expect("ascii");
    let anne = format!("{anne}; {}", set.split(';').next().expect("a pair"));
    let draft = tried.begin(&anne, "wave=w2&person=").await;
    let page = tried.get(&anne, &format!("/fiches/{draft}/situation.health")).await.text;
    assert!(page.contains("<span lang=\"nl\">Gezondheid in het algemeen</span>"), "{page}");
    assert!(page.contains("<span lang=\"nl\">zeer goed</span>") && page.contains("weet niet"));
    assert!(page.contains("Enregistrer et continuer"), "the page itself stays French");
    assert!(page.contains("<span>Handicap reconnu</span>"), "what has no Dutch is French");
    let saved = serde_json::json!({"key": "long_illness", "text": "oui", "seen": 0});
    assert_eq!(tried.save(&anne, &draft, saved).await["outcome"], "saved");
    let paper = tried.get(&anne, "/papier").await.text;
    assert!(paper.contains("Geslacht") && paper.contains("<kbd>1</kbd> ja"), "{paper}");
}

#[tokio::test]
async fn a_language_that_the_study_has_not_is_not_taken() {
    let tried = Tried::new("tongues-none").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let draft = tried.begin(&anne, "wave=w2&person=").await;
    let odd = format!("{anne}; questions=tlh");
    let page = tried.get(&odd, &format!("/fiches/{draft}/situation.health")).await.text;
    assert!(page.contains("<span>Santé en général</span>"), "{page}");
}
