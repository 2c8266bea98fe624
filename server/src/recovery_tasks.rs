//! `sada-server recovery …`: reads kits and cards, prints pages, and hands over. Decides nothing.

use crate::{Outcome, say};
use server::{
    card_page,
    chance::{SystemChance, system_now},
    config::recovery::{RecoveryDrill, RecoveryInit, RecoveryOpen, RecoveryTask, RecoveryVouch, RecoveryWithdraw, Vouchers},
    keys::{create_private_folder, write_secret},
    kit_page, printed,
    secret::ask,
    work::Server,
};
use shared::{
    model::ids::UserId,
    seal::{card::KeyCard, kit::Kit},
};
use std::{error::Error, fs, path::PathBuf};
use zeroize::Zeroizing;

pub(crate) fn run(task: RecoveryTask) -> Outcome {
    match task {
        RecoveryTask::Init(args) => init(args),
        RecoveryTask::Drill(RecoveryDrill { data, kit }) => {
            let kits = if kit.is_empty() { ask_for_kits()? } else { read_kits(&kit)? };
            let numbers = Server::open(&data.data)?.drill_recovery(system_now(), &kits, &mut SystemChance)?;
            say(&format!("kits {numbers:?} opened a trial envelope, and one fewer than needed did not"))
        }
        RecoveryTask::Open(RecoveryOpen { data, ref_no, kit, to }) => {
            let kits = if kit.is_empty() { ask_for_kits()? } else { read_kits(&kit)? };
            let opened = Server::open(&data.data)?.open_sealed(system_now(), &ref_no, &kits)?;
            let text = Zeroizing::new(serde_json::to_string_pretty(&opened)?);
            match to {
                Some(file) => {
                    write_secret(&file, &text)?;
                    say(&format!("what was told is in {}: hand it over, then delete it", file.display()))
                }
                None => say(&text),
            }
        }
        RecoveryTask::Vouch(RecoveryVouch { data, login, fingerprint, vouchers }) => {
            let server = Server::open(&data.data)?;
            let user = server.person_called(&login)?;
            let (kits, cards) = read(&vouchers)?;
            let book = server.vouch_for(system_now(), &user, &fingerprint, &kits, &cards)?;
            say(&format!("the key of {login} counts; fingerprint of the key book: {book}"))
        }
        RecoveryTask::Withdraw(RecoveryWithdraw { data, login, vouchers }) => {
            let server = Server::open(&data.data)?;
            let user = server.person_called(&login)?;
            let (kits, cards) = read(&vouchers)?;
            let book = server.withdraw_key(system_now(), &user, &kits, &cards)?;
            say(&format!("the key of {login} counts no longer; fingerprint of the key book: {book}"))
        }
    }
}

fn init(args: RecoveryInit) -> Outcome {
    let RecoveryInit { data, keeper, needed, focal, to } = args;
    let server = Server::open(&data.data)?;
    if to.exists() {
        return Err(format!("{} is there already; give a new folder", to.display()).into());
    }
    let ids = |names: &[String]| names.iter().map(|name| server.person_called(name)).collect::<Result<Vec<UserId>, _>>();
    let prepared = server.prepare_recovery(&ids(&keeper)?, needed, &ids(&focal)?, &mut SystemChance)?;
    create_private_folder(&to)?;
    let (in_force, fingerprint) = (server.in_force(), prepared.book.fingerprint());
    let name = |user: &UserId| in_force.settings.person(user).map_or_else(|| user.to_string(), |person| person.name.clone());
    for (user, kit) in &prepared.kits {
        let page = kit_page::print(kit, prepared.kits.len(), &name(user), &fingerprint)?;
        write_secret(&to.join(format!("kit-{}-{user}.html", kit.number())), &page)?;
    }
    for (user, card) in &prepared.cards {
        let page = card_page::print(card, user, &name(user))?;
        write_secret(&to.join(format!("card-{user}.html")), &page)?;
    }
    server.begin_recovery(system_now(), &prepared)?;
    let (kits, cards) = (prepared.kits.len(), prepared.cards.len());
    say(&format!("{kits} kits and {cards} key cards in {}: print each, hand it over, delete the folder", to.display()))?;
    say(&format!("fingerprint of the key book: {fingerprint}"))
}

fn read(vouchers: &Vouchers) -> Result<(Vec<Kit>, Vec<KeyCard>), Box<dyn Error>> {
    let card = vouchers.card.as_ref().map(|file| {
        let page = Zeroizing::new(fs::read_to_string(file)?);
        Ok::<_, Box<dyn Error>>(KeyCard::from_text(printed::text_of(&page))?)
    });
    let cards: Vec<KeyCard> = card.transpose()?.into_iter().collect();
    let kits = match vouchers.kit.as_slice() {
        [] if cards.is_empty() => ask_for_kits()?,
        [] => vec![Kit::from_text(&ask("letters of a kit")?)?],
        files => read_kits(files)?,
    };
    Ok((kits, cards))
}

fn read_kits(files: &[PathBuf]) -> Result<Vec<Kit>, Box<dyn Error>> {
    let read = |file: &PathBuf| {
        let page = Zeroizing::new(fs::read_to_string(file)?);
        Ok(Kit::from_text(printed::text_of(&page))?)
    };
    files.iter().map(read).collect()
}

fn ask_for_kits() -> Result<Vec<Kit>, Box<dyn Error>> {
    let mut kits = vec![Kit::from_text(&ask("letters of a kit")?)?];
    while kits.len() < usize::from(kits[0].needed()) {
        kits.push(Kit::from_text(&ask("letters of another kit")?)?);
    }
    Ok(kits)
}
