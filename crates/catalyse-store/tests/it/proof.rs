//! The proof: whatever is tampered with behind the store is found.

use catalyse_codebook::Severity;
use catalyse_store::{FindingState, Reason, Store};
use sqlx::Executor;

use crate::place::{Place, on_each_engine};
use crate::sample::{author, delivery, finding, identity, record, situation, spell};

/// A store with something of everything.
async fn filled(place: &Place) -> Store {
    let store = place.create().await;
    let mut one = record("P1", situation("owner", 1));
    one.answers.extend(identity("Anna", "Exemple", 7_000, None));
    one.findings = vec![finding("soft-one", Severity::Soft)];
    let mut aside = record("P9", situation("owner", 1));
    aside.person = None;
    let records = vec![one, record("P2", situation("tenant", 2)), spell("P1", 1, 24_000), aside];
    store.accept(&delivery("a", records), &author(1)).await.expect("accepted");
    let second = vec![record("P1", situation("owner", 3))];
    let second = store.accept(&delivery("b", second), &author(2)).await.expect("accepted");
    let id = store.records(&catalyse_store::Selection::default()).await.expect("records")[1].id;
    store.edit(id, 1, (situation("tenant", 4), &[]), &author(3)).await.expect("edited");
    let reason = Reason { code: "seen".into(), comment: "relu".into() };
    let open = store.findings(&catalyse_store::FindingFilter::default()).await.expect("findings");
    store
        .step_finding(open[0].id, FindingState::Closed, &reason, &author(4))
        .await
        .expect("a step");
    let none = std::collections::BTreeSet::new();
    store.undo(second.batch.expect("a batch"), &none, &author(5)).await.expect("undone");
    assert!(store.verify().await.expect("a proof").is_whole());
    store
}

/// Does something behind the store's back and says whether the proof finds it; then puts everything back.
async fn is_found(place: &Place, store: &Store, sql: &str) -> bool {
    let pool = place.raw().await;
    let keep = |table: &str| format!("CREATE TABLE kept AS SELECT * FROM {table}");
    let table = sql.split_whitespace().find(|word| TABLES.contains(word)).expect("a table");
    let run =
        async |sql: String| pool.execute(sqlx::AssertSqlSafe(sql)).await.expect("a statement");
    run(keep(table)).await;
    let done = run(sql.to_owned()).await;
    assert!(done.rows_affected() > 0, "{sql}");
    let proof = store.verify().await.expect("a proof");
    run(format!("DELETE FROM {table}")).await;
    run(format!("INSERT INTO {table} SELECT * FROM kept")).await;
    run("DROP TABLE kept".to_owned()).await;
    assert!(store.verify().await.expect("a proof").is_whole(), "not put back: {sql}");
    pool.close().await;
    !proof.is_whole()
}

const TABLES: [&str; 9] = [
    "journal",
    "head",
    "record",
    "revision",
    "identity",
    "finding",
    "finding_step",
    "batch",
    "set_aside",
];

#[test]
fn tampering_with_any_column_of_any_line_or_record_is_found() {
    const TEXTS: [(&str, &[&str]); 8] = [
        ("journal", &["who", "action", "subject", "why", "digest", "previous", "hash", "at"]),
        ("revision", &["content", "seal"]),
        ("record", &["content", "form", "wave", "partner", "fingerprint"]),
        ("identity", &["content", "seal"]),
        (
            "finding",
            &[
                "check_id", "variable", "severity", "message", "place", "state", "reason", "wave",
                "partner",
            ],
        ),
        ("finding_step", &["state", "reason", "comment"]),
        ("batch", &["partners", "waves", "files", "study_version"]),
        ("set_aside", &["place", "checks"]),
    ];
    const NUMBERS: [(&str, &[&str]); 7] = [
        ("journal", &["line", "batch"]),
        ("revision", &["line", "batch"]),
        ("record", &["person", "number", "revision"]),
        ("identity", &["line", "person"]),
        ("finding_step", &["line"]),
        (
            "batch",
            &["line", "undone", "rows_read", "rows_aside", "rows_new", "rows_changed", "rows_same"],
        ),
        ("head", &["line"]),
    ];
    on_each_engine(async |place| {
        let store = filled(place).await;
        for (table, columns) in TEXTS {
            for column in columns {
                let sql = format!(
                    "UPDATE {table} SET {column} = {column} || 'x' WHERE {column} IS NOT NULL"
                );
                assert!(is_found(place, &store, &sql).await, "{sql}");
            }
        }
        for (table, columns) in NUMBERS {
            for column in columns {
                let sql = format!(
                    "UPDATE {table} SET {column} = {column} + 1000 WHERE {column} IS NOT NULL"
                );
                assert!(is_found(place, &store, &sql).await, "{sql}");
            }
        }
    });
}

#[test]
fn a_line_or_row_taken_out_is_found() {
    on_each_engine(async |place| {
        let store = filled(place).await;
        let n_lines = i64::try_from(store.about().await.expect("about").n_lines).expect("few");
        for line in 1..=n_lines {
            let sql = format!("DELETE FROM journal WHERE line = {line}");
            assert!(is_found(place, &store, &sql).await, "{sql}");
            let sql = format!("UPDATE journal SET why = 'autre' WHERE line = {line}");
            assert!(is_found(place, &store, &sql).await, "{sql}");
        }
        for table in ["revision", "record", "identity", "finding_step", "batch", "set_aside"] {
            let sql = format!("DELETE FROM {table}");
            assert!(is_found(place, &store, &sql).await, "{sql}");
        }
        for sql in [
            "UPDATE revision SET content = NULL WHERE record = 1",
            "UPDATE revision SET content = NULL, emptied = 2 WHERE record = 1",
            "UPDATE record SET content = NULL WHERE id = 2",
            "UPDATE batch SET undone = NULL",
        ] {
            assert!(is_found(place, &store, sql).await, "{sql}");
        }
    });
}

#[test]
fn an_older_state_put_back_is_found() {
    on_each_engine(async |place| {
        let store = filled(place).await;
        let sql = "UPDATE record SET revision = 1, content = (SELECT content FROM revision v WHERE v.record = record.id AND v.revision = 1), fingerprint = (SELECT fingerprint FROM revision v WHERE v.record = record.id AND v.revision = 1) WHERE id = 2";
        assert!(is_found(place, &store, sql).await);
    });
}
