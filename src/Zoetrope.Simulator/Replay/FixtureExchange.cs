using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Replay;

/// <summary>A request and what came of it, as a fixture has them: without keys.</summary>
internal sealed record FixtureExchange(string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, FixtureBody? Body)
{
    /// <summary>The response; null where there was none.</summary>
    public FixtureResponse? Response { get; init; }

    /// <summary>What went wrong instead of a response, or in the middle of its body; null where nothing did.</summary>
    public FixtureFailure? Failure { get; init; }

    /// <summary>How it ended, in the word of a fixture.</summary>
    public string End => Response is null ? NoResponse : Failure is null ? Whole : BrokenOff;

    /// <summary>The response came with all of its body.</summary>
    public const string Whole = "whole";

    /// <summary>The response came, but not all of its body.</summary>
    public const string BrokenOff = "broken_off";

    /// <summary>There was no response.</summary>
    public const string NoResponse = "no_response";
}

/// <summary>A response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="AfterMs">The milliseconds from the request to the head of the response.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record FixtureResponse(int Status, long AfterMs, IReadOnlyList<KeyValuePair<string, string>> Headers, FixtureBody? Body)
{
    /// <summary>The header that has the length of a body that is not in the fixture: of a HEAD's, and of one that broke off.</summary>
    public const string LengthHeader = "Content-Length";
}

/// <summary>What went wrong with a connection, or why its caller did not wait.</summary>
/// <param name="Kind">The name of an <see cref="HttpRequestError"/>, or <see cref="Canceled"/>.</param>
/// <param name="Message">The message.</param>
/// <param name="AfterMs">The milliseconds from the request.</param>
internal sealed record FixtureFailure(string Kind, string Message, long AfterMs)
{
    /// <summary>The kind of what its caller ended. It is played back as a connection that ends.</summary>
    public const string Canceled = "Canceled";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetNames<HttpRequestError>(), Canceled];

    /// <summary>What a client sees when it is played back.</summary>
    public HttpRequestError Error => Kind == Canceled ? HttpRequestError.ResponseEnded : Enum.Parse<HttpRequestError>(Kind);

    /// <summary>The kind of an exception.</summary>
    public static string KindOf(Exception exception) => exception switch
    {
        OperationCanceledException => Canceled,
        HttpRequestException http => http.HttpRequestError.ToString(),
        HttpIOException http => http.HttpRequestError.ToString(),
        _ => nameof(HttpRequestError.Unknown),
    };
}

/// <summary>A body, in the form that is easiest to read.</summary>
internal abstract record FixtureBody
{
    /// <summary>A JSON value.</summary>
    internal sealed record Json(JsonNode? Value) : FixtureBody;

    /// <summary>Text that is not JSON.</summary>
    internal sealed record Text(string Value) : FixtureBody;

    /// <summary>Bytes that are not text.</summary>
    internal sealed record Bytes(byte[] Value) : FixtureBody;

    /// <summary>Bytes that were not kept. Without a hash only their length is compared.</summary>
    internal sealed record Digest(long Length, string? Sha256) : FixtureBody
    {
        /// <summary>Whether these are only the first bytes of a request, the rest of which was not sent.</summary>
        public bool IsPart { get; init; }
    }

    /// <summary>The parts of a form with files.</summary>
    internal sealed record Form(IReadOnlyList<FormPart> Parts) : FixtureBody;

    /// <summary>Server-sent events, each with its text and the milliseconds from the request.</summary>
    internal sealed record Events(IReadOnlyList<FixtureEvent> Items) : FixtureBody;
}

/// <summary>A part of a form: a text, or a file of which only the digest is kept.</summary>
internal sealed record FormPart(string Name, string? FileName, FixtureBody Body);

/// <summary>A server-sent event, with the empty line at its end if that was received.</summary>
internal sealed record FixtureEvent(long AfterMs, string Text);
