using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>An array whose items are all of one form.</summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <typeparam name="TForm">The items' form.</typeparam>
public readonly struct ListForm<T, TForm> : IJsonForm<IReadOnlyList<T>>
    where TForm : struct, IJsonForm<T>
{
    /// <inheritdoc/>
    public static string Plural => "arrays of " + TForm.Plural;

    /// <inheritdoc/>
    public static bool HoldsDoubles => TForm.HoldsDoubles;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        var list = new List<T>();
        while (JsonReadLists.NextItem(ref reader))
        {
            if (!TForm.TryRead(ref reader, out var item))
                return false;
            list.Add(item);
        }
        value = list;
        return true;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<T> value)
    {
        writer.WriteStartArray();
        for (var i = 0; i < value.Count; i++)
            TForm.Write(writer, value[i]);
        writer.WriteEndArray();
    }
}

/// <summary>
/// An object whose members are not named by the document and are all of one form. What is read keeps the order of the JSON. An object that has a name
/// twice is of another form, because a dictionary would lose one of the two.
/// </summary>
/// <typeparam name="T">The members' type.</typeparam>
/// <typeparam name="TForm">The members' form.</typeparam>
public readonly struct MapForm<T, TForm> : IJsonForm<IReadOnlyDictionary<string, T>>
    where TForm : struct, IJsonForm<T>
{
    /// <inheritdoc/>
    public static string Plural => "maps of " + TForm.Plural;

    /// <inheritdoc/>
    public static bool HoldsDoubles => TForm.HoldsDoubles;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var map = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            var text = System.Text.Encoding.UTF8.GetString(name);
            if (!TForm.TryRead(ref reader, out var item) || !map.TryAdd(text, item))
                return false;
        }
        value = map;
        return true;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value)
    {
        writer.WriteStartObject();
        foreach (var member in value)
        {
            writer.WritePropertyName(member.Key);
            TForm.Write(writer, member.Value);
        }
        writer.WriteEndObject();
    }
}
