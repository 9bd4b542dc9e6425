//! An invented pack: 541 persons who do not exist, their tables, and the releases the gate makes of them.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_chart::Fonts;
use catalyse_disclose::{
    Axis, Background, Cell, Delivered, Heading, Paired, Policy, Population, Release, Role, ShareOf,
    Summary, Tabulation, Test, TestSubject, Unit, release_pack,
};
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_report::{
    Break, Definition, Deliveries, Edition, Figure, Inputs, LeftOut, LeftOutReason, LeftOutRecords,
    Named, Protection, RECORDS_TABLE, Report, assemble, draw_figure,
};
use jiff::civil::date;

pub(crate) struct Person {
    partner: usize,
    gender: usize,
    transport: Option<usize>,
    tenure: usize,
    health: [Option<usize>; 2],
    work: [usize; 2],
    licence: [usize; 2],
    was_seen_first: bool,
    groups: Vec<usize>,
    age: f64,
}

pub(crate) struct Variable {
    name: &'static str,
    label: (&'static str, &'static str),
    codes: &'static [(&'static str, &'static str, &'static str)],
    is_ordered: bool,
}

pub(crate) const PARTNER: Variable = Variable {
    name: "partner",
    label: ("Partenaire", "Partner"),
    codes: &[
        ("durbuy", "Durbuy", "Durbuy"),
        ("hotton", "Hotton", "Hotton"),
        ("erezee", "Érezée", "Érezée"),
        ("rendeux", "Rendeux", "Rendeux"),
        ("la_roche", "La Roche-en-Ardenne", "La Roche-en-Ardenne"),
    ],
    is_ordered: false,
};
const GENDER: Variable = Variable {
    name: "gender",
    label: ("Genre", "Gender"),
    codes: &[("w", "Femmes", "Women"), ("m", "Hommes", "Men")],
    is_ordered: false,
};
const TRANSPORT: Variable = Variable {
    name: "main_transport",
    label: ("Moyen de déplacement principal", "Main means of transport"),
    codes: &[
        ("public", "Dépend des transports en commun", "Relies on public transport"),
        ("car", "Permis de conduire et véhicule", "Driving licence and vehicle"),
        ("licence", "Permis sans véhicule", "Licence but no vehicle"),
        ("bicycle", "Vélo, cyclomoteur ou à pied", "Bicycle, moped or on foot"),
        ("none", "Aucun moyen (« isolement » signalé)", "No means (isolation reported)"),
        ("other", "Autre situation", "Other situation"),
    ],
    is_ordered: false,
};
const TENURE: Variable = Variable {
    name: "tenure",
    label: ("Statut d'occupation du logement", "Tenure of the dwelling"),
    codes: &[
        ("owner", "Propriétaire", "Owner"),
        ("market", "Locataire au prix du marché", "Tenant at market price"),
        ("social", "Locataire social", "Social tenant"),
        ("lodged", "Logé par d'autres", "Lodged by others"),
    ],
    is_ordered: false,
};
const HEALTH: Variable = Variable {
    name: "general_health",
    label: ("Santé perçue", "Self-perceived health"),
    codes: &[
        ("1", "Très bonne", "Very good"),
        ("2", "Bonne", "Good"),
        ("3", "Assez bonne", "Fair"),
        ("4", "Mauvaise", "Bad"),
        ("5", "Très mauvaise", "Very bad"),
    ],
    is_ordered: true,
};
const WORK: Variable = Variable {
    name: "labour_status",
    label: ("Situation d'emploi", "Labour status"),
    codes: &[
        ("employed", "En emploi", "In employment"),
        ("unemployed", "Au chômage", "Unemployed"),
        ("inactive", "Hors du marché du travail", "Outside the labour force"),
    ],
    is_ordered: false,
};
const LICENCE: Variable = Variable {
    name: "licence",
    label: ("Permis de conduire", "Driving licence"),
    codes: &[("yes", "Oui", "Yes"), ("no", "Non", "No")],
    is_ordered: false,
};
const GROUPS: Variable = Variable {
    name: "target_groups",
    label: ("Groupes cibles", "Target groups"),
    codes: &[
        ("young", "Jeunes 18–25", "Young people 18–25"),
        ("lone", "Femmes seules avec enfants", "Lone mothers"),
        ("long", "Chômeurs de longue durée", "Long-term unemployed"),
        ("rare", "Groupe rare", "Rare group"),
    ],
    is_ordered: false,
};

