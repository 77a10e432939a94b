using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Replay;

/// <summary>A request and what came of it, as a fixture has them: without keys.</summary>
internal sealed record FixtureExchange(string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, FixtureBody? Body)
{
    /// <summary>The response; null where there was none.</summary>
    public FixtureResponse? Response { get; init; }

    /// <summary>What went wrong instead of a response, or in the middle of its body; null where nothing did.</summary>
    public FixtureFailure? Failure { get; init; }
}

/// <summary>A response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="AfterMs">The milliseconds from the request to the head of the response.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record FixtureResponse(int Status, long AfterMs, IReadOnlyList<KeyValuePair<string, string>> Headers, FixtureBody? Body);

/// <summary>What went wrong with a connection.</summary>
/// <param name="Kind">The name of an <see cref="HttpRequestError"/>.</param>
/// <param name="Message">The message.</param>
/// <param name="AfterMs">The milliseconds from the request.</param>
internal sealed record FixtureFailure(string Kind, string Message, long AfterMs);

/// <summary>A body, in the form that is easiest to read.</summary>
internal abstract record FixtureBody
{
    /// <summary>A JSON value.</summary>
    internal sealed record Json(JsonNode? Value) : FixtureBody;

    /// <summary>Text that is not JSON.</summary>
    internal sealed record Text(string Value) : FixtureBody;

    /// <summary>Bytes that are not text.</summary>
    internal sealed record Bytes(byte[] Value) : FixtureBody;

    /// <summary>Bytes that were not kept. Without a hash they are not compared.</summary>
    internal sealed record Digest(long Length, string? Sha256) : FixtureBody;

    /// <summary>The parts of a form with files.</summary>
    internal sealed record Form(IReadOnlyList<FormPart> Parts) : FixtureBody;

    /// <summary>Server-sent events, each with its text and the milliseconds from the request.</summary>
    internal sealed record Events(IReadOnlyList<FixtureEvent> Items) : FixtureBody;
}

/// <summary>A part of a form: a text, or a file of which only the digest is kept.</summary>
internal sealed record FormPart(string Name, string? FileName, FixtureBody Body);

/// <summary>A server-sent event, with the empty line at its end if that was received.</summary>
internal sealed record FixtureEvent(long AfterMs, string Text);
