using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// The bytes that models are read from on this thread. A reader exposes only spans; with these bytes, raw JSON is a slice of the response and not a copy,
/// so that reading costs the same however much of a response its model does not declare. A slice keeps the response's bytes in memory, as <see
/// cref="JsonElement"/> does.
/// </summary>
internal static class JsonSource
{
    /// <summary>The maximum size of texts, in bytes, for which copying undeclared members costs less than sharing them.</summary>
    public const int Small = 4096;

    private const int LookaheadFactor = 16;
    private const int LeastLookahead = 1024 * 1024;

    [ThreadStatic]
    private static ReadOnlyMemory<byte> _current;

    [ThreadStatic]
    private static long _lookaheadLeft;

    [ThreadStatic]
    private static bool _isShared;

    [ThreadStatic]
    private static WeakReference<byte[]>? _announced;

    [ThreadStatic]
    private static int _announcedFrom;

    [ThreadStatic]
    private static int _announcedLength;

    /// <summary>
    /// The number of bytes that unions may still look ahead to distinguish their alternatives. It is enough for 16 nested unions, each of which looks at
    /// the whole text.
    /// </summary>
    public static long LookaheadLeft
    {
        get => _lookaheadLeft;
        set => _lookaheadLeft = value;
    }

    /// <summary>Whether the bytes of a scope on this thread were given away, so that what was read may be slices of them.</summary>
    public static bool IsShared
    {
        get => _isShared;
        set => _isShared = value;
    }

    /// <summary>Sets the bytes to read until the scope is disposed.</summary>
    public static Scope Enter(ReadOnlyMemory<byte> utf8)
    {
        var scope = new Scope(_current, _lookaheadLeft);
        _current = utf8;
        _lookaheadLeft = ((long)utf8.Length * LookaheadFactor) + LeastLookahead;
        return scope;
    }

    /// <summary>
    /// Gets the bytes that a reader reads from their beginning, for slices that are kept (<see cref="IsShared"/>); false if it reads others.
    /// </summary>
    public static bool TryShare(ref Utf8JsonReader reader, out ReadOnlyMemory<byte> source)
    {
        if (!TryGet(ref reader, out source))
            return false;
        _isShared = true;
        return true;
    }

    /// <summary>Gets the bytes that a reader reads from their beginning, to be looked at now; false if it reads others.</summary>
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

    /// <summary>Sets bytes whose end of use is unknown. They are not kept in memory.</summary>
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

    /// <summary>The offset of a span in another one; false if it is not part of it.</summary>
    public static bool TryOffset(ReadOnlySpan<byte> source, ReadOnlySpan<byte> part, out long offset)
    {
        // Not Overlaps, which is false for empty spans such as that of the string "".
        ref var first = ref MemoryMarshal.GetReference(part);
        offset = Unsafe.IsNullRef(ref first) ? -1 : Unsafe.ByteOffset(ref MemoryMarshal.GetReference(source), ref first);
        return offset >= 0 && offset + part.Length <= source.Length;
    }

    /// <summary>Restores the previous bytes.</summary>
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
