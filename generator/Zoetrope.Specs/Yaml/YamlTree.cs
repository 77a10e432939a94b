using System.Text;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Yaml;

/// <summary>Turns YAML into the tree that JSON documents have, with the locations of the YAML.</summary>
internal sealed class YamlTree
{
    // A few short lines of aliases to aliases would otherwise fill the memory.
    private const int MaxNodes = 1_000_000;
    private const int MaxDepth = 120;

    private readonly StringBuilder _json = new();
    private readonly List<TextRange> _values = [];
    private readonly List<TextRange> _names = [];

    /// <summary>The tree of a value; null where its aliases make it too large.</summary>
    public static JsonTree? Of(YamlNode root)
    {
        var tree = new YamlTree();
        return tree.Write(root, root.Range, 0) ? JsonTree.Parse(tree._json.ToString()).At(tree._values.ToArray(), tree._names.ToArray()) : null;
    }

    /// <summary>Writes values in the order in which a tree holds them.</summary>
    private bool Write(YamlNode node, TextRange name, int depth)
    {
        if (_values.Count == MaxNodes || depth > MaxDepth)
            return false;
        _values.Add(node.Range);
        _names.Add(name);
        switch (node)
        {
            case YamlScalar scalar:
                _json.Append(scalar.Json);
                return true;
            case YamlSequence sequence:
                _json.Append('[');
                foreach (var item in sequence.Items)
                {
                    Separate('[');
                    if (!Write(item, item.Range, depth + 1))
                        return false;
                }
                _json.Append(']');
                return true;
            default:
                _json.Append('{');
                foreach (var member in ((YamlMapping)node).Members)
                {
                    Separate('{');
                    _json.Append(JsonStrings.Quote(member.Key)).Append(':');
                    if (!Write(member.Value, member.KeyRange, depth + 1))
                        return false;
                }
                _json.Append('}');
                return true;
        }
    }

    private void Separate(char open)
    {
        if (_json[_json.Length - 1] != open)
            _json.Append(',');
    }
}
