using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Query parameters of style <c>deepObject</c>, as Stripe's document has them: objects, lists, single values, and lists and objects inside.</summary>
public class ApiDeepQueryTests
{
    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of("""
            "/charges": {"get": {"operationId": "listCharges", "parameters": [
              {"name": "created", "in": "query", "style": "deepObject", "explode": true,
               "schema": {"anyOf": [{"type": "object", "title": "range", "properties": {"gte": {"type": "integer"}, "lt": {"type": "integer"}}}, {"type": "integer"}]}},
              {"name": "expand", "in": "query", "style": "deepObject", "explode": true, "schema": {"type": "array", "items": {"type": "string", "maxLength": 5000}}},
              {"name": "limit", "in": "query", "style": "form", "schema": {"type": "integer"}},
              {"name": "details", "in": "query", "style": "deepObject", "explode": true, "schema": {"type": "object", "properties": {
                "items": {"type": "array", "items": {"type": "object", "required": ["price"], "properties": {"price": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}}}},
                "metadata": {"type": "object", "additionalProperties": {"type": "string"}}}}}],
              "responses": {"204": {"description": "d"}}}}
            """),
        """
        private static async Task<string> List(DemoClient demo, Demo.Models.Demo.ListCharges.Parameters parameters) { await demo.ListChargesAsync(parameters); return "done"; }
        public static Task<string> Range(DemoClient demo) => List(demo, new() { Created = RawJson.Parse("{\"gte\":1,\"lt\":2}"), Expand = ["data.customer", "a&b"], Limit = 3 });
        public static Task<string> Single(DemoClient demo) => List(demo, new() { Created = 5 });
        public static Task<string> Nested(DemoClient demo) => List(demo, new()
        {
            Details = new()
            {
                Items = [new() { Price = "p", Tags = ["x", "y"] }, new() { Price = "q" }],
                Metadata = new Dictionary<string, string> { ["order id"] = "6" },
            },
        });
        public static Task<string> Nothing(DemoClient demo) => List(demo, new() { Expand = [], Details = new() { Items = [] } });
        """);

    [Theory]
    [InlineData("Range", "?created[gte]=1&created[lt]=2&expand[0]=data.customer&expand[1]=a%26b&limit=3")]
    [InlineData("Single", "?created=5")]
    [InlineData("Nested", "?details[items][0][price]=p&details[items][0][tags][0]=x&details[items][0][tags][1]=y&details[items][1][price]=q&details[metadata][order%20id]=6")]
    [InlineData("Nothing", "")]
    public async Task Each_member_and_item_has_its_name_in_brackets(string call, string query)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _calls.RunAsync(server, call));

        var target = Assert.Single(server.Requests).Split(' ')[1];
        Assert.Equal("/charges" + query, target.Replace("%5B", "[").Replace("%5D", "]"));
    }
}
