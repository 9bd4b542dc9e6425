//! Episodes of the wave before: proposed with their timeline, confirmed answer by answer, changed or removed with the same effort.

use catalyse_codebook::{Answer, FormName};
use catalyse_store::{NewRecord, Role, Selection};
use serde_json::json;

use crate::across::{accept, bring, name, record};
use crate::site::Tried;

/// An episode of the wave w1 that ran from January to March 2023, or to `end`.
fn spell(number: i64, start: i64, end: Option<i64>) -> NewRecord {
    let mut answers =
        vec![("spell_number", Answer::Integer(number)), ("spell_start", Answer::Integer(start))];
    answers.extend(end.map(|end| ("spell_end", Answer::Integer(end))));
    let form = FormName::new("work-spells").expect("a form");
    NewRecord { form: Some(form), number, ..record("DUR-1", ("durbuy", "w1"), &answers) }
}

const JANUARY: i64 = 2023 * 12;

async fn spells_of(tried: &Tried, wave: &str) -> Vec<(i64, Option<Answer>)> {
    let records = tried.store.records(&Selection::default()).await.expect("records").into_iter();
    let own = records.filter(|one| one.key.form.is_some() && one.key.wave.as_str() == wave);
    own.map(|one| (one.key.number, one.answers.get(&name("spell_start")).cloned())).collect()
}

#[tokio::test]
async fn a_spell_of_the_wave_before_is_proposed_with_its_timeline_and_confirmed_by_answers() {
    let tried = Tried::new("carried").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let first = spell(1, JANUARY, Some(JANUARY + 2));
    let all = vec![record("DUR-1", ("durbuy", "w1"), &[]), first, spell(2, JANUARY + 5, None)];
    bring(&tried, all).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    let path = format!("/fiches/{draft}/work-spells.spell");
    let page = tried.get(&anne, &path).await.text;
    assert!(!page.contains("Aucun épisode"), "{page}");
    assert!(page.contains("1 – 01/2023 à 03/2023 (vague précédente)"), "{page}");
    assert!(page.contains("sans emploi 04/2023 à 05/2023"), "{page}");
    assert!(page.contains("data-before=\"01/2023\""), "one key takes an answer: {page}");
    // The same, and another: each is one answer, and the number comes by itself.
    let same = json!({"key": "work-spells.1.spell_start", "text": "01/2023", "seen": 0});
    assert_eq!(tried.save(&anne, &draft, same).await["outcome"], "saved");
    let other = json!({"key": "work-spells.2.spell_start", "text": "07/2023", "seen": 0});
    assert_eq!(tried.save(&anne, &draft, other).await["outcome"], "saved");
    let page = tried.get(&anne, &path).await.text;
    assert!(page.contains("2 – 07/2023 à en cours"), "{page}");
    assert!(page.contains("data-before=\"03/2023\""), "the end is still to be confirmed: {page}");
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    let starts = [(1, Some(Answer::Integer(JANUARY))), (2, Some(Answer::Integer(JANUARY + 6)))];
    assert!(spells_of(&tried, "w2").await == starts);
    assert_eq!(spells_of(&tried, "w1").await.len(), 2, "the wave before stays as it was");
}

#[tokio::test]
async fn a_proposed_spell_that_nobody_confirms_is_not_on_the_record_and_a_removed_one_stays_away() {
    let tried = Tried::new("declined").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let all = vec![record("DUR-1", ("durbuy", "w1"), &[]), spell(1, JANUARY, None)];
    bring(&tried, all).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    let path = format!("/fiches/{draft}/work-spells.spell");
    let added =
        tried.post(&anne, &format!("/fiches/{draft}/episodes/work-spells/ajouter"), "").await;
    assert!(added.location().contains("work-spells.2."), "a new one has a new number");
    let remove = |number: u32| format!("/fiches/{draft}/episodes/work-spells.{number}/retirer");
    tried.post(&anne, &remove(2), "").await;
    tried.post(&anne, &remove(1), "").await;
    let page = tried.get(&anne, &path).await.text;
    assert!(page.contains("Aucun épisode") && !page.contains("work-spells.1."), "{page}");
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    assert!(spells_of(&tried, "w2").await.is_empty());
    let next = tried.begin(&anne, "wave=w3&person=DUR-1").await;
    let page = tried.get(&anne, &format!("/fiches/{next}/work-spells.spell")).await.text;
    assert!(page.contains("Aucun épisode"), "the last wave has none: {page}");
}

#[tokio::test]
async fn a_proposed_spell_is_decided_about_before_the_sheet_is_accepted() {
    let tried = Tried::new("waiting").await;
    let anne = tried.account("anne", Role::Encoder, "durbuy").await;
    let all = vec![
        record("DUR-1", ("durbuy", "w1"), &[]),
        spell(1, JANUARY, Some(JANUARY + 2)),
        spell(2, JANUARY + 5, None),
    ];
    bring(&tried, all).await;
    let draft = tried.begin(&anne, "wave=w2&person=DUR-1").await;
    let end = format!("/fiches/{draft}/fin");
    let page = tried.get(&anne, &end).await.text;
    assert!(page.contains("confirmez, changez ou retirez chacun"), "{page}");
    assert!(page.contains(&format!("/fiches/{draft}/work-spells.spell#work-spells.2")), "{page}");
    assert!(!page.contains("Accepter la fiche"), "{page}");
    let reasons = tried.reasons(&anne, &draft).await;
    let refused = tried.post(&anne, &end, &reasons).await;
    assert!(refused.text.contains("Un épisode de la vague précédente attend"), "{}", refused.text);
    assert!(spells_of(&tried, "w2").await.is_empty());
    // One is confirmed in part: what is left of it is told. The other is taken away.
    let same = json!({"key": "work-spells.1.spell_start", "text": "01/2023", "seen": 0});
    tried.save(&anne, &draft, same).await;
    tried.post(&anne, &format!("/fiches/{draft}/episodes/work-spells.2/retirer"), "").await;
    let page = tried.get(&anne, &end).await.text;
    assert!(page.contains("Ni confirmé ni changé") && page.contains("03/2023"), "{page}");
    assert!(!page.contains("retirez chacun"), "{page}");
    assert_eq!(accept(&tried, &anne, &draft).await, "/");
    assert_eq!(spells_of(&tried, "w2").await.len(), 1);
}
