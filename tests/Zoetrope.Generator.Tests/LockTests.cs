using System.Security.Cryptography;
using Zoetrope.Specs;

namespace Zoetrope.Generator.Tests;

public class LockTests
{
    /// <summary>The committed lock says what there is. With UPDATE_SNAPSHOTS=1 it is brought up to date; names that it has stay.</summary>
    [Fact]
    public void The_lock_has_the_names_and_checksums_of_the_vendored_documents()
    {
        var folder = Path.Combine(TestFiles.Root, "specs");
        var path = Path.Combine(folder, "specs.lock.json");
        var current = SpecReader.Read(File.ReadAllText(path)).Document!;
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file) != folder)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes);
        var documents = files.ToDictionary(file => file.Key, file => SpecReader.Read(System.Text.Encoding.UTF8.GetString(file.Value)).Document!);
        documents.Add("specs.lock.json", current);

        var expected = LockWriter.Write(new SpecLock(
            files.Select(file => Locked(current.Lock!, file.Key) with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Value)) }).ToEquatableArray(),
            NameAssignments.Of(documents).ToEquatableArray()));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, expected);

        Assert.Equal(expected, File.ReadAllText(path));
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

        foreach (var part in new[] { "required string Start {", "Length? Duration {", "Length Five => new(\"5\")", "IReadOnlyList<Shot>? MultiPrompt", "required string Words {" })
            Assert.Contains(part, source);
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("#/$input/prompt", "1x")]
    [InlineData("#/$input/prompt", "class")]
    [InlineData("#/$input/prompt", "Validate")]
    [InlineData("#/$input.duration", "Request")]
    public void A_locked_name_that_cannot_stand_is_told_at_its_line(string key, string name)
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
    public void A_class_name_that_cannot_be_given_is_told_at_its_line_and_takes_no_other_with_it(string one, string two, int refused)
    {
        var locked = new Spec("specs.lock.json", $$"""{"names": {"fal:fal-ai/a": "{{one}}", "fal:fal-ai/b": "{{two}}"} }""");

        var generated = new Project([Documents.FalOpenApi("fal-ai/a", """{"p": {"type": "string"}}"""), Documents.FalOpenApi("fal-ai/b", """{"p": {"type": "string"}}"""), locked]).Run();

        var told = generated.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0115").ToList();
        Assert.Equal(refused, told.Count);
        Assert.All(told, diagnostic => Assert.Equal("specs.lock.json", diagnostic.Location.GetLineSpan().Path));
        Assert.Equal(3, generated.Sources.Count);
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void A_locked_name_that_generated_code_hides_is_told()
    {
        var locked = new Spec("specs.lock.json", """{"names": {"fal:fal-ai/a#/$input/p": "_extraProperties", "fal:fal-ai/a#/$input/q": "writer"}}""");

        var generated = new Project([Documents.FalOpenApi("fal-ai/a", """{"p": {"type": "string"}, "q": {"type": "string"}}"""), locked]).Run();

        Assert.Equal(2, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0115"));
        Assert.NotEmpty(generated.Image());
    }

    private static LockedFile Locked(SpecLock current, string path) =>
        current.Files.FirstOrDefault(file => file.Path == path) ?? new LockedFile(path, "unknown", "2026-01-01", "");
}
