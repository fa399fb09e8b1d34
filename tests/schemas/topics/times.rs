//! Times, durations, addresses and bytes of the crates that people use.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use super::prelude::*;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<jiff::Timestamp>("jiff timestamp").takes(json!("2026-11-24T09:00:00Z")).refuses(json!("yesterday")),
        case::<jiff::civil::Date>("jiff date").takes(json!("2026-11-24")).refuses(json!("24.11.2026")),
        case::<jiff::civil::DateTime>("jiff date and time").takes(json!("2026-11-24T09:00:00")).refuses(json!(1)),
        case::<jiff::SignedDuration>("jiff duration").takes(json!("PT1H30M")).refuses(json!(1)),
        case::<jiff::Span>("jiff span").takes(json!("P1DT1H")).refuses(json!(1)),
        case::<chrono::DateTime<chrono::Utc>>("chrono time")
            .takes(json!("2026-11-24T09:00:00Z"))
            .refuses(json!("yesterday")),
        case::<chrono::NaiveDate>("chrono date").takes(json!("2026-11-24")).refuses(json!("24.11.2026")),
        case::<chrono::NaiveDateTime>("chrono date and time").takes(json!("2026-11-24T09:00:00")).refuses(json!(1)),
        case::<Duration>("std duration")
            .takes(json!({ "secs": 1, "nanos": 5 }))
            .refuses(json!({ "secs": -1, "nanos": 0 }))
            .refuses(json!("1s")),
        case::<url::Url>("url")
            .takes(json!("https://example.com/a?b#c"))
            .takes(json!("mailto:a@example.com"))
            .refuses(json!("no url")),
        case::<uuid::Uuid>("uuid").takes(json!("67e55044-10b1-426f-9247-bb680e5fe0c8")).refuses(json!("67e5")),
        case::<Ipv4Addr>("ipv4").takes(json!("10.0.0.1")).refuses(json!("10.0.0.256")),
        case::<Ipv6Addr>("ipv6").takes(json!("::1")).refuses(json!("10.0.0.1")),
        case::<IpAddr>("ip").takes(json!("10.0.0.1")).takes(json!("::1")).server_takes(json!("a")),
        case::<SocketAddr>("socket address").takes(json!("10.0.0.1:80")).server_takes(json!("a")),
        case::<PathBuf>("path").takes(json!("/etc")).refuses(json!([])),
        case::<bytes::Bytes>("bytes as a list").takes(json!([1, 255])).refuses(json!([256])),
        case::<Vec<u8>>("list of bytes").takes(json!([0])).refuses(json!([-1])),
    ]
}
