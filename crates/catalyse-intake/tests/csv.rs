//! Text files as partners send them.

mod reading;

use catalyse_intake::Options as _Options;
use reading::{outcome_of, outcome_with};

#[test]
fn a_belgian_csv_is_read_with_its_commas_dates_and_places() {
    let text = "Code personne;Vague;Partenaire;Date de l'entretien;Nombre de pièces;Loyer;Logement;Moyens de transport;Remarque\r\n\
                D-1;1;Durbuy;02/03/2024;4;612,50;locataire;voiture|bus;\"Dit \"\"oui\"\"; puis non\"\r\n\
                D-2;w1;durbuy;25/03/2024;refus;1.200,00 €;owner;bus;\r\n";
    let (windows, _, _) = encoding(text);
    assert_eq!(
        outcome_of("d.csv", &windows),
        "2: person_id=D-1 wave=w1 partner=durbuy interview_date=2024-03-02 rooms=4 rent=612.5 tenure=tenant means__car=true means__bus=true note=Dit \"oui\"; puis non\n\
         3: person_id=D-2 wave=w1 partner=durbuy interview_date=2024-03-25 rent=1200.0 tenure=owner means__car=false means__bus=true rooms_missing=refused\n\
         CSV, Windows-1252, « ; », header in row 1: read 2, kept 2, blank 0\n"
    );
}

fn encoding(text: &str) -> (Vec<u8>, (), ()) {
    let bytes = text.chars().map(|letter| match letter {
        '€' => 0x80,
        other => u8::try_from(other as u32).expect("Latin"),
    });
    (bytes.collect(), (), ())
}
