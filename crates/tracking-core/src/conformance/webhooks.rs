//! Webhooks: verified, parsed, and never a panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::report::Report;
use super::{Cases, WebhookSample, check_error, shows_no_secret};
use crate::merge::{Update, merge};
use crate::webhook::{WebhookDelivery, WebhookProof, WebhookRequest};
use crate::{Error, ErrorKind, Provider};

const RIGHT_PROOF: &str = "webhooks_need_the_right_proof";

pub(super) fn check(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    let Some(proof) = provider.capabilities().webhook else {
        let result = match received(provider, &WebhookSample::new("{}")) {
            // A provider that could, if this client had its webhook secret.
            Ok(Err(error)) if error.kind() == ErrorKind::Configuration => Ok(()),
            Ok(Err(error)) if error.kind() == ErrorKind::Unsupported => Ok(()),
            Ok(_) => Err("not announced, and not unsupported".to_owned()),
            Err(panic) => Err(panic),
        };
        report.demand("other_operations_are_unsupported", "webhook", result);
        return;
    };
    if cases.webhooks.is_empty() {
        report.skip("webhooks_are_accepted", "the cases name no webhook");
    }
    for (index, sample) in cases.webhooks.iter().enumerate() {
        let subject = format!("webhook {index}");
        check_sample(report, provider, sample, proof, &subject, cases);
        check_broken(report, provider, sample, proof, &subject, cases);
    }
    for (index, sample) in cases.forged_webhooks.iter().enumerate() {
        let subject = format!("forged webhook {index}");
        let result = refused(report, provider, sample, true, &subject, cases);
        report.demand(RIGHT_PROOF, &subject, result);
    }
}

fn check_sample(
    report: &mut Report,
    provider: &dyn Provider,
    sample: &WebhookSample,
    proof: WebhookProof,
    subject: &str,
    cases: &Cases,
) {
    const NAME: &str = "webhooks_are_accepted";
    let delivery = match received(provider, sample) {
        Ok(Ok(delivery)) => delivery,
        Ok(Err(error)) => {
            check_error(report, subject, &error, cases);
            report.demand(NAME, subject, Err(format!("an error: {error}")));
            return;
        }
        Err(panic) => {
            report.demand(NAME, subject, Err(panic));
            return;
        }
    };
    report.demand(NAME, subject, Ok(()));

    let result = if delivery.proof == proof {
        Ok(())
    } else {
        Err(format!("announced {proof:?}, proved {:?}", delivery.proof))
    };
    report.demand("webhooks_prove_what_is_announced", subject, result);
    let reply = provider.webhook_reply();
    let result = if reply.is_success() {
        Ok(())
    } else {
        Err(format!("the reply is {reply}, with which it is sent again"))
    };
    report.demand("webhooks_are_acknowledged", subject, result);
    let shown = [format!("{delivery:?}")];
    report.demand(
        "webhooks_show_no_secret",
        subject,
        shows_no_secret(&shown, cases),
    );
    report.demand("webhooks_merge_into_themselves", subject, merges(&delivery));
    let result = match received(provider, sample) {
        Ok(Ok(again)) if message_ids(&again) == message_ids(&delivery) => Ok(()),
        _ => Err("the same messages have other ids".to_owned()),
    };
    report.demand("webhook_message_ids_are_stable", subject, result);
    let result = match read_again(provider, sample, proof) {
        Ok(Ok(again)) => alike(&delivery, again),
        Ok(Err(error)) => Err(format!("an error: {error}")),
        Err(panic) => Err(panic),
    };
    report.demand("kept_webhooks_are_read_alike", subject, result);
    let foreign = delivery
        .shipments()
        .find(|found| found.provider != provider.id());
    let result = foreign.map_or(Ok(()), |found| Err(format!("it says `{}`", found.provider)));
    report.demand("webhook_shipments_name_their_provider", subject, result);
}

