using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Zoetrope.Json;

/// <summary>Reads and writes models as UTF-8 JSON.</summary>
public static class JsonModel
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static JsonWriter? _kept;

    /// <summary>
    /// The reader options: a greater depth than System.Text.Json's default of 64 levels, because a paid result must not be lost over its depth.
    /// </summary>
    internal static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 256 };

    /// <summary>Returns the model's JSON.</summary>
    public static byte[] ToUtf8<T>(T model)
        where T : IJsonModel<T>
    {
        var writer = RentWriter();
        model.Write(writer);
        return Finish(writer);
    }

    /// <summary>Returns the JSON of a value with a codec.</summary>
    internal static byte[] ToUtf8<T, TCodec>(T value)
        where TCodec : struct, IJsonCodec<T>
    {
        var writer = RentWriter();
        TCodec.Write(writer, value);
        return Finish(writer);
    }

    /// <summary>Writes the model's JSON into <paramref name="output"/>.</summary>
    public static void Write<T>(T model, IBufferWriter<byte> output)
        where T : IJsonModel<T>
    {
        var writer = RentWriter();
        model.Write(writer);
        output.Write(writer.Written.Span);
        Return(writer);
    }

    /// <summary>Reads a model from JSON that contains nothing else.</summary>
    /// <exception cref="JsonException">The JSON is malformed, or does not have the model's type.</exception>
    public static T FromUtf8<T>(ReadOnlySpan<byte> utf8)
        where T : IJsonModel<T>
    {
        // One copy of everything is cheaper than a copy of each value that the model does not declare.
        if (utf8.Length > JsonSource.Small)
            return FromMemory<T>(utf8.ToArray());
        return ReadOne<T>(utf8);
    }

    /// <summary>Reads a model from JSON that contains nothing else. Undeclared members are not copied: the bytes must not change.</summary>
    /// <exception cref="JsonException">The JSON is malformed, or does not have the model's type.</exception>
    internal static T FromMemory<T>(ReadOnlyMemory<byte> utf8)
        where T : IJsonModel<T>
    {
        using (JsonSource.Enter(utf8))
            return ReadOne<T>(utf8.Span);
    }

    private static T ReadOne<T>(ReadOnlySpan<byte> utf8)
        where T : IJsonModel<T>
    {
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        if (!reader.Read())
            throw new JsonException("The JSON is empty; a value is expected.");
        var model = T.Read(ref reader);
        if (reader.Read())
            throw new JsonException("The JSON contains more than one value.");
        return model;
    }

    /// <summary>
    /// The contract by which System.Text.Json reads and writes a model with the model's own code, for <c>JsonContent</c>, <c>Results.Json</c> and the like.
    /// Only what JSON requires is escaped, so that its JSON must be encoded where it becomes part of HTML.
    /// A trimmed app that does not call this does not contain it.
    /// </summary>
    public static JsonTypeInfo<T> TypeInfo<T>()
        where T : IJsonModel<T> => JsonModelResolver<T>.TypeInfo;

    /// <summary>The resolver for <see cref="JsonSerializerOptions.TypeInfoResolverChain"/>, by which minimal APIs bind a model.</summary>
    public static IJsonTypeInfoResolver Resolver<T>()
        where T : IJsonModel<T> => new JsonModelResolver<T>();

    /// <summary>Returns a string as JSON.</summary>
    internal static byte[] QuoteUtf8(string value)
    {
        var writer = RentWriter();
        writer.WriteStringValue(value);
        return Finish(writer);
    }

    // A model that is written during another write uses a separate writer.
    private static JsonWriter RentWriter()
    {
        var writer = _kept ?? new JsonWriter(512);
        _kept = null;
        return writer;
    }

    private static byte[] Finish(JsonWriter writer)
    {
        var json = writer.ToArray();
        Return(writer);
        return json;
    }

    // A write that fails leaves its writer to the garbage collector.
    private static void Return(JsonWriter writer)
    {
        if (writer.Capacity > LargestKept)
            return;
        writer.Clear();
        _kept = writer;
    }
}
