//! What holds for every SDK, as one test each: [`suites!`](crate::suites!) runs all of them.

pub mod corpus;
pub mod environment;
pub mod escape_hatch;
pub mod faults;
pub mod forward;
pub mod headers;
pub mod input;
pub mod odd_members;
pub mod operations;
pub mod other_parcels;
pub mod retry;
pub mod secrets;

/// Runs every suite for an SDK, in a module with the name of the provider:
/// `suites!(ship24, crate::server::Ship24)` has a test
/// `ship24::retry::third_attempt_is_the_last_by_default`.
#[macro_export]
macro_rules! suites {
    ($provider:ident, $sdk:ty) => {
        mod $provider {
            mod retry {
                $crate::cases! { $sdk, retry, tokio::test(start_paused = true):
                    server_failures_repeat_idempotent_operations,
                    lost_responses_repeat_idempotent_operations,
                    timeouts_are_those_of_the_spec,
                    refused_connections_repeat_every_operation,
                    too_many_requests_repeat_after_the_pause,
                    unauthorized_renews_a_token_once,
                    refusals_are_final_for_every_operation,
                    documented_refusals_are_final,
                    third_attempt_is_the_last_by_default,
                    success_after_a_repeat_counts_attempts,
                }
            }
            mod headers {
                $crate::cases! { $sdk, headers, tokio::test:
                    every_operation_sends_exact_headers,
                    every_operation_sends_its_request_line,
                    application_name_follows_the_sdk,
                    proof_wins_over_a_header_of_the_caller,
                    redirects_are_not_followed,
                }
            }
            mod environment {
                $crate::cases! { $sdk, environment, tokio::test:
                    credentials_alone_lead_to_production,
                    missing_credentials_name_their_variable,
                    environment_decides_where_requests_go,
                    base_url_without_path_gets_documented_prefix,
                    empty_base_url_counts_as_unset,
                    base_url_without_a_scheme_is_named,
                }
            }
            mod escape_hatch {
                $crate::cases! { $sdk, escape_hatch, tokio::test:
                    any_path_gets_prefix_proof_and_decoding,
                    any_path_sends_json_and_a_query,
                    any_path_maps_errors,
                }
            }
            mod secrets {
                $crate::cases! { $sdk, secrets, tokio::test:
                    builder_client_and_receiver_show_no_secret,
                    refusals_that_repeat_secrets_are_masked,
                    refused_logins_that_repeat_secrets_are_masked,
                    decode_errors_show_nothing_of_the_body,
                    refused_connections_do_not_show_the_address,
                    refused_input_is_not_repeated,
                    successes_show_no_secret,
                    errors_about_successes_show_no_secret,
                    every_spelling_of_a_secret_is_masked,
                    calls_trace_no_secret,
                }
            }
            mod input {
                $crate::cases! { $sdk, input, tokio::test:
                    unusable_numbers_are_refused_before_any_request,
                    empty_credentials_build_no_client,
                    keys_that_no_header_can_carry_build_no_client,
                    unusable_base_urls_are_named,
                    base_url_may_have_a_path_of_its_own,
                }
            }
            mod other_parcels {
                $crate::cases! { $sdk, other_parcels, tokio::test:
                    responses_about_other_parcels_are_refused,
                    each_name_of_a_parcel_is_tried,
                }
            }
            #[test]
            fn faults_have_the_outcomes_of_the_table() {
                $crate::suites::faults::faults_have_the_outcomes_of_the_table::<$sdk>();
            }
            mod odd_members {
                $crate::cases! { $sdk, odd_members, tokio::test:
                    odd_member_costs_nothing_of_a_success,
                    odd_member_costs_no_token,
                    odd_member_costs_nothing_of_a_refusal,
                }
            }
            mod operations {
                $crate::cases! { $sdk, operations, tokio::test:
                    every_operation_is_called_by_method_of_its_name,
                }
            }
            mod forward {
                $crate::cases! { $sdk, forward, tokio::test(start_paused = true):
                    enums_know_the_values_of_the_spec,
                    enums_are_open_where_the_spec_is,
                    unknown_enum_value_keeps_its_string,
                    known_enum_values_are_known,
                    documented_responses_are_modelled,
                    unknown_key_fails_no_operation,
                    any_single_key_may_be_null_or_missing,
                    element_that_does_not_fit_costs_no_other,
                    media_type_of_a_response_does_not_matter,
                    response_that_breaks_off_is_a_decode_error,
                }
            }
        }
    };
}

/// One test for each case of a suite.
#[doc(hidden)]
#[macro_export]
macro_rules! cases {
    ($sdk:ty, $suite:ident, $test:meta: $($case:ident,)+) => {$(
        #[$test]
        async fn $case() {
            $crate::suites::$suite::$case::<$sdk>().await;
        }
    )+};
}
