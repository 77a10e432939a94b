namespace Zoetrope.Packaging.Tests.Features;

/// <summary>What Zoetrope has beside libraries whose conventions .NET developers know. <c>docs/comparison.md</c> says how each cell was found.</summary>
internal static class ConventionFeatures
{
    private const string Yes = FeatureTable.Yes;
    private const string No = FeatureTable.No;

    public static FeatureTable Table { get; } = new(
        "docs/comparison.md", "conventions", ["Azure SDKs", "OpenAI", "Refit", "Kiota"],
        [
            new(
                "clients by dependency injection in a line, with names or keys", "ClientTests.Every_provider_has_named_clients_with_keys_of_their_own",
                Yes, Yes, Yes, No),
            new("settings from the configuration", "ClientTests.Settings_of_the_configuration_come_before_those_of_the_code", Yes, Yes, No, No),
            new(
                "the host does not start with a setting that is wrong or misspelled", "ClientTests.All_mistakes_are_named_by_their_keys_when_the_host_starts",
                "wrong ones fail at the first use", "both are ignored", No, No),
            new(
                "a key that changes in the configuration needs no restart", "KeyTests.A_key_that_changes_during_a_wait_is_used_from_then_on",
                "in code", "in code", "in code", "in code"),
            new(
                "handlers of `IHttpClientFactory` in the pipeline", "HandlerTests.Handlers_headers_and_proxies_of_the_user_are_used",
                "set by hand", "set by hand", Yes, "set by hand"),
            new(
                "a redirect takes neither the key nor the request elsewhere", "RedirectTests.Neither_the_key_nor_the_prompt_reaches_another_host",
                Yes, Yes, "takes the request, and keys outside `Authorization`", "takes the request, and keys outside `Authorization`"),
            new(
                "a POST that may have been accepted is not sent again", "SubmitRuleTests.A_submit_that_may_have_been_accepted_is_sent_once",
                "sent 4 times", "sent 4 times", Yes, "sent 4 times after 503 and 504"),
            new(
                "nor by a resilience handler above it", "ResilienceTests.A_handler_that_does_not_is_stopped_and_reported",
                "sent 4 times", "sent 4 times", "sent 4 times", "sent 4 times"),
            new(
                "a long operation resumed by another process", "FalClientTests.Another_client_resumes_by_the_handle_without_a_second_submit",
                Yes, "batches and fine-tuning", No, No),
            new("requests validated before they are sent", "FalClientTests.A_wrong_request_is_not_sent", "null arguments", "null arguments", No, No),
            new(
                "unknown members and values survive a round trip", "NothingLostTests.Odd_JSON_survives",
                "some values", "members; some values throw", No, "members; values are lost"),
            new(
                "`ILogger` with stable event ids", "LogTests.A_job_is_in_the_log_from_its_submit_to_its_cost",
                Yes, Yes, "those of `HttpClient`", "those of `HttpClient`"),
            new("health checks", "HealthTests.A_key_is_accepted_or_refused", No, No, No, No),
            new(
                "traces and metrics of its own", "MetricTests.A_job_is_counted_timed_and_billed_by_model",
                "traces", "of chats, behind a switch", No, "traces"),
            new(
                "one trace over the processes that submit and wait", "TraceTests.A_wait_in_another_process_is_linked_to_the_submit_through_the_handle",
                No, No, No, No),
            new(
                "services of Microsoft.Extensions.AI", "PipelineTests.A_client_of_a_host_is_a_service_of_the_library",
                No, "in another package", No, No),
            new(
                "the progress of an operation in a browser", "JobProgressTests.A_browser_receives_each_change_with_new_log_lines_and_the_result",
                No, No, No, No),
            new(
                "operations as tools of agents: an MCP server", "RunToolTests.A_run_returns_its_result_and_nothing_but_messages_is_on_stdout",
                No, No, No, No),
            new("templates of `dotnet new`", "SampleTests.The_console_app_is_stopped_and_resumes_its_job", No, No, No, No),
            new(
                "native programs without warnings", "NativeTests.All_generated_code_is_clean_under_the_AOT_compiler",
                "without settings", Yes, Yes, Yes),
        ]);
}
