//! Digits, without the machinery of `fmt`.

/// Appends a number.
pub(crate) fn put_u64(mut value: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = digit(value % 10);
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends the last digits of a number, with zeros before them.
pub(crate) fn put_padded<const N: usize>(mut value: u64, out: &mut Vec<u8>) {
    let mut digits = [b'0'; N];
    for place in digits.iter_mut().rev() {
        *place = digit(value % 10);
        value /= 10;
    }
    out.extend_from_slice(&digits);
}

#[expect(clippy::cast_possible_truncation, reason = "it is below ten")]
const fn digit(value: u64) -> u8 {
    b'0' + value as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_zeros_before_them_unless_they_are_asked_for() {
        for value in [0, 7, 10, 12_345, u64::MAX] {
            let mut out = Vec::new();
            put_u64(value, &mut out);
            put_padded::<6>(value, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), format!("{value}{:06}", value % 1_000_000));
        }
    }
}
