using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Routing;

/// <summary>Values of a neutral input as text.</summary>
internal static class MappingText
{
    /// <summary>A text itself, a number in its shortest digits, or a boolean; null for anything else.</summary>
    public static string? Of(RawJson value) => value.Kind switch
    {
        JsonValueKind.String => value.AsString(),
        JsonValueKind.Number => Number(Encoding.UTF8.GetString(value.Utf8)),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>Whether a value is meant; numbers are compared as such, however they are spelled.</summary>
    public static bool AreEqual(RawJson value, string text, string other) => text == other || (value.Kind == JsonValueKind.Number && text == Number(other));

    private static string Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number.ToString("G29", CultureInfo.InvariantCulture)
        : text;
}
