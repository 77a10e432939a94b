using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Zoetrope.Json;

/// <summary>Validates strings and names without decoding them, and decodes those that are valid.</summary>
internal static class JsonStrings
{
    /// <summary>
    /// Whether the current string or name is valid Unicode: System.Text.Json accepts others, too, but throws when it decodes them.
    /// </summary>
    public static bool IsValid(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence)
            return IsValid(reader.ValueSequence.ToArray(), reader.ValueIsEscaped);
        return IsValid(reader.ValueSpan, reader.ValueIsEscaped);
    }

    /// <summary>Whether all strings and names of a JSON text are valid Unicode.</summary>
    public static bool IsValidText(ReadOnlySpan<byte> json) => IsValid(json, isEscaped: true);

    // Escapes are ASCII, so the text between them can be validated together with them.
    private static bool IsValid(ReadOnlySpan<byte> text, bool isEscaped) => Utf8.IsValid(text) && (!isEscaped || HasWholeSurrogates(text));

    private static bool HasWholeSurrogates(ReadOnlySpan<byte> text)
    {
        var isHigh = false;
        for (var at = 0; at < text.Length;)
        {
            // Escapes often follow each other.
            if (text[at] != '\\')
            {
                if (isHigh)
                    return false;
                var plain = text[at..].IndexOf((byte)'\\');
                if (plain < 0)
                    return true;
                at += plain;
            }
            var isUnicode = text[at + 1] == 'u';
            // The escapes of surrogates begin with D.
            var unit = isUnicode && (text[at + 2] | 0x20) == 'd' ? Unit(text[(at + 2)..]) : 0;
            if (char.IsLowSurrogate((char)unit) != isHigh)
                return false;
            isHigh = char.IsHighSurrogate((char)unit);
            at += isUnicode ? 6 : 2;
        }
        return !isHigh;
    }

    private static int Unit(ReadOnlySpan<byte> digits)
    {
        var unit = 0;
        for (var i = 0; i < 4; i++)
            unit = (unit << 4) | ((digits[i] & 0xF) + ((digits[i] >> 6) * 9));
        return unit;
    }

    /// <summary>Reads the text of a string; false if it is not valid Unicode, such as an unpaired surrogate, which only raw JSON can hold.</summary>
    public static bool TryText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence && reader.ValueSpan[..] is var ascii && Ascii.IsValid(ascii))
        {
            // As nearly all are. Characters are neither validated again nor counted.
            text = Encoding.Latin1.GetString(ascii);
            return true;
        }
        text = IsValid(ref reader) ? reader.GetString()! : null;
        return text is not null;
    }

    /// <summary>Gets the current name, unescaped; false if it is not valid Unicode.</summary>
    public static bool TryName(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.ValueIsEscaped && !reader.HasValueSequence)
        {
            name = reader.ValueSpan;
            return true;
        }
        if (!IsValid(ref reader))
            return false;
        var unescaped = new byte[reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length];
        name = unescaped.AsSpan(0, reader.CopyString(unescaped));
        return true;
    }
}
