using System.Globalization;
using System.Text.Json;

namespace Zoetrope.Cli.Play;

/// <summary>The texts of an input.</summary>
internal static class InputTexts
{
    /// <summary>All texts, in their order, with the path of each.</summary>
    /// <exception cref="InvalidOperationException">A text or a name is not valid Unicode.</exception>
    public static IEnumerable<(string Path, string Text, JsonElement Value)> Of(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.String => [(path, value.GetString()!, value)],
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Of(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"))),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Of(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        _ => [],
    };
}
