using Zoetrope.Cli.Models;
using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Jobs;

/// <summary>Jobs that were submitted earlier, by this process or another.</summary>
internal static class ResumedJob
{
    /// <summary>The job of a handle. Its result is that of the neutral model which has its endpoint, if there is one.</summary>
    public static Job<RawJson> Of(MediaClient client, JobHandle handle) => ModelTarget.FindNeutral(client.Provider, handle.EndpointId) is { } neutral
        ? client.Resume(handle, output => neutral.MapResult(client.Provider, output))
        : client.Resume(handle);
}
