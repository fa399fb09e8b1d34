//! "Did you mean …?"

/// Returns the candidate that a mistyped word most likely stands for; `None` if none is near.
///
/// Case, `_`, `-` and a plural `s` count for nothing; apart from these a third of the letters may be wrong, where two
/// swapped neighbours are one mistake. Of equally near ones the first wins.
pub fn nearest<'a, I>(word: &str, candidates: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    let word = plain(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters = plain(candidate);
        let distance = distance(&word, &letters);
        let limit = (word.len().max(letters.len()) / 3).max(1);
        // A word of one or two letters is near to everything.
        let near = distance == 0 || (distance <= limit && word.len().min(letters.len()) > 2);
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> Vec<char> {
    let mut letters: Vec<char> =
        word.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect();
    if letters.len() > 3 && letters.last() == Some(&'s') {
        letters.pop();
    }
    letters
}

/// Counts insertions, removals, replacements and swaps of neighbours between two words.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let keys = ["group", "version", "kind", "plural", "short_names", "categories", "column", "scale"];
        for (typed, meant) in [
            ("shortname", Some("short_names")),
            ("shortNames", Some("short_names")),
            ("gruop", Some("group")),
            ("verson", Some("version")),
            ("colum", Some("column")),
            ("catagories", Some("categories")),
            ("scales", Some("scale")),
            ("xyzzy", None),
            ("a", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, keys), meant, "{typed}");
        }
    }

    #[test]
    fn of_equally_near_words_the_first_wins() {
        assert_eq!(nearest("rome", ["role", "rope"]), Some("role"));
    }

    #[test]
    fn swapped_neighbours_are_one_mistake() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("ab"), &letters("ba")), 1);
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
        assert_eq!(distance(&[], &letters("abc")), 3);
    }
}
