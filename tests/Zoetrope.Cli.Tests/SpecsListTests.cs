namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs list</c>.</summary>
public sealed class SpecsListTests
{
    [Fact]
    public async Task Documents_are_listed_with_what_the_lock_file_says_of_them()
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.EachlabsPage, "## Pricing", "## Pricing ");
        folder.Write("specs/fal/more.md", folder.Read(SpecsFolder.FalPage).Replace("fal-ai/kling-video/o3/pro/image-to-video", "fal-ai/more"));
        folder.Replace(SpecsFolder.Lock, "  \"files\": {\n", $$"""
              "files": {
                "fal/gone.md": {
                  "origin": "unknown",
                  "date": "2026-01-02",
                  "sha256": "{{new string('0', 64)}}"
                },

            """);

        var rows = (await folder.RunAsync(["specs", "list"])).Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            [
                "specs/eachlabs/kling-o3-pro-image-to-video.md\teachlabs\tpage\tKlingO3ProImageToVideo\t2026-11-22\tchanged by hand\t"
                    + "https://www.eachlabs.ai/kling/kling-o3/kling-o3-pro-image-to-video/llms.txt",
                "specs/fal/gone.md\t\t\t\t2026-01-02\tthe file is gone\tunknown",
                "specs/fal/kling-video-o3-pro-image-to-video.json\tfal\tOpenAPI\tKlingVideoO3ProImageToVideo\t2026-11-22\tup to date\t"
                    + "written by hand in the form that fal serves",
                "specs/fal/kling-video-o3-pro-image-to-video.md\tfal\tpage\tKlingVideoO3ProImageToVideo\t2026-11-22\tup to date\t"
                    + "https://fal.ai/models/fal-ai/kling-video/o3/pro/image-to-video/llms.txt",
                "specs/fal/more.md\tfal\tpage\t\t\tnot in the lock file\t",
            ],
            rows);
    }

    [Fact]
    public async Task The_same_is_there_as_JSON()
    {
        using var folder = new SpecsFolder();

        var rows = (await folder.RunAsync(["specs", "list", "specs", "--json"])).Exits(0).Json();

        Assert.Equal(3, rows.GetArrayLength());
        var page = rows.EnumerateArray().Single(row => row.GetProperty("path").GetString() == SpecsFolder.FalPage);
        var expected = folder.Locked("fal/kling-video-o3-pro-image-to-video.md");
        foreach (var member in new[] { "origin", "date", "sha256" })
            Assert.Equal(expected.GetProperty(member).GetString(), page.GetProperty(member).GetString());
        Assert.Equal("fal fal-ai/kling-video/o3/pro/image-to-video", page.GetProperty("document").GetString());
        Assert.Equal("up to date", page.GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_cannot_be_listed_is_reported()
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "list", "none"])).Exits(2).Says("FOLDER: no such folder: 'none'");
        folder.Write(SpecsFolder.Lock, "{");
        Assert.Equal("", (await folder.RunAsync(["specs", "list"])).Exits(1).Says("specs/specs.lock.json(1,2): error ZT0004: ").Output);
        folder.Delete(SpecsFolder.Lock);
        Assert.Equal(
            ["not in the lock file", "not in the lock file", "not in the lock file"],
            (await folder.RunAsync(["specs", "list", "--json"])).Exits(0).Json().EnumerateArray().Select(row => row.GetProperty("state").GetString()));
    }
}
