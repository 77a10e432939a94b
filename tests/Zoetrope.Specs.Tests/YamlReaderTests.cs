using FsCheck;
using FsCheck.Fluent;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Yaml;

namespace Zoetrope.Specs.Tests;

/// <summary>The reader of YAML against YamlDotNet.</summary>
public class YamlReaderTests
{
    private const string Alphabet = "&*!|>'\"%@`#:-?,[]{}\n\r \tab01~\\\u00e9";

    [Theory]
    [InlineData("a: 1\nb:\n- x\n- y: 2\n  z: 3\nc:\n  - - 1\n    - 2\n  -\n    d: ~\n")]
    [InlineData("a: >-\n  one\n  two\n\n  three\n    more\n  four\n\n\nb: |\n  x\n   y\n\n\nc: |+\n  x\n\n\n")]
    [InlineData("d: >\n\n  first\n  second\n\n   third\n\n  fourth\n")]
    [InlineData("a: |2\n    x\n   y\nb: >1-\n  z\n  w\nc: |-\nd: >+\n\ne: |\n\n  late\n")]
    [InlineData("a: 'it''s'\nb: \"x\\ty\\u0041\\x42\\\"\"\nc: \"one\n  two\n\n  three\\\n  four\"\nd: 'one\n\n  two'\n")]
    [InlineData("a: plain text\n  goes on\n\n  and on\nb: http://x.example/y#z\nc: a#b c:d -e ?f\nd: -1\n")]
    [InlineData("a: [1, two, 'three', \"four\", [5], {b: c, \"d\":e, f: , g}, ]\nh: {}\ni: []\nj: [a\n  b, c] # x\n")]
    [InlineData("# before\na: # behind\n  # between\n  b: c # after\n\n# last\nd: e\n")]
    [InlineData("a: &x\n  b: &y [1, 2]\nc: *x\nd: *y\ne: &z text\nf: [*z, &w 3, *w]\ng: &s\n- 1\nh: *s\n")]
    [InlineData("a: &x 1\nb: &y [*x, *x]\nc: [*y, {d: *y}]\ne: &z {f: *y, g: &w [*y]}\nh:\n- *z\n- *w\ni: &v\n  j: *z\nk: *v\n")]
    [InlineData("a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: &x [*x]\nf: *x\n")]
    [InlineData("200: ok\n'200': also\ntrue: yes\nnull: no\n\"quoted key\": 1\nkey with spaces: 2\nhttp://a: 3\n")]
    [InlineData("a: 0x1F\nb: 0o17\nc: +5\nd: .5\ne: 5.\nf: 007\ng: 1e3\nh: 1_000\ni: 12:30\n")]
    [InlineData("j: 2026-11-28\nk: no\nl: Off\nm: NULL\nn: True\no: 1.\np: -.5e-2\n")]
    [InlineData("---\na: 1\n...\n")]
    [InlineData("a:\r\n  - 1\r\n  - >-\r\n    x\r\n    y\r\nb: \"z\r\n  w\"\r\n")]
    [InlineData("")]
    [InlineData("- a\n-\n- - b\n-   c: d\n    e: f\n")]
    [InlineData("just: text")]
    public void Values_are_those_of_another_reader(string text)
    {
        // Two keys of one name are refused.
        text = text.Replace("'200': also\n", "", StringComparison.Ordinal);
        Assert.Equal(Others(text), Ours(text));
    }

    [Fact]
    public void Blank_lines_before_a_text_may_be_longer_than_its_indentation() =>
        // YamlDotNet refuses what chapter 8.1.1.1 allows.
        Assert.Equal(Others("a: |\n\n  late\n"), Ours("a: |\n     \n  late\n"));

