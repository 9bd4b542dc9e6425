//! Quality: what is asked anew blind is hidden, and the coordinator sees shares with their interval, never of small bases.

use catalyse_codebook::{
    Answer, Answers, CheckId, PartnerId, Severity, Storage, Variable, VariableName, WaveId,
};
use catalyse_locale::{Args, Wording};
use catalyse_store::{
    Author, Delivery, FinishedDraft, NewFinding, NewRecord, NewSlip, Reason, RecordId, Role,
    SecondRow, SlipId,
};
use jiff::Timestamp;

use crate::site::{Tried, integra_with};

/// Numbers that are typed, of which records here are made.
const NUMBERS: [&str; 3] = ["adults", "children", "household_size"];

fn name(text: &str) -> VariableName {
    VariableName::new(text).expect("a name")
}

fn durbuy() -> PartnerId {
    PartnerId::new("durbuy").expect("a partner")
}

/// Types a record as an encoder does, in the store: a draft that is accepted.
async fn typed(
    tried: &Tried,
    who: &str,
    (wave, person): (&str, &str),
    (answers, slip): (Answers, Option<SlipId>),
) -> Vec<RecordId> {
    let author = Author::new(who, Timestamp::now());
    let wave = WaveId::new(wave).expect("a wave");
    let draft = tried.store.open_draft(&durbuy(), &wave, Some(person), &author).await;
    let draft = draft.expect("open").draft;
    if let Some(slip) = slip {
        tried.store.key_from_slip(draft, slip).await.expect("noted");
    }
    let record = NewRecord {
        form: None,
        wave,
        partner: durbuy(),
        person: Some(person.into()),
        number: 0,
        answers,
        place: String::new(),
        findings: Vec::new(),
    };
    // A new code is the first answer of its draft.
    let seen = tried.store.draft(draft).await.expect("a draft").state.version;
    let finished = FinishedDraft { draft, seen, seen_line: None, records: vec![record] };
    tried.store.accept_draft(&finished, &author).await.expect("accepted")
}

/// An answer for every typed variable of the situation, another one for another number.
fn many(tried: &Tried, number: i64) -> Answers {
    let codebook = tried.codebook();
    let asked = codebook.forms.iter().filter(|form| form.name.as_str() == "situation");
    let asked = asked.flat_map(catalyse_codebook::Form::variables);
    let asked = asked.filter(|variable| !variable.is_derived());
    let answer = |variable: &Variable| match variable.value_type.storage() {
        Storage::Boolean => Some(Answer::Boolean(number == 1)),
        Storage::Integer => Some(Answer::Integer(number)),
        Storage::Code => Some(Answer::Code(number.to_string())),
        Storage::Decimal | Storage::Date | Storage::Text | Storage::Codes => None,
    };
    asked.filter_map(|variable| Some((variable.name.clone(), answer(variable)?))).collect()
}

#[tokio::test]
async fn a_question_that_is_asked_anew_blind_shows_no_earlier_answer() {
    for (percent, is_shown) in [("percent = 0", true), ("percent = 100", false)] {
        let codebook = integra_with("percent = 5", percent);
        let tried = Tried::of(&format!("blind-{is_shown}"), codebook).await;
        let anne = tried.account("anne", Role::Encoder, "durbuy").await;
        let answers = NUMBERS.map(|one| (name(one), Answer::Integer(97531))).into();
        typed(&tried, "anne", ("w1", "DUR-0001"), (answers, None)).await;
        let draft = tried.begin(&anne, "wave=w2&person=DUR-0001").await;
        let page = tried.get(&anne, &format!("/fiches/{draft}/situation.household")).await.text;
        assert_eq!(page.contains("Vague précédente"), is_shown, "{percent}");
        assert_eq!(page.contains("data-before"), is_shown, "{percent}");
        assert_eq!(page.contains("97531"), is_shown, "nothing else tells the answer: {percent}");
    }
}

#[tokio::test]
async fn the_coordinator_sees_how_much_is_left_unchanged_in_view_and_blind() {
    let tried = Tried::of("unchanged", integra_with("percent = 5", "percent = 30")).await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    let nora = tried.account("nora", Role::NetworkCoordinator, "").await;
    for person in 1..=12 {
        let code = format!("DUR-{person:04}");
        let records = typed(&tried, "anne", ("w1", &code), (many(&tried, 1), None)).await;
        let person = tried.store.record(records[0]).await.expect("a record").person.0;
        // What is asked blind has changed, what was in view is copied.
        let reask = tried.codebook().study.reask.clone().expect("a share");
        let wave = WaveId::new("w2").expect("a wave");
        let (before, other) = (many(&tried, 1), many(&tried, 2));
        let now = before.into_iter().zip(other).map(|((name, answer), (_, other))| {
            let is_blind = reask.is_blind(person, &wave, &name);
            (name, if is_blind { other } else { answer })
        });
        typed(&tried, "anne", ("w2", &code), (now.collect(), None)).await;
    }
    for person in 13..=15 {
        let code = format!("DUR-{person:04}");
        typed(&tried, "bert", ("w1", &code), (many(&tried, 1), None)).await;
        typed(&tried, "bert", ("w2", &code), (many(&tried, 1), None)).await;
    }
    let page = tried.get(&carl, "/qualite").await.text;
    assert!(page.contains(">anne</td>"), "{page}");
    assert!(page.contains("100 % (") && page.contains("<strong>0 % (0–"), "{page}");
    assert!(!page.contains("bert"), "three persons say more of themselves than of an encoder");
    let all = tried.get(&nora, "/qualite").await.text;
    assert!(all.contains("tous les encodeurs") && !all.contains("anne"), "{all}");
}