/// Invents persons; the same on every run.
pub(crate) fn persons() -> Vec<Person> {
    let mut state = 20_261_122_u64;
    let mut next = move |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..541)
        .map(|_| {
            let partner = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4][next(12) as usize];
            let gender = usize::from(next(100) >= 55);
            let car = if partner == 0 { 60 } else { 100 };
            let transport = match next(300) {
                0..8 => None,
                8..110 => Some(0),
                roll if roll < 110 + car => Some(1),
                roll if roll <= 250 => Some(2),
                roll if roll <= 278 => Some(3),
                roll if roll <= 297 => Some(4),
                _ => Some(5),
            };
            let tenure = match next(100) + if partner == 1 { 25 } else { 0 } {
                0..20 => 0,
                20..65 => 1,
                65..90 => 2,
                _ => 3,
            };
            // Nearly all persons of one partner give one answer: the gate prints bounds for this group.
            let roll = next(10) as usize;
            let health = if partner == 3 { 1 } else { [0, 1, 1, 1, 2, 2, 2, 3, 3, 4][roll] };
            let moves = next(4) == 0 && partner != 3;
            let later = if moves { (health + 1).min(4) } else { health };
            let work = [0, 1, 1, 1, 1, 2, 2][next(7) as usize];
            let later_work = if work == 1 && next(3) == 0 { 0 } else { work };
            let licence = usize::from(next(100) >= 42);
            let later_licence = if next(9) == 0 { 0 } else { licence };
            let age = 18.0 + next(45) as f64;
            let mut groups = Vec::new();
            if age < 26.0 {
                groups.push(0);
            }
            if gender == 0 && next(5) == 0 {
                groups.push(1);
            }
            if later_work == 1 && next(2) == 0 {
                groups.push(2);
            }
            if next(180) == 0 {
                groups.push(3);
            }
            Person {
                partner,
                gender,
                transport,
                tenure,
                health: [(next(40) > 0).then_some(health), (next(30) > 0).then_some(later)],
                work: [work, later_work],
                licence: [licence, later_licence],
                was_seen_first: next(100) < 60,
                groups,
                age,
            }
        })
        .collect()
}

type Pick = fn(&Person) -> Option<usize>;

/// One side of a table: a variable, and which code a person has.
#[derive(Clone, Copy)]
struct Side {
    variable: &'static Variable,
    /// The name in conditions: the same variable at another wave is another one.
    name: &'static str,
    pick: Pick,
}

static ALL: Variable =
    Variable { name: "all", label: ("Ensemble", "All"), codes: &[], is_ordered: false };

fn heading(key: &str, fr: &str, en: &str, role: Role) -> Heading {
    Heading { key: key.to_owned(), label: Label::new(fr, en), role }
}

fn axis(variable: &Variable, with_missing: bool, is_exclusive: bool) -> Axis {
    let mut headings: Vec<Heading> =
        variable.codes.iter().map(|(key, fr, en)| heading(key, fr, en, Role::Category)).collect();
    if with_missing {
        headings.push(heading("answered", "Ont répondu", "Answered", Role::Answered));
        headings.push(heading("refused", "Refus", "Refused", Role::Missing));
    }
    headings.push(heading("total", "Ensemble", "All", Role::Total));
    Axis {
        name: variable.name.to_owned(),
        label: Label::new(variable.label.0, variable.label.1),
        headings,
        is_exclusive,
        is_ordered: variable.is_ordered,
    }
}

fn has(side: Side, heading: &Heading, person: &Person) -> bool {
    let code = (side.pick)(person);
    match heading.role {
        Role::Total => true,
        Role::Answered => code.is_some(),
        Role::Missing => code.is_none(),
        Role::Category => code.is_some_and(|code| side.variable.codes[code].0 == heading.key),
    }
}

fn conditions(side: Side, heading: &Heading) -> Option<String> {
    (heading.role != Role::Total).then(|| format!("{}={}", side.name, heading.key))
}

fn cell(persons: &[&Person], universe: &str, with: &[(Side, &Heading)]) -> Cell {
    let n = persons
        .iter()
        .filter(|person| with.iter().all(|(side, heading)| has(*side, heading, person)))
        .count() as u64;
    let words = with.iter().filter_map(|(side, heading)| conditions(*side, heading));
    Cell {
        population: Population::new(words).and(universe),
        persons: n,
        count: n,
        ..Cell::default()
    }
}

