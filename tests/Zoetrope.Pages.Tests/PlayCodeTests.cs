using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Cli.Tests;

namespace Zoetrope.Pages.Tests;

/// <summary>The C# that the playground shows, compiled with the packages that it names.</summary>
public sealed class PlayCodeTests(PlayFixture fixture) : IClassFixture<PlayFixture>
{
    // What a new console project has.
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions _language = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(CliProcess.Folder, "Zoetrope*.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Fact]
    public async Task The_code_of_each_model_compiles_with_everything_that_its_form_asks_for()
    {
        var models = (await fixture.Play.JsonAsync("/api/models")).GetProperty("models").EnumerateArray()
            .Select(model => model.GetProperty("name").GetString()!).ToList();
        Assert.True(models.Count > 50);
        var wrong = new List<string>();
        foreach (var model in models)
        {
            var form = await fixture.Play.JsonAsync("/api/form?model=" + Uri.EscapeDataString(model));
            // What the document shows, and then every parameter, with one that it does not have.
            var whole = ObjectOf(form.GetProperty("fields"));
            whole["not_documented"] = new JsonArray("a\"b", 1.5);
            var example = form.TryGetProperty("example", out var shown) ? JsonNode.Parse(shown.GetRawText()) : new JsonObject();
            foreach (var input in new[] { whole, example })
            {
                var (_, draft) = await fixture.Play.PostAsync("/api/draft", ServedPlay.Draft(input, model));
                if (input == example && !draft.TryGetProperty("curl", out _))
                    wrong.Add($"{model} has no command line for {input}");
                if (!draft.TryGetProperty("csharp", out var code))
                    wrong.Add($"{model} has no code for {input}");
                else
                    wrong.AddRange(Problems(code.GetString()!).Select(problem => $"{model}: {problem}\n{code.GetString()}"));
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    private static IEnumerable<string> Problems(string code) => CSharpCompilation
        .Create(
            "Shown",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, _language), CSharpSyntaxTree.ParseText(code, _language)],
            _references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable))
        .GetDiagnostics()
        // A deprecated parameter may be shown; the form says that it is one.
        .Where(found => found.Severity == DiagnosticSeverity.Error || (found.Severity == DiagnosticSeverity.Warning && found.Id is not ("CS0612" or "CS0618")))
        .Select(found => found.ToString());

    private static JsonObject ObjectOf(JsonElement fields) =>
        new(fields.EnumerateArray().Select(field => KeyValuePair.Create(field.GetProperty("name").GetString()!, ValueOf(field))));

    private static JsonNode? ValueOf(JsonElement field) => field.GetProperty("kind").GetString() switch
    {
        "integer" => 7,
        "number" => 12345678901234567890.0,
        "boolean" => true,
        "choice" => field.GetProperty("values")[0].GetString(),
        "file" => "https://example.com/a.png",
        "file_object" => new JsonObject { ["url"] = "https://example.com/a.png" },
        "list" => new JsonArray(ValueOf(field.GetProperty("item")), ValueOf(field.GetProperty("item"))),
        "map" => new JsonObject { ["a \"key\""] = ValueOf(field.GetProperty("item")) },
        "object" => ObjectOf(field.GetProperty("members")),
        "json" => new JsonObject { ["any"] = new JsonArray(1, "\"}\\", null) },
        _ => field.TryGetProperty("values", out var values) ? values[0].GetString() : "a \"text\"\n{of} two \\ lines",
    };
}
