using System.Text.Json;

namespace Zoetrope.Cli.Output;

/// <summary>Members of JSON objects that are there only with a value.</summary>
internal static class JsonMembers
{
    /// <summary>Writes a text; nothing where it is null.</summary>
    public static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    /// <summary>Writes a value that is JSON already; nothing where it is null.</summary>
    public static void WriteJson(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is null)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json);
    }
}
