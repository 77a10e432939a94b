using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>An item of a list or map that may be null, where the item's C# type is a class.</summary>
/// <typeparam name="T">The type of the others.</typeparam>
/// <typeparam name="TForm">The form of the others.</typeparam>
public readonly struct NullableForm<T, TForm> : IJsonForm<T?>
    where T : class
    where TForm : struct, IJsonForm<T>
{
    /// <inheritdoc/>
    public static string Plural => TForm.Plural + " or null";

    /// <inheritdoc/>
    public static bool HoldsDoubles => TForm.HoldsDoubles;

    /// <inheritdoc/>
    public static bool IsContainer => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out T? value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.Null || TForm.TryRead(ref reader, out value);
    }

    /// <inheritdoc/>
    public static bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, out T? value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.Null || JsonRead.TryItem<T, TForm>(ref reader, ref notes, out value);
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            TForm.Write(writer, value);
    }
}

/// <summary>An item of a list or map that may be null, where the item's C# type is a struct.</summary>
/// <typeparam name="T">The type of the others.</typeparam>
/// <typeparam name="TForm">The form of the others.</typeparam>
public readonly struct NullableValueForm<T, TForm> : IJsonForm<T?>
    where T : struct
    where TForm : struct, IJsonForm<T>
{
    /// <inheritdoc/>
    public static string Plural => TForm.Plural + " or null";

    /// <inheritdoc/>
    public static bool HoldsDoubles => TForm.HoldsDoubles;

    /// <inheritdoc/>
    public static bool IsContainer => true;

    /// <inheritdoc/>
    public static bool TryRead(ref Utf8JsonReader reader, out T? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        var isRead = TForm.TryRead(ref reader, out var given);
        value = given;
        return isRead;
    }

    /// <inheritdoc/>
    public static bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, out T? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        var isRead = JsonRead.TryItem<T, TForm>(ref reader, ref notes, out var given);
        value = given;
        return isRead;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is { } given)
            TForm.Write(writer, given);
        else
            writer.WriteNullValue();
    }
}
