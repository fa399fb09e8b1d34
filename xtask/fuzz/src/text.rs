//! Readers of short texts: what is read is printed, and read again the same.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use kubist::config::Kubeconfig;
use kubist_model::selector::{FieldSelector, LabelMatcher};
use kubist_model::{MicroTime, Quantity, Time};

use crate::Outcome;
use crate::corpus::Corpus;
use crate::random::Random;

const SELECTOR: &[&str] = &[
    "a",
    "app",
    "a.b/c",
    "app.kubernetes.io/name",
    "=",
    "==",
    "!=",
    "!",
    ",",
    " ",
    "in",
    "notin",
    "exists",
    "(",
    ")",
    "x",
    "y",
    "<",
    ">",
    "1",
    "-1",
    "",
    "é",
    "\\",
    "\\,",
    "\\=",
    "\\\\",
    "\u{0}",
    "A",
    "_",
    "-",
    ".",
    "metadata.name",
    "status.phase",
    "Running",
    "a_very_long_value_of_more_than_sixty_three_letters_which_is_no_value_of_a_label",
];

const PATTERN: &[&str] = &[
    "a",
    "k",
    "é",
    "日",
    "\u{212a}",
    "\n",
    "(",
    "(",
    ")",
    ")",
    "|",
    "*",
    "+",
    "?",
    "{2}",
    "{1,3}",
    "{1000}",
    "{0}",
    "{,2}",
    "{",
    "^",
    "$",
    ".",
    "[",
    "[^",
    "]",
    "-",
    "a-z",
    "z-a",
    "&&",
    "[:alpha:]",
    "[:foo:]",
    "[:",
    "\\d",
    "\\W",
    "\\b",
    "\\B",
    "\\pL",
    "\\p{Greek}",
    "\\P{^Lu}",
    "\\p{",
    "\\p",
    "\\Q",
    "\\E",
    "\\x41",
    "\\x{1F600}",
    "\\x{D800}",
    "\\x{",
    "\\x",
    "\\0",
    "\\123",
    "\\1",
    "\\",
    "(?i)",
    "(?m-s:",
    "(?U",
    "(?P<n>",
    "(?<n>",
    "(?=",
    "(?",
    "_",
    "<",
    " ",
];

const QUANTITY: &[&str] = &[
    "0",
    "1",
    "9",
    "10",
    "123456789",
    "9223372036854775807",
    "9223372036854775808",
    "00",
    ".",
    "+",
    "-",
    "e",
    "E",
    "n",
    "u",
    "m",
    "k",
    "M",
    "G",
    "T",
    "P",
    "Ki",
    "Mi",
    "Gi",
    "Ti",
    "Pi",
    "Ei",
    "e3",
    "E-9",
    "e400",
    "e-400",
    "e99999999999999999999",
    " ",
    "é",
    "i",
    "000000000000000000000000000000000000001",
];

const TIME: &[&str] = &[
    "2026",
    "-",
    "11",
    "24",
    "T",
    "t",
    " ",
    "09",
    ":",
    "00",
    "60",
    "59",
    ".",
    "000000",
    "123456789",
    "Z",
    "z",
    "+",
    "01:00",
    "-23:59",
    "24:00",
    "0000",
    "9999",
    "10000",
    "00",
    "02",
    "29",
    "30",
    "31",
    "13",
    "é",
    "2024-02-29T23:59:60Z",
    "2026-11-24T09:00:00.000000Z",
    "-0001",
    "+14:00",
];

const YAML: &[&str] = &[
    "apiVersion: v1\n",
    "kind: Config\n",
    "current-context: dev\n",
    "contexts:\n",
    "- name: dev\n",
    "  context: {cluster: one, user: me}\n",
    "clusters:\n",
    "- name: one\n",
    "  cluster: {server: https://one.example.com}\n",
    "users:\n",
    "- name: me\n",
    "  user: {token: s3cret}\n",
    "    exec:\n",
    "      command: aws\n",
    "  ",
    "- ",
    ": ",
    "null",
    "~",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "|\n",
    ">-\n",
    "\"",
    "'",
    "#",
    "---\n",
    "...\n",
    "\t",
    "é",
    "\u{feff}",
    "client-key-data: ",
    "client-certificate-data: a2V5",
    "certificate-authority-data: ",
    "insecure-skip-tls-verify: true",
    "auth-provider: {name: gcp}",
    "as: root",
    "proxy-url: ",
    "namespace: ",
    "1e999",
    "0x1f",
    "\u{0}",
    "? ",
    "%YAML 1.1\n",
    "preferences: {}\n",
    "extensions: []\n",
];

const KUBECONFIG: &str = "apiVersion: v1
kind: Config
current-context: dev
contexts:
- name: dev
  context: {cluster: one, user: me, namespace: shop}
