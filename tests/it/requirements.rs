//! `docs/requirements.md` holds: the library's reading of requirements is the plain one of `evaluator.rs`, on random small
//! programs; it is monotone, and no order is preferred.

use gradus::graph::requirements::holders;
use gradus::graph::{earnable, satisfied};
use gradus::model::CredentialId;
use proptest::prelude::*;

use crate::evaluator::{self, has};
use crate::random_programs::Writer;
use crate::support::analyze_text;

const CREDENTIALS: u64 = 5;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2027),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_requirement_is_met_by_exactly_the_sets_that_the_plain_reading_says(seed: u64) {
        let text = Writer::new(seed, CREDENTIALS).program();
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let all = (1u32 << CREDENTIALS) - 1;
        for holder in holders(project) {
            let mut met = Vec::new();
            for held in 0..=all {
                let plain = evaluator::met(project, holder.requirement, held);
                let found = satisfied(project, &analysis.graph, holder.requirement, &|id| has(held, id));
                prop_assert_eq!(found, plain, "{:?} of {:?} with {:b}\n{}", holder.role, holder.owner, held, text);
                met.push(plain);
            }
            // Holding more never disqualifies.
            for held in 0..=all {
                for more in 0..CREDENTIALS {
                    prop_assert!(!met[held as usize] || met[(held | 1 << more) as usize], "{}", text);
                }
            }
        }
    }

    #[test]
    fn what_can_be_earned_is_the_same_in_every_order(seed: u64, order: u64) {
        let text = Writer::new(seed, CREDENTIALS).program();
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let given = (order % 4) as u32;
        let closure = evaluator::closure(project, given);
        let list: Vec<CredentialId> = project.credentials.ids().filter(|&id| has(given, id)).collect();
        let found = earnable(project, &analysis.graph, &list);
        for id in project.credentials.ids() {
            prop_assert_eq!(found[id.0 as usize], has(closure, id), "{:?}\n{}", id, text);
        }
        // Earning some of what can be earned, in a random order, ends with the same.
        let (mut held, mut turn) = (given, order);
        loop {
            let now = evaluator::next(project, held, u32::MAX);
            if now == 0 {
                break;
            }
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let some = now & (turn >> 40) as u32;
            // A part of a group of corequisites may not be earned alone; then all of it is.
            let alone = evaluator::next(project, held, some);
            held |= if alone == 0 { now } else { alone };
        }
        prop_assert_eq!(held, closure, "{}", text);
    }
}
