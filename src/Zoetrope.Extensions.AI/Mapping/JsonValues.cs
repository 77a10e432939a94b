using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>Converts values of additional properties and arguments to JSON, without reflection.</summary>
internal static class JsonValues
{
    /// <summary>Converts a value.</summary>
    /// <exception cref="ArgumentException">There is no conversion of its type.</exception>
    public static RawJson From(object? value, string name, ModelFiles files) => value switch
    {
        null => RawJson.Null,
        RawJson json => json,
        string text => text,
        bool flag => flag,
        JsonElement element => element.ValueKind == JsonValueKind.Undefined ? RawJson.Null : RawJson.Parse(element.GetRawText()),
        JsonNode node => RawJson.Parse(node.ToJsonString()),
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        // The digits that the value has in its own type.
        ulong or Int128 or UInt128 or decimal or float or double => Number((IFormattable)value, name),
        Uri uri => uri.OriginalString,
        UploadFile file => files.Add(file),
        AIContent content => files.Add(content, name),
        IEnumerable<KeyValuePair<string, object?>> members => Object(members, name, files),
        System.Collections.IEnumerable items => Array(items, name, files),
        _ => throw new ArgumentException(
            $"The value of '{name}' is a {value.GetType()}, which is not converted to JSON. Give it as {nameof(RawJson)}, text or number."),
    };

    /// <summary>An array of texts.</summary>
    public static RawJson Array(IEnumerable<string> texts)
    {
        var writer = new JsonWriter();
        writer.WriteStartArray();
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
        return RawJson.Parse(writer.Written.Span);
    }

    /// <summary>An array of objects with one member each.</summary>
    public static RawJson ArrayOfObjects(string name, IEnumerable<string> texts)
    {
        var writer = new JsonWriter();
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStartObject();
            writer.WriteString(name, text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        return RawJson.Parse(writer.Written.Span);
    }

    /// <summary>An object.</summary>
    public static RawJson Object(IEnumerable<KeyValuePair<string, RawJson>> members)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.Utf8);
        }
        writer.WriteEndObject();
        return RawJson.Parse(writer.Written.Span);
    }

    /// <summary>The members of an object.</summary>
    /// <exception cref="ArgumentException">It is not an object.</exception>
    public static IEnumerable<KeyValuePair<string, RawJson>> Members(RawJson json)
    {
        if (json.Kind != JsonValueKind.Object)
            throw new ArgumentException("The raw representation of a request must be a JSON object.");
        var members = new List<KeyValuePair<string, RawJson>>();
        var reader = json.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            members.Add(new(name, RawJson.Read(ref reader)));
        }
        return members;
    }

    private static RawJson Number(IFormattable value, string name)
    {
        if (value is double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity)
            throw new ArgumentException($"The value of '{name}' is {value}, which JSON does not have.");
        return RawJson.Parse(value.ToString(value is double or float ? "R" : null, CultureInfo.InvariantCulture));
    }

    private static RawJson Object(IEnumerable<KeyValuePair<string, object?>> members, string name, ModelFiles files) =>
        Object(members.Select(member => KeyValuePair.Create(member.Key, From(member.Value, $"{name}.{member.Key}", files))));

    private static RawJson Array(System.Collections.IEnumerable items, string name, ModelFiles files)
    {
        var writer = new JsonWriter();
        writer.WriteStartArray();
        foreach (var item in items)
            writer.WriteRawValue(From(item, name, files).Utf8);
        writer.WriteEndArray();
        return RawJson.Parse(writer.Written.Span);
    }
}
