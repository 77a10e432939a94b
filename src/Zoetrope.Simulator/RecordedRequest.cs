namespace Zoetrope.Simulator;

/// <summary>A request that reached the simulator.</summary>
/// <param name="Provider">Which provider it was meant for: <c>fal</c>, <c>eachlabs</c> or the name of a declared one; empty for files.</param>
/// <param name="Operation">What it asked for.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, beginning with a slash.</param>
/// <param name="Query">The query string with its question mark, or empty.</param>
/// <param name="Headers">The headers; the values of keys and secrets are hidden.</param>
/// <param name="Body">The body as text; empty when there was none.</param>
/// <param name="Received">When it came in, by the simulator's clock.</param>
public sealed record RecordedRequest(
    string Provider,
    SimulatorOperation Operation,
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    DateTimeOffset Received)
{
    /// <summary>The endpoint that was to run, or whose job was asked for; null where there is none.</summary>
    public string? Endpoint { get; init; }
}
