//! The rounds: every competitor once in each, so that a slow minute hits all of them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::Result;
use crate::build::Programs;
use crate::figure::Figure;
use crate::plan::{Bound, Competitor, Must, Plan, Row};
use crate::program::{Missing, Sample, Server};
use crate::{check, machine};

/// What came out.
pub(crate) struct Results {
    pub(crate) name: String,
    pub(crate) machine: BTreeMap<String, String>,
    pub(crate) rounds: usize,
    pub(crate) lines: Vec<Line>,
    /// What failed: the row, who, and how.
    pub(crate) failures: Vec<String>,
    /// What makes a figure doubtful: the row, and why.
    pub(crate) doubts: Vec<String>,
}

/// The runs of a row, or why there are none.
pub(crate) type Samples = BTreeMap<Competitor, std::result::Result<Vec<Sample>, String>>;

/// One figure of one piece of work.
pub(crate) struct Line {
    pub(crate) row: String,
    pub(crate) title: String,
    pub(crate) figure: Figure,
    pub(crate) musts: Vec<Must>,
    /// The values by round, or why there are none.
    pub(crate) values: BTreeMap<Competitor, std::result::Result<Vec<f64>, String>>,
}

/// The middle of some values, and how far they go.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Spread {
    /// Returns `None` for no values at all.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let middle = values.len() / 2;
        let median =
            if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) };
        Some(Self { median, least, most })
    }
}

impl Line {
    pub(crate) fn spread(&self, competitor: Competitor) -> Option<Spread> {
        Spread::of(self.values.get(&competitor)?.as_ref().ok()?)
    }

    /// Kubist's value divided by the competitor's, round by round.
    pub(crate) fn ratio(&self, against: Competitor) -> Option<Spread> {
        let ours = self.values.get(&Competitor::Kubist).filter(|_| self.figure.is_quantity())?.as_ref().ok()?;
        let theirs = self.values.get(&against)?.as_ref().ok()?;
        let ratios: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
        Spread::of(&ratios)
    }

    pub(crate) fn must(&self, against: Competitor) -> Option<Bound> {
        self.musts.iter().find(|must| must.against == against).map(|must| must.bound)
    }
}

impl Results {
    /// Runs the plan. What fails is noted, and the others go on.
    pub(crate) fn measure(plan: &Plan, programs: &Programs, name: &str) -> Result<Self> {
        let go = programs.missing.get(&Competitor::ClientGo).cloned();
        let mut machine = machine::describe(&go.unwrap_or_else(|| machine::says("go", &["version"])));
        let mut run = Run { server: Server::start(programs)?, programs, failures: Vec::new() };
        let empty = |row: &Row| row.works.iter().map(|(who, _)| (*who, Ok(Vec::new()))).collect();
        let mut samples: Vec<Samples> = plan.rows.iter().map(empty).collect();
        for round in 0..plan.rounds {
            for (number, (row, samples)) in plan.rows.iter().zip(&mut samples).enumerate() {
                let (rounds, rows) = (plan.rounds, plan.rows.len());
                eprint!("round {} of {rounds}, row {} of {rows}: {}:", round + 1, number + 1, row.title);
                run.round(row, round, samples);
                eprintln!();
            }
        }
        let doubts: Vec<String> =
            plan.rows.iter().zip(&samples).flat_map(|(row, samples)| check::doubts(row, samples)).collect();
        for doubt in &doubts {
            eprintln!("doubtful: {doubt}");
        }
        machine.insert("load at the end".to_owned(), machine::load());
        let mut lines = Vec::new();
        for (row, samples) in plan.rows.iter().zip(samples) {
            for measure in &row.measures {
                let values = samples.iter().map(|(who, samples)| {
                    let values = samples
                        .as_ref()
                        .map_err(Clone::clone)
                        .map(|samples| samples.iter().filter_map(|sample| measure.figure.of(sample)).collect());
                    (*who, values)
                });
                lines.push(Line {
                    row: row.id.to_owned(),
                    title: row.title.clone(),
                    figure: measure.figure,
                    musts: measure.must.clone(),
                    values: values.collect(),
                });
            }
        }
        Ok(Self { name: name.to_owned(), machine, rounds: plan.rounds, lines, failures: run.failures, doubts })
    }

