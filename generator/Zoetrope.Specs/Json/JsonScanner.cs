using System.Runtime.CompilerServices;
using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Specs.Json;

/// <summary>Passes over the strings, numbers and words of JSON text (RFC 8259, strictly), and reports what is not valid there.</summary>
internal sealed class JsonScanner(string text, int start, int end, List<SpecProblem> problems)
{
    private const int LongestWord = 20;

    // These loops see every character of every document, and a compiler does not run for long enough for the runtime to find that out.
    private const MethodImplOptions Hot = (MethodImplOptions)512;

    private int _position = start;

    /// <summary>What is next.</summary>
    public int Position => _position;

    /// <summary>Whether the text is at its end.</summary>
    public bool IsAtEnd => _position >= end;

    /// <summary>The character that is next; only where the text is not at its end.</summary>
    public char Current => text[_position];

    /// <summary>Whether something was not valid.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Passes one character.</summary>
    public void Skip() => _position++;

    /// <summary>Passes a word; false where another one is here.</summary>
    public bool SkipWord(string word)
    {
        if (end - _position < word.Length || string.CompareOrdinal(text, _position, word, 0, word.Length) != 0)
        {
            FailExpected($"'{word}'");
            return false;
        }
        _position += word.Length;
        return true;
    }

    /// <summary>Passes a string; false where it is not a valid one.</summary>
    public bool SkipString()
    {
        var opening = _position++;
        while (true)
        {
            _position = PlainEnd(_position);
            if (_position >= end)
                break;
            var c = text[_position];
            if (c == '"')
            {
                _position++;
                return true;
            }
            if (c < ' ')
            {
                Fail(Problems.JsonControlCharacter, _position, 1, ((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
                return false;
            }
            if (!SkipEscape())
                return false;
        }
        Fail(Problems.JsonUnclosedString, opening, 1);
        return false;
    }

    /// <summary>Where characters of a string end that stand for themselves.</summary>
    [MethodImpl(Hot)]
    private int PlainEnd(int position)
    {
        var (all, last) = (text, end);
        while (position < last && all[position] is not ('"' or '\\' or < ' '))
            position++;
        return position;
    }

    private bool SkipEscape()
    {
        var length = _position + 1 < end && text[_position + 1] == 'u' ? 6 : 2;
        var valid = _position + length <= end;
        if (valid && length == 2)
            valid = "\"\\/bfnrt".IndexOf(text[_position + 1]) >= 0;
        for (var i = _position + 2; valid && i < _position + length; i++)
            valid = text[i] is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
        if (!valid)
        {
            Fail(Problems.JsonBadEscape, _position, Math.Min(2, end - _position));
            return false;
        }
        _position += length;
        return true;
    }

    /// <summary>Passes a number; false where it is not a valid one.</summary>
    public bool SkipNumber()
    {
        var numberStart = _position;
        if (At('-'))
            _position++;
        var valid = At('0') ? SkipOne() : SkipDigits();
        if (valid && At('.'))
        {
            _position++;
            valid = SkipDigits();
        }
        if (valid && (At('e') || At('E')))
        {
            _position++;
            if (At('+') || At('-'))
                _position++;
            valid = SkipDigits();
        }
        // A digit, letter or dot right after it belongs to a misspelled number (01, 1.2.3, 0x10), not to what comes next.
        if (valid && (_position >= end || !(char.IsLetterOrDigit(text[_position]) || At('.'))))
            return true;
        Fail(Problems.JsonBadNumber, numberStart, Math.Max(1, Math.Min(_position + 1, end) - numberStart));
        return false;
    }

    private bool SkipOne()
    {
        _position++;
        return true;
    }

    private bool SkipDigits()
    {
        var first = _position;
        while (_position < end && text[_position] is >= '0' and <= '9')
            _position++;
        return _position > first;
    }

    /// <summary>Passes white space.</summary>
    [MethodImpl(Hot)]
    public void SkipWhiteSpace()
    {
        var (all, last, position) = (text, end, _position);
        while (position < last && all[position] is ' ' or '\n' or '\r' or '\t')
            position++;
        _position = position;
    }

    /// <summary>Whether a character is next.</summary>
    public bool At(char c) => _position < end && text[_position] == c;

    /// <summary>Reports that something else was expected here.</summary>
    public void FailExpected(string expected)
    {
        if (_position >= end)
            Fail(Problems.JsonEnds, end, 0, expected);
        else
            Fail(Problems.JsonUnexpected, _position, 1, expected, ShowWord(_position));
    }

    /// <summary>The word that begins at a position, or the character: of "nul" the first letter alone would say nothing.</summary>
    private string ShowWord(int position)
    {
        var last = position;
        while (last < end && last - position < LongestWord && (text[last] is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_'))
            last++;
        return last - position < 2 ? Show(position) : "'" + text.Substring(position, last - position) + "'";
    }

    /// <summary>A character as messages show it.</summary>
    public string Show(int position) =>
        char.IsSurrogate(text[position]) || text[position] < ' '
            ? "U+" + ((int)text[position]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)
            : "'" + text[position] + "'";

    /// <summary>Reports a problem, after which nothing more is read.</summary>
    public void Fail(ProblemKind kind, int problemStart, int length, params string[] arguments)
    {
        HasFailed = true;
        problems.Add(kind.At(problemStart, length, arguments));
    }
}
