//! Rights of persons: access, erasure, retention; and two persons who may be one.

use catalyse_store::{
    Author, Break, Field, Ground, Leaves, LikenessState, Past, SaveField, Selection, StoreError,
};
use jiff::civil::date;

use crate::place::{Place, on_each_engine};
use crate::sample::{
    at, author, delivery, identity, name, partner, record, situation, spell, text, wave,
};

/// Two persons with identities, one of them in two waves with a spell.
async fn two_persons(place: &Place) -> catalyse_store::Store {
    let store = place.create().await;
    let mut one = record("P1", situation("owner", 1));
    one.answers.extend(identity("Anna", "Exemple", 7_000, Some("93051822361")));
    let mut later = record("P1", situation("tenant", 2));
    later.wave = wave("w2");
    let mut two = record("P2", situation("owner", 3));
    two.answers.extend(identity("Paul", "Autre", 8_000, None));
    let records = vec![one, later, two, spell("P1", 1, 24_000)];
    store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
    store
}

#[test]
fn an_erased_person_leaves_a_count_and_a_line_and_nothing_that_opens() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        let person = store.person("P1", None).await.expect("a person");
        let all = store.records(&Selection::default()).await.expect("records");
        let id = all[0].id;
        let erased = store.erase(person.id, Leaves::Counts, &author(2)).await.expect("erased");
        assert_eq!(erased.n_records, 3);
        assert_eq!(store.records(&Selection::default()).await.expect("records").len(), 1);
        assert!(matches!(store.person("P1", None).await, Err(StoreError::Unknown { .. })));
        let history = store.history(id).await.expect("history");
        assert!(history.iter().all(|revision| revision.was == Past::Destroyed));
        let key = format!("SELECT secret FROM person_key WHERE person = {}", person.id.0);
        assert!(place.rows(key.leak()).await.is_empty());
        let texts =
            place.rows("SELECT pseudonym, number_token, name_token FROM person ORDER BY id").await;
        assert_eq!(texts[0], "∅|∅|∅");
        let counts = store.erased_counts().await.expect("counts");
        let counted: Vec<_> = counts.iter().map(|one| (one.wave.as_str(), one.n_persons)).collect();
        assert_eq!(counted, [("w1", 1), ("w2", 1)]);
        let proof = store.verify().await.expect("a proof");
        assert!(proof.is_whole(), "{:?}", proof.breaks);
        let twice = store.erase(person.id, Leaves::Counts, &author(3)).await;
        assert!(matches!(twice, Err(StoreError::Impossible(_))));
        // The same file again brings the person back as a new one: the program cannot know, and nothing of the old one opens.
        let again = vec![record("P1", situation("owner", 1))];
        let again = store.accept(&delivery("c", again), &author(4)).await.expect("accepted");
        assert_eq!(again.counts.new, 1);
    });
}

#[test]
fn an_erased_person_may_leave_nothing_at_all() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        let person = store.person("P1", None).await.expect("a person");
        store.erase(person.id, Leaves::Nothing, &author(2)).await.expect("erased");
        assert!(store.erased_counts().await.expect("counts").is_empty());
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn erasing_reaches_drafts_and_undo_finds_nothing_to_restore() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        let changed = vec![record("P1", situation("owner", 9))];
        let changed = store.accept(&delivery("b", changed), &author(2)).await.expect("accepted");
        let opened =
            store.open_draft(&partner("durbuy"), &wave("w3"), Some("P1"), &author(3)).await;
        let field = Field { form: None, number: 0, variable: name("last_name") };
        let save = SaveField {
            draft: opened.expect("a draft").draft,
            field,
            answer: Some(text("Exemple")),
            seen: 0,
            author: Author::new("marie", at(4)),
        };
        store.save_field(save).await.expect("saved");
        let person = store.person("P1", None).await.expect("a person");
        let erased = store.erase(person.id, Leaves::Counts, &author(5)).await.expect("erased");
        assert_eq!(erased.n_drafts, 1);
        assert!(place.rows("SELECT * FROM draft_field").await.is_empty());
        let batch = changed.batch.expect("a batch");
        let none = std::collections::BTreeSet::new();
        let done = store.undo(batch, &none, &author(6)).await.expect("undone");
        assert_eq!((done.restored.len(), done.destroyed.len()), (0, 1));
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn a_person_gets_all_that_is_known() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        let person = store.person("P1", None).await.expect("a person");
        let export = store.export_person(person.id, &author(2)).await.expect("an export");
        let json = export.json();
        assert_eq!(json["identity"]["last_name"], "Exemple");
        assert_eq!(json["records"].as_array().map(Vec::len), Some(3));
        assert_eq!(json["records"][0]["history"][0]["answers"]["tenure"], "owner");
        assert!(!export.to_text().contains("Autre"));
        assert_eq!(format!("{export:?}"), "PersonExport(…)");
    });
}

