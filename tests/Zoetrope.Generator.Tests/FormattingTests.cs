using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;

namespace Zoetrope.Generator.Tests;

/// <summary>Generated code is laid out as an editor would lay it out.</summary>
public sealed class FormattingTests
{
    private const string Properties = """
        {
          "prompt": {"type": "string", "maxLength": 10}, "image_url": {"type": "string", "description": "URL of an image."},
          "seed": {"type": ["integer", "null"]},
          "size": {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"$ref": "#/components/schemas/Size"}]}, "steps": {"type": "integer", "enum": [1, 2]},
          "names": {"type": "object", "additionalProperties": {"type": "array", "maxItems": 3, "items": {"type": "string", "minLength": 1}}},
          "a_very_long_name_of_a_member_that_makes_its_lines_long": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Size"}}
        }
        """;

    /// <summary>Forms with several files, also where a part is a file or a text, and a method with a long list of parameters.</summary>
    private const string Uploads = """
        {
          "openapi": "3.1.0", "info": {"title": "Uploads", "version": "1"}, "servers": [{"url": "https://uploads.example"}],
          "paths": {"/{a_long_name_of_a_path_parameter}/{another_long_name_of_a_path_parameter}": {"post": {
            "operationId": "uploadEverything",
            "parameters": [
              {"name": "a_long_name_of_a_path_parameter", "in": "path", "required": true, "schema": {"type": "string"}},
              {"name": "another_long_name_of_a_path_parameter", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 1}}
            ],
            "requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {
              "files": {"type": "array", "items": {"type": "string", "format": "binary"}}, "title": {"type": "string"},
              "cover": {"anyOf": [{"type": "string", "format": "binary"}, {"type": "string"}]}
            }}}}},
            "responses": {"200": {"description": "Done", "content": {"application/json": {"schema": {
              "type": "object", "properties": {"id": {"type": "string"}}
            }}}}}
          }}}
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp14)]
    public void The_code_of_documents_is_formatted(LanguageVersion version)
    {
        var everything = Documents.FalOpenApi(
            "fal-ai/everything", Properties, ["prompt", "image_url", "seed"],
            """{"Size": {"type": "object", "required": ["width"], "properties": {"width": {"type": "integer"}}}}""", Properties);
        var uploads = new Project([new("specs/uploads.json", Uploads)], version).Run();

        Assert.Contains("foreach (var item in ", uploads.Source("Demo.Models.Uploads.UploadEverything.g.cs"));
        AssertFormatted(uploads);
        AssertFormatted(new Project([everything], version).Run());
        AssertFormatted(new Project(TestFiles.Kling, version).Run());
        AssertFormatted(new Project([StudioApi.Document], version).Run());
        AssertFormatted(new Project(TestFiles.Odd, version, references: false).Run());
    }

    [Theory]
    [InlineData("fal-openapi", 30)]
    [InlineData("fal-pages", 1)]
    [InlineData("eachlabs-pages", 1)]
    public void The_code_of_real_documents_is_formatted(string folder, int step)
    {
        var specs = TestFiles.Corpus(folder).Where((_, index) => index % step == 0).Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path)));

        AssertFormatted(new Project(specs).Run());
    }

    [Theory]
    [InlineData("ideogram.json")]
    [InlineData("luma.yaml")]
    public void The_code_of_real_APIs_is_formatted(string file) => AssertFormatted(RealApi.Of(file).Sources);

    private static void AssertFormatted(Generated generated) => AssertFormatted(generated.Sources);

    private static void AssertFormatted(IReadOnlyDictionary<string, string> sources)
    {
        Assert.NotEmpty(sources);
        using var workspace = new AdhocWorkspace();
        foreach (var (name, text) in sources)
        {
            var root = CSharpSyntaxTree.ParseText(text, new(LanguageVersion.CSharp14), cancellationToken: TestContext.Current.CancellationToken)
                .GetRoot(TestContext.Current.CancellationToken);
            var formatted = Formatter.Format(root, workspace, cancellationToken: TestContext.Current.CancellationToken).ToFullString();
            Assert.Equal(formatted.ReplaceLineEndings("\n"), text);
            Assert.DoesNotContain(Spacing(text.Split('\n')), slip => slip is not null);
        }
    }

    /// <summary>What the formatter leaves alone: empty lines come between members, one at a time, and nowhere else.</summary>
    private static IEnumerable<string?> Spacing(string[] lines)
    {
        foreach (var (before, line) in lines.Zip(lines.Skip(1), (before, line) => (before.Trim(), line)))
        {
            if (line.EndsWith(' '))
                yield return $"A line ends with a space: {line}";
            if (line.Length == 0 && before is "" or "{")
                yield return $"Two empty lines, or one at the beginning of a block, after: {before}";
            if (before.Length == 0 && line.TrimStart().StartsWith('}'))
                yield return "An empty line at the end of a block.";
            if (IsComment(line) && !IsComment(before) && before is not ("" or "{"))
                yield return $"No empty line before the member: {line}";
        }

        static bool IsComment(string line) => line.TrimStart().StartsWith("///", StringComparison.Ordinal);
    }
}
