using System.Text;
using System.Text.RegularExpressions;
using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Tests;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>
/// Runs the jobs of a declared provider at a service that plays it, and notes each response with the step that it belongs to. Ids, files and origins become
/// those of the other calls, so that all faults know them.
/// </summary>
internal sealed partial class Recorder(Played service, FaultProxy proxy)
{
    private readonly Dictionary<string, string> _steps = [];
    private readonly Dictionary<string, List<CannedResponse>> _responses = [];
    private int _taken;
    private bool _hasFile;

    /// <summary>All providers: each at the simulator, and each whose facts were written down at WireMock.Net, too.</summary>
    public static async Task<IReadOnlyList<Recording>> RecordAllAsync()
    {
        var recordings = new List<Recording>();
        foreach (var provider in DeclaredProvider.Declarations.Select(DeclaredProvider.At))
        {
            recordings.Add(await RecordAsync(await PlayedBySimulator.StartAsync(provider)));
            foreach (var facts in FactsOfProviders.All.Where(facts => facts.Provider == provider.Description.Name))
                recordings.Add(await RecordAsync(new PlayedByWireMock(provider, facts)));
        }
        return recordings;
    }

    private static async Task<Recording> RecordAsync(Played service)
    {
        await using (service)
        {
            await using var proxy = new FaultProxy(service.Port);
            using var client = service.Connect(proxy.Url);
            return await new Recorder(service, proxy).RecordAsync(client);
        }
    }

    private async Task<Recording> RecordAsync(MediaClient client)
    {
        var model = service.Model;
        var job = await SubmitAsync(client);
        var id = job.Handle.JobId;
        Take(id, _ => "submit");
        service.Start();
        var running = (await job.GetStatusAsync()).State;
        Take(id, _ => "status");
        service.End();
        var output = (await job.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromHours(8) })).Value;
        Take(id, count => count == 0 ? "result" : $"result {count + 1}");
        var handle = new JobHandle(job.Handle.Provider, job.Handle.EndpointId, FalCalls.JobId, job.Handle.Location is { } at ? Plain(at, id) : null);

        var other = await SubmitAsync(client);
        if ((string?)service.Provider.Declaration["cancel"]?["stops"] != "queued")
            service.Start();
        var outcome = await other.CancelAsync();
        var status = proxy.Exchanges.Skip(_taken).FirstOrDefault(exchange => StepOf(exchange.Request, other.Handle.JobId) == "status").Response;
        // Its other responses are those of the job before.
        Take(other.Handle.JobId, _ => "cancel", isKept: step => step == "cancel");
        return new Recording(
            service.Name, service.Provider, model, service.Facts, _steps, _responses.ToDictionary(step => step.Key, step => step.Value.ToArray()), handle)
        {
            Running = running,
            Output = OutputOf(_hasFile ? DataUri().Replace(output.ToString(), $"$1{Convert.ToBase64String(RecordedFile)}") : Plain(output.ToString(), id)),
            Cancel = outcome,
            StatusAtCancel = status is null ? null : Plain(status, other.Handle.JobId),
        };
    }

    private string? StepOf(ReceivedRequest request, string id) => _steps.GetValueOrDefault(Recording.KeyOf(request.Method, Plain(request.Target, id)));

    private Task<Job<RawJson>> SubmitAsync(MediaClient client)
    {
        service.Begin();
        return client.SubmitAsync(service.Model.Endpoint.Id, DeclaredProvider.InputOf(service.Model));
    }

    /// <summary>Takes what was exchanged since the last time.</summary>
    /// <param name="id">The id of the job.</param>
    /// <param name="name">The name of a step that is new, by the number of new ones before it.</param>
    /// <param name="isKept">Which steps' responses are kept; null for all.</param>
    private void Take(string id, Func<int, string> name, Func<string, bool>? isKept = null)
    {
        var added = 0;
        foreach (var (request, response) in proxy.Exchanges.Skip(_taken))
        {
            _taken++;
            var key = Recording.KeyOf(request.Method, Plain(request.Target, id));
            if (!_steps.TryGetValue(key, out var step))
                _steps.Add(key, step = name(added++));
            if (isKept?.Invoke(step) == false)
                continue;
            if (!_responses.TryGetValue(step, out var responses))
                _responses.Add(step, responses = []);
            responses.Add(Plain(response, id));
        }
    }

    private string Plain(string text, string id) => File().Replace(
        text.Replace(id, FalCalls.JobId, StringComparison.OrdinalIgnoreCase)
            .Replace(proxy.Url.GetLeftPart(UriPartial.Authority), Recording.Origin, StringComparison.Ordinal),
        FalCalls.Video);

    // Files are text, as the bodies of all calls are.
    private CannedResponse Plain(CannedResponse response, string id)
    {
        var isFile = response.ContentType.StartsWith("image/", StringComparison.Ordinal);
        _hasFile |= isFile;
        return response with
        {
            Body = isFile ? RecordedFile : Encoding.UTF8.GetBytes(Plain(response.Text, id)),
            Headers = [.. response.Headers.Select(header => Plain(header, id))],
        };
    }

    private static byte[] RecordedFile => "PNG"u8.ToArray();

    /// <summary>What is looked at of a result.</summary>
    public static string OutputOf(string json) =>
        json.Contains(FalCalls.Video, StringComparison.Ordinal) ? FalCalls.Video : json;

    [GeneratedRegex(Recording.Origin + "/files/[^\"]*")]
    private static partial Regex File();

    [GeneratedRegex("^(\"data:[^,]*,)[^\"]*")]
    private static partial Regex DataUri();
}