    /// Puts rows that were measured again in the place of the former ones; `order` is that of all rows.
    pub(crate) fn replace(&mut self, again: Self, order: &[&str]) {
        let new = |row: &str| again.lines.iter().any(|line| line.row == row);
        let names: Vec<&str> = order.iter().copied().filter(|row| new(row)).collect();
        let when = |key: &str| again.machine.get(key).map(String::as_str).unwrap_or_default();
        let (date, load) = (when("date"), when("load at the start"));
        let key = format!("{} again", names.join(", "));
        self.machine.insert(key, format!("{date}, {} rounds, load at the start {load}", again.rounds));
        let other = |note: &String| !names.iter().any(|row| note.starts_with(&format!("{row}:")));
        self.failures.retain(other);
        self.failures.extend(again.failures);
        self.doubts.retain(other);
        self.doubts.extend(again.doubts);
        self.lines.retain(|line| !names.contains(&line.row.as_str()) && order.contains(&line.row.as_str()));
        self.lines.extend(again.lines);
        self.lines.sort_by_key(|line| order.iter().position(|row| *row == line.row));
    }

    /// Writes everything that was measured.
    pub(crate) fn json(&self) -> String {
        let lines = self.lines.iter().map(|line| {
            let values = line.values.iter().map(|(who, values)| {
                let values = match values {
                    Ok(values) => json!(values),
                    Err(reason) => json!(reason),
                };
                (who.name().to_owned(), values)
            });
            let musts = line.musts.iter().map(|must| {
                let (bound, limit) = match must.bound {
                    Bound::AtMost(limit) => ("at most", limit),
                    Bound::AtLeast(limit) => ("at least", limit),
                };
                json!({"against": must.against.name(), "bound": bound, "limit": limit})
            });
            json!({
                "row": line.row,
                "title": line.title,
                "figure": line.figure.name(),
                "values": values.collect::<serde_json::Map<_, _>>(),
                "must": musts.collect::<Vec<_>>(),
            })
        });
        let whole = json!({
            "name": self.name,
            "rounds": self.rounds,
            "machine": self.machine,
            "failures": self.failures,
            "doubts": self.doubts,
            "lines": lines.collect::<Vec<_>>(),
        });
        format!("{whole:#}\n")
    }

    /// Reads what was written, to draw it again.
    pub(crate) fn of_json(text: &str) -> Result<Self> {
        let broken = || "these are no results of this program".to_owned();
        let whole: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let texts = |value: &Value| value.as_str().map(ToOwned::to_owned);
        let machine = whole["machine"].as_object().ok_or_else(broken)?;
        let lines = whole["lines"].as_array().ok_or_else(broken)?;
        // Older results have neither.
        let list = |key: &str| whole[key].as_array().into_iter().flatten().filter_map(texts).collect();
        Ok(Self {
            name: texts(&whole["name"]).ok_or_else(broken)?,
            rounds: whole["rounds"].as_u64().and_then(|rounds| usize::try_from(rounds).ok()).ok_or_else(broken)?,
            machine: machine.iter().filter_map(|(key, value)| Some((key.clone(), texts(value)?))).collect(),
            lines: lines.iter().map(line).collect::<Option<_>>().ok_or_else(broken)?,
            failures: list("failures"),
            doubts: list("doubts"),
        })
    }
}

/// What runs.
struct Run<'a> {
    server: Server,
    programs: &'a Programs,
    failures: Vec<String>,
}

impl Run<'_> {
    /// Runs a row once. Each competitor goes first in its turn.
    fn round(&mut self, row: &Row, round: usize, samples: &mut Samples) {
        let turns = row.works.len();
        for turn in 0..turns {
            let (who, work) = row.works[(turn + round) % turns];
            let Some(Ok(known)) = samples.get_mut(&who) else { continue };
            match self.once(row, who, work) {
                Ok(sample) => {
                    let shown =
                        row.measures.first().and_then(|first| Some(first.figure.show(first.figure.of(&sample)?)));
                    eprint!(" {} {},", who.name(), shown.unwrap_or_default());
                    known.push(sample);
                }
                Err(Missing::Absent(reason)) => {
                    eprint!(" {} {reason},", who.name());
                    samples.insert(who, Err(reason));
                }
                Err(Missing::Failed(reason)) => {
                    eprint!("\n{} failed: {reason}\n", who.name());
                    let first = reason.lines().next().unwrap_or_default();
                    self.failures.push(format!("{}: {}, round {}: {first}", row.id, who.name(), round + 1));
                    samples.insert(who, Err("failed".to_owned()));
                }
            }
        }
    }

    /// Runs one competitor; if the server went down with the one before, it is started again.
    fn once(&mut self, row: &Row, who: Competitor, work: &str) -> std::result::Result<Sample, Missing> {
        if !self.server.is_alive() {
            self.server = Server::start(self.programs).map_err(Missing::Failed)?;
        }
        self.server.prepare(row).map_err(Missing::Failed)?;
        self.server.run(self.programs, who, work, row)
    }
}

