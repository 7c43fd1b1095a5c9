//! Plans whose result is known.

use super::*;

const HOUR: u64 = 3600;

fn per_second(requests: u32) -> RateClass {
    RateClass::new("lookup", requests, Duration::from_secs(1))
}

/// Every parcel under way is looked at in this interval.
fn every(hours: u64) -> Cadence {
    let mut cadence = Cadence::default();
    cadence.at_least = Duration::from_secs(hours * HOUR);
    cadence
}

fn hours(duration: Duration) -> f64 {
    duration.as_secs_f64() / 3600.0
}

#[test]
fn same_seed_has_the_same_forecast() {
    let plan = Plan::new(500).with_days(2);

    assert_eq!(plan.forecast(), plan.forecast());
    assert_ne!(plan.forecast(), plan.clone().with_seed(2).forecast());
}

#[test]
fn fixed_interval_has_a_known_age() {
    let forecast = Plan::new(1000).with_cadence(every(48)).forecast();

    // Two days are longer than all figures of the cadence, with its difference of waits.
    assert!(
        (23.5..24.5).contains(&hours(forecast.age.median)),
        "{forecast:?}"
    );
    assert!(
        (44.5..46.5).contains(&hours(forecast.age.p95)),
        "{forecast:?}"
    );
    assert_eq!(forecast.looks_per_day, forecast.wanted_looks_per_day);
    assert_eq!(forecast.limits, []);
}

#[test]
fn looks_grow_with_parcels_and_not_with_the_sample() {
    let looks = |parcels| Plan::new(parcels).with_days(7).forecast().looks_per_day as f64;
    let (few, many) = (looks(100) / 100.0, looks(1_000_000) / 1_000_000.0);

    assert!((few / many - 1.0).abs() < 0.15, "{few} {many}");
    assert!((5.0..15.0).contains(&many), "{many}");
}

#[test]
fn rate_binds_and_parcels_wait() {
    let plan = Plan::new(1_000_000).with_days(3);

    let free = plan.forecast();
    let limited = plan.clone().with_rate(per_second(10)).forecast();
    let in_batches = plan.with_rate(per_second(10)).with_batch(40).forecast();

    // 10 a second with the slack of the limiter are 785,454 a day.
    assert!(limited.looks_per_day <= 790_000, "{limited:?}");
    assert!(limited.looks_per_day >= 750_000, "{limited:?}");
    assert!(limited.limits[0].used > 5.0, "{limited:?}");
    assert!(limited.age.median > free.age.median * 3, "{limited:?}");
    assert!(limited.delay.p95 > free.delay.p95, "{limited:?}");
    assert!(in_batches.limits[0].used < 0.5, "{in_batches:?}");
    assert!(
        in_batches.age.median < free.age.median * 2,
        "{in_batches:?}"
    );
    assert!(in_batches.calls_per_day * 40 >= in_batches.looks_per_day);
    assert!(in_batches.calls_per_day < in_batches.looks_per_day / 30);
}

#[test]
fn tightest_limit_is_named_first() {
    let rules = AccountRules::default()
        .with_looks_per_day(20_000)
        .with_looks_per_month(100_000);
    let plan = Plan::new(10_000).with_days(2).with_rate(per_second(10));

    let forecast = plan.with_rules(rules).forecast();

    let order: Vec<&str> = forecast.limits.iter().map(|it| it.limit).collect();
    assert_eq!(order, ["looks_per_month", "looks_per_day", "rate"]);
    assert!(forecast.limits[0].used > 1.0 && forecast.limits[2].used < 1.0);
    assert!(forecast.looks_per_day <= 20_000, "{forecast:?}");
}

#[test]
fn quota_of_a_day_is_used_and_not_exceeded() {
    let rules = AccountRules::default().with_looks_per_day(30_000);

    let forecast = Plan::new(10_000).with_days(5).with_rules(rules).forecast();

    assert!(
        (29_000..=30_100).contains(&forecast.looks_per_day),
        "{forecast:?}"
    );
}

#[test]
fn webhooks_save_looks_and_bring_news_sooner() {
    let alone = Plan::new(1000).forecast();
    let with_webhooks = Plan::new(1000)
        .with_webhooks(0.95)
        .with_cadence(every(18))
        .forecast();

    assert!(with_webhooks.looks_per_day < alone.looks_per_day * 2 / 3);
    assert_eq!(with_webhooks.delay.median, Duration::from_secs(60));
    assert!(
        alone.delay.median > Duration::from_secs(20 * 60),
        "{alone:?}"
    );
}

#[test]
fn quiet_hours_delay_the_news() {
    let rules = AccountRules::default()
        .with_quiet_hours("20:00-08:00")
        .unwrap();
    let plan = Plan::new(1000);

    let quiet = plan.clone().with_rules(rules).forecast();

    assert!(quiet.delay.p95 > plan.forecast().delay.p95);
    assert!(quiet.age.p95 > Duration::from_secs(9 * HOUR), "{quiet:?}");
}

#[test]
fn any_plan_has_an_end() {
    let never = AccountRules::default().with_looks_per_day(0);
    let mut eager = Cadence::default();
    eager.in_transit[0].every = Duration::from_secs(120);
    for plan in [
        Plan::new(0),
        Plan::new(1)
            .with_days(0)
            .with_webhooks(f64::NAN)
            .with_batch(0),
        Plan::new(u64::MAX)
            .with_days(1)
            .with_rate(per_second(u32::MAX)),
        Plan::new(10).with_days(1).with_rules(never),
        Plan::new(2).with_days(1).with_cadence(eager),
    ] {
        let forecast = plan.forecast();
        assert!(forecast.age.median <= forecast.age.p95, "{forecast:?}");
    }
}
