//! The requirements of two projects as formulas over the same atoms.
//!
//! An atom is something that a learner brings: a credential (the same one in both projects, also under another id), a skill
//! at a level, shown by something that neither project declares, or a judgement that was passed. Formulas are kept once each:
//! two requirements that are built from the same parts have the same [`FormulaId`], and then nothing has to be decided.
//! Formulas are monotone: nothing that a learner brings ever disqualifies.

use rustc_hash::FxHashMap;

/// Something that a learner can bring, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtomId(pub u32);

/// A formula, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormulaId(pub u32);

/// What a learner can bring.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Atom {
    /// A credential, by the number that both projects share.
    Credential(u32),
    /// A skill at a level, shown by something that neither project declares; both by shared numbers.
    Skill { item: u32, level: Option<u32> },
    /// A judgement in words was passed.
    Judgement(String),
}

/// What must be brought.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Formula {
    Always,
    Never,
    Atom(AtomId),
    /// At least so many of these.
    AtLeast {
        least: u32,
        of: Box<[FormulaId]>,
    },
    /// All of these sums at once, where a credential counts in one of them only.
    Sums(Box<[SumShape]>),
}

/// A sum of credit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SumShape {
    /// In thousandths.
    pub least: i64,
    /// For each group the one around it, and how much it brings in at most. The first stands for the whole.
    pub groups: Vec<(Option<usize>, Option<i64>)>,
    /// Sorted by atom.
    pub entries: Vec<SumEntry>,
}

/// A credential in a sum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SumEntry {
    pub atom: AtomId,
    /// In thousandths; never 0.
    pub value: i64,
    /// The groups in one of which it counts.
    pub places: Vec<usize>,
}

/// All atoms and formulas of a comparison.
#[derive(Debug)]
pub struct Formulas {
    atoms: Vec<Atom>,
    atom_ids: FxHashMap<Atom, AtomId>,
    formulas: Vec<Formula>,
    depths: Vec<u32>,
    ids: FxHashMap<Formula, FormulaId>,
}

/// The formula that asks nothing.
pub const ALWAYS: FormulaId = FormulaId(0);

/// The formula that nothing meets.
pub const NEVER: FormulaId = FormulaId(1);

impl Default for Formulas {
    fn default() -> Self {
        let mut formulas = Self {
            atoms: Vec::new(),
            atom_ids: FxHashMap::default(),
            formulas: Vec::new(),
            depths: Vec::new(),
            ids: FxHashMap::default(),
        };
        formulas.keep(Formula::Always, 0);
        formulas.keep(Formula::Never, 0);
        formulas
    }
}

impl Formulas {
    /// The number of an atom.
    pub fn atom_id(&mut self, atom: Atom) -> AtomId {
        if let Some(&known) = self.atom_ids.get(&atom) {
            return known;
        }
        let id = AtomId(self.atoms.len() as u32);
        self.atoms.push(atom.clone());
        self.atom_ids.insert(atom, id);
        id
    }

    /// The atom of a number that [`Formulas::atom_id`] gave.
    #[must_use]
    pub fn atom_of(&self, id: AtomId) -> &Atom {
        &self.atoms[id.0 as usize]
    }

    /// The formula of a number.
    #[must_use]
    pub fn get(&self, id: FormulaId) -> &Formula {
        &self.formulas[id.0 as usize]
    }

    /// How deep a formula nests.
    #[must_use]
    pub fn depth(&self, id: FormulaId) -> u32 {
        self.depths[id.0 as usize]
    }

    /// The formula that asks for an atom.
    pub fn atom(&mut self, atom: Atom) -> FormulaId {
        let atom = self.atom_id(atom);
        self.keep(Formula::Atom(atom), 1)
    }

    /// The formula that asks for all of some.
    pub fn all(&mut self, of: Vec<FormulaId>) -> FormulaId {
        let least = of.len() as u32;
        self.at_least(least, of)
    }

