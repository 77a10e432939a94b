using System.Text.Json.Nodes;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Tests;
using Zoetrope.Models;

namespace Zoetrope.Faults.Tests;

/// <summary>A job of a declared provider as it goes when all is well, at one service that plays the provider.</summary>
/// <param name="Service">The service.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model that was run.</param>
/// <param name="Facts">What is known of the provider without its declaration; null where nothing is.</param>
/// <param name="Steps">What each request was for, by <see cref="KeyOf"/>.</param>
/// <param name="Responses">What was responded to each step.</param>
/// <param name="Handle">The job.</param>
internal sealed record Recording(
    string Service, DeclaredProvider Provider, ModelInfo Model, Facts? Facts, IReadOnlyDictionary<string, string> Steps,
    IReadOnlyDictionary<string, CannedResponse[]> Responses, JobHandle Handle)
{
    /// <summary>What stands in recorded responses for the origin of the service that plays them.</summary>
    public const string Origin = "http://origin.of.the.service";

    /// <summary>The job, without the address of its status that is in some handles.</summary>
    public string Name => NameOf(Handle);

    /// <summary>The state that the job's first status showed.</summary>
    public required JobState Running { get; init; }

    /// <summary>The result.</summary>
    public required string Output { get; init; }

    /// <summary>The outcome of a request to cancel the job.</summary>
    public required CancelOutcome Cancel { get; init; }

    /// <summary>The status of a job that can be canceled, where it is requested first; null where it is not.</summary>
    public CannedResponse? StatusAtCancel { get; init; }

    /// <summary>Whether the key is in the header <c>Authorization</c>.</summary>
    public bool IsAuthorized => (string?)Provider.Declaration["auth"]?["header"] is null or "Authorization";

    /// <summary>Whether the request to cancel deletes a job that has ended.</summary>
    public bool DeletesEnded => (bool?)Provider.Declaration["cancel"]?["deletesEnded"] == true;

    /// <summary>Whether the provider recognizes a submit that is sent again.</summary>
    public bool HasIdempotencyKeys => Provider.Declaration["idempotency"] is not null;

    /// <summary>Whether the HTTP status of a status is the state.</summary>
    public bool HasStatusCodeWords => (string?)Provider.Declaration["status"]!["word"] == "status-code";

    /// <summary>Whether the last request for the result gives a file.</summary>
    public bool GivesFile => Provider.Declaration["result"]?["requests"] is JsonArray { Count: > 0 } requests && (bool?)requests[^1]!["isFile"] == true;

    /// <summary>What a request is for; a text that no step has for one that nothing asked for.</summary>
    public string StepOf(ReceivedRequest request) => Steps.GetValueOrDefault(KeyOf(request.Method, request.Target), "unknown");

    /// <summary>The host that a request was for; null where the client did not use the provider's own addresses.</summary>
    public string? HostOf(ReceivedRequest request) => Facts is null ? null : Connection.HeaderOf(request.Head, "Host");

    /// <summary>The idempotency key of a submit; null where the provider honors none, or the request has none.</summary>
    public string? IdempotencyKeyOf(ReceivedRequest request)
    {
        var place = Provider.Declaration["idempotency"];
        if ((string?)place?["header"] is { } header)
            return Connection.HeaderOf(request.Head, header);
        return (string?)place?["body"] is { } pointer && request.IsWhole
            ? (string?)pointer.Split('/').Skip(1).Aggregate(JsonNode.Parse(request.Body), (node, step) => node?[step])
            : null;
    }

    /// <summary>The state that the HTTP status of a status means; null where it means none.</summary>
    public JobState? StateOf(int status)
    {
        if (!HasStatusCodeWords)
            return null;
        var code = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WordsOf("succeeded").Contains(code) ? JobState.Completed
            : WordsOf("failed").Concat(WordsOf("expired")).Contains(code) ? JobState.Failed
            : WordsOf("canceled").Contains(code) ? JobState.Canceled
            : null;
    }

    /// <summary>The words that a declaration lists for a state.</summary>
    public IReadOnlyList<string> WordsOf(string state) => Provider.Declaration["status"]![state] switch
    {
        null => [],
        JsonArray words => [.. words.Select(word => (string)word!)],
        JsonObject words => [.. words.Select(word => word.Key)],
        var word => [(string)word!],
    };

    /// <summary>The name of a job. The address of its status is in some handles only, and an idempotency key is another one each time.</summary>
    public static string NameOf(JobHandle handle) => JobHandle.Parse(handle.ToString()) == handle
        ? new JobHandle(handle.Provider, handle.EndpointId, handle.JobId).ToString()
        : $"{handle}, which is not read back";

    public static string KeyOf(string method, string target) => $"{method} {target}";

    public override string ToString() => $"{Provider.Description.Name} at {Service}";
}
