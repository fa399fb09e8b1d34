//! The table that people read.

use std::fmt::Write as _;

use crate::figure::Figure;
use crate::measure::{Line, Results, Spread};
use crate::plan::Competitor;

use Competitor::{ClientGo, Kube, Kubist};

/// Writes the results as Markdown.
pub(crate) fn markdown(results: &Results) -> String {
    let mut out = format!("# Results: {}\n\n", results.name);
    for (key, value) in &results.machine {
        let _ = writeln!(out, "* {key}: {value}");
    }
    let _ = write!(
        out,
        "\nMedian [least – most] of {} rounds; in each round every competitor ran once. A ratio is Kubist's value divided by\n\
         the other's in the same round. What it must be stands behind it, with ✓ or ✗.\n\n",
        results.rounds
    );
    out.push_str(
        "| work | figure | Kubist | kube-rs | client-go | ÷ kube-rs | ÷ client-go |\n|---|---|---|---|---|---|---|\n",
    );
    let mut before = "";
    for line in &results.lines {
        let title = if line.row == before { "" } else { line.title.as_str() };
        before = &line.row;
        let _ = writeln!(
            out,
            "| {title} | {} | {} | {} | {} | {} | {} |",
            line.figure.name(),
            value(line, Kubist),
            value(line, Kube),
            value(line, ClientGo),
            ratio(line, Kube),
            ratio(line, ClientGo),
        );
    }
    let own = own(results);
    if !own.is_empty() {
        out.push_str("\n## Kubist beside itself\n\n| what | value | must be |\n|---|---|---|\n");
        for (what, ratio, must, holds) in own {
            let _ = writeln!(out, "| {what} | {ratio:.2} | {must} {} |", mark(holds));
        }
    }
    for (title, notes) in [("Failed", &results.failures), ("Doubtful", &results.doubts)] {
        if !notes.is_empty() {
            let _ = writeln!(out, "\n## {title}\n\n* {}", notes.join("\n* "));
        }
    }
    out
}

fn value(line: &Line, who: Competitor) -> String {
    match (line.values.get(&who), line.spread(who)) {
        (Some(Err(reason)), _) => reason.clone(),
        (_, Some(Spread { median, least, most })) => {
            let show = |value| line.figure.show(value);
            // The unit stands behind the median alone.
            let bare = |value| show(value).split(' ').next().unwrap_or_default().to_owned();
            if !line.figure.is_quantity() {
                return show(median);
            }
            format!("**{}** [{} – {}]", show(median), bare(least), bare(most))
        }
        _ => "–".to_owned(),
    }
}

fn ratio(line: &Line, against: Competitor) -> String {
    match (line.ratio(against), line.must(against)) {
        (Some(ratio), Some(bound)) => {
            format!("**{:.2}** ({} {})", ratio.median, bound.show(), mark(bound.holds(ratio.median)))
        }
        (Some(ratio), None) => format!("{:.2}", ratio.median),
        (None, Some(bound)) => format!("– ({})", bound.show()),
        (None, None) => "–".to_owned(),
    }
}

fn mark(holds: bool) -> &'static str {
    if holds { "✓" } else { "✗" }
}

/// What Kubist must be beside itself: protobuf beside JSON, many objects beside few.
fn own(results: &Results) -> Vec<(String, f64, String, bool)> {
    let median = |row: &str, figure: Figure| {
        let line = results.lines.iter().find(|line| line.row == row && line.figure == figure)?;
        Some(line.spread(Kubist)?.median)
    };
    let mut own = Vec::new();
    let protobuf = median("watch-protobuf", Figure::ItemsPerCpuSecond);
    if let (Some(protobuf), Some(json)) = (protobuf, median("watch-json", Figure::ItemsPerCpuSecond)) {
        let ratio = protobuf / json;
        own.push(("watch: events in protobuf ÷ in JSON".to_owned(), ratio, "≥ 1.5".to_owned(), ratio >= 1.5));
    }
    for (row, what, limit) in [
        ("crates", "hello: crates", 125.0),
        ("types-debug", "types, every kind, debug, seconds", 8.0),
        ("types-release", "types, every kind, release, seconds", 16.0),
        ("crd100", "what the derive of 100 resources adds, seconds", 3.0),
        ("crd100-run", "crd() of 100 resources, debug, ms", 50.0),
    ] {
        let value = [Figure::Crates, Figure::Build, Figure::Wall].into_iter().find_map(|figure| median(row, figure));
        own.extend(value.map(|value| (what.to_owned(), value, format!("≤ {limit}"), value <= limit)));
    }
    for (few, many, title) in
        [("items-1k", "items-10k", "10,000 ÷ 1,000"), ("items-10k", "items-100k", "100,000 ÷ 10,000")]
    {
        for (figure, limit) in [(Figure::CpuPerItem, 1.15), (Figure::Peak, 1.15)] {
            let (Some(few), Some(many)) = (median(few, figure), median(many, figure)) else { continue };
            let ratio = many / few;
            own.push((format!("{title} objects: {}", figure.name()), ratio, format!("≤ {limit}"), ratio <= limit));
        }
    }
    own
}