    /// The formula that asks for at least so many of some. What it means decides its number as far as that is seen at once:
    /// order does not matter, nor do blocks of *all* in *all*, of *any* in *any*, or what is said twice there.
    pub fn at_least(&mut self, least: u32, of: Vec<FormulaId>) -> FormulaId {
        let mut least = least as usize;
        let mut parts = Vec::with_capacity(of.len());
        for part in of {
            match part {
                ALWAYS => least = least.saturating_sub(1),
                NEVER => {}
                part => parts.push(part),
            }
        }
        if least == 0 {
            return ALWAYS;
        }
        if parts.len() < least {
            return NEVER;
        }
        if let (1, Some(&only)) = (parts.len(), parts.first()) {
            return only;
        }
        let (is_all, is_any) = (least == parts.len(), least == 1);
        if is_all || is_any {
            let mut flat = Vec::with_capacity(parts.len());
            for part in parts {
                match self.get(part) {
                    Formula::AtLeast { least, of }
                        if is_all && *least as usize == of.len() || is_any && *least == 1 =>
                    {
                        flat.extend_from_slice(of);
                    }
                    Formula::Always
                    | Formula::Never
                    | Formula::Atom(_)
                    | Formula::AtLeast { .. }
                    | Formula::Sums(_) => flat.push(part),
                }
            }
            parts = flat;
        }
        parts.sort_unstable();
        if is_all || is_any {
            parts.dedup();
            if is_all {
                least = parts.len();
            }
        }
        if let (1, Some(&only)) = (parts.len(), parts.first()) {
            return only;
        }
        let depth = parts.iter().map(|&part| self.depth(part)).max();
        let formula = Formula::AtLeast {
            least: least as u32,
            of: parts.into(),
        };
        self.keep(formula, depth.unwrap_or(0) + 1)
    }

    /// The formula of sums that share nothing.
    pub fn sums(&mut self, mut sums: Vec<SumShape>) -> FormulaId {
        sums.retain(|sum| sum.least > 0);
        for sum in &mut sums {
            sum.entries.retain(|entry| entry.value > 0);
            sum.entries.sort_by_key(|entry| entry.atom);
        }
        match sums.as_slice() {
            [] => return ALWAYS,
            [sum] if sum.groups.len() == 1 => {
                // Credentials that all bring the same are counted like the branches of a choice.
                if let Some(first) = sum.entries.first()
                    && sum.entries.iter().all(|entry| entry.value == first.value)
                {
                    let least = (sum.least + first.value - 1) / first.value;
                    let parts: Vec<AtomId> = sum.entries.iter().map(|entry| entry.atom).collect();
                    let parts = parts
                        .into_iter()
                        .map(|atom| self.keep(Formula::Atom(atom), 1))
                        .collect();
                    return self.at_least(u32::try_from(least).unwrap_or(u32::MAX), parts);
                }
            }
            _ => {}
        }
        self.keep(Formula::Sums(sums.into()), 1)
    }

    /// The same formula with every judgement passed.
    pub fn without_judgements(&mut self, formula: FormulaId) -> FormulaId {
        match self.get(formula).clone() {
            Formula::Atom(atom) if matches!(self.atom_of(atom), Atom::Judgement(_)) => ALWAYS,
            Formula::AtLeast { least, of } => {
                let parts = of
                    .iter()
                    .map(|&part| self.without_judgements(part))
                    .collect();
                self.at_least(least, parts)
            }
            Formula::Always | Formula::Never | Formula::Atom(_) | Formula::Sums(_) => formula,
        }
    }

    fn keep(&mut self, formula: Formula, depth: u32) -> FormulaId {
        if let Some(&known) = self.ids.get(&formula) {
            return known;
        }
        let id = FormulaId(self.formulas.len() as u32);
        self.formulas.push(formula.clone());
        self.depths.push(depth);
        self.ids.insert(formula, id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_otherwise_is_one_formula() {
        let mut formulas = Formulas::default();
        let [a, b, c] = [0, 1, 2].map(|number| formulas.atom(Atom::Credential(number)));
        let inner = formulas.all(vec![b, c]);
        let nested = formulas.all(vec![a, inner, a]);
        let flat = formulas.all(vec![c, b, a]);
        assert_eq!(nested, flat);
        assert_eq!(formulas.at_least(1, vec![a, NEVER]), a);
        assert_eq!(formulas.at_least(2, vec![a, ALWAYS]), a);
        assert_eq!(formulas.at_least(3, vec![a, b]), NEVER);
        assert_eq!(formulas.all(Vec::new()), ALWAYS);
        let any = formulas.at_least(1, vec![a, b]);
        assert_eq!(formulas.all(vec![any]), any);
        // Twice the same in a count is two.
        assert_ne!(
            formulas.at_least(2, vec![a, a, b]),
            formulas.at_least(2, vec![a, b])
        );
    }
}
