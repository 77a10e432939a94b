using Zoetrope.Formats;
using Zoetrope.Jobs;
using Zoetrope.Media;

namespace Zoetrope.Extensions.OpenTelemetry.Spans;

/// <summary>The attributes of a result: what it is and what it cost, and never its content or an address.</summary>
internal static class ResultFacts
{
    // What is longer is a file in text form, and would be read once more for its type alone.
    private const int LongestRead = 256 * 1024;

    public static List<KeyValuePair<string, object?>> Of(JobOutput output)
    {
        var facts = new List<KeyValuePair<string, object?>>(8);
        AddCost(facts, output.Metrics);
        if (output.Content is { } content)
            Add(facts, "gen_ai.output.type", KindOf(content.MediaType));
        else if (output.Value.Utf8.Length <= LongestRead)
            AddFiles(facts, MediaFinder.Find(output.Value));
        return facts;
    }

    private static void AddCost(List<KeyValuePair<string, object?>> facts, JobMetrics metrics)
    {
        Add(facts, "zoetrope.job.inference_time", metrics.InferenceTime?.TotalSeconds);
        if (metrics.Billed is not { } billed)
            return;
        Add(facts, "zoetrope.job.billed", (double)billed.Value);
        Add(facts, "zoetrope.unit", billed.Unit);
    }

    private static void AddFiles(List<KeyValuePair<string, object?>> facts, IReadOnlyList<MediaFile> files)
    {
        Add(facts, "zoetrope.output.files", files.Count);
        if (files.Count == 0)
            return;
        var first = files[0];
        Add(facts, "gen_ai.output.type", KindOf(first.ContentType ?? TypeOf(first.Url)));
        Add(facts, "zoetrope.output.width", Number(first, "width"));
        Add(facts, "zoetrope.output.height", Number(first, "height"));
        Add(facts, "zoetrope.output.duration", Number(first, "duration"));
    }

    // The convention knows text, json, image and speech. Whether sound is speech is not known here, so that it is called what it is.
    private static string? KindOf(string? mediaType) => mediaType?.Split('/')[0].Trim().ToLowerInvariant() switch
    {
        "image" => "image",
        "video" => "video",
        "audio" => "audio",
        "text" => "text",
        _ => null,
    };

    private static string? TypeOf(string url)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return url[5..Math.Min(url.Length, 5 + 64)];
        return Uri.TryCreate(url, UriKind.Absolute, out var address) ? MediaTypes.OfName(address.AbsolutePath) : null;
    }

    private static double? Number(MediaFile file, string name) =>
        file.ExtraProperties.TryGetValue(name, out var value) && double.TryParse(
            value.Utf8, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static void Add(List<KeyValuePair<string, object?>> facts, string name, object? value)
    {
        if (value is not null)
            facts.Add(new(name, value));
    }
}
