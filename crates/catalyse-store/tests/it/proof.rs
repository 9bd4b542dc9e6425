//! The proof: whatever is tampered with behind the store is found.

use catalyse_codebook::Severity;
use catalyse_store::{FindingState, Leaves, LikenessState, NewAccount, Reason, Role, Store};
use sqlx::Executor;

use crate::place::{Place, on_each_engine};
use crate::sample::{author, delivery, finding, identity, partner, record, situation, spell};

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

const TABLES: [&str; 14] = [
    "likeness_salt",
    "account",
    "account_step",
    "likeness",
    "likeness_step",
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

/// A store with two accounts, and two partners who have somebody of the same name.
async fn with_accounts(place: &Place) -> Store {
    let store = place.create().await;
    for (name, role, partner) in
        [("anne", Role::Encoder, Some(partner("durbuy"))), ("root", Role::Administrator, None)]
    {
        let password = Some("quatre mots bien longs".to_owned());
        let new = NewAccount { name: name.into(), role, partner, password };
        store.add_account(new, &author(1)).await.expect("an account");
    }
    let anne = store.account("anne").await.expect("anne").id;
    store.set_role(anne, (Role::Reader, None), &author(2)).await.expect("another role");
    store.set_password(anne, "cinq mots encore plus longs".into(), &author(3)).await.expect("set");
    let mut one = record("P1", situation("owner", 1));
    one.answers.extend(identity("Anna", "Exemple", 7_000, None));
    let mut other = record("P2", situation("tenant", 2));
    other.answers.extend(identity("Anna", "Exemple", 7_000, None));
    store.accept(&delivery("a", vec![one, other]), &author(4)).await.expect("accepted");
    assert_eq!(store.find_likenesses(&author(5)).await.expect("found"), 1);
    assert!(store.verify().await.expect("a proof").is_whole());
    store
}

#[test]
fn tampering_with_accounts_and_likenesses_is_found() {
    on_each_engine(async |place| {
        let store = with_accounts(place).await;
        for sql in [
            "UPDATE account SET role = 'administrator' WHERE name = 'anne'",
            "UPDATE account SET partner = 'hotton' WHERE name = 'anne'",
            "UPDATE account SET name = 'anna' WHERE name = 'anne'",
            "UPDATE account SET state = 'closed' WHERE name = 'root'",
            "UPDATE account SET password_hash = (SELECT password_hash FROM account o WHERE o.name = 'root') WHERE name = 'anne'",
            "UPDATE account SET password_hash = NULL WHERE name = 'anne'",
            "DELETE FROM account WHERE name = 'root'",
            "INSERT INTO account (id, name, role, partner, password_hash, state) VALUES (9, 'eve', 'administrator', NULL, NULL, 'open')",
            "UPDATE account_step SET role = 'administrator' WHERE account = 1",
            "DELETE FROM account_step WHERE account = 1 AND step = 3",
            "DELETE FROM account_step",
            "UPDATE likeness SET state = 'different'",
            "UPDATE likeness SET other = 77",
            "UPDATE likeness SET ground = 'code'",
            "UPDATE likeness SET score = 12",
            "DELETE FROM likeness",
            "UPDATE likeness_step SET state = 'same'",
            "DELETE FROM likeness_step",
            "UPDATE likeness_salt SET salt = 'x'",
        ] {
            assert!(is_found(place, &store, sql).await, "{sql}");
        }
    });
}

#[test]
fn a_likeness_that_goes_with_an_erased_person_is_no_break_and_tells_nobody() {
    on_each_engine(async |place| {
        let store = with_accounts(place).await;
        let open = store.likenesses(LikenessState::Open).await.expect("one");
        store.decide_likeness(open[0].id, LikenessState::Same, &author(6)).await.expect("decided");
        store.erase(open[0].one, Leaves::Counts, &author(7)).await.expect("erased");
        let proof = store.verify().await.expect("a proof");
        assert!(proof.is_whole(), "{:?}", proof.breaks);
        assert!(store.likenesses(LikenessState::Same).await.expect("none").is_empty());
    });
}

#[test]
fn accounts_of_a_store_from_before_are_taken_under_the_journal_once() {
    on_each_engine(async |place| {
        let store = with_accounts(place).await;
        let pool = place.raw().await;
        // As it was: no steps, and a journal that never heard of them.
        for sql in ["DELETE FROM account_step", "DELETE FROM likeness_step", "DELETE FROM journal"]
        {
            pool.execute(sql).await.expect("a statement");
        }
        let n_before = store.about().await.expect("about").n_lines;
        store.close().await;
        let again = place.open().await;
        let adopted = again.about().await.expect("about").n_lines;
        assert_eq!(adopted, n_before + 1, "one line says that they were taken over");
        let accounts = place.rows("SELECT state FROM account_step").await;
        assert_eq!(accounts.len(), 2);
        again.close().await;
        let third = place.open().await;
        assert_eq!(third.about().await.expect("about").n_lines, adopted, "once");
    });
}
