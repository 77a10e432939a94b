using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// A list in a large response. Its items were validated, and each is created on first access: millions of items cost no more than finding them, and items that
/// are never accessed are never created. The list keeps the response's bytes in memory, as raw JSON does.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TCodec">The codec of the items.</typeparam>
internal sealed class LazyList<T, TCodec> : IReadOnlyList<T>
    where TCodec : struct, IJsonCodec<T>
{
    private readonly ReadOnlyMemory<byte> _source;
    private readonly List<int> _starts = [];
    private object?[]? _items;

    private LazyList(ReadOnlyMemory<byte> source) => _source = source;

    public int Count => _starts.Count;

    // Several threads may read a result concurrently, and all must get the same item: callers may change it.
    public T this[int index]
    {
        get
        {
            var start = _starts[index];
            var items = _items ?? Interlocked.CompareExchange(ref _items, new object?[Count], null) ?? _items;
            return (T)(items[index] ?? Interlocked.CompareExchange(ref items[index], Make(start), null) ?? items[index]!);
        }
    }

    /// <summary>Begins the list of the array at the reader's position; false if its items are to be created at once.</summary>
    public static bool TryBegin(ref Utf8JsonReader reader, [NotNullWhen(true)] out LazyList<T, TCodec>? list)
    {
        list = null;
        if (!TCodec.CanWait || !JsonSource.TryGet(ref reader, out var source) || source.Length <= JsonSource.Small)
            return false;
        JsonSource.IsShared = true;
        list = new(source);
        return true;
    }

    /// <summary>Adds the value at the reader's position, and leaves the reader on its last token; false, without adding, if it has another type.</summary>
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
        return reader.Read() && TCodec.TryRead(ref reader, out var item)
            ? item!
            : throw new JsonException("The bytes of the JSON were changed after it was read.");
    }
}
