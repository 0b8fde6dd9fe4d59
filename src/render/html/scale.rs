//! Round steps for axes and scale bars.

/// The largest of 1, 2 and 5 times a power of ten that is no larger than `most`. At least `least`.
pub(super) fn round_below(most: f64, least: f64) -> f64 {
    if !most.is_finite() || most <= least {
        return least;
    }
    let power = 10_f64.powf(most.log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|step| *step <= most).unwrap_or(least).max(least)
}

/// Marks from zero to at least `top`, in whole steps of 1, 2 or 5 times a power of ten, about `wanted` of them.
pub(super) fn marks(top: u64, wanted: u64) -> Vec<u64> {
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|step| step * 10_u64.pow(power)));
    let step = steps.into_iter().find(|step| top / step <= wanted).unwrap_or(u64::MAX);
    (0..=top.div_ceil(step)).map(|n| n.saturating_mul(step)).collect()
}

/// A coordinate as it stands in a drawing.
pub(super) fn fixed(at: f64) -> String {
    format!("{at:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (most, step) in [(0.7, 0.5), (1.0, 1.0), (19.0, 10.0), (24.9, 20.0), (730.0, 500.0)] {
            assert!((round_below(most, 0.001) - step).abs() < 1e-9, "{most}");
        }
        assert!((round_below(0.0, 1.0) - 1.0).abs() < 1e-9);
        assert!((round_below(f64::NAN, 1.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn marks_reach_the_top_in_few_round_steps() {
        assert_eq!(marks(0, 4), [0]);
        assert_eq!(marks(3, 4), [0, 1, 2, 3]);
        assert_eq!(marks(9, 4), [0, 2, 4, 6, 8, 10]);
        assert_eq!(marks(230, 4), [0, 50, 100, 150, 200, 250]);
        for top in [1, 7, 12, 99, 1_000, 123_456, u64::MAX / 2] {
            let marks = marks(top, 4);
            assert!(marks.len() <= 7 && *marks.last().unwrap() >= top, "{top}: {marks:?}");
        }
    }
}
