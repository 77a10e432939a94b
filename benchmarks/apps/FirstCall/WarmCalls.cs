using System.Text.Json;
using Zoetrope.Benchmarks;
using Zoetrope.Benchmarks.Peers;
using Zoetrope.Fal.Models;
using Zoetrope.Json;
using Zoetrope.Validation;

/// <summary>The same in a process that has done it many times, with the request and the result of the benchmarks that are compiled just in time.</summary>
internal static class WarmCalls
{
    private const string Baseline = nameof(SystemTextJson);

    private static readonly KlingVideoO3ProImageToVideo.Request Ours = Samples.Request();
    private static readonly PeerRequest Peer = PeerRequest.Sample();

    private static readonly Contestant[] Requests =
    [
        Contestant.Of(nameof(Zoetrope), Zoetrope),
        Contestant.Of("validation alone", static () => ValidationResult.Of(Ours).IsValid),
        Contestant.Of("validation and writing", static () => ValidationResult.Of(Ours).IsValid ? Zoetrope() : throw new InvalidOperationException()),
        Contestant.Of(Baseline, SystemTextJson),
    ];

    private static readonly Contestant[] Results =
    [
        Contestant.Of(nameof(Zoetrope), static () => JsonModel.FromUtf8<KlingVideoO3ProImageToVideo.Result>(Samples.ResultJson)),
        Contestant.Of(nameof(Utf8JsonReader), static () => Tokens() > 0),
        Contestant.Of(Baseline, static () => JsonSerializer.Deserialize(Samples.ResultJson, PeerJson.Default.PeerResult)),
    ];

    /// <summary>Prints the least of many rounds.</summary>
    public static async Task PrintAsync(TextWriter output)
    {
        Samples.RequireEqual(Zoetrope(), SystemTextJson());
        await Turns.PrintAsync(output, "request to bytes", Baseline, calls: 300, Requests);
        await Turns.PrintAsync(output, "bytes to result", Baseline, calls: 300, Results);
    }

    /// <summary>Makes one of the calls so many times, for whoever counts what they take.</summary>
    public static Task RepeatAsync(string direction, string name, int calls) =>
        (direction == "request" ? Requests : Results).Single(contestant => contestant.Name == name).RunAsync(calls);

    /// <summary>What any reader over <see cref="Utf8JsonReader"/> takes at least.</summary>
    private static int Tokens()
    {
        var reader = new Utf8JsonReader(Samples.ResultJson);
        var tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }

    private static byte[] Zoetrope() => JsonModel.ToUtf8(Ours);

    private static byte[] SystemTextJson() => JsonSerializer.SerializeToUtf8Bytes(Peer, PeerJson.Default.PeerRequest);
}
