using System.Diagnostics;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs diff</c>.</summary>
public sealed class SpecsDiffTests
{
    private const string Request = "KlingVideoO3ProImageToVideo.Request";

    [Fact]
    public async Task The_same_documents_have_no_changes()
    {
        using var folder = new SpecsFolder();

        var result = (await folder.RunAsync(["specs", "diff", "specs", "specs"])).Exits(0).Says("Nothing of the generated code changes.");

        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Changes_of_files_are_reported_with_their_position_and_the_version_step()
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", folder.Read(SpecsFolder.FalOpenApi));
        folder.Write("new.json", folder.Read(SpecsFolder.FalOpenApi).Replace("\"maxLength\": 2500", "\"maxLength\": 2000", StringComparison.Ordinal));
        var line = LineOf(folder.Read("new.json"), "\"prompt\": {");

        var result = (await folder.RunAsync(["specs", "diff", "old.json", "new.json"])).Exits(0).Says("1 breaking, 0 compatible, 0 of documentation: a major version.");

        var change = result.Output.Split('\n').Single(one => one.Contains("breaking (validation)", StringComparison.Ordinal));
        Assert.StartsWith($"new.json({line},", change, StringComparison.Ordinal);
        Assert.Contains($"breaking (validation): {Request}.Prompt: prompt: the maximum length was 2500 and is 2000", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--check", 1)]
    [InlineData("--json", 0)]
    public async Task A_member_that_goes_is_breaking(string option, int exitCode)
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", folder.Read(SpecsFolder.FalOpenApi));
        folder.Write("new.json", folder.Read(SpecsFolder.FalOpenApi).Replace("\"end_image_url\"", "\"last_image_url\"", StringComparison.Ordinal));

        var result = (await folder.RunAsync(["specs", "diff", "old.json", "new.json", option])).Exits(exitCode);

        if (option == "--check")
        {
            Assert.Contains($"breaking (surface): {Request}.EndImageUrl: the member was removed", result.Output, StringComparison.Ordinal);
            return;
        }
        var json = result.Json();
        Assert.Equal("major", json.GetProperty("step").GetString());
        var gone = json.GetProperty("changes").EnumerateArray().Single(change => change.GetProperty("message").GetString() == "the member was removed");
        Assert.Equal("old.json", gone.GetProperty("path").GetString());
        Assert.Contains(json.GetProperty("changes").EnumerateArray(), change => change.GetProperty("symbol").GetString() == Request + ".LastImageUrl");
    }

    [Fact]
    public async Task Markdown_is_for_pull_requests_and_what_documents_say_formats_nothing()
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", folder.Read(SpecsFolder.FalOpenApi));
        folder.Write("new.json", folder.Read(SpecsFolder.FalOpenApi).Replace(
            "\"maxLength\": 2500", "\"pattern\": \"^[a-z]*<b>@everyone\", \"maxLength\": 2500", StringComparison.Ordinal));

        var result = (await folder.RunAsync(["specs", "diff", "old.json", "new.json", "--markdown"])).Exits(0);

        Assert.Contains("### Breaking (1)", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"- `{Request}.Prompt`: prompt: it must match ^\\[a-z\\]\\*\\<b\\>\\@everyone now (`new.json:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_git_revision_is_compared_without_a_checkout()
    {
        using var folder = new SpecsFolder();
        Git(folder, "init", "--quiet");
        Git(folder, "add", ".");
        Git(folder, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "Vendor the documents");
        folder.Replace(SpecsFolder.FalOpenApi, "\"maxLength\": 2500", "\"maxLength\": 2600");

        var whole = (await folder.RunAsync(["specs", "diff", "HEAD"])).Exits(0).Says("0 breaking, 2 compatible, 0 of documentation: a minor version.");
        var one = (await folder.RunAsync(["specs", "diff", "HEAD:" + SpecsFolder.FalOpenApi, SpecsFolder.FalOpenApi])).Exits(0);
        var nothing = await folder.RunAsync(["specs", "diff", "HEAD:elsewhere", "specs"]);

        Assert.Contains("specs/fal/kling-video-o3-pro-image-to-video.json(", whole.Output, StringComparison.Ordinal);
        Assert.Contains("the maximum length was 2500 and is 2600", one.Output, StringComparison.Ordinal);
        nothing.Exits(2).Says("no document is in 'elsewhere' at HEAD");
    }

    [Theory]
    [InlineData("nowhere", "OLD: 'nowhere' is not a file, a folder or a git revision")]
    [InlineData("--output=x", "OLD: '--output=x' is not a file, a folder or a git revision")]
    public async Task What_does_not_exist_is_an_error(string old, string message)
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "diff", old, "specs"])).Exits(2).Says(message);
    }

    [Fact]
    public async Task A_new_document_with_errors_is_reported_as_a_build_would()
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", folder.Read(SpecsFolder.FalOpenApi));
        folder.Write("new.json", folder.Read(SpecsFolder.FalOpenApi)[..2000]);

        (await folder.RunAsync(["specs", "diff", "old.json", "new.json"])).Exits(1).Says("new.json(").Says("The new documents have errors");
    }

    private static int LineOf(string text, string piece) => text[..text.IndexOf(piece, StringComparison.Ordinal)].Count(unit => unit == '\n') + 1;

    private static void Git(SpecsFolder folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Folder })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
