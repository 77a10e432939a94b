using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>The codec of nullable items of a list or map, where the item's C# type is a class.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TCodec">The codec of the items that are not null.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NullableCodec<T, TCodec> : IJsonCodec<T?>
    where T : class
    where TCodec : struct, IJsonCodec<T>
{
    /// <inheritdoc/>
    public static string Plural => TCodec.Plural + " or null";

    /// <inheritdoc/>
    public static bool HoldsDoubles => TCodec.HoldsDoubles;

    /// <inheritdoc/>
    public static bool IsContainer => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out T? value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.Null || TCodec.TryRead(ref reader, out value);
    }

    /// <inheritdoc/>
    public static bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, out T? value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.Null || JsonRead.TryItem<T, TCodec>(ref reader, ref notes, out value);
    }

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, T? value)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            TCodec.Write(writer, value);
    }
}

/// <summary>The codec of nullable items of a list or map, where the item's C# type is a struct.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TCodec">The codec of the items that are not null.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NullableValueCodec<T, TCodec> : IJsonCodec<T?>
    where T : struct
    where TCodec : struct, IJsonCodec<T>
{
    /// <inheritdoc/>
    public static string Plural => TCodec.Plural + " or null";

    /// <inheritdoc/>
    public static bool HoldsDoubles => TCodec.HoldsDoubles;

    /// <inheritdoc/>
    public static bool IsContainer => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out T? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        var isRead = TCodec.TryRead(ref reader, out var given);
        value = given;
        return isRead;
    }

    /// <inheritdoc/>
    public static bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, out T? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        var isRead = JsonRead.TryItem<T, TCodec>(ref reader, ref notes, out var given);
        value = given;
        return isRead;
    }

    /// <inheritdoc/>
    public static void Write(JsonWriter writer, T? value)
    {
        if (value is { } given)
            TCodec.Write(writer, given);
        else
            writer.WriteNullValue();
    }
}
