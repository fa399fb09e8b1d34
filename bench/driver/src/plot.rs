//! The picture: for each piece of work its figures side by side, each with a bar for everyone, as long as its share of the
//! greatest.

use std::fmt::Write as _;

use crate::measure::{Line, Results};
use crate::plan::Competitor;

const WIDTH: usize = 1080;
/// Where the figures of a row begin, two beside one another.
const PANELS: [usize; 2] = [24, 556];
/// Where the parts of a figure begin, behind its name.
const NAMES: usize = 116;
const BARS: usize = 176;
const BAR_WIDTH: f64 = 136.0;
const RATIOS: usize = 388;
const BAR: usize = 11;
const PITCH: usize = 16;
const TITLE: usize = 22;
const TOP: usize = 70;

/// Draws the results.
pub(crate) fn svg(results: &Results) -> String {
    let drawn = |line: &&Line| line.figure.is_drawn() && line.spread(Competitor::Kubist).is_some();
    let lines: Vec<&Line> = results.lines.iter().filter(drawn).collect();
    let mut body = String::new();
    let mut y = TOP;
    for row in lines.chunk_by(|one, next| one.row == next.row) {
        y += 16;
        text(&mut body, PANELS[0], y + 12, "title", &row[0].title);
        y += TITLE;
        for pair in row.chunks(PANELS.len()) {
            let heights = pair.iter().zip(PANELS).map(|(line, x)| figure(&mut body, x, y, line));
            y += heights.max().unwrap_or_default();
        }
    }
    let height = y + 46;
    let machine = |key: &str| results.machine.get(key).map(String::as_str).unwrap_or_default();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n{STYLE}"
    );
    let _ = writeln!(out, "<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>");
    text(&mut out, 24, 34, "head", "Kubist beside kube-rs and client-go");
    let what = format!(
        "Shorter is better; per second of CPU, longer is. Behind each: Kubist ÷ it, and what that must be. Median of {} rounds, {}.",
        results.rounds,
        machine("date")
    );
    text(&mut out, 24, 56, "note", &what);
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

/// Draws one figure, and returns how high it is.
fn figure(out: &mut String, left: usize, top: usize, line: &Line) -> usize {
    let present: Vec<_> = Competitor::ALL.iter().filter_map(|who| Some((*who, line.spread(*who)?))).collect();
    let greatest = present.iter().map(|(_, spread)| spread.median).fold(0.0, f64::max);
    text(out, left, top + BAR, "figure", line.figure.name());
    for (number, (who, spread)) in present.iter().enumerate() {
        let y = top + number * PITCH;
        let length = (spread.median / greatest * BAR_WIDTH).max(1.0);
        text(out, left + NAMES, y + BAR, "note", who.name());
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{y}\" width=\"{length:.1}\" height=\"{}\" rx=\"2\" fill=\"{}\"/>",
            left + BARS,
            BAR + 2,
            colour(*who)
        );
        let _ = writeln!(
            out,
            "<text class=\"value\" x=\"{:.1}\" y=\"{}\">{}</text>",
            f64::from(u32::try_from(left + BARS).unwrap_or_default()) + length + 5.0,
            y + BAR,
            escape(&line.figure.show(spread.median))
        );
        if let Some(ratio) = line.ratio(*who).filter(|_| *who != Competitor::Kubist) {
            let (class, must) = match line.must(*who) {
                Some(bound) if bound.holds(ratio.median) => ("good", format!(" ({}) ✓", bound.show())),
                Some(bound) => ("bad", format!(" ({}) ✗", bound.show())),
                None => ("value", String::new()),
            };
            text(out, left + RATIOS, y + BAR, class, &format!("{:.2}{must}", ratio.median));
        }
    }
    present.len() * PITCH + 4
}

fn text(out: &mut String, x: usize, y: usize, class: &str, words: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(words));
}

fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