struct Ask {
    id: &'static str,
    title: Label,
    universe: (&'static str, Label),
    share_of: ShareOf,
    rows: Side,
    columns: Side,
    is_exclusive: bool,
    is_sensitive: bool,
}

fn table(persons: &[&Person], ask: Ask) -> Tabulation {
    let missing = persons.iter().any(|person| (ask.rows.pick)(person).is_none());
    let rows = axis(ask.rows.variable, missing && ask.is_exclusive, ask.is_exclusive);
    let columns = axis(ask.columns.variable, false, true);
    let cells = rows
        .headings
        .iter()
        .flat_map(|row| {
            columns.headings.iter().map(|column| {
                cell(persons, ask.universe.0, &[(ask.rows, row), (ask.columns, column)])
            })
        })
        .collect();
    Tabulation {
        id: ask.id.to_owned(),
        title: ask.title,
        universe: ask.universe.1,
        unit: Unit::Persons,
        rows,
        columns,
        share_of: ask.share_of,
        cells,
        tests: Vec::new(),
        is_sensitive: ask.is_sensitive,
        notes: Vec::new(),
        background: Background::default(),
    }
}

const fn all() -> Side {
    Side { variable: &ALL, name: "all", pick: |_| None }
}

const fn side(variable: &'static Variable, name: &'static str, pick: Pick) -> Side {
    Side { variable, name, pick }
}

fn title(variable: &Variable) -> Label {
    Label::new(variable.label.0, variable.label.1)
}

fn test(subject: TestSubject, method: &'static str, n: u64, p: f64) -> Test {
    Test { subject, method, n, p, adjusted_p: Some(p), cramers_v: None, paired: None }
}

/// The same persons at two moments, with who came and who left for each row.
fn change(
    persons: &[&Person],
    id: &'static str,
    variable: &'static Variable,
    (both, picks): (&str, [Side; 2]),
    p: &[f64],
) -> Tabulation {
    let rows = axis(variable, false, true);
    let waves = Axis {
        name: "wave".to_owned(),
        label: Label::new("Vague", "Wave"),
        headings: vec![
            heading("w1", "Vague 1 (printemps 2024)", "Wave 1 (spring 2024)", Role::Category),
            heading("w4", "Vague 4 (automne 2025)", "Wave 4 (autumn 2025)", Role::Category),
        ],
        is_exclusive: false,
        is_ordered: true,
    };
    let one = |row: &Heading, wave: usize| cell(persons, both, &[(picks[wave], row)]);
    let moved = |row: &Heading, from: usize, to: usize| {
        let n = persons
            .iter()
            .filter(|person| !has(picks[from], row, person) && has(picks[to], row, person))
            .count() as u64;
        let words = [
            format!("{}≠{}", picks[from].name, row.key),
            format!("{}={}", picks[to].name, row.key),
        ];
        Cell {
            population: Population::new(words).and(both),
            persons: n,
            count: n,
            ..Cell::default()
        }
    };
    let tests = p
        .iter()
        .enumerate()
        .map(|(row, p)| Test {
            paired: Some(Paired {
                came: moved(&rows.headings[row], 0, 1),
                left: moved(&rows.headings[row], 1, 0),
            }),
            ..test(
                TestSubject::Row { row, from: 0, to: 1 },
                "McNemar mid-p",
                persons.len() as u64,
                *p,
            )
        })
        .collect();
    Tabulation {
        id: id.to_owned(),
        title: title(variable),
        universe: Label::new("personnes vues aux vagues 1 et 4", "persons seen at waves 1 and 4"),
        unit: Unit::Persons,
        cells: rows.headings.iter().flat_map(|row| [one(row, 0), one(row, 1)]).collect(),
        columns: waves,
        share_of: ShareOf::Column,
        tests,
        is_sensitive: variable.name == "general_health",
        background: Background::default(),
        notes: vec![
            Wording::new(
                "La question a changé de formulation en 2025.",
                "The wording of the question changed in 2025.",
            )
            .with(Args::new()),
        ],
        rows,
    }
}

fn ages(persons: &[&Person]) -> Tabulation {
    let ask = Ask {
        id: "age",
        title: Label::new("Âge en années", "Age in years"),
        universe: ("wave=w4", followed()),
        share_of: ShareOf::Nothing,
        rows: side(&GENDER, "gender", |person| Some(person.gender)),
        columns: all(),
        is_exclusive: true,
        is_sensitive: false,
    };
    let rows = ask.rows;
    let mut made = table(persons, ask);
    for (heading, cell) in made.rows.headings.iter().zip(&mut made.cells) {
        let mut ages: Vec<f64> =
            persons.iter().filter(|person| has(rows, heading, person)).map(|p| p.age).collect();
        ages.sort_by(f64::total_cmp);
        let at = |share: f64| ages[((ages.len() - 1) as f64 * share) as usize];
        let mean = ages.iter().sum::<f64>() / ages.len() as f64;
        cell.summary = Some(Summary {
            n: ages.len() as u64,
            fingerprint: None,
            mean,
            mean_interval: Some((mean - 1.2, mean + 1.2)),
            quartiles: [at(0.25), at(0.5), at(0.75)],
            median_interval: Some((at(0.5) - 1.0, at(0.5) + 1.0)),
            step: 1.0,
            bounds: (f64::NEG_INFINITY, f64::INFINITY),
        });
    }
    made
}

fn followed() -> Label {
    Label::new("personnes suivies", "persons followed")
}

const PARTNERS: Side = side(&PARTNER, "partner", |person| Some(person.partner));
const TRANSPORTS: Side = side(&TRANSPORT, "main_transport", |person| person.transport);
const TENURES: Side = side(&TENURE, "tenure", |person| Some(person.tenure));
const HEALTHS: Side = side(&HEALTH, "general_health", |person| person.health[1]);
const WORKS: Side = side(&WORK, "labour_status", |person| Some(person.work[1]));
const WORKS_FIRST: Side = side(&WORK, "labour_status@w1", |person| Some(person.work[0]));
const WORKS_LAST: Side = side(&WORK, "labour_status@w4", |person| Some(person.work[1]));

fn ask(id: &'static str, rows: Side, columns: Side) -> Ask {
    Ask {
        id,
        title: title(rows.variable),
        universe: ("wave=w4", followed()),
        share_of: ShareOf::Column,
        rows,
        columns,
        is_exclusive: true,
        is_sensitive: rows.variable.name == "general_health",
    }
}

/// Makes every table of the invented pack, true counts and all.
pub(crate) fn tabulations() -> Vec<Tabulation> {
    tabulations_of(&persons())
}

fn tabulations_of(persons: &[Person]) -> Vec<Tabulation> {
    let everybody: Vec<&Person> = persons.iter().collect();
    let panel: Vec<&Person> = persons.iter().filter(|person| person.was_seen_first).collect();
    let licences = [
        side(&LICENCE, "licence@w1", |person| Some(person.licence[0])),
        side(&LICENCE, "licence@w4", |person| Some(person.licence[1])),
    ];
    let both = "seen=w1+w4";
    vec![
        table(&everybody, ask("transport", TRANSPORTS, all())),
        table(&everybody, ask("transport_by_partner", TRANSPORTS, PARTNERS)),
        tenure_by_partner(&everybody),
        table(&everybody, ask("health_partner", HEALTHS, PARTNERS)),
        change(&panel, "licence_change", &LICENCE, (both, licences), &[0.000_1, 0.000_1]),
        change(
            &panel,
            "work_change",
            &WORK,
            (both, [WORKS_FIRST, WORKS_LAST]),
            &[0.000_3, 0.002, 0.7],
        ),
        health_change(&panel),
        work_by_transport(&everybody),
        ages(&everybody),
        moves(&panel),
        groups(&everybody),
        records(&everybody),
    ]
}

/// The records of one wave, by partner.
fn records(everybody: &[&Person]) -> Tabulation {
    let mut made = table(everybody, ask(RECORDS_TABLE, PARTNERS, all()));
    "wave".clone_into(&mut made.columns.name);
    made.columns.headings =
        vec![heading("w4", "Vague 4 (automne 2025)", "Wave 4 (autumn 2025)", Role::Category)];
    made
}

fn tenure_by_partner(everybody: &[&Person]) -> Tabulation {
    let mut made = table(everybody, ask("tenure_partner", TENURES, PARTNERS));
    made.tests = vec![
        test(TestSubject::AgainstRest { row: 0, column: 1 }, "Pearson N−1", 541, 0.000_02),
        test(TestSubject::AgainstRest { row: 3, column: 1 }, "Pearson N−1", 541, 0.004),
        test(TestSubject::AgainstRest { row: 1, column: 0 }, "Pearson N−1", 541, 0.4),
    ];
    made
}

/// A change that no row shows, though all rows together do.
fn health_change(panel: &[&Person]) -> Tabulation {
    let answered: Vec<&Person> =
        panel.iter().copied().filter(|person| person.health.iter().all(Option::is_some)).collect();
    let sides = [
        side(&HEALTH, "general_health@w1", |person| person.health[0]),
        side(&HEALTH, "general_health@w4", |person| person.health[1]),
    ];
    let mut made = change(
        &answered,
        "health_change",
        &HEALTH,
        ("answered=w1+w4", sides),
        &[0.3, 0.2, 0.6, 0.09, 0.4],
    );
    let rows = TestSubject::Rows { from: 0, to: 1 };
    made.tests.push(test(rows, "Stuart–Maxwell", answered.len() as u64, 0.3));
    made
}

fn work_by_transport(everybody: &[&Person]) -> Tabulation {
    let mut made = table(everybody, ask("work_transport", WORKS, TRANSPORTS));
    made.tests = vec![Test {
        cramers_v: Some(0.12),
        ..test(TestSubject::Association, "Pearson N−1", 530, 0.2)
    }];
    made
}

fn groups(everybody: &[&Person]) -> Tabulation {
    let side = side(&GROUPS, "target_groups", |_| None);
    let ask = Ask { is_exclusive: false, ..ask("target_groups", side, all()) };
    let mut made = table(everybody, ask);
    for (heading, cell) in made.rows.headings.iter().zip(&mut made.cells) {
        if let Some(code) = GROUPS.codes.iter().position(|code| code.0 == heading.key) {
            cell.count = everybody.iter().filter(|p| p.groups.contains(&code)).count() as u64;
            cell.persons = cell.count;
        }
    }
    made
}

fn moves(panel: &[&Person]) -> Tabulation {
    let seen = Label::new("personnes vues aux vagues 1 et 4", "persons seen at waves 1 and 4");
    let mut made = table(
        panel,
        Ask {
            universe: ("seen=w1+w4", seen),
            share_of: ShareOf::Row,
            ..ask("transition", WORKS_FIRST, WORKS_LAST)
        },
    );
    "labour_status@before".clone_into(&mut made.rows.name);
    "labour_status@after".clone_into(&mut made.columns.name);
    made.rows.label = Label::new("Situation d'emploi, vague 1", "Labour status, wave 1");
    made.columns.label = Label::new("Situation d'emploi, vague 4", "Labour status, wave 4");
    made
}

/// Puts the pack through the gate.
pub(crate) fn releases() -> Vec<Release> {
    release_pack(tabulations(), &Policy::partnership()).expect("the gate opens").releases
}

pub(crate) const DEFINITION: &str = include_str!("definition.toml");

pub(crate) fn definition() -> Definition {
    Definition::parse("definition.toml", DEFINITION).expect("the definition is right")
}

fn named(key: &str, fr: &str, en: &str) -> Named {
    Named { key: key.to_owned(), label: Label::new(fr, en) }
}

/// Puts the report together, as the program does.
pub(crate) fn report(language: Language, edition: Edition) -> Report {
    report_of(&releases(), (language, edition))
}

/// Puts a report together of records that two partners sent.
pub(crate) fn report_of_two_partners(edition: Edition) -> Report {
    let mut persons = persons();
    for person in &mut persons {
        person.partner = person.partner.min(1);
    }
    let pack = release_pack(tabulations_of(&persons), &Policy::partnership());
    report_of(&pack.expect("the gate opens").releases, (Language::Fr, edition))
}

fn report_of(releases: &[Release], (language, edition): (Language, Edition)) -> Report {
    assemble(&inputs((&definition(), releases), (language, edition))).expect("every table is there")
}

/// Puts a report together where some partners only have records at the first or the last of its two waves.
pub(crate) fn report_of_present(
    (first, last): (&[&str], &[&str]),
    (language, edition): (Language, Edition),
) -> Report {
    let mut persons = persons();
    let places: Vec<usize> = last
        .iter()
        .filter_map(|key| PARTNER.codes.iter().position(|partner| partner.0 == *key))
        .collect();
    for person in &mut persons {
        person.partner = places[person.partner % places.len()];
    }
    let mut tabulations = tabulations_of(&persons);
    for tabulation in &mut tabulations {
        tabulation.background.delivered = delivered(last);
    }
    let pack = release_pack(tabulations, &Policy::partnership()).expect("the gate opens");
    let is_alone = last.len() == 1;
    let mut definition = definition();
    if is_alone {
        // The program shows everybody there; here the tables that do are not counted.
        for table in ["tenure_partner", "health_partner"] {
            definition.leave_out(table);
        }
        definition.partner_edition.figures.clear();
    }
    let mut inputs = inputs((&definition, &pack.releases), (language, edition));
    let of = |partners: &[&str]| partners.iter().map(|key| (*key).to_owned()).collect();
    inputs.present =
        [("w1", of(first)), ("w4", of(last))].map(|(wave, of)| (wave.to_owned(), of)).into();
    inputs.left_out = if is_alone {
        vec![LeftOut { measure: title(&TENURE), reason: LeftOutReason::OnePartner }]
    } else {
        Vec::new()
    };
    assemble(&inputs).expect("every table is there")
}

/// What is known of the last wave by who delivered.
fn delivered(last: &[&str]) -> Vec<Delivered> {
    let of = |key: &str| Delivered {
        partner: format!("partner={key}"),
        wave: "wave=w4".to_owned(),
        has_records: last.contains(&key),
    };
    PARTNER.codes.iter().map(|(key, _, _)| of(key)).collect()
}

fn inputs<'a>(
    (definition, releases): (&'a Definition, &'a [Release]),
    (language, edition): (Language, Edition),
) -> Inputs<'a> {
    Inputs {
        definition,
        language,
        edition,
        generated_on: date(2026, 11, 22),
        study: Label::new("Intégra, personnes accompagnées", "Integra, persons supported"),
        population: followed(),
        waves: vec![
            named("w1", "Vague 1 (printemps 2024)", "Wave 1 (spring 2024)"),
            named("w4", "Vague 4 (automne 2025)", "Wave 4 (autumn 2025)"),
        ],
        partners: PARTNER.codes.iter().map(|(key, fr, en)| named(key, fr, en)).collect(),
        present: everywhere(),
        breaks: vec![Break {
            wave: "w4".to_owned(),
            note: Label::new("la question a changé de mots.", "the question has other words."),
            variables: vec!["licence".to_owned()],
        }],
        definitions: vec![named(
            "licence",
            "la personne a un permis.",
            "the person has a licence.",
        )],
        left_out: vec![
            LeftOut {
                measure: Label::new("Permis de conduire", "Driving licence"),
                reason: LeftOutReason::Unprotected,
            },
            LeftOut {
                measure: Label::new("Secteur des épisodes", "Sector of the spells"),
                reason: LeftOutReason::NoEpisodes,
            },
        ],
        deliveries: Some(deliveries()),
        releases,
        protection: Protection { policy: "partnership".to_owned(), rules: Vec::new(), audit: None },
    }
}

