//! Decision diagrams of monotone conditions: who has earned what decides them, and more never hurts.
//!
//! All diagrams of one [`Diagrams`] share their nodes, and the same condition is the same number. There is no negation: nothing
//! here needs one. Work stops (every operation gives `None`) once there are too many nodes, too many steps or time is up: steps
//! are counted apart, since pairs of many nodes may all lead to nodes that are there.

use rustc_hash::FxHashMap;

use super::solve::Left;

/// The most nodes that are made: some 50 MB.
const MOST: usize = 1_000_000;

/// The most steps that are taken, each of which remembers one answer: some 150 MB.
const MOST_STEPS: usize = 4_000_000;

/// How many steps are taken between two looks at the clock.
const LOOK: usize = 4096;

/// A condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Diagram(u32);

/// Never met.
pub(super) const NEVER: Diagram = Diagram(0);
/// Always met.
pub(super) const ALWAYS: Diagram = Diagram(1);

/// What is decided first, what holds without it, and what with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Node {
    variable: u32,
    without: Diagram,
    with: Diagram,
}

/// Conditions that share their nodes.
pub(super) struct Diagrams<'l> {
    nodes: Vec<Node>,
    known: FxHashMap<Node, Diagram>,
    both: FxHashMap<(Diagram, Diagram), Diagram>,
    either: FxHashMap<(Diagram, Diagram), Diagram>,
    counted: FxHashMap<(Diagram, Diagram), u128>,
    steps: usize,
    looks: usize,
    left: Left<'l>,
}

impl<'l> Diagrams<'l> {
    pub(super) fn new(left: Left<'l>) -> Self {
        let end = |itself| Node {
            variable: u32::MAX,
            without: Diagram(itself),
            with: Diagram(itself),
        };
        Self {
            nodes: vec![end(0), end(1)],
            known: FxHashMap::default(),
            both: FxHashMap::default(),
            either: FxHashMap::default(),
            counted: FxHashMap::default(),
            steps: 0,
            looks: 0,
            left,
        }
    }

    /// The condition that one variable holds.
    pub(super) fn variable(&mut self, variable: u32) -> Option<Diagram> {
        self.node(variable, NEVER, ALWAYS)
    }

    fn node(&mut self, variable: u32, without: Diagram, with: Diagram) -> Option<Diagram> {
        if without == with {
            return Some(with);
        }
        let node = Node {
            variable,
            without,
            with,
        };
        if let Some(&known) = self.known.get(&node) {
            return Some(known);
        }
        let next = self.nodes.len();
        if next >= MOST {
            return None;
        }
        let made = Diagram(u32::try_from(next).ok()?);
        self.nodes.push(node);
        self.known.insert(node, made);
        Some(made)
    }

    /// Looks at the clock now and then, for work beside the diagrams; none where time is up.
    pub(super) fn look(&mut self) -> Option<()> {
        self.looks += 1;
        let is_over =
            self.looks.is_multiple_of(LOOK) && (self.left)().is_some_and(|left| left.is_zero());
        (!is_over).then_some(())
    }

    /// Takes one more step; none where it is one too many, or time is up.
    fn step(&mut self) -> Option<()> {
        self.steps += 1;
        let is_over = self.steps > MOST_STEPS
            || self.steps.is_multiple_of(LOOK) && (self.left)().is_some_and(|left| left.is_zero());
        (!is_over).then_some(())
    }

    fn at(&self, diagram: Diagram) -> Node {
        self.nodes[diagram.0 as usize]
    }

    /// A condition where a variable is decided.
    fn parts(&self, diagram: Diagram, variable: u32) -> (Diagram, Diagram) {
        let node = self.at(diagram);
        if node.variable == variable {
            (node.without, node.with)
        } else {
            (diagram, diagram)
        }
    }

    /// Both are met.
    pub(super) fn both(&mut self, one: Diagram, other: Diagram) -> Option<Diagram> {
        let (one, other) = (one.min(other), one.max(other));
        match (one, other) {
            (NEVER, _) => return Some(NEVER),
            (ALWAYS, other) => return Some(other),
            (one, other) if one == other => return Some(one),
            _ => {}
        }
        if let Some(&known) = self.both.get(&(one, other)) {
            return Some(known);
        }
        self.step()?;
        let variable = self.at(one).variable.min(self.at(other).variable);
        let (one_without, one_with) = self.parts(one, variable);
        let (other_without, other_with) = self.parts(other, variable);
        let without = self.both(one_without, other_without)?;
        let with = self.both(one_with, other_with)?;
        let made = self.node(variable, without, with)?;
        self.both.insert((one, other), made);
        Some(made)
    }

