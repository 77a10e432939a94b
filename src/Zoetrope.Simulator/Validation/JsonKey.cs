using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Validation;

/// <summary>
/// A text that is the same for equal JSON values and for no others: 1 and 1.0 are equal, 1 and "1" are not, and the order of members does not count.
/// NJsonSchema compares the results of <c>ToString()</c>.
/// </summary>
internal static class JsonKey
{
    public static string Of(JsonNode? value)
    {
        var key = new StringBuilder();
        Write(value, key);
        return key.ToString();
    }

    private static void Write(JsonNode? value, StringBuilder key)
    {
        switch (value)
        {
            case JsonObject members:
                key.Append('{');
                foreach (var (name, member) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    WriteText(name, key);
                    Write(member, key);
                }
                key.Append('}');
                break;
            case JsonArray items:
                key.Append('[');
                foreach (var item in items)
                    Write(item, key);
                key.Append(']');
                break;
            case { } text when text.GetValueKind() == JsonValueKind.String:
                WriteText(text.GetValue<string>(), key);
                break;
            case { } number when number.GetValueKind() == JsonValueKind.Number:
                key.Append('#').Append(ExactNumber.Parse(number.ToJsonString()).Key).Append(';');
                break;
            default:
                key.Append(value?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void WriteText(string text, StringBuilder key) =>
        key.Append('"').Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
}
