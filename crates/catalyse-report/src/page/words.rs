//! The fixed words of the page, in the reader's language.

use catalyse_locale::{Args, Language, Wording, typeset};

/// Holds the fixed words of the page.
pub(super) struct Words {
    pub skip: String,
    pub contents: String,
    pub about: String,
    pub trends: String,
    pub portrait: String,
    pub portrait_lead: String,
    pub trends_lead: String,
    pub nothing_shown: String,
    pub nothing_own: String,
    pub before: String,
    pub records: String,
    pub records_caption: String,
    pub partner: String,
    pub inconclusive: String,
    pub inconclusive_lead: String,
    pub inconclusive_more: String,
    pub nothing_compared: String,
    pub left_out: String,
    pub glossary: String,
    pub figure_in_brackets: String,
    pub methods: String,
    pub figure: String,
    pub table: String,
    pub see_table: String,
    pub reading: String,
    pub universe: String,
    pub notes: String,
    pub source: String,
    pub partners: String,
    pub waves: String,
    pub edition: String,
    pub made_on: String,
    pub more: String,
    pub back: String,
}

impl Words {
    /// Returns the words of a language.
    pub(super) fn new(language: Language) -> Self {
        let say = |fr: &'static str, en: &'static str| {
            typeset(language, &Wording::new(fr, en).say(language, &Args::new()))
        };
        Self {
            skip: say("Aller au contenu", "Skip to content"),
            contents: say("Sommaire", "Contents"),
            about: say("Vagues, partenaires, date", "Waves, partners, date"),
            trends: say("Ce qui ressort", "What stands out"),
            portrait: say("En quelques chiffres", "In a few numbers"),
            portrait_lead: say(
                "Parts des personnes, à la dernière vague.",
                "Shares of the persons at the last wave.",
            ),
            trends_lead: say(
                "Les indices les plus forts d’abord, puis les plus grands écarts ; chaque phrase renvoie à sa figure.",
                "The strongest evidence first, then the largest differences; each sentence leads to its figure.",
            ),
            nothing_shown: say(
                "Rien de ce qui a été comparé ne ressort nettement de ces données.",
                "Nothing that was compared stands out clearly from these data.",
            ),
            nothing_own: say(
                "Rien ne distingue nettement ce partenaire des autres dans ces chiffres ; plus bas se lit ce qu’on ne peut pas conclure.",
                "Nothing sets this partner clearly apart from the others in these numbers; what cannot be concluded stands below.",
            ),
            before: say("Avant de lire les figures", "Before reading the figures"),
            records: say("Les données de ce rapport", "The data of this report"),
            records_caption: say(
                "Fiches comptées et fiches mises à l'écart, par partenaire et par vague",
                "Records counted and records left out, by partner and wave",
            ),
            partner: say("Partenaire", "Partner"),
            nothing_compared: say(
                "Ces fiches ne permettent aucune comparaison d'une vague à l'autre ou entre partenaires. Les chapitres décrivent la situation des personnes.",
                "These records allow no comparison between waves or between partners. The chapters describe the situation of the persons.",
            ),
            inconclusive: say("Ce qu'on ne peut pas conclure", "What cannot be concluded"),
            inconclusive_lead: say(
                "Pas d'écart net ne veut pas dire pas d'écart : les personnes sont trop peu nombreuses pour qu'un petit écart se distingue du hasard.",
                "No clear difference does not mean no difference: there are too few persons for a small difference to be told from chance.",
            ),
            inconclusive_more: say("Le détail, sujet par sujet", "The details, topic by topic"),
            left_out: say("Ce que ce rapport ne montre pas", "What this report does not show"),
            glossary: say("Les mots de ce rapport", "The words of this report"),
            figure_in_brackets: say("figure", "figure"),
            methods: say("Comment lire ces chiffres", "How to read these numbers"),
            figure: say("Figure", "Figure"),
            table: say("Tableau", "Table"),
            see_table: say("Voir les nombres", "See the numbers"),
            reading: say("Lecture", "Reading"),
            universe: say("Champ", "Universe"),
            notes: say("Notes", "Notes"),
            source: say("Source", "Source"),
            partners: say("Partenaires", "Partners"),
            waves: say("Vagues", "Waves"),
            edition: say("Pour", "For"),
            made_on: say("Établi le", "Made on"),
            more: say("autres constats dans les chapitres.", "more findings in the chapters."),
            back: say("Retour au sommaire", "Back to contents"),
        }
    }
}
