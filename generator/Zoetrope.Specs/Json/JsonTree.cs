using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Json;

/// <summary>
/// A JSON text as a compact tree that knows the location of everything. It holds one array of small entries, no object a value; strings and
/// numbers are cut out of the text only when asked for. Reading never throws: what is wrong is in <see cref="Problems"/>. A tree is for one
/// thread at a time.
/// </summary>
public sealed class JsonTree
{
    /// <summary>How deep arrays and objects may nest. More is a problem: code that walks the tree may recurse.</summary>
    public const int MaxDepth = 128;

    /// <summary>How many values a document may hold. Far above every real document, and it bounds the memory that a hostile one takes.</summary>
    public const int MaxNodes = 4_000_000;

    /// <summary>How many entries are set aside at most before any is read: a guess from the length that garbage must not make costly.</summary>
    private const int LargestFirstCapacity = 65536;

    private const int SmallestFirstCapacity = 16;

    /// <summary>Objects with more properties are looked up in a dictionary, which is made at the first question.</summary>
    internal const int LargeObject = 16;

    private readonly JsonEntry[] _entries;
    private Dictionary<int, Dictionary<string, int>>? _lookups;
    private TextRange[]? _values;
    private TextRange[]? _names;

    internal JsonTree(string text, JsonEntry[] entries, int count, int end, SpecProblem[] problems)
    {
        Text = text;
        _entries = entries;
        Count = count;
        End = end;
        Problems = new(problems);
    }

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>How many values the tree holds.</summary>
    public int Count { get; }

    /// <summary>The offset after the last character that was read.</summary>
    public int End { get; }

    /// <summary>What is wrong with the text: at most one syntax error, and a warning for each duplicate property.</summary>
    public EquatableArray<SpecProblem> Problems { get; }

    /// <summary>Whether the whole text is well-formed.</summary>
    public bool IsValid
    {
        get
        {
            foreach (var problem in Problems)
            {
                if (problem.Kind.Severity == ProblemSeverity.Error)
                    return false;
            }
            return true;
        }
    }

    /// <summary>The outermost value. When the text is broken, what was read before the break; missing when that is nothing.</summary>
    public JsonNode Root => Count == 0 ? default : new(this, 0);

    /// <summary>Reads a whole text.</summary>
    /// <param name="text">The text; a leading byte order mark is skipped.</param>
    public static JsonTree Parse(string text)
    {
        var start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        var capacity = Math.Max(SmallestFirstCapacity, Math.Min(text.Length / 24, LargestFirstCapacity));
        return new JsonParser(text, start, text.Length, capacity).ParseDocument();
    }

    /// <summary>Reads one value that begins at <paramref name="start"/> (white space may precede it) and ignores what follows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where the text is taken to end.</param>
    public static JsonTree ParseValue(string text, int start, int end) => new JsonParser(text, start, end, SmallestFirstCapacity).ParsePrefix();

    /// <summary>This tree with locations in the text from which its JSON was made.</summary>
    /// <param name="values">The location of each value, in the order of the JSON.</param>
    /// <param name="names">The location of the name of each value that has one; of the others anything.</param>
    internal JsonTree At(TextRange[] values, TextRange[] names)
    {
        (_values, _names) = (values, names);
        return this;
    }

    internal ref readonly JsonEntry Entry(int index) => ref _entries[index];

    internal TextRange ValueRange(int index) => _values is null ? new(_entries[index].Start, _entries[index].Length) : _values[index];

    internal TextRange NameRange(int index) => _names is null ? new(_entries[index].NameStart, _entries[index].NameLength) : _names[index];

    internal JsonNode Find(int parent, string name)
    {
        _lookups ??= [];
        if (!_lookups.TryGetValue(parent, out var lookup))
        {
            lookup = new(StringComparer.Ordinal);
            for (var child = _entries[parent].FirstChild; child >= 0; child = _entries[child].Next)
                lookup[JsonStrings.Unquote(Text, _entries[child].NameStart, _entries[child].NameLength)] = child;
            _lookups.Add(parent, lookup);
        }
        return lookup.TryGetValue(name, out var found) ? new(this, found) : default;
    }
}

/// <summary>One value in the array of a <see cref="JsonTree"/>. Children are linked, so that a duplicate property can be taken out.</summary>
internal struct JsonEntry
{
    public JsonKind Kind;
    public int Start;
    public int Length;

    /// <summary>The offset of the property's name, with its quotes; -1 for what is not a property.</summary>
    public int NameStart;
    public int NameLength;

    /// <summary>The first child, or -1.</summary>
    public int FirstChild;

    /// <summary>The next value in the same array or object, or -1.</summary>
    public int Next;
    public int ChildCount;
}
