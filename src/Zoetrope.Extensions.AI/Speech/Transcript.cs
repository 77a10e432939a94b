using System.Text.Json;
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
        if (result.AsString() is { } plain)
            return new(plain, null, null);
        using var document = JsonDocument.Parse(result.Utf8Memory);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return new(null, null, null);
        var text = Find(root, JsonValueKind.String, "text", "transcription", "transcript", "output")?.GetString();
        var times = Find(root, JsonValueKind.Array, "chunks", "segments", "words", "utterances")?.EnumerateArray().Select(TimesOf).ToList() ?? [];
        return new(text, times.Select(static time => time.Start).FirstOrDefault(), times.Select(static time => time.End).LastOrDefault());
    }

    private static JsonElement? Find(JsonElement parent, JsonValueKind kind, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind)
                return member;
        }
        return null;
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
