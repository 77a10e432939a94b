using Zoetrope.Clients;
using Zoetrope.Eachlabs.Workflows;
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

    private static readonly Dictionary<string, CannedResponse[]> _responses = new()
    {
        ["trigger"] = [OfJson(Receipt, 202)],
        ["execution"] = [OfJson(Running), OfJson(Completed)],
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
    ];

    private static string StepOf(ReceivedRequest request) => (request.Method, request.Target) switch
    {
        ("POST", "/v1/workflows/trigger/story/v1") => "trigger",
        ("GET", $"/v1/workflows/executions/{FalCalls.JobId}") => "execution",
        _ => "unknown",
    };

    private static Call Of(string name, CallKind kind, string step, Func<CallSetup, Task<string>> run, string value) =>
        new(name, kind, step, StepOf, _responses, run, value) { Provider = EachlabsWorkflowProtocol.ProviderName, Key = Keys.Eachlabs };

    private static Task<Job<RawJson>> TriggerAsync(CallSetup setup) => setup.Workflows().TriggerAsync("story", "v1", RawJson.Parse("""{"text":"a"}"""));

    private static Job<RawJson> Resume(CallSetup setup) => setup.Workflows().Resume(JobHandle.Parse(Handle));
}