clusters:
- name: one
  cluster: {server: https://one.example.com, certificate-authority-data: a2V5, insecure-skip-tls-verify: false}
users:
- name: me
  user: {token: s3cret, client-key-data: a2V5, client-certificate-data: a2V5}
";

/// The token in it.
const TOKEN: &str = "s3cret";

/// A pattern of Go's: a mistake is about a part of it.
pub(crate) fn pattern(_: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let text = made_up(PATTERN, 24, random);
    match kubist_regexp::check(&text) {
        Ok(()) => Ok(Outcome::Taken),
        Err(error) if text.contains(error.part()) => Ok(Outcome::Refused),
        Err(error) => Err(format!("{text:?}: {error}")),
    }
}

/// Selectors of labels and of fields.
pub(crate) fn selector(_: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let text = made_up(SELECTOR, 12, random);
    if let Some(selector) = again::<LabelMatcher>(&text)? {
        selector.matches(|key| (key == "a").then_some("1"));
    }
    let fields = again::<FieldSelector>(&text)?;
    if let Some(selector) = &fields {
        selector.matches(|_| "x");
    }
    Ok(if fields.is_some() { Outcome::Taken } else { Outcome::Refused })
}

/// Quantities, and what is computed with them.
pub(crate) fn quantity(_: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let texts = [amount(random), amount(random)];
    let (one, other) = (again::<Quantity>(&texts[0])?, again::<Quantity>(&texts[1])?);
    let (Some(one), Some(other)) = (one, other) else { return Ok(Outcome::Refused) };
    for result in [one + other, one - other, -one, [one, other].into_iter().sum()] {
        let (_units, _millis) = (result.units(), result.millis());
        again::<Quantity>(&result.to_string())?.ok_or_else(|| format!("{texts:?} make {result}, which is not read"))?;
    }
    if (one < other) != (one - other < Quantity::default()) && (one - other).units().unsigned_abs() < 1 << 62 {
        return Err(format!("{texts:?} are ordered otherwise than their difference"));
    }
    Ok(Outcome::Taken)
}

/// A number with a suffix, mostly.
fn amount(random: &mut Random) -> String {
    if random.once_in(4) {
        return made_up(QUANTITY, 5, random);
    }
    let number = random.next() >> random.below(64);
    let mut text = format!("{}{number}", random.pick::<str>(&["", "", "-", "+"]));
    if random.once_in(2) {
        text.insert(text.len() - random.below(text.len().min(12)), '.');
    }
    text + random.pick::<str>(&[
        "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E-3", "e18", "e-9",
    ])
}

/// Times.
pub(crate) fn time(_: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let text = if random.once_in(3) {
        let mut text: Vec<char> = "2026-11-24T09:08:07.123456Z".chars().collect();
        for _ in 0..random.below(4) {
            let at = random.below(text.len());
            text.splice(at..=at, random.one(TIME).chars().take(1 + random.below(3)));
            if text.is_empty() {
                break;
            }
        }
        text.into_iter().collect()
    } else {
        made_up(TIME, 9, random)
    };
    let (time, micro) = (again::<Time>(&text)?, again::<MicroTime>(&text)?);
    // What a program can make, too.
    let seconds = (random.next() >> random.below(64)).cast_signed();
    let _printed =
        (Time::from_unix_seconds(seconds).to_string(), MicroTime::from_unix_microseconds(seconds).to_string());
    let of_another = MicroTime::from(Time::from_unix_seconds(seconds));
    let _since = (of_another.since(MicroTime::default()), Time::from(of_another).since(Time::default()));
    Ok(if time.is_some() || micro.is_some() { Outcome::Taken } else { Outcome::Refused })
}

/// The YAML of a kubeconfig, and what it resolves to; no secret is in an error.
pub(crate) fn kubeconfig(_: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let text = if random.once_in(4) { made_up(YAML, 20, random) } else { changed(KUBECONFIG, random) };
    let config = match Kubeconfig::from_yaml(&text) {
        Ok(config) => config,
        Err(error) if error.to_string().contains(TOKEN) => return Err(format!("{error}\nof {text}")),
        Err(_) => return Ok(Outcome::Refused),
    };
    let resolved = config.config(None);
    let is_token = config.users.values().any(|user| user.token.as_ref().is_some_and(|token| token.expose() == TOKEN));
    let is_there_once = text.matches(TOKEN).count() == 1;
    if is_token && is_there_once && format!("{config:?} {resolved:?}").contains(TOKEN) {
        return Err(format!("the token is printed: {config:?} of {text}"));
    }
    Ok(Outcome::of(&resolved))
}

fn made_up(pieces: &[&str], most: usize, random: &mut Random) -> String {
    (0..random.below(most)).map(|_| *random.one(pieces)).collect()
}

fn changed(text: &str, random: &mut Random) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        let end = (at + random.below(20)).min(text.len());
        match random.below(3) {
            0 => drop(text.drain(at..end)),
            1 => {
                let copy = text[at..end].to_vec();
                let to = random.below(text.len() + 1);
                text.splice(to..to, copy);
            }
            _ => drop(text.splice(at..at, random.one(YAML).chars())),
        }
    }
    text.into_iter().collect()
}

/// Reads a text; what is printed of the value must be read as the same one, and printed the same.
fn again<T: FromStr<Err: Display> + Display + PartialEq + Debug>(text: &str) -> Result<Option<T>, String> {
    let value: T = match text.parse() {
        Ok(value) => value,
        Err(error) => {
            let said = error.to_string();
            return if said.is_empty() { Err(format!("{text:?}: an error without words")) } else { Ok(None) };
        }
    };
    let printed = value.to_string();
    match printed.parse::<T>() {
        Ok(same) if same == value && same.to_string() == printed => Ok(Some(value)),
        Ok(other) => Err(format!("{text:?} is {value:?}, printed {printed:?}, and read as {other:?}")),
        Err(error) => Err(format!("{text:?} is {value:?}, printed {printed:?}, which is refused: {error}")),
    }
}