/// Accepts this many findings of a check in a centre.
async fn overridden(tried: &Tried, (partner, check): (&str, &str), n: usize) {
    let accepted = Reason { code: "rare_but_true".into(), comment: String::new() };
    let record = |number: usize| {
        let found = NewFinding {
            check: CheckId::new(check).expect("a name"),
            variable: String::new(),
            severity: Severity::Soft,
            message: Wording::new("à vérifier", "to be confirmed").with(Args::new()),
            place: String::new(),
            accepted: Some(accepted.clone()),
        };
        NewRecord {
            form: None,
            wave: WaveId::new("w1").expect("a wave"),
            partner: PartnerId::new(partner).expect("a partner"),
            person: Some(format!("{check}-{number}")),
            number: 0,
            answers: Answers::new(),
            place: format!("{partner}-{check}-{number}"),
            findings: vec![found],
        }
    };
    let records = (0..n).map(record).collect();
    let delivery = Delivery { rows_read: n as u64, records, ..Delivery::default() };
    let author = Author::new("test", Timestamp::now());
    tried.store.accept(&delivery, &author).await.expect("accepted");
}

#[tokio::test]
async fn overrides_are_the_own_centres_and_those_of_the_network_are_protected() {
    let tried = Tried::new("overrides").await;
    for (of, n) in [
        (("durbuy", "rent-in-usual-range"), 3),
        (("hotton", "rent-in-usual-range"), 4),
        (("hotton", "household-adds-up"), 2),
        (("durbuy", "good-health-not-severely-limited"), 9),
    ] {
        overridden(&tried, of, n).await;
    }
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    let nora = tried.account("nora", Role::NetworkCoordinator, "").await;
    let figures = |page: &str| -> Vec<String> {
        let table = page.split("Contrôles passés outre").last().unwrap_or_default();
        let table = table.split("</table>").next().unwrap_or_default();
        let cells = table.split("class=\"figure\" data-label").skip(1);
        cells
            .filter_map(|cell| Some(cell.split('>').nth(1)?.split('<').next()?.to_owned()))
            .collect()
    };
    let own = tried.get(&carl, "/qualite").await.text;
    assert!(own.contains("loyer en dehors de 100 à"), "in words: {own}");
    assert!(!own.contains("rent-in-usual-range"), "{own}");
    assert!(!own.contains("ménage ne correspond"), "another centre's is not there: {own}");
    assert!(figures(&own).starts_with(&["9".into(), "9".into(), "3".into(), "3".into()]), "{own}");
    let all = tried.get(&nora, "/qualite").await.text;
    assert_eq!(figures(&all), ["5", "5"], "7 of two centres, none of 2, none about health: {all}");
}

#[tokio::test]
async fn the_rate_of_errors_is_the_coordinators_and_not_that_of_a_small_base() {
    let tried = Tried::new("errors").await;
    let carl = tried.account("carl", Role::PartnerCoordinator, "durbuy").await;
    let author = Author::new("carl", Timestamp::now());
    let new = NewSlip {
        partner: durbuy(),
        wave: WaveId::new("w1").expect("a wave"),
        title: "pile".into(),
        n_forms: 9,
        totals: Vec::new(),
    };
    let slip = tried.store.add_slip(&new, &author).await.expect("a slip");
    let mut decided = 0;
    for person in 1..=5 {
        let code = format!("DUR-{person:04}");
        let answers = many(&tried, 1);
        let records = typed(&tried, "anne", ("w1", &code), (answers, Some(slip))).await;
        tried.store.draw_second(slip, &records, &author).await.expect("drawn");
        decided += 1;
        let second = catalyse_store::SecondId(decided);
        let (partner, wave) = (durbuy(), new.wave.clone());
        let bert = Author::new("bert", Timestamp::now());
        let draft = tried.store.open_draft(&partner, &wave, None, &bert).await.expect("open").draft;
        tried.store.begin_second(second, draft, &bert).await.expect("begun");
        let row = SecondRow { form: None, number: 0, answers: many(&tried, 1) };
        tried.store.finish_second(second, &[row], &bert).await.expect("typed");
        if person == 4 {
            let page = tried.get(&carl, "/qualite").await.text;
            assert!(page.contains("Pas encore assez de doubles saisies"), "{page}");
        }
        let counts = catalyse_store::DecidedCounts {
            n_fields: 70,
            n_first_wrong: u64::from(person == 1),
            n_second_wrong: 0,
        };
        let decision = catalyse_store::Decision { counts, corrections: Vec::new() };
        tried.store.decide_second(second, &decision, &author).await.expect("decided");
    }
    let page = tried.get(&carl, "/qualite").await.text;
    assert!(page.contains(">anne</td>") && page.contains("2,9 ‰ (0,5–16,0)"), "{page}");
    assert!(page.contains("1/350"), "{page}");
}
