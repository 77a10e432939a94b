using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Zoetrope.Json;

/// <summary>Judges strings and names without decoding them.</summary>
internal static class JsonStrings
{
    /// <summary>
    /// Whether the string or name that the reader stands on is valid Unicode: System.Text.Json reads others too, but throws when it decodes them.
    /// </summary>
    public static bool IsValid(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence)
            return IsValid(reader.ValueSequence.ToArray(), reader.ValueIsEscaped);
        return IsValid(reader.ValueSpan, reader.ValueIsEscaped);
    }

    // Escapes are ASCII, so that what stands between them can be judged with them as one text.
    private static bool IsValid(ReadOnlySpan<byte> text, bool isEscaped) => Utf8.IsValid(text) && (!isEscaped || HasWholeSurrogates(text));

    private static bool HasWholeSurrogates(ReadOnlySpan<byte> text)
    {
        var isHigh = false;
        while (true)
        {
            var at = text.IndexOf((byte)'\\');
            if (at < 0 || (isHigh && at > 0))
                return !isHigh;
            var isUnicode = text[at + 1] == 'u';
            var unit = isUnicode ? Unit(text[(at + 2)..]) : 0;
            if (char.IsLowSurrogate((char)unit) != isHigh)
                return false;
            isHigh = char.IsHighSurrogate((char)unit);
            text = text[(at + (isUnicode ? 6 : 2))..];
        }
    }

    private static int Unit(ReadOnlySpan<byte> digits)
    {
        var unit = 0;
        for (var i = 0; i < 4; i++)
            unit = (unit << 4) | ((digits[i] & 0xF) + ((digits[i] >> 6) * 9));
        return unit;
    }
}
