//! The words of a report for readers without statistics: what each means, in a sentence or two.

use catalyse_locale::{Args, Language, Wording, typeset};

use crate::report::Paragraph;

const WORDS: [(Wording, Wording); 10] = [
    (
        Wording::new("Lecture", "Reading"),
        Wording::new(
            "Un nombre de la figure dit en toutes lettres. Qui la comprend sait lire toute la figure.",
            "One number of the figure said in words. Whoever understands it can read the whole figure.",
        ),
    ),
    (
        Wording::new("Champ", "Universe"),
        Wording::new(
            "Les personnes dont parle la figure : qui, quand, combien.",
            "The persons a figure speaks of: who, when, how many.",
        ),
    ),
    (
        Wording::new("n", "n"),
        Wording::new(
            "Le nombre de personnes derrière un pourcentage, arrondi. Plus il est petit, plus le pourcentage est fragile.",
            "The number of persons behind a percentage, rounded. The smaller it is, the less a percentage holds.",
        ),
    ),
    (
        Wording::new("Intervalle à 95 %", "95% interval"),
        Wording::new(
            "La fourchette qui va avec un pourcentage, élargie de ce que l'arrondi peut cacher ; sur les figures, le trait noir au bout de la barre. Un trait long veut dire : peu de personnes, à lire avec prudence.",
            "The range that goes with a percentage, widened by what rounding may hide; in the figures, the black line at the end of a bar. A long line means: few persons, read with care.",
        ),
    ),
    (
        Wording::new("Point", "Point"),
        Wording::new(
            "L'unité d'un écart entre deux pourcentages : de 12 % à 21 %, il y a 9 points.",
            "The unit of a difference between two percentages: from 12% to 21% there are 9 points.",
        ),
    ),
    (
        Wording::new("Changement ou écart net", "Clear change or difference"),
        Wording::new(
            "Un changement ou un écart trop grand pour être mis sur le compte du hasard. « Pas d'écart net » ne veut pas dire qu'il n'y en a pas, mais que ces chiffres ne permettent pas de l'affirmer.",
            "A change or a difference too large to be put down to chance. “No clear difference” does not mean that there is none, but that these numbers cannot tell.",
        ),
    ),
    (
        Wording::new("p", "p"),
        Wording::new(
            "Le risque de voir un tel écart par le seul hasard. Plus p est petit, plus l'indice est fort. « Après ajustement » : il tient compte de toutes les comparaisons du rapport.",
            "The risk of seeing such a difference by chance alone. The smaller p, the stronger the evidence. “After adjustment”: all comparisons of the report are taken into account.",
        ),
    ),
    (
        Wording::new("Médiane, moitié du milieu", "Median, middle half"),
        Wording::new(
            "La moitié des personnes ont moins que la médiane, l'autre moitié plus. La moitié du milieu laisse de côté le quart le plus bas et le quart le plus haut.",
            "Half of the persons have less than the median, half have more. The middle half leaves out the lowest and the highest quarter.",
        ),
    ),
    (
        Wording::new("Vague", "Wave"),
        Wording::new(
            "Une période de collecte. Les « mêmes personnes » sont celles que l'on a vues à la première et à la dernière.",
            "One period of collection. The “same persons” are those seen at the first and at the last.",
        ),
    ),
    (
        Wording::new("[c], [u], [x], [z]", "[c], [u], [x], [z]"),
        Wording::new(
            "[c] : confidentiel, non montré. [u] : trop peu de personnes pour un pourcentage. [x] : aucune fiche livrée à cette vague. [z] : sans objet.",
            "[c]: confidential, not shown. [u]: too few persons for a percentage. [x]: no record delivered at this wave. [z]: not applicable.",
        ),
    ),
];

/// Returns the words of a report. `rounding` is the multiple that counts are brought to.
pub(crate) fn glossary(language: Language, rounding: u64) -> Vec<Paragraph> {
    const FEWER: [Wording; 2] = [
        Wording::new("Moins de { $base }", "Fewer than { $base }"),
        Wording::new(
            "De 0 à { $most } personnes. Tous les effectifs sont arrondis à un multiple de { $base }, pour qu'on ne puisse pas retrouver un petit nombre, même en comparant les tableaux. Qui connaît déjà une personne peut toujours la reconnaître dans une description : ces tableaux ne lui apprennent pas le reste.",
            "From 0 to { $most } persons. All counts are rounded to a multiple of { $base }, so that no small number can be found, not even by comparing tables. Who knows a person already may still recognise them in a description: these tables do not tell the rest.",
        ),
    ];
    let paragraph = |title: &Wording, text: &Wording, args: &Args| Paragraph {
        title: typeset(language, &title.say(language, args)),
        text: typeset(language, &text.say(language, args)),
    };
    let mut words: Vec<Paragraph> =
        WORDS.iter().map(|(title, text)| paragraph(title, text, &Args::new())).collect();
    if rounding > 1 {
        let args = Args::new().count("base", rounding).count("most", rounding - 1);
        let [title, text] = &FEWER;
        words.push(paragraph(title, text, &args));
    }
    words
}
