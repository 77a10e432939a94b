using System.Text;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Yaml;

/// <summary>Turns YAML into the tree that JSON documents have, with the locations of the YAML.</summary>
internal sealed class YamlTree
{
    private readonly StringBuilder _json = new();
    private readonly List<TextRange> _values = [];
    private readonly List<TextRange> _names = [];

    /// <summary>The tree of a value that <see cref="YamlReader"/> has read, which is as large and deep as a tree may be.</summary>
    public static JsonTree Of(YamlNode root)
    {
        var tree = new YamlTree();
        tree.Write(root, root.Range);
        return JsonTree.Parse(tree._json.ToString()).At(tree._values.ToArray(), tree._names.ToArray());
    }

    /// <summary>Writes values in the order in which a tree holds them.</summary>
    private void Write(YamlNode node, TextRange name)
    {
        _values.Add(node.Range);
        _names.Add(name);
        switch (node)
        {
            case YamlScalar scalar:
                _json.Append(scalar.Json);
                break;
            case YamlSequence sequence:
                _json.Append('[');
                foreach (var item in sequence.Items)
                {
                    Separate('[');
                    Write(item, item.Range);
                }
                _json.Append(']');
                break;
            default:
                _json.Append('{');
                foreach (var member in ((YamlMapping)node).Members)
                {
                    Separate('{');
                    _json.Append(JsonStrings.Quote(member.Key)).Append(':');
                    Write(member.Value, member.KeyRange);
                }
                _json.Append('}');
                break;
        }
    }

    private void Separate(char open)
    {
        if (_json[_json.Length - 1] != open)
            _json.Append(',');
    }
}
