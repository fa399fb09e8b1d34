//! Go's names in Rust's case.

/// Splits a name into words: `HTTPGetAction` into `HTTP`, `Get`, `Action`; `podIPs` into `pod`, `IPs`.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1).copied();
        // The plural of an abbreviation: `IPs`, `CIDRs`. Its `s` is not the second letter of the next word.
        let plural = after == Some('s') && !letters.get(at + 2).is_some_and(char::is_ascii_lowercase);
        // IPv4 is one word.
        let version = after == Some('v') && letters.get(at + 2).is_some_and(char::is_ascii_digit);
        let starts = letter.is_ascii_uppercase()
            && match before {
                Some(before) if before.is_ascii_uppercase() => {
                    after.is_some_and(|after| after.is_ascii_lowercase()) && !plural && !version
                }
                _ => true,
            };
        if starts {
            words.push(String::new());
        }
        words.last_mut().expect("there is always one").push(letter);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Writes a name as a Rust type or variant: `HttpGetAction`.
pub(super) fn type_name(name: &str) -> String {
    words(name).iter().map(|word| capitalized(word)).collect()
}

/// Writes the name of a field in JSON as a Rust field: `pod_ips`, `r#type`.
pub(super) fn field_name(name: &str) -> String {
    let snake = words(name).iter().map(|word| word.to_ascii_lowercase()).collect::<Vec<_>>().join("_");
    match snake.as_str() {
        "as" | "continue" | "else" | "enum" | "for" | "if" | "in" | "match" | "mod" | "ref" | "return" | "static"
        | "struct" | "type" | "use" | "where" => format!("r#{snake}"),
        _ => snake,
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + &letters.as_str().to_ascii_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_words() {
        for (go, rust) in [
            ("HTTPGetAction", "HttpGetAction"),
            ("CSIDriver", "CsiDriver"),
            ("APIService", "ApiService"),
            ("PodIP", "PodIp"),
            ("AWSElasticBlockStoreVolumeSource", "AwsElasticBlockStoreVolumeSource"),
            ("JSONSchemaPropsOrBool", "JsonSchemaPropsOrBool"),
            ("ServiceCIDR", "ServiceCidr"),
            ("IPv4", "Ipv4"),
            ("ReadWriteOnce", "ReadWriteOnce"),
        ] {
            assert_eq!(type_name(go), rust);
        }
    }

    #[test]
    fn fields_are_in_snake_case() {
        for (json, rust) in [
            ("podIPs", "pod_ips"),
            ("hostIP", "host_ip"),
            ("nonResourceURLs", "non_resource_urls"),
            ("type", "r#type"),
            ("$ref", "r#ref"),
            ("x-kubernetes-list-type", "x_kubernetes_list_type"),
            ("externalIPs", "external_ips"),
            ("clientCIDRs", "client_cidrs"),
            ("fieldsV1", "fields_v1"),
            ("apiVersion", "api_version"),
        ] {
            assert_eq!(field_name(json), rust);
        }
    }
}
