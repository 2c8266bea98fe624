//! The result table. Knows nothing of what is measured.

use std::time::{Duration, Instant};

/// What was measured, row by row.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// Adds a row: what, ours, the baseline, the number to reach.
    pub(crate) fn row(&mut self, what: &str, ours: String, baseline: String, target: &str) {
        eprintln!("{what}: {ours} (baseline {baseline}; target {target})");
        self.rows.push([what.to_owned(), ours, baseline, target.to_owned()]);
    }

    /// Prints the table as Markdown.
    pub(crate) fn print(&self) {
        let mut out = String::from("| What | Ours | Baseline, same run | Number to reach |\n|---|---|---|---|\n");
        for row in &self.rows {
            out.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        write_out(&out);
    }
}

#[expect(clippy::print_stdout, reason = "printing the table is what this program is for")]
pub(crate) fn write_out(text: &str) {
    print!("{text}");
}

/// Processor time of this process so far, all threads, in steps of 10 ms: what a machine with other work to do does not add to.
pub(crate) fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in brackets, which may hold spaces: user and system ticks are the 12th and 13th.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Most memory this process has had, in MB.
pub(crate) fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// How long `work` takes, and what it gives.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = work();
    (value, start.elapsed())
}

/// The value below which `percent` of the sorted durations lie.
pub(crate) fn percentile(durations: &mut [Duration], percent: usize) -> Duration {
    durations.sort_unstable();
    let last = durations.len().saturating_sub(1);
    durations.get((durations.len() * percent / 100).min(last)).copied().unwrap_or_default()
}

/// Milliseconds with one decimal.
pub(crate) fn ms(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1e3)
}
