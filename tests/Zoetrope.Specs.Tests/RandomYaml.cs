using System.Text;

namespace Zoetrope.Specs.Tests;

/// <summary>Writes random YAML as people and programs do: blocks, flows, every style of scalar, comments, anchors.</summary>
internal sealed class RandomYaml(Random random)
{
    private static readonly string[] _plain =
        ["a", "two words", "no", "off", "007", "12:30", "1.50", "-3", "~", "null", "true", "2026-11-28", "x#y", "a:b", "http://x.example/y", "-x", "é",
            "type", "string", "enum", "0x1F", "+1"];

    private static readonly string[] _quoted = ["", " ", "a: b", "# c", "- d", "it is", "{e}", "[f]", "'", "null", "8", "*g", "&h", "!i", "é😀"];

    private readonly List<string> _anchors = [];
    private int _keys;

    public string Write()
    {
        var text = new StringBuilder();
        if (random.Next(4) == 0)
            text.Append("# first\n");
        Mapping(text, 0, 4);
        return text.ToString();
    }

    private void Mapping(StringBuilder text, int indent, int depth)
    {
        var count = random.Next(1, 5);
        for (var i = 0; i < count; i++)
        {
            Comment(text, indent);
            text.Append(' ', indent).Append(Key()).Append(':');
            Value(text, indent, depth, isItem: false);
        }
    }

    private void Sequence(StringBuilder text, int indent, int depth)
    {
        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            Comment(text, indent);
            text.Append(' ', indent).Append('-');
            Value(text, indent, depth, isItem: true);
        }
    }

    private void Value(StringBuilder text, int indent, int depth, bool isItem)
    {
        string? anchor = null;
        if (random.Next(8) == 0)
            text.Append(" &").Append(anchor = "n" + _keys++);
        switch (random.Next(depth == 0 ? 7 : 11))
        {
            case 0 when anchor is null && _anchors.Count > 0:
                text.Append(" *").Append(_anchors[random.Next(_anchors.Count)]).Append('\n');
                break;
            case 0 or 1:
                text.Append(' ').Append(_plain[random.Next(_plain.Length)]).Append(random.Next(5) == 0 ? "  # why\n" : "\n");
                break;
            case 2:
                text.Append(' ').Append(Quoted()).Append('\n');
                break;
            case 3:
                Block(text, indent);
                break;
            case 4:
                text.Append(' ').Append(Flow(2)).Append('\n');
                break;
            case 5:
                text.Append(" several\n").Append(' ', indent + 2).Append("lines of\n").Append(random.Next(2) == 0 ? "\n" : "")
                    .Append(' ', indent + 1 + random.Next(3)).Append("text\n");
                break;
            case 6:
                text.Append('\n');
                break;
            case 7 when isItem && anchor is null:
                // The first key is in the line of the dash.
                text.Append(' ').Append(Key()).Append(": 1\n");
                Mapping(text, indent + 2, depth - 1);
                break;
            case 7 or 8:
                text.Append('\n');
                Mapping(text, indent + random.Next(1, 4), depth - 1);
                break;
            default:
                text.Append('\n');
                Sequence(text, isItem ? indent + random.Next(1, 4) : indent + random.Next(0, 3), depth - 1);
                break;
        }
        if (anchor is not null)
            _anchors.Add(anchor);
    }

    private void Block(StringBuilder text, int indent)
    {
        text.Append(random.Next(2) == 0 ? " |" : " >").Append(random.Next(3) switch { 0 => "-", 1 => "+", _ => "" }).Append('\n');
        var inner = indent + random.Next(1, 4);
        text.Append(' ', inner).Append("begins\n");
        for (var i = random.Next(5); i > 0; i--)
        {
            if (random.Next(3) == 0)
                text.Append('\n');
            text.Append(' ', inner + (random.Next(4) == 0 ? 2 : 0)).Append(_quoted[random.Next(2, _quoted.Length)]).Append('\n');
        }
        text.Append('\n', random.Next(3));
    }

    private string Flow(int depth) => random.Next(depth == 0 ? 2 : 4) switch
    {
        0 => FlowPlain(),
        1 => Quoted(),
        2 => "[" + string.Join(random.Next(2) == 0 ? ", " : ",", Enumerable.Range(0, random.Next(4)).Select(_ => Flow(depth - 1))) + "]",
        _ => "{" + string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Key() + ": " + Flow(depth - 1))) + "}",
    };

    private string FlowPlain() => new[] { "a", "two words", "no", "1.5", "true", "x/y" }[random.Next(6)];

    private string Quoted()
    {
        var text = _quoted[random.Next(_quoted.Length)];
        return random.Next(2) == 0
            ? "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'"
            : "\"" + text + (random.Next(3) == 0 ? "\\n\\u0041" : "") + "\"";
    }

    private string Key() => random.Next(5) switch
    {
        0 => "'k " + _keys++ + "'",
        1 => "\"k" + _keys++ + "\"",
        _ => new[] { "key", "200", "x-y", "a.b" }[random.Next(4)] + _keys++,
    };

    private void Comment(StringBuilder text, int indent)
    {
        if (random.Next(8) == 0)
            text.Append(' ', indent).Append("# a: comment\n");
        if (random.Next(10) == 0)
            text.Append('\n');
    }
}
