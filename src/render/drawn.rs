//! Durations, ratios and bars as people read them.

use crate::report::sheet::{Lapse, Ratio};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A bar is so many columns wide at most.
const BAR: u64 = 10;

/// A duration in the largest unit that tells it well: `35 min`, `2–3 h`, `4+ d`. Lower ends are rounded down and upper
/// ends up, so that what is printed holds what is known.
pub(super) fn lapse(lapse: Lapse) -> String {
    let longest = lapse.most.unwrap_or(lapse.least);
    let (unit, name) = if longest < 2 * HOUR {
        (MINUTE, "min")
    } else if longest < 3 * DAY {
        (HOUR, "h")
    } else {
        (DAY, "d")
    };
    let least = lapse.least / unit;
    match lapse.most.map(|most| most.div_euclid(unit) + i64::from(most.rem_euclid(unit) > 0)) {
        None => format!("{least}+ {name}"),
        Some(most) if most <= least => format!("{least} {name}"),
        Some(most) => format!("{least}–{most} {name}"),
    }
}

/// A ratio to one decimal: `1.5×`, `1.2–3.0×`, `2.0+×`.
pub(super) fn ratio(ratio: Ratio) -> String {
    let tenths = |hundredths: u64| hundredths.saturating_add(5) / 10;
    let printed = |tenths: u64| format!("{}.{}", tenths / 10, tenths % 10);
    let least = tenths(ratio.least);
    match ratio.most.map(tenths) {
        None => format!("{}+×", printed(least)),
        Some(most) if most == least => format!("{}×", printed(least)),
        Some(most) => format!("{}–{}×", printed(least), printed(most)),
    }
}

/// A bar of block characters, in eighths of a column; nothing of nothing, and a sliver of anything more.
pub(super) fn bar(part: u64, whole: u64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = u128::from(part) * u128::from(BAR * 8) / u128::from(whole.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(usize::MAX).clamp(usize::from(part > 0), 80);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS.get(eighths % 8).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_hold_what_is_known() {
        for (least, most, printed) in [
            (2_100, Some(2_100), "35 min"),
            (0, Some(86_399), "0–24 h"),
            (3_600, Some(9_000), "1–3 h"),
            (345_600, None, "4+ d"),
            (345_600, Some(432_001), "4–6 d"),
        ] {
            assert_eq!(lapse(Lapse { least, most }), printed);
        }
    }

    #[test]
    fn ratios_print_to_one_decimal() {
        assert_eq!(ratio(Ratio { least: 150, most: Some(150) }), "1.5×");
        assert_eq!(ratio(Ratio { least: 120, most: Some(304) }), "1.2–3.0×");
        assert_eq!(ratio(Ratio { least: 200, most: None }), "2.0+×");
    }

    #[test]
    fn a_bar_shows_something_of_anything_and_nothing_of_nothing() {
        assert_eq!(bar(0, 9), "");
        assert_eq!(bar(1, 1_000_000), "▏");
        assert_eq!(bar(9, 9), "██████████");
        assert_eq!(bar(1, 2), "█████");
        assert_eq!(bar(0, 0), "");
    }
}
