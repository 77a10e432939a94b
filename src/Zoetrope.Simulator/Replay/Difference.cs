using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Replay;

/// <summary>Finds in what a request differs from a recorded one. What was taken out of the recording is equal to everything.</summary>
internal static class Difference
{
    private const int MostShown = 60;

    /// <summary>The first difference of a recorded body and one that is sent, in words; null where they mean the same.</summary>
    public static string? OfBodies(FixtureBody? recorded, SentRequest sent) => recorded switch
    {
        FixtureBody.Digest { IsPart: true } part => sent.Length < part.Length
            ? $"body: recorded {part.Length} bytes before it broke off, sent {sent.Length} bytes"
            : part.Sha256 is null || sent.Prefixes.GetValueOrDefault(part.Length) == part.Sha256
                ? null
                : $"body: recorded {part.Length} bytes before it broke off, sent {sent.Length} bytes that begin differently",
        FixtureBody.Digest digest => Of(digest, sent.Length == 0 ? null : new FixtureBody.Digest(sent.Length, sent.Sha256), sent.IsForm),
        _ => Of(recorded, sent.Body, sent.IsForm),
    };

    /// <summary>The first difference of two bodies, in words; null where they mean the same.</summary>
    private static string? Of(FixtureBody? recorded, FixtureBody? sent, bool isForm) => (recorded, sent) switch
    {
        (null, null) => null,
        (null, _) => "the recorded request has no body",
        (_, null) => "the request has no body",
        (FixtureBody.Json left, FixtureBody.Json right) => Of(left.Value, right.Value, ""),
        (FixtureBody.Text left, FixtureBody.Text right) => isForm
            ? OfQueries(left.Value, right.Value, "field")
            : IsSame(left.Value, right.Value) || AreSame(JsonSequence.Split(left.Value), JsonSequence.Split(right.Value))
                ? null
                : $"body: recorded {Show(left.Value)}, sent {Show(right.Value)}",
        (FixtureBody.Digest left, FixtureBody.Digest right) => left.Length == right.Length && (left.Sha256 is null || left.Sha256 == right.Sha256)
            ? null
            : $"body: recorded {left.Length} bytes, sent {right.Length} bytes with other content",
        (FixtureBody.Form left, FixtureBody.Form right) => OfForms(left, right),
        _ => $"body: recorded {Name(recorded)}, sent {Name(sent)}",
    };

    /// <summary>The first difference of two lists of parameters, in any order; null where they are the same.</summary>
    public static string? OfQueries(string recorded, string sent, string what)
    {
        var left = Parameters(recorded);
        var right = Parameters(sent);
        foreach (var (name, value) in left)
        {
            var at = right.FindIndex(other => other.Name == name && IsSame(value, other.Value));
            if (at >= 0)
                right.RemoveAt(at);
            else
                return right.Find(other => other.Name == name) is { Name: not null } other
                    ? $"{what} '{name}': recorded {Show(value)}, sent {Show(other.Value)}"
                    : $"{what} '{name}' is missing";
        }
        return right.Count == 0 ? null : $"{what} '{right[0].Name}' was not recorded";
    }

    /// <summary>Whether a text is what was recorded, of which parts may have been taken out.</summary>
    public static bool IsSame(string recorded, string sent)
    {
        if (!recorded.Contains(SecretText.Mark, StringComparison.Ordinal))
            return recorded == sent;
        var parts = recorded.Split(SecretText.Mark);
        if (!sent.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = sent.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }
        return sent.Length - at >= parts[^1].Length && sent.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    // What was taken out of a value of a sequence may have changed the spaces in it.
    private static bool AreSame(List<(string Text, JsonNode? Json)> recorded, List<(string Text, JsonNode? Json)> sent) =>
        recorded.Count == sent.Count && recorded.Zip(sent).All(pair => pair.First.Json is null || pair.Second.Json is null
            ? IsSame(pair.First.Text, pair.Second.Text)
            : Of(pair.First.Json, pair.Second.Json, "") is null);

    private static string? Of(JsonNode? recorded, JsonNode? sent, string path)
    {
        switch (recorded, sent)
        {
            case (JsonObject left, JsonObject right):
                foreach (var (name, value) in left)
                {
                    var place = $"{path}/{name}";
                    if (!right.TryGetPropertyValue(name, out var other))
                        return $"body at {place}: recorded {Show(value)}, sent nothing";
                    if (Of(value, other, place) is { } difference)
                        return difference;
                }
                return right.Select(member => member.Key).FirstOrDefault(name => !left.ContainsKey(name)) is { } extra
                    ? $"body at {path}/{extra}: recorded nothing, sent {Show(right[extra])}"
                    : null;
            case (JsonArray left, JsonArray right):
                for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
                {
                    if (Of(left[i], right[i], $"{path}/{i}") is { } difference)
                        return difference;
                }
                return left.Count == right.Count ? null : $"body at {path}: recorded {left.Count} items, sent {right.Count}";
            case (JsonValue left, JsonValue right) when left.GetValueKind() == JsonValueKind.String && right.GetValueKind() == JsonValueKind.String:
                return IsSame(left.GetValue<string>(), right.GetValue<string>()) ? null : Different(recorded, sent, path);
            case (JsonValue left, not null) when left.GetValueKind() == JsonValueKind.String && left.GetValue<string>() == SecretText.Mark:
                return null;
            default:
                return JsonNode.DeepEquals(recorded, sent) ? null : Different(recorded, sent, path);
        }
    }

    private static string? OfForms(FixtureBody.Form recorded, FixtureBody.Form sent)
    {
        for (var i = 0; i < Math.Min(recorded.Parts.Count, sent.Parts.Count); i++)
        {
            var (left, right) = (recorded.Parts[i], sent.Parts[i]);
            if (left.Name != right.Name || !IsSame(left.FileName ?? "", right.FileName ?? ""))
                return $"form: recorded '{left.Name}' as part {i + 1}, sent '{right.Name}'";
            if (left.Body is not FixtureBody.Text { Value: SecretText.Mark } && Of(left.Body, right.Body, isForm: false) is { } difference)
                return $"part '{left.Name}', {difference}";
        }
        return recorded.Parts.Count == sent.Parts.Count ? null : $"form: recorded {recorded.Parts.Count} parts, sent {sent.Parts.Count}";
    }

    private static string Different(JsonNode? recorded, JsonNode? sent, string path) =>
        $"body at {(path.Length == 0 ? "/" : path)}: recorded {Show(recorded)}, sent {Show(sent)}";

    private static List<(string Name, string Value)> Parameters(string query) => [.. query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=', 2))
        .Select(pair => (Decode(pair[0]), pair.Length == 1 ? "" : Decode(pair[1])))];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Name(FixtureBody body) => body switch
    {
        FixtureBody.Json => "JSON",
        FixtureBody.Text => "text",
        FixtureBody.Form => "a form",
        _ => "bytes",
    };

    private static string Show(JsonNode? json) => Cut(json is null ? "null" : json.ToJsonString());

    private static string Show(string text) => Cut(JsonValue.Create(text).ToJsonString());

    private static string Cut(string text) => text.Length <= MostShown ? text : new StringBuilder(text, 0, MostShown, MostShown + 1).Append('…').ToString();
}
