using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Json;

/// <summary>Reads JSON text (RFC 8259, strictly) into a <see cref="JsonTree"/>, without recursion and in one pass.</summary>
internal sealed class JsonParser(string text, int start, int end, int capacity)
{
    private const int LongestWord = 20;

    private readonly List<SpecProblem> _problems = [];
    private readonly int[] _open = new int[JsonTree.MaxDepth];
    private readonly int[] _lastChild = new int[JsonTree.MaxDepth];
    private JsonEntry[] _entries = new JsonEntry[capacity];
    private int _count;
    private int _depth;
    private int _position = start;
    private bool _failed;

    /// <summary>Reads a value and refuses anything but white space after it.</summary>
    public JsonTree ParseDocument()
    {
        ParseTree();
        if (!_failed)
        {
            SkipWhiteSpace();
            if (_position < end)
                Fail(Problems.JsonTrailing, _position, 1, Show(_position));
        }
        return Finish();
    }

    /// <summary>Reads a value and leaves what follows it.</summary>
    public JsonTree ParsePrefix()
    {
        ParseTree();
        return Finish();
    }

    private JsonTree Finish() => new(text, _entries, _count, _position, _problems.ToArray());

    private void ParseTree()
    {
        ParseValue(nameStart: -1, nameLength: 0);
        while (!_failed && _depth > 0)
            ParseNextChild();
        // What is open where the text breaks ends at the break, so that places before it can still be found.
        while (_depth > 0)
            Close();
    }

    private void ParseNextChild()
    {
        var parent = _open[_depth - 1];
        var isObject = _entries[parent].Kind == JsonKind.Object;
        var close = isObject ? '}' : ']';
        SkipWhiteSpace();
        if (At(close) && _entries[parent].ChildCount == 0)
        {
            _position++;
            Close();
            return;
        }
        if (_entries[parent].ChildCount > 0)
        {
            if (At(close))
            {
                _position++;
                Close();
                return;
            }
            if (!At(','))
            {
                FailExpected(isObject ? "',' or '}'" : "',' or ']'");
                return;
            }
            _position++;
            SkipWhiteSpace();
        }
        if (!isObject)
        {
            ParseValue(-1, 0);
            return;
        }
        if (!At('"'))
        {
            FailExpected(_entries[parent].ChildCount == 0 ? "a property name in double quotes or '}'" : "a property name in double quotes");
            return;
        }
        var nameStart = _position;
        if (!SkipString())
            return;
        var nameLength = _position - nameStart;
        SkipWhiteSpace();
        if (!At(':'))
        {
            FailExpected("':'");
            return;
        }
        _position++;
        ParseValue(nameStart, nameLength);
    }

    private void ParseValue(int nameStart, int nameLength)
    {
        SkipWhiteSpace();
        var valueStart = _position;
        if (_position >= end)
        {
            FailExpected("a value");
            return;
        }
        switch (text[_position])
        {
            case '{':
                Open(JsonKind.Object, nameStart, nameLength);
                return;
            case '[':
                Open(JsonKind.Array, nameStart, nameLength);
                return;
            case '"':
                if (SkipString())
                    Add(JsonKind.String, valueStart, _position - valueStart, nameStart, nameLength);
                return;
            case 't':
                ParseWord("true", JsonKind.Boolean, nameStart, nameLength);
                return;
            case 'f':
                ParseWord("false", JsonKind.Boolean, nameStart, nameLength);
                return;
            case 'n':
                ParseWord("null", JsonKind.Null, nameStart, nameLength);
                return;
            case '-' or (>= '0' and <= '9'):
                if (SkipNumber())
                    Add(JsonKind.Number, valueStart, _position - valueStart, nameStart, nameLength);
                return;
            default:
                FailExpected("a value");
                return;
        }
    }

    private void ParseWord(string word, JsonKind kind, int nameStart, int nameLength)
    {
        if (end - _position < word.Length || string.CompareOrdinal(text, _position, word, 0, word.Length) != 0)
        {
            FailExpected($"'{word}'");
            return;
        }
        _position += word.Length;
        Add(kind, _position - word.Length, word.Length, nameStart, nameLength);
    }

    private void Open(JsonKind kind, int nameStart, int nameLength)
    {
        if (_depth == JsonTree.MaxDepth)
        {
            Fail(Problems.JsonTooDeep, _position, 1, JsonTree.MaxDepth.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return;
        }
        if (Add(kind, _position, 1, nameStart, nameLength) is not { } index)
            return;
        _open[_depth] = index;
        _lastChild[_depth] = -1;
        _depth++;
        _position++;
    }

    private void Close()
    {
        var index = _open[--_depth];
        _entries[index].Length = Math.Min(_position, end) - _entries[index].Start;
        if (_entries[index].Kind == JsonKind.Object && _entries[index].ChildCount > 1)
            JsonDuplicates.Remove(text, _entries, index, _problems);
    }

    private int? Add(JsonKind kind, int valueStart, int length, int nameStart, int nameLength)
    {
        if (_count == JsonTree.MaxNodes)
        {
            Fail(Problems.JsonTooLarge, valueStart, 1, JsonTree.MaxNodes.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return null;
        }
        if (_count == _entries.Length)
            Array.Resize(ref _entries, Math.Min(JsonTree.MaxNodes, _count * 2));
        var index = _count++;
        _entries[index] = new JsonEntry
        {
            Kind = kind,
            Start = valueStart,
            Length = length,
            NameStart = nameStart,
            NameLength = nameLength,
            FirstChild = -1,
            Next = -1,
        };
        if (_depth > 0)
        {
            ref var last = ref _lastChild[_depth - 1];
            if (last < 0)
                _entries[_open[_depth - 1]].FirstChild = index;
            else
                _entries[last].Next = index;
            last = index;
            _entries[_open[_depth - 1]].ChildCount++;
        }
        return index;
    }

    private bool SkipString()
    {
        var opening = _position++;
        while (_position < end)
        {
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
            if (c == '\\' && !SkipEscape())
                return false;
            if (c != '\\')
                _position++;
        }
        Fail(Problems.JsonUnclosedString, opening, 1);
        return false;
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

    private bool SkipNumber()
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

    private void SkipWhiteSpace()
    {
        while (_position < end && text[_position] is ' ' or '\n' or '\r' or '\t')
            _position++;
    }

    private bool At(char c) => _position < end && text[_position] == c;

    private void FailExpected(string expected)
    {
        if (_position >= end)
            Fail(Problems.JsonEnds, end, 0, expected);
        else
            Fail(Problems.JsonUnexpected, _position, 1, expected, ShowWord(_position));
    }

    /// <summary>The word that begins at a place, or the character: of "nul" the first letter alone would say nothing.</summary>
    private string ShowWord(int position)
    {
        var last = position;
        while (last < end && last - position < LongestWord && (text[last] is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_'))
            last++;
        return last - position < 2 ? Show(position) : "'" + text.Substring(position, last - position) + "'";
    }

    private string Show(int position) =>
        char.IsSurrogate(text[position]) || text[position] < ' '
            ? "U+" + ((int)text[position]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)
            : "'" + text[position] + "'";

    private void Fail(ProblemKind kind, int problemStart, int length, params string[] arguments)
    {
        _failed = true;
        _problems.Add(kind.At(problemStart, length, arguments));
    }
}
