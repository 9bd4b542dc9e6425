//! Breaks in a series: which of the study's breaks concern a figure, and what is said of them below it.

use catalyse_disclose::{Role, WaveChoice};
use catalyse_locale::{Args, Wording, typeset};

use crate::claims::phrase::moment;
use crate::figure::context::Context;
use crate::inputs::Break;
use crate::report::FigureBreak;

/// Lists the breaks that lie between the waves of a figure and are about what it counts.
pub(crate) fn breaks(context: &Context<'_>) -> Vec<FigureBreak> {
    let shown = shown_waves(context);
    let place = |key: &str| context.inputs.waves.iter().position(|wave| wave.key == *key);
    let Some(first) = shown.first().and_then(|key| place(key)) else { return Vec::new() };
    let concerned = context.inputs.breaks.iter().filter(|found| is_about(found, context));
    concerned
        .filter_map(|found| {
            let from = place(&found.wave).filter(|from| *from > first)?;
            // A figure of the first and the last wave shows the break before the last.
            let wave = shown.iter().find(|key| place(key).is_some_and(|place| place >= from))?;
            Some(FigureBreak { wave: wave.clone(), note: note(found, context) })
        })
        .collect()
}

/// Says what breaks and from when: `Rupture à la vague 3 (mars–mai 2025) : …`.
fn note(found: &Break, context: &Context<'_>) -> String {
    const NOTE: Wording =
        Wording::new("Rupture à { $wave } : { $note }", "Break at { $wave }: { $note }");
    let language = context.language;
    let wave = context.inputs.waves.iter().find(|wave| wave.key == found.wave);
    let wave = wave.map_or_else(String::new, |wave| moment(language, wave.label.get(language)));
    let args = Args::new().text("wave", wave).label("note", &found.note);
    typeset(language, &NOTE.say(language, &args))
}

/// Lists the codes of the waves that a figure compares, in time.
fn shown_waves(context: &Context<'_>) -> Vec<String> {
    match context.figure.table.wave {
        WaveChoice::Last | WaveChoice::First | WaveChoice::Named(_) => Vec::new(),
        WaveChoice::Each | WaveChoice::FirstAndLast => {
            let columns = context.release.columns();
            if columns.is_of_waves() {
                let waves = columns.headings.iter().filter(|wave| wave.role == Role::Category);
                return waves.map(|wave| wave.key.clone()).collect();
            }
            let waves = &context.inputs.waves;
            let ends = [waves.first(), waves.last()];
            ends.into_iter().flatten().map(|wave| wave.key.clone()).collect()
        }
    }
}

fn is_about(found: &Break, context: &Context<'_>) -> bool {
    let table = &context.figure.table;
    let names = [Some(&table.rows), table.columns.as_ref(), table.value.as_ref()];
    found.variables.is_empty()
        || names.into_iter().flatten().any(|name| found.variables.contains(name))
}
