using System.Globalization;

namespace Zoetrope.Specs.Rules;

/// <summary>Splits sentences into tokens: names without their quotes, numbers as digits or words, sizes, ratios and signs.</summary>
internal sealed class RuleTokens
{
    private static readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["one"] = 1, ["single"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9,
        ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["fifteen"] = 15, ["sixteen"] = 16, ["twenty"] = 20, ["thirty"] = 30, ["fifty"] = 50,
        ["hundred"] = 100,
    };

    // "768*768" is a size, and "2*3" is not.
    private const int LeastSide = 64;

    private static readonly HashSet<string> _units = new(StringComparer.OrdinalIgnoreCase)
    {
        "mb", "gb", "kb", "mib", "gib", "kib", "s", "ms", "sec", "secs", "px", "fps", "min", "mins", "k", "hz", "khz", "pixels", "seconds",
    };

    // Marks that say nothing: the ends of sentences, quotes that are not closed, bullets and emphasis.
    private static readonly char[] _silent =
        ['.', '!', '?', '"', '\'', '`', '\u201c', '\u201d', '\u2018', '\u2019', '\u2026', '\u2022', '_', '#', '@', '\\', '\uFEFF'];

    private readonly string _text;
    private readonly List<RuleToken> _tokens = [];
    private int _at;

    private RuleTokens(string text) => _text = text;

    private char Now => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>The numbers that are written as words.</summary>
    public static IEnumerable<string> NumberWords => _numbers.Keys;

    /// <summary>Whether letters behind a number are its unit.</summary>
    public static bool IsUnit(string letters) => _units.Contains(letters);

    /// <summary>The tokens of a sentence.</summary>
    public static List<RuleToken> Of(string sentence)
    {
        var reader = new RuleTokens(sentence);
        while (reader._at < sentence.Length)
            reader.ReadNext();
        // The mark of an item is not a sign of it.
        if (reader._tokens.Count > 0 && reader._tokens[0].Is("-"))
            reader._tokens.RemoveAt(0);
        return WithSizes(reader._tokens);
    }

    /// <summary>Whether a character can be part of a name.</summary>
    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void ReadNext()
    {
        var c = Now;
        if (TryReadQuoted())
            return;
        if (char.IsDigit(c) || (c is '-' or '.' && StartsNumber(c)))
            ReadNumber();
        else if (IsLetter(c))
            ReadWord();
        else
            ReadSymbol();
    }

    // What has no space in quotes is a name or a value. A longer quotation is one token too: its words are not words of the sentence.
    private bool TryReadQuoted()
    {
        var end = RuleSentences.QuotationEnd(_text, _at);
        if (end == _at)
            return false;
        var inner = _text.Substring(_at + 1, end - _at - 1);
        _at = end + 1;
        if (!inner.Any(IsLetter))
            return true;
        _tokens.Add(new(RuleTokenKind.Word, inner, IsQuoted: true, inner.Any(char.IsWhiteSpace) ? null : ParseNumber(inner)));
        return true;
    }

    private bool StartsNumber(char c)
    {
        if (_at + 1 >= _text.Length || !char.IsDigit(_text[_at + 1]))
            return false;
        var before = _at == 0 ? ' ' : _text[_at - 1];
        var isBehindNumber = before == ' ' && _tokens.Count > 0 && _tokens[_tokens.Count - 1].Number is not null;
        return !IsLetter(before) && (c == '.' || (before != ')' && !isBehindNumber));
    }

