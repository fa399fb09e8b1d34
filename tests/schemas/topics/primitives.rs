//! Numbers, texts and truth values.

use std::num::{NonZeroI32, NonZeroU16};

use super::prelude::*;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<bool>("bool").takes(json!(true)).refuses(json!("true")).refuses(json!(1)),
        case::<i8>("i8").takes(json!(-128)).takes(json!(127)).refuses(json!(-129)).refuses(json!(128)),
        case::<i16>("i16").takes(json!(-32768)).refuses(json!(32768)),
        case::<i32>("i32")
            .takes(json!(i32::MIN))
            .takes(json!(i32::MAX))
            .refuses(json!(2_147_483_648_i64))
            .refuses(json!(-2_147_483_649_i64))
            .refuses(json!(1.5))
            .refuses(json!("1")),
        case::<i64>("i64").takes(json!(i64::MIN)).takes(json!(i64::MAX)).refuses(json!(u64::MAX)),
        case::<isize>("isize").takes(json!(-1)).refuses(json!("-1")),
        case::<u8>("u8").takes(json!(0)).takes(json!(255)).refuses(json!(-1)).refuses(json!(256)),
        case::<u16>("u16").takes(json!(65535)).refuses(json!(65536)).refuses(json!(-1)),
        case::<u32>("u32").takes(json!(u32::MAX)).refuses(json!(4_294_967_296_i64)).refuses(json!(-1)),
        // An integer of Kubernetes has 63 bits and a sign.
        case::<u64>("u64").takes(json!(i64::MAX)).refuses(json!(-1)).server_refuses(json!(u64::MAX)),
        case::<usize>("usize").takes(json!(0)).refuses(json!(-1)).server_refuses(json!(u64::MAX)),
        case::<i128>("i128").takes(json!(i64::MIN)).server_refuses(json!(u64::MAX)),
        case::<u128>("u128").takes(json!(7)).refuses(json!(-7)).server_refuses(json!(u64::MAX)),
        case::<NonZeroU16>("NonZeroU16").takes(json!(1)).refuses(json!(0)).refuses(json!(65536)),
        case::<NonZeroI32>("NonZeroI32").takes(json!(-1)).refuses(json!(0)),
        case::<f32>("f32").takes(json!(1.5)).takes(json!(1)).refuses(json!("1.5")),
        case::<f64>("f64").takes(json!(-1e10)).takes(json!(0)).refuses(json!(true)),
        case::<String>("String").takes(json!("")).takes(json!("text")).refuses(json!(1)).refuses(json!(["text"])),
        case::<char>("char").takes(json!("c")).takes(json!("é")).refuses(json!("")).refuses(json!("cd")),
        case::<Box<str>>("boxed str").takes(json!("text")).refuses(json!(false)),
        case::<kubist::Str>("Str").takes(json!("text")).refuses(json!({})),
    ]
}
