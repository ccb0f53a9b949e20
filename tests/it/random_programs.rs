//! Small random programs: the same seed, the same text. Everything that the logic of requirements has occurs in them.

use std::fmt::Write as _;

/// A small random number generator.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Writes one program.
pub struct Writer {
    pub random: Random,
    /// How many credentials there are: `c0`, `c1` …
    pub credentials: u64,
}

impl Writer {
    pub fn new(seed: u64, credentials: u64) -> Self {
        let mut random = Random(seed);
        random.below(2);
        Self {
            random,
            credentials,
        }
    }

    fn credential(&mut self) -> String {
        format!("c{}", self.random.below(self.credentials))
    }

    /// Members of a block; sets below `sets` may be named.
    pub fn block(&mut self, depth: u32, sets: u64) -> String {
        let mut text = String::new();
        for _ in 0..=self.random.below(2) {
            let _ = write!(text, " {}", self.requirement(depth, sets));
        }
        text
    }

    fn requirement(&mut self, depth: u32, sets: u64) -> String {
        let forms = if depth == 0 { 6 } else { 11 };
        match self.random.below(forms) {
            0..=2 => self.credential(),
            3 if sets > 0 => format!("s{}", self.random.below(sets)),
            3 => "\"an interview\"".to_owned(),
            4 => self.credential(),
            5 => {
                let level = ["", " at low", " at high"][self.random.below(3) as usize];
                format!("skill f.k{}{level}", self.random.below(2))
            }
            6 => format!("all {{{} }}", self.block(depth - 1, sets)),
            7 | 8 => format!(
                "any {{{} {} }}",
                self.block(depth - 1, sets),
                self.credential()
            ),
            9 => format!(
                "any 2 of {{{} {} {} }}",
                self.block(depth - 1, sets),
                self.credential(),
                self.credential()
            ),
            _ => {
                let once = ["", " counted once"][self.random.below(2) as usize];
                let least = self.random.below(6) + 1;
                let parts = self.parts(2, sets);
                format!("at least {least} ects from {{{parts} }}{once}")
            }
        }
    }

    fn parts(&mut self, depth: u32, sets: u64) -> String {
        let mut text = String::new();
        for _ in 0..=self.random.below(3) {
            match self.random.below(if depth == 0 { 3 } else { 5 }) {
                2 if sets > 0 => {
                    let _ = write!(text, " s{}", self.random.below(sets));
                }
                0..=2 => {
                    let _ = write!(text, " {}", self.credential());
                }
                _ => {
                    let most = self.random.below(4) + 1;
                    let parts = self.parts(depth - 1, sets);
                    let _ = write!(text, " counting at most {most} ects from {{{parts} }}");
                }
            }
        }
        text
    }

    /// A framework, three sets, the credentials, a pathway `way`, a role `job` and a recognition `rec`.
    pub fn program(&mut self) -> String {
        let mut text = String::from(
            "scale m \"M\" { low \"Low\" high \"High\" }\n\
             framework f \"F\" { scale m skill k0 \"K0\" { can \"a\" } skill k1 \"K1\" { can \"b\" } }\n",
        );
        for set in 0..3 {
            let except = match self.random.below(4) {
                0 => format!(" except {}", self.credential()),
                1 if set > 0 => format!(" except s{}", self.random.below(set)),
                _ => String::new(),
            };
            let _ = writeln!(text, "set s{set} \"S\" {{{}{except} }}", self.block(1, set));
        }
        for credential in 0..self.credentials {
            let _ = writeln!(text, "badge c{credential} \"C\" {{");
            if self.random.below(4) > 0 {
                let _ = writeln!(text, "  credit {} ects", self.random.below(5) + 1);
            }
            if self.random.below(3) == 0 {
                let _ = writeln!(text, "  workload {} hours", self.random.below(30) + 1);
            }
            if self.random.below(3) == 0 {
                let level = ["", " at low", " at high"][self.random.below(3) as usize];
                let item = self.random.below(2);
                let _ = writeln!(text, "  assessment a \"A\" {{ assesses f.k{item}{level} }}");
            }
            for (keyword, odds) in [("requires", 3), ("stacks", 4), ("alongside", 7)] {
                if self.random.below(odds) == 0 {
                    let _ = writeln!(text, "  {keyword} {{{} }}", self.block(2, 3));
                }
            }
            text.push_str("}\n");
        }
        let (one, two) = (self.block(1, 3), self.block(2, 3));
        let last = self.credential();
        let _ = writeln!(
            text,
            "pathway way \"W\" {{\n  stage one \"One\" {{{one} }}\n  stage two \"Two\" {{ after one{two} }}\n  leads to {last}\n}}"
        );
        let needs = self.requirement(1, 3);
        let _ = writeln!(text, "role job \"J\" {{ needs {needs} }}");
        let granted = self.credential();
        let _ = writeln!(text, "recognition rec \"R\" {{ grants {granted} }}");
        text
    }
}
