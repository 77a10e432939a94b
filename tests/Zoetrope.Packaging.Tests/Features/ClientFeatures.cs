namespace Zoetrope.Packaging.Tests.Features;

/// <summary>What Zoetrope has beside other clients of fal. The README says where the cells of the others are from.</summary>
internal static class ClientFeatures
{
    private const string Yes = FeatureTable.Yes;
    private const string No = FeatureTable.No;

    public static FeatureTable Table { get; } = new(
        "README.md", "features", ["fal, JavaScript", "fal, Python", "Fal.SDK", "Fal of AutoSDK", "AI SDK"],
        // Others: @fal-ai/client 1.10.1, fal_client 1.0.1, Fal.SDK 0.1.2, the Fal package that AutoSDK generates (2026-08), @ai-sdk/fal 3.0.41.
        [
            new("types for each model", "FalClientTests.A_run_brings_a_video_that_can_be_saved", "types only", No, No, No, "common options"),
            new("requests checked before they are sent", "FalClientTests.A_wrong_request_is_not_sent", No, No, No, No, No),
            new("queue: submit, status, logs, result", "FalQueueTests.A_job_is_submitted_followed_and_fetched", Yes, Yes, Yes, No, "without logs"),
            new("cancel", "FalQueueTests.Canceling_has_three_outcomes", Yes, Yes, Yes, No, No),
            new("run without the queue", "FalDirectRunTests.The_response_is_the_result", Yes, Yes, Yes, No, "images"),
            new(
                "a job resumed by another process", "FalClientTests.Another_client_resumes_by_the_handle_without_a_second_submit",
                "by id and model", "by id and model", "by id and model", No, "by its operation"),
            new(
                "never repeats a submit that may have been accepted", "FalClientTests.A_submit_whose_response_is_lost_is_not_sent_again",
                "repeats it", "repeats it", "?", No, "repeats it"),
            new(
                "backup hosts where nobody is reached",
                "FalBackupHostTests.A_submit_that_reaches_nobody_goes_to_the_backup_once_and_its_job_is_followed_at_either",
                "newest", "newest", "?", No, No),
            new("a deadline for every request", "ResponseTests.A_poll_without_a_response_ends_at_its_own_deadline", No, No, "?", "?", No),
            new("status as a stream of events", "FalStatusFeedTests.Statuses_arrive_without_polls_and_logs_are_collected", Yes, No, "?", No, No),
            new("results that are not JSON", "OtherContentTests.A_job_delivers_it_at_once", Yes, "?", "?", No, "?"),
            new(
                "streams of partial results", "FalStreamTests.An_event_is_received_before_the_next_one_is_sent_and_has_the_models_type",
                "untyped", "untyped", "untyped", No, No),
            new(
                "an idle deadline for streams", "FalStreamTests.Silence_is_a_failure_after_the_idle_time_with_what_was_received",
                "never fires", No, "?", No, No),
            new(
                "realtime by WebSocket and MessagePack", "FalRealtimeTests.Typed_requests_get_typed_results_and_the_end_is_no_error",
                Yes, Yes, "JSON only", No, No),
            new("uploads in parts", "FalUploadTests.A_large_file_comes_in_parts_that_are_in_order", "one after another", Yes, No, No, No),
            new("local files as inputs", "LocalFileTests.A_submit_uploads_it_first", "Blob", No, No, No, No),
            new("files checked before they are uploaded", "LocalFileTests.What_the_document_does_not_allow_is_not_uploaded", No, No, No, No, No),
            new("lifecycle and access of files", "FalUploadTests.The_access_to_a_file_is_in_a_header", Yes, Yes, No, No, No),
            new("webhooks verified", "FalWebhookTests.A_delivery_that_any_published_key_signed_is_read", No, No, No, No, No),
            new(
                "a proxy that keeps the key from browsers", "NodeProxyTests.Runs_streams_and_all_calls_of_the_queue_work_and_errors_are_fals",
                Yes, No, No, No, No),
            new("cost estimated and limited before a submit", "FalPriceTests.A_price_above_the_limit_sends_no_submit", No, No, No, No, No),
            new("the platform API, page by page", "FalPlatformTests.Models_are_enumerated_over_all_pages", No, No, No, "by hand", No),
            new("billed units of a job", "FalClientTests.A_run_brings_a_video_that_can_be_saved", No, No, "?", No, No),
            new(
                "several providers, and a fallback", "RouterTests.The_other_provider_takes_over_when_the_first_surely_did_not_accept",
                No, No, No, No, "no fallback"),
            new("runs recorded for tests, without keys", "RecordReplayTests.A_run_with_its_states_its_result_and_its_file_is_played_back", No, No, No, No, No),
            new("a simulator for tests", "ScriptTests.A_fault_befalls_the_calls_that_it_names_by_number", No, No, No, No, No),
            new(
                "native programs that contain only what they use", "MinimalAppTests.The_minimal_app_runs_natively_and_is_not_larger_than_the_hand_written_one",
                "not .NET", "not .NET", "?", "80 MB", "not .NET"),
        ]);
}
