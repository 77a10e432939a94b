namespace Zoetrope.Generator.Tests;

/// <summary>Documents with one list that comes page by page, or seems to.</summary>
internal static class PagedApi
{
    private const string Text = """
        {"openapi": "3.1.0", "info": {"title": "Demo API", "version": "1"}, "servers": [{"url": "https://api.demo.example/v1"}],
         "security": [{"key": []}], "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}, "schemas": {
          "Thing": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}},
         "paths": {
          "/things/{owner}": {"METHOD": {"operationId": "listThings", MORE
           "parameters": [{"name": "owner", "in": "path", "required": true, "schema": {"type": "string"}}PARAMETERS],
           "responses": {"200": {"description": "A page", "content": {"application/json": {"schema": {"type": "object", "required": ["things"REQUIRED],
            "properties": {"things": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}MEMBERS}}}}},
            "4XX": {"description": "Wrong", "content": {"application/json": {"schema": {"type": "object", "required": ["message"],
             "properties": {"message": {"type": "string"}}}}}}}}}
         }}
        """;

    /// <summary>A document of one list.</summary>
    /// <param name="parameters">Its query parameters, each <c>name: JSON schema</c>; separated by semicolons.</param>
    /// <param name="members">The members of its page beside the items, in the same form.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="more">What else the path item's operation has, as JSON members.</param>
    /// <param name="required">The members that each page has, separated by spaces.</param>
    public static Spec Of(string parameters, string members, string method = "get", string more = "", string required = "") => new(
        "specs/demo.json",
        Text
            .Replace("METHOD", method, StringComparison.Ordinal)
            .Replace("MORE", more, StringComparison.Ordinal)
            .Replace("PARAMETERS", string.Concat(Members(parameters).Select(Parameter)), StringComparison.Ordinal)
            .Replace(
                "REQUIRED", string.Concat(required.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $", \"{name}\"")), StringComparison.Ordinal)
            .Replace("MEMBERS", string.Concat(Members(members).Select(Member)), StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Schema)> Members(string text) => text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(one => one.Split(": ", 2))
        .Select(one => (one[0], one[1] switch
        {
            "string" or "integer" or "boolean" => $$"""{"type": "{{one[1]}}"}""",
            "string?" or "integer?" or "boolean?" => $$"""{"type": ["{{one[1][..^1]}}", "null"]}""",
            _ => one[1],
        }));

    private static string Parameter((string Name, string Schema) one) => $$""", {"name": "{{one.Name}}", "in": "query", "schema": {{one.Schema}}}""";

    private static string Member((string Name, string Schema) one) => $$""", "{{one.Name}}": {{one.Schema}}""";
}
