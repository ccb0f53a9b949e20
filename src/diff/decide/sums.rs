//! Sums as decision diagrams: exact, also where credentials have several places, caps nest, and sums share out credentials.
//!
//! Goes in: sums that are to be met together, and the order of atoms. Comes out: the nodes of a diagram. The diagram is the
//! run of a small machine over the atoms in their order. Its state is the set of all ways in which what is held so far
//! can be counted, each way as the totals of all groups; ways that another way beats, and totals that no longer matter, are
//! left out, so that there are few states where credit comes in few sizes.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use super::formula::{AtomId, SumShape};

/// A node: which atom (by its position in the order), and where to go without and with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub atom: AtomId,
    pub without: usize,
    pub with: usize,
}

/// The way to *no* and the way to *yes*; steps are counted from 2.
pub const NO: usize = 0;
/// See [`NO`].
pub const YES: usize = 1;

/// The diagram of sums met together: steps, each after those that it leads to; the last is the first to ask. `None` where
/// there would be more than `limit`, or more to look at than there is room for; what was looked at is added to `work`.
#[must_use]
pub fn diagram(
    sums: &[SumShape],
    position: &dyn Fn(AtomId) -> u32,
    (limit, room): (usize, usize),
    work: &Cell<usize>,
) -> Option<(Vec<Step>, usize)> {
    let most = work.get().saturating_add(room.min(MOST_WORK));
    let machine = Machine::new(sums, position, (work, most));
    let mut layers: Vec<Layer> = Vec::new();
    let start = machine.tidy(vec![machine.empty()], 0);
    let mut states = match machine.known(&start, 0) {
        Some(known) => return Some((Vec::new(), known)),
        None => vec![start],
    };
    let mut count = 0;
    for turn in 0..machine.turns.len() {
        let mut next: Vec<Ways> = Vec::new();
        let mut numbers: FxHashMap<Ways, usize> = FxHashMap::default();
        let mut arrows = Vec::with_capacity(states.len());
        for state in &states {
            let mut go = |ways: Ways| match machine.known(&ways, turn + 1) {
                Some(known) => Arrow::Known(known),
                None => {
                    let fresh = next.len();
                    let number = *numbers.entry(ways.clone()).or_insert(fresh);
                    if number == fresh {
                        next.push(ways);
                    }
                    Arrow::Next(number)
                }
            };
            let without = go(machine.tidy(state.clone(), turn + 1));
            let with = go(machine.tidy(machine.take(state, turn), turn + 1));
            arrows.push((without, with));
            if count + arrows.len() > limit || work.get() > most {
                return None;
            }
        }
        count += arrows.len();
        layers.push(Layer {
            atom: machine.turns[turn].atom,
            arrows,
        });
        states = next;
    }
    Some(backward(&layers))
}

/// Past so many comparisons of one way with another the diagram is given up.
const MOST_WORK: usize = 5_000_000;

/// One way to count: the totals of all groups of all sums.
type Way = Box<[i64]>;

/// All ways to count what is held, sorted.
type Ways = Vec<Way>;

#[derive(Debug, Clone, Copy)]
enum Arrow {
    Known(usize),
    /// A state of the next layer.
    Next(usize),
}

#[derive(Debug)]
struct Layer {
    atom: AtomId,
    arrows: Vec<(Arrow, Arrow)>,
}

/// Numbers the steps from the last layer to the first; steps that lead to the same on both sides are left out.
fn backward(layers: &[Layer]) -> (Vec<Step>, usize) {
    let mut steps: Vec<Step> = Vec::new();
    let mut below: Vec<usize> = Vec::new();
    for layer in layers.iter().rev() {
        let mut known: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        let place = |arrow: Arrow| match arrow {
            Arrow::Known(place) => place,
            // Each state of a layer has its place by now.
            Arrow::Next(number) => below.get(number).copied().unwrap_or(NO),
        };
        let mut places = Vec::with_capacity(layer.arrows.len());
        for &(without, with) in &layer.arrows {
            let (without, with) = (place(without), place(with));
            places.push(if without == with {
                without
            } else {
                *known.entry((without, with)).or_insert_with(|| {
                    steps.push(Step {
                        atom: layer.atom,
                        without,
                        with,
                    });
                    steps.len() + 1
                })
            });
        }
        below = places;
    }
    let first = below.first().copied().unwrap_or(NO);
    (steps, first)
}

/// What an atom can do at its turn.
#[derive(Debug)]
struct Turn {
    atom: AtomId,
    /// Each place where it can count: sum, group, value.
    choices: Vec<(usize, usize, i64)>,
}

#[derive(Debug)]
struct Machine<'a> {
    sums: &'a [SumShape],
    /// Where the groups of each sum start in a way.
    starts: Vec<usize>,
    width: usize,
    turns: Vec<Turn>,
    /// For each slot of a way the turn after which its total no longer matters.
    last_turn: Vec<usize>,
    /// For each turn and sum, what may still come.
    still: Vec<Vec<i64>>,
    /// How often one way was made or compared with another.
    work: &'a Cell<usize>,
    /// Past so much of it the diagram is given up.
    most: usize,
}

