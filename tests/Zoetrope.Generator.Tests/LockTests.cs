using System.Security.Cryptography;
using System.Text;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tests;

public class LockTests
{
    /// <summary>The committed lock says what there is.</summary>
    [Fact]
    public void The_lock_has_the_names_and_checksums_of_the_vendored_documents()
    {
        var folder = Path.Combine(TestFiles.Root, "specs");
        var text = File.ReadAllText(Path.Combine(folder, "specs.lock.json"));
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file) != folder)
            .Select(file => Vendored(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file)))
            .ToList();

        var expected = LockWriter.Write(LockUpdates.Of(SpecReader.Read(text).Document!.Lock, files, _ => "unknown", "2026-01-01"));

        Assert.True(
            expected == text,
            "specs.lock.json is out of date; bring it up to date with `dotnet run --project src/Zoetrope.Cli -- specs lock specs` (the tool's `zoetrope specs lock`)");
    }

    [Fact]
    public void A_lock_keeps_what_is_unchanged_and_every_name_that_it_has()
    {
        var page = Vendored("fal/page.md", TestFiles.FalPage);
        var api = Vendored("fal/api.json", TestFiles.FalOpenApi);
        const string Id = "fal:fal-ai/kling-video/o3/pro/image-to-video";
        var current = new SpecLock(
            new([
                new("fal/page.md", "https://fal.ai/page", "2025-01-01", page.Sha256),
                new("fal/api.json", "https://fal.ai/api", "2025-01-02", new string('0', 64)),
                new("fal/gone.md", "https://fal.ai/gone", "2025-01-03", new string('1', 64)),
            ]),
            new([new(Id, "Kling"), new("fal:gone", "Gone")]));

        var updated = LockUpdates.Of(current, [page, api, Vendored("eachlabs/page.md", TestFiles.EachlabsPage)], path => "from " + path, "2026-01-01");

        var names = SpecReader.Read(LockWriter.Write(updated)).Document!.Lock!.Names.ToDictionary(name => name.Key, name => name.Name);
        Assert.Equal(
            [
                new("fal/page.md", "https://fal.ai/page", "2025-01-01", page.Sha256),
                new("fal/api.json", "https://fal.ai/api", "2026-01-01", api.Sha256),
                new("eachlabs/page.md", "from eachlabs/page.md", "2026-01-01", updated.Files[2].Sha256),
            ],
            updated.Files);
        Assert.Equal(("Kling", "Gone", "ImageUrl"), (names[Id], names["fal:gone"], names[Id + "#/$input/image_url"]));
    }

    [Fact]
    public void Locked_names_win_everywhere()
    {
        const string Id = "fal:fal-ai/kling-video/o3/pro/image-to-video";
        var locked = new Spec("specs/specs.lock.json", $$$"""
            {"names": {
              "{{{Id}}}": "Kling",
              "{{{Id}}}#/$input/image_url": "Start",
              "{{{Id}}}#/$input.duration": "Length",
              "{{{Id}}}#/$input.duration/5": "Five",
              "{{{Id}}}#/KlingV3MultiPromptElement": "Shot",
              "{{{Id}}}#/KlingV3MultiPromptElement/prompt": "Words"
            }}
            """);
        var generated = new Project([TestFiles.FalPage, TestFiles.FalOpenApi, locked]).Run();
        var source = generated.Source("Demo.Models.Kling.g.cs");

        foreach (var part in new[]
        {
            "required string Start {",
            "Length? Duration {",
            "Length Five => new(\"5\")",
            "IReadOnlyList<Shot>? MultiPrompt",
            "required string Words {"
        })
            Assert.Contains(part, source);
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("#/$input/prompt", "1x")]
    [InlineData("#/$input/prompt", "class")]
    [InlineData("#/$input/prompt", "Validate")]
    [InlineData("#/$input.duration", "Request")]
    public void A_locked_name_that_is_not_valid_is_reported_at_its_line(string key, string name)
    {
        var locked = new Spec("specs/specs.lock.json", $$$"""
            {"names": {
              "fal:fal-ai/kling-video/o3/pro/image-to-video{{{key}}}": "{{{name}}}"
            }}
            """);
        var generated = new Project([TestFiles.FalPage, TestFiles.FalOpenApi, locked]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0115");
        Assert.Equal(("specs/specs.lock.json", 1), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("Same", "Same", 1)]
    [InlineData("Same", "same", 1)]
    [InlineData("BExtensions", "Request", 2)]
    [InlineData("ModelIndex", "B", 1)]
    public void A_class_name_that_cannot_be_given_is_reported_at_its_line_and_takes_no_other_with_it(string one, string two, int refused)
    {
        var locked = new Spec("specs.lock.json", $$"""{"names": {"fal:fal-ai/a": "{{one}}", "fal:fal-ai/b": "{{two}}"} }""");

        var generated = new Project([
            Documents.FalOpenApi("fal-ai/a", """{"p": {"type": "string"}}"""),
            Documents.FalOpenApi("fal-ai/b", """{"p": {"type": "string"}}"""),
            locked
        ]).Run();

        var reported = generated.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0115").ToList();
        Assert.Equal(refused, reported.Count);
        Assert.All(reported, diagnostic => Assert.Equal("specs.lock.json", diagnostic.Location.GetLineSpan().Path));
        Assert.Equal(3, generated.Sources.Count);
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void A_locked_name_that_generated_code_hides_is_reported()
    {
        var locked = new Spec("specs.lock.json", """{"names": {"fal:fal-ai/a#/$input/p": "_extraProperties", "fal:fal-ai/a#/$input/q": "writer"}}""");

        var generated = new Project([Documents.FalOpenApi("fal-ai/a", """{"p": {"type": "string"}, "q": {"type": "string"}}"""), locked]).Run();

        Assert.Equal(2, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0115"));
        Assert.NotEmpty(generated.Image());
    }

    private static VendoredFile Vendored(string path, Spec spec) => Vendored(path, Encoding.UTF8.GetBytes(spec.Text));

    private static VendoredFile Vendored(string path, byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var document = SpecReader.Read(text).Document;
        // Pages of operations are merged from their texts.
        return new(path, Convert.ToHexStringLower(SHA256.HashData(content)), document, document?.Kind == SpecKind.OperationPage ? text : null);
    }
}