    /// One of them is met.
    pub(super) fn either(&mut self, one: Diagram, other: Diagram) -> Option<Diagram> {
        let (one, other) = (one.min(other), one.max(other));
        match (one, other) {
            (NEVER, other) => return Some(other),
            (ALWAYS, _) => return Some(ALWAYS),
            (one, other) if one == other => return Some(one),
            _ => {}
        }
        if let Some(&known) = self.either.get(&(one, other)) {
            return Some(known);
        }
        self.step()?;
        let variable = self.at(one).variable.min(self.at(other).variable);
        let (one_without, one_with) = self.parts(one, variable);
        let (other_without, other_with) = self.parts(other, variable);
        let without = self.either(one_without, other_without)?;
        let with = self.either(one_with, other_with)?;
        let made = self.node(variable, without, with)?;
        self.either.insert((one, other), made);
        Some(made)
    }

    /// What is met with the condition, and what is met without it, which is never more.
    pub(super) fn choose(
        &mut self,
        condition: Diagram,
        with: Diagram,
        without: Diagram,
    ) -> Option<Diagram> {
        let chosen = self.both(condition, with)?;
        self.either(chosen, without)
    }

    /// How many smallest sets meet a condition: those of which nothing can be left out.
    pub(super) fn count_minimal(&mut self, condition: Diagram) -> Option<u128> {
        self.count(condition, NEVER)
    }

    /// How many smallest sets of a condition do not meet another one.
    ///
    /// A smallest set without the first variable is one of what remains without it. One with it is a smallest set of what
    /// remains with it that does not do without.
    fn count(&mut self, condition: Diagram, not: Diagram) -> Option<u128> {
        match (condition, not) {
            (NEVER, _) | (_, ALWAYS) => return Some(0),
            (one, other) if one == other => return Some(0),
            // Nothing at all is enough, and does not meet the other one.
            (ALWAYS, _) => return Some(1),
            _ => {}
        }
        if let Some(&known) = self.counted.get(&(condition, not)) {
            return Some(known);
        }
        self.step()?;
        let variable = self.at(condition).variable;
        // What lies before the first variable of the condition is in none of its smallest sets.
        let mut not_here = not;
        while self.at(not_here).variable < variable {
            not_here = self.at(not_here).without;
        }
        let (without, with) = self.parts(condition, variable);
        let (not_without, not_with) = self.parts(not_here, variable);
        let fewer = self.count(without, not_without)?;
        let neither = self.either(without, not_with)?;
        let more = self.count(with, neither)?;
        let sum = fewer.saturating_add(more);
        self.counted.insert((condition, not), sum);
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two conditions whose pairs are many and whose nodes are few: the work ends although hardly a node is made.
    #[test]
    fn steps_are_bounded_where_no_nodes_are_made() {
        let mut all = Diagrams::new(&|| None);
        all.steps = MOST_STEPS - 3;
        let one = all.variable(0).expect("a node");
        let other = all.variable(1).expect("a node");
        assert!(all.both(one, other).is_some());
        assert!(all.either(one, other).is_some());
        assert!(all.count_minimal(one).is_some());
        assert!(all.count_minimal(other).is_none());
        // What is known is known.
        assert!(all.both(one, other).is_some());
        let over = Diagrams::new(&|| Some(std::time::Duration::ZERO));
        let mut over = Diagrams {
            steps: LOOK - 1,
            ..over
        };
        let one = over.variable(0).expect("a node");
        let other = over.variable(1).expect("a node");
        assert!(over.both(one, other).is_none());
    }

    #[test]
    fn smallest_sets_are_counted() {
        let mut all = Diagrams::new(&|| None);
        let mut build = || {
            let of: Vec<Diagram> = (0..4).map(|at| all.variable(at)).collect::<Option<_>>()?;
            // Two of four: six ways.
            let mut two = NEVER;
            for one in 0..4 {
                for other in 0..one {
                    let pair = all.both(of[one], of[other])?;
                    two = all.either(two, pair)?;
                }
            }
            let by_itself = all.either(two, of[3])?;
            Some([
                all.count_minimal(two)?,
                // One alone, or two of the other three.
                all.count_minimal(by_itself)?,
                all.count_minimal(ALWAYS)?,
                all.count_minimal(NEVER)?,
            ])
        };
        assert_eq!(build(), Some([6, 4, 1, 0]));
    }
}
