using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Which exception the errors of a status are, against a real socket.</summary>
public class ApiErrorTests
{
    private const string A = """{"$ref": "#/components/schemas/ErrA"}""";

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(
            $$"""
            "/mixed": {"get": {"operationId": "mixed", "responses": {"204": {"description": ""},
              "404": {{Response("""{"oneOf": [{"$ref": "#/components/schemas/ErrA"}, {"$ref": "#/components/schemas/ErrB"}]}""")}},
              "409": {"description": "Conflict"}, "422": {{Response("""{"$ref": "#/components/schemas/ErrB"}""")}},
              "5XX": {"description": "Down", "content": {"text/plain": {"schema": {"type": "string"} } } }, "503": {{Response(A)}}, "default": {{Response(A)}} } } },
            "/classes": {"get": {"operationId": "classes", "responses": {"204": {"description": ""}, "401": {"description": "No"}, "4XX": {{Response(A)}} } } },
            "/same": {"get": {"operationId": "same", "responses": {"204": {"description": ""}, "404": {{Response(A)}}, "default": {{Response(A)}} } } }
            """,
            """
            "ErrA": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"} } },
            "ErrB": {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"} } }
            """),
        """
            public static Task<string> Mixed(DemoClient demo) => Error(demo.MixedAsync());
            public static Task<string> Classes(DemoClient demo) => Error(demo.ClassesAsync());
            public static Task<string> Same(DemoClient demo) => Error(demo.SameAsync());
            private static async Task<string> Error(Task call)
            {
                try
                {
                    await call;
                    return "none";
                }
                catch (ServiceException<Demo.Models.Demo.ErrA> error)
                {
                    return "a " + error.Details.A;
                }
                catch (ServiceException<Demo.Models.Demo.ErrB> error)
                {
                    return "b " + error.Details.B;
                }
                catch (ServiceException error)
                {
                    return "plain " + error.Error.Body;
                }
            }
            """);

    [Theory]
    [InlineData("Mixed", 404, """{"b":"x"}""", """plain {"b":"x"}""")]
    [InlineData("Mixed", 409, """{"z":"x"}""", """plain {"z":"x"}""")]
    [InlineData("Mixed", 422, """{"b":"x"}""", "b x")]
    [InlineData("Mixed", 400, """{"a":"x"}""", "a x")]
    [InlineData("Mixed", 500, """{"z":"x"}""", """plain {"z":"x"}""")]
    [InlineData("Mixed", 503, """{"a":"x"}""", "a x")]
    [InlineData("Classes", 401, """{"z":"x"}""", """plain {"z":"x"}""")]
    [InlineData("Classes", 404, """{"a":"x"}""", "a x")]
    [InlineData("Classes", 500, """{"a":"x"}""", """plain {"a":"x"}""")]
    [InlineData("Same", 404, """{"a":"x"}""", "a x")]
    [InlineData("Same", 500, """{"a":"x"}""", "a x")]
    public async Task An_error_has_the_type_of_its_own_status(string call, int status, string body, string expected)
    {
        await using var server = new FakeServer(Reply(status, body));

        Assert.Equal(expected, await _calls.RunAsync(server, call));
    }

    [Fact]
    public void Only_errors_with_a_type_are_in_the_documentation()
    {
        var text = string.Concat(_calls.Generated.Sources.Values);

        Assert.Contains("(400 to 599, 503); its details are a <see cref=\"Demo.ErrA\"/>", text.Replace("503, 400 to 599", "400 to 599, 503"), StringComparison.Ordinal);
        Assert.DoesNotContain("cref=\"\"", text, StringComparison.Ordinal);
    }

    private static string Response(string schema) => $$"""{"description": "", "content": {"application/json": {"schema": {{schema}} } } }""";
}