    [Fact]
    public void Random_documents_are_read_as_by_another_reader() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), seed =>
        {
            var text = new RandomYaml(new Random(seed.Get)).Write();
            Assert.Equal(Others(text), Ours(text));
            return true;
        }).CheckSeeded(3000);

    [Fact]
    public void What_both_readers_accept_of_damaged_documents_is_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), seed =>
        {
            var random = new Random(seed.Get);
            var text = Mutation.Mutate(new RandomYaml(random).Write(), random, Alphabet, random.Next(1, 4));
            var ours = Ours(text);
            string? theirs;
            try
            {
                theirs = Others(text);
            }
            catch (Exception exception) when (exception is YamlException or NotSupportedException or InvalidOperationException or ArgumentException)
            {
                return true;
            }
            Assert.True(ours is null || theirs is null || ours == theirs, text + "\n---\n" + ours + "\n---\n" + theirs);
            return true;
        }).CheckSeeded(3000);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("a:\n")]
    [InlineData("- a: ")]
    [InlineData("'")]
    [InlineData("\"\\")]
    [InlineData("&a ")]
    [InlineData("*a ")]
    [InlineData("# \n")]
    [InlineData("|\n")]
    [InlineData(" \n")]
    [InlineData("a\n")]
    [InlineData("a: b\n ")]
    [InlineData("? ")]
    public void Long_documents_take_memory_in_proportion(string piece)
    {
        var small = Allocated(piece, 60_000);

        Assert.InRange(Allocated(piece, 240_000), 1, 6 * small);
    }

    [Fact]
    public void Deep_documents_are_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(depth => new string(' ', depth) + "a:\n"));
        var problems = new List<SpecProblem>();

        Assert.Null(YamlReader.Read(text, 0, text.Length, problems));
        Assert.Equal(Problems.YamlUnsupported, Assert.Single(problems).Kind);
    }

    [Fact]
    public void Documents_of_the_corpus_are_read_as_by_another_reader()
    {
        var refused = new List<string>();
        foreach (var path in TestFiles.Corpus("openapi").Where(path => path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(path);
            if (Read(text) is { } ours)
                SameButForTexts(OthersTree(text), ours);
            else
                refused.Add(Path.GetFileName(path));
        }
        Assert.Empty(refused);
    }

    private static long Allocated(string piece, int length)
    {
        var problems = new List<SpecProblem>();
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        YamlReader.Read(text, 0, text.Length, problems);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var root = YamlReader.Read(text, 0, text.Length, problems);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(root is null ? 2 : 0, problems.Count);
        return allocated;
    }

    /// <summary>What our reader makes of a text; null where it refuses it. Locations are verified on the way.</summary>
    private static string? Ours(string text) => Read(text) is not { } root ? null : Json(root, range =>
    {
        Assert.InRange(range.Start, 0, text.Length);
        Assert.InRange(range.Start + range.Length, range.Start, text.Length);
    });

    private static YamlNode? Read(string text)
    {
        var problems = new List<SpecProblem>();
        var root = YamlReader.Read(text, 0, text.Length, problems);
        if (root is null)
        {
            var problem = Assert.Single(problems);
            Assert.InRange(problem.Start, 0, text.Length);
            Assert.InRange(problem.Start + problem.Length, problem.Start, text.Length);
            return null;
        }
        Assert.Empty(problems);
        return root;
    }

    /// <summary>What YamlDotNet makes of it.</summary>
    private static string Others(string text) => Json(OthersTree(text), _ => { });

    private static YamlNode OthersTree(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return new YamlScalar("null", "", default);
        parser.Consume<DocumentStart>();
        var root = Node(parser, []);
        parser.Consume<DocumentEnd>();
        return parser.Accept<StreamEnd>(out _) ? root : throw new NotSupportedException("several documents");
    }

    /// <summary>Holds a document to another reader's, of whose plain scalars it may have some as the texts that they are.</summary>
    private static void SameButForTexts(YamlNode theirs, YamlNode ours)
    {
        switch (theirs)
        {
            case YamlSequence sequence:
                var items = Assert.IsType<YamlSequence>(ours).Items;
                Assert.Equal(sequence.Items.Count, items.Count);
                for (var i = 0; i < items.Count; i++)
                    SameButForTexts(sequence.Items[i], items[i]);
                break;
            case YamlMapping mapping:
                var members = Assert.IsType<YamlMapping>(ours).Members;
                Assert.Equal(mapping.Members.Select(member => member.Key), members.Select(member => member.Key));
                for (var i = 0; i < members.Count; i++)
                    SameButForTexts(mapping.Members[i].Value, members[i].Value);
                break;
            default:
                var (expected, actual) = ((YamlScalar)theirs, Assert.IsType<YamlScalar>(ours));
                if (expected.Plain is null || actual.Json != JsonStrings.Quote(expected.Plain))
                    Assert.Equal(expected.Json, CoreSchema.Canonical(actual.Json));
                break;
        }
    }

    private static YamlNode Node(Parser parser, Dictionary<AnchorName, YamlNode> anchors)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return anchors.TryGetValue(alias.Value, out var known) ? known : throw new NotSupportedException("alias");
        var at = (NodeEvent)parser.Current!;
        if (!at.Tag.IsEmpty)
            throw new NotSupportedException("tag");
        YamlNode node;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var isPlain = scalar.Style == ScalarStyle.Plain;
            var json = isPlain ? CoreSchema.Resolve(scalar.Value) ?? throw new NotSupportedException("value") : JsonStrings.Quote(scalar.Value);
            node = new YamlScalar(json, isPlain ? scalar.Value : null, default);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser, anchors));
            node = new YamlSequence(items, default);
        }
        else
        {
            parser.Consume<MappingStart>();
            var members = new List<YamlMember>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>().Value;
                if (members.Exists(member => member.Key == key))
                    throw new NotSupportedException("key");
                members.Add(new(key, Node(parser, anchors), default));
            }
            node = new YamlMapping(members, default);
        }
        if (!at.Anchor.IsEmpty)
            anchors[at.Anchor] = node;
        return node;
    }

    private static string Json(YamlNode node, Action<TextRange> see)
    {
        see(node.Range);
        return node switch
        {
            YamlSequence sequence => "[" + string.Join(",", sequence.Items.Select(item => Json(item, see))) + "]",
            YamlMapping mapping => "{" + string.Join(",", mapping.Members.Select(member =>
            {
                see(member.KeyRange);
                return JsonStrings.Quote(member.Key) + ":" + Json(member.Value, see);
            })) + "}",
            _ => CoreSchema.Canonical(((YamlScalar)node).Json),
        };
    }
}
