using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tests;

/// <summary>What is generated for a whole API, and what is reported about the rest.</summary>
public class ApiTests
{
    [Theory]
    [InlineData("Demo.Models.StudioClient.g.cs")]
    [InlineData("Demo.Models.Studio.g.cs")]
    [InlineData("Demo.Models.Studio.ListClips.g.cs")]
    [InlineData("Demo.Models.Studio.UploadClip.g.cs")]
    public void The_document_gives_this_code(string hintName) =>
        TestFiles.AssertSnapshot(hintName[..^3] + ".cs.txt", new Project([StudioApi.Document]).Run().Source(hintName));

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp14)]
    public void It_compiles_in_every_language_version(LanguageVersion version) => Assert.NotEmpty(new Project([StudioApi.Document], version).Run().Image());

    [Theory]
    [InlineData(LanguageVersion.CSharp10, true, "ZT0201")]
    [InlineData(LanguageVersion.CSharp14, false, "ZT0202")]
    public void A_project_that_cannot_have_it_is_reported(LanguageVersion version, bool core, string id)
    {
        var generated = new Project([StudioApi.Document], version, core: core).Run();

        Assert.Contains(generated.Diagnostics, diagnostic => diagnostic.Id == id);
        Assert.Empty(generated.Sources);
    }

    [Fact]
    public void A_document_whose_types_are_elsewhere_gives_nothing() => Assert.Empty(new Project([StudioApi.Document with { Reference = true }]).Run().Sources);

    [Fact]
    public void Order_folders_and_cultures_change_nothing()
    {
        var other = ApiDocuments.Of(ApiDocuments.Get("/a", "a"));
        var expected = Text(StudioApi.Document, other);
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "\u2212";
            culture.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Text(other with { Path = "C:\\x\\demo.json" }, StudioApi.Document with { Path = "C:\\y\\studio.json" }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Text(params Spec[] specs) => string.Join(
            "\n",
            new Project(specs).Run().Sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => source.Key + source.Value));
    }

    [Theory]
    [InlineData("ZT0133", "\"application/json\": {\"schema\": {\"type\": \"object\", \"properties\": {\"url\"")]
    [InlineData("ZT0137", "\"X-Studio-Key\", \"in\": \"header\", \"schema\"")]
    public void What_is_not_generated_is_reported_at_its_line(string id, string piece)
    {
        var diagnostic = Assert.Single(new Project([StudioApi.Document]).Run().Diagnostics, diagnostic => diagnostic.Id == id);

        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal(StudioApi.Document.PlaceOf(piece).Line, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1);
    }

    [Theory]
    [InlineData("ZT0134", DiagnosticSeverity.Info, """ "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}, "text/plain": {}}}} """)]
    [InlineData("ZT0135", DiagnosticSeverity.Warning, """ "requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}, "responses": {} """)]
    [InlineData("ZT0135", DiagnosticSeverity.Warning, """ "requestBody": {"content": {"not a type": {}}}, "responses": {} """)]
    [InlineData("ZT0136", DiagnosticSeverity.Warning, """ "security": [{"other": []}], "responses": {} """)]
    public void What_cannot_be_generated_is_reported(string id, DiagnosticSeverity severity, string operation)
    {
        const string Schemes = "{\"one\": {\"type\": \"http\", \"scheme\": \"bearer\"}, \"other\": {\"type\": \"apiKey\", \"in\": \"query\", \"name\": \"k\"}}";
        var document = ApiDocuments.Of(
            string.Join(",", ApiDocuments.Get("/x", "x"), ApiDocuments.Get("/y", "y"), "\"/a\": {\"post\": {\"operationId\": \"a\", " + operation + "}}"),
            more: "\"security\": [{\"one\": []}],");
        document = document.Replace("\"components\": {", "\"components\": {\"securitySchemes\": " + Schemes + ", ");

        var generated = new Project([document]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == id);
        Assert.Equal((severity, document.Path), (diagnostic.DefaultSeverity, diagnostic.Location.GetLineSpan().Path));
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void An_operation_that_takes_no_key_of_this_kind_is_reported_once()
    {
        const string Schemes = "{\"one\": {\"type\": \"http\", \"scheme\": \"bearer\"}, \"certificate\": {\"type\": \"mutualTLS\"}}";
        var document = ApiDocuments.Of(
            ApiDocuments.Get("/x", "x") + ", \"/a\": {\"post\": {\"operationId\": \"a\", \"security\": [{\"certificate\": []}], \"responses\": {}}}",
            more: "\"security\": [{\"one\": []}],");
        document = document.Replace("\"components\": {", "\"components\": {\"securitySchemes\": " + Schemes + ", ");

        Assert.Equal(["ZT0069", "ZT0138"], new Project([document]).Run().Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Errors_that_each_operation_describes_for_itself_are_one_type()
    {
        static string Operation(string path, string error) => $$"""
            "{{path}}": {"get": {"operationId": "{{path[1..]}}", "responses": {"204": {"description": ""}, "400": {"description": "", "content": {"application/json": {"schema": {{error}} } } }, "500": {"description": "", "content": {"application/json": {"schema": {{error}} } } } } } }
            """;
        const string Common =
            "{\"type\": \"object\", \"description\": \"DESCRIPTION\", \"properties\": {\"message\": {\"type\": \"string\", \"example\": \"EXAMPLE\"}}}";
        var document = ApiDocuments.Of(string.Join(
            ",", Operation("/a", Common.Replace("DESCRIPTION", "one")), Operation(
                "/b",
                Common.Replace("EXAMPLE", "two")), Operation("/c", "{\"type\": \"object\", \"properties\": {\"reason\": {\"type\": \"string\"}}}")));

        var generated = new Project([document]).Run();

        Assert.Equal(
            ["A", "B", "C", "ErrorBody"],
            generated.Load().GetType("Demo.Models.Demo")!.GetNestedTypes().Select(type => type.Name).Union(["A", "B"]).Order());
        Assert.Contains("call.Error<Demo.ErrorBody>(400, 599);", generated.Source("Demo.Models.Demo.A.g.cs"));
        Assert.Contains("call.Error<Demo.C.ErrorBody>(400, 599);", generated.Source("Demo.Models.Demo.C.g.cs"));
    }

    [Fact]
    public void An_error_is_typed_for_its_own_status_where_others_are_listed_without_a_form()
    {
        var document = ApiDocuments.Of(
            """
            "/a": {"get": {"operationId": "a", "responses": {
              "204": {"description": ""}, "400": {"description": "any form"},
              "422": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Unsafe"} } } } } } }
            """,
            """ "Unsafe": {"type": "object", "properties": {"message": {"type": "string"}}} """);

        var source = new Project([document]).Run().Source("Demo.Models.Demo.A.g.cs");

        Assert.Contains("call.Error<Demo.Unsafe>(422);", source);
        Assert.DoesNotContain("599", source);
    }

    /// <summary>The server and the words of the title.</summary>
    private const string Key = "api:api.studio.example/studio-http-api-v2";

    [Fact]
    public void Locked_names_win_and_what_is_locked_is_what_is_generated()
    {
        var names = NameAssignments.Of(new Dictionary<string, SpecDocument>
        {
            [StudioApi.Document.Path] = SpecReader.Read(StudioApi.Text).Document!
        }).ToDictionary(name => name.Key, name => name.Name);

        Assert.Equal("Studio", names[Key]);
        foreach (var (key, name) in new[]
        {
            ("Clip", "Clip"), ("Clip/next", "Next"), ("Clip.owner", "ClipOwner"), ("State/done", "Done"), ("Tags", "TagsItem"), ("GET ~1clips", "ListClips"),
            ("GET ~1clips$parameters/X-Trace", "XTrace"), ("GET ~1clips$result/cursor", "Cursor"),
            ("GET ~1clips$parameters.filter", "Filter"), ("POST ~1clips~1{clip_id}~1file$body/file", "File"), ("GET ~1report", "GetReport"),
            ("$error", "ErrorBody"), ("Clip|Problem", "ClipOrProblem"),
        })
        {
            Assert.Equal(name, names.GetValueOrDefault(Key + "#/" + key));
        }

        var renamed = names.ToDictionary(name => name.Key, name => name.Value + "Z");
        var locked = new Spec(
            "specs.lock.json",
            "{\"names\": {" + string.Join(",", renamed.Select(name => Documents.Quote(name.Key) + ": " + Documents.Quote(name.Value))) + "}}");
        var generated = new Project([StudioApi.Document, locked]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0115");
        Assert.NotEmpty(generated.Image());
        Assert.Contains("ListClipsZAsync(\n        StudioZ.ListClipsZ.Parameters? parameters = null", generated.Source("Demo.Models.StudioZ.ListClipsZ.g.cs"));
        Assert.Contains("public string? XTraceZ { get; set; }", generated.Source("Demo.Models.StudioZ.ListClipsZ.g.cs"));
        Assert.Contains("StateZ DoneZ => new(\"done\")", generated.Source("Demo.Models.StudioZ.g.cs"));
    }

    [Theory]
    [InlineData(Key, "1x")]
    [InlineData(Key + "#/GET ~1clips", "Call")]
    [InlineData(Key + "#/Clip", "class")]
    [InlineData(Key + "#/GET ~1clips$parameters/limit", "AddTo")]
    [InlineData("api:studio-http-api-v2", "1x")]
    [InlineData("api:studio-http-api-v2#/GET ~1clips", "Call")]
    public void A_locked_name_that_is_not_valid_is_reported_at_its_line(string key, string name)
    {
        var locked = new Spec("specs.lock.json", "{\"names\": {\n\"" + key + "\": \"" + name + "\"}}");

        var generated = new Project([StudioApi.Document, locked]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0115");
        Assert.Equal(("specs.lock.json", 1), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [MemberData(nameof(HostileInputTests.Texts), MemberType = typeof(HostileInputTests))]
    public void Text_in_every_slot_stays_text(string text)
    {
        var quoted = Documents.Quote(text);
        var segment = Documents.Quote("/a"
            + text.Replace("{", "").Replace("}", "")
            + "/{"
            + (text.Contains('{') || text.Contains('}') || text.Length == 0 ? "x" : text.Replace("/", ""))
            + "}");
        var document = ApiDocuments.Of(
            $$"""
            {{segment}}: {"post": {
              "operationId": {{quoted}}, "summary": {{quoted}}, "description": {{quoted}}, "servers": [{"url": {{Documents.Quote("https://other.example/" + text)}} }],
              "parameters": [{"name": {{quoted}}, "in": "query", "description": {{quoted}}, "schema": {"type": "string", "enum": [{{quoted}}, "b"]} }, {"name": {{quoted}}, "in": "header", "schema": {"type": "string"} }, {"name": {{quoted}}, "in": "cookie", "schema": {"type": "string"} }],
              "requestBody": {"description": {{quoted}}, "content": { {{Documents.Quote("application/" + text)}}: {"schema": {"$ref": "#/components/schemas/S"} }, "multipart/form-data": {"encoding": { {{quoted}}: {"contentType": {{quoted}} } }, "schema": {"type": "object", "properties": { {{quoted}}: {"type": "string", "format": "binary"}, "p": {"type": "string", "description": {{quoted}} } } } } } },
              "responses": {"200": {"description": {{quoted}}, "content": { {{Documents.Quote("text/" + text)}}: {}, {{Documents.Quote("image/" + text)}}: {} } }, "400": {"description": {{quoted}}, "content": {"application/json": {"schema": {"type": "object", "properties": { {{quoted}}: {"type": "string"} } } } } } }
            } },
            "/b": {"get": {"operationId": "b", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"} } } } } } }
            """,
            $$""" "S": {"type": "object", "description": {{quoted}}, "properties": { {{quoted}}: {"type": "string", "description": {{quoted}} } } } """, title: text, server: "https://api.example/" + text,
            more: $$""" "security": [{"k": []}], """).Replace(
                "\"components\": {",
                $$""" "components": {"securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": {{quoted}} } }, """);

        var generated = new Project([document]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id is "ZT0299" or "CS8785");
        Assert.NotEmpty(generated.Image());
        Assert.Contains(
            generated.Sources.Keys,
            name => name.Contains("Client.g.cs", StringComparison.Ordinal) || name.Contains("Client_", StringComparison.Ordinal));
    }

    [Fact]
    public void Long_chains_of_named_lists_end()
    {
        var schemas = Enumerable.Range(0, 5000).Select(i => $$$"""
            "S{{{i}}}": {"type": "array", "items": {"$ref": "#/components/schemas/S{{{(i + 1) % 5000}}}"}}
            """);
        var document = ApiDocuments.Of(
            """ "/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}}}} """,
            string.Join(",", schemas));

        var generated = new Project([document]).Run();

        Assert.Contains(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0111");
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void Schemas_inside_themselves_end()
    {
        var document = ApiDocuments.Of(
            """ "/a": {"post": {"operationId": "a", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Json"}}}}, "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tree"}}}}}}} """,
            """ "Json": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/Json"}}]}, "List": {"type": "array", "items": {"$ref": "#/components/schemas/List"}}, "Tree": {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}, "list": {"$ref": "#/components/schemas/List"}}} """);

        Assert.NotEmpty(new Project([document]).Run().Image());
    }
}
