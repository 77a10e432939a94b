using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Endpoints;

/// <summary>The parameters that say how much a job makes, by the names and types that providers give them.</summary>
internal sealed class PriceQuantities(BoundObject request)
{
    private static readonly string[] _seconds = ["duration", "duration_seconds", "seconds", "video_duration", "duration_in_seconds"];

    private static readonly string[] _counts =
    [
        "num_images", "num_videos", "num_outputs", "num_samples", "num_generations", "number_of_images", "number_of_videos", "number_of_outputs", "batch_size",
        "n",
    ];

    // Numbers of things that are not results.
    private static readonly string[] _others = ["step", "frame", "token", "layer", "beam", "thread", "char", "word", "retr", "attempt", "input", "reference"];

    /// <summary>The parameter with the seconds of the result; null where there is none.</summary>
    public string? Seconds => Find(_seconds, isText: true);

    /// <summary>The parameter with the number of results; null where there is none.</summary>
    public string? Count => Find(_counts, isText: false);

    /// <summary>The other parameters that may say how many results there are, by their names.</summary>
    public IEnumerable<string> MoreCounts => request.Properties
        .Where(property => property.Type.Kind is TypeKind.Integer or TypeKind.WideInteger && property.JsonName != Count && IsCount(property.JsonName))
        .Select(property => property.JsonName);

    private static bool IsCount(string name) =>
        (_counts.Contains(name) || name == "max_images" || name.StartsWith("num_", StringComparison.Ordinal)
            || name.StartsWith("number_of_", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal))
        && !Array.Exists(_others, word => Has(name, word));

    private string? Find(string[] names, bool isText)
    {
        foreach (var name in names)
        {
            if (request.Find(name) is { } property && IsQuantity(property, isText))
                return name;
        }
        return null;
    }

    // Durations are texts at many providers; one in another unit says so in its description.
    private static bool IsQuantity(BoundProperty property, bool isText) =>
        (property.Type.Kind is TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number
            || (isText && property.Type.Kind is TypeKind.Enum or TypeKind.String))
        && (property.Description is not { } text
            || !(Has(text, "millisecond") || Has(text, "minute") || Has(text, "frames") || Has(text, "input video") || Has(text, "original video")));

    private static bool Has(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
