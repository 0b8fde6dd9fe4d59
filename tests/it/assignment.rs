//! The assignment problem on small matrices, solved exactly: Kuhn's Hungarian method with potentials (H. W. Kuhn, 1955;
//! the O(n²m) form with shortest augmenting paths).

/// The pairs of row and column that together weigh most, each row and column at most once; pairs of no weight left out.
pub(crate) fn assign(weights: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (weights.len(), weights.first().map_or(0, Vec::len));
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    if rows > columns {
        let turned: Vec<Vec<f64>> = (0..columns).map(|c| weights.iter().map(|row| row[c]).collect()).collect();
        return assign(&turned).into_iter().map(|(c, r)| (r, c)).collect();
    }
    let row_of = Matching::of(weights).row_of;
    let pairs =
        row_of.iter().enumerate().skip(1).filter(|(_, row)| **row > 0).map(|(column, row)| (row - 1, column - 1));
    pairs.filter(|&(row, column)| weights[row][column] > 0.0).collect()
}

/// Rows and columns count from 1; 0 stands for none.
struct Matching {
    row_of: Vec<usize>,
    of_row: Vec<f64>,
    of_column: Vec<f64>,
}

impl Matching {
    fn of(weights: &[Vec<f64>]) -> Self {
        let (rows, columns) = (weights.len(), weights[0].len());
        let mut matching =
            Self { row_of: vec![0; columns + 1], of_row: vec![0.0; rows + 1], of_column: vec![0.0; columns + 1] };
        for row in 1..=rows {
            matching.augment(weights, row);
        }
        matching
    }

    /// Adds a row along the shortest augmenting path.
    fn augment(&mut self, weights: &[Vec<f64>], row: usize) {
        let columns = self.row_of.len();
        let (mut least, mut used, mut way) = (vec![f64::INFINITY; columns], vec![false; columns], vec![0; columns]);
        self.row_of[0] = row;
        let mut at = 0;
        while self.row_of[at] != 0 {
            used[at] = true;
            let from = self.row_of[at];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for column in (1..columns).filter(|&column| !used[column]) {
                let cost = -weights[from - 1][column - 1] - self.of_row[from] - self.of_column[column];
                if cost < least[column] {
                    (least[column], way[column]) = (cost, at);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], column);
                }
            }
            self.shift(delta, &used, &mut least);
            at = next;
        }
        while at != 0 {
            self.row_of[at] = self.row_of[way[at]];
            at = way[at];
        }
    }

    fn shift(&mut self, delta: f64, used: &[bool], least: &mut [f64]) {
        for column in 0..used.len() {
            if used[column] {
                self.of_row[self.row_of[column]] += delta;
                self.of_column[column] -= delta;
            } else {
                least[column] -= delta;
            }
        }
    }
}

#[test]
fn the_heaviest_pairs_are_found() {
    assert_eq!(assign(&[vec![1.0, 5.0], vec![4.0, 6.0]]), [(1, 0), (0, 1)]);
    assert_eq!(assign(&[vec![0.0, 0.0]]), []);
    assert_eq!(assign(&[vec![2.0], vec![3.0], vec![1.0]]), [(1, 0)]);
}
