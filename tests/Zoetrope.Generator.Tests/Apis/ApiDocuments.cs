namespace Zoetrope.Generator.Tests;

/// <summary>Makes small documents of whole APIs.</summary>
internal static class ApiDocuments
{
    /// <summary>A document with these paths.</summary>
    /// <param name="paths">The members of <c>paths</c>.</param>
    /// <param name="schemas">The members of <c>components.schemas</c>.</param>
    /// <param name="title">The title.</param>
    /// <param name="server">The server's URL.</param>
    /// <param name="more">More members of the document, each followed by a comma.</param>
    /// <param name="path">The document's path.</param>
    public static Spec Of(
        string paths, string schemas = "", string title = "Demo API", string server = "https://api.demo.example", string more = "",
        string path = "specs/demo.json") =>
        new(path, $$"""
        {
          "openapi": "3.0.3",
          "info": {"title": {{Documents.Quote(title)}}, "version": "1"},
          "servers": [{"url": {{Documents.Quote(server)}} }],
          {{more}}
          "components": {"schemas": { {{schemas}} } },
          "paths": { {{paths}} }
        }
        """);

    /// <summary>A path with one operation that takes and gives nothing.</summary>
    public static string Get(string path, string? id) =>
        $$"""{{Documents.Quote(path)}}: {"get": { {{(id is null ? "" : "\"operationId\": " + Documents.Quote(id) + ",")}} "responses": {"204": {"description": ""} } {{Parameters(path)}} } }""";

    private static string Parameters(string path)
    {
        var names = path.Split('{').Skip(1).Select(part => part.Split('}')[0]).Distinct().ToList();
        return names.Count == 0 ? "" : ", \"parameters\": [" + string.Join(
            ", ",
            names.Select(name => $$"""{"name": {{Documents.Quote(name)}}, "in": "path", "required": true, "schema": {"type": "string"} }""")) + "]";
    }
}
