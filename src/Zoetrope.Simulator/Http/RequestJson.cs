using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Zoetrope.Simulator.Http;

/// <summary>
/// Reads JSON as the services' readers do: of repeated members the last one is used, and half a surrogate pair is not an error. <see cref="JsonNode"/> throws
/// at both, and only when somebody looks.
/// </summary>
internal static class RequestJson
{
    /// <exception cref="JsonException">The bytes are not JSON, or not UTF-8.</exception>
    public static JsonNode? Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            throw new JsonException("The text is not valid UTF-8.");
        using var document = JsonDocument.Parse(json);
        return Build(document.RootElement);
    }

    private static JsonNode? Build(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => BuildObject(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Build)]),
        JsonValueKind.String => JsonValue.Create(Text(element)),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element.Clone()),
    };

    private static JsonObject BuildObject(JsonElement element)
    {
        var members = new JsonObject();
        foreach (var member in element.EnumerateObject())
            members[Name(member)] = Build(member.Value);
        return members;
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            var text = member.ToString();
            return Unescape(text[..(text.Length - member.Value.GetRawText().Length)].TrimEnd().TrimEnd(':').TrimEnd());
        }
    }

    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(element.GetRawText());
        }
    }

    /// <summary>The text between quotes, with U+FFFD for invalid characters.</summary>
    private static string Unescape(string quoted)
    {
        var text = new StringBuilder();
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
                continue;
            }
            i++;
            if (quoted[i] == 'u')
            {
                text.Append((char)int.Parse(quoted.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
                text.Append(quoted[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }
        return string.Concat(text.ToString().EnumerateRunes());
    }
}
