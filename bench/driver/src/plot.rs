//! The picture: a group of bars a figure, each as long as its share of the group's greatest.

use std::fmt::Write as _;

use crate::measure::{Line, Results};
use crate::plan::Competitor;

const WIDTH: usize = 1040;
const LEFT_EDGE: f64 = 165.0;
const BAR_WIDTH: f64 = 520.0;
const RATIOS: usize = 815;
const BAR: usize = 16;
const GAP: usize = 4;
const TOP: usize = 76;

/// Draws the results.
pub(crate) fn svg(results: &Results) -> String {
    let mut body = String::new();
    let (mut y, mut before) = (TOP, "");
    for line in results.lines.iter().filter(|line| line.spread(Competitor::Kubist).is_some()) {
        if line.row != before {
            y += 14;
            text(&mut body, 24, y + 14, "title", &line.title);
            y += 24;
            before = &line.row;
        }
        y = group(&mut body, y, line);
    }
    let height = y + 40;
    let machine = |key: &str| results.machine.get(key).map(String::as_str).unwrap_or_default();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n{STYLE}"
    );
    let _ = writeln!(out, "<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>");
    text(&mut out, 24, 34, "head", "Kubist beside kube-rs and client-go");
    let what = format!(
        "Shorter is better; per second of CPU, longer is. Median of {} rounds, {}.",
        results.rounds,
        machine("date")
    );
    text(&mut out, 24, 56, "note", &what);
    text(&mut out, RATIOS, 56, "note", "Kubist ÷ the other (must be)");
    out.push_str(&body);
    text(&mut out, 24, height - 14, "note", &format!("{}, {}", machine("CPU"), machine("system")));
    out.push_str("</svg>\n");
    out
}

const STYLE: &str = "<style>\
.head{font-size:20px;font-weight:600;fill:#111827}\
.title{font-size:14px;font-weight:600;fill:#111827}\
.figure,.note{font-size:12px;fill:#4b5563}\
.value{font-size:12px;fill:#111827}\
.good{font-size:12px;fill:#15803d;font-weight:600}\
.bad{font-size:12px;fill:#b91c1c;font-weight:600}\
</style>\n";

fn colour(who: Competitor) -> &'static str {
    match who {
        Competitor::Kubist => "#2563eb",
        Competitor::Kube => "#f59e0b",
        Competitor::ClientGo => "#94a3b8",
    }
}

/// Draws one figure, and returns where the next one begins.
fn group(out: &mut String, top: usize, line: &Line) -> usize {
    let present: Vec<_> = Competitor::ALL.iter().filter_map(|who| Some((*who, line.spread(*who)?))).collect();
    let greatest = present.iter().map(|(_, spread)| spread.median).fold(0.0, f64::max);
    let middle = top + (present.len() * (BAR + GAP)) / 2;
    text(out, 24, middle + 2, "figure", line.figure.name());
    let mut y = top;
    for (who, spread) in &present {
        let length = (spread.median / greatest * BAR_WIDTH).max(1.0);
        let _ = writeln!(
            out,
            "<rect x=\"{LEFT_EDGE}\" y=\"{y}\" width=\"{length:.1}\" height=\"{BAR}\" rx=\"2\" fill=\"{}\"/>",
            colour(*who)
        );
        let label = format!("{} {}", who.name(), line.figure.show(spread.median));
        let _ = writeln!(
            out,
            "<text class=\"value\" x=\"{:.1}\" y=\"{}\">{}</text>",
            LEFT_EDGE + length + 6.0,
            y + 12,
            escape(&label)
        );
        if let Some(ratio) = line.ratio(*who).filter(|_| *who != Competitor::Kubist) {
            let (class, must) = match line.must(*who) {
                Some(bound) if bound.holds(ratio.median) => ("good", format!(" ({}) ✓", bound.show())),
                Some(bound) => ("bad", format!(" ({}) ✗", bound.show())),
                None => ("value", String::new()),
            };
            text(out, RATIOS + 30, y + 12, class, &format!("{:.2}{must}", ratio.median));
        }
        y += BAR + GAP;
    }
    y + 8
}

fn text(out: &mut String, x: usize, y: usize, class: &str, words: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(words));
}

fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
