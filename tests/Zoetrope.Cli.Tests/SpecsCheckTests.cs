namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs check</c>.</summary>
public sealed class SpecsCheckTests
{
    private const string Studio = """
        {"openapi": "3.1.0", "info": {"title": "Studio", "version": "1"}, "servers": [{"url": "https://api.studio.example"}], "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": ""}}}}}}
        """;

    private const string ModelId = "- **Model ID**: `fal-ai/kling-video/o3/pro/image-to-video`\n";

    [Fact]
    public async Task Whole_documents_have_no_errors()
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(["specs", "check", "specs", "--warnaserror"]);

        result.Exits(0).Says("0 errors, 0 warnings in 4 documents.");
        Assert.All(Lines(result), line => Assert.Contains(": info ZT", line));
    }

    /// <summary>
    /// A project with the same documents is built by the SDK: the compiler's log has every diagnostic with its location, and it prints each once.
    /// </summary>
    [Fact]
    public async Task Damaged_documents_get_what_a_build_reports()
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.FalPage, "- **`duration`** (`DurationEnum`, _optional_)", "- **`duration`** (`DurationEnum`, _required_)");
        folder.Replace(SpecsFolder.FalPage, "  - Default: `false`", "  - Default: `true`");
        folder.Replace(SpecsFolder.Catalog, "\"eachlabs\": \"kling", "\"eachlabs\": \"no-kling");
        folder.Replace(SpecsFolder.Lock, "\"ImageUrl\"", "\"1x\"");
        folder.Write("specs/fal/no-id.md", folder.Read(SpecsFolder.FalPage).Replace(ModelId, "").Replace("\n", "\r\n"));
        folder.Write("specs/fal/twice.json", folder.Read(SpecsFolder.FalOpenApi));
        folder.Write("specs/fal/cut.json", folder.Read(SpecsFolder.FalOpenApi)[..2000]);
        folder.Write("specs/eachlabs/cut.md", folder.Read(SpecsFolder.EachlabsPage)[..900].Replace("kling-o3-pro", "kling-o4-pro"));
        folder.Write("specs/eachlabs/conflict.md", "# é\u2028x\n<<<<<<< ours\n");
        folder.Write("specs/other.txt", "\n\n  nothing of ours");
        foreach (var name in new[] { ".DS_Store", ".hidden.json", "page.md~", "#page.md#", "~$page.md", "page.md.bak", "desktop.ini", "Thumbs.db" })
            folder.Write("specs/" + name, "left out");
        folder.Write("specs/README.md", "left out");

        var result = await folder.RunAsync(["specs", "check", "specs/**"]);
        var built = await ConsumerBuild.RunAsync(folder);

        Assert.Equal(built.Logged, Lines(result.Exits(1)).Order(StringComparer.Ordinal));
        Assert.Equal(built.Printed, Lines(result).Where(line => !line.Contains("): info ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.False(built.Succeeded);
        foreach (var id in new[] { "ZT0001", "ZT0002", "ZT0007", "ZT0030", "ZT0101", "ZT0104", "ZT0106", "ZT0115", "ZT0120" })
            Assert.Contains(built.Logged, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problems_are_sorted_by_path_and_location()
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/b.json", "{\"openapi\": }");
        folder.Write("specs/a.json", "[");

        var result = await folder.RunAsync(["specs", "check", "specs/b.json", "./specs/../specs/b.json", "specs/a.json"]);

        result.Exits(1).Says("2 errors, 0 warnings in 2 documents.");
        Assert.Collection(
            Lines(result),
            line => Assert.StartsWith("specs/a.json(1,2): error ZT0004: ", line),
            line => Assert.StartsWith("specs/b.json(1,13): error ZT0003: ", line));
    }

    [Fact]
    public async Task Warnings_are_errors_where_that_is_asked()
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.FalPage, "- **`duration`** (`DurationEnum`, _optional_)", "- **`duration`** (`DurationEnum`, _required_)");

        var lenient = await folder.RunAsync(["specs", "check", "specs/fal"]);
        var strict = await folder.RunAsync(["specs", "check", "specs/fal", "--warnaserror"]);

        Assert.Contains(": warning ZT0101: ", lenient.Exits(0).Output);
        Assert.Contains(": error ZT0101: ", strict.Exits(1).Output);
    }

    [Theory]
    [InlineData("specs/*/*.md", 2)]
    [InlineData("specs/**/*.json", 2)]
    [InlineData("s?ecs/**/k*.md", 2)]
    [InlineData("**", 4)]
    [InlineData("specs/fal", 2)]
    [InlineData(".", 4)]
    public async Task Folders_and_patterns_are_resolved(string path, int documents)
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(["specs", "check", path]);

        Assert.Contains(result.Exits(0).ErrorLines, line => line.EndsWith($" in {documents} documents.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_that_is_out_of_date_fails_the_check_and_says_in_what()
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.FalPage, "## Overview", "## Overview ");
        folder.Delete(SpecsFolder.EachlabsPage);
        folder.Delete(SpecsFolder.Catalog);
        folder.Write("specs/studio/api.json", Studio);

        var result = await folder.RunAsync(["specs", "check", "specs"]);

        result.Exits(1).Says("specs/specs.lock.json is out of date; `zoetrope specs lock specs` writes it.")
            .Says("  studio/api.json is new")
                .Says("  fal/kling-video-o3-pro-image-to-video.md has changed")
                .Says("  eachlabs/kling-o3-pro-image-to-video.md is gone")
            .Says("  2 new names: api:api.studio.example/studio, api:api.studio.example/studio#/GET ~1a").Says("0 errors, 0 warnings in 3 documents.");
        (await folder.RunAsync(["specs", "lock"])).Exits(0);
        (await folder.RunAsync(["specs", "check", "specs"])).Exits(0);
    }

    [Theory]
    [InlineData("specs/other")]
    [InlineData("specs/other/*")]
    [InlineData("specs/specs.lock.json")]
    public async Task Nothing_to_check_is_wrong_usage(string path)
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/other/README.md", "Notes.");

        (await folder.RunAsync(["specs", "check", path])).Exits(2).Says("PATH: no document was found");
        (await folder.RunAsync(["specs", "lock", "specs/other"])).Exits(2).Says("FOLDER: no document was found in 'specs/other'");
        Assert.False(File.Exists(folder.PathOf("specs/other/specs.lock.json")));
    }

    [Theory]
    [InlineData("PATH: no such file or folder: 'spec'", "specs", "check", "specs", "spec")]
    [InlineData("PATH: nothing matches 'specs/*.yaml'", "specs", "check", "specs/*.yaml")]
    [InlineData("See `zoetrope specs check --help`.", "specs", "check")]
    [InlineData("See `zoetrope specs --help`.", "specs")]
    public async Task Wrong_usage_ends_with_2(string problem, params string[] arguments)
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(arguments);

        result.Exits(2).Says(problem);
        Assert.Equal("", result.Output);
    }

    private static string[] Lines(CliResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
