//! What `tracking follow` prints.

use serde::Serialize;
use serde_json::{Value, json};
use tracking_core::UtcTime;
use tracking_follow::{
    AccountReport, Added, ChangeRecord, ConsumerReport, Counts, DeadLetter, InboxMessage, Looks,
    Parcel, Round, Sent,
};

use super::import::Imported;

use crate::render::json::without_raw;
use crate::render::labels::{self, target_kind};
use crate::render::time;
use crate::terminal::clean;

pub(super) fn added(new: usize, known: usize, is_json: bool) -> String {
    if is_json {
        return line(&json!({ "added": new, "known": known }));
    }
    let new = labels::counted(new, "parcel");
    match known {
        0 => format!("{new} added\n"),
        1 => format!("{new} added, 1 was followed already\n"),
        _ => format!("{new} added, {known} were followed already\n"),
    }
}

pub(super) fn counts(counts: &Counts, accounts: &[AccountReport], is_json: bool) -> String {
    let Counts {
        parcels,
        due,
        leased,
        resting,
        failing,
        changes,
        messages_waiting,
        messages_aside,
        ..
    } = *counts;
    if is_json {
        return line(&json!({
            "parcels": parcels,
            "due": due,
            "leased": leased,
            "resting": resting,
            "failing": failing,
            "changes": changes,
            "messages_waiting": messages_waiting,
            "messages_aside": messages_aside,
            "accounts": accounts.iter().map(account_json).collect::<Vec<_>>(),
        }));
    }
    let mut text = format!(
        "parcels     {parcels}\n  due       {due}\n  looked at {leased}\n  resting   {resting}\n  failing   {failing}\n\
         changes     {changes}\nmessages\n  waiting   {messages_waiting}\n  set aside {messages_aside}\n"
    );
    for account in accounts {
        let name = clean(&account.name);
        if let Some(until) = account.paused_until {
            let problem = clean(account.pause.as_deref().unwrap_or("it rests"));
            text.push_str(&format!("{name} rests until {}: {problem}\n", when(until)));
        }
        for (span, looks) in [("day", account.day), ("month", account.month)] {
            if let Some(looks) = looks {
                text.push_str(&format!(
                    "{name} looks of the {span} since {}: {}\n",
                    when(looks.since),
                    looks.looks
                ));
            }
        }
    }
    text
}

fn account_json(account: &AccountReport) -> Value {
    let looks =
        |looks: Option<Looks>| looks.map(|it| json!({ "since": it.since, "looks": it.looks }));
    json!({
        "account": account.name,
        "paused_until": account.paused_until,
        "pause": account.pause,
        "day": looks(account.day),
        "month": looks(account.month),
    })
}

pub(super) fn round(round: &Round, sent: &Sent, is_json: bool) -> String {
    let Round {
        looked,
        failed,
        changes,
        lost,
        messages,
        ..
    } = *round;
    let Sent {
        delivered,
        failed: undelivered,
        ..
    } = *sent;
    if is_json {
        return line(&json!({
            "looked": looked,
            "failed": failed,
            "changes": changes,
            "lost": lost,
            "messages": messages,
            "delivered": delivered,
            "undelivered": undelivered,
        }));
    }
    let looked = labels::counted(looked, "parcel");
    let changes = labels::counted(changes, "change");
    let mut text = format!("{looked} looked at, {failed} failed, {changes}");
    for (count, noun, done) in [
        (messages, "webhook", "processed"),
        (delivered, "change", "delivered"),
        (undelivered, "attempt", "to deliver failed"),
    ] {
        if count > 0 {
            let count = labels::counted(count, noun);
            text.push_str(&format!(", {count} {done}"));
        }
    }
    text.push('\n');
    text
}

/// What was done to how many, such as `3 messages retried`.
pub(super) fn counted(done: &str, noun: &str, count: u64, is_json: bool) -> String {
    if is_json {
        return line(&json!({ done: count }));
    }
    format!("{} {done}\n", labels::counted(count, noun))
}

pub(super) fn message(message: &InboxMessage, is_json: bool) -> String {
    if is_json {
        return line(message);
    }
    let mut text = format!(
        "{} {} for {}: {} bytes, {}",
        message.id,
        when(message.received_at),
        clean(&message.account),
        message.bytes,
        labels::counted(message.attempts, "attempt")
    );
    if let Some(problem) = &message.problem {
        text.push_str(&format!("\n  {}", clean(problem)));
    }
    text.push('\n');
    text
}

