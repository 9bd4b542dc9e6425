//! Comments of stores from before comments were sealed: they stood openly in the steps of findings, where no erasure reached them.
//!
//! Opening such a store seals them under the keys of their persons, once. The lines of the journal answer for the steps as they were: the hash
//! of each is kept beside it, and a line of its own answers for the step as it is from then on. Whoever has the store could still try out
//! whether a guess gives the old hash; the words themselves are gone with the person.

use sqlx::any::AnyRow;

use super::comment;
use crate::engine::{Pools, maybe, number, text};
use crate::journal::{Act, Action};
use crate::keys::cipher::Secret;
use crate::keys::seal;
use crate::{Author, StoreError};

const OPEN: &str = "SELECT s.finding, s.step FROM finding_step s JOIN finding f ON f.id = s.finding \
     WHERE s.comment <> '' AND f.record IS NOT NULL ORDER BY s.finding, s.step";

/// Seals the comments that stand openly. Of somebody who was erased before nothing stays.
pub(crate) async fn adopt(pools: &Pools) -> Result<(), StoreError> {
    if sqlx::query(OPEN).fetch_optional(&pools.reading).await?.is_none() {
        return Ok(());
    }
    let author = Author::new("(catalyse)", jiff::Timestamp::now());
    let mut act = Act::begin(pools, &author, Action::Finding).await?;
    let steps = sqlx::query(OPEN).fetch_all(&mut *act.writing).await?;
    if steps.is_empty() {
        // Another program has done it meanwhile.
        return Ok(());
    }
    for row in &steps {
        put_away(&mut act, (number(row, "finding")?, number(row, "step")?)).await?;
    }
    act.finish(&serde_json::json!({ "sealed_comments": steps.len() }), None).await?;
    // What stood openly lies in old pages until they are let go of.
    pools.forget().await.map(drop)
}

async fn put_away(act: &mut Act, (finding, step): (i64, i64)) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT s.finding, s.step, s.line, s.state, s.reason, s.comment, f.batch, f.record, f.partner, \
         f.wave, f.check_id, f.variable, f.severity, f.message, f.place, k.secret FROM finding_step s \
         JOIN finding f ON f.id = s.finding LEFT JOIN record r ON r.id = f.record \
         LEFT JOIN person_key k ON k.person = r.person WHERE s.finding = $1 AND s.step = $2",
    );
    let row = row.bind(finding).bind(step).fetch_one(&mut *act.writing).await?;
    let keep = sqlx::query(
        "INSERT INTO finding_step_former (finding, step, line, hash) VALUES ($1, $2, $3, $4)",
    );
    let keep = keep.bind(finding).bind(step).bind(act.line).bind(seal::finding_hash(&row)?);
    keep.execute(&mut *act.writing).await?;
    if let Some(secret) = secret_in(&row)? {
        let (content, seal) = comment::sealed(&secret, (finding, step), &text(&row, "comment")?)?;
        let put = sqlx::query(
            "INSERT INTO finding_comment (finding, step, content, seal) VALUES ($1, $2, $3, $4)",
        );
        let put = put.bind(finding).bind(step).bind(content).bind(seal);
        put.execute(&mut *act.writing).await?;
    }
    let empty =
        sqlx::query("UPDATE finding_step SET comment = '' WHERE finding = $1 AND step = $2");
    empty.bind(finding).bind(step).execute(&mut *act.writing).await?;
    Ok(())
}

