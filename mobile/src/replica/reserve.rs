//! A little storage kept for bad days: a file that holds nothing, given up once the device is full, so that what a person has just
//! written still fits. Knows no store and nothing that stands in one.

use super::storage::{Home, StoreError};

const RESERVE_FILE: &str = "sada.reserve";
/// Grown in steps, so that no tap waits for more than one.
const STEP_BYTES: i64 = 1 << 20;
/// Room for hundreds of forms, and for emptying the outbox.
const STEPS: i64 = 8;

/// The file, as far as it is known.
#[derive(Default)]
pub(super) struct Reserve {
    /// Nothing more to do until the app starts again, or there is plenty of room: it is whole, was given up, or found no room.
    settled: bool,
    given_up: bool,
}

impl Reserve {
    /// It was given up and is not whole again: hardly any storage is left.
    pub(super) const fn is_given_up(&self) -> bool {
        self.given_up
    }

    /// Adds a step if it is not whole. What finds no room is not asked for again.
    pub(super) fn grow(&mut self, home: &Home) {
        if !self.settled {
            self.settled = add_step(home).unwrap_or(true);
            self.given_up &= !self.settled;
        }
    }

    /// Plenty of room again: one that was given up is made anew.
    pub(super) const fn there_is_room(&mut self) {
        if self.given_up {
            self.settled = false;
        }
    }

    /// Gives its storage back; whether that may help whoever found none.
    pub(super) fn give_up(&mut self, home: &Home) -> bool {
        if self.given_up {
            return false;
        }
        (self.settled, self.given_up) = (true, true);
        home.remove(RESERVE_FILE).is_ok()
    }
}

/// Whether it is whole with this step.
fn add_step(home: &Home) -> Result<bool, StoreError> {
    let conn = home.open_plain(RESERVE_FILE)?;
    conn.execute_batch("create table if not exists reserve (step blob not null) strict")?;
    let steps: i64 = conn.query_row("select count(*) from reserve", [], |row| row.get(0))?;
    if steps < STEPS {
        conn.execute("insert into reserve (step) values (zeroblob(?1))", [STEP_BYTES])?;
    }
    Ok(steps + 1 >= STEPS)
}

#[cfg(test)]
mod tests {
    use super::{Home, RESERVE_FILE, Reserve, STEP_BYTES, STEPS};

    #[test]
    fn it_grows_step_by_step_is_given_up_once_and_made_anew_when_there_is_room() {
        let folder = std::env::temp_dir().join(format!("sada-reserve-{}", std::process::id()));
        let home = Home::directory(&folder);
        home.prepare().unwrap();
        let bytes = || std::fs::metadata(folder.join(RESERVE_FILE)).map_or(0, |file| file.len().cast_signed());
        let mut reserve = Reserve::default();
        reserve.grow(&home);
        assert!((STEP_BYTES..2 * STEP_BYTES).contains(&bytes()), "{}", bytes());
        // The app ends, and goes on where it was.
        let mut reserve = Reserve::default();
        for _ in 0..STEPS * 2 {
            reserve.grow(&home);
        }
        assert!((STEPS * STEP_BYTES..(STEPS + 1) * STEP_BYTES).contains(&bytes()), "{}", bytes());
        assert!(!reserve.is_given_up());
        assert!(reserve.give_up(&home) && reserve.is_given_up());
        assert_eq!(bytes(), 0);
        assert!(!reserve.give_up(&home), "there is nothing more to give");
        reserve.grow(&home);
        assert_eq!(bytes(), 0, "what it freed is the person's");
        reserve.there_is_room();
        for _ in 0..STEPS {
            reserve.grow(&home);
        }
        assert!(bytes() >= STEPS * STEP_BYTES && !reserve.is_given_up());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