pub(super) fn consumer(consumer: &ConsumerReport, is_json: bool) -> String {
    if is_json {
        return line(consumer);
    }
    let way = match &consumer.origin {
        Some(origin) => format!("sent to {}", clean(origin)),
        None => "reads".to_owned(),
    };
    let mut text = format!(
        "{} {way}: at change {}, {} behind",
        clean(&consumer.name),
        consumer.position,
        consumer.behind
    );
    if consumer.dead_letters > 0 {
        text.push_str(&format!(", {} never received", consumer.dead_letters));
    }
    if let Some(problem) = &consumer.problem {
        let next = match (consumer.disabled_at, consumer.send_at) {
            (Some(time), _) => format!("disabled {}", when(time)),
            (None, Some(time)) => format!("next attempt {}", when(time)),
            (None, None) => String::new(),
        };
        text.push_str(&format!("\n  {}; {next}", clean(problem)));
    }
    text.push('\n');
    text
}

pub(super) fn letter(letter: &DeadLetter, is_json: bool) -> String {
    if is_json {
        return line(letter);
    }
    let what = match &letter.change {
        Some(record) => format!("{}: {}", clean(&record.number), clean(&record.text)),
        None => "not readable".to_owned(),
    };
    format!(
        "{} {what}\n  {}; last attempt {}\n",
        letter.seq,
        clean(&letter.problem),
        when(letter.failed_at)
    )
}

pub(super) fn imported(imported: &Imported) -> String {
    let Imported {
        added: new,
        known,
        refused,
    } = *imported;
    let mut text = added(new, known, false);
    if refused > 0 {
        text.pop();
        text.push_str(&format!(", {} refused\n", labels::counted(refused, "line")));
    }
    text
}

pub(super) fn line_added(place: Option<u64>, number: &str, account: &str, added: Added) -> String {
    line(&json!({
        "line": place,
        "number": number,
        "account": account,
        "outcome": if added.is_new { "added" } else { "known" },
        "parcel": added.id,
    }))
}

pub(super) fn line_refused(
    place: Option<u64>,
    number: &str,
    account: Option<&str>,
    problem: &str,
) -> String {
    line(&json!({
        "line": place,
        "number": number,
        "account": account,
        "outcome": "refused",
        "problem": problem,
    }))
}

pub(super) fn parcel(parcel: &Parcel, is_json: bool) -> String {
    let target = parcel.request.target.as_str();
    if is_json {
        let shipments: Vec<Value> = parcel.shipments.iter().map(without_raw).collect();
        return line(&json!({
            "parcel": parcel.id,
            "account": parcel.account,
            "kind": target_kind(&parcel.request.target),
            "target": target,
            "reference": parcel.reference,
            "tags": parcel.tags,
            "since": parcel.since,
            "looked_at": parcel.looked_at,
            "due_at": parcel.due_at,
            "news_at": parcel.news_at,
            "failures": parcel.failures,
            "problem": parcel.problem,
            "shipments": shipments,
        }));
    }
    let status = match (parcel.shipments.as_slice(), parcel.looked_at) {
        ([], None) => "not looked at yet".to_owned(),
        ([], Some(_)) => "not found".to_owned(),
        (shipments, _) => {
            let labels = shipments.iter().map(|it| it.status.status.label());
            labels.collect::<Vec<_>>().join(", ")
        }
    };
    let next = match parcel.due_at {
        Some(due) => format!("next look {}", time::second(due)),
        None => "rests".to_owned(),
    };
    let mut text = format!(
        "{} at {}: {status} · {next}",
        clean(target),
        clean(&parcel.account)
    );
    for word in parcel.reference.iter().chain(&parcel.tags) {
        text.push_str(" · ");
        text.push_str(&clean(word));
    }
    if let Some(problem) = &parcel.problem {
        text.push_str(&format!(
            "\n  {} failed: {}",
            labels::counted(parcel.failures, "look"),
            clean(problem)
        ));
    }
    text.push('\n');
    text
}

pub(super) fn change(record: &ChangeRecord, is_json: bool) -> String {
    if is_json {
        return line(record);
    }
    format!(
        "{} {} {} at {}: {}\n",
        record.seq,
        when(record.time),
        clean(&record.number),
        clean(&record.account),
        clean(&record.text)
    )
}

fn when(time: UtcTime) -> String {
    time::second(time)
}

fn line(value: &impl Serialize) -> String {
    // Strings, numbers and maps with string keys can always be written as JSON.
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
