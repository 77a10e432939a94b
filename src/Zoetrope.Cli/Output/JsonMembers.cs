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

    /// <summary>Writes a number; nothing where it is null.</summary>
    public static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
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
