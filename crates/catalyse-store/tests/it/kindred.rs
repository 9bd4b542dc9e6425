//! Kindred: the records of whoever may be the same person are found by what is keyed, without opening the others.

use catalyse_store::{Kindred, NewRecord, Store, Trace};

use crate::place::on_each_engine;
use crate::sample::{
    author, codebook, delivery, identity, name, partner, record, situation, spell, text, wave,
};

const NISS: &str = "93051822361";

/// Anna is known at Durbuy in two waves and at Hotton; nobody else is like her.
async fn filled(store: &Store) {
    let anna = identity("Anna", "Exemple", 7_000, Some(NISS));
    let mut one = record("P1", situation("owner", 1));
    one.answers.extend(anna.clone());
    let two = NewRecord { wave: wave("w2"), ..record("P1", situation("owner", 2)) };
    let mut there = NewRecord { partner: partner("hotton"), ..record("H9", situation("owner", 1)) };
    there.answers.extend(identity("Exemple", "ANNA", 7_000, None));
    let mut else_one = record("P-002", situation("owner", 1));
    else_one.answers.extend(identity("Bea", "Exemple", 7_001, Some("85073003328")));
    let all = vec![one, spell("P1", 1, 24_000), two, there, else_one];
    store.accept(&delivery("a", all), &author(1)).await.expect("accepted");
}

/// Says which records were found: `durbuy/w1/P1`.
fn said(kindred: &[Kindred]) -> Vec<String> {
    let key = |one: &Kindred| {
        let key = &one.record.key;
        let form = key.form.as_ref().map_or(String::new(), |form| format!(" {form}"));
        format!("{}/{}/{}{form}", key.partner, key.wave, key.person)
    };
    kindred.iter().map(key).collect()
}

#[test]
fn the_same_person_is_found_by_code_by_number_and_by_name() {
    on_each_engine(async |place| {
        let store = place.create().await;
        filled(&store).await;
        let own = ["durbuy/w1/P1", "durbuy/w2/P1", "durbuy/w1/P1 work-spells"];
        let by_code = Trace { code: Some("P1".into()), ..Trace::default() };
        assert_eq!(said(&store.kindred(&by_code, None).await.expect("records")), own);
        let number = [(name("national_number"), text(NISS))];
        let by_number = Trace { code: Some("P77".into()), identity: number.into() };
        let found = store.kindred(&by_number, None).await.expect("records");
        assert_eq!(said(&found), own);
        assert_eq!(found[0].identity.get(&name("first_name")), Some(&text("Anna")));
        let by_name = Trace { code: None, identity: identity("anna", "exemple", 7_000, None) };
        let found = store.kindred(&by_name, None).await.expect("records");
        assert_eq!(said(&found), [&own[..], &["hotton/w1/H9"]].concat());
        let elsewhere = store.kindred(&by_name, Some(&partner("durbuy"))).await.expect("records");
        assert_eq!(said(&elsewhere), ["hotton/w1/H9"]);
        let nobody = Trace { code: Some("P9".into()), identity: situation("owner", 1) };
        assert!(store.kindred(&nobody, None).await.expect("records").is_empty());
        let alike = store.spelt_alike(&partner("durbuy"), "p 2").await.expect("records");
        assert_eq!(said(&alike), ["durbuy/w1/P-002"]);
        assert!(store.spelt_alike(&partner("hotton"), "p2").await.expect("records").is_empty());
        assert!(store.verify().await.expect("a proof").is_whole());
    });
}

#[test]
fn without_the_key_file_the_code_alone_finds() {
    on_each_engine(async |place| {
        let store = place.create().await;
        filled(&store).await;
        store.close().await;
        let store = Store::open(&place.url, &codebook(), None).await.expect("a store");
        let trace =
            Trace { code: Some("P1".into()), identity: identity("anna", "exemple", 7_000, None) };
        let found = store.kindred(&trace, None).await.expect("records");
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|one| one.identity.is_empty()));
    });
}

#[test]
fn an_erased_person_is_kindred_of_nobody() {
    on_each_engine(async |place| {
        let store = place.create().await;
        filled(&store).await;
        let person = store.person("P1", Some("durbuy")).await.expect("a person").id;
        store.erase(person, catalyse_store::Leaves::Counts, &author(2)).await.expect("erased");
        let number = [(name("national_number"), text(NISS))];
        let trace = Trace { code: Some("P1".into()), identity: number.into() };
        assert!(store.kindred(&trace, None).await.expect("records").is_empty());
    });
}