fn secret_in(row: &AnyRow) -> Result<Option<Secret>, StoreError> {
    let secret = maybe(row, "secret")?;
    secret.map(|text| Secret::from_text(&text).ok_or(StoreError::Broken("key"))).transpose()
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{
        Answer, Answers, CheckId, Codebook, PartnerId, SchemaFiles, Severity, VariableName, WaveId,
    };
    use catalyse_locale::{Args, Wording};
    use jiff::Timestamp;

    use super::adopt;
    use crate::engine::{Pools, text};
    use crate::journal::{Act, Action};
    use crate::{
        Author, Delivery, FindingId, KeyFile, Leaves, NewFinding, NewRecord, Store, Waiter, about,
    };

    fn run(test: impl Future<Output = ()>) {
        Waiter::new().expect("a runtime").wait(test);
    }

    const WORDS: &str = "vu avec sa soeur Anna";

    fn author() -> Author {
        Author::new("anne", Timestamp::UNIX_EPOCH)
    }

    fn record(code: &str) -> NewRecord {
        let finding = NewFinding {
            check: CheckId::new("many-adults").expect("a slug"),
            variable: "adults".into(),
            severity: Severity::Soft,
            message: Wording::new("à vérifier", "to check").with(Args::new()),
            place: String::new(),
            accepted: None,
        };
        let adults = VariableName::new("adults").expect("a slug");
        NewRecord {
            form: None,
            wave: WaveId::new("w1").expect("a slug"),
            partner: PartnerId::new("durbuy").expect("a slug"),
            person: Some(code.into()),
            number: 0,
            answers: Answers::from([(adults, Answer::Integer(9))]),
            place: format!("a.csv!{code}"),
            findings: vec![finding],
        }
    }

    /// A store of two persons, each with a finding about which something was said as it was kept then: openly, in the step.
    async fn old_store() -> Store {
        let pools = Pools::in_memory().await.expect("memory");
        pools.migrate().await.expect("tables");
        let codebook = Codebook::open(&SchemaFiles::bundled(), "integra").expect("a study");
        let key = KeyFile::draw().expect("random");
        let store = Store::new("memory", pools, &codebook.codebook, Some(key));
        let mut act = Act::begin(&store.pools, &author(), Action::Created).await.expect("begun");
        about::write_first(&mut act, &store).await.expect("written");
        act.finish(&serde_json::json!({ "steps": 1 }), None).await.expect("a line");
        let delivery = Delivery {
            rows_read: 2,
            records: vec![record("P1"), record("P2")],
            ..Delivery::default()
        };
        store.accept(&delivery, &author()).await.expect("accepted");
        for finding in [1, 2] {
            let mut act =
                Act::begin(&store.pools, &author(), Action::Finding).await.expect("begun");
            for sql in [
                "INSERT INTO finding_step (finding, step, line, state, reason, comment) \
                 VALUES ($1, 2, $2, 'answered', 'checked_with_person', $3)",
                "UPDATE finding SET state = 'answered', reason = 'checked_with_person', steps = 2 \
                 WHERE id = $1 AND $2 > 0 AND $3 <> ''",
            ] {
                let query = sqlx::query(sql).bind(finding).bind(act.line).bind(WORDS);
                query.execute(&mut *act.writing).await.expect("written");
            }
            act.finish(&serde_json::json!({ "finding": finding }), None).await.expect("a line");
        }
        store
    }

    async fn is_whole(store: &Store) -> bool {
        store.verify().await.expect("a proof").is_whole()
    }

    async fn stand_openly(store: &Store) -> usize {
        let rows = sqlx::query("SELECT comment FROM finding_step ORDER BY finding, step");
        let rows = rows.fetch_all(&store.pools.reading).await.expect("rows");
        rows.iter().filter(|row| text(row, "comment").expect("a text") == WORDS).count()
    }

    #[test]
    fn words_of_an_old_store_are_sealed_once_and_go_with_the_person() {
        run(async {
            let store = old_store().await;
            assert!(is_whole(&store).await && stand_openly(&store).await == 2);
            adopt(&store.pools).await.expect("adopted");
            assert!(is_whole(&store).await && stand_openly(&store).await == 0);
            let lines = store.last_line().await.expect("a line");
            adopt(&store.pools).await.expect("nothing to do");
            assert_eq!(store.last_line().await.expect("a line"), lines);
            let said =
                async |id| store.finding_steps(FindingId(id)).await.expect("steps").remove(1);
            assert_eq!(said(1).await.reason.comment, WORDS);
            let person = store.person("P1", None).await.expect("a person").id;
            let export = store.export_person(person, &author()).await.expect("an export");
            assert!(export.to_text().contains(WORDS));
            store.erase(person, Leaves::Counts, &author()).await.expect("erased");
            assert_eq!((said(1).await.reason.comment.as_str(), is_whole(&store).await), ("", true));
            assert_eq!(
                said(2).await.reason.comment,
                WORDS,
                "of the other person it is still there"
            );
        });
    }

    #[test]
    fn of_a_person_who_was_erased_before_nothing_stays() {
        run(async {
            let store = old_store().await;
            let person = store.person("P2", None).await.expect("a person").id;
            store.erase(person, Leaves::Counts, &author()).await.expect("erased");
            adopt(&store.pools).await.expect("adopted");
            assert!(is_whole(&store).await && stand_openly(&store).await == 0);
            let steps = store.finding_steps(FindingId(2)).await.expect("steps");
            assert!(steps.iter().all(|step| step.reason.comment.is_empty()));
        });
    }

    #[test]
    fn who_changes_a_former_step_or_its_hash_is_found() {
        run(async {
            for sql in [
                "UPDATE finding_step SET reason = 'rare_but_true' WHERE finding = 1 AND step = 2",
                "UPDATE finding_step SET comment = 'autre chose' WHERE finding = 1 AND step = 2",
                "DELETE FROM finding_step_former WHERE finding = 1",
                "UPDATE finding_step_former SET line = 1 WHERE finding = 1",
            ] {
                let store = old_store().await;
                adopt(&store.pools).await.expect("adopted");
                sqlx::query(sql).execute(&store.pools.writing).await.expect("tampered");
                assert!(!is_whole(&store).await, "{sql}");
            }
        });
    }
}
