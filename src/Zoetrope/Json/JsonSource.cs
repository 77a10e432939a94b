using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// The bytes that models are read from on this thread. A reader shows only spans; with these, raw JSON is cut out of the response instead of being copied,
/// so that reading costs the same however much of a response its model does not know. What is cut out keeps the response's bytes in memory, as <see
/// cref="JsonElement"/> does.
/// </summary>
internal static class JsonSource
{
    /// <summary>Of texts up to this size, in bytes, copying what a model does not know costs less than sharing it.</summary>
    public const int Small = 4096;

    private const int LookaheadFactor = 16;
    private const int LeastLookahead = 1024 * 1024;

    [ThreadStatic]
    private static ReadOnlyMemory<byte> _current;

    [ThreadStatic]
    private static long _lookaheadLeft;

    [ThreadStatic]
    private static WeakReference<byte[]>? _announced;

    [ThreadStatic]
    private static int _announcedFrom;

    [ThreadStatic]
    private static int _announcedLength;

    /// <summary>
    /// How many bytes unions may still look at to tell their alternatives apart. It is enough for 16 of them inside each other, each of which looks at
    /// all that is read.
    /// </summary>
    public static long LookaheadLeft
    {
        get => _lookaheadLeft;
        set => _lookaheadLeft = value;
    }

    /// <summary>Says what is read until the scope is disposed.</summary>
    public static Scope Enter(ReadOnlyMemory<byte> utf8)
    {
        var scope = new Scope(_current, _lookaheadLeft);
        _current = utf8;
        _lookaheadLeft = ((long)utf8.Length * LookaheadFactor) + LeastLookahead;
        return scope;
    }

    /// <summary>Gets the bytes that a reader reads from their beginning; false when it reads others.</summary>
    public static bool TryGet(ref Utf8JsonReader reader, out ReadOnlyMemory<byte> source)
    {
        source = _current;
        if (reader.HasValueSequence)
            return false;
        if (!source.IsEmpty && IsOf(ref reader, source.Span))
            return true;
        source = _announced?.TryGetTarget(out var array) == true ? new(array, _announcedFrom, _announcedLength) : default;
        return !source.IsEmpty && IsOf(ref reader, source.Span);
    }

    /// <summary>Says what a reader will read of which nobody knows when it ends. It is not kept in memory for that.</summary>
    public static void Announce(ReadOnlyMemory<byte> utf8)
    {
        if (!MemoryMarshal.TryGetArray(utf8, out var segment))
            return;
        if (_announced is null)
            _announced = new(segment.Array!);
        else
            _announced.SetTarget(segment.Array!);
        _announcedFrom = segment.Offset;
        _announcedLength = segment.Count;
    }

    private static bool IsOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        var quote = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0;
        return TryOffset(source, reader.ValueSpan, out var offset) && offset == reader.TokenStartIndex + quote;
    }

    /// <summary>Where a span lies in another one; false when it does not.</summary>
    public static bool TryOffset(ReadOnlySpan<byte> source, ReadOnlySpan<byte> part, out long offset)
    {
        // Not Overlaps, which says no to empty spans such as that of the string "".
        ref var first = ref MemoryMarshal.GetReference(part);
        offset = Unsafe.IsNullRef(ref first) ? -1 : Unsafe.ByteOffset(ref MemoryMarshal.GetReference(source), ref first);
        return offset >= 0 && offset + part.Length <= source.Length;
    }

    /// <summary>Restores what was read before.</summary>
    public readonly ref struct Scope
    {
        private readonly ReadOnlyMemory<byte> _before;
        private readonly long _lookaheadBefore;

        public Scope(ReadOnlyMemory<byte> before, long lookaheadBefore)
        {
            _before = before;
            _lookaheadBefore = lookaheadBefore;
        }

        /// <summary>Ends the scope.</summary>
        public void Dispose()
        {
            _current = _before;
            _lookaheadLeft = _lookaheadBefore;
            ObjectLookahead.Forget();
        }
    }
}
