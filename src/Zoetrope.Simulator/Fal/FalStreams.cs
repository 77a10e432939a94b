using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Fal;

/// <summary>fal's streams of server-sent events: the statuses of a job, and the parts of a result.</summary>
internal sealed class FalStreams(FalService service, SimulatorOptions options)
{
    private const int Parts = 3;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>The statuses of a job, each when it changes, with the log lines since the last one. It closes after COMPLETED.</summary>
    public SimulatedResponse Statuses(IncomingRequest request, string app, string id, CancellationToken cancellationToken) =>
        service.Find(app, id) is { } job
            ? Events(StatusesAsync(request, job, cancellationToken)).With(FalRequestIds.Header, job.Id)
            : FalService.NotFound();

    /// <summary>A run whose result comes in parts, each like the whole: the last one is the result, or the reason of a failure.</summary>
    public SimulatedResponse Run(SimulatedJob job, CancellationToken cancellationToken) =>
        job.Failure?.Result is { } own
            ? new SimulatedResponse(own.StatusCode, [], own.MediaType) { Parts = BytesAsync(own.Content, cancellationToken) }.With(FalRequestIds.Header, job.Id)
            : Events(PartsAsync(job, cancellationToken)).With(FalRequestIds.Header, job.Id);

    private static SimulatedResponse Events(IAsyncEnumerable<byte[]> parts) =>
        new SimulatedResponse(200, [], "text/event-stream; charset=utf-8") { Parts = parts }.With("Cache-Control", "no-store");

    private static byte[] Event(byte[] json) => [.. "data: "u8, .. json, .. "\n\n"u8];

    private async IAsyncEnumerable<byte[]> StatusesAsync(
        IncomingRequest request, SimulatedJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = 0;
        string? last = null;
        while (true)
        {
            var (phase, status) = service.StatusOf(request, job);
            var logs = status["logs"] as JsonArray;
            var count = logs?.Count ?? 0;
            if (logs is not null)
                status["logs"] = new JsonArray([.. logs.Skip(lines).Select(line => line!.DeepClone())]);
            var body = SimulatedResponse.Json(200, status).Body;
            var text = Encoding.UTF8.GetString(body);
            if (count > lines || text != last)
                yield return Event(body);
            if (phase is not (JobPhase.Queued or JobPhase.Running))
                yield break;
            if (count > lines)
                status["logs"] = new JsonArray();
            last = count > lines ? Encoding.UTF8.GetString(SimulatedResponse.Json(200, status).Body) : text;
            lines = count;
            await Task.Delay(LookInterval, options.TimeProvider, cancellationToken);
        }
    }

    private async IAsyncEnumerable<byte[]> BytesAsync(byte[] content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in content.Chunk(Math.Max(1, (content.Length + Parts - 1) / Parts)))
        {
            await Task.Delay(options.JobDuration / Parts, options.TimeProvider, cancellationToken);
            yield return part;
        }
    }

    private async IAsyncEnumerable<byte[]> PartsAsync(SimulatedJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var part = 1; part <= Parts; part++)
        {
            await Task.Delay(options.JobDuration / Parts, options.TimeProvider, cancellationToken);
            if (!job.Fails)
                yield return Event(SimulatedResponse.Json(200, job.Result).Body);
        }
        if (!job.Fails)
            yield break;
        var outcome = LooseJson.Parse(Encoding.UTF8.GetString(FalOutcome.Of(job, JobPhase.Failed).Body));
        yield return Event(SimulatedResponse.Json(200, new JsonObject { ["error"] = outcome }).Body);
    }
}
