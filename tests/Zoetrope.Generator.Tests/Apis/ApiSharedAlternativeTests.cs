using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Schemas in several unions that give them different values of the discriminator, sent to a real socket and read from it.</summary>
public class ApiSharedAlternativeTests
{
    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(
            string.Join(",", Post("push", "EvPush"), Post("pull", "EvPull"), Post("named", "Named"), Post("one", "E1"), Post("numbers", "Second"), Post("same", "SameToo")),
            $$"""
            "E1": {"type": "object", "properties": {"t": {"type": "string"}, "a": {"type": "integer"} } },
            "E2": {"type": "object", "required": ["t"], "properties": {"t": {"type": "string"}, "b": {"type": "integer", "maximum": 9} } },
            "Named": {{Union("E1", "E2", "t", "")}},
            "EvPush": {{Union("E1", "E2", "t", """, "mapping": {"push.one": "E1", "push.two": "E2"}""")}},
            "EvPull": {{Union("E1", "E2", "t", """, "mapping": {"pull.one": "E1", "pull.two": "E2"}""")}},
            "N1": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}, "a": {"type": "string"} } },
            "N2": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}, "a": {"type": "string"} } },
            "First": {{Union("N1", "N2", "n", """, "mapping": {"1": "N1", "2": "N2"}""")}},
            "Second": {{Union("N1", "N2", "n", """, "mapping": {"2": "N1", "1": "N2"}""")}},
            "S1": {"type": "object", "properties": {"k": {"type": "string"} } },
            "S2": {"type": "object", "properties": {"k": {"type": "string"}, "first": {"$ref": "#/components/schemas/First"}, "more": {"$ref": "#/components/schemas/SameHolder"} } },
            "Same": {{Union("S1", "S2", "k", """, "mapping": {"s1": "S1", "one": "S1", "s2": "S2"}""")}},
            "SameToo": {{Union("S1", "S2", "k", """, "mapping": {"s2": "S2", "one": "S1", "s1": "S1"}""")}},
            "SameHolder": {"type": "object", "properties": {"same": {"$ref": "#/components/schemas/Same"} } }
            """),
        """
            public static string Text = "";
            private static byte[] Json => Encoding.UTF8.GetBytes(Text);
            private static T Read<T>() where T : IJsonModel<T> => JsonModel.FromUtf8<T>(Json);
            public static async Task<string> Push(DemoClient demo) => await demo.PushAsync(Read<Demo.Models.Demo.EvPush>()) is var one
                && one.TryGetE1(out var first) ? "E1 " + first.T : one.TryGetE2(out var second) ? "E2 " + second.T : "raw";
            public static async Task<string> Pull(DemoClient demo) => await demo.PullAsync(Read<Demo.Models.Demo.EvPull>()) is var one
                && one.TryGetE1(out var first) ? "E1 " + first.T : one.TryGetE2(out var second) ? "E2 " + second.T : "raw";
            public static async Task<string> Named(DemoClient demo) => await demo.NamedAsync(Read<Demo.Models.Demo.Named>()) is var one
                && one.TryGetE1(out var first) ? "E1 " + first.T : one.TryGetE2(out var second) ? "E2 " + second.T : "raw";
            public static async Task<string> One(DemoClient demo) => (await demo.OneAsync(Read<Demo.Models.Demo.E1>())).T;
            public static async Task<string> Numbers(DemoClient demo) => await demo.NumbersAsync(Read<Demo.Models.Demo.Second>()) is var one
                && one.TryGetN1(out var first) ? "N1 " + first.N : one.TryGetN2(out var second) ? "N2 " + second.N : "raw";
            public static async Task<string> Make(DemoClient demo) => (await demo.PullAsync(new Demo.Models.Demo.E1 { T = "pull.one", A = 1 })).Raw.ToString();
            public static async Task<string> MakeSame(DemoClient demo) => (await demo.SameAsync(new Demo.Models.Demo.S2())).Raw.ToString();
            """);

    [Theory]
    [InlineData("Push", """{"t":"push.one","a":1}""", "E1 push.one")]
    [InlineData("Push", """{"t":"push.two","b":1}""", "E2 push.two")]
    [InlineData("Pull", """{"t":"pull.one","a":1}""", "E1 pull.one")]
    [InlineData("Pull", """{"t":"pull.two","b":1}""", "E2 pull.two")]
    [InlineData("Named", """{"t":"E2","b":1}""", "E2 E2")]
    [InlineData("One", """{"t":"anything","a":1}""", "anything")]
    [InlineData("Numbers", """{"n":2,"a":"x"}""", "N1 2")]
    [InlineData("Numbers", """{"n":1,"a":"x"}""", "N2 1")]
    public async Task Each_union_has_values_of_its_own(string call, string json, string expected)
    {
        await using var server = new FakeServer(Reply(200, json));

        Assert.Equal(expected, await RunAsync(server, call, json));
        Assert.EndsWith(json, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Push", """{"t":"pull.one","a":1}""", "", ValidationRule.Type)]
    [InlineData("Pull", """{"t":"push.one","a":1}""", "", ValidationRule.Type)]
    [InlineData("Pull", """{"t":"E1","a":1}""", "", ValidationRule.Type)]
    [InlineData("Pull", """{"t":"pull.two","b":10}""", "b", ValidationRule.Maximum)]
    [InlineData("Named", """{"t":"push.two"}""", "", ValidationRule.Type)]
    [InlineData("Numbers", """{"n":3}""", "", ValidationRule.Type)]
    public async Task Those_of_another_union_are_refused(string call, string json, string path, ValidationRule rule)
    {
        await using var server = new FakeServer(Reply(200, json));

        var issue = Assert.Single((await Assert.ThrowsAsync<RequestValidationException>(() => RunAsync(server, call, json))).Result.Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Fact]
    public async Task Who_makes_one_says_which_value_is_meant()
    {
        await using var server = new FakeServer(Reply(200, """{"t":"pull.one"}"""));

        await RunAsync(server, "Make", "");

        Assert.EndsWith("""{"t":"pull.one","a":1}""", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unions_that_agree_in_another_order_give_the_value_by_itself()
    {
        await using var server = new FakeServer(Reply(200, """{"k":"s2"}"""));

        await RunAsync(server, "MakeSame", "");

        Assert.EndsWith("""{"k":"s2"}""", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_reported_for_each_schema() => Assert.Equal(
        ["ZT0020", "ZT0020", "ZT0020", "ZT0020"], _calls.Generated.Diagnostics.Select(diagnostic => diagnostic.Id));

    private static Task<string> RunAsync(FakeServer server, string call, string json)
    {
        _calls.Assembly.GetType("Calls", throwOnError: true)!.GetField("Text")!.SetValue(null, json);
        return _calls.RunAsync(server, call);
    }

    private static string Union(string first, string second, string member, string mapping) => $$"""
        {"oneOf": [{"$ref": "#/components/schemas/{{first}}"}, {"$ref": "#/components/schemas/{{second}}"}], "discriminator": {"propertyName": "{{member}}"{{mapping}} } }
        """;

    private static string Post(string id, string schema) => $$"""
        "/{{id}}": {"post": {"operationId": "{{id}}", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/{{schema}}"} } } },
          "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/{{schema}}"} } } } } } }
        """;
}
