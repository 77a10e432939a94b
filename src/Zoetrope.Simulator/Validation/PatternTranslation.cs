using System.Globalization;
using System.Text;

namespace Zoetrope.Simulator.Validation;

/// <summary>Turns ECMAScript's patterns into ones that .NET reads the same way.</summary>
internal ref struct PatternTranslation
{
    private const string Digit = "0-9";
    private const string NoDigit = "\\0-/:-\\uFFFF";
    private const string Word = "0-9A-Z_a-z";
    private const string NoWord = "\\0-/:-@\\[-\\^`{-\\uFFFF";
    private const string Space = "\\t-\\r \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF";
    private const string NoSpace =
        "\\0-\\x08\\x0E-\\x1F!-\\u009F\\u00A1-\\u167F\\u1681-\\u1FFF\\u200B-\\u2027\\u202A-\\u202E\\u2030-\\u205E\\u2060-\\u2FFF\\u3001-\\uFEFE\\uFF00-\\uFFFF";
    private const string LineEnd = "\\n\\r\\u2028\\u2029";
    private const string Before = $"(?<=[{Word}])";
    private const string After = $"(?=[{Word}])";
    private const string NotBefore = $"(?<![{Word}])";
    private const string NotAfter = $"(?![{Word}])";

    private readonly string _pattern;
    private readonly StringBuilder _translated = new();
    private int _at;
    private bool _isKnown = true;

    private PatternTranslation(string pattern) => _pattern = pattern;

    /// <summary>The pattern for .NET, or null where it is not known to mean the same.</summary>
    public static string? Of(string pattern)
    {
        var translation = new PatternTranslation(pattern);
        while (translation._isKnown && translation._at < pattern.Length)
            translation.Next();
        return translation._isKnown ? translation._translated.ToString() : null;
    }

    private readonly char Peek(int offset = 0) => _at + offset < _pattern.Length ? _pattern[_at + offset] : '\0';

    private void Next()
    {
        var unit = _pattern[_at++];
        switch (unit)
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '.':
                _translated.Append("[^").Append(LineEnd).Append(']');
                break;
            case '$':
                _translated.Append("\\z");
                break;
            case ']':
                _translated.Append("\\]");
                break;
            case '(' when Peek() == '?':
                // Groups without a capture, looks ahead and behind, and names. Flags inside a pattern, conditions and atomic groups are .NET's own.
                _isKnown = Peek(1) is ':' or '=' or '!' || (Peek(1) == '<' && (Peek(2) is '=' or '!' || char.IsAsciiLetter(Peek(2)) || Peek(2) is '_' or '$'));
                _translated.Append('(');
                break;
            default:
                _translated.Append(unit);
                break;
        }
    }

    private void Class()
    {
        var isNegated = Peek() == '^';
        _at += isNegated ? 1 : 0;
        if (Peek() == ']')
        {
            _at++;
            _translated.Append(isNegated ? "[\\s\\S]" : "(?!)");
            return;
        }
        _translated.Append(isNegated ? "[^" : "[");
        while (_isKnown && Peek() != ']')
        {
            if (_at >= _pattern.Length)
            {
                _isKnown = false;
                return;
            }
            var unit = _pattern[_at++];
            if (unit == '\\')
                Escape(inClass: true);
            else
                _translated.Append(unit is '[' or '^' ? "\\" : "").Append(unit);
        }
        _at++;
        _translated.Append(']');
    }

    private void Escape(bool inClass)
    {
        var unit = Peek();
        _at++;
        switch (unit)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                var set = unit switch { 'd' => Digit, 'D' => NoDigit, 'w' => Word, 'W' => NoWord, 's' => Space, _ => NoSpace };
                _translated.Append(inClass ? set : $"[{set}]");
                break;
            case 'b' when !inClass:
                _translated.Append($"(?:{Before}{NotAfter}|{NotBefore}{After})");
                break;
            case 'B' when !inClass:
                _translated.Append($"(?:{Before}{After}|{NotBefore}{NotAfter})");
                break;
            case 'b':
                _translated.Append("\\x08");
                break;
            case 't' or 'n' or 'v' or 'f' or 'r':
                _translated.Append('\\').Append(unit);
                break;
            case '0' when !char.IsAsciiDigit(Peek()):
                _translated.Append("\\x00");
                break;
            case 'x' when Hex(2) is { } code:
                Literal(code);
                break;
            case 'u' when CodePoint() is { } code:
                Literal(code);
                break;
            case 'p' or 'P' when Category() is { } category:
                _translated.Append('\\').Append(unit).Append('{').Append(category).Append('}');
                break;
            default:
                // Punctuation matches itself; other letters and digits mean something in one or the other.
                _isKnown = unit != '\0' && !char.IsAsciiLetterOrDigit(unit);
                Literal(unit);
                break;
        }
    }

    private readonly void Literal(int code)
    {
        if (code < 0x80 && !char.IsAsciiLetterOrDigit((char)code))
            _translated.Append(CultureInfo.InvariantCulture, $"\\x{code:X2}");
        else if (Rune.IsValid(code))
            _translated.Append(new Rune(code).ToString());
        else
            _translated.Append(CultureInfo.InvariantCulture, $"\\u{code:X4}");
    }

    /// <summary>What follows <c>\u</c>: four digits, two halves of a pair with four each, or any number in braces.</summary>
    private int? CodePoint()
    {
        if (Peek() == '{')
        {
            var end = _pattern.IndexOf('}', _at);
            if (end < 0
                || !int.TryParse(_pattern.AsSpan(_at + 1, end - _at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code is < 0 or > 0x10FFFF)
                return null;
            _at = end + 1;
            return code;
        }
        if (Hex(4) is not { } unit)
            return null;
        if (!char.IsHighSurrogate((char)unit) || Peek() != '\\' || Peek(1) != 'u')
            return unit;
        _at += 2;
        if (Hex(4) is { } low && char.IsLowSurrogate((char)low))
            return char.ConvertToUtf32((char)unit, (char)low);
        _isKnown = false;
        return unit;
    }

    private int? Hex(int length)
    {
        if (_at + length > _pattern.Length
            || !int.TryParse(_pattern.AsSpan(_at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return null;
        _at += length;
        return code;
    }

    /// <summary>The general category in braces, in the short form, which .NET supports; scripts and other properties it does not.</summary>
    private string? Category()
    {
        var end = Peek() == '{' ? _pattern.IndexOf('}', _at) : -1;
        if (end < 0)
            return null;
        var name = _pattern[(_at + 1)..end];
        name = name[(name.IndexOf('=') + 1)..] is var value && name.Contains('=') && name.Split('=')[0] is not ("gc" or "General_Category") ? "" : value;
        _at = end + 1;
        return UnicodeCategories.Short(name);
    }
}
