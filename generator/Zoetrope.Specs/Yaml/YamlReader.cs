using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Yaml;

/// <summary>
/// Reads the YAML of pages, with the location of each value: mappings and lists in blocks and in braces, scalars of every style, comments, anchors and aliases.
/// Tags, merge keys, keys that are not texts in one line, and several documents are refused. Plain scalars follow the core schema of YAML 1.2 (see
/// <see cref="YamlScalars"/>), except where OpenAPI wants texts (see <see cref="YamlTexts"/>).
/// </summary>
public sealed class YamlReader
{
    /// <summary>How deep values may nest, which is less than a <see cref="JsonTree"/> holds.</summary>
    private const int MaxDepth = 100;

    private readonly YamlCursor _cursor;
    private readonly YamlText _texts;
    private readonly YamlAnchors _anchors;

    private YamlReader(string text, int start, int end)
    {
        _cursor = new(text, start, end);
        _texts = new(_cursor);
        _anchors = new(_cursor, MaxDepth);
    }

    /// <summary>Reads a document; null where it cannot be read, which is reported.</summary>
    /// <param name="text">The text that contains it.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="problems">The list that receives the problem.</param>
    public static YamlNode? Read(string text, int start, int end, ICollection<SpecProblem> problems)
    {
        try
        {
            return new YamlReader(text, start, end).ReadDocument();
        }
        catch (UnreadableYamlException failure)
        {
            problems.Add(failure.Problem);
            return null;
        }
    }

    private YamlNode ReadDocument()
    {
        _cursor.SkipToContent();
        if (_cursor is { Column: 0, Current: '%' })
            throw _cursor.Unsupported("A directive");
        if (_cursor.IsAtMarker && _cursor.Current == '-')
        {
            _cursor.Position += 3;
            _cursor.SkipToContent();
        }
        var root = _cursor.IsAtEnd || _cursor.IsAtMarker ? Nothing() : ReadNode(-1, isBlock: true, 0);
        if (_cursor.IsAtMarker && _cursor.Current == '.')
        {
            _cursor.Position += 3;
            _cursor.SkipToContent();
        }
        if (_cursor.IsAtMarker)
            throw _cursor.Unsupported("A second document");
        if (!_cursor.IsAtEnd)
            throw _cursor.Expected("the end of the document");
        if (root.Values > YamlNode.MaxValues)
        {
            _cursor.Position = root.Range.Start;
            throw _cursor.Unsupported("A document of more than " + YamlNode.MaxValues.ToString(CultureInfo.InvariantCulture) + " values");
        }
        return YamlTexts.Of(root);
    }

    /// <summary>Reads the value that begins here, and what separates it from the next one.</summary>
    /// <param name="parent">The column of what it belongs to; all of it is to the right of it.</param>
    /// <param name="isBlock">Whether it may be a list or mapping in lines, which cannot begin in the line of a key.</param>
    /// <param name="depth">How deep it is nested.</param>
    private YamlNode ReadNode(int parent, bool isBlock, int depth)
    {
        if (depth > MaxDepth)
            throw _cursor.Unsupported("YAML that is nested so deep");
        var anchor = _anchors.Read();
        if (anchor is not null && (_cursor.IsAtLineEnd || _cursor.IsAtComment))
        {
            _cursor.SkipToContent();
            if (!IsInside(parent))
                return _anchors.Keep(anchor, !isBlock && IsItemAt(parent) ? ReadSequence(depth) : Nothing());
            isBlock = true;
        }
        else if (anchor is not null && isBlock && (_cursor.IsAtItem || _texts.IsAtKey()))
            throw _cursor.Unsupported("An anchor in the line of a key or an item");
        return _anchors.Keep(anchor, ReadContent(parent, isBlock, depth));
    }

    private YamlNode ReadContent(int parent, bool isBlock, int depth)
    {
        if (isBlock)
            RefuseTabs();
        if (_cursor.IsAtItem)
            return isBlock ? ReadSequence(depth) : throw _cursor.Expected("a value, or a list that begins in the next line,");
        if (_cursor.Current == '?' && _cursor.IsSpace(_cursor.Position + 1))
            throw _cursor.Unsupported("A key that is marked with '?'");
        if (isBlock && _texts.IsAtKey())
            return ReadMapping(depth);
        if (_cursor.Current is '|' or '>')
        {
            var block = _texts.ReadBlock(parent);
            _cursor.SkipToContent();
            return block;
        }
        var node = _cursor.Current switch
        {
            '*' => _anchors.ReadAlias(depth),
            '[' or '{' => ReadFlow(depth),
            '"' or '\'' => _texts.ReadQuoted(),
            _ => _texts.ReadPlain(parent, isFlow: false),
        };
        _cursor.SkipBlanks();
        if (!_cursor.IsAtLineEnd && !_cursor.IsAtComment)
            throw _cursor.Expected("the end of the line");
        _cursor.SkipToContent();
        return node;
    }

    private YamlSequence ReadSequence(int depth)
    {
        var (start, column) = (_cursor.Position, _cursor.Column);
        var items = new List<YamlNode>();
        do
        {
            _cursor.Position++;
            _cursor.SkipBlanks();
            if (_cursor.IsAtLineEnd || _cursor.IsAtComment)
                _cursor.SkipToContent();
            items.Add(IsInside(column) ? ReadNode(column, isBlock: true, depth + 1) : Nothing());
            RefuseDeeper(column);
        }
        while (IsItemAt(column));
        return new(items, Until(start));
    }

