using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Turns the patterns of documents, which are ECMAScript's with the <c>u</c> flag, into patterns that .NET reads the same way. .NET counts UTF-16 units and
/// not characters, so that whatever matches characters beyond U+FFFF becomes an alternative of surrogate pairs. What is not known to mean the same in both
/// is not checked.
/// </summary>
internal sealed class Patterns
{
    private const int Longest = 500;
    private const string WordCharacter = "[0-9A-Z_a-z]";

    private readonly string _pattern;
    private readonly StringBuilder _output = new();

    // The groups around, and whether each is a lookaround that must not match: in such a one nothing may match more than it should.
    private readonly Stack<bool> _groups = new();
    private int _at;

    private Patterns(string pattern) => _pattern = pattern;

    private bool IsExact => _groups.Contains(true);

    /// <summary>
    /// The pattern for .NET, with <see cref="CodePoints.AnyPair"/> behind classes; null when it does not compile or .NET might read it differently.
    /// </summary>
    public static string? Translate(string pattern)
    {
        if (pattern.Length > Longest || IsLiteral(pattern))
            return null;
        var patterns = new Patterns(pattern);
        try
        {
            while (patterns._at < pattern.Length)
                patterns.Next();
        }
        catch (FormatException)
        {
            // Something in it is not known to mean the same.
            return null;
        }
        var translated = patterns._output.ToString();
        return patterns._groups.Count == 0 && Compiles(translated) ? translated : null;
    }

    // Written as a literal of JavaScript, which as a pattern asks for the slashes in the text.
    private static bool IsLiteral(string pattern)
    {
        var end = pattern.Length > 2 && pattern[0] == '/' ? pattern.LastIndexOf('/') : 0;
        return end > 1 && pattern.Skip(end + 1).All(static flag => "dgimsuvy".IndexOf(flag) >= 0);
    }

    private void Next()
    {
        var character = _pattern[_at];
        switch (character)
        {
            case '^' or '|' or '*' or '+' or '?':
                _output.Append(character);
                _at++;
                break;
            case '$':
                // In .NET it matches before a last line end too.
                _output.Append("\\z");
                _at++;
                break;
            case '(':
                Open();
                break;
            case ')':
                if (_groups.Count == 0)
                    throw Different();
                _groups.Pop();
                _output.Append(')');
                _at++;
                break;
            case '{':
                Braces();
                break;
            case '.':
                CodePoints.LineEnds().Complement().AppendTo(_output);
                _at++;
                break;
            case '[':
                Class();
                break;
            case '\\' when Peek(1) is 'b' or 'B':
                Boundary();
                break;
            default:
                Item(isInClass: false).AppendTo(_output);
                break;
        }
    }

    private void Open()
    {
        var kinds = new[] { "(?:", "(?=", "(?!", "(?<=", "(?<!" };
        var kind = Array.Find(kinds, one => string.CompareOrdinal(_pattern, _at, one, 0, one.Length) == 0) ?? "(";
        if (kind == "(" && Peek(1) == '?')
        {
            var name = Regex.Match(_pattern.Substring(_at), "^\\(\\?<[A-Za-z_][A-Za-z0-9_]*>");
            kind = name.Success ? name.Value : throw Different();
        }
        _groups.Push(kind.EndsWith("!", StringComparison.Ordinal));
        _output.Append(kind);
        _at += kind.Length;
    }

    private void Braces()
    {
        var quantifier = Regex.Match(_pattern.Substring(_at), "^\\{[0-9]+(,[0-9]*)?\\}");
        // Some engines take {,3} for a quantifier, and others for text.
        if (!quantifier.Success && Peek(1) == ',')
            throw Different();
        _output.Append(quantifier.Success ? quantifier.Value : "\\{");
        _at += quantifier.Success ? quantifier.Length : 1;
    }

    private void Boundary()
    {
        var (inside, outside) = ("(?<=" + WordCharacter + ")", "(?<!" + WordCharacter + ")");
        var (before, behind) = ("(?=" + WordCharacter + ")", "(?!" + WordCharacter + ")");
        _output.Append(Peek(1) == 'b' ? "(?:" + inside + behind + "|" + outside + before + ")" : "(?:" + inside + before + "|" + outside + behind + ")");
        _at += 2;
    }

