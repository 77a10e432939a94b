using System.Security.Cryptography;
using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs lock</c>.</summary>
public sealed class SpecsLockTests
{
    private const string Key = "fal:fal-ai/kling-video/o3/pro/image-to-video";

    [Fact]
    public async Task A_lock_that_is_up_to_date_is_left_alone()
    {
        using var folder = new SpecsFolder();
        var before = folder.Read(SpecsFolder.Lock);

        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
        (await folder.RunAsync(["specs", "lock", "specs"])).Exits(0).Says("specs/specs.lock.json is up to date.");

        Assert.Equal(before, folder.Read(SpecsFolder.Lock));
    }

    [Fact]
    public async Task A_new_lock_has_every_document_and_comes_out_the_same_again()
    {
        using var folder = new SpecsFolder();
        var committed = Parse(folder);
        folder.Delete(SpecsFolder.Lock);

        (await folder.RunAsync(["specs", "lock", "--origin", "https://example.com/"])).Exits(0);
        var first = folder.Read(SpecsFolder.Lock);
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);

        var written = Parse(folder);
        Assert.Equal(committed.GetProperty("names").GetRawText(), written.GetProperty("names").GetRawText());
        Assert.Equal(3, written.GetProperty("files").EnumerateObject().Count());
        var page = written.GetProperty("files").GetProperty("fal/kling-video-o3-pro-image-to-video.md");
        Assert.Equal("https://example.com/", page.GetProperty("origin").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.PathOf(SpecsFolder.FalPage)))), page.GetProperty("sha256").GetString());
        Assert.Equal(first, folder.Read(SpecsFolder.Lock));
    }

    [Fact]
    public async Task A_changed_document_keeps_its_origin_and_the_names()
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.Lock, $"\"{Key}\": \"KlingVideoO3ProImageToVideo\"", $"\"{Key}\": \"Kling\"");
        var before = Parse(folder).GetProperty("files");
        folder.Replace(SpecsFolder.FalPage, "## Overview", "## Overview ");

        var check = await folder.RunAsync(["specs", "lock", "--check"]);
        var checkedText = Parse(folder).GetProperty("files").GetRawText();
        (await folder.RunAsync(["specs", "lock", "--origin", "elsewhere"])).Exits(0);

        check.Exits(1).Says("specs/specs.lock.json is out of date").Says("  fal/kling-video-o3-pro-image-to-video.md has changed");
        Assert.Equal(before.GetRawText(), checkedText);
        var after = Parse(folder);
        const string Page = "fal/kling-video-o3-pro-image-to-video.md";
        const string Other = "fal/kling-video-o3-pro-image-to-video.json";
        Assert.Equal(
            before.GetProperty(Page).GetProperty("origin").GetString(),
            after.GetProperty("files").GetProperty(Page).GetProperty("origin").GetString());
        Assert.NotEqual(
            before.GetProperty(Page).GetProperty("sha256").GetString(),
            after.GetProperty("files").GetProperty(Page).GetProperty("sha256").GetString());
        Assert.Equal(before.GetProperty(Other).GetRawText(), after.GetProperty("files").GetProperty(Other).GetRawText());
        Assert.Equal("Kling", after.GetProperty("names").GetProperty(Key).GetString());
    }

    [Theory]
    [InlineData("{\n<<<<<<< ours\n  \"files\": {}", "specs/specs.lock.json(2,1): error ZT0002: ")]
    [InlineData("{\n  \"files\": {},", "specs/specs.lock.json(2,15): error ZT0004: ")]
    [InlineData("{\n  \"files\": {},\n  \"names\": {\"a:b\": 1}\n}", "specs/specs.lock.json(3,20): error ZT0050: ")]
    [InlineData("{\"names\": {\"a:b\": \"A\",\n\"a:b\": \"B\"}}", "specs/specs.lock.json(2,1): error ZT0012: ")]
    [InlineData("{\"models\": {}}", "specs/specs.lock.json(1,1): error ZT0001: ")]
    [InlineData("", "specs/specs.lock.json(1,1): error ZT0001: ")]
    public async Task A_damaged_lock_is_reported_and_left_as_it_is(string text, string problem)
    {
        using var folder = new SpecsFolder();
        folder.Write(SpecsFolder.Lock, text);

        var result = await folder.RunAsync(["specs", "lock"]);

        result.Exits(1).Says("specs/specs.lock.json was not changed.");
        Assert.StartsWith(problem, result.Output);
        Assert.Equal(text, folder.Read(SpecsFolder.Lock));
    }

    /// <summary>What a newer version wrote, or a person: the file is written anew around it.</summary>
    [Fact]
    public async Task Members_that_are_not_known_are_kept_where_they_are()
    {
        using var folder = new SpecsFolder();
        const string Page = "\"fal/kling-video-o3-pro-image-to-video.md\": {\n";
        folder.Replace(SpecsFolder.Lock, "{\n  \"files\": {", "{\n  \"ver\\u0073ion\": 2,\n  \"$schema\": \"x\\u002fy\",\n  \"files\": {");
        folder.Replace(SpecsFolder.Lock, "  \"names\": {", "  \"notes\": {\n    \"b\": [1.0, 1e2],\n    \"a\": { \"deep\":null }\n  },\n  \"names\": {");
        folder.Replace(SpecsFolder.Lock, "\n}\n", ",\n  \"last\": true\n}\n");
        folder.Replace(SpecsFolder.Lock, Page, Page + "      \"note\": \"W/1\",\n");
        var before = folder.Read(SpecsFolder.Lock);

        var same = await folder.RunAsync(["specs", "lock"]);

        same.Exits(0).Says("specs/specs.lock.json is up to date.");
        Assert.Equal(before, folder.Read(SpecsFolder.Lock));
        Assert.Equal(5, same.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var name in new[] { "version", "$schema", "notes", "last", "note" })
            Assert.Matches($@"specs/specs\.lock\.json\(\d+,\d+\): warning ZT0052: '{System.Text.RegularExpressions.Regex.Escape(name)}' ", same.Output);
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);

        folder.Replace(SpecsFolder.FalPage, "## Overview", "## Overview ");
        folder.Replace(SpecsFolder.Lock, "\n", "\r\n");
        (await folder.RunAsync(["specs", "lock"])).Exits(0).Says("specs/specs.lock.json was written.");

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.PathOf(SpecsFolder.FalPage))));
        var (was, now) = (before.Split('\n'), folder.Read(SpecsFolder.Lock).Split('\n'));
        Assert.Equal(was.Length, now.Length);
        Assert.Equal(2, was.Zip(now).Count(lines => lines.First != lines.Second));
        Assert.Contains($"      \"sha256\": \"{sha256}\"", now);
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
    }

    [Fact]
    public async Task Members_that_are_not_known_stay_when_a_document_is_added_again()
    {
        using var folder = new SpecsFolder();
        const string Page = "\"fal/kling-video-o3-pro-image-to-video.md\": {\n";
        folder.Replace(SpecsFolder.Lock, Page, Page + "      \"note\": \"W/1\",\n");
        folder.Replace(SpecsFolder.Lock, "{\n  \"files\": {", "{\n  \"version\": 2,\n  \"files\": {");

        var result = await folder.RunAsync(["specs", "add", SpecsFolder.FalPage, "--origin", "https://example.com/new"]);

        result.Exits(0);
        Assert.Equal(2, result.Output.Split("warning ZT0052").Length - 1);
        Assert.StartsWith("{\n  \"version\": 2,\n  \"files\": {", folder.Read(SpecsFolder.Lock));
        Assert.Contains(Page + "      \"note\": \"W/1\",\n      \"origin\": \"https://example.com/new\",\n", folder.Read(SpecsFolder.Lock));
    }

    [Theory]
    [InlineData("class")]
    [InlineData("Prompt")]
    public async Task A_name_that_cannot_be_given_is_reported_and_left_as_it_is(string name)
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.Lock, $"\"{Key}#/$input/image_url\": \"ImageUrl\"", $"\"{Key}#/$input/image_url\": \"{name}\"");
        folder.Delete(SpecsFolder.EachlabsPage);
        var before = folder.Read(SpecsFolder.Lock);

        var result = await folder.RunAsync(["specs", "lock"]);

        Assert.Matches(@"^specs/specs\.lock\.json\(\d+,\d+\): error ZT0115: ", result.Exits(1).Output);
        Assert.Equal(before, folder.Read(SpecsFolder.Lock));
    }

    [Fact]
    public async Task Names_are_not_taken_from_damaged_documents()
    {
        using var folder = new SpecsFolder();
        var before = folder.Read(SpecsFolder.Lock);
        folder.Write("specs/fal/new.json", "{");

        var result = await folder.RunAsync(["specs", "lock"]);

        Assert.StartsWith("specs/fal/new.json(1,2): error ZT0004: ", result.Exits(1).Output);
        Assert.Equal(before, folder.Read(SpecsFolder.Lock));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_wrong_usage()
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "lock", "spec"])).Exits(2).Says("FOLDER: no such folder: 'spec'");
        (await folder.RunAsync(["specs", "lock", "--origin", " "])).Exits(2).Says("--origin: ");
    }

    /// <summary>Locks were written with keys of titles alone once.</summary>
    [Fact]
    public async Task Names_of_an_API_move_to_the_key_of_its_server()
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/studio/api.json", """
            {"openapi": "3.1.0", "info": {"title": "Studio", "version": "1"}, "servers": [{"url": "https://api.studio.example/v1"}], "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": ""}}}}}}
            """);
        folder.Replace(
            SpecsFolder.Lock,
            "\"names\": {",
            "\"names\": {\n    \"api:studio\": \"Atelier\",\n    \"api:studio#/GET ~1a\": \"Open\",\n    \"api:studio#/GET ~1gone\": \"Gone\",");

        (await folder.RunAsync(["specs", "lock"])).Exits(0);

        var names = Parse(folder)
            .GetProperty("names")
            .EnumerateObject()
            .Where(name => name.Name.StartsWith("api:", StringComparison.Ordinal))
            .ToDictionary(name => name.Name, name => name.Value.GetString());
        Assert.Equal(
            new()
            {
                ["api:api.studio.example/studio"] = "Atelier",
                ["api:api.studio.example/studio#/GET ~1a"] = "Open",
                ["api:api.studio.example/studio#/GET ~1gone"] = "Gone"
            }, names);
    }

    private static JsonElement Parse(SpecsFolder folder)
    {
        using var document = JsonDocument.Parse(folder.Read(SpecsFolder.Lock));
        return document.RootElement.Clone();
    }
}
