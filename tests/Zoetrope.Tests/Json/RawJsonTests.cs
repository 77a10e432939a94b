using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Zoetrope.Json;

namespace Zoetrope.Tests;

public sealed class RawJsonTests
{
    /// <summary>Any JSON, with odd names, escapes, and numbers beyond what .NET's types hold.</summary>
    private static readonly Gen<string> Json = Gen.Sized(size => Value(Math.Min(size, 5)));

    [Fact]
    public void Any_JSON_keeps_its_meaning() => Prop.ForAll(Json.ToArbitrary(), json =>
    {
        var raw = RawJson.Parse(json);
        return JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(raw.ToString()));
    }).CheckSeeded();

    [Fact]
    public void Any_JSON_is_written_as_it_was_read() => Prop.ForAll(Json.ToArbitrary(), json =>
    {
        var raw = RawJson.Parse(json);
        return RawJson.From(raw) == raw && RawJson.Parse(raw.Utf8) == raw && raw.Deserialize<RawJson>().GetHashCode() == raw.GetHashCode();
    }).CheckSeeded();

    [Fact]
    public void What_System_Text_Json_refuses_is_refused()
    {
        var damaged = Json.SelectMany(json => Gen.Choose(0, json.Length - 1).Select(at => json.Remove(at, 1)));
        Prop.ForAll(damaged.ToArbitrary(), json =>
            IsJson(json, text => JsonDocument.Parse(Encoding.UTF8.GetBytes(text)).Dispose()) == IsJson(json, text => RawJson.Parse(text))).CheckSeeded();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1 2")]
    [InlineData("{")]
    [InlineData("{\"a\":1,}")]
    [InlineData("// a\n1")]
    [InlineData("NaN")]
    [InlineData("'a'")]
    public void Text_that_is_not_JSON_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => RawJson.Parse(text));

    [Theory]
    [InlineData("17454220438242315174")]
    [InlineData("1E400")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("-0")]
    [InlineData("5.0")]
    public void Numbers_keep_their_spelling(string number) => Assert.Equal(number, RawJson.Parse($" {number} ").ToString());

    [Fact]
    public void White_space_goes_and_escapes_stay() =>
        Assert.Equal(
            """{"\u0061":["\ud83d\ude00","é",{}],"b":[]}""",
            RawJson.Parse("""{ "\u0061" : [ "\ud83d\ude00" , "é" , { } ] , "b" : [ ] }""").ToString());

    [Theory]
    [InlineData(200, true)]
    [InlineData(300, false)]
    public void A_result_may_be_deep_but_not_without_end(int depth, bool allowed)
    {
        var json = new string('[', depth) + new string(']', depth);

        if (allowed)
            Assert.Equal(json, RawJson.From(RawJson.Parse(json)).ToString());
        else
            Assert.ThrowsAny<JsonException>(() => RawJson.Parse(json));
    }

    [Fact]
    public void Default_is_null()
    {
        Assert.Equal(JsonValueKind.Null, default(RawJson).Kind);
        Assert.Equal("null", RawJson.Null.ToString());
        Assert.Equal(RawJson.Parse("null"), default);
        Assert.Null(default(RawJson).AsString());
    }

    [Fact]
    public void Values_become_JSON()
    {
        Assert.Equal("\"a\\\"b\"", ((RawJson)"a\"b").ToString());
        Assert.Equal("a\"b", ((RawJson)"a\"b").AsString());
        Assert.Equal("true", ((RawJson)true).ToString());
        Assert.Equal("-9223372036854775808", ((RawJson)long.MinValue).ToString());
        Assert.Equal("0.1", ((RawJson)0.1).ToString());
        Assert.Equal(JsonValueKind.Null, ((RawJson)(string?)null).Kind);
        Assert.Throws<ArgumentException>(() => (RawJson)double.NaN);
    }

    [Fact]
    public void Text_that_is_not_valid_Unicode_survives_as_JSON_but_has_no_text()
    {
        var raw = RawJson.Parse("\"\\ud800\"");

        Assert.Equal("\"\\ud800\"", raw.ToString());
        Assert.Null(raw.AsString());
    }

    [Theory]
    [InlineData("{}", JsonValueKind.Object)]
    [InlineData("[]", JsonValueKind.Array)]
    [InlineData("\"\"", JsonValueKind.String)]
    [InlineData("true", JsonValueKind.True)]
    [InlineData("false", JsonValueKind.False)]
    [InlineData("null", JsonValueKind.Null)]
    [InlineData("-1", JsonValueKind.Number)]
    public void The_kind_is_reported(string json, JsonValueKind kind) => Assert.Equal(kind, RawJson.Parse(json).Kind);

    private static bool IsJson(string text, Action<string> parse)
    {
        try
        {
            parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Any JSON up to a depth.</summary>
    internal static Gen<string> Value(int depth)
    {
        var text = ArbMap.Default
            .GeneratorFor<string>()
            .Select(value => JsonSerializer.Serialize(value is null ? "" : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value))));
        var simple = Gen.OneOf(
            text,
            Gen.Elements("null", "true", "false", "0", "-1", "1.50", "1e2", "17454220438242315174", "\"\\u00e9\\n\"", "\"é😀\""),
            ArbMap.Default.GeneratorFor<int>().Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (depth == 0)
            return simple;
        var inner = Value(depth - 1);
        return Gen.OneOf(
            simple,
            inner.ListOf().Select(items => $"[ {string.Join(" , ", items.Take(4))}]"),
            text.Zip(inner).ListOf().Select(
                members => $"{{{string.Join(",", members.Take(4).DistinctBy(member => member.Item1).Select(member => $"{member.Item1} : {member.Item2}"))}}}"));
    }
}
