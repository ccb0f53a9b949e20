//! Confidence that means what it says: of the proposals with confidence 0.8, four in five are right.
//!
//! A learner's raw probabilities are mapped to the share of right answers seen at that height, by a function that never falls (isotonic
//! regression by pooling neighbors that stand the wrong way round). The report compares confidence with what came true.

/// Height and share of right answers, rising in both.
pub type Curve = Vec<(f32, f32)>;

/// Pools are no smaller than this.
const LEAST: f64 = 20.0;

/// The curve for raw probabilities and whether each came true.
#[must_use]
pub fn curve(mut seen: Vec<(f32, bool)>) -> Curve {
    seen.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    // Sum of heights, rows that came true, rows.
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    for (raw, right) in seen {
        pools.push((f64::from(raw), f64::from(u8::from(right)), 1.0));
        while let [.., before, last] = pools.as_slice() {
            let small = before.2 < LEAST;
            if small || before.1 * last.2 >= last.1 * before.2 {
                let merged = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
                pools.truncate(pools.len() - 2);
                pools.push(merged);
            } else {
                break;
            }
        }
    }
    pools
        .into_iter()
        .map(|(heights, right, rows)| {
            (
                (heights / rows) as f32,
                ((right + 0.5) / (rows + 1.0)) as f32,
            )
        })
        .collect()
}

/// The honest probability for a raw one; itself where nothing was seen.
#[must_use]
pub fn honest(curve: &[(f32, f32)], raw: f32) -> f32 {
    let at = curve.partition_point(|(height, _)| *height < raw);
    match (
        at.checked_sub(1).and_then(|before| curve.get(before)),
        curve.get(at),
    ) {
        (Some((low, low_share)), Some((high, high_share))) => {
            let part = if high > low {
                (raw - low) / (high - low)
            } else {
                0.0
            };
            low_share + part * (high_share - low_share)
        }
        (Some((_, share)), None) | (None, Some((_, share))) => *share,
        (None, None) => raw,
    }
}

/// One line of the reliability table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The upper end of the range of confidence.
    pub up_to: f32,
    pub proposals: usize,
    /// The mean of what was said.
    pub said: f32,
    /// The share that came true.
    pub true_share: f32,
}

/// The reliability table in ten ranges, without empty ones, and the expected calibration error: the mean distance between said and true, each range
/// by its proposals.
#[must_use]
pub fn reliability(seen: &[(f32, bool)]) -> (Vec<Reliability>, f32) {
    let mut table = Vec::new();
    let mut error = 0.0;
    for range in 0u8..10 {
        let (from, up_to) = (f32::from(range) / 10.0, f32::from(range + 1) / 10.0);
        let within: Vec<&(f32, bool)> = seen
            .iter()
            .filter(|(said, _)| (*said > from || range == 0) && *said <= up_to)
            .collect();
        if within.is_empty() {
            continue;
        }
        let count = within.len() as f32;
        let said = within.iter().map(|(said, _)| said).sum::<f32>() / count;
        let true_share = within.iter().filter(|(_, right)| *right).count() as f32 / count;
        error += (said - true_share).abs() * count / seen.len().max(1) as f32;
        table.push(Reliability {
            up_to,
            proposals: within.len(),
            said,
            true_share,
        });
    }
    (table, error)
}
