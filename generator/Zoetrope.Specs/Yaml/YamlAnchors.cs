using System.Globalization;

namespace Zoetrope.Specs.Yaml;

/// <summary>
/// Reads anchors and aliases. An alias with which the document would be too large or too deep is refused before anything walks through its value, which few
/// short lines of aliases to aliases make as large and as deep as they like.
/// </summary>
/// <param name="cursor">The location in the document.</param>
/// <param name="maxDepth">How deep values may nest.</param>
internal sealed class YamlAnchors(YamlCursor cursor, int maxDepth)
{
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    // What all aliases until here stand for. A value that contains some is counted with them at each of its own aliases, so that this is what they add.
    private long _values;
    private long _characters;

    /// <summary>Reads the anchor of the value that begins here; null where it has none.</summary>
    public string? Read()
    {
        if (cursor.Current == '!')
            throw cursor.Unsupported("A tag");
        if (cursor.Current != '&')
            return null;
        var name = ReadName();
        cursor.SkipBlanks();
        return cursor.Current == '!' ? throw cursor.Unsupported("A tag") : name;
    }

    /// <summary>Keeps the value of an anchor for the aliases after it.</summary>
    public YamlNode Keep(string? anchor, YamlNode node) => anchor is null ? node : _anchors[anchor] = node;

    /// <summary>Reads an alias: the value of its anchor.</summary>
    /// <param name="depth">How deep it is nested.</param>
    public YamlNode ReadAlias(int depth)
    {
        var (start, line) = (cursor.Position, cursor.LineStart);
        if (!_anchors.TryGetValue(ReadName(), out var node))
        {
            cursor.Return(start, line);
            throw cursor.Expected("the name of an anchor before it");
        }
        _values += node.Values;
        _characters += node.Characters;
        var excess = depth + node.Depth > maxDepth ? $"nests values more than {Text(maxDepth)} levels deep"
            : _values > YamlNode.MaxValues ? $"makes the document more than {Text(YamlNode.MaxValues)} values"
            : _characters > YamlNode.MaxCharacters ? $"makes the document more than {Text(YamlNode.MaxCharacters)} characters"
            : null;
        if (excess is null)
            return node;
        cursor.Return(start, line);
        throw cursor.Unsupported("An alias that " + excess);
    }

    private string ReadName()
    {
        cursor.Position++;
        var start = cursor.Position;
        while (!cursor.IsSpace(cursor.Position) && cursor.Current is not (',' or '[' or ']' or '{' or '}'))
            cursor.Position++;
        return cursor.Position > start ? cursor.Text.Substring(start, cursor.Position - start) : throw cursor.Expected("the name of an anchor");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
