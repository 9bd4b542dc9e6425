//! What surrounds one figure: its definition, its release, the waves and partners, in the reader's language.

use catalyse_disclose::{Release, Unit, WaveChoice};
use catalyse_locale::{Args, Label, Language, Wording, date};

use crate::claims::claim::Claim;
use crate::claims::phrase::moment;
use crate::company::Company;
use crate::definition::FigureDefinition;
use crate::inputs::{Edition, Inputs, Named};

/// Holds what surrounds one figure.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub inputs: &'a Inputs<'a>,
    pub figure: &'a FigureDefinition,
    pub release: &'a Release,
    /// What is measured, in words.
    pub measure: &'a Label,
    pub language: Language,
}

impl<'a> Context<'a> {
    /// Lists what the tests of the table say, as far as this edition is about it, the strongest first.
    pub(crate) fn claims(&self) -> Vec<Claim<'a>> {
        let mut claims: Vec<Claim<'a>> = Claim::all(self.release, self.measure, self.company())
            .filter(|claim| claim.concerns(&self.inputs.edition))
            .filter(|claim| !claim.repeats_first_category())
            .collect();
        claims.sort_by_key(|claim| {
            let is_whole = claim.subject.row().is_none();
            (claim.test.adjusted, is_whole, std::cmp::Reverse(claim.size()))
        });
        claims
    }

    /// Returns whose persons the figure counts.
    pub(crate) fn company(&self) -> Company<'a> {
        Company::of_figure(self.inputs, self.figure, self.release)
    }

    /// Returns the waves the table is about: `vague 4 (automne 2025)`, `de la vague 1 à la vague 4`.
    pub(crate) fn wave_words(&self) -> String {
        const BOTH: Wording =
            Wording::new("de { $first } à { $last }", "from { $first } to { $last }");
        let language = self.language;
        let words = |wave: Option<&Named>| {
            wave.map_or_else(String::new, |wave| moment(language, wave.label.get(language)))
        };
        let bare = |wave: Option<&Named>| {
            let words = words(wave);
            words.strip_prefix("la ").map(str::to_owned).unwrap_or(words)
        };
        let waves = &self.inputs.waves;
        match &self.figure.table.wave {
            WaveChoice::Last => bare(waves.last()),
            WaveChoice::First => bare(waves.first()),
            WaveChoice::Named(name) => bare(waves.iter().find(|wave| wave.key == *name)),
            WaveChoice::Each | WaveChoice::FirstAndLast if waves.len() < 2 => bare(waves.last()),
            WaveChoice::Each | WaveChoice::FirstAndLast => {
                let [first, last] = self.shown_waves();
                let args = Args::new().text("first", words(first)).text("last", words(last));
                BOTH.say(language, &args)
            }
        }
    }

    /// Returns the first and the last wave that the columns show: questions that came later, or went, have fewer than the report.
    fn shown_waves(&self) -> [Option<&'a Named>; 2] {
        let waves = &self.inputs.waves;
        let columns = self.release.columns();
        let is_shown = |wave: &&Named| {
            columns.name != "wave" || columns.headings.iter().any(|shown| shown.key == wave.key)
        };
        [waves.iter().find(is_shown), waves.iter().rfind(is_shown)]
    }

    /// Returns what is measured.
    pub(crate) fn measure(&self) -> &str {
        self.measure.get(self.language)
    }

    /// Returns who is counted, without numbers.
    pub(crate) fn universe(&self) -> String {
        let universe = self.release.universe().get(self.language);
        if universe.is_empty() {
            self.inputs.population.get(self.language).to_owned()
        } else {
            universe.to_owned()
        }
    }

    /// Returns the word for what is counted.
    pub(crate) fn unit(&self) -> String {
        const PERSONS: Wording = Wording::new("personnes", "persons");
        match self.release.unit() {
            Unit::Persons => PERSONS.say(self.language, &Args::new()),
            Unit::Rows(rows) => lower(rows.get(self.language)),
        }
    }

    /// Says whether the table shows where the same persons went between two waves.
    pub(crate) fn is_transition(&self) -> bool {
        self.release.rows().name.ends_with("@before")
    }

    /// Returns whom the table shows: everybody, or the partner of this edition beside everybody.
    pub(crate) fn place(&self) -> String {
        const BESIDE: Wording =
            Wording::new("{ $partner } et { $everybody }", "{ $partner } and { $everybody }");
        let everybody = everybody(self.company(), self.language);
        match &self.inputs.edition {
            Edition::Partner(_) if self.release.columns().is_of_partners() => {
                let args = Args::new().text("partner", edition_label(self.inputs));
                BESIDE.say(self.language, &args.text("everybody", everybody))
            }
            Edition::Partner(_) | Edition::Partnership => everybody,
        }
    }

    /// Returns where the numbers come from.
    pub(crate) fn source(&self) -> String {
        const SOURCE: Wording = Wording::new(
            "{ $study }, { $waves } ; { $partners } ; politique « { $policy } » ; { $date }.",
            "{ $study }, { $waves }; { $partners }; policy “{ $policy }”; { $date }.",
        );
        let args = Args::new()
            .label("study", &self.inputs.study)
            .text("waves", self.wave_words())
            .text("partners", self.n_partners())
            .text("policy", self.release.policy())
            .text("date", day(self.inputs));
        SOURCE.say(self.language, &args)
    }

    /// Returns how many partners the numbers come from: `5 partenaires`.
    fn n_partners(&self) -> String {
        const SAME: Wording = Wording::new(
            "{ $n -> [one] { $n } partenaire *[other] { $n } partenaires }",
            "{ $n -> [one] { $n } partner *[other] { $n } partners }",
        );
        const CHANGING: Wording = Wording::new(
            "de { $least } à { $n } partenaires selon la vague",
            "{ $least } to { $n } partners, depending on the wave",
        );
        let (least, n) = match self.company() {
            Company::Only(_) | Company::One(_) => (1, 1),
            Company::All { n } | Company::Several { n } => (n, n),
            Company::Changing { least, most } => (least, most),
        };
        let args = Args::new().count("least", least).count("n", n);
        if least == n { SAME } else { CHANGING }.say(self.language, &args)
    }
}

