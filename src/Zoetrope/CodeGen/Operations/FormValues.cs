using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Operations;

/// <summary>The names and texts of a value in a form, for each style.</summary>
internal static class FormValues
{
    /// <summary>Returns the names and unescaped texts of parts; null where the style cannot represent the value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Of<T, TCodec>(
        string name, T value, in ParameterValue parameter, ParameterStyle style, bool explode)
        where TCodec : struct, IJsonCodec<T>
    {
        if (style == ParameterStyle.DeepObject)
            return Deep<T, TCodec>(name, value, out _);
        if (parameter.Nested is not null || parameter.HasListMember)
            return null;
        var separator = style switch
        {
            ParameterStyle.SpaceDelimited => " ",
            ParameterStyle.PipeDelimited => "|",
            _ => ",",
        };
        if (parameter.Items is { } items)
            return explode ? items.ConvertAll(item => new KeyValuePair<string, string>(name, item)) : [new(name, string.Join(separator, items))];
        if (parameter.Members is { } members)
            return explode ? members : [new(name, string.Join(separator, members.SelectMany(static member => new[] { member.Key, member.Value })))];
        return parameter.Single is { } single ? [new(name, single)] : [];
    }

    /// <summary>
    /// Writes a name in brackets for each member and each item: <c>name[key]</c>, <c>name[0][key]</c>, as Stripe, PHP and Rails read them. Nulls are omitted.
    /// </summary>
    /// <param name="name">The name before the brackets.</param>
    /// <param name="value">The value.</param>
    /// <param name="isUnicode">Whether all its texts are valid Unicode.</param>
    public static List<KeyValuePair<string, string>> Deep<T, TCodec>(string name, T value, out bool isUnicode)
        where TCodec : struct, IJsonCodec<T>
    {
        isUnicode = true;
        var pairs = new List<KeyValuePair<string, string>>();
        if (value is null)
            return pairs;
        var reader = new Utf8JsonReader(JsonModel.ToUtf8<T, TCodec>(value), JsonModel.ReaderOptions);
        reader.Read();
        AddDeep(ref reader, name, pairs, ref isUnicode);
        return pairs;
    }

    private static void AddDeep(ref Utf8JsonReader reader, string name, List<KeyValuePair<string, string>> pairs, ref bool isUnicode)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.StartObject:
                while (JsonRead.NextProperty(ref reader, out var utf8))
                {
                    var key = Encoding.UTF8.GetString(utf8);
                    AddDeep(ref reader, $"{name}[{key}]", pairs, ref isUnicode);
                }
                return;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray;)
                {
                    if (reader.TokenType != JsonTokenType.Null)
                        AddDeep(ref reader, $"{name}[{i++}]", pairs, ref isUnicode);
                }
                return;
            case JsonTokenType.String:
                // An unpaired surrogate cannot be encoded as text; its JSON is the closest representation.
                var isText = JsonStrings.TryText(ref reader, out var text);
                isUnicode &= isText;
                pairs.Add(new(name, isText ? text! : Encoding.UTF8.GetString(reader.ValueSpan)));
                return;
            default:
                pairs.Add(new(name, Encoding.UTF8.GetString(reader.ValueSpan)));
                return;
        }
    }
}
