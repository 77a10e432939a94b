using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>The calls of Eachlabs' workflows, of its router and of models that it runs in one request.</summary>
internal static class EachlabsOtherCalls
{
    private const string Handle = $"eachlabs-workflows:story/v1:{FalCalls.JobId}";
    private const string Receipt = $$"""{"execution_id":"{{FalCalls.JobId}}","status":"queued"}""";
    private const string Running = $$"""{"execution_id":"{{FalCalls.JobId}}","workflow_id":"story","status":"running"}""";
    private const string Completed = $$"""{"execution_id":"{{FalCalls.JobId}}","status":"completed","output":"{{FalCalls.Video}}","total_cost":0.25}""";

    private const string Events = $$"""
        data: {"choices":[{"index":0,"delta":{"content":"{{FalCalls.Video}}"},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    private static readonly Dictionary<string, CannedResponse[]> _responses = new()
    {
        ["trigger"] = [OfJson(Receipt, 202)],
        ["execution"] = [OfJson(Running), OfJson(Completed)],
        ["bulk"] = [OfJson($$"""{"bulk_id":"bulk-1","executions":[{"execution_id":"{{FalCalls.JobId}}","status":"queued"},{"execution_id":"other-1"}]}""", 202)],
        ["run"] = [OfJson(EachlabsCalls.Completed)],
        ["get"] = [OfJson(EachlabsCalls.Completed)],
        ["chat"] = [OfJson($$"""{"id":"chat-1","choices":[{"index":0,"message":{"role":"assistant","content":"{{FalCalls.Video}}"},"finish_reason":"stop"}]}""")],
        ["chat stream"] = [OfText(Events) with { ContentType = "text/event-stream" }],
    };

    public static IEnumerable<Call> All { get; } =
    [
        Of("eachlabs.trigger", CallKind.Submit, "trigger", async setup => (await TriggerAsync(setup)).Handle.ToString(), Handle),
        Of(
            "eachlabs.trigger and wait", CallKind.Submit, "trigger",
            async setup => (await (await TriggerAsync(setup)).WaitAsync(FalCalls.Patient())).Value.AsString() ?? "no text", FalCalls.Video),
        Of("eachlabs.execution", CallKind.Status, "execution", async setup => (await Resume(setup).GetStatusAsync()).State.ToString(), "Running"),
        Of(
            "eachlabs.execution wait", CallKind.Wait, "execution",
            async setup => (await Resume(setup).WaitAsync(FalCalls.Patient())).Value.AsString() ?? "no text", FalCalls.Video) with { Times = 2 },
        Of("eachlabs.bulk", CallKind.Submit, "bulk", BulkAsync, $"{Handle}, eachlabs-workflows:story/v1:other-1"),
        OfModel("eachlabs.direct run", CallKind.Submit, "run", RunAsync, FalCalls.Video),
        OfModel("eachlabs.chat", CallKind.Direct, "chat", ChatAsync, FalCalls.Video) with { TakesAnyJson = true },
        OfModel("eachlabs.chat stream", CallKind.Direct, "chat stream", StreamAsync, FalCalls.Video) with
        {
            TakesAnyJson = true,
            GivesRawBody = true,
            EndsItself = true,
            Takes = FalStreamCalls.IsOfStream,
        },
    ];

    private static string StepOf(ReceivedRequest request) => (request.Method, request.Target) switch
    {
        ("POST", "/v1/workflows/trigger/story/v1") => "trigger",
        ("GET", $"/v1/workflows/executions/{FalCalls.JobId}") => "execution",
        ("POST", "/v1/workflows/bulk-trigger/story/v1") => "bulk",
        ("POST", "/v1/prediction/run") => "run",
        ("GET", $"/v1/prediction/{FalCalls.JobId}") => "get",
        ("POST", "/v1/chat/completions") => request.Head.Contains("text/event-stream", StringComparison.Ordinal) ? "chat stream" : "chat",
        _ => "unknown",
    };

    private static Call Of(string name, CallKind kind, string step, Func<CallSetup, Task<string>> run, string value) =>
        new(name, kind, step, StepOf, _responses, run, value) { Provider = EachlabsWorkflowProtocol.ProviderName, Key = Keys.Eachlabs };

    private static Call OfModel(string name, CallKind kind, string step, Func<CallSetup, Task<string>> run, string value) =>
        Of(name, kind, step, run, value) with { Provider = EachlabsProtocol.ProviderName };

    // A bulk gives what is known of each input. The matrix asks whether all are accepted, and else why not.
    private static async Task<string> BulkAsync(CallSetup setup)
    {
        var bulk = await setup.Workflows().TriggerBulkAsync("story", "v1", [RawJson.Parse("{}"), RawJson.Parse("{}")], cancellationToken: setup.Token);
        var jobs = bulk.Jobs.Select(job => job.Handle).ToList();
        if (bulk.Failure is { InnerException: ZoetropeException reason } failure)
        {
            throw new SubmitException(
                failure.Provider, failure.EndpointId, failure.WasNotAccepted, failure.Attempts, reason, jobs.Count > 0 ? jobs[0] : failure.Handle);
        }
        return string.Join(", ", jobs);
    }

    private static async Task<string> RunAsync(CallSetup setup)
    {
        var result = await setup.Eachlabs().RunDirectAsync("some-model", RawJson.Parse("{}"), cancellationToken: setup.Token);
        return result.Raw.AsString() ?? result.Raw.ToString();
    }

    private static EachlabsApi.ChatRequest Conversation() => new() { Model = "openai/gpt-4o-mini", Messages = [new() { Role = "user", Content = "Hello" }] };

    private static async Task<string> ChatAsync(CallSetup setup) =>
        ContentOf(await setup.Eachlabs().Chat.CompleteAsync(Conversation(), cancellationToken: setup.Token), static choice => choice.Message?.Content);

    private static async Task<string> StreamAsync(CallSetup setup)
    {
        var text = "";
        await foreach (var part in setup.Eachlabs().Chat.StreamAsync(Conversation(), cancellationToken: setup.Token))
            text += ContentOf(part, static choice => choice.Delta?.Content);
        return text;
    }

    private static string ContentOf(EachlabsApi.ChatCompletion part, Func<EachlabsApi.ChatChoice, string?> content) =>
        part.Choices is [var choice, ..] ? content(choice) ?? "" : "";

    private static Task<Job<RawJson>> TriggerAsync(CallSetup setup) => setup.Workflows().TriggerAsync("story", "v1", RawJson.Parse("""{"text":"a"}"""));

    private static Job<RawJson> Resume(CallSetup setup) => setup.Workflows().Resume(JobHandle.Parse(Handle));
}