/// Returns the name of the partner of an edition, or of the whole.
pub(crate) fn edition_label(inputs: &Inputs<'_>) -> String {
    match (&inputs.edition, inputs.partners.as_slice()) {
        (Edition::Partnership, [only]) => only.label.get(inputs.language).to_owned(),
        (Edition::Partnership, all) => everybody(Company::All { n: all.len() }, inputs.language),
        (Edition::Partner(partner), all) => all
            .iter()
            .find(|named| named.key == *partner)
            .map_or_else(|| partner.clone(), |named| named.label.get(inputs.language).to_owned()),
    }
}

/// Returns the name of those whom a figure counts: all partners, or the one there is.
fn everybody(company: Company<'_>, language: Language) -> String {
    const ALL: Wording = Wording::new("l'ensemble des partenaires", "all partners");
    const SEVERAL: Wording = Wording::new(
        "l'ensemble des { $n } partenaires qui ont des fiches",
        "all { $n } partners with records",
    );
    const CHANGING: Wording = Wording::new(
        "les partenaires qui ont des fiches à chaque vague",
        "the partners with records at each wave",
    );
    match company {
        Company::Only(partner) | Company::One(partner) => partner.label.get(language).to_owned(),
        Company::All { .. } => ALL.say(language, &Args::new()),
        Company::Several { n } => SEVERAL.say(language, &Args::new().count("n", n)),
        Company::Changing { .. } => CHANGING.say(language, &Args::new()),
    }
}

/// Returns the same in a word or two, beside a share: `tous les partenaires`, `Hotton seul`.
pub(crate) fn everybody_beside(company: Company<'_>, language: Language) -> String {
    const ALL: Wording = Wording::new("tous les partenaires", "all partners");
    const ALONE: Wording = Wording::new("{ $partner } seul", "{ $partner } alone");
    const SEVERAL: Wording = Wording::new(
        "les { $n } partenaires qui ont des fiches",
        "the { $n } partners with records",
    );
    match company {
        Company::Only(partner) => partner.label.get(language).to_owned(),
        Company::One(partner) => ALONE.say(language, &Args::new().label("partner", &partner.label)),
        Company::All { .. } => ALL.say(language, &Args::new()),
        Company::Several { n } => SEVERAL.say(language, &Args::new().count("n", n)),
        Company::Changing { .. } => everybody(company, language),
    }
}

/// Returns a title as words inside a sentence: `épisodes de travail`.
pub(crate) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn day(inputs: &Inputs<'_>) -> String {
    let day = inputs.generated_on;
    date(inputs.language, day.year(), day.month().unsigned_abs(), day.day().unsigned_abs())
}
