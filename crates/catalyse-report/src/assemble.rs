//! Puts a definition, releases and drawings together into a [`Report`].

use std::collections::BTreeMap;

use catalyse_disclose::{Release, Role};

use crate::claims::claim::Comparisons;
use crate::company::{Company, partners_at, waves_of};
use crate::definition::{ChapterDefinition, FigureDefinition, partner_table_id};
use crate::figure::angle::angle;
use crate::figure::breaks::breaks;
use crate::figure::context::{Context, edition_label, everybody_beside};
use crate::figure::measure::measure;
use crate::figure::measure::measure_by;
use crate::figure::reading::reading;
use crate::figure::title::{measure_line, subtitle, title};
use crate::figure::withheld::hides_every_partner;
use crate::inputs::{Edition, Inputs, LeftOut, LeftOutReason, Named};
use crate::report::error::ReportError;
use crate::report::front::FigureLink;
use crate::report::table::Table;
use crate::report::{Chapter, Report, ReportFigure, Whole, WholeOf};
use crate::whole::audience::{Audience, Fed};
use crate::whole::general::general_notes;
use crate::whole::glossary::glossary;
use crate::whole::left_out::say_left_out;
use crate::whole::methods::methods;
use crate::whole::own_numbers::own_numbers;
use crate::whole::portrait::portrait;
use crate::whole::records::records;
use crate::whole::summary::summary;
use crate::whole::trends::trends;
use catalyse_locale::typeset;

/// Puts a report together.
///
/// # Errors
/// Returns an error if a figure's table is not among the releases, or if the edition names a partner that is not there.
pub fn assemble(inputs: &Inputs<'_>) -> Result<Report, ReportError> {
    confront_edition(inputs)?;
    let releases: BTreeMap<&str, &Release> =
        inputs.releases.iter().map(|release| (release.id(), release)).collect();
    let mut fed = Vec::new();
    let mut chapters = Vec::new();
    let mut left_out = inputs.left_out.clone();
    let (mut number, mut n_compared) = (0, 0);
    for chapter in &inputs.definition.chapters {
        let mut figures = Vec::new();
        for figure in &chapter.figures {
            let release = release_of(inputs, figure, &releases)?;
            if hides_every_partner(release) {
                let reason = LeftOutReason::TwoPartners;
                left_out.push(LeftOut { measure: measure(figure, release), reason });
                continue;
            }
            number += 1;
            n_compared += usize::from(release.columns().is_of_partners());
            if feeds_trends(inputs, figure) {
                let link = FigureLink { id: figure.id().to_owned(), number };
                let company = Company::of_figure(inputs, figure, release);
                let measure = measure(figure, release);
                fed.push(Fed { figure: link, release, measure, company });
            }
            figures.push(report_figure(inputs, figure, release, number));
        }
        if !figures.is_empty() {
            chapters.push(report_chapter(inputs, chapter, figures));
        }
    }
    Ok(whole(inputs, (&fed, n_compared), (chapters, &left_out)))
}

/// Lists the columns (from 0) of a release that an edition shows: a partner sees itself and the margins.
fn columns_of(release: &Release, edition: &Edition) -> Vec<usize> {
    let headings = release.columns().headings.iter().enumerate();
    match edition {
        Edition::Partner(partner) if release.columns().is_of_partners() => headings
            .filter(|(_, heading)| match heading.role {
                Role::Category => heading.key == *partner,
                Role::Total => true,
                Role::Answered | Role::Missing => false,
            })
            .map(|(index, _)| index)
            .collect(),
        Edition::Partner(_) | Edition::Partnership => headings.map(|(index, _)| index).collect(),
    }
}

fn group_of(release: &Release, edition: &Edition) -> Option<String> {
    match edition {
        Edition::Partner(partner) if release.columns().is_of_partners() => Some(partner.clone()),
        Edition::Partner(_) | Edition::Partnership => None,
    }
}

fn confront_edition(inputs: &Inputs<'_>) -> Result<(), ReportError> {
    match &inputs.edition {
        Edition::Partner(partner) if !inputs.partners.iter().any(|named| named.key == *partner) => {
            Err(ReportError::UnknownPartner { partner: partner.clone() })
        }
        Edition::Partner(_) | Edition::Partnership => Ok(()),
    }
}

/// Returns the release that a figure shows in an edition: for a partner the one by partner, unless no partner may be shown apart.
fn release_of<'a>(
    inputs: &Inputs<'_>,
    figure: &FigureDefinition,
    releases: &BTreeMap<&str, &'a Release>,
) -> Result<&'a Release, ReportError> {
    let find = |table: String| {
        let release = releases.get(table.as_str()).copied();
        let figure = figure.id().to_owned();
        release.ok_or(ReportError::MissingRelease { figure, table })
    };
    let whole = find(figure.id().to_owned())?;
    let Edition::Partner(partner) = &inputs.edition else { return Ok(whole) };
    // Who has no records there does not stand beside the others.
    let waves = waves_of(inputs, figure, whole);
    let has_records =
        |wave: &&Named| partners_at(inputs, wave).iter().any(|present| present.key == *partner);
    if inputs.definition.has_partner_table(figure.id()) && waves.iter().any(has_records) {
        let beside = find(partner_table_id(figure.id()))?;
        if !hides_every_partner(beside) {
            return Ok(beside);
        }
    }
    Ok(whole)
}