    private void Class()
    {
        _at++;
        var isNegated = Peek(0) == '^';
        if (isNegated)
            _at++;
        // An empty class, and one that begins with a bracket, mean different things to different engines.
        if (Peek(0) == ']')
            throw Different();
        var set = new CodePoints();
        while (Peek(0) != ']')
        {
            // .NET and others nest, subtract and intersect classes.
            if (Peek(0) is '\0' or '[' || (Peek(0) is '&' or '~' or '|' or '-' && Peek(1) == Peek(0)))
                throw Different();
            var first = Item(isInClass: true);
            if (Peek(0) != '-' || Peek(1) is ']' or '\0' || first.Single is not { } from)
            {
                set.Add(first);
                continue;
            }
            _at++;
            var last = Item(isInClass: true);
            if (last.Single is { } to)
                set.Add(from <= to ? CodePoints.Of(from, to) : throw Different());
            else
                set.Add(first).Add(CodePoints.Of('-', '-')).Add(last);
        }
        _at++;
        (isNegated ? set.Complement() : set).AppendTo(_output);
    }

    /// <summary>One character, or a class that an escape denotes.</summary>
    private CodePoints Item(bool isInClass)
    {
        var character = _pattern[_at];
        if (character != '\\')
            return Character();
        var escaped = Peek(1);
        _at += 2;
        switch (escaped)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                return CodePoints.OfEscape(escaped, IsExact);
            case 'p' or 'P':
                return Category(escaped == 'P');
            case 'u':
                return CodePoints.Of(Unicode());
            case 'x':
                return CodePoints.Of(Hex(2));
            case 'c' when Peek(0) is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                return CodePoints.Of(_pattern[_at++] % 32);
            case '0' when Peek(0) is < '0' or > '9':
                return CodePoints.Of(0);
            case 'b' when isInClass:
                return CodePoints.Of('\b');
            case 'n':
                return CodePoints.Of('\n');
            case 'r':
                return CodePoints.Of('\r');
            case 't':
                return CodePoints.Of('\t');
            case 'f':
                return CodePoints.Of('\f');
            case 'v':
                return CodePoints.Of('\v');
            case > ' ' and < '\x7f' when !char.IsLetterOrDigit(escaped):
                return CodePoints.Of(escaped);
            default:
                throw Different();
        }
    }

    private CodePoints Character()
    {
        var first = _pattern[_at++];
        if (!char.IsSurrogate(first))
            return CodePoints.Of(first);
        if (!char.IsHighSurrogate(first) || !char.IsLowSurrogate(Peek(0)))
            throw Different();
        return CodePoints.Of(char.ConvertToUtf32(first, _pattern[_at++]));
    }

    /// <summary>What follows <c>\u</c>: four digits, two times four for a surrogate pair, or any number of them in braces.</summary>
    private int Unicode()
    {
        if (Peek(0) == '{')
        {
            var braced = Regex.Match(_pattern.Substring(_at), "^\\{0*([0-9A-Fa-f]{1,6})\\}");
            if (!braced.Success)
                throw Different();
            _at += braced.Length;
            return Whole(int.Parse(braced.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        var unit = Hex(4);
        if (unit is < 0xD800 or > 0xDBFF || Peek(0) != '\\' || Peek(1) != 'u')
            return Whole(unit);
        _at += 2;
        var low = Hex(4);
        return low is >= 0xDC00 and <= 0xDFFF ? char.ConvertToUtf32((char)unit, (char)low) : throw Different();
    }

    private static int Whole(int codePoint) => codePoint is > CodePoints.Last or (>= 0xD800 and <= 0xDFFF) ? throw Different() : codePoint;

    private int Hex(int digits)
    {
        var text = _at + digits <= _pattern.Length ? _pattern.Substring(_at, digits) : "";
        _at += digits;
        return int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : throw Different();
    }

    /// <summary>A general category; scripts and other properties are not .NET's.</summary>
    private CodePoints Category(bool isNegated)
    {
        var property = Regex.Match(_pattern.Substring(_at), "^\\{(?:(?:gc|General_Category)=)?([A-Za-z_]+)\\}");
        // Which characters beyond U+FFFF are in it .NET's classes do not know: all are taken, which must not be too many.
        if (!property.Success || IsExact || UnicodeCategories.Find(property.Groups[1].Value) is not { } category)
            throw Different();
        _at += property.Length;
        return CodePoints.OfCategory(category, isNegated);
    }

    private char Peek(int ahead) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : '\0';

    private static FormatException Different() => new();

    private static bool Compiles(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            // There is no other way to ask.
            return false;
        }
    }
}
