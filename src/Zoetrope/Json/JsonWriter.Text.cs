using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Zoetrope.Json;

/// <content>Strings.</content>
public sealed partial class JsonWriter
{
    /// <summary>The length up to which a string reserves three bytes per character; longer ones are measured first.</summary>
    private const int LongText = 512;

    private const int LongestEscape = 6;

    private void Text(ReadOnlySpan<char> value)
    {
        var room = value.Length <= LongText ? value.Length * 3 : Encoding.UTF8.GetByteCount(value);
        Reserve(checked(room + 2));
        Put((byte)'"');
        var copied = CopyPlain(value, _bytes.AsSpan(_length));
        _length += copied;
        if (copied < value.Length)
            TextAfterPlain(value[copied..], room - copied);
        Put((byte)'"');
    }

    /// <summary>Writes text that does not begin with plain characters.</summary>
    /// <param name="rest">The text.</param>
    /// <param name="room">What is reserved for it.</param>
    private void TextAfterPlain(ReadOnlySpan<char> rest, int room)
    {
        while (true)
        {
            var run = rest[..EndOfUnescaped(rest)];
            rest = rest[run.Length..];
            while (!run.IsEmpty)
            {
                Utf8.FromUtf16(run, _bytes.AsSpan(_length), out var read, out var encoded, replaceInvalidSequences: false);
                _length += encoded;
                room -= encoded;
                // It stops at a surrogate without its other half.
                if (read < run.Length)
                    Escape(run[read++], ref room);
                run = run[read..];
            }
            if (rest.IsEmpty)
                return;
            Escape(rest[0], ref room);
            rest = rest[1..];
            var copied = CopyPlain(rest, _bytes.AsSpan(_length));
            _length += copied;
            room -= copied;
            rest = rest[copied..];
        }
    }

    /// <summary>Writes an escape.</summary>
    /// <param name="character">The character.</param>
    /// <param name="room">What is reserved for it and for those after it.</param>
    private void Escape(char character, ref int room)
    {
        Reserve(checked(room + LongestEscape));
        room--;
        Put((byte)'\\');
        switch (character)
        {
            case '"' or '\\':
                Put((byte)character);
                break;
            case '\n':
                Put((byte)'n');
                break;
            case '\r':
                Put((byte)'r');
                break;
            case '\t':
                Put((byte)'t');
                break;
            default:
                Put((byte)'u');
                for (var shift = 12; shift >= 0; shift -= 4)
                    Put("0123456789abcdef"u8[(character >> shift) & 0xF]);
                break;
        }
    }

    // The native compiler would call it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool NeedsEscape(char character) => character is < ' ' or '"' or '\\';

    /// <summary>The length of the text up to the first character that needs an escape.</summary>
    private static int EndOfUnescaped(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && !NeedsEscape(text[end]))
            end++;
        return end;
    }

    /// <summary>Copies ASCII characters up to the first that needs an escape or is not ASCII.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utf8">At least as long as the text.</param>
    /// <returns>The number of copied characters.</returns>
    private static int CopyPlain(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        var from = MemoryMarshal.Cast<char, ushort>(text);
        var at = 0;
        // The last characters are copied with some before them, which are copied twice: one by one they would take longer.
        if (from.Length >= Vector128<byte>.Count)
        {
            var last = from.Length - Vector128<byte>.Count;
            while (TryCopy16(from.Slice(at, Vector128<byte>.Count), utf8.Slice(at, Vector128<byte>.Count)))
            {
                if (at == last)
                    return from.Length;
                at = Math.Min(at + Vector128<byte>.Count, last);
            }
        }
        else if (from.Length >= Vector128<ushort>.Count)
        {
            var last = from.Length - Vector128<ushort>.Count;
            if (TryCopy8(from[..Vector128<ushort>.Count], utf8) && TryCopy8(from[last..], utf8[last..]))
                return from.Length;
        }
        for (; at < text.Length && text[at] < 0x80 && !NeedsEscape(text[at]); at++)
            utf8[at] = (byte)text[at];
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopy16(ReadOnlySpan<ushort> from, Span<byte> utf8)
    {
        var units = Vector128.Create(from);
        var more = Vector128.Create(from[Vector128<ushort>.Count..]);
        var bytes = Vector128.Narrow(units, more);
        var stops = Vector128.LessThan(bytes, Vector128.Create((byte)' '))
            | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | ((units | more) & Vector128.Create((ushort)0xFF80)).AsByte();
        if (stops != Vector128<byte>.Zero)
            return false;
        bytes.CopyTo(utf8);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopy8(ReadOnlySpan<ushort> from, Span<byte> utf8)
    {
        var units = Vector128.Create(from);
        var stops = Vector128.GreaterThan(units - Vector128.Create((ushort)' '), Vector128.Create((ushort)(0x7F - ' ')))
            | Vector128.Equals(units, Vector128.Create((ushort)'"'))
            | Vector128.Equals(units, Vector128.Create((ushort)'\\'));
        if (stops != Vector128<ushort>.Zero)
            return false;
        Vector128.Narrow(units, units).GetLower().CopyTo(utf8);
        return true;
    }
}
