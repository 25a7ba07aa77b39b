//! A probability for each entry of a list.

/// Probabilities that add up to one.
#[derive(Clone, Debug)]
pub(crate) struct Distribution(Vec<f64>);

impl Distribution {
    /// From weights that need not add up; all zero or empty becomes even.
    pub fn from_weights(weights: Vec<f64>) -> Self {
        let total: f64 = weights.iter().sum();
        if total <= 0.0 {
            let even = 1.0 / weights.len().max(1) as f64;
            return Self(vec![even; weights.len()]);
        }
        Self(weights.into_iter().map(|weight| weight / total).collect())
    }

    /// From natural logarithms of weights.
    pub fn from_logarithms(logarithms: &[f64]) -> Self {
        let greatest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self::from_weights(logarithms.iter().map(|logarithm| (logarithm - greatest).exp()).collect())
    }

    /// The probability of the entry at `position`.
    pub fn of(&self, position: usize) -> f64 {
        self.0.get(position).copied().unwrap_or(0.0)
    }

    /// All probabilities, by position.
    pub fn iter(&self) -> impl Iterator<Item = f64> {
        self.0.iter().copied()
    }

    /// Positions and probabilities, most probable first.
    pub fn ranked(&self) -> Vec<(usize, f64)> {
        let mut ranked: Vec<_> = self.0.iter().copied().enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    /// The uncertainty, in bits.
    pub fn entropy(&self) -> f64 {
        -self.0.iter().filter(|&&share| share > 0.0).map(|share| share * share.log2()).sum::<f64>()
    }
}
