using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Zoetrope.Text;

namespace Zoetrope.Json;

/// <summary>Reads and writes models as UTF-8 JSON.</summary>
public static class JsonModel
{
    // Media prompts often contain quotes and non-ASCII text; the strict encoder, designed for JSON within HTML, would inflate them.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>
    /// The reader options: a greater depth than System.Text.Json's default of 64 levels, because a paid result must not be lost over its depth.
    /// </summary>
    internal static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 256 };

    /// <summary>Returns the model's JSON.</summary>
    public static byte[] ToUtf8<T>(T model)
        where T : IJsonModel<T>
    {
        var scratch = Scratch.Rent();
        try
        {
            model.Write(scratch.Writer);
            scratch.Writer.Flush();
            return scratch.Buffer.WrittenSpan.ToArray();
        }
        finally
        {
            scratch.Return();
        }
    }

    /// <summary>Returns the JSON of a value with a codec.</summary>
    internal static byte[] ToUtf8<T, TCodec>(T value)
        where TCodec : struct, IJsonCodec<T>
    {
        var scratch = Scratch.Rent();
        try
        {
            TCodec.Write(scratch.Writer, value);
            scratch.Writer.Flush();
            return scratch.Buffer.WrittenSpan.ToArray();
        }
        finally
        {
            scratch.Return();
        }
    }

    /// <summary>Writes the model's JSON into <paramref name="output"/>.</summary>
    public static void Write<T>(T model, IBufferWriter<byte> output)
        where T : IJsonModel<T>
    {
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        model.Write(writer);
        writer.Flush();
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
    /// A trimmed app that does not call this does not contain it.
    /// </summary>
    public static JsonTypeInfo<T> TypeInfo<T>()
        where T : IJsonModel<T> => JsonModelResolver<T>.TypeInfo;

    /// <summary>The resolver for <see cref="JsonSerializerOptions.TypeInfoResolverChain"/>, by which minimal APIs bind a model.</summary>
    public static IJsonTypeInfoResolver Resolver<T>()
        where T : IJsonModel<T> => new JsonModelResolver<T>();

    internal static byte[] QuoteUtf8(string value)
    {
        // The writer would replace unpaired surrogates; raw JSON can contain them.
        if (Surrogates.IndexOfLone(value) >= 0)
            return Encoding.UTF8.GetBytes(Escaped(value));
        var scratch = Scratch.Rent();
        try
        {
            scratch.Writer.WriteStringValue(value);
            scratch.Writer.Flush();
            return scratch.Buffer.WrittenSpan.ToArray();
        }
        finally
        {
            scratch.Return();
        }
    }

    private static string Escaped(string value)
    {
        var json = new StringBuilder("\"");
        for (var rest = value.AsSpan(); ;)
        {
            var lone = Surrogates.IndexOfLone(rest);
            json.Append(JsonEncodedText.Encode(lone < 0 ? rest : rest[..lone], WriterOptions.Encoder));
            if (lone < 0)
                return json.Append('"').ToString();
            json.Append(CultureInfo.InvariantCulture, $"\\u{(int)rest[lone]:x4}");
            rest = rest[(lone + 1)..];
        }
    }

    /// <summary>A writer and its buffer, reused on the same thread.</summary>
    private sealed class Scratch
    {
        private const int LargestKept = 64 * 1024;

        [ThreadStatic]
        private static Scratch? _kept;

        private Scratch()
        {
            Buffer = new ArrayBufferWriter<byte>(512);
            Writer = new Utf8JsonWriter(Buffer, WriterOptions);
        }

        public ArrayBufferWriter<byte> Buffer { get; }

        public Utf8JsonWriter Writer { get; }

        public static Scratch Rent()
        {
            // A model that is written during another write uses a separate instance.
            var scratch = _kept ?? new Scratch();
            _kept = null;
            return scratch;
        }

        public void Return()
        {
            if (Buffer.Capacity > LargestKept)
                return;
            Buffer.ResetWrittenCount();
            Writer.Reset();
            _kept = this;
        }
    }
}
