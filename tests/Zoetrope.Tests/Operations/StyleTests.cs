using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Json;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>The tables of OpenAPI's parameter styles, and what is beside them.</summary>
public sealed class StyleTests
{
    private const string Empty = "\"\"";
    private const string Text = "\"blue\"";
    private const string Array = """["blue","black","brown"]""";
    private const string Object = """{"R":100,"G":200,"B":150}""";

    [Theory]
    [InlineData(ParameterStyle.Simple, false, Text, "blue")]
    [InlineData(ParameterStyle.Simple, false, Array, "blue,black,brown")]
    [InlineData(ParameterStyle.Simple, true, Array, "blue,black,brown")]
    [InlineData(ParameterStyle.Simple, false, Object, "R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Simple, true, Object, "R=100,G=200,B=150")]
    [InlineData(ParameterStyle.Label, false, Text, ".blue")]
    [InlineData(ParameterStyle.Label, false, Array, ".blue,black,brown")]
    [InlineData(ParameterStyle.Label, true, Array, ".blue.black.brown")]
    [InlineData(ParameterStyle.Label, false, Object, ".R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Label, true, Object, ".R=100.G=200.B=150")]
    [InlineData(ParameterStyle.Matrix, false, Text, ";color=blue")]
    [InlineData(ParameterStyle.Matrix, false, Array, ";color=blue,black,brown")]
    [InlineData(ParameterStyle.Matrix, true, Array, ";color=blue;color=black;color=brown")]
    [InlineData(ParameterStyle.Matrix, false, Object, ";color=R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Matrix, true, Object, ";R=100;G=200;B=150")]
    [InlineData(ParameterStyle.Matrix, true, """{"R":""}""", ";R")]
    [InlineData(ParameterStyle.Json, false, """{"a":"/"}""", "%7B%22a%22%3A%22%2F%22%7D")]
    [InlineData(ParameterStyle.Simple, false, "12.5", "12.5")]
    [InlineData(ParameterStyle.Simple, false, "17454220438242315174", "17454220438242315174")]
    [InlineData(ParameterStyle.Simple, false, "1E+20", "1E%2B20")]
    [InlineData(ParameterStyle.Simple, false, "true", "true")]
    [InlineData(ParameterStyle.Simple, false, "\"a/b?c#d\\\\%2F é😀~-._\"", "a%2Fb%3Fc%23d%5C%252F%20%C3%A9%F0%9F%98%80~-._")]
    [InlineData(ParameterStyle.Simple, false, """["a,b","c"]""", "a%2Cb,c")]
    [InlineData(ParameterStyle.Simple, false, """["a",null,"b"]""", "a,b")]
    [InlineData(ParameterStyle.Simple, false, "\"...\"", "...")]
    public async Task A_parameter_in_the_path_is_written_in_its_style(ParameterStyle style, bool explode, string value, string expected)
    {
        var target =
            await TargetAsync(call => call.Literal("/x/").Path<RawJson, ValueCodec<RawJson>>("color", RawJson.Parse(value), style, explode).Literal("/y"));

        Assert.Equal($"/x/{expected}/y", target);
    }

    [Theory]
    [InlineData(ParameterStyle.Form, true, Empty, "color=")]
    [InlineData(ParameterStyle.Form, true, Text, "color=blue")]
    [InlineData(ParameterStyle.Form, false, Array, "color=blue,black,brown")]
    [InlineData(ParameterStyle.Form, true, Array, "color=blue&color=black&color=brown")]
    [InlineData(ParameterStyle.Form, false, Object, "color=R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Form, true, Object, "R=100&G=200&B=150")]
    [InlineData(ParameterStyle.SpaceDelimited, false, Array, "color=blue%20black%20brown")]
    [InlineData(ParameterStyle.SpaceDelimited, true, Array, "color=blue&color=black&color=brown")]
    [InlineData(ParameterStyle.SpaceDelimited, false, Object, "color=R%20100%20G%20200%20B%20150")]
    [InlineData(ParameterStyle.PipeDelimited, false, Array, "color=blue%7Cblack%7Cbrown")]
    [InlineData(ParameterStyle.PipeDelimited, false, Object, "color=R%7C100%7CG%7C200%7CB%7C150")]
    [InlineData(ParameterStyle.DeepObject, true, Object, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]
    [InlineData(ParameterStyle.DeepObject, true, """{"R":[1,2],"G":""}""", "color%5BR%5D%5B0%5D=1&color%5BR%5D%5B1%5D=2&color%5BG%5D=")]
    [InlineData(ParameterStyle.DeepObject, true, """["a","b&c"]""", "color%5B0%5D=a&color%5B1%5D=b%26c")]
    [InlineData(ParameterStyle.DeepObject, false, """["a"]""", "color%5B0%5D=a")]
    [InlineData(ParameterStyle.DeepObject, true, """{"gte":1,"lt":2.5,"on":true,"no":null}""", "color%5Bgte%5D=1&color%5Blt%5D=2.5&color%5Bon%5D=true")]
    [InlineData(ParameterStyle.DeepObject, true, """{"a":{"b":{"c":1},"d":[]},"e[0]":"x"}""", "color%5Ba%5D%5Bb%5D%5Bc%5D=1&color%5Be%5B0%5D%5D=x")]
    [InlineData(
        ParameterStyle.DeepObject, true, """[{"price":"p","tiers":[1,null,2]},{"price":"q"}]""",
        "color%5B0%5D%5Bprice%5D=p&color%5B0%5D%5Btiers%5D%5B0%5D=1&color%5B0%5D%5Btiers%5D%5B1%5D=2&color%5B1%5D%5Bprice%5D=q")]
    [InlineData(ParameterStyle.DeepObject, true, "1700000000", "color=1700000000")]
    [InlineData(ParameterStyle.Json, true, Object, "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D")]
    [InlineData(ParameterStyle.Form, true, """["",null,"a&b=c+d e"]""", "color=&color=a%26b%3Dc%2Bd%20e")]
    [InlineData(ParameterStyle.Form, false, """[""]""", "color=")]
    [InlineData(ParameterStyle.Form, true, """{"a&b":"=","c":null}""", "a%26b=%3D")]
    public async Task A_parameter_in_the_query_is_written_in_its_style(ParameterStyle style, bool explode, string value, string expected)
    {
        var target = await TargetAsync(
            call => call.Literal("/x").Query<RawJson, ValueCodec<RawJson>>("color", RawJson.Parse(value), style, explode).Query<long, Int64Codec>("n", 1));

        Assert.Equal($"/x?{expected}&n=1", target);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("""{"a":null}""")]
    public async Task Empty_values_are_not_written(string value)
    {
        var nothing = RawJson.Parse(value);
        var request = await RequestAsync(call => call.Literal("/x")
            .Query<RawJson, ValueCodec<RawJson>>("a", nothing)
            .Query<RawJson, ValueCodec<RawJson>>("b", nothing, ParameterStyle.PipeDelimited, false)
            .Query<RawJson, ValueCodec<RawJson>>("deep", nothing, ParameterStyle.DeepObject)
            .Header<RawJson, ValueCodec<RawJson>>("X-C", nothing)
            .Cookie<RawJson, ValueCodec<RawJson>>("d", nothing)
            .Query<RawJson, ValueCodec<RawJson>>("e", nothing));

        Assert.StartsWith("GET /x HTTP/1.1\r\n", request);
        Assert.DoesNotContain("X-C", request);
        Assert.DoesNotContain("Cookie", request);
    }

    [Theory]
    [InlineData("a/b:c@d!e$f'g(h)i*j,k;l=m?n", "a/b:c@d!e$f'g(h)i*j,k;l=m?n")]
    [InlineData("50%20%2F% é", "50%20%2F%25%20%C3%A9")]
    [InlineData("a&b#c[d]+e", "a%26b%23c%5Bd%5D%2Be")]
    public async Task Reserved_characters_are_left_where_that_is_allowed_unless_they_would_end_the_parameter(string value, string expected)
    {
        var target = await TargetAsync(call => call.Literal("/x").Query<string, StringCodec>("q", value, allowReserved: true));

        Assert.Equal("/x?q=" + expected, target);
    }

    [Fact]
    public async Task A_comma_in_an_item_does_not_split_it_even_where_it_is_allowed()
    {
        var target = await TargetAsync(
            call => call.Literal("/x").Query<IReadOnlyList<string>, ListCodec<string, StringCodec>>("q", ["a,b", "c/d"], explode: false, allowReserved: true));

        Assert.Equal("/x?q=a%2Cb,c/d", target);
    }

    [Theory]
    [InlineData(Text, false, "blue")]
    [InlineData(Array, true, "blue,black,brown")]
    [InlineData(Object, false, "R,100,G,200,B,150")]
    [InlineData(Object, true, "R=100,G=200,B=150")]
    [InlineData("\"a b/c\"", false, "a b/c")]
    public async Task A_header_is_written_without_percent_encoding(string value, bool explode, string expected)
    {
        var request = await RequestAsync(call => call.Literal("/x").Header<RawJson, ValueCodec<RawJson>>("X-Color", RawJson.Parse(value), explode));

        Assert.Contains($"\r\nX-Color: {expected}\r\n", request);
    }

    [Fact]
    public async Task JSON_in_a_header_is_ASCII()
    {
        var request = await RequestAsync(
            call => call.Literal("/x").Header<RawJson, ValueCodec<RawJson>>("X-Json", RawJson.Parse("""{"a":"é😀"}"""), style: ParameterStyle.Json));

        Assert.Contains("""X-Json: {"a":"\u00E9\uD83D\uDE00"}""", request);
    }

    [Fact]
    public async Task Cookies_share_one_header()
    {
        var request = await RequestAsync(call => call.Literal("/x")
            .Cookie<string, StringCodec>("a", "x;y=z")
            .Cookie<IReadOnlyList<string>, ListCodec<string, StringCodec>>("b", ["1", "2"], explode: false)
            .Cookie<IReadOnlyList<string>, ListCodec<string, StringCodec>>("c", ["1", "2"]));

        Assert.Contains("\r\nCookie: a=x%3By%3Dz; b=1,2; c=1; c=2\r\n", request);
    }

    [Fact]
    public async Task A_query_that_the_path_has_already_is_continued()
    {
        var target = await TargetAsync(call => call.Literal("/x?mode=fast").Query<long, Int64Codec>("n", 1));

        Assert.Equal("/x?mode=fast&n=1", target);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("[\"\\ud800\",\"b\"]")]
    [InlineData("[\"a\",\"\\ud800\"]")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":[\"\\ud800\"]}")]
    public async Task A_text_that_is_not_valid_is_reported_as_such_and_not_as_nested(string value)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        var json = RawJson.Parse(value);
        foreach (var call in new[] { Call().Path<RawJson, ValueCodec<RawJson>>("p", json), Call().PathSegments<RawJson, ValueCodec<RawJson>>("p", json) })
        {
            var exception = await Assert.ThrowsAsync<RequestValidationException>(() => client.SendAsync(call));

            var issue = Assert.Single(exception.Result.Issues);
            Assert.Equal(
                ("p", ValidationRule.Type, "texts that are valid Unicode", "text that is not valid Unicode"),
                (issue.Path, issue.Rule, issue.Limit, issue.Actual));
        }
        Assert.Empty(server.Requests);

        static OperationCall Call() => new OperationCall(HttpMethod.Get, "Search").Literal("/x/");
    }

    [Theory]
    [InlineData(ParameterStyle.Form, """[{"a":1}]""", "a list with an object in it")]
    [InlineData(ParameterStyle.Form, """[[1]]""", "a list with an array in it")]
    [InlineData(ParameterStyle.Form, """{"a":{"b":1}}""", "an object whose member 'a' is an object")]
    [InlineData(ParameterStyle.Form, """{"a":[1]}""", "an object with a list in it")]
    [InlineData(ParameterStyle.DeepObject, """{"a":[{"b":"\ud800"}]}""", "text that is not valid Unicode")]
    [InlineData(ParameterStyle.DeepObject, "\"\\ud800\"", "text that is not valid Unicode")]
    public async Task Values_that_no_style_can_represent_are_reported_and_not_sent(ParameterStyle style, string value, string found)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        var call = new OperationCall(HttpMethod.Get, "Search").Literal("/x").Query<RawJson, ValueCodec<RawJson>>("filter", RawJson.Parse(value), style);

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => client.SendAsync(call));

        var issue = Assert.Single(exception.Result.Issues);
        Assert.Equal(("filter", ValidationRule.Type, found), (issue.Path, issue.Rule, issue.Actual));
        Assert.Empty(server.Requests);
    }

    private static async Task<string> TargetAsync(Action<OperationCall> build) => (await RequestAsync(build)).Split(' ')[1];

    private static async Task<string> RequestAsync(Action<OperationCall> build)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        var call = new OperationCall(HttpMethod.Get, "Test");
        build(call);
        await client.SendAsync(call);
        return Assert.Single(server.Requests);
    }
}