fn feeds_trends(inputs: &Inputs<'_>, figure: &FigureDefinition) -> bool {
    let named = &inputs.definition.trends.figures;
    named.is_empty() || named.iter().any(|id| id == figure.id())
}

fn report_figure(
    inputs: &Inputs<'_>,
    figure: &FigureDefinition,
    release: &Release,
    number: usize,
) -> ReportFigure {
    let measure = measure(figure, release);
    let context = Context { inputs, figure, release, measure: &measure, language: inputs.language };
    let columns = columns_of(release, &inputs.edition);
    let mut table = Table::of(figure.id(), release, &columns, inputs.language);
    table.caption = typeset(inputs.language, &measure_by(&context, &table));
    let breaks = breaks(&context);
    ReportFigure {
        id: figure.id().to_owned(),
        number,
        chart: figure.chart.clone(),
        release: release.id().to_owned(),
        group: group_of(release, &inputs.edition),
        whole: whole_of(&context),
        title: title(&context, &table),
        subtitle: subtitle(&context, &table),
        angle: angle(&context, &table),
        measure: measure_line(&context, &table),
        reading: reading(&context, &table, &breaks),
        breaks,
        table,
        drawing: None,
    }
}

/// Says whom a figure means by everybody.
fn whole_of(context: &Context<'_>) -> Whole {
    let latest = Company::of_last_wave(context.inputs, context.figure, context.release);
    let words = everybody_beside(latest, context.language);
    Whole {
        words: typeset(context.language, &words),
        who: if latest.is_whole() { WholeOf::All } else { WholeOf::Some },
        is_own: match &context.inputs.edition {
            Edition::Partner(partner) => context.company().is_of(partner),
            Edition::Partnership => false,
        },
    }
}

fn report_chapter(
    inputs: &Inputs<'_>,
    chapter: &ChapterDefinition,
    figures: Vec<ReportFigure>,
) -> Chapter {
    Chapter {
        id: chapter.id.clone(),
        title: typeset(inputs.language, chapter.title.get(inputs.language)),
        text: typeset(inputs.language, chapter.text.get(inputs.language)),
        figures,
    }
}

fn whole(
    inputs: &Inputs<'_>,
    (fed, n_compared): (&[Fed<'_>], usize),
    (chapters, left_out_figures): (Vec<Chapter>, &[LeftOut]),
) -> Report {
    let language = inputs.language;
    let definition = inputs.definition;
    let rounding = inputs.releases.iter().map(Release::rounding).max().unwrap_or(1);
    let edition_label = edition_label(inputs);
    let comparisons = Comparisons::of(inputs.releases);
    let audience = Audience {
        comparisons,
        edition: &inputs.edition,
        partner: match &inputs.edition {
            Edition::Partner(_) => Some(&edition_label),
            Edition::Partnership => None,
        },
        language,
    };
    let trends = trends(fed, &audience, definition.trends.limit);
    let words = |names: &[Named]| {
        names.iter().map(|name| typeset(language, name.label.get(language))).collect()
    };
    // A lone partner is everybody, and stands beside nobody.
    let portrayed = if inputs.partners.len() < 2 { &Edition::Partnership } else { &inputs.edition };
    Report {
        name: definition.name.clone(),
        title: typeset(language, definition.title.get(language)),
        summary: typeset(language, &summary(inputs, n_compared)),
        own_numbers: own_numbers(inputs, &edition_label, (&chapters, left_out_figures)),
        language,
        edition: inputs.edition.clone(),
        edition_label: typeset(language, &edition_label),
        generated_on: inputs.generated_on,
        study: typeset(language, inputs.study.get(language)),
        waves: words(&inputs.waves),
        partners: words(&inputs.partners),
        general_notes: general_notes(rounding, language),
        records: records(inputs),
        left_out: left_out(inputs, left_out_figures),
        methods: methods(inputs, comparisons.n_tests),
        glossary: glossary(language, rounding),
        portrait: portrait(&definition.portrait, &chapters, (portrayed, language)),
        trends,
        chapters,
        policy: inputs.protection.policy.clone(),
    }
}

/// Says what the report does not show. What a partner's edition lacks is said there only.
fn left_out(inputs: &Inputs<'_>, figures: &[LeftOut]) -> Vec<String> {
    let is_said = |one: &&LeftOut| {
        one.reason != LeftOutReason::Beside || inputs.edition != Edition::Partnership
    };
    let said: Vec<LeftOut> = figures.iter().filter(is_said).cloned().collect();
    let sentences = say_left_out(&said, inputs.language);
    sentences.iter().map(|sentence| typeset(inputs.language, sentence)).collect()
}