impl<'a> Machine<'a> {
    fn new(
        sums: &'a [SumShape],
        position: &dyn Fn(AtomId) -> u32,
        (work, most): (&'a Cell<usize>, usize),
    ) -> Self {
        let mut starts = Vec::with_capacity(sums.len());
        let mut width = 0;
        for sum in sums {
            starts.push(width);
            width += sum.groups.len();
        }
        let mut choices: Vec<(u32, AtomId, usize, usize, i64)> = Vec::new();
        for (number, sum) in sums.iter().enumerate() {
            for entry in &sum.entries {
                for &group in &entry.places {
                    let at = position(entry.atom);
                    choices.push((at, entry.atom, number, group, entry.value));
                }
            }
        }
        choices.sort_unstable();
        let mut turns: Vec<Turn> = Vec::new();
        for (_, atom, sum, group, value) in choices {
            match turns.last_mut() {
                Some(turn) if turn.atom == atom => turn.choices.push((sum, group, value)),
                Some(_) | None => turns.push(Turn {
                    atom,
                    choices: vec![(sum, group, value)],
                }),
            }
        }
        let mut last_turn = vec![0; width];
        let mut still = vec![vec![0i64; sums.len()]; turns.len() + 1];
        for (number, turn) in turns.iter().enumerate() {
            for &(sum, group, _) in &turn.choices {
                let mut next = Some(group);
                while let Some(group) = next {
                    last_turn[starts[sum] + group] = number + 1;
                    next = sums[sum].groups[group].0;
                }
            }
        }
        for (number, turn) in turns.iter().enumerate().rev() {
            still[number] = still[number + 1].clone();
            let mut seen = vec![false; sums.len()];
            for &(sum, _, value) in &turn.choices {
                if !seen[sum] {
                    seen[sum] = true;
                    still[number][sum] = still[number][sum].saturating_add(value);
                }
            }
        }
        Self {
            sums,
            starts,
            width,
            turns,
            last_turn,
            still,
            work,
            most,
        }
    }

    fn empty(&self) -> Way {
        vec![0; self.width].into()
    }

    /// Whether it is decided, whatever follows.
    fn known(&self, ways: &Ways, turn: usize) -> Option<usize> {
        let met = |way: &Way| {
            self.sums
                .iter()
                .zip(&self.starts)
                .all(|(sum, &start)| way[start] >= sum.least)
        };
        if ways.is_empty() {
            Some(NO)
        } else if ways.iter().any(met) {
            Some(YES)
        } else if turn == self.turns.len() {
            Some(NO)
        } else {
            None
        }
    }

    /// All ways after the atom of a turn is held as well.
    fn take(&self, ways: &Ways, turn: usize) -> Ways {
        let mut next = Vec::with_capacity(ways.len());
        for way in ways {
            for &(sum, group, value) in &self.turns[turn].choices {
                let mut way = way.clone();
                self.add(&mut way, sum, group, value);
                next.push(way);
            }
        }
        next
    }

    fn add(&self, way: &mut Way, sum: usize, group: usize, value: i64) {
        let (mut group, mut more) = (group, value);
        loop {
            let slot = self.starts[sum] + group;
            let (around, most) = self.sums[sum].groups[group];
            let old = way[slot];
            let mut new = old.saturating_add(more);
            if let Some(most) = most {
                new = new.min(most.max(0));
            }
            match around {
                // The whole: more than is asked makes no difference.
                None => {
                    way[slot] = new.min(self.sums[sum].least);
                    return;
                }
                Some(outer) => {
                    more = new - old;
                    // A group without a cap has no total of its own to remember.
                    if most.is_some() {
                        way[slot] = new;
                    }
                    if more <= 0 {
                        return;
                    }
                    group = outer;
                }
            }
        }
    }

    /// Leaves out what no longer matters.
    fn tidy(&self, mut ways: Ways, turn: usize) -> Ways {
        self.work.set(self.work.get() + ways.len());
        for way in &mut ways {
            for (slot, total) in way.iter_mut().enumerate() {
                if self.last_turn[slot] <= turn && !self.starts.contains(&slot) {
                    *total = 0;
                }
            }
        }
        ways.retain(|way| {
            self.sums.iter().enumerate().all(|(number, sum)| {
                way[self.starts[number]].saturating_add(self.still[turn][number]) >= sum.least
            })
        });
        ways.sort_unstable();
        ways.dedup();
        if ways.len() > 1 {
            let all = ways.clone();
            ways.retain(|way| {
                // Past the limit the diagram is given up, whatever is left out here.
                self.work.get() > self.most
                    || !all.iter().any(|other| {
                        self.work.set(self.work.get() + 1);
                        other != way && self.beats(other, way)
                    })
            });
        }
        ways
    }

    /// Whether whatever the second can still reach, the first can.
    fn beats(&self, one: &Way, other: &Way) -> bool {
        one.iter()
            .zip(other)
            .enumerate()
            .all(|(slot, (one, other))| {
                if self.starts.contains(&slot) {
                    one >= other
                } else {
                    // Less counted under a cap leaves more room.
                    one <= other
                }
            })
    }
}