/// Without its headers a proof is missing; with another body nothing can be read.
fn check_broken(
    report: &mut Report,
    provider: &dyn Provider,
    sample: &WebhookSample,
    proof: WebhookProof,
    subject: &str,
    cases: &Cases,
) {
    let mut broken = Vec::new();
    if matches!(proof, WebhookProof::SharedSecret | WebhookProof::BodyMac)
        && !sample.headers.is_empty()
    {
        let bare = WebhookSample::new(sample.body.clone());
        broken.push(("webhooks_need_their_proof", bare));
        let mut wrong = sample.clone();
        for (_, value) in &mut wrong.headers {
            value.extend_from_slice(b"x");
        }
        broken.push((RIGHT_PROOF, wrong));
    }
    if proof == WebhookProof::BodyMac {
        let mut other = sample.clone();
        other.body.push(b' ');
        broken.push(("webhooks_prove_every_byte_of_the_body", other));
    }
    let unproven = broken.len();
    for body in ["", "<html>", "[", "null", "\u{0}"] {
        let mut other = sample.clone();
        other.body = body.into();
        broken.push(("broken_webhooks_are_refused", other));
    }
    for (index, (name, sample)) in broken.into_iter().enumerate() {
        let of_its_proof = index < unproven;
        let result = refused(report, provider, &sample, of_its_proof, subject, cases);
        report.demand(name, subject, result);
    }
}

/// A receiver reports a wrong proof otherwise than a body that it cannot read.
fn refused(
    report: &mut Report,
    provider: &dyn Provider,
    sample: &WebhookSample,
    of_its_proof: bool,
    subject: &str,
    cases: &Cases,
) -> Result<(), String> {
    match received(provider, sample)? {
        Ok(_) => Err("it was accepted".to_owned()),
        Err(error) => {
            check_error(report, subject, &error, cases);
            match error.kind() {
                kind if of_its_proof && kind != ErrorKind::Webhook => {
                    Err(format!("the kind of the error is {kind}, not webhook"))
                }
                _ => Ok(()),
            }
        }
    }
}

fn message_ids(delivery: &WebhookDelivery) -> Vec<Option<&str>> {
    let items = delivery.items.iter();
    items.map(|item| item.message_id.as_deref()).collect()
}

/// They are equal but for the times at which they were read.
fn alike(delivery: &WebhookDelivery, mut again: WebhookDelivery) -> Result<(), String> {
    for (item, first) in again.items.iter_mut().zip(&delivery.items) {
        let (Update::Snapshot(shipment) | Update::Partial(shipment)) = &mut item.update;
        shipment.freshness.fetched_at = first.update.shipment().freshness.fetched_at;
    }
    if again.proof != delivery.proof {
        return Err(format!("another reading proves {:?}", again.proof));
    }
    if again != *delivery {
        return Err("another reading of the body reports something else".to_owned());
    }
    Ok(())
}

fn merges(delivery: &WebhookDelivery) -> Result<(), String> {
    for update in delivery.updates() {
        let first = merge(None, update.clone()).shipment;
        let again = merge(Some(first.clone()), update.clone());
        if let Some(change) = again.changes.first() {
            return Err(format!("`{}` reports {}", first.number, change.kind()));
        }
    }
    Ok(())
}

fn read_again(
    provider: &dyn Provider,
    sample: &WebhookSample,
    proof: WebhookProof,
) -> Result<Result<WebhookDelivery, Error>, String> {
    catch_unwind(AssertUnwindSafe(|| {
        provider.read_webhook(&sample.body, proof)
    }))
    .map_err(|_| "it panicked".to_owned())
}

fn received(
    provider: &dyn Provider,
    sample: &WebhookSample,
) -> Result<Result<WebhookDelivery, Error>, String> {
    let request = WebhookRequest::new(&sample.body, |name| sample.header(name));
    catch_unwind(AssertUnwindSafe(|| provider.webhook(request)))
        .map_err(|_| "it panicked".to_owned())
}
