//! What each function costs, besides its arguments.

use super::estimator::{Call, Estimator, Operand, PATTERN, TEXT};
use super::path::Path;
use super::span::Span;
use crate::ast::{Expr, Literal, Node};
use crate::functions::Overload;
use crate::types::Type;

const NOMINAL: Span = Span::fixed(1);
/// So that a rule may ask twice.
const AUTHORIZATION: Span = Span::fixed(350_000);
const NEW_LIST: Span = Span::fixed(10);
/// The bytes of an address.
const ADDRESS: Span = Span { min: 4, max: 16 };
/// The longest pattern of a known format, and the longest text of one.
const FORMAT_PATTERN: f64 = 128.0;
const FORMAT: Span = Span { min: 1, max: 64 };
/// What each requirement of a selector costs, and how many there are for each of its characters.
const REQUIREMENT: f64 = 50.0;
const REQUIREMENTS: f64 = 0.5;

/// What only looks at a part of a value of Kubernetes, or compares two.
const ACCESSORS: &[&str] = &[
    "serviceAccount",
    "path",
    "group",
    "resource",
    "subresource",
    "namespace",
    "name",
    "allowed",
    "reason",
    "error",
    "errored",
    "masked",
    "prefixLength",
    "family",
    "isUnspecified",
    "isLoopback",
    "isLinkLocalMulticast",
    "isLinkLocalUnicast",
    "isGlobalUnicast",
    "format.named",
    "sign",
    "asInteger",
    "isInteger",
    "asApproximateFloat",
    "isGreaterThan",
    "isLessThan",
    "compareTo",
    "add",
    "sub",
    "major",
    "minor",
    "patch",
    "getScheme",
    "getHostname",
    "getHost",
    "getPort",
    "getEscapedPath",
    "getQuery",
];

impl From<Span> for Call {
    fn from(cost: Span) -> Self {
        Self { cost, result: None }
    }
}

