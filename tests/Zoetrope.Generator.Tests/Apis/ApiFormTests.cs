using System.Text.RegularExpressions;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>How the parts of forms are written, against a real socket.</summary>
public partial class ApiFormTests
{
    private const string Properties = """
        "meta": {"type": "object", "additionalProperties": {"type": "string"}}, "tags": {"type": "array", "items": {"type": "string"}},
        "items": {"type": "array", "items": {"type": "object", "properties": {"price": {"type": "string"}, "sizes": {"type": "array", "items": {"type": "integer"}}}}}, "note": {"type": "string"}
        """;

    private const string Set =
        """ new() { Meta = new Dictionary<string, string> { ["order"] = "6", ["a b"] = "x&y" }, Tags = ["c", "d,e"], Items = [new() { Price = "p1", Sizes = [1, 2] }], Note = "n" } """;

    private static readonly ApiCalls _fields = Calls("application/x-www-form-urlencoded");

    private static readonly ApiCalls _parts = Calls("multipart/form-data");

    private static readonly ApiCalls _files = new(
        ApiDocuments.Of(string.Join(
            ",",
            Form(
                "mix",
                "multipart/form-data",
                "{\"tags\": {\"style\": \"form\", \"explode\": false, \"x-collectionFormat\": \"csv\"}}",
                Properties + ", \"file\": {\"type\": \"string\", \"format\": \"binary\"}"),
            Form(
                "xml",
                "multipart/form-data",
                "{\"meta\": {\"contentType\": \"application/xml\"}, \"items\": {\"contentType\": \"text/csv\"}, \"note\": {\"contentType\": \"application/xml\"}}",
                Properties),
            Form("plain", "multipart/form-data", "{\"tags\": {\"style\": \"form\", \"explode\": false}}", Properties))),
        """
            public static async Task<string> Mix(DemoClient demo) { await demo.MixAsync(new() { Tags = ["c", "d"], File = Bytes("PNG", "a.png") }); return "done"; }
            public static async Task<string> Xml(DemoClient demo) { await demo.XmlAsync(SET); return "done"; }
            public static async Task<string> Plain(DemoClient demo) { await demo.PlainAsync(new() { Tags = ["c", "d"] }); return "done"; }
        """.Replace("SET", Set, StringComparison.Ordinal));