    private YamlMapping ReadMapping(int depth)
    {
        var (start, column) = (_cursor.Position, _cursor.Column);
        var members = new List<YamlMember>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            if (!_texts.IsAtKey())
                throw _cursor.Current == '?' ? _cursor.Unsupported("A key that is marked with '?'") : _cursor.Expected("a key with ':'");
            var keyStart = _cursor.Position;
            var key = ReadKey(keys, isFlow: false);
            var keyRange = new TextRange(keyStart, _cursor.Position - keyStart);
            _cursor.SkipBlanks();
            _cursor.Position++;
            _cursor.SkipBlanks();
            var isNextLine = _cursor.IsAtLineEnd || _cursor.IsAtComment;
            if (isNextLine)
                _cursor.SkipToContent();
            var value = IsInside(column) ? ReadNode(column, isNextLine, depth + 1) : IsItemAt(column) ? ReadSequence(depth + 1) : Nothing();
            members.Add(new(key, value, keyRange));
            RefuseDeeper(column);
        }
        while (!Ends && _cursor.Column == column);
        return new(members, Until(start));
    }

    private YamlNode ReadFlow(int depth)
    {
        if (depth > MaxDepth)
            throw _cursor.Unsupported("YAML that is nested so deep");
        var start = _cursor.Position;
        var isMapping = _cursor.Current == '{';
        var close = isMapping ? '}' : ']';
        var (items, members) = (new List<YamlNode>(), new List<YamlMember>());
        var keys = new HashSet<string>(StringComparer.Ordinal);
        _cursor.Position++;
        _cursor.SkipToContent();
        while (_cursor.Current != close)
        {
            if (isMapping)
                members.Add(ReadFlowMember(keys, depth));
            else
                items.Add(ReadFlowNode(depth));
            _cursor.SkipToContent();
            if (!isMapping && _cursor.Current == ':')
                throw _cursor.Unsupported("A pair in a list");
            if (_cursor.Current == ',')
                _cursor.Position++;
            else if (_cursor.Current != close)
                throw _cursor.Expected(isMapping ? "',' or '}'" : "',' or ']'");
            _cursor.SkipToContent();
        }
        _cursor.Position++;
        var range = new TextRange(start, _cursor.Position - start);
        return isMapping ? new YamlMapping(members, range) : new YamlSequence(items, range);
    }

    private YamlMember ReadFlowMember(HashSet<string> keys, int depth)
    {
        var start = _cursor.Position;
        var key = ReadKey(keys, isFlow: true);
        var range = new TextRange(start, _cursor.Position - start);
        _cursor.SkipToContent();
        if (_cursor.Current != ':')
            return new(key, Nothing(), range);
        _cursor.Position++;
        _cursor.SkipToContent();
        return new(key, _cursor.Current is ',' or '}' ? Nothing() : ReadFlowNode(depth), range);
    }

    private YamlNode ReadFlowNode(int depth)
    {
        var anchor = _anchors.Read();
        _cursor.SkipToContent();
        var node = _cursor.Current switch
        {
            '*' => _anchors.ReadAlias(depth + 1),
            '[' or '{' => ReadFlow(depth + 1),
            '"' or '\'' => _texts.ReadQuoted(),
            _ => _texts.ReadPlain(-1, isFlow: true),
        };
        return _anchors.Keep(anchor, node);
    }

    private string ReadKey(HashSet<string> keys, bool isFlow)
    {
        var (start, line) = (_cursor.Position, _cursor.LineStart);
        var isQuoted = _cursor.Current is '"' or '\'';
        var key = isQuoted ? _texts.ReadQuoted() : isFlow ? _texts.ReadPlain(-1, isFlow) : _texts.ReadPlainKey();
        var name = key.Plain ?? JsonStrings.Unquote(key.Json, 0, key.Json.Length);
        if (!isQuoted && name == "<<")
        {
            _cursor.Return(start, line);
            throw _cursor.Unsupported("A merge key");
        }
        if (keys.Add(name))
            return name;
        _cursor.Return(start, line);
        throw new UnreadableYamlException(Problems.YamlInvalid.At(start, 1, "another key", "'" + name + "' a second time"));
    }

    private bool Ends => _cursor.IsAtEnd || _cursor.IsAtMarker;

    private bool IsInside(int column) => !Ends && _cursor.Column > column;

    private bool IsItemAt(int column) => !Ends && _cursor.Column == column && _cursor.IsAtItem;

    private void RefuseDeeper(int column)
    {
        if (IsInside(column))
            throw _cursor.Expected("a line that is indented like the ones before it");
    }

    /// <summary>Nobody knows how wide a tab is.</summary>
    private void RefuseTabs()
    {
        for (var i = _cursor.LineStart; i < _cursor.Position; i++)
        {
            if (_cursor.Text[i] == '\t')
            {
                _cursor.Position = i;
                throw _cursor.Expected("spaces, which alone indent lines,");
            }
        }
    }

    private YamlScalar Nothing() => new("null", "", new(Math.Min(_cursor.Position, _cursor.Text.Length), 0));

    /// <summary>From a location to the last character before the next value.</summary>
    private TextRange Until(int start)
    {
        var end = _cursor.Position;
        while (end > start && char.IsWhiteSpace(_cursor.Text[end - 1]))
            end--;
        return new(start, end - start);
    }
}