fn line(value: &Value) -> Option<Line> {
    let competitor = |name: &str| Competitor::ALL.into_iter().find(|competitor| competitor.name() == name);
    let values = value["values"].as_object()?.iter().map(|(who, values)| {
        let values = match values {
            Value::String(reason) => Err(reason.clone()),
            values => Ok(values.as_array()?.iter().filter_map(Value::as_f64).collect()),
        };
        Some((competitor(who)?, values))
    });
    let musts = value["must"].as_array()?.iter().map(|must| {
        let limit = must["limit"].as_f64()?;
        let bound = if must["bound"] == "at least" { Bound::AtLeast(limit) } else { Bound::AtMost(limit) };
        Some(Must { against: competitor(must["against"].as_str()?)?, bound })
    });
    Some(Line {
        row: value["row"].as_str()?.to_owned(),
        title: value["title"].as_str()?.to_owned(),
        figure: Figure::ALL.into_iter().find(|figure| value["figure"] == figure.name())?,
        musts: musts.collect::<Option<_>>()?,
        values: values.collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let values = [
            (Competitor::Kubist, Ok(vec![1.0, 3.0, 2.0])),
            (Competitor::Kube, Ok(vec![10.0, 10.0, 5.0])),
            (Competitor::ClientGo, Err("no Go on PATH".to_owned())),
        ];
        Line {
            row: "list-json".to_owned(),
            title: "list & <hold>".to_owned(),
            figure: Figure::Wall,
            musts: vec![Must { against: Competitor::Kube, bound: Bound::AtMost(0.25) }],
            values: values.into_iter().collect(),
        }
    }

    fn results() -> Results {
        Results {
            name: "quick".to_owned(),
            machine: BTreeMap::new(),
            rounds: 3,
            lines: vec![line()],
            failures: vec!["list-json: kube-rs, round 1: exit status 1".to_owned()],
            doubts: vec!["list-json: the server took 7.0 ms".to_owned()],
        }
    }

    #[test]
    fn a_ratio_is_the_median_of_those_within_the_rounds() {
        let ratio = line().ratio(Competitor::Kube).unwrap();
        assert_eq!(format!("{} {} {}", ratio.least, ratio.median, ratio.most), "0.1 0.3 0.4");
        assert!(line().ratio(Competitor::ClientGo).is_none());
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(Spread::of(&[4.0, 1.0, 2.0, 10.0]).unwrap().median.to_string(), "3");
        assert!(Spread::of(&[]).is_none());
    }

    #[test]
    fn results_that_were_written_are_read_again() {
        let json = results().json();
        assert_eq!(Results::of_json(&json).unwrap().json(), json);
    }

    #[test]
    fn a_row_that_is_measured_again_takes_the_place_of_the_former() {
        let row = |row: &str| Line { row: row.to_owned(), ..line() };
        let mut all = Results { lines: vec![row("a"), row("gone"), row("list-json"), row("z")], ..results() };
        let lines = vec![Line { title: "again".to_owned(), ..line() }];
        let again = Results { lines, failures: Vec::new(), doubts: Vec::new(), ..results() };
        all.replace(again, &["a", "list-json", "z"]);
        let titles: Vec<&str> = all.lines.iter().map(|line| line.title.as_str()).collect();
        assert_eq!(titles, ["list & <hold>", "again", "list & <hold>"]);
        assert!(all.failures.is_empty() && all.doubts.is_empty(), "they were about the former run");
    }

    #[test]
    fn the_table_says_who_is_missing_and_what_falls_short() {
        let table = crate::table::markdown(&results());
        assert!(table.contains("**0.30** (≤ 0.25 ✗)"), "{table}");
        assert!(table.contains("| no Go on PATH |"), "{table}");
    }

    #[test]
    fn the_plot_is_xml_whatever_the_titles_say() {
        let plot = crate::plot::svg(&results());
        assert!(plot.contains("list &amp; &lt;hold&gt;"));
        assert_eq!(plot.matches("<text").count(), plot.matches("</text>").count());
    }
}