    [Theory]
    [InlineData("Usual", "meta=%7B%22order%22%3A%226%22%2C%22a%20b%22%3A%22x%26y%22%7D&tags=c&tags=d%2Ce&items=%5B%7B%22price%22%3A%22p1%22%2C%22sizes%22%3A%5B1%2C2%5D%7D%5D&note=n")]
    [InlineData("Deep", "meta%5Border%5D=6&meta%5Ba%20b%5D=x%26y&tags%5B0%5D=c&tags%5B1%5D=d%2Ce&items%5B0%5D%5Bprice%5D=p1&items%5B0%5D%5Bsizes%5D%5B0%5D=1&items%5B0%5D%5Bsizes%5D%5B1%5D=2&note=n")]
    [InlineData("Joined", "meta=order,6,a%20b,x%26y&tags=c,d%2Ce&items=%5B%7B%22price%22%3A%22p1%22%2C%22sizes%22%3A%5B1%2C2%5D%7D%5D&note=n")]
    [InlineData("Spaced", "meta=order%206%20a%20b%20x%26y&tags=c%20d%2Ce&items=%5B%7B%22price%22%3A%22p1%22%2C%22sizes%22%3A%5B1%2C2%5D%7D%5D&note=n")]
    [InlineData("Piped", "meta=order%7C6%7Ca%20b%7Cx%26y&tags=c%7Cd%2Ce&items=%5B%7B%22price%22%3A%22p1%22%2C%22sizes%22%3A%5B1%2C2%5D%7D%5D&note=n")]
    [InlineData("Exploded", "order=6&a%20b=x%26y&tags=c&tags=d%2Ce&items=%5B%7B%22price%22%3A%22p1%22%2C%22sizes%22%3A%5B1%2C2%5D%7D%5D&note=n")]
    [InlineData("Json", "meta=%7B%22order%22%3A%226%22%2C%22a%20b%22%3A%22x%26y%22%7D&tags=%5B%22c%22%2C%22d%2Ce%22%5D&items=%5B%7B%22price%22%3A%22p1%22%2C%22sizes%22%3A%5B1%2C2%5D%7D%5D&note=%22n%22")]
    public async Task Fields_are_written_in_their_styles(string call, string body)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _fields.RunAsync(server, call));

        Assert.EndsWith("\r\n\r\n" + body, Assert.Single(server.Requests));
        Assert.Empty(_fields.Generated.Diagnostics);
    }

    [Theory]
    [InlineData("Usual", "meta|application/json|{\"order\":\"6\",\"a b\":\"x&y\"}", "tags||c", "tags||d,e", "items|application/json|[{\"price\":\"p1\",\"sizes\":[1,2]}]", "note||n")]
    [InlineData("Deep", "meta[order]||6", "meta[a b]||x&y", "tags[0]||c", "tags[1]||d,e", "items[0][price]||p1", "items[0][sizes][0]||1", "items[0][sizes][1]||2", "note||n")]
    [InlineData("Joined", "meta||order,6,a b,x&y", "tags||c,d,e", "items|application/json|[{\"price\":\"p1\",\"sizes\":[1,2]}]", "note||n")]
    [InlineData("Spaced", "meta||order 6 a b x&y", "tags||c d,e", "items|application/json|[{\"price\":\"p1\",\"sizes\":[1,2]}]", "note||n")]
    [InlineData("Piped", "meta||order|6|a b|x&y", "tags||c|d,e", "items|application/json|[{\"price\":\"p1\",\"sizes\":[1,2]}]", "note||n")]
    [InlineData("Exploded", "order||6", "a b||x&y", "tags||c", "tags||d,e", "items|application/json|[{\"price\":\"p1\",\"sizes\":[1,2]}]", "note||n")]
    [InlineData("Json", "meta|application/json|{\"order\":\"6\",\"a b\":\"x&y\"}", "tags|application/json|[\"c\",\"d,e\"]", "items|application/json|[{\"price\":\"p1\",\"sizes\":[1,2]}]", "note|application/json|\"n\"")]
    public async Task Parts_are_written_in_their_styles(string call, params string[] parts)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _parts.RunAsync(server, call));

        Assert.Equal(parts, PartsOf(Assert.Single(server.Requests)));
    }

    [Fact]
    public async Task A_list_of_a_form_of_Swagger_2_is_one_part_beside_files()
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _files.RunAsync(server, "Mix"));

        Assert.Equal(["tags||c,d", "file|image/png|PNG"], PartsOf(Assert.Single(server.Requests)));
    }

    /// <summary>Nothing here writes values with members as XML; a text is what its caller wrote.</summary>
    [Fact]
    public async Task A_part_with_members_is_never_JSON_under_the_name_of_another_media_type()
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _files.RunAsync(server, "Xml"));

        Assert.Equal(
            [
                "meta|application/json|{\"order\":\"6\",\"a b\":\"x&y\"}",
                "tags||c",
                "tags||d,e",
                "items|application/json|[{\"price\":\"p1\",\"sizes\":[1,2]}]",
                "note|application/xml|n"
            ],
            PartsOf(Assert.Single(server.Requests)));
        Assert.Equal(
            ["'meta as application/xml'", "'items as text/csv'"],
            _files.Generated.Diagnostics
                .Where(one => one.Id == "ZT0061")
                .Select(one => one.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Split(" is not")[0]));
    }

    [Fact]
    public async Task Styles_of_parts_mean_nothing_in_OpenAPI_3_0()
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _files.RunAsync(server, "Plain"));

        Assert.Equal(["tags||c", "tags||d"], PartsOf(Assert.Single(server.Requests)));
    }

    /// <summary>The parts of a body, each as name, media type and content.</summary>
    internal static IEnumerable<string> PartsOf(string request) => PartText().Matches(request)
        .Select(match => $"{match.Groups["name"].Value}|{match.Groups["type"].Value}|{match.Groups["body"].Value}");

    private static ApiCalls Calls(string mediaType)
    {
        static string Each(string encoding) =>
            "{" + string.Join(", ", new[] { "meta", "tags", "items", "note" }.Select(name => $"\"{name}\": {encoding}")) + "}";
        var styles = new Dictionary<string, string>
        {
            ["usual"] = "{}",
            ["deep"] = Each("{\"style\": \"deepObject\", \"explode\": true}"),
            ["joined"] = Each("{\"style\": \"form\", \"explode\": false}"),
            ["spaced"] = Each("{\"style\": \"spaceDelimited\"}"),
            ["piped"] = Each("{\"style\": \"pipeDelimited\", \"explode\": false}"),
            ["exploded"] = Each("{\"explode\": true}"),
            ["json"] = Each("{\"contentType\": \"application/json\"}"),
        };
        return new(
            ApiDocuments.Of(string.Join(",", styles.Select(style => Form(style.Key, mediaType, style.Value, Properties)))).Replace("\"3.0.3\"", "\"3.1.0\""),
            string.Concat(styles.Keys.Select(id => char.ToUpperInvariant(id[0]) + id[1..])
                .Select(name => $"public static async Task<string> {name}(DemoClient demo) {{ await demo.{name}Async({Set}); return \"done\"; }}\n")));
    }

    private static string Form(string id, string mediaType, string encoding, string properties) =>
        $$"""
        "/{{id}}": {"post": {"operationId": "{{id}}", "requestBody": {"required": true, "content": {"{{mediaType}}": {"schema": {"type": "object", "properties": { {{properties}} } }, "encoding": {{encoding}} } } }, "responses": {"204": {"description": "d"} } } }
        """;

    [GeneratedRegex("""Content-Disposition: form-data; name="(?<name>[^"]*)"(; filename="[^"]*")?(\r\nContent-Type: (?<type>[^\r]*))?\r\n\r\n(?<body>.*?)\r\n--""", RegexOptions.Singleline)]
    private static partial Regex PartText();
}
