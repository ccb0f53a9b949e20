//! Decisions against an evaluator that tries everything.

use super::formula::{Atom, AtomId, Formula, FormulaId, Formulas, SumEntry, SumShape};
use super::{Budget, GivenUp, LIMIT, Verdict, decide};

/// How many atoms the random formulas speak of.
const ATOMS: u32 = 7;

/// Random formulas: many where programs are built to be fast, fewer where they are not.
const PAIRS: u64 = if cfg!(debug_assertions) {
    1_500
} else {
    10_000
};

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// By the words of the language: a sum is the most that any way to place its credentials brings in.
fn holds(formulas: &Formulas, formula: FormulaId, held: u32) -> bool {
    match formulas.get(formula) {
        Formula::Always => true,
        Formula::Never => false,
        Formula::Atom(atom) => has(held, *atom),
        Formula::AtLeast { least, of } => {
            let met = of.iter().filter(|&&part| holds(formulas, part, held));
            met.count() >= *least as usize
        }
        Formula::Sums(sums) => {
            let mut atoms: Vec<AtomId> = sums
                .iter()
                .flat_map(|sum| &sum.entries)
                .map(|entry| entry.atom)
                .filter(|&atom| has(held, atom))
                .collect();
            atoms.sort_unstable();
            atoms.dedup();
            place(sums, &atoms, &mut Vec::new())
        }
    }
}

fn has(held: u32, atom: AtomId) -> bool {
    held >> atom.0 & 1 == 1
}

/// Tries every sum and place for every credential.
fn place(sums: &[SumShape], atoms: &[AtomId], placed: &mut Vec<(usize, usize, i64)>) -> bool {
    let Some((&atom, rest)) = atoms.split_first() else {
        return sums.iter().enumerate().all(|(number, sum)| {
            let mut totals: Vec<i64> = vec![0; sum.groups.len()];
            for &(of, group, value) in placed.iter() {
                if of == number {
                    totals[group] += value;
                }
            }
            // A group stands after the one around it.
            for group in (1..totals.len()).rev() {
                let (around, most) = sum.groups[group];
                let brought = most.map_or(totals[group], |most| totals[group].min(most));
                totals[around.unwrap_or(0)] += brought;
            }
            totals[0] >= sum.least
        });
    };
    for (number, sum) in sums.iter().enumerate() {
        for entry in sum.entries.iter().filter(|entry| entry.atom == atom) {
            for &group in &entry.places {
                placed.push((number, group, entry.value));
                let found = place(sums, rest, placed);
                placed.pop();
                if found {
                    return true;
                }
            }
        }
    }
    false
}

fn formula(formulas: &mut Formulas, dice: &mut Dice, depth: u64) -> FormulaId {
    let kind = if depth == 0 { 0 } else { dice.roll(6) };
    match kind {
        0 | 1 => {
            let number = dice.roll(u64::from(ATOMS)) as u32;
            formulas.atom(Atom::Credential(number))
        }
        2 | 3 => {
            let parts: Vec<FormulaId> = (0..=dice.roll(3))
                .map(|_| formula(formulas, dice, depth - 1))
                .collect();
            let least = dice.roll(parts.len() as u64 + 1) as u32;
            formulas.at_least(least, parts)
        }
        4 => {
            let sum = sum(dice);
            formulas.sums(vec![sum])
        }
        _ => {
            let sums = (0..=dice.roll(2)).map(|_| sum(dice)).collect();
            formulas.sums(sums)
        }
    }
}

fn sum(dice: &mut Dice) -> SumShape {
    let mut groups: Vec<(Option<usize>, Option<i64>)> = vec![(None, None)];
    for _ in 0..dice.roll(3) {
        let around = dice.roll(groups.len() as u64) as usize;
        groups.push((Some(around), Some(dice.roll(6) as i64)));
    }
    let mut entries = Vec::new();
    for atom in 0..ATOMS {
        if dice.roll(2) == 0 {
            continue;
        }
        let mut places = vec![dice.roll(groups.len() as u64) as usize];
        let other = dice.roll(groups.len() as u64) as usize;
        if dice.roll(3) == 0 && !places.contains(&other) {
            places.push(other);
        }
        entries.push(SumEntry {
            atom: AtomId(atom),
            value: dice.roll(5) as i64,
            places,
        });
    }
    SumShape {
        least: dice.roll(10) as i64,
        groups,
        entries,
    }
}

