using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Json;

/// <summary>A value in a <see cref="JsonTree"/>. The default value is "not there", and every member of it can be used.</summary>
public readonly struct JsonNode
{
    private readonly JsonTree? _tree;
    private readonly int _index;

    internal JsonNode(JsonTree tree, int index)
    {
        _tree = tree;
        _index = index;
    }

    /// <summary>Whether there is such a value.</summary>
    public bool Exists => _tree is not null;

    /// <summary>The kind of value; <see cref="JsonKind.Null"/> when it is not there.</summary>
    public JsonKind Kind => _tree is null ? JsonKind.Null : Entry.Kind;

    /// <summary>The location of the value; an empty range when it is not there.</summary>
    public TextRange Range => _tree?.ValueRange(_index) ?? default;

    /// <summary>The location of this property's name, with its quotes; the value's range for what is not a property.</summary>
    public TextRange NameRange => _tree is null || Entry.NameStart < 0 ? Range : _tree.NameRange(_index);

    /// <summary>The unescaped name of this property; empty for what is not a property.</summary>
    public string Name => _tree is null || Entry.NameStart < 0 ? "" : JsonStrings.Unquote(_tree.Text, Entry.NameStart, Entry.NameLength);

    /// <summary>The name of this property as it is spelled in the text, with its quotes; empty for what is not a property.</summary>
    public string RawName => _tree is null || Entry.NameStart < 0 ? "" : _tree.Text.Substring(Entry.NameStart, Entry.NameLength);

    /// <summary>How many items or properties it has.</summary>
    public int Count => _tree is null ? 0 : Entry.ChildCount;

    /// <summary>Whether it is there and an object.</summary>
    public bool IsObject => _tree is not null && Entry.Kind == JsonKind.Object;

    /// <summary>Whether it is there and an array.</summary>
    public bool IsArray => _tree is not null && Entry.Kind == JsonKind.Array;

    /// <summary>Whether it is there and a string.</summary>
    public bool IsString => _tree is not null && Entry.Kind == JsonKind.String;

    /// <summary>Whether it is there and <c>null</c>.</summary>
    public bool IsNull => _tree is not null && Entry.Kind == JsonKind.Null;

    /// <summary>Whether it is there and <c>true</c>.</summary>
    public bool IsTrue => IsBoolean && Entry.Length == 4;

    /// <summary>Whether it is there and <c>false</c>.</summary>
    public bool IsFalse => IsBoolean && Entry.Length == 5;

    /// <summary>Whether it is there and a number.</summary>
    public bool IsNumber => _tree is not null && Entry.Kind == JsonKind.Number;

    /// <summary>Whether it is there and a boolean.</summary>
    public bool IsBoolean => _tree is not null && Entry.Kind == JsonKind.Boolean;

    /// <summary>The unescaped text of a string, or null for everything else.</summary>
    public string? String => IsString ? JsonStrings.Unquote(_tree!.Text, Entry.Start, Entry.Length) : null;

    /// <summary>What a string says, without the spaces around it; null where it is not a string, or nothing is left.</summary>
    public string? Trimmed => String?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The value as it is spelled in the text.</summary>
    public string Raw => _tree is null ? "" : _tree.Text.Substring(Entry.Start, Entry.Length);

    /// <summary>The value of a property; the last one where the text gives it twice; not there when this is not an object or has none.</summary>
    /// <param name="name">The unescaped name.</param>
    public JsonNode this[string name]
    {
        get
        {
            if (!IsObject)
                return default;
            if (Entry.ChildCount > JsonTree.LargeObject)
                return _tree!.Find(_index, name);
            foreach (var property in this)
            {
                var entry = property.Entry;
                if (JsonStrings.NameIs(_tree!.Text, entry.NameStart, entry.NameLength, name))
                    return property;
            }
            return default;
        }
    }

    /// <summary>Whether a value is this one or inside it.</summary>
    internal bool Holds(JsonNode other) =>
        _tree is not null && other._tree == _tree && other.Entry.Start is var start && start >= Entry.Start && start < Entry.Start + Entry.Length;

    /// <summary>Whether the text that the value is in has these characters anywhere.</summary>
    internal bool IsInTextWith(string characters) => _tree is not null && _tree.Text.IndexOf(characters, StringComparison.Ordinal) >= 0;

    /// <summary>Whether the text that the value is in has these characters anywhere but at the start of the others.</summary>
    internal bool IsInTextWith(string characters, string except)
    {
        for (var at = -1; _tree is not null && (at = _tree.Text.IndexOf(characters, at + 1, StringComparison.Ordinal)) >= 0;)
        {
            if (string.CompareOrdinal(_tree.Text, at, except, 0, except.Length) != 0)
                return true;
        }
        return false;
    }

    private JsonEntry Entry => _tree!.Entry(_index);

    /// <summary>Walks the items of an array or the properties of an object.</summary>
    public Enumerator GetEnumerator() => new(_tree, _tree is null ? -1 : Entry.FirstChild);

    /// <summary>Walks children.</summary>
    public struct Enumerator
    {
        private readonly JsonTree? _tree;
        private int _current;
        private int _next;

        internal Enumerator(JsonTree? tree, int first)
        {
            _tree = tree;
            _current = -1;
            _next = first;
        }

        /// <summary>The child at hand.</summary>
        public readonly JsonNode Current => new(_tree!, _current);

        /// <summary>Goes to the next child.</summary>
        public bool MoveNext()
        {
            if (_next < 0)
                return false;
            _current = _next;
            _next = _tree!.Entry(_current).Next;
            return true;
        }
    }
}
