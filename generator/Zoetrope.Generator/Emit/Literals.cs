using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;

namespace Zoetrope.Generator.Emit;

/// <summary>Turns text of documents into C# tokens and documentation. Whatever the text holds, it stays text.</summary>
internal static class Literals
{
    // These loops see every character of all texts, and a compiler does not run for long enough for the runtime to find that out.
    private const MethodImplOptions Hot = (MethodImplOptions)512;

    /// <summary>A string literal.</summary>
    public static string String(string text)
    {
        var plain = PlainEnd(text);
        if (plain == text.Length)
            return "\"" + text + "\"";
        var literal = new StringBuilder(text.Length + 16).Append('"').Append(text, 0, plain);
        for (var i = plain; i < text.Length; i++)
            AppendEscaped(literal, text[i]);
        return literal.Append('"').ToString();
    }

    /// <summary>A UTF-8 literal. The text must be well-formed (see <see cref="JsonStrings.IsWellFormed"/>).</summary>
    public static string Utf8(string text) => String(text) + "u8";

    /// <summary>The name of a member as JSON spells it, without the quotation marks, as a UTF-8 literal.</summary>
    public static string Utf8Name(string name)
    {
        var quoted = JsonStrings.Quote(name);
        return Utf8(quoted.Substring(1, quoted.Length - 2));
    }

    /// <summary>A number of a document, in digits, as a literal of the C# type that holds it.</summary>
    public static string Number(TypeKind form, string digits) => form switch
    {
        TypeKind.Integer => digits + "L",
        TypeKind.Number => Double(digits),
        TypeKind.WideInteger => Wide(BigInteger.Parse(digits, CultureInfo.InvariantCulture)),
        _ => digits,
    };

    /// <summary>A <c>decimal</c> literal of a number in digits.</summary>
    public static string Decimal(string digits) => digits + "m";

    /// <summary>A <c>decimal</c> literal.</summary>
    public static string Decimal(decimal number) => Decimal(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A <c>double</c> literal of a number in digits.</summary>
    public static string Double(string digits) => digits + "d";

    /// <summary>A <c>double</c> literal.</summary>
    public static string Double(decimal number) => Double(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A <c>long</c> literal.</summary>
    public static string Int64(long number) => number.ToString(CultureInfo.InvariantCulture) + "L";

    /// <summary>The only value of a member (see <see cref="BoundProperty.Constant"/>).</summary>
    public static string Constant(TypeKind form, string value) => form == TypeKind.Enum ? String(value) : Number(form, value);

    /// <summary>C# has no literals of 128 bits; those of 64 convert.</summary>
    private static string Wide(BigInteger value)
    {
        if (value > long.MinValue && value <= long.MaxValue)
            return value.ToString(CultureInfo.InvariantCulture) + "L";
        if (value.Sign > 0 && value <= ulong.MaxValue)
            return value.ToString(CultureInfo.InvariantCulture) + "UL";
        var bits = value.Sign < 0 ? value + (BigInteger.One << 128) : value;
        return "new global::System.Int128(" + (ulong)(bits >> 64) + "UL, " + (ulong)(bits & ulong.MaxValue) + "UL)";
    }

    /// <summary>Text for an XML documentation comment: on one line, escaped, cut at a sentence or a word when it is long.</summary>
    public static string Doc(string text, int limit = 300) => Xml(DocumentText.Shorten(text, limit));

    /// <summary>The text for an XML documentation comment that continues what <see cref="Doc"/> shows; null where that shows everything.</summary>
    public static string? Rest(string text, int limit) => DocumentText.Rest(text, limit) is { } rest ? Xml(rest) : null;

    /// <summary>Text inside XML, escaped.</summary>
    public static string Xml(string text)
    {
        var plain = PlainXmlEnd(text);
        if (plain == text.Length)
            return text;
        var escaped = new StringBuilder(text, 0, plain, text.Length + 16);
        for (var i = plain; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                default:
                    escaped.Append(IsSafe(text, i) ? c : ' ');
                    break;
            }
        }
        return escaped.ToString();
    }

    /// <summary>How much of a text is written as it is in a literal: nearly always all.</summary>
    [MethodImpl(Hot)]
    private static int PlainEnd(string text)
    {
        var i = 0;
        while (i < text.Length && text[i] is >= ' ' and < '\u007f' and not ('"' or '\\'))
            i++;
        return i;
    }

    /// <summary>The same inside XML.</summary>
    [MethodImpl(Hot)]
    private static int PlainXmlEnd(string text)
    {
        var i = 0;
        while (i < text.Length && text[i] is >= ' ' and < '\u007f' and not ('&' or '<' or '>'))
            i++;
        return i;
    }

    private static void AppendEscaped(StringBuilder literal, char c)
    {
        switch (c)
        {
            case '"':
                literal.Append("\\\"");
                break;
            case '\\':
                literal.Append("\\\\");
                break;
            case '\n':
                literal.Append("\\n");
                break;
            case '\r':
                literal.Append("\\r");
                break;
            case '\t':
                literal.Append("\\t");
                break;
            default:
                if (c is >= ' ' and < '\u007f')
                    literal.Append(c);
                else
                    literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>
    /// Line ends would end the comment; characters that XML cannot hold would spoil it, and marks of direction would show it as another text.
    /// </summary>
    private static bool IsSafe(string text, int index)
    {
        var c = text[index];
        if (c < ' ' || c is '\u0085' or '\u2028' or '\u2029' or '\ufffe' or '\uffff'
            || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
            return false;
        if (char.IsHighSurrogate(c))
            return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
        return !char.IsLowSurrogate(c) || (index > 0 && char.IsHighSurrogate(text[index - 1]));
    }
}
