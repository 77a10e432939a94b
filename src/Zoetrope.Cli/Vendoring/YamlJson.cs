using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Zoetrope.Specs.Json;

namespace Zoetrope.Cli.Vendoring;

/// <summary>
/// Makes JSON of YAML: keys keep their order and numbers their spelling as far as JSON has it. Plain scalars are what YAML 1.2's core schema makes of them, so that dates, <c>yes</c> and <c>no</c>
/// stay strings. Aliases and merge keys are written out. What JSON cannot hold is refused.
/// </summary>
internal sealed class YamlJson
{
    // A few short lines of aliases to aliases would otherwise fill the memory.
    private const int MaxNodes = 1_000_000;
    private const int MaxDepth = 200;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, Node> _anchors = [];
    private int _nodes;

    private YamlJson(string text) => _parser = new Parser(new StringReader(text));

    private abstract record Node;

    private sealed record Scalar(string Json) : Node;

    private sealed record Sequence(List<Node> Items) : Node;

    private sealed record Mapping(List<KeyValuePair<string, Node>> Members) : Node;

    /// <summary>Whether a text that is no JSON is an OpenAPI or Swagger document in YAML: a line begins with the member that names the version.</summary>
    public static bool IsOpenApi(string text) => text.AsSpan().TrimStart() is not ['{' or '[', ..]
        && text.Split('\n').Any(line => line.TrimStart('\uFEFF') is var start && (IsKey(start, "openapi") || IsKey(start, "swagger")));

    /// <summary>Converts; indented by two spaces, with LF.</summary>
    /// <exception cref="YamlException">It is no YAML, or JSON cannot hold it; the place is told.</exception>
    public static string Convert(string text)
    {
        var converter = new YamlJson(text);
        converter._parser.Consume<StreamStart>();
        converter._parser.Consume<DocumentStart>();
        var root = converter.Read(0);
        converter._parser.Consume<DocumentEnd>();
        if (!converter._parser.TryConsume<StreamEnd>(out _))
            throw Refuse(converter._parser.Current!, "there is more than one document");
        var json = new StringBuilder();
        converter.Write(json, root, 0, "\n");
        return json.Append('\n').ToString();
    }

    private static bool IsKey(string line, string name) =>
        (line.StartsWith(name, StringComparison.Ordinal) && line.AsSpan(name.Length).TrimStart() is [':', ..])
        || (line.Length > 0 && line[0] is '"' or '\'' && line.AsSpan(1).StartsWith(name) && line.AsSpan(1 + name.Length) is ['"' or '\'', ':', ..]);

    private Node Read(int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth)
            throw Refuse(current, $"it nests deeper than {MaxDepth} levels");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return _anchors.TryGetValue(alias.Value, out var known) ? known : throw Refuse(alias, $"nothing before it has the anchor '{alias.Value}'");
        Node node;
        if (_parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
            node = new Scalar(YamlScalars.ToJson(scalar) ?? throw Refuse(scalar, $"JSON has no form for '{scalar.Value}'"));
        else if (_parser.TryConsume<SequenceStart>(out _))
            node = ReadSequence(depth);
        else if (_parser.TryConsume<MappingStart>(out _))
            node = ReadMapping(depth);
        else
            throw Refuse(current, "a value is expected");
        if (current is NodeEvent { Anchor: { IsEmpty: false } anchor })
            _anchors[anchor] = node;
        return node;
    }

    private Sequence ReadSequence(int depth)
    {
        var items = new List<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Read(depth + 1));
        return new(items);
    }

    private Mapping ReadMapping(int depth)
    {
        var members = new List<KeyValuePair<string, Node>>();
        var own = new HashSet<string>(StringComparer.Ordinal);
        var merged = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var start = _parser.Current!;
            if (!_parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var key))
                throw Refuse(start, "a key is no text");
            var value = Read(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                foreach (var member in Merged(start, value).Where(member => !own.Contains(member.Key) && merged.Add(member.Key)))
                    members.Add(member);
                continue;
            }
            if (!own.Add(key.Value))
                throw Refuse(start, $"the key '{key.Value}' stands there twice");
            // What a mapping says itself wins over what it merges.
            if (merged.Remove(key.Value))
                members.RemoveAll(member => member.Key == key.Value);
            members.Add(new(key.Value, value));
        }
        return new(members);
    }

    private static IEnumerable<KeyValuePair<string, Node>> Merged(ParsingEvent start, Node value) => value switch
    {
        Mapping mapping => mapping.Members,
        Sequence sequence => sequence.Items.SelectMany(item => item is Mapping mapping ? mapping.Members : throw Refuse(start, "what is merged is no mapping")),
        _ => throw Refuse(start, "what is merged is no mapping"),
    };

    private void Write(StringBuilder json, Node node, int depth, string newLine)
    {
        if (++_nodes > MaxNodes)
            throw new YamlException($"its aliases make more than {MaxNodes} values");
        if (depth > MaxDepth)
            throw new YamlException($"its aliases nest deeper than {MaxDepth} levels");
        switch (node)
        {
            case Scalar scalar:
                json.Append(scalar.Json);
                break;
            case Sequence sequence:
                WriteAll(json, '[', ']', sequence.Items, newLine, (item, inner) => Write(json, item, depth + 1, inner));
                break;
            case Mapping mapping:
                WriteAll(json, '{', '}', mapping.Members, newLine, (member, inner) =>
                {
                    json.Append(JsonStrings.Quote(member.Key)).Append(": ");
                    Write(json, member.Value, depth + 1, inner);
                });
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder json, char open, char close, List<T> items, string newLine, Action<T, string> write)
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

    private static YamlException Refuse(ParsingEvent at, string message) => new(at.Start, at.End, message);
}
