using System.Runtime.CompilerServices;
using System.Text.Json;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Fal.Protocol;

/// <summary>
/// fal's stream of statuses (<c>/status/stream</c>). Each event is a status; of the log lines it has the new ones, which are collected here. fal closes it
/// after COMPLETED.
/// </summary>
internal sealed class FalStatusFeed(Transport transport, FalProtocol protocol)
{
    // A status that comes late costs nothing but this time, because the job is polled then.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    public IAsyncEnumerable<JobStatus>? Open(JobHandle handle, bool logs, CancellationToken cancellationToken) =>
        handle.Provider == FalProtocol.ProviderName ? ReadAsync(handle, logs, cancellationToken) : null;

    private async IAsyncEnumerable<JobStatus> ReadAsync(JobHandle handle, bool logs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new TransportRequest
        {
            Method = HttpMethod.Get,
            Uri = protocol.AddressOf($"{FalJobPaths.Of(handle).Status}/stream?logs={(logs ? '1' : '0')}"),
            Accept = "text/event-stream",
            IsLong = true,
        };
        using var response = await transport.OpenAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (!string.Equals(response.ContentType, "text/event-stream", StringComparison.OrdinalIgnoreCase))
            throw response.With(default).Malformed("The response is not a stream of statuses");
        var lines = new List<JobLog>();
        await foreach (var status in response.ReadEventsAsync((_, data) => Read(handle, data), LongestSilence, cancellationToken).ConfigureAwait(false))
        {
            lines.AddRange(status.Logs);
            yield return lines.Count == status.Logs.Count ? status : FalStatusReader.With(status, [.. lines]);
            if (status.IsTerminal)
                yield break;
        }
    }

    private static JobStatus Read(JobHandle handle, ReadOnlySpan<byte> data)
    {
        var json = RawJson.Parse(data);
        var status = FalStatusReader.Read(json, out var names, handle) ?? throw new JsonException("The event is not a status.");
        return handle.MayBeNamed(names.RequestId, names.GatewayRequestId)
            ? status
            : throw new JsonException($"The event is about job {names.RequestId}, not about {handle.JobId}.");
    }
}
