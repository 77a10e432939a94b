using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen;

/// <summary>
/// Reads array members for generated readers. Items of another type are omitted from the list (<see cref="IPartialJson"/>), and the original array is kept in
/// the object's <see cref="ExtraProperties"/>, as <see cref="JsonRead"/> does with single values.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonReadLists
{
    /// <summary>Reads an array of objects.</summary>
    public static IReadOnlyList<T>? Objects<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : class, IJsonModel<T> => JsonContainers.List<T, ObjectCodec<T>>(ref reader, name, ref extras, nullable);

    /// <summary>Reads an array of files, each an object with a <c>url</c> or the bare URL.</summary>
    public static IReadOnlyList<T>? Files<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : class, IJsonModel<T> => JsonContainers.List<T, FileCodec<T>>(ref reader, name, ref extras, nullable);

    /// <summary>Reads an array of open enums over string.</summary>
    public static IReadOnlyList<T>? Enums<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T> => JsonContainers.List<T, EnumCodec<T>>(ref reader, name, ref extras, nullable);

    /// <summary>Reads an array of any JSON: raw JSON or unions.</summary>
    public static IReadOnlyList<T>? Values<T>(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false)
        where T : struct, IJsonModel<T> => JsonContainers.List<T, ValueCodec<T>>(ref reader, name, ref extras, nullable);

    /// <summary>Reads an array of strings.</summary>
    public static IReadOnlyList<string>? Strings(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false) =>
        JsonContainers.List<string, StringCodec>(ref reader, name, ref extras, nullable);

    /// <summary>Reads an array of booleans.</summary>
    public static IReadOnlyList<bool>? Booleans(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false) =>
        JsonContainers.List<bool, BooleanCodec>(ref reader, name, ref extras, nullable);

    /// <summary>Reads an array of whole numbers.</summary>
    public static IReadOnlyList<long>? Int64s(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false) =>
        JsonContainers.List<long, Int64Codec>(ref reader, name, ref extras, nullable);

    /// <summary>Reads an array of numbers.</summary>
    public static IReadOnlyList<double>? Doubles(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras, bool nullable = false) =>
        JsonContainers.List<double, DoubleCodec>(ref reader, name, ref extras, nullable);

    internal static bool NextItem(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("The JSON ends in the middle of an array.");
        return reader.TokenType != JsonTokenType.EndArray;
    }
}