    private void ReadNumber()
    {
        var start = _at;
        if (Now == '-')
            _at++;
        SkipDigits();
        var first = ParseNumber(_text.Substring(start, _at - start).Replace(",", ""));
        if ((Now is 'x' or 'X' or '\u00d7' or ':' || (Now == '*' && first >= LeastSide)) && _at + 1 < _text.Length && char.IsDigit(_text[_at + 1]))
        {
            var kind = Now == ':' ? RuleTokenKind.Ratio : RuleTokenKind.Size;
            var second = ++_at;
            SkipDigits();
            if (!IsLetter(Now))
            {
                _tokens.Add(new(kind, _text.Substring(start, _at - start), Number: first, Second: ParseNumber(_text.Substring(second, _at - second))));
                return;
            }
        }
        if (!char.IsLetter(Now))
        {
            _tokens.Add(new(RuleTokenKind.Number, _text.Substring(start, _at - start), Number: first));
            return;
        }
        var letters = _at;
        while (IsLetter(Now) || (Now == '-' && _at + 1 < _text.Length && char.IsLetter(_text[_at + 1])))
            _at++;
        var unit = _text.Substring(letters, _at - letters);
        if (!_units.Contains(unit) || unit is "k" or "K")
        {
            _tokens.Add(new(RuleTokenKind.Word, _text.Substring(start, _at - start)));
            return;
        }
        _tokens.Add(new(RuleTokenKind.Number, _text.Substring(start, letters - start), Number: first));
        _tokens.Add(new(RuleTokenKind.Word, unit));
    }

    // 30,000 is one number, and 1,2 are two.
    private void SkipDigits()
    {
        while (char.IsDigit(Now) || (Now == '.' && _at + 1 < _text.Length && char.IsDigit(_text[_at + 1])) || (Now == ',' && IsThousands()))
            _at++;
    }

    private bool IsThousands()
    {
        for (var i = 1; i <= 3; i++)
        {
            if (_at + i >= _text.Length || !char.IsDigit(_text[_at + i]))
                return false;
        }
        return _at > 0 && char.IsDigit(_text[_at - 1]) && (_at + 4 >= _text.Length || !char.IsDigit(_text[_at + 4]));
    }

    private void ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && (IsLetter(Now) || IsJoint()))
            _at++;
        var word = _text.Substring(start, _at - start).Trim('_');
        if (word.Length > 0)
            _tokens.Add(new(RuleTokenKind.Word, word, Number: _numbers.TryGetValue(word, out var number) ? number : null));
    }

    private bool IsJoint() =>
        Now is '-' or '.' or '\'' or '\u2019'
        && _at > 0 && char.IsLetterOrDigit(_text[_at - 1]) && _at + 1 < _text.Length && char.IsLetterOrDigit(_text[_at + 1]);

    private void ReadSymbol()
    {
        var c = Now;
        _at++;
        var symbol = c switch
        {
            '\u2265' => ">=",
            '\u2264' => "<=",
            '>' or '<' or '=' when Now == '=' => c + "=",
            '\u2013' or '\u2014' => "-",
            '&' => "and",
            '*' when !IsArithmetic() => null,
            _ when char.IsWhiteSpace(c) || Array.IndexOf(_silent, c) >= 0 => null,
            _ => c.ToString(),
        };
        if (symbol is { Length: 2 } && c is '>' or '<' or '=')
            _at++;
        if (symbol is not null)
            _tokens.Add(new(RuleTokenKind.Symbol, symbol));
    }

    // "4096*4096" and "width * height", but not "**must**" nor the bullet of an item. The position is behind the sign.
    private bool IsArithmetic()
    {
        var (before, after) = (_at - 2, _at);
        while (before >= 0 && _text[before] == '*')
            before--;
        while (after < _text.Length && _text[after] == '*')
            after++;
        if (before < 0 || after >= _text.Length)
            return false;
        return (char.IsWhiteSpace(_text[before]) && char.IsWhiteSpace(_text[after])) || (IsOperand(_text[before]) && IsOperand(_text[after]));
    }

    private static bool IsOperand(char c) => IsLetter(c) || c is '(' or ')';

    /// <summary>"512 x 512" is a size too.</summary>
    private static List<RuleToken> WithSizes(List<RuleToken> tokens)
    {
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i].Kind != RuleTokenKind.Number || tokens[i + 2].Kind != RuleTokenKind.Number || tokens[i + 1].Lower is not ("x" or "\u00d7"))
                continue;
            tokens[i] = new(RuleTokenKind.Size, tokens[i].Text + "x" + tokens[i + 2].Text, Number: tokens[i].Number, Second: tokens[i + 2].Number);
            tokens.RemoveRange(i + 1, 2);
        }
        return tokens;
    }

    private static decimal? ParseNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
