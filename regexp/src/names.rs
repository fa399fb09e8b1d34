//! The names of `\p{…}`.

/// What a name stands for, as the other syntax writes it; nothing for a name that Go does not know.
///
/// Go compares without case, spaces, dashes and underscores. It takes the underscores from the name alone, though, and not from what it compares it
/// with, so that scripts of several words (`Old_Italic`, `Linear_A`) cannot be named at all.
///
/// Go 1.26 knows Unicode 15, so that what is newer has no category and no script.
pub(crate) fn unicode_class(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase()).collect();
    let name = name.as_str();
    Some(match name {
        "any" => r"\x{0}-\x{10FFFF}".to_owned(),
        "ascii" => r"\x{0}-\x{7F}".to_owned(),
        "assigned" => ASSIGNED.to_owned(),
        "cn" | "unassigned" => format!("[^{ASSIGNED}]"),
        "c" | "other" => r"[\p{gc=C}[^\p{Age=15.0}]]".to_owned(),
        // These are halves of characters, of which a text has none.
        "cs" | "surrogate" => String::new(),
        _ if CATEGORIES.binary_search(&name).is_ok() => format!(r"[\p{{gc={name}}}&&\p{{Age=15.0}}]"),
        _ if SCRIPTS.binary_search(&name).is_ok() => format!(r"[\p{{sc={name}}}&&\p{{Age=15.0}}]"),
        _ => return None,
    })
}

const ASSIGNED: &str = r"[\p{Assigned}&&\p{Age=15.0}]";

#[rustfmt::skip]
const CATEGORIES: [&str; 80] = [
    "c", "casedletter", "cc", "cf", "closepunctuation", "cn", "cntrl", "co", "combiningmark", "connectorpunctuation",
    "control", "cs", "currencysymbol", "dashpunctuation", "decimalnumber", "digit", "enclosingmark",
    "finalpunctuation", "format", "initialpunctuation", "l", "lc", "letter", "letternumber", "lineseparator", "ll",
    "lm", "lo", "lowercaseletter", "lt", "lu", "m", "mark", "mathsymbol", "mc", "me", "mn", "modifierletter",
    "modifiersymbol", "n", "nd", "nl", "no", "nonspacingmark", "number", "openpunctuation", "other", "otherletter",
    "othernumber", "otherpunctuation", "othersymbol", "p", "paragraphseparator", "pc", "pd", "pe", "pf", "pi", "po",
    "privateuse", "ps", "punct", "punctuation", "s", "sc", "separator", "sk", "sm", "so", "spaceseparator",
    "spacingmark", "surrogate", "symbol", "titlecaseletter", "unassigned", "uppercaseletter", "z", "zl", "zp", "zs",
];

#[rustfmt::skip]
const SCRIPTS: [&str; 117] = [
    "adlam", "ahom", "arabic", "armenian", "avestan", "balinese", "bamum", "batak", "bengali", "bhaiksuki",
    "bopomofo", "brahmi", "braille", "buginese", "buhid", "carian", "chakma", "cham", "cherokee", "chorasmian",
    "common", "coptic", "cuneiform", "cypriot", "cyrillic", "deseret", "devanagari", "dogra", "duployan", "elbasan",
    "elymaic", "ethiopic", "georgian", "glagolitic", "gothic", "grantha", "greek", "gujarati", "gurmukhi", "han",
    "hangul", "hanunoo", "hatran", "hebrew", "hiragana", "inherited", "javanese", "kaithi", "kannada", "katakana",
    "kawi", "kharoshthi", "khmer", "khojki", "khudawadi", "lao", "latin", "lepcha", "limbu", "lisu", "lycian",
    "lydian", "mahajani", "makasar", "malayalam", "mandaic", "manichaean", "marchen", "medefaidrin", "miao", "modi",
    "mongolian", "mro", "multani", "myanmar", "nabataean", "nandinagari", "newa", "nko", "nushu", "ogham", "oriya",
    "osage", "osmanya", "palmyrene", "phoenician", "rejang", "runic", "samaritan", "saurashtra", "sharada", "shavian",
    "siddham", "sinhala", "sogdian", "soyombo", "sundanese", "syriac", "tagalog", "tagbanwa", "takri", "tamil",
    "tangsa", "tangut", "telugu", "thaana", "thai", "tibetan", "tifinagh", "tirhuta", "toto", "ugaritic", "vai",
    "vithkuqi", "wancho", "yezidi", "yi",
];