#[test]
fn a_purge_follows_each_variables_retention_and_old_revisions_lose_it_too() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        // P1's last wave ends 2024-11-30, P2's 2024-05-31; identities are kept 12 months, situations 60.
        let id = store.records(&Selection::default()).await.expect("records")[0].id;
        let early = store.purge(date(2025, 5, 31), Leaves::Counts, &author(2)).await;
        assert_eq!(early.expect("purged").n_answers, 0);
        let about = store.about().await.expect("about");
        let planned = store.plan_purge(date(2025, 6, 1), Leaves::Counts, &author(3)).await;
        assert_eq!(store.about().await.expect("about"), about);
        let purged =
            store.purge(date(2025, 6, 1), Leaves::Counts, &author(3)).await.expect("purged");
        assert_eq!(planned.expect("planned"), purged);
        // The date of birth says more than a name and may be kept longer; what the study says counts.
        assert_eq!((purged.n_trimmed, purged.n_erased), (1, 0));
        let person =
            |code: &'static str| async { store.person(code, None).await.expect("a person").id };
        let two = store.identity(person("P2").await, &author(4)).await.expect("an identity");
        assert!(!two.contains_key(&name("last_name")));
        let one = store.identity(person("P1").await, &author(5)).await.expect("an identity");
        assert!(one.contains_key(&name("last_name")));
        let all = store.records(&Selection::default()).await.expect("records");
        assert_eq!(all.len(), 4);
        assert!(store.verify().await.expect("a proof").is_whole());
        let purged =
            store.purge(date(2040, 1, 1), Leaves::Counts, &author(6)).await.expect("purged");
        assert_eq!(purged.n_erased, 2);
        assert!(store.records(&Selection::default()).await.expect("records").is_empty());
        let history = store.history(id).await.expect("history");
        assert!(history.iter().all(|revision| revision.was == Past::Destroyed));
        let proof = store.verify().await.expect("a proof");
        assert_eq!(proof.breaks, Vec::<Break>::new());
    });
}

#[test]
fn the_same_person_at_two_partners_is_proposed_and_never_merged() {
    on_each_engine(async |place| {
        let store = place.create().await;
        let at_partner = |person: &str, place: &str, known| {
            let mut one = record(person, situation("owner", 1));
            one.partner = partner(place);
            one.answers.extend(known);
            one
        };
        let records = vec![
            at_partner("P1", "durbuy", identity("Anna", "Exemple", 7_000, Some("93051822361"))),
            at_partner("H1", "hotton", identity("Annah", "Exemplle", 7_000, Some("93051822361"))),
            at_partner("E1", "erezee", identity("Anna", "Exemples", 7_000, None)),
            at_partner("P2", "durbuy", identity("Paul", "Autre", 9_000, None)),
            at_partner("H2", "hotton", identity("AUTRE", "Paul", 9_000, None)),
            at_partner("P3", "durbuy", identity("Zoé", "Seule", 7_000, None)),
            at_partner("P9", "durbuy", identity("Luc", "Un", 1_000, None)),
            at_partner("P9", "hotton", identity("Eva", "Deux", 5_000, None)),
        ];
        store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
        let n_new = store.find_likenesses(&author(2)).await.expect("found");
        let open = store.likenesses(LikenessState::Open).await.expect("proposals");
        assert_eq!(n_new, open.len() as u64);
        let pairs: Vec<_> = open
            .iter()
            .map(|one| (one.one_partner.as_str(), one.other_partner.as_str(), one.ground))
            .collect();
        assert!(pairs.contains(&("durbuy", "hotton", Ground::Number)));
        assert!(pairs.contains(&("durbuy", "erezee", Ground::Similar)));
        assert!(pairs.contains(&("durbuy", "hotton", Ground::Name)));
        assert!(pairs.contains(&("durbuy", "hotton", Ground::Code)));
        assert!(!open.iter().any(|one| one.percent < 90));
        let before = store.records(&Selection::default()).await.expect("records");
        store.decide_likeness(open[0].id, LikenessState::Same, &author(3)).await.expect("decided");
        assert_eq!(store.records(&Selection::default()).await.expect("records"), before);
        // What was decided is not proposed again.
        assert_eq!(store.find_likenesses(&author(4)).await.expect("found"), 0);
        assert_eq!(
            store.likenesses(LikenessState::Open).await.expect("open").len(),
            open.len() - 1
        );
    });
}

