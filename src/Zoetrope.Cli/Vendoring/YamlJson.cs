using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Yaml;

namespace Zoetrope.Cli.Vendoring;

/// <summary>
/// Converts YAML to JSON: keys keep their order, and numbers their spelling as far as JSON allows it. Plain scalars follow YAML 1.2's core schema, so that
/// dates, <c>yes</c> and <c>no</c> stay strings; where OpenAPI expects a string (see <see cref="YamlTexts"/>) they are that string as it is spelled. Aliases
/// and merge keys are expanded. What JSON cannot express is rejected.
/// </summary>
internal sealed class YamlJson
{
    private const int MaxDepth = 200;

    private readonly Parser _parser;
    private readonly List<Mark> _marks = [];
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private readonly SourceLocations _places = new();
    private long _aliasedCharacters;

    private YamlJson(string text) => _parser = new Parser(new StringReader(YamlBlocks.Clean(text)));

    /// <summary>Whether a text that is not JSON is an OpenAPI or Swagger document in YAML: a line begins with the member that names the version.</summary>
    public static bool IsOpenApi(string text) => text.AsSpan().TrimStart() is not ['{' or '[', ..]
        && text.Split('\n').Any(line => line.TrimStart('\uFEFF') is var start && (IsKey(start, "openapi") || IsKey(start, "swagger")));

    /// <summary>Converts; indented by two spaces, with LF.</summary>
    /// <exception cref="YamlException">It is not YAML, or JSON cannot express it; the exception has the location.</exception>
    public static string Convert(string text) => Convert(text, out _);

    /// <summary>Converts, with the location of each JSON value in the YAML.</summary>
    /// <inheritdoc cref="Convert(string)"/>
    public static string Convert(string text, out SourceLocations places)
    {
        var converter = new YamlJson(text);
        converter._parser.Consume<StreamStart>();
        converter._parser.Consume<DocumentStart>();
        var root = converter.Read(0);
        converter._parser.Consume<DocumentEnd>();
        if (!converter._parser.TryConsume<StreamEnd>(out _))
            throw Refuse(converter._parser.Current!, "there is more than one document");
        // A few short lines of aliases to aliases would otherwise fill the memory.
        if (root.Values > YamlNode.MaxValues)
            throw new YamlException($"its aliases make more than {YamlNode.MaxValues} values");
        if (converter._aliasedCharacters > YamlNode.MaxCharacters)
            throw new YamlException($"its aliases make more than {YamlNode.MaxCharacters} characters");
        if (root.Depth > MaxDepth)
            throw new YamlException($"its aliases are nested more than {MaxDepth} levels deep");
        root = YamlTexts.Of(root);
        var json = new StringBuilder();
        converter.Write(json, root, "\n");
        places = converter._places;
        return json.Append('\n').ToString();
    }

    private static bool IsKey(string line, string name) =>
        (line.StartsWith(name, StringComparison.Ordinal) && line.AsSpan(name.Length).TrimStart() is [':', ..])
        || (line.Length > 0 && line[0] is '"' or '\'' && line.AsSpan(1).StartsWith(name) && line.AsSpan(1 + name.Length) is ['"' or '\'', ':', ..]);

    private YamlNode Read(int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth)
            throw Refuse(current, $"it is nested more than {MaxDepth} levels deep");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!_anchors.TryGetValue(alias.Value, out var known))
                throw Refuse(alias, $"no value before it has the anchor '{alias.Value}'");
            _aliasedCharacters += known.Characters;
            return known;
        }
        YamlNode node;
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            var isPlain = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;
            node = new YamlScalar(
                YamlTags.ToJson(scalar) ?? throw Refuse(scalar, $"JSON cannot express '{scalar.Value}'"),
                isPlain ? scalar.Value : null,
                Keep(scalar.Start));
        }
        else if (_parser.TryConsume<SequenceStart>(out _))
            node = ReadSequence(depth, current.Start);
        else if (_parser.TryConsume<MappingStart>(out _))
            node = ReadMapping(depth, current.Start);
        else
            throw Refuse(current, "a value is expected");
        if (current is NodeEvent { Anchor: { IsEmpty: false } anchor })
            _anchors[anchor] = node;
        return node;
    }

    private YamlSequence ReadSequence(int depth, Mark start)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Read(depth + 1));
        return new(items, Keep(start));
    }

    private YamlMapping ReadMapping(int depth, Mark mark)
    {
        var members = new List<YamlMember>();
        var own = new HashSet<string>(StringComparer.Ordinal);
        var merged = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var start = _parser.Current!;
            if (!_parser.TryConsume<Scalar>(out var key))
                throw Refuse(start, "a key is not a string");
            var value = Read(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                foreach (var member in Merged(start, value).Where(member => !own.Contains(member.Key) && merged.Add(member.Key)))
                    members.Add(member);
                continue;
            }
            if (!own.Add(key.Value))
                throw Refuse(start, $"the key '{key.Value}' is repeated");
            // A mapping's own members take precedence over merged ones.
            if (merged.Remove(key.Value))
                members.RemoveAll(member => member.Key == key.Value);
            members.Add(new(key.Value, value, Keep(key.Start)));
        }
        return new(members, Keep(mark));
    }

    private static IEnumerable<YamlMember> Merged(ParsingEvent start, YamlNode value) => value switch
    {
        YamlMapping mapping => mapping.Members,
        YamlSequence sequence =>
            sequence.Items.SelectMany(item => item is YamlMapping mapping ? mapping.Members : throw Refuse(start, "the merged value is not a mapping")),
        _ => throw Refuse(start, "the merged value is not a mapping"),
    };

    private void Write(StringBuilder json, YamlNode node, string newLine)
    {
        _places.Add(json.Length, PlaceOf(node.Range));
        switch (node)
        {
            case YamlScalar scalar:
                json.Append(scalar.Json);
                break;
            case YamlSequence sequence:
                WriteAll(json, '[', ']', sequence.Items, newLine, (item, inner) => Write(json, item, inner));
                break;
            case YamlMapping mapping:
                WriteAll(json, '{', '}', mapping.Members, newLine, (member, inner) =>
                {
                    _places.Add(json.Length, PlaceOf(member.KeyRange));
                    json.Append(JsonStrings.Quote(member.Key)).Append(": ");
                    Write(json, member.Value, inner);
                });
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder json, char open, char close, IReadOnlyList<T> items, string newLine, Action<T, string> write)
    {
        json.Append(open);
        var inner = newLine + "  ";
        for (var i = 0; i < items.Count; i++)
        {
            json.Append(i > 0 ? "," : "").Append(inner);
            write(items[i], inner);
        }
        json.Append(items.Count > 0 ? newLine : "").Append(close);
    }

    /// <summary>The number of a location: the parser has lines and columns, which are all that is asked for.</summary>
    private TextRange Keep(Mark mark)
    {
        _marks.Add(mark);
        return new(_marks.Count - 1, 0);
    }

    private (int, int) PlaceOf(TextRange kept) => ((int)_marks[kept.Start].Line, (int)_marks[kept.Start].Column);

    private static YamlException Refuse(ParsingEvent at, string message) => new(at.Start, at.End, message);
}
