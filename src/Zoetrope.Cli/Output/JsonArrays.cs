using System.Text.Json;

namespace Zoetrope.Cli.Output;

/// <summary>Writes arrays of JSON.</summary>
internal static class JsonArrays
{
    /// <summary>Writes a member that is an array of texts.</summary>
    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