#[test]
fn what_no_longer_stands_is_handed_out_and_purged() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        store
            .undo(catalyse_store::BatchId(1), &std::collections::BTreeSet::new(), &author(2))
            .await
            .expect("undone");
        assert!(store.records(&Selection::default()).await.expect("records").is_empty());
        let person = store.person("P1", None).await.expect("a person").id;
        let export = store.export_person(person, &author(3)).await.expect("an export");
        let json = export.json();
        assert_eq!(json["records"].as_array().map(Vec::len), Some(3));
        assert!(json["records"][0]["answers"].is_null());
        assert_eq!(json["records"][0]["history"][0]["answers"]["tenure"], "owner");
        assert_eq!(json["identity_history"][0]["last_name"], "Exemple");
        let purged = store.purge(date(2040, 1, 1), Leaves::Counts, &author(4)).await;
        let purged = purged.expect("purged");
        assert_eq!(purged.n_erased, 2);
        assert!(purged.n_answers > 0);
        assert!(place.rows("SELECT * FROM person_key").await.is_empty());
        let left = "SELECT record FROM revision WHERE content IS NOT NULL";
        assert!(place.rows(left).await.is_empty());
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn an_answer_that_stands_in_old_revisions_alone_is_purged_too() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        let person = store.person("P2", None).await.expect("a person").id;
        let none = catalyse_codebook::Answers::new();
        store.rectify(person, none, &author(2)).await.expect("rectified");
        let purged = store.purge(date(2025, 6, 1), Leaves::Counts, &author(3)).await;
        assert_eq!(purged.expect("purged").n_trimmed, 1);
        let left = "SELECT revision FROM identity WHERE person = 2 AND content IS NOT NULL";
        assert!(place.rows(left).await.is_empty());
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn a_draft_that_is_open_keeps_its_person_and_one_that_was_abandoned_goes() {
    on_each_engine(async |place| {
        let store = two_persons(place).await;
        let type_name = async |code, of_wave: &str, second| {
            let opened =
                store.open_draft(&partner("durbuy"), &wave(of_wave), code, &author(second)).await;
            let draft = opened.expect("a draft").draft;
            let field = Field { form: None, number: 0, variable: name("last_name") };
            let author = Author::new("marie", at(second));
            let save = SaveField { draft, field, answer: Some(text("Exemple")), seen: 0, author };
            store.save_field(save).await.expect("saved");
            draft
        };
        // P2's last wave ended in May 2024; the next one is typed in October 2025, where the author's clock stands.
        let open = type_name(Some("P2"), "w3", 3).await;
        let nobody = type_name(None, "w1", 4).await;
        let purged = store.purge(date(2026, 1, 1), Leaves::Counts, &author(5)).await;
        let purged = purged.expect("purged");
        assert_eq!((purged.n_trimmed, purged.n_erased, purged.n_drafts), (1, 0, 0));
        assert!(store.draft(open).await.is_ok() && store.draft(nobody).await.is_ok());
        let plan = store.plan_purge(date(2027, 1, 1), Leaves::Counts, &author(6)).await;
        let purged = store.purge(date(2027, 1, 1), Leaves::Counts, &author(6)).await;
        let purged = purged.expect("purged");
        assert_eq!((purged.n_trimmed, purged.n_drafts), (1, 2));
        assert_eq!(plan.expect("a plan").n_drafts, 2);
        assert!(place.rows("SELECT * FROM draft").await.is_empty());
        let lines = place.rows("SELECT subject FROM journal WHERE action = 'purge'").await;
        assert!(lines[1].contains("\"drafts\":2"), "{lines:?}");
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}
