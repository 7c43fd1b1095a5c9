//! What `tracking follow` prints.

use serde::Serialize;
use serde_json::{Value, json};
use tracking_core::{Target, UtcTime};
use tracking_follow::{AccountReport, ChangeRecord, Counts, Looks, Parcel, Round};

use crate::render::json::without_raw;
use crate::render::time;
use crate::terminal::clean;

pub(super) fn added(new: usize, known: usize, is_json: bool) -> String {
    if is_json {
        return line(&json!({ "added": new, "known": known }));
    }
    match known {
        0 => format!("{new} parcels added\n"),
        _ => format!("{new} parcels added, {known} were followed already\n"),
    }
}

pub(super) fn removed(count: usize, is_json: bool) -> String {
    if is_json {
        return line(&json!({ "removed": count }));
    }
    format!("{count} parcels removed\n")
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

pub(super) fn round(round: &Round, is_json: bool) -> String {
    let Round {
        looked,
        failed,
        changes,
        lost,
        ..
    } = *round;
    if is_json {
        return line(&json!({
            "looked": looked,
            "failed": failed,
            "changes": changes,
            "lost": lost,
        }));
    }
    format!("{looked} parcels looked at, {failed} failed, {changes} changes\n")
}

pub(super) fn parcel(parcel: &Parcel, is_json: bool) -> String {
    let target = parcel.request.target.as_str();
    let kind = match &parcel.request.target {
        Target::Number(_) => "number",
        Target::Id(_) => "id",
        _ => "reference",
    };
    if is_json {
        let shipments: Vec<Value> = parcel.shipments.iter().map(without_raw).collect();
        return line(&json!({
            "parcel": parcel.id,
            "account": parcel.account,
            "kind": kind,
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
            "\n  {} looks failed: {}",
            parcel.failures,
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
