using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Zoetrope.Simulator.Http;

/// <summary>Reads text that is usually, but not always, JSON, and values that are usually, but not always, of the kind that is expected.</summary>
internal static partial class LooseJson
{
    /// <summary>The JSON value; text that is not JSON becomes a string.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return RequestJson.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>A text; null for any other value.</summary>
    public static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A value as text: a text as it is, any other value as JSON; null for none.</summary>
    public static string? TextOf(JsonNode? value) => Text(value) ?? value?.ToJsonString();

    /// <summary>A number, also one that is written as a text, such as <c>"5"</c> and <c>"5s"</c>; null for any other value.</summary>
    public static decimal? Number(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        JsonValueKind.String when NumberText().Match(value.GetValue<string>()) is { Success: true } match =>
            decimal.Parse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Whether a value is the address of something on the web.</summary>
    public static bool IsUrl(JsonNode? value) => Text(value)?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true;

    [GeneratedRegex(@"^\s*(\d{1,9}(?:\.\d{1,9})?)\s*(?:s|sec|seconds)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberText();
}
