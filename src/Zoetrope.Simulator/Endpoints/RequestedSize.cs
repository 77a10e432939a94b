using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>The size of pictures that a request asks for: by width and height, by a size, by one of fal's presets, or by aspect ratio and resolution.</summary>
internal static partial class RequestedSize
{
    private static readonly string[] Sizes = ["image_size", "size", "video_size", "resolution", "output_size"];

    // The presets that fal documents.
    private static readonly Dictionary<string, (int, int)> Presets = new(StringComparer.Ordinal)
    {
        ["square_hd"] = (1024, 1024),
        ["square"] = (512, 512),
        ["portrait_4_3"] = (768, 1024),
        ["portrait_16_9"] = (576, 1024),
        ["landscape_4_3"] = (1024, 768),
        ["landscape_16_9"] = (1024, 576),
    };

    /// <summary>The size in pixels, of at most 4096 a side.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isVideo">Whether the picture moves; what is not asked for is 1280 by 720 then, and 1024 by 1024 otherwise.</param>
    public static (int Width, int Height) Of(SampleRequest request, bool isVideo)
    {
        var (width, height) = Exact(request.Given)
            ?? (IsProportion(request.Given) ? Proportional(request, isVideo) : default((int, int)?))
            ?? Exact(request.Get)
            ?? Proportional(request, isVideo);
        return (Math.Clamp(width, 1, MediaKind.LongestSide), Math.Clamp(height, 1, MediaKind.LongestSide));
    }

    private static (int, int)? Exact(Func<string, JsonNode?> get)
    {
        if (Pixels(get("width")) is { } width && Pixels(get("height")) is { } height)
            return (width, height);
        foreach (var value in Sizes.Select(get))
        {
            if (value is JsonObject members && Pixels(members["width"]) is { } wide && Pixels(members["height"]) is { } high)
                return (wide, high);
            if (LooseJson.Text(value) is not { } text)
                continue;
            if (Presets.TryGetValue(text, out var preset))
                return preset;
            if (Product().Match(text) is { Success: true } match)
                return (Part(match, 1), Part(match, 2));
        }
        return null;
    }

    private static bool IsProportion(Func<string, JsonNode?> get) => get("aspect_ratio") is not null || get("resolution") is not null;

    private static (int, int) Proportional(SampleRequest request, bool isVideo)
    {
        var ratio = Ratio().Match(LooseJson.Text(request.Get("aspect_ratio")) ?? "") is { Success: true } match && Part(match, 2) > 0
            ? (double)Part(match, 1) / Part(match, 2)
            : isVideo ? 16d / 9 : 1;
        var resolution = Resolution().Match(LooseJson.Text(request.Get("resolution")) ?? "");
        var isLines = isVideo || (resolution.Success && resolution.Groups[2].Value is "p" or "P");
        if (isLines)
        {
            var lines = !resolution.Success ? 720 : resolution.Groups[2].Value is "k" or "K" ? 540 * Part(resolution, 1) : Part(resolution, 1);
            return ratio >= 1 ? (Even(lines * ratio), lines) : (lines, Even(lines / ratio));
        }
        // Without a number of lines it is an area: that of a square of so many times 1024.
        var side = 1024d * (resolution.Success ? Part(resolution, 1) : 1);
        return (Even(side * Math.Sqrt(ratio)), Even(side / Math.Sqrt(ratio)));
    }

    private static int Even(double size) => 2 * (int)Math.Round(Math.Min(size, MediaKind.LongestSide) / 2);

    private static int? Pixels(JsonNode? value) => LooseJson.Number(value) is > 0 and <= int.MaxValue and var pixels ? (int)pixels : null;

    private static int Part(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{1,5})\s*[x*×]\s*(\d{1,5})$")]
    private static partial Regex Product();

    [GeneratedRegex(@"^(\d{1,5}):(\d{1,5})$")]
    private static partial Regex Ratio();

    [GeneratedRegex(@"^(\d{1,4})([pPkK])$")]
    private static partial Regex Resolution();
}
