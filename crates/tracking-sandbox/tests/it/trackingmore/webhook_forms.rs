//! Webhooks: the proof, and bodies that are not as they should be.

use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tracking_sandbox::trackingmore::WebhookForm;

use super::shop::Shop;
use super::webhooks::connected;
use crate::receiver::{Received, Receiver};

fn signature(key: &str, message: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    let bytes = mac.finalize().into_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn one(shop: &Shop, receiver: &Receiver, form: WebhookForm) -> Received {
    shop.account()
        .configure(|settings| settings.webhooks.form = form);
    shop.follow_demo().await;
    shop.account().webhooks_settled().await;
    receiver.received().pop().unwrap()
}

/// Time and signature of a version 2 proof.
fn proof(info: &Value) -> (String, String) {
    let time = info["timeStr"].to_string().replace('"', "");
    (time, info["signature"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn email_signs_the_time_as_real_clocks_show_it() {
    let (shop, receiver) = connected().await;
    shop.account()
        .configure(|settings| settings.email = "me@shop.example".to_owned());

    let webhook = one(&shop, &receiver, WebhookForm::V2).await;

    let (time, signed) = proof(&webhook.body["verifyInfo"]);
    assert_eq!(signed, signature("me@shop.example", &time));
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let age = now.as_secs().abs_diff(time.parse().unwrap());
    assert!(age < 60, "{age}");
}

#[tokio::test]
async fn webhooks_can_claim_an_older_time() {
    let (shop, receiver) = connected().await;
    shop.account()
        .configure(|settings| settings.webhooks.age_seconds = 86_400);

    let webhook = one(&shop, &receiver, WebhookForm::V2TextTime).await;

    assert!(webhook.body["verifyInfo"]["timeStr"].is_string());
    let (time, signed) = proof(&webhook.body["verifyInfo"]);
    assert_eq!(signed, signature(&shop.account().settings().email, &time));
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let age = now.as_secs().abs_diff(time.parse().unwrap());
    assert!((86_400..86_460).contains(&age), "{age}");
}

#[tokio::test]
async fn junk_surrounds_outermost_braces() {
    let (shop, receiver) = connected().await;

    let webhook = one(&shop, &receiver, WebhookForm::V2WithJunk).await;

    assert!(webhook.body.is_null(), "not JSON as it is");
    let text = String::from_utf8(webhook.raw.to_vec()).unwrap();
    let (start, end) = (text.find('{').unwrap(), text.rfind('}').unwrap());
    let body: Value = serde_json::from_str(&text[start..=end]).unwrap();
    assert_eq!(body["data"]["status"], "pickup");
    assert!(start > 0 && end + 1 < text.len());
}

#[tokio::test]
async fn proof_can_be_elsewhere_absent_or_wrong() {
    let (shop, receiver) = connected().await;
    let inside = one(&shop, &receiver, WebhookForm::V2ProofInData).await.body;
    shop.sandbox.reset();
    shop.account()
        .configure(|settings| settings.rate_limits = false);
    shop.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    let unsigned = one(&shop, &receiver, WebhookForm::V2Unsigned).await.body;
    shop.sandbox.reset();
    shop.account()
        .configure(|settings| settings.rate_limits = false);
    shop.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    let wrong = one(&shop, &receiver, WebhookForm::V2WrongSignature)
        .await
        .body;

    assert!(inside.get("verifyInfo").is_none());
    let (time, signed) = proof(&inside["data"]["verifyInfo"]);
    assert_eq!(signed, signature(&shop.account().settings().email, &time));
    assert!(unsigned.get("verifyInfo").is_none());
    assert!(unsigned["data"].get("verifyInfo").is_none());
    let (time, signed) = proof(&wrong["verifyInfo"]);
    assert_ne!(signed, signature(&shop.account().settings().email, &time));
}

#[tokio::test]
async fn version_3_has_other_names_and_its_proof_in_the_body() {
    let (shop, receiver) = connected().await;

    let body = one(&shop, &receiver, WebhookForm::V3).await.body;

    assert_eq!(body["code"], 200);
    assert!(body.get("meta").is_none() && body.get("verifyInfo").is_none());
    assert_eq!(body["data"]["delivery_status"], "pickup");
    assert_eq!(body["data"]["courier_code"], "singapore-post");
    assert!(body["data"].get("status").is_none());
    let event = &body["data"]["origin_info"]["trackinfo"][0];
    assert!(event["checkpoint_date"].is_string());
    let time = body["verify"]["timestamp"].to_string();
    let secret = shop.account().later_webhook_secret();
    assert_eq!(
        body["verify"]["signature"],
        signature(secret, &time).as_str()
    );
}

#[tokio::test]
async fn version_4_has_its_proof_in_headers() {
    let (shop, receiver) = connected().await;

    let webhook = one(&shop, &receiver, WebhookForm::V4).await;

    assert_eq!(webhook.body["data"]["delivery_status"], "pickup");
    assert!(webhook.body.get("verifyInfo").is_none());
    let header = |name| webhook.headers[name].to_str().unwrap();
    let secret = shop.account().later_webhook_secret();
    assert_eq!(header("signature"), signature(secret, header("timestamp")));
}