impl<'a> Estimator<'a> {
    pub(super) fn function(
        &mut self,
        name: &str,
        overload: &Overload,
        target: Option<&Operand<'a>>,
        args: &[Operand<'a>],
    ) -> Call {
        let found = self.of_lists(name, overload, target, args);
        let found = found.or_else(|| self.of_kubernetes(name, overload, target, args));
        found.unwrap_or_else(|| of_language(name, overload, target, args))
    }

    /// The functions of cel-go's libraries of lists and sets.
    fn of_lists(
        &mut self,
        name: &str,
        overload: &Overload,
        target: Option<&Operand<'a>>,
        args: &[Operand<'a>],
    ) -> Option<Call> {
        let list =
            |factor: f64, size: Span| Call { cost: size.by(factor).plus(NOMINAL).plus(NEW_LIST), result: Some(size) };
        let sorted = |size: Span, of: Option<&Type>| {
            let is_text = matches!(of, Some(Type::List(item)) if matches!(**item, Type::String | Type::Bytes));
            list(if is_text { 2.0 + TEXT } else { 2.0 }, size.times(size))
        };
        Some(match (name, target, args) {
            ("slice", Some(target), [start, end]) => {
                let size = self.size_of(target);
                let end = number(end.expr, size.max);
                // The server subtracts without a look at which is larger.
                list(1.0, Span::fixed(end.wrapping_sub(number(start.expr, 0))))
            }
            ("flatten", Some(target), [depth]) => {
                #[expect(clippy::cast_precision_loss, reason = "the server computes in floating point too")]
                let depth = number(depth.expr, u64::MAX) as f64;
                list(depth, self.size_of(target))
            }
            ("lists.range", None, [count]) => list(1.0, Span::fixed(number(count.expr, u64::MAX))),
            ("flatten" | "reverse", Some(target), []) => list(1.0, self.size_of(target)),
            ("distinct", Some(target), []) => {
                let size = self.size_of(target);
                list(2.0, size.times(size))
            }
            ("sort", Some(target), []) => sorted(self.size_of(target), overload.args.first()),
            ("@sortByAssociatedKeys", Some(_), [keys]) => sorted(self.size_of(keys), overload.args.get(1)),
            ("sets.contains" | "sets.intersects" | "sets.equivalent", None, [one, other]) => {
                let factor = if name == "sets.equivalent" { 2.0 } else { 1.0 };
                self.size_of(one).times(self.size_of(other)).by(factor).plus(NOMINAL).into()
            }
            _ => return None,
        })
    }

    /// The functions that Kubernetes adds, and those of texts.
    fn of_kubernetes(
        &mut self,
        name: &str,
        overload: &Overload,
        target: Option<&Operand<'a>>,
        args: &[Operand<'a>],
    ) -> Option<Call> {
        Some(match (name, target, args) {
            ("check", ..) => AUTHORIZATION.into(),
            (name, ..) if ACCESSORS.contains(&name) => NOMINAL.into(),
            ("fieldSelector" | "labelSelector", _, [text]) => {
                let length = self.size_of(text);
                NEW_LIST.plus(length.by(TEXT)).plus(length.by(REQUIREMENTS).by(REQUIREMENT)).into()
            }
            ("isSorted" | "sum" | "max" | "min" | "indexOf" | "lastIndexOf", Some(target), _) => {
                let size = self.size_of(target);
                match item_of(target) {
                    Some((item, path)) => {
                        let mut each = NOMINAL;
                        if matches!(item, Type::String | Type::Bytes) {
                            each = each.plus(self.declared_or_unknown(&path).by(TEXT));
                        }
                        size.times(each).into()
                    }
                    None => size.by(TEXT).into(),
                }
            }
            ("url" | "jsonpatch.escapeKey", _, [text]) => {
                let size = self.size_of(text);
                Call { cost: size.by(TEXT), result: Some(size) }
            }
            ("lowerAscii" | "upperAscii" | "substring" | "trim", Some(target), _) => {
                let size = self.size_of(target);
                Call { cost: size.by(TEXT), result: Some(size) }
            }
            ("replace", Some(target), [old, new, ..]) => {
                let (size, old, new) = (self.size_of(target), self.size_of(old), self.size_of(new));
                Call { cost: size.by(2.0 * TEXT), result: Some(replaced(size, old, new)) }
            }
            ("split", Some(target), _) => {
                let size = self.size_of(target);
                let max = match args.get(1).map(|arg| &arg.expr.node) {
                    Some(Node::Literal(Literal::Int(count))) => count.cast_unsigned(),
                    _ => size.max,
                };
                Call { cost: size.by(2.0 * TEXT), result: Some(Span::up_to(max)) }
            }
            ("join", Some(target), _) => {
                let count = self.size_of(target);
                let item = item_of(target);
                let mut size =
                    item.map_or_else(Span::default, |(_, path)| count.times(self.declared_or_unknown(&path)));
                if let Some(separator) = args.first() {
                    let separators = Span { min: count.min.saturating_sub(1), max: count.max.saturating_sub(1) };
                    size = size.plus(self.size_of(separator).times(separators));
                }
                Call { cost: size.by(TEXT), result: Some(size) }
            }
            ("find" | "findAll", Some(target), [pattern, ..]) => {
                let size = self.size_of(target);
                let cost = size.plus(NOMINAL).by(TEXT).times(self.size_of(pattern).by(PATTERN));
                Call { cost, result: Some(Span::up_to(size.max)) }
            }
            ("cidr" | "isIP" | "isCIDR" | "quantity" | "isQuantity" | "semver" | "isSemver", _, [text, ..])
            | ("ip", None, [text]) => self.size_of(text).by(TEXT).into(),
            ("ip", Some(_), _) => NOMINAL.into(),
            ("ip.isCanonical", _, [text]) => self.size_of(text).by(2.0 * TEXT).into(),
            ("containsIP" | "containsCIDR", _, [other]) => {
                let mut cost = ADDRESS.plus(ADDRESS).by(TEXT);
                if name == "containsCIDR" {
                    cost = cost.plus(ADDRESS.by(TEXT)).plus(NOMINAL);
                }
                if matches!(overload.args.last(), Some(Type::String)) {
                    cost = cost.plus(self.size_of(other).by(TEXT));
                }
                cost.into()
            }
            ("validate", _, [text]) => self.size_of(text).by(TEXT).by(FORMAT_PATTERN * PATTERN).into(),
            ("_==_", None, [left, right]) => return equal(left, right),
            _ => return None,
        })
    }

    fn size_of(&mut self, operand: &Operand<'a>) -> Span {
        operand.size.unwrap_or_else(|| self.declared_or_unknown(&operand.path))
    }

    fn declared_or_unknown(&mut self, path: &Path) -> Span {
        self.declared_size(path).unwrap_or(Span::UNKNOWN)
    }
}

/// The first parameter of a type, and where its values come from: the items of a list.
fn item_of(operand: &Operand<'_>) -> Option<(Type, Path)> {
    let of = match &operand.of {
        Type::List(item) => (**item).clone(),
        Type::Map(types) => types.0.clone(),
        Type::Opaque(_, parameters) => parameters.first()?.clone(),
        Type::Type(of) => of.as_deref()?.clone(),
        _ => return None,
    };
    let path = &operand.path;
    // The memory of this path is its own.
    let path = if path.is_empty() { Path::default() } else { path.copied().then("@items") };
    Some((of, path))
}

/// Values of Kubernetes that are compared without a look at their texts.
fn equal(left: &Operand<'_>, right: &Operand<'_>) -> Option<Call> {
    let (Type::Opaque(left_name, _), Type::Opaque(right_name, _)) = (&left.of, &right.of) else { return None };
    if left_name != right_name {
        return None;
    }
    Some(match *left_name {
        "kubernetes.NamedFormat" => FORMAT.by(TEXT).into(),
        "kubernetes.URL" => {
            // The server takes the right one's size for both.
            let max = right.size.map_or(1, |size| size.max);
            Span { min: 1, max }.by(TEXT).into()
        }
        name if name.starts_with("kubernetes.") || matches!(name, "net.IP" | "net.CIDR") => NOMINAL.into(),
        _ => return None,
    })
}

/// The size of a text in which one part is replaced by another, wherever it stands.
fn replaced(size: Span, old: Span, new: Span) -> Span {
    let (mut count, mut kept) = (Span::default(), Span::default());
    // The longest that may come of it.
    if old.min == 0 {
        count.max = size.max.saturating_add(1);
        kept.max = size.max;
    } else if new.max <= old.min {
        kept.max = size.max;
    } else {
        count.max = quotient(size.max, old.min);
    }
    // The shortest.
    if old.max == 0 {
        count.min = size.min.saturating_add(1);
        kept.min = size.min;
    } else if old.max <= new.min {
        kept.min = size.min;
    } else {
        count.min = quotient(size.min, old.max);
    }
    count.times(new).plus(kept)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the server computes in floating point too"
)]
fn quotient(of: u64, by: u64) -> u64 {
    (of as f64 / by as f64).ceil() as u64
}

/// The functions of the language itself.
fn of_language(name: &str, overload: &Overload, target: Option<&Operand<'_>>, args: &[Operand<'_>]) -> Call {
    let known = |operand: &Operand<'_>| operand.size.unwrap_or(Span::UNKNOWN);
    let (first, last) = (overload.args.first(), overload.args.last());
    match (name, target, args) {
        ("format", Some(text), _) => known(text).by(TEXT).into(),
        ("bytes", None, [text]) if matches!(first, Some(Type::String)) => {
            let size = known(text);
            // Each character may take four bytes; the server multiplies without a look at how large that is.
            Call { cost: size.by(TEXT), result: Some(Span { min: size.min, max: size.max.wrapping_mul(4) }) }
        }
        ("string", None, [bytes]) if matches!(first, Some(Type::Bytes)) => {
            let size = known(bytes);
            Call { cost: size.by(TEXT), result: Some(Span { min: size.min / 4, max: size.max }) }
        }
        ("strings.quote", _, [text]) => {
            let size = known(text);
            let result = Span { min: size.min.wrapping_add(2), max: size.max.wrapping_mul(2).wrapping_add(2) };
            Call { cost: size.by(TEXT), result: Some(result) }
        }
        ("startsWith" | "endsWith", _, [part]) => known(part).by(TEXT).into(),
        ("@in", _, [_, range]) if matches!(last, Some(Type::List(_))) => known(range).into(),
        ("matches", Some(text), [pattern]) | ("matches", None, [text, pattern]) => {
            known(text).plus(NOMINAL).by(TEXT).times(known(pattern).by(PATTERN)).into()
        }
        ("contains", Some(text), [part]) => known(text).by(TEXT).times(known(part).by(TEXT)).into(),
        ("_+_", _, [left, right]) => {
            let result = Some(known(left).plus(known(right)));
            match (first, result) {
                (Some(Type::List(_)), _) => Call { cost: NOMINAL, result },
                (Some(Type::String | Type::Bytes), Some(size)) => Call { cost: size.by(TEXT), result },
                _ => NOMINAL.into(),
            }
        }
        ("_==_" | "_!=_", _, [left, right]) => compared(known(left), known(right)).into(),
        ("_<_" | "_<=_" | "_>_" | "_>=_", _, [left, right])
            if matches!(first, Some(Type::String | Type::Bytes))
                && matches!(last, Some(Type::String | Type::Bytes)) =>
        {
            compared(known(left), known(right)).into()
        }
        _ => NOMINAL.into(),
    }
}

fn compared(left: Span, right: Span) -> Span {
    let max = left.max.min(right.max);
    Span { min: u64::from(max > 0), max }.by(TEXT)
}

/// A whole number as it is written, none below zero.
fn number(expr: &Expr, otherwise: u64) -> u64 {
    match expr.node {
        Node::Literal(Literal::Int(number)) => u64::try_from(number).unwrap_or(0),
        _ => otherwise,
    }
}
