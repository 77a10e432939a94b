using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Operations;

/// <summary>
/// The texts of a parameter: one text, several, or members with their texts. They are taken from the value's JSON, so that one mechanism serves
/// numbers, enums, lists and objects. A null, also within a list or an object, is omitted.
/// </summary>
internal readonly struct ParameterValue
{
    /// <summary>What <see cref="Nested"/> says of a text that cannot be decoded, wherever it is in the value.</summary>
    public const string BadText = "text that is not valid Unicode";

    /// <summary>The text of a single value.</summary>
    public string? Single { get; private init; }

    /// <summary>The texts of a list, which is not empty.</summary>
    public List<string>? Items { get; private init; }

    /// <summary>The members of an object, which is not empty. A list in it becomes several members of one name.</summary>
    public List<KeyValuePair<string, string>>? Members { get; private init; }

    /// <summary>Whether a member is a list.</summary>
    public bool HasListMember { get; private init; }

    /// <summary>A description of a nested value that no style can represent; null when there is none.</summary>
    public string? Nested { get; private init; }

    /// <summary>Whether there is nothing to write: null, an empty list or an empty object.</summary>
    public bool IsNothing => Single is null && Items is null && Members is null && Nested is null;

    /// <summary>A single text.</summary>
    public static ParameterValue OfText(string text) => new() { Single = text };

    /// <summary>Creates the parts of a value.</summary>
    public static ParameterValue Of<T, TCodec>(T value)
        where TCodec : struct, IJsonCodec<T>
    {
        if (value is null)
            return default;
        // Most parameters are strings and whole numbers, which do not need JSON.
        if (typeof(TCodec) == typeof(StringCodec))
            return new() { Single = (string)(object)value };
        if (typeof(TCodec) == typeof(Int64Codec))
            return new() { Single = ((long)(object)value).ToString(CultureInfo.InvariantCulture) };
        var reader = new Utf8JsonReader(JsonModel.ToUtf8<T, TCodec>(value), JsonModel.ReaderOptions);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => OfList(ref reader),
            JsonTokenType.StartObject => OfObject(ref reader),
            JsonTokenType.Null => default,
            _ => OfSingle(ref reader),
        };
    }

    private static ParameterValue OfSingle(ref Utf8JsonReader reader) =>
        TryText(ref reader, out var text) ? new() { Single = text } : new() { Nested = BadText };

    private static ParameterValue OfList(ref Utf8JsonReader reader)
    {
        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (!TryText(ref reader, out var text))
                return new() { Nested = NestedIn(reader.TokenType, $"a list with {JsonRead.Describe(reader.TokenType)} in it") };
            items.Add(text);
        }
        return new() { Items = items.Count > 0 ? items : null };
    }

    private static ParameterValue OfObject(ref Utf8JsonReader reader)
    {
        var members = new List<KeyValuePair<string, string>>();
        var hasList = false;
        while (JsonRead.NextProperty(ref reader, out var utf8))
        {
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            var name = Encoding.UTF8.GetString(utf8);
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                var list = OfList(ref reader);
                if (list.Nested is not null)
                    return new() { Nested = list.Nested == BadText ? BadText : $"an object whose member '{name}' is {list.Nested}" };
                foreach (var item in list.Items ?? [])
                    members.Add(new(name, item));
                hasList = true;
            }
            else if (TryText(ref reader, out var text))
            {
                members.Add(new(name, text));
            }
            else
            {
                return new() { Nested = NestedIn(reader.TokenType, $"an object whose member '{name}' is {JsonRead.Describe(reader.TokenType)}") };
            }
        }
        return new() { Members = members.Count > 0 ? members : null, HasListMember = hasList };
    }

    // A string is not nested: only its text can be wrong.
    private static string NestedIn(JsonTokenType token, string nested) => token == JsonTokenType.String ? BadText : nested;

    private static bool TryText(ref Utf8JsonReader reader, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = null;
        if (reader.TokenType == JsonTokenType.String)
            return JsonStrings.TryText(ref reader, out text);
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            text = Encoding.UTF8.GetString(reader.ValueSpan);
        return text is not null;
    }
}
