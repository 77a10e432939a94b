using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// A list of a large response. Its items were checked, and each is made when it is first asked for: millions of them cost what finding them costs, and what a
/// caller never looks at is never made. It keeps the response's bytes in memory, as raw JSON does.
/// </summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <typeparam name="TCodec">The items' form.</typeparam>
internal sealed class LazyList<T, TCodec> : IReadOnlyList<T>
    where TCodec : struct, IJsonCodec<T>
{
    private readonly ReadOnlyMemory<byte> _source;
    private readonly List<int> _starts = [];
    private object?[]? _items;

    private LazyList(ReadOnlyMemory<byte> source) => _source = source;

    public int Count => _starts.Count;

    // Results are read by several threads at once, and all must get the same item: callers may change it.
    public T this[int index]
    {
        get
        {
            var start = _starts[index];
            var items = _items ?? Interlocked.CompareExchange(ref _items, new object?[Count], null) ?? _items;
            return (T)(items[index] ?? Interlocked.CompareExchange(ref items[index], Make(start), null) ?? items[index]!);
        }
    }

    /// <summary>Begins the list of the array that the reader stands on; false where items are to be made at once.</summary>
    public static bool TryBegin(ref Utf8JsonReader reader, [NotNullWhen(true)] out LazyList<T, TCodec>? list)
    {
        list = TCodec.CanWait && JsonSource.TryGet(ref reader, out var source) && source.Length > JsonSource.Small ? new(source) : null;
        return list is not null;
    }

    /// <summary>Adds the value that the reader stands on, and leaves the reader on its last token; false, and nothing, when it is of another form.</summary>
    public bool TryAdd(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        if (!TCodec.TryPass(ref reader))
            return false;
        _starts.Add(start);
        return true;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private object Make(int start)
    {
        var json = _source[start..];
        using var scope = JsonSource.Enter(json);
        var reader = new Utf8JsonReader(json.Span, JsonModel.ReaderOptions);
        return reader.Read() && TCodec.TryRead(ref reader, out var item) ? item! : throw new JsonException("The JSON has changed since it was read.");
    }
}
