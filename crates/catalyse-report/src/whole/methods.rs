//! The page "Comment lire ces chiffres": what an interval means for a caseload, how tables are protected, how tests were adjusted.

use catalyse_locale::{Args, Label, Wording, typeset};
use catalyse_stats::MonteCarlo;

use crate::inputs::Inputs;
use crate::report::Paragraph;

/// Makes the paragraphs on method.
pub(crate) fn methods(inputs: &Inputs<'_>, n_comparisons: usize) -> Vec<Paragraph> {
    let drawn = MonteCarlo::default();
    let mut paragraphs: Vec<Paragraph> = FIXED
        .iter()
        .map(|(title, text)| {
            let args = Args::new().count("n", n_comparisons);
            let args = args.count("draws", u64::from(drawn.draws)).count("seed", drawn.seed);
            paragraph(inputs, &title.say(inputs.language, &args), &text.say(inputs.language, &args))
        })
        .collect();
    paragraphs.extend(waves(inputs));
    paragraphs.push(protection(inputs));
    paragraphs
}

const FIXED: [(Wording, Wording); 4] = [
    (
        Wording::new(
            "Toutes les personnes suivies, pas un échantillon",
            "All persons followed, not a sample",
        ),
        Wording::new(
            "Les effectifs et les parts décrivent toutes les personnes que les partenaires ont suivies et vues à la vague indiquée. Pour elles, il n'y a pas d'erreur d'échantillonnage. L'intervalle répond à une autre question : si l'on voit ces personnes comme un tirage d'un processus stable, quelles parts ce processus aurait-il pu donner ? Il sert à comparer des partenaires et des vagues, pas à douter du compte.",
            "Counts and shares describe all persons whom the partners followed and saw at the wave named. For them there is no sampling error. The interval answers another question: if these persons are seen as one draw of a stable process, which shares could that process have given? It serves to compare partners and waves, not to doubt the count.",
        ),
    ),
    (
        Wording::new("Intervalles et points", "Intervals and points"),
        Wording::new(
            "Les intervalles des parts sont à 95 %, par la méthode de Wilson, en pourcentages entiers : la borne basse vient du plus petit nombre que l'arrondi permet, la borne haute du plus grand. Les intervalles des écarts et des changements, en points, par la méthode de Newcombe, tiennent compte de la même façon de tous les nombres que l'arrondi permet : l'intervalle qu'on aurait calculé sur les nombres vrais est toujours dedans. C'est pourquoi il peut toucher 0 là où le test, fait sur les nombres vrais, montre une différence. L'intervalle d'une moyenne est celui de Student ; il s'arrête aux valeurs possibles d'après l'étude (une durée n'est jamais négative), et une note le dit là où cela s'est produit. Un écart entre deux parts s'écrit en points : de 12 % à 21 %, il y a 9 points. Deux intervalles qui se recouvrent ne prouvent pas que rien ne diffère ; c'est le test qui le dit.",
            "Intervals of shares are at 95%, by Wilson's method, in whole percentages: the lower end comes from the smallest number that rounding allows, the upper end from the largest. Intervals of differences and changes, in points, by Newcombe's method, allow in the same way for every number that rounding permits: the interval of the true numbers always lies within. That is why one may reach 0 where the test, made on the true numbers, shows a difference. The interval of a mean is Student's; it ends where values can by the study (a length of time is never negative), and a note says where that happened. A difference between two shares is written in points: from 12% to 21% there are 9 points. Two intervals that overlap do not prove that nothing differs; the test tells.",
        ),
    ),
    (
        Wording::new("Changements et comparaisons", "Changes and comparisons"),
        Wording::new(
            "Un changement entre deux vagues est testé sur les personnes vues aux deux, jamais sur des personnes différentes. Un partenaire est comparé à tous les autres réunis, non au total qui le contient. Ce rapport fait { $n } comparaisons : à elles seules, quelques-unes paraîtraient nettes par hasard. Les valeurs p sont donc ajustées sur tout le rapport, et données par paliers. Là où une case attend peu de personnes, le test est exact (Fisher), ou fait sur { $draws } tableaux tirés au sort avec les mêmes marges, toujours les mêmes (Monte Carlo, graine { $seed }). « Aucun changement démontré » ne veut pas dire « aucun changement » : l'écart qui « pouvait passer inaperçu » est celui qu'un test aurait eu moins de quatre chances sur cinq de montrer, à ce seuil ajusté.",
            "A change between two waves is tested on the persons seen at both, never on different persons. A partner is compared with all others together, not with the total that contains it. This report makes { $n } comparisons: by chance alone, some would look clear. p-values are therefore adjusted over the whole report, and given in bands. Where few persons are expected in a cell, the test is exact (Fisher), or made on { $draws } tables drawn at random with the same margins, always the same ones (Monte Carlo, seed { $seed }). “No change shown” does not mean “no change”: the difference that “could have gone unseen” is one that a test would have had less than four chances in five to show, at this adjusted level.",
        ),
    ),
    (
        Wording::new("Décrire n'est pas expliquer", "To describe is not to explain"),
        Wording::new(
            "Ces tableaux disent ce qui va ensemble et ce qui change. Ils ne disent pas pourquoi : les personnes, les lieux et le moment diffèrent aussi par ce qui n'a pas été demandé.",
            "These tables tell what goes together and what changes. They do not tell why: persons, places and moments also differ in what was not asked.",
        ),
    ),
];

/// Says what breaks the series, wave by wave; nothing if nothing does.
fn waves(inputs: &Inputs<'_>) -> Option<Paragraph> {
    const TITLE: Wording = Wording::new("Ruptures dans les séries", "Breaks in the series");
    const LINE: Wording = Wording::new("{ $wave } : { $note }", "{ $wave }: { $note }");
    let language = inputs.language;
    let sentences = inputs.breaks.iter().map(|found| {
        let wave = inputs.waves.iter().find(|wave| wave.key == found.wave);
        let label =
            wave.map_or_else(|| Label::same(found.wave.as_str()), |wave| wave.label.clone());
        LINE.say(language, &Args::new().label("wave", &label).label("note", &found.note))
    });
    let text: Vec<String> = sentences.collect();
    let title = TITLE.say(language, &Args::new());
    (!text.is_empty()).then(|| paragraph(inputs, &title, &text.join(" ")))
}

fn protection(inputs: &Inputs<'_>) -> Paragraph {
    const TITLE: Wording = Wording::new("Protection des personnes", "Protection of persons");
    const POLICY: Wording = Wording::new(
        "Tous les tableaux sont passés ensemble par la politique « { $policy } » avant d'être montrés ; figures, classeur et fichiers lisent les mêmes nombres protégés.",
        "All tables went together through the policy “{ $policy }” before being shown; figures, workbook and files read the same protected numbers.",
    );
    let language = inputs.language;
    let args = Args::new().text("policy", inputs.protection.policy.as_str());
    let mut sentences = vec![POLICY.say(language, &args)];
    sentences.extend(inputs.protection.rules.iter().map(|rule| rule.say(language)));
    sentences.extend(inputs.protection.audit.iter().map(|audit| audit.say(language)));
    paragraph(inputs, &TITLE.say(language, &Args::new()), &sentences.join(" "))
}

fn paragraph(inputs: &Inputs<'_>, title: &str, text: &str) -> Paragraph {
    Paragraph { title: typeset(inputs.language, title), text: typeset(inputs.language, text) }
}