/// The smallest set that the one accepts and the other does not: how many it holds.
fn smallest(formulas: &Formulas, accepts: FormulaId, refuses: FormulaId) -> Option<u32> {
    (0..1u32 << ATOMS)
        .filter(|&held| holds(formulas, accepts, held) && !holds(formulas, refuses, held))
        .map(u32::count_ones)
        .min()
}

#[test]
fn decisions_and_their_learners_are_those_of_trying_everything() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut seen = [0usize; 4];
    for number in 0..PAIRS {
        let mut formulas = Formulas::default();
        for atom in 0..ATOMS {
            assert_eq!(formulas.atom_id(Atom::Credential(atom)), AtomId(atom));
        }
        let old = formula(&mut formulas, &mut dice, 3);
        let new = formula(&mut formulas, &mut dice, 3);
        let lost = smallest(&formulas, old, new);
        let gained = smallest(&formulas, new, old);
        let verdict = decide(&formulas, old, new, &Budget::new(LIMIT));
        let shown = || format!("{number}: {:?}\n{:?}", formulas.get(old), formulas.get(new));
        match verdict {
            Verdict::Same => {
                seen[0] += 1;
                assert_eq!((lost, gained), (None, None), "{}", shown());
            }
            Verdict::Undecided(why) => panic!("{why:?} {}", shown()),
            Verdict::Differ {
                lost: found_lost,
                gained: found_gained,
            } => {
                seen[1
                    + usize::from(found_lost.is_some())
                    + usize::from(found_gained.is_some())] += 1;
                for (found, expected, accepts, refuses) in [
                    (found_lost, lost, old, new),
                    (found_gained, gained, new, old),
                ] {
                    let size = found.as_ref().map(|atoms| atoms.len() as u32);
                    assert_eq!(size, expected, "{}", shown());
                    if let Some(atoms) = found {
                        let held = atoms.iter().fold(0, |held, atom| held | 1 << atom.0);
                        assert!(holds(&formulas, accepts, held), "{}", shown());
                        assert!(!holds(&formulas, refuses, held), "{}", shown());
                    }
                }
            }
        }
    }
    // All kinds of answers were seen often.
    assert!(seen[0] > 50 && seen[2] > 50 && seen[3] > 50, "{seen:?}");
}

#[test]
fn what_is_too_large_is_said() {
    let mut formulas = Formulas::default();
    let side = |formulas: &mut Formulas, offset: u32| {
        let entries = (0..60)
            .map(|number| SumEntry {
                atom: formulas.atom_id(Atom::Credential(number)),
                value: 1_000 + i64::from((number * 7_919 + offset) % 997),
                places: vec![0],
            })
            .collect();
        formulas.sums(vec![SumShape {
            least: 40_000,
            groups: vec![(None, None)],
            entries,
        }])
    };
    let (old, new) = (side(&mut formulas, 1), side(&mut formulas, 2));
    let verdict = decide(&formulas, old, new, &Budget::new(1_000));
    assert!(matches!(verdict, Verdict::Undecided(_)), "{verdict:?}");
}

/// Thresholds over the same atoms in orders that suit no diagram, met together: what comes out of a step may be small although
/// very many pairs are looked at.
#[test]
fn thresholds_in_thresholds_come_to_an_end() {
    let mut formulas = Formulas::default();
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut side = |formulas: &mut Formulas| {
        let outer: Vec<FormulaId> = (0..24)
            .map(|_| {
                let inner: Vec<FormulaId> = (0..12)
                    .map(|_| {
                        let atoms = (0..9)
                            .map(|_| formulas.atom(Atom::Credential(dice.roll(200) as u32)))
                            .collect();
                        formulas.at_least(4, atoms)
                    })
                    .collect();
                formulas.at_least(5, inner)
            })
            .collect();
        formulas.at_least(9, outer)
    };
    let (old, new) = (side(&mut formulas), side(&mut formulas));
    let verdict = decide(&formulas, old, new, &Budget::new(20_000));
    assert_eq!(verdict, Verdict::Undecided(GivenUp::Size));
}

