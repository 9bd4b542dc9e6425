//! The two languages of a page: that of its own words, and that of the questions, which a study may have in more languages than the pages.

use catalyse_codebook::Codebook;
use catalyse_locale::{Label, Language};

/// Holds both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tongues {
    /// The language of the page's own words.
    pub(crate) page: Language,
    /// The language of what the study asks.
    pub(crate) questions: Language,
}

impl Tongues {
    /// Returns a text of the study in the language of the questions, else in that of the page.
    pub(crate) fn of(self, label: &Label) -> &str {
        label.exact(self.questions).unwrap_or_else(|| label.get(self.page))
    }

    /// Returns the tag of the language that [`Self::of`] answers in, so that a page can say in which language a text is.
    pub(crate) fn tag(self, label: &Label) -> &'static str {
        let has = |language: &Language| label.exact(*language).is_some();
        let found = [self.questions, self.page].into_iter().find(has);
        found.unwrap_or_default().tag()
    }
}

/// Lists the languages in which a study can be asked: tag, name in the language itself, whether it is the chosen one.
pub(crate) fn offered(
    codebook: &Codebook,
    chosen: Language,
) -> Vec<(&'static str, &'static str, bool)> {
    let languages = codebook.study.languages.iter();
    languages.map(|language| (language.tag(), own_name(*language), *language == chosen)).collect()
}

const fn own_name(language: Language) -> &'static str {
    match language {
        Language::Fr => "Français",
        Language::En => "English",
        Language::Nl => "Nederlands",
        Language::De => "Deutsch",
    }
}

#[cfg(test)]
mod tests {
    use catalyse_locale::{Label, Language};

    use super::Tongues;

    #[test]
    fn a_text_is_in_the_language_of_questions_else_in_that_of_the_page() {
        let mut label = Label::new("oui", "yes");
        let dutch = Tongues { page: Language::En, questions: Language::Nl };
        assert_eq!((dutch.of(&label), dutch.tag(&label)), ("yes", "en"));
        label.set(Language::Nl, "ja");
        assert_eq!((dutch.of(&label), dutch.tag(&label)), ("ja", "nl"));
        let same = Tongues { page: Language::Fr, questions: Language::Fr };
        assert_eq!((same.of(&label), same.tag(&label)), ("oui", "fr"));
    }
}
