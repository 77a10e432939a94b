using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Tests;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>The calls of the clients of declared providers, made from what is recorded of each.</summary>
internal static class DeclaredCalls
{
    public static IReadOnlyList<Recording> Recordings { get; } = Task.Run(Recorder.RecordAllAsync).GetAwaiter().GetResult();

    public static IEnumerable<Call> All { get; } = [.. Recordings.SelectMany(Of)];

    private static IEnumerable<Call> Of(Recording recording)
    {
        var typed = TypedModel.Of(recording.Model.Endpoint);
        var (handle, input) = (recording.Handle.ToString(), DeclaredProvider.InputOf(recording.Model));
        var named = recording.Name;
        var id = recording.Handle.EndpointId;

        yield return Call("submit", CallKind.Submit, "submit", async client => Recording.NameOf(await typed.SubmitAsync(client, input)), named) with
        {
            IsWholeSubmit = true,
        };
        yield return Call("submit raw", CallKind.Submit, "submit", async client => Recording.NameOf((await client.SubmitAsync(id, input)).Handle), named);
        yield return Call("run", CallKind.Submit, "submit", async client => OutputOf(await typed.RunAsync(client, input)), recording.Output);
        yield return Call("status", CallKind.Status, "status", StatusAsync, recording.Running.ToString()) with
        {
            IgnoresBody = recording.HasStatusCodeWords,
        };
        yield return Call("wait, faults at the status", CallKind.Wait, "status", WaitAsync, recording.Output) with { Times = 2 };
        yield return Call("watch", CallKind.Wait, "status", WatchAsync, nameof(JobState.Completed)) with { Times = 2 };
        var results = recording.Responses.Keys.Where(step => step.StartsWith("result", StringComparison.Ordinal)).ToList();
        foreach (var step in results)
        {
            yield return Call($"wait, faults at the {step}", CallKind.Result, step, WaitAsync, recording.Output) with
            {
                Times = 2,
                Before = step == results[0] ? "status" : results[results.IndexOf(step) - 1],
                TakesAnything = recording.GivesFile && step == results[^1],
            };
        }
        if (!recording.Responses.ContainsKey("cancel"))
            yield break;
        var atCancel = new Dictionary<string, CannedResponse[]>(recording.Responses);
        if (recording.StatusAtCancel is { } cancelable)
            atCancel["status"] = [cancelable];
        var outcome = recording.Cancel.ToString();
        yield return Call("cancel", CallKind.Cancel, "cancel", CancelAsync, outcome) with { IgnoresBody = true, Responses = atCancel };
        if (recording.DeletesEnded)
            yield return Call("cancel, faults at the status", CallKind.Cancel, "status", CancelAsync, outcome) with { Responses = atCancel };

        Job<RawJson> Resume(MediaClient client) => client.Resume(JobHandle.Parse(handle));

        async Task<string> StatusAsync(MediaClient client) => (await Resume(client).GetStatusAsync()).State.ToString();

        async Task<string> WaitAsync(MediaClient client) => OutputOf(await typed.WaitAsync(client, JobHandle.Parse(handle)));

        async Task<string> CancelAsync(MediaClient client) => (await Resume(client).CancelAsync()).ToString();

        async Task<string> WatchAsync(MediaClient client)
        {
            JobState? last = null;
            await foreach (var status in Resume(client).WatchAsync(FalCalls.Patient()))
                last = status.State;
            return last.ToString()!;
        }

        Call Call(string name, CallKind kind, string step, Func<MediaClient, Task<string>> run, string value) => new(
            $"{recording}: {name}", kind, step, recording.StepOf, recording.Responses, setup => run(setup.Declared(recording.Provider)), value)
        {
            Provider = recording.Provider.Description.Name,
            Key = Keys.Declared,
            Recorded = recording,
        };
    }

    private static string OutputOf(RawJson output) => Recorder.OutputOf(output.ToString());
}