/// All partners have records at both waves.
fn everywhere() -> BTreeMap<String, BTreeSet<String>> {
    let partners: BTreeSet<String> =
        PARTNER.codes.iter().map(|(key, _, _)| (*key).to_owned()).collect();
    ["w1", "w4"].into_iter().map(|wave| (wave.to_owned(), partners.clone())).collect()
}

/// Invents what the program tells of deliveries.
fn deliveries() -> Deliveries {
    let record = |partner: Option<&str>, n| LeftOutRecords {
        partner: partner.map(str::to_owned),
        wave: "w4".to_owned(),
        n,
    };
    Deliveries {
        base: 5,
        left_out: vec![record(Some("durbuy"), 15), record(Some("hotton"), 0), record(None, 15)],
        without_place: 5,
        shared_codes: 15,
        episodes: 0,
    }
}

/// Puts the report together with its drawings, which takes longer.
pub(crate) fn drawn_report(language: Language, edition: Edition, ids: &[&str]) -> Report {
    let mut report = report(language, edition);
    let releases = releases();
    let fonts = Fonts::load().expect("the bundled fonts");
    let drawings: Vec<(String, Figure)> = report
        .figures()
        .filter(|figure| ids.contains(&figure.id.as_str()))
        .filter_map(|figure| {
            let release = releases.iter().find(|release| release.id() == figure.release);
            let drawing = draw_figure(figure, release.expect("a release"), language, &fonts);
            Some((figure.id.clone(), drawing.expect("a drawing")?))
        })
        .collect();
    for (id, drawing) in drawings {
        report.attach(&id, drawing);
    }
    report
}

/// Returns the files of an output by path.
pub(crate) fn files(report: &Report, output: &str) -> BTreeMap<String, Vec<u8>> {
    let output = catalyse_report::outputs::by_name(output).expect("a known output");
    let files = output.files(report).expect("the files can be made");
    files.into_iter().map(|file| (file.path, file.bytes)).collect()
}
