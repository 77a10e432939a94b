using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Replay;

/// <summary>Reads fixtures.</summary>
internal static class FixtureReader
{
    /// <exception cref="FormatException">It is not a fixture; the message says where.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static ReplayFixture Read(string json)
    {
        var root = Object(RequestJson.Parse(Encoding.UTF8.GetBytes(json)), "The fixture");
        if (root[FixtureWriter.FormatMember]?.ToString() != "1")
            throw new FormatException($"The fixture must have \"{FixtureWriter.FormatMember}\": {FixtureWriter.Version}.");
        var limit = root[FixtureWriter.LimitMember] is null ? RecordingOptions.DefaultMaxBodyBytes : Number(root, FixtureWriter.LimitMember, "the fixture");
        return new(
            [.. List(root["exchanges"], "'exchanges'").Select((exchange, index) => ReadExchange(exchange, $"exchange {index + 1}"))],
            (int)Math.Min(limit, int.MaxValue));
    }

    private static FixtureExchange ReadExchange(JsonNode? json, string place)
    {
        var members = Object(json, place);
        var request = Object(members["request"], $"'request' of {place}");
        var url = Text(request, "url", place);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new FormatException($"'url' of {place} is not an absolute address: '{url}'.");
        var exchange = new FixtureExchange(Text(request, "method", place), url, Headers(request["headers"], place), Body(request, place))
        {
            Response = members["response"] is { } response ? ReadResponse(Object(response, $"'response' of {place}"), place) : null,
            Failure = members["failure"] is { } failure ? ReadFailure(Object(failure, $"'failure' of {place}"), place) : null,
        };
        if (members["ended"] is not null)
            exchange = Ended(exchange, Text(members, "ended", place), place);
        return exchange.Response is null && exchange.Failure is null
            ? throw new FormatException($"{place} has neither a 'response' nor a 'failure'.")
            : exchange;
    }

    /// <summary>The exchange, if the word for its end is that of its members. What was written by hand needs no <c>failure</c>.</summary>
    private static FixtureExchange Ended(FixtureExchange exchange, string end, string place)
    {
        if (exchange.Failure is null && end == (exchange.Response is null ? FixtureExchange.NoResponse : FixtureExchange.BrokenOff))
        {
            exchange = exchange with
            {
                Failure = new(nameof(HttpRequestError.ResponseEnded), $"The connection ended ({end} in the fixture).", exchange.Response?.AfterMs ?? 0),
            };
        }
        return end == exchange.End
            ? exchange
            : throw new FormatException($"'ended' of {place} must be \"{exchange.End}\" beside its other members, and is \"{end}\".");
    }

    private static FixtureResponse ReadResponse(JsonObject members, string place)
    {
        var status = Number(members, "status", place);
        return status is >= 100 and <= 599
            ? new((int)status, Number(members, "after_ms", place), Headers(members["headers"], place), Body(members, place))
            : throw new FormatException($"'status' of {place} is not an HTTP status: {status}.");
    }

    private static FixtureFailure ReadFailure(JsonObject members, string place)
    {
        var kind = Text(members, "kind", place);
        return FixtureFailure.Kinds.Contains(kind)
            ? new(kind, Text(members, "message", place), Number(members, "after_ms", place))
            : throw new FormatException($"'kind' of {place} must be one of {string.Join(", ", FixtureFailure.Kinds)}.");
    }

    private static FixtureBody? Body(JsonObject members, string place)
    {
        if (members.ContainsKey("json"))
            return new FixtureBody.Json(members["json"]);
        if (members["text"] is not null)
            return new FixtureBody.Text(Text(members, "text", place));
        if (members["base64"] is not null)
            return new FixtureBody.Bytes(Bytes(Text(members, "base64", place), place));
        if (members["digest"] is { } digest)
            return ReadDigest(Object(digest, $"'digest' of {place}"), place);
        if (members["events"] is { } events)
            return new FixtureBody.Events([.. List(events, $"'events' of {place}")
                .Select(item => Object(item, $"an event of {place}"))
                .Select(item => new FixtureEvent(Number(item, "after_ms", place), Text(item, "text", place)))]);
        if (members["form"] is { } form)
            return new FixtureBody.Form([.. List(form, $"'form' of {place}")
                .Select(part => Object(part, $"a part of {place}"))
                .Select(part => new FormPart(
                    Text(part, "name", place), part["file_name"] is null ? null : Text(part, "file_name", place), Body(part, place)
                        ?? throw new FormatException($"A part of the form of {place} has no content.")))]);
        return null;
    }

    private static FixtureBody.Digest ReadDigest(JsonObject members, string place) =>
        new(Number(members, "length", place), members["sha256"] is null ? null : Text(members, "sha256", place))
        {
            IsPart = members["is_part"]?.GetValueKind() == JsonValueKind.True,
        };

    private static byte[] Bytes(string base64, string place)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'base64' of {place} is not base64.", exception);
        }
    }

    private static List<KeyValuePair<string, string>> Headers(JsonNode? json, string place) => json is null
        ? []
        : [.. Object(json, $"'headers' of {place}").Select(header => KeyValuePair.Create(header.Key, header.Value is { } value ? value.ToString() : ""))];

    private static JsonObject Object(JsonNode? json, string what) => json as JsonObject ?? throw new FormatException($"{what} must be a JSON object.");

    private static JsonArray List(JsonNode? json, string what) => json as JsonArray ?? throw new FormatException($"{what} must be a JSON array.");

    private static string Text(JsonObject members, string name, string place) =>
        members[name]?.GetValueKind() == JsonValueKind.String
            ? members[name]!.GetValue<string>()
            : throw new FormatException($"'{name}' of {place} must be a string.");

    private static long Number(JsonObject members, string name, string place) =>
        members[name]?.GetValueKind() == JsonValueKind.Number && members[name]!.AsValue().TryGetValue<long>(out var number) && number >= 0
            ? number
            : throw new FormatException($"'{name}' of {place} must be a whole number from 0.");
}