/// One budget for many hard decisions: all of them together end after so much work, and an easy one among them is decided still.
#[test]
fn hard_decisions_share_what_they_may_look_at() {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let budget = Budget::new(2_000);
    let mut spent = Vec::new();
    for _ in 0..60 {
        let mut formulas = Formulas::default();
        let mut side = || {
            let all: Vec<FormulaId> = (0..40)
                .map(|_| {
                    let atoms = (0..9)
                        .map(|_| formulas.atom(Atom::Credential(dice.roll(200) as u32)))
                        .collect();
                    formulas.at_least(4, atoms)
                })
                .collect();
            formulas.at_least(9, all)
        };
        let (old, new) = (side(), side());
        let before = budget.allowance();
        let verdict = decide(&formulas, old, new, &budget);
        assert_eq!(verdict, Verdict::Undecided(GivenUp::Size));
        spent.push(before);
    }
    // Each may look at less than the one before, once the first have taken most of it.
    assert_eq!(spent.first(), Some(&(2_000 * 64)));
    assert!(spent.is_sorted_by(|one, next| one >= next), "{spent:?}");
    assert_eq!(spent.last(), Some(&1_000));
    let mut formulas = Formulas::default();
    let one = formulas.atom(Atom::Credential(0));
    let other = formulas.atom(Atom::Credential(1));
    let both = formulas.all(vec![one, other]);
    let verdict = decide(&formulas, one, both, &budget);
    assert!(matches!(verdict, Verdict::Differ { .. }), "{verdict:?}");
}

/// Two conditions that have nothing in common but an order that lays them crosswise: all pairs of their nodes are met, and none of
/// them comes to anything.
#[test]
fn pairs_of_nodes_are_counted() {
    let mut formulas = Formulas::default();
    // First all atoms of one half in order, then their partners in the same order: 2^10 nodes each.
    let pairs: Vec<(FormulaId, FormulaId)> = (0..12)
        .map(|number| {
            (
                formulas.atom(Atom::Credential(number)),
                formulas.atom(Atom::Credential(100 + number)),
            )
        })
        .collect();
    let first: Vec<FormulaId> = pairs.iter().map(|&(one, _)| one).collect();
    let order = formulas.at_least(1, first);
    let both: Vec<FormulaId> = pairs
        .iter()
        .map(|&(one, other)| formulas.all(vec![one, other]))
        .collect();
    let old = formulas.at_least(1, both);
    let old = formulas.all(vec![order, old]);
    let shifted: Vec<FormulaId> = pairs
        .iter()
        .zip(pairs.iter().cycle().skip(5))
        .map(|(&(one, _), &(_, other))| formulas.all(vec![one, other]))
        .collect();
    let new = formulas.at_least(1, shifted);
    let enough = decide(&formulas, old, new, &Budget::new(LIMIT));
    assert!(matches!(enough, Verdict::Differ { .. }), "{enough:?}");
    // The diagrams of both keep well within this limit; only the pairs of their nodes do not.
    let verdict = decide(&formulas, old, new, &Budget::new(6_000));
    assert_eq!(verdict, Verdict::Undecided(GivenUp::Size));
}

/// Credentials with several places under many caps: very many ways to count them.
#[test]
fn sums_with_many_ways_come_to_an_end() {
    let mut formulas = Formulas::default();
    let mut side = |least| {
        let groups: Vec<(Option<usize>, Option<i64>)> = std::iter::once((None, None))
            .chain((0..30).map(|group| (Some(0), Some(50 + group * 7))))
            .collect();
        let entries = (0..200)
            .map(|number| SumEntry {
                atom: formulas.atom_id(Atom::Credential(number)),
                value: 11 + i64::from(number * 37 % 29),
                places: (1..=30).collect(),
            })
            .collect();
        formulas.sums(vec![SumShape {
            least,
            groups,
            entries,
        }])
    };
    let (old, new) = (side(3_000), side(3_001));
    let verdict = decide(&formulas, old, new, &Budget::new(LIMIT));
    assert_eq!(verdict, Verdict::Undecided(GivenUp::Size));
}

#[test]
fn judgements_can_be_taken_as_passed() {
    let mut formulas = Formulas::default();
    let held = formulas.atom(Atom::Credential(0));
    let one = formulas.atom(Atom::Judgement("an interview".to_owned()));
    let other = formulas.atom(Atom::Judgement("a talk".to_owned()));
    let (old, new) = (
        formulas.all(vec![held, one]),
        formulas.all(vec![held, other]),
    );
    assert!(matches!(
        decide(&formulas, old, new, &Budget::new(LIMIT)),
        Verdict::Differ {
            lost: Some(_),
            gained: Some(_)
        }
    ));
    assert_eq!(
        formulas.without_judgements(old),
        formulas.without_judgements(new)
    );
}
