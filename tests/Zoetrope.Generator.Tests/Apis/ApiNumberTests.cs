using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Whole numbers beyond 64 bits of two's complement are sent and received with all their digits, against a real socket.</summary>
public class ApiNumberTests
{
    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(
            """
            "/blocks/{n}": {"get": {"operationId": "block",
              "parameters": [
                {"name": "n", "in": "path", "required": true, "schema": {"type": "integer", "format": "uint64"}},
                {"name": "from", "in": "query", "schema": {"type": "integer", "maximum": 18446744073709551615}}],
              "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Block"} } } } } } }
            """,
            """
            "Block": {"type": "object", "required": ["n", "sizes"], "properties": {
              "n": {"type": "integer", "format": "uint64"}, "sizes": {"type": "array", "items": {"type": "integer", "format": "uint64"}}, "small": {"type": "integer"} } }
            """),
        """
            public static async Task<string> Block(DemoClient demo)
            {
                var block = await demo.BlockAsync(18446744073709551615, new() { From = 9223372036854775808 });
                return block.N + " " + string.Join(",", block.Sizes) + " " + block.Small;
            }
        """);

    [Fact]
    public async Task Unsigned_numbers_of_64_bits_keep_their_digits()
    {
        await using var server = new FakeServer(Reply(200, """{"n":18446744073709551615,"sizes":[9223372036854775808,0],"small":-9223372036854775808}"""));

        Assert.Equal("18446744073709551615 9223372036854775808,0 -9223372036854775808", await _calls.RunAsync(server, "Block"));

        Assert.StartsWith("GET /blocks/18446744073709551615?from=9223372036854775808 HTTP/1.1\r\n", Assert.Single(server.Requests));
    }
}
