//! Two hundred worlds, each from its seed, and every seed that once found a fault.

#![allow(clippy::print_stdout, reason = "the tallies are for people")]

use std::sync::atomic::{AtomicU64, Ordering};
use tests::world::{Tally, World};

/// Seeds that found a fault; each stays.
const FOUND: &str = include_str!("../seeds.txt");

#[test]
fn nothing_acknowledged_is_lost_and_nobody_holds_what_they_may_not_in_200_worlds() {
    let fixed = FOUND.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok());
    let seeds: Vec<u64> = match std::env::var("SADA_SEEDS") {
        Ok(range) => {
            let (from, to) = range.split_once("..").expect("SADA_SEEDS=from..to");
            (from.parse().expect("a number")..to.parse().expect("a number")).collect()
        }
        Err(_) => fixed.chain(1..=200).collect(),
    };
    let next = AtomicU64::new(0);
    let run = || {
        let mut sum = Tally::default();
        while let Some(&seed) = seeds.get(usize::try_from(next.fetch_add(1, Ordering::Relaxed)).expect("an index")) {
            let result = std::panic::catch_unwind(|| World::new(seed).run());
            match result {
                Ok(tally) => sum = sum.plus(tally),
                Err(cause) => {
                    println!(
                        "SEED {seed} FAILED; run it alone: SADA_SEEDS={seed}..{} cargo test -p tests --test world",
                        seed + 1
                    );
                    std::panic::resume_unwind(cause);
                }
            }
        }
        sum
    };
    let sum = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..2).map(|_| scope.spawn(run)).collect();
        runs.into_iter()
            .map(|run| run.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)))
            .fold(Tally::default(), Tally::plus)
    });
    println!("{} worlds: {sum:#?}", seeds.len());
    if seeds.len() >= 200 {
        for (what, times, least) in sum.misfortunes() {
            assert!(times >= least, "only {times} {what}");
        }
    }
}
