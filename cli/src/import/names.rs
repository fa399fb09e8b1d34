//! Names of Rust, from names of Kubernetes.

/// Words that stand for themselves in Rust.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that cannot be names, not even raw ones.
const NEVER: &[&str] = &["self", "super", "crate", "Self", "_", ""];

/// Splits a name at its humps and at what is no letter or digit: `podCIDRs` → `pod`, `cidrs`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (index, &c) in letters.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| letters[before]);
            let after = letters.get(index + 1).copied();
            let starts = c.is_ascii_uppercase()
                && before.is_some_and(|before| {
                    // The last capital of several begins a word, unless only a plural's `s` follows, or the `v` of a version.
                    let second = letters.get(index + 2);
                    let belongs_here = match after {
                        Some('s') => second.is_none_or(char::is_ascii_uppercase),
                        Some('v') => second.is_some_and(char::is_ascii_digit),
                        _ => false,
                    };
                    !before.is_ascii_uppercase() || after.is_some_and(|c| c.is_ascii_lowercase()) && !belongs_here
                });
            if starts && !word.is_empty() {
                out.push(std::mem::take(&mut word));
            }
            word.push(c.to_ascii_lowercase());
        }
        out.push(word);
    }
    out
}

/// `clusterIP` → `cluster_ip`; raw where it is a keyword.
pub(super) fn field(name: &str) -> String {
    let mut snake = words(name).join("_");
    if snake.starts_with(|c: char| c.is_ascii_digit()) {
        snake.insert_str(0, "field_");
    }
    match snake.as_str() {
        never if NEVER.contains(&never) => format!("{snake}_value").trim_start_matches('_').to_owned(),
        keyword if KEYWORDS.contains(&keyword) => format!("r#{snake}"),
        _ => snake,
    }
}

/// Returns what serde makes of the name of a field under `rename_all = "camelCase"`.
pub(super) fn camel(field: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in field.trim_start_matches("r#").chars() {
        match c {
            '_' => upper = !out.is_empty(),
            c if upper => {
                out.push(c.to_ascii_uppercase());
                upper = false;
            }
            c => out.push(c),
        }
    }
    out
}

/// `HTTPRoute` → `HttpRoute`.
pub(super) fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capital(word)).collect()
}

/// `ports` → `Port`, with what stands before.
pub(super) fn pascal_of_one(name: &str) -> String {
    let mut words = words(name);
    if let Some(last) = words.last_mut() {
        *last = one(last);
    }
    words.iter().map(|word| capital(word)).collect()
}

/// The words of a name in Pascal case.
pub(super) fn humps(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in name.chars() {
        match out.last_mut() {
            Some(last) if !c.is_ascii_uppercase() => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn one(word: &str) -> String {
    // What ends like a plural and is none.
    const SAME: &[&str] = &[
        "status",
        "alias",
        "canvas",
        "dns",
        "tls",
        "os",
        "https",
        "aws",
        "gcs",
        "kms",
        "sns",
        "sqs",
        "nfs",
        "rbd",
        "ephemeris",
        "series",
        "this",
        "is",
        "has",
        "bus",
        "plus",
        "radius",
        "kerberos",
        "cors",
        "sts",
        "bgp",
        "ecs",
        "eks",
        "gps",
        "iops",
        "macos",
        "redis",
        "prometheus",
        "analysis",
        "basis",
        "axis",
        "address",
        "access",
        "class",
        "ingress",
        "egress",
        "process",
        "success",
        "less",
    ];
    if SAME.contains(&word) || word.ends_with("ss") || word.len() < 3 {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// Returns the name of the variant for a value of an enumeration.
pub(super) fn variant(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    let name = pascal(value);
    if name.is_empty() {
        let signs: String = value.chars().map(sign).collect();
        return if signs.is_empty() { "Other".to_owned() } else { signs };
    }
    if name == "Self" {
        return "SelfValue".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("V{name}") } else { name }
}

fn sign(c: char) -> &'static str {
    match c {
        '=' => "Equal",
        '!' => "Not",
        '<' => "Less",
        '>' => "Greater",
        '~' => "Like",
        '*' => "Star",
        '+' => "Plus",
        '-' => "Minus",
        '/' => "Slash",
        '.' => "Dot",
        '%' => "Percent",
        '^' => "Caret",
        '|' => "Pipe",
        '&' => "And",
        _ => "",
    }
}

/// The rule of serde's that turns the names of all variants into the values.
pub(super) fn rule_of_variants(pairs: &[(String, String)]) -> Option<&'static str> {
    const RULES: &[&str] = &[
        "lowercase",
        "UPPERCASE",
        "camelCase",
        "snake_case",
        "SCREAMING_SNAKE_CASE",
        "kebab-case",
        "SCREAMING-KEBAB-CASE",
    ];
    RULES.iter().copied().find(|rule| pairs.iter().all(|(name, value)| renamed(name, rule) == *value))
}

fn renamed(name: &str, rule: &str) -> String {
    let snake = || {
        let mut out = String::new();
        for (index, c) in name.chars().enumerate() {
            if index > 0 && c.is_uppercase() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
        }
        out
    };
    match rule {
        "lowercase" => name.to_ascii_lowercase(),
        "UPPERCASE" => name.to_ascii_uppercase(),
        "camelCase" => name[..1].to_ascii_lowercase() + &name[1..],
        "snake_case" => snake(),
        "SCREAMING_SNAKE_CASE" => snake().to_ascii_uppercase(),
        "kebab-case" => snake().replace('_', "-"),
        _ => snake().to_ascii_uppercase().replace('_', "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_split_at_their_humps() {
        for (json, rust) in [
            ("replicas", "replicas"),
            ("clusterIP", "cluster_ip"),
            ("podCIDRs", "pod_cidrs"),
            ("HTTPGet", "http_get"),
            ("externalIPsPolicy", "external_ips_policy"),
            ("hostIPv4", "host_ipv4"),
            ("HTTPValue", "http_value"),
            ("type", "r#type"),
            ("self", "self_value"),
            ("$ref", "r#ref"),
            ("x-forwarded.for", "x_forwarded_for"),
            ("2fa", "field_2fa"),
            ("-", "value"),
        ] {
            assert_eq!(field(json), rust, "{json}");
        }
    }

    #[test]
    fn one_of_many_has_the_singular() {
        for (json, rust) in [
            ("ports", "Port"),
            ("policies", "Policy"),
            ("ingress", "Ingress"),
            ("addresses", "Address"),
            ("matchBoxes", "MatchBox"),
            ("status", "Status"),
        ] {
            assert_eq!(pascal_of_one(json), rust, "{json}");
        }
    }

    #[test]
    fn variants_are_names_whatever_the_values_are() {
        for (value, rust) in [
            ("", "Empty"),
            ("!=", "NotEqual"),
            ("1.2", "V12"),
            ("TLSv1.2", "Tlsv12"),
            ("Self", "SelfValue"),
            ("…", "Other"),
        ] {
            assert_eq!(variant(value), rust, "{value}");
        }
    }
}
