using System.Runtime.InteropServices;
using System.Text.Json;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Json;

namespace Zoetrope.Extensions.AI.Speech;

/// <summary>The text in the result of a model that transcribes, and when its parts begin and end.</summary>
/// <param name="Text">The text; null where the result has none.</param>
/// <param name="Start">When the first part begins; null where no part says it.</param>
/// <param name="End">When the last part ends; null where no part says it.</param>
internal sealed record Transcript(string? Text, TimeSpan? Start, TimeSpan? End)
{
    public static Transcript Of(RawJson result)
    {
        if (result.Kind == JsonValueKind.String)
            return new(JsonTexts.Of(result.Utf8), null, null);
        using var document = JsonDocument.Parse(result.Utf8Memory);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return new(null, null, null);
        var text = Find(root, JsonValueKind.String, "text", "transcription", "transcript", "output") is { } found
            ? JsonTexts.Of(JsonMarshal.GetRawUtf8Value(found))
            : null;
        var times = Find(root, JsonValueKind.Array, "chunks", "segments", "words", "utterances")?.EnumerateArray().Select(TimesOf).ToList() ?? [];
        return new(text, times.Select(static time => time.Start).FirstOrDefault(), times.Select(static time => time.End).LastOrDefault());
    }

    private static JsonElement? Find(JsonElement parent, JsonValueKind kind, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (MemberOf(parent, name) is { } member && member.ValueKind == kind)
                return member;
        }
        return null;
    }

    // By hand, because a name beside it that is not valid Unicode makes TryGetProperty throw.
    private static JsonElement? MemberOf(JsonElement parent, string name)
    {
        JsonElement? found = null;
        if (parent.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in parent.EnumerateObject())
        {
            if (JsonStrings.IsValidText(JsonMarshal.GetRawUtf8PropertyName(member)) && member.NameEquals(name))
                found = member.Value;
        }
        return found;
    }

    // A part has { "timestamp": [0, 2.5] } or { "start": 0, "end": 2.5 }, in seconds.
    private static (TimeSpan? Start, TimeSpan? End) TimesOf(JsonElement part)
    {
        if (Find(part, JsonValueKind.Array, "timestamp", "timestamps") is { } pair && pair.GetArrayLength() == 2)
            return (Seconds(pair[0]), Seconds(pair[1]));
        return (Seconds(Find(part, JsonValueKind.Number, "start")), Seconds(Find(part, JsonValueKind.Number, "end")));
    }

    private static TimeSpan? Seconds(JsonElement? number) =>
        number is { ValueKind: JsonValueKind.Number } given && given.TryGetDouble(out var seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
