using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Json;

/// <summary>Reads JSON text (RFC 8259, strictly) into a <see cref="JsonTree"/>, without recursion and in one pass.</summary>
internal sealed class JsonParser
{
    private const int FirstDepth = 16;

    private readonly string _text;
    private readonly int _end;
    private readonly List<SpecProblem> _problems;
    private readonly JsonScanner _scanner;
    private int[] _open = new int[FirstDepth];
    private int[] _lastChild = new int[FirstDepth];
    private JsonEntry[] _entries;
    private int _count;
    private int _depth;

    public JsonParser(string text, int start, int end, int capacity)
    {
        _text = text;
        _end = end;
        _entries = new JsonEntry[capacity];
        _problems = [];
        _scanner = new JsonScanner(text, start, end, _problems);
    }

    /// <summary>Reads a value and refuses anything but white space after it.</summary>
    public JsonTree ParseDocument()
    {
        ParseTree();
        if (!_scanner.HasFailed)
        {
            _scanner.SkipWhiteSpace();
            if (!_scanner.IsAtEnd)
                _scanner.Fail(Problems.JsonTrailing, _scanner.Position, 1, _scanner.Show(_scanner.Position));
        }
        return Finish();
    }

    /// <summary>Reads a value and leaves what follows it.</summary>
    public JsonTree ParsePrefix()
    {
        ParseTree();
        return Finish();
    }

    private JsonTree Finish() => new(_text, _entries, _count, _scanner.Position, _problems.ToArray());

    private void ParseTree()
    {
        ParseValue(nameStart: -1, nameLength: 0);
        while (!_scanner.HasFailed && _depth > 0)
            ParseNextChild();
        // What is open where the text breaks ends at the break, so that locations before it can still be found.
        while (_depth > 0)
            Close();
    }

    private void ParseNextChild()
    {
        var parent = _open[_depth - 1];
        var isObject = _entries[parent].Kind == JsonKind.Object;
        var close = isObject ? '}' : ']';
        _scanner.SkipWhiteSpace();
        if (_scanner.At(close) && _entries[parent].ChildCount == 0)
        {
            _scanner.Skip();
            Close();
            return;
        }
        if (_entries[parent].ChildCount > 0)
        {
            if (_scanner.At(close))
            {
                _scanner.Skip();
                Close();
                return;
            }
            if (!_scanner.At(','))
            {
                _scanner.FailExpected(isObject ? "',' or '}'" : "',' or ']'");
                return;
            }
            _scanner.Skip();
            _scanner.SkipWhiteSpace();
        }
        if (!isObject)
        {
            ParseValue(-1, 0);
            return;
        }
        if (!_scanner.At('"'))
        {
            _scanner.FailExpected(_entries[parent].ChildCount == 0 ? "a property name in double quotes or '}'" : "a property name in double quotes");
            return;
        }
        var nameStart = _scanner.Position;
        if (!_scanner.SkipString())
            return;
        var nameLength = _scanner.Position - nameStart;
        _scanner.SkipWhiteSpace();
        if (!_scanner.At(':'))
        {
            _scanner.FailExpected("':'");
            return;
        }
        _scanner.Skip();
        ParseValue(nameStart, nameLength);
    }

    private void ParseValue(int nameStart, int nameLength)
    {
        _scanner.SkipWhiteSpace();
        var valueStart = _scanner.Position;
        if (_scanner.IsAtEnd)
        {
            _scanner.FailExpected("a value");
            return;
        }
        switch (_scanner.Current)
        {
            case '{':
                Open(JsonKind.Object, nameStart, nameLength);
                return;
            case '[':
                Open(JsonKind.Array, nameStart, nameLength);
                return;
            case '"':
                if (_scanner.SkipString())
                    Add(JsonKind.String, valueStart, _scanner.Position - valueStart, nameStart, nameLength);
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
                if (_scanner.SkipNumber())
                    Add(JsonKind.Number, valueStart, _scanner.Position - valueStart, nameStart, nameLength);
                return;
            default:
                _scanner.FailExpected("a value");
                return;
        }
    }

    private void ParseWord(string word, JsonKind kind, int nameStart, int nameLength)
    {
        if (_scanner.SkipWord(word))
            Add(kind, _scanner.Position - word.Length, word.Length, nameStart, nameLength);
    }

    private void Open(JsonKind kind, int nameStart, int nameLength)
    {
        if (_depth == JsonTree.MaxDepth)
        {
            _scanner.Fail(Problems.JsonTooDeep, _scanner.Position, 1, JsonTree.MaxDepth.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return;
        }
        if (Add(kind, _scanner.Position, 1, nameStart, nameLength) is not { } index)
            return;
        if (_depth == _open.Length)
        {
            Array.Resize(ref _open, _depth * 2);
            Array.Resize(ref _lastChild, _depth * 2);
        }
        _open[_depth] = index;
        _lastChild[_depth] = -1;
        _depth++;
        _scanner.Skip();
    }

    private void Close()
    {
        var index = _open[--_depth];
        _entries[index].Length = Math.Min(_scanner.Position, _end) - _entries[index].Start;
        if (_entries[index].Kind == JsonKind.Object && _entries[index].ChildCount > 1)
            JsonDuplicates.Remove(_text, _entries, index, _problems);
    }

    private int? Add(JsonKind kind, int valueStart, int length, int nameStart, int nameLength)
    {
        if (_count == JsonTree.MaxNodes)
        {
            _scanner.Fail(Problems.JsonTooLarge, valueStart, 1, JsonTree.MaxNodes.ToString(System.Globalization.CultureInfo.InvariantCulture));
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
}
