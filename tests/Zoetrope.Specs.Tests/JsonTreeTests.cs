using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Tests;

public class JsonTreeTests
{
    [Fact]
    public void Values_know_their_kind_text_and_place()
    {
        const string Text = """{ "a": [1.50, "x\n\u00e9", true, null], "b\u0063": {} }""";
        var root = JsonTree.Parse(Text).Root;

        Assert.Equal(JsonKind.Object, root.Kind);
        Assert.Equal(2, root.Count);
        Assert.Equal("1.50", First(root["a"]).Raw);
        Assert.Equal("x\né", Item(root["a"], 1).String);
        Assert.True(Item(root["a"], 2).IsTrue);
        Assert.True(Item(root["a"], 3).IsNull);
        Assert.True(root["bc"].IsObject);
        Assert.Equal("bc", root["bc"].Name);
        Assert.Equal("[1.50, \"x\\n\\u00e9\", true, null]", Text.Substring(root["a"].Range.Start, root["a"].Range.Length));
        Assert.Equal("\"b\\u0063\"", Text.Substring(root["bc"].NameRange.Start, root["bc"].NameRange.Length));
        Assert.False(root["missing"].Exists);
        Assert.False(root["a"]["0"].Exists);
    }

    [Theory]
    [InlineData("", 0, "ends where a value")]
    [InlineData("{\"a\":1,}", 7, "expected a property name in double quotes but found '}'")]
    [InlineData("[1 2]", 3, "expected ',' or ']' but found '2'")]
    [InlineData("{\"a\" 1}", 5, "expected ':'")]
    [InlineData("[1,2", 4, "ends where ',' or ']'")]
    [InlineData("{} x", 3, "'x' follows the end")]
    [InlineData("[\"a\tb\"]", 3, "U+0009")]
    [InlineData("[\"a\\x\"]", 3, "Invalid escape")]
    [InlineData("[\"a\\u12g4\"]", 3, "Invalid escape")]
    [InlineData("[\"abc", 1, "no closing quote")]
    [InlineData("[01]", 1, "Invalid JSON number")]
    [InlineData("[1.]", 1, "Invalid JSON number")]
    [InlineData("[-]", 1, "Invalid JSON number")]
    [InlineData("[tru]", 1, "expected 'true'")]
    [InlineData("[nul]", 1, "expected 'null' but found 'nul'")]
    [InlineData("[n]", 1, "expected 'null' but found 'n'")]
    [InlineData("{\"a\": nothing_that_is_shorter_than_this}", 6, "expected 'null' but found 'nothing_that_is_shor'")]
    [InlineData("[True]", 1, "expected a value but found 'True'")]
    [InlineData("['a']", 1, "expected a value but found '''")]
    [InlineData("[1] // no", 4, "'/' follows the end")]
    public void A_syntax_error_is_reported_at_its_offset(string text, int offset, string message)
    {
        var tree = JsonTree.Parse(text);

        var problem = Assert.Single(tree.Problems);
        Assert.False(tree.IsValid);
        Assert.Equal(offset, problem.Start);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_before_a_break_can_still_be_found()
    {
        var root = JsonTree.Parse("{\"a\": {\"b\": 1, \"c\": [2, ?").Root;

        Assert.Equal("1", root["a"]["b"].Raw);
        Assert.Equal("2", First(root["a"]["c"]).Raw);
    }

    [Theory]
    [InlineData("""{"a":1,"b":2,"a":3}""", "a")]
    [InlineData("""{"x":0,"a":1,"\u0061":3}""", "a")]
    [InlineData("""{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"a":1,"a":2,"a":3}""", "a", 2)]
    public void The_last_of_duplicate_properties_counts(string text, string name, int problems = 1)
    {
        var tree = JsonTree.Parse(text);

        Assert.True(tree.IsValid);
        Assert.Equal(problems, tree.Problems.Count);
        Assert.All(tree.Problems, problem => Assert.Equal(Problems.JsonDuplicate, problem.Kind));
        Assert.Equal("3", tree.Root[name].Raw);
        var names = new List<string>();
        foreach (var property in tree.Root)
            names.Add(property.Name);
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(names.Count, tree.Root.Count);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        static string Nested(int depth) => new string('[', depth) + new string(']', depth);

        Assert.True(JsonTree.Parse(Nested(JsonTree.MaxDepth)).IsValid);
        var problem = Assert.Single(JsonTree.Parse(Nested(JsonTree.MaxDepth + 1)).Problems);
        Assert.Equal(Problems.JsonTooDeep, problem.Kind);
        Assert.Equal(JsonTree.MaxDepth, problem.Start);
        Assert.False(JsonTree.Parse(new string('[', 10_000_000)).IsValid);
    }

    [Fact]
    public void The_number_of_values_is_bounded()
    {
        var text = "[" + string.Join(",", Enumerable.Repeat("0", JsonTree.MaxNodes)) + "]";

        Assert.Equal(Problems.JsonTooLarge, Assert.Single(JsonTree.Parse(text).Problems).Kind);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.Equal(1, JsonTree.Parse("\uFEFF[1]").Root.Range.Start);

    [Fact]
    public void Large_objects_are_looked_up_by_name()
    {
        var text = "{" + string.Join(",", Enumerable.Range(0, 1000).Select(i => $"\"n{i}\":{i}")) + "}";

        Assert.Equal("999", JsonTree.Parse(text).Root["n999"].Raw);
        Assert.False(JsonTree.Parse(text).Root["n1000"].Exists);
    }

    [Theory]
    [InlineData("17454220438242315174", "17454220438242315174")]
    [InlineData("1.0E+2", "1.0E+2")]
    [InlineData("\"\\u0041\\/\\t\"", "\"A/\\t\"")]
    [InlineData("{ \"a\" : [ 1 , 2 ] }", "{\"a\":[1,2]}")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\ud83d\ude00\"")]
    [InlineData("\"\\ud83d\"", "\"\uFFFD\"")]
    public void Literals_keep_what_was_written(string text, string json) => Assert.Equal(json, JsonLiterals.TryParse(text)!.Json);

    [Theory]
    [InlineData("/a~1b/m~0n", "1")]
    [InlineData("/list/1", "20")]
    [InlineData("/%25", "6")]
    public void Pointers_find_escaped_names(string pointer, string value)
    {
        var root = JsonTree.Parse("""{"a/b":{"m~n":1},"list":[10,20],"%":5,"%25":6}""").Root;

        Assert.True(JsonPointer.TryResolve(root, pointer, out var found));
        Assert.Equal(value, found.Raw);
    }

    [Theory]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/H%C3%A9l", "/Hél")]
    [InlineData("/%25", "/%")]
    [InlineData("/100%", "/100%")]
    [InlineData("/%zz", "/%zz")]
    public void Fragments_are_percent_decoded(string fragment, string decoded) => Assert.Equal(decoded, JsonPointer.DecodeFragment(fragment));

    [Theory]
    [InlineData("/list/2")]
    [InlineData("/list/-1")]
    [InlineData("/list/x")]
    [InlineData("/none")]
    public void Pointers_that_lead_nowhere_say_so(string pointer) =>
        Assert.False(JsonPointer.TryResolve(JsonTree.Parse("""{"list":[10,20]}""").Root, pointer, out _));

    [Fact]
    public void Random_json_reads_as_another_reader_reads_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), seed =>
        {
            var text = RandomJson.Write(new Random(seed.Get));
            using var expected = JsonDocument.Parse(text);
            return Same(JsonTree.Parse(text).Root, expected.RootElement);
        }).CheckSeeded(300);

    [Fact]
    public void Damaged_json_is_refused_where_another_reader_refuses_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), seed =>
        {
            var random = new Random(seed.Get);
            var text = Mutation.Mutate(RandomJson.Write(random), random, "{}[]\",:0123456789.-+eE\\u tfn/", count: random.Next(1, 4));
            return JsonTree.Parse(text).IsValid == IsValid(text);
        }).CheckSeeded(2000);

    private static bool IsValid(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonTree.MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Same(JsonNode node, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => node.IsObject && element.EnumerateObject().All(property => Same(node[property.Name], property.Value))
            && node.Count == element.EnumerateObject().Count(),
        JsonValueKind.Array => node.IsArray
            && node.Count == element.GetArrayLength()
            && element.EnumerateArray().Select((item, index) => Same(Item(node, index), item)).All(same => same),
        JsonValueKind.String => node.String == element.GetString(),
        JsonValueKind.Number => node.IsNumber && node.Raw == element.GetRawText(),
        JsonValueKind.True => node.IsTrue,
        JsonValueKind.False => node.IsFalse,
        _ => node.IsNull,
    };

    private static JsonNode First(JsonNode array) => Item(array, 0);

    private static JsonNode Item(JsonNode array, int index)
    {
        foreach (var item in array)
        {
            if (index-- == 0)
                return item;
        }
        return default;
    }
}
