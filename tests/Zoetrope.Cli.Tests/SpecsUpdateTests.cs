using System.Security.Cryptography;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs update</c>, at the simulator and at servers that respond wrongly.</summary>
public sealed class SpecsUpdateTests
{
    private const string Id = "fal-ai/kling-video/o3/pro/image-to-video";
    private const string Page = "fal/kling-video-o3-pro-image-to-video.md";
    private const string OpenApi = "fal/kling-video-o3-pro-image-to-video.json";

    [Fact]
    public async Task What_has_not_changed_is_asked_for_with_a_condition_and_left_alone()
    {
        using var served = new SpecsFolder();
        await using var simulator = await StartAsync(served);
        using var folder = await AddedAsync(simulator);
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "update"]);

        result.Exits(0).Says("0 of 2 documents updated; 0 not asked for.");
        Assert.Equal(before, folder.Snapshot());
        Assert.Equal(
            [folder.Locked(OpenApi).GetProperty("etag").GetString(), folder.Locked(Page).GetProperty("etag").GetString()],
            simulator.Requests.Where(request => request.Headers.ContainsKey("If-None-Match")).OrderBy(request => request.Path)
                .Select(request => request.Headers["If-None-Match"]));
        (await folder.RunAsync(["specs", "update", "--check"])).Exits(0);
    }

    [Fact]
    public async Task Only_what_has_changed_is_written_and_names_stay()
    {
        using var served = new SpecsFolder();
        await using var simulator = await StartAsync(served);
        using var folder = await AddedAsync(simulator);
        folder.Replace(SpecsFolder.Lock, $"\"fal:{Id}\": \"KlingVideoO3ProImageToVideo\"", $"\"fal:{Id}\": \"Kling\"");
        folder.Replace(SpecsFolder.Lock, DateOfToday, "2026-01-02");
        served.Replace(SpecsFolder.FalOpenApi, "\"prompt\"", "\"text\"");
        var before = folder.Snapshot();
        var (page, document) = (folder.Locked(Page).GetRawText(), folder.Locked(OpenApi));

        var check = await folder.RunAsync(["specs", "update", "--check"]);
        var dry = await folder.RunAsync(["specs", "update", "--dry-run", "--json"]);
        var unwritten = folder.Snapshot();
        var result = await folder.RunAsync(["specs", "update", "--json"]);

        check.Exits(1).Says(SpecsFolder.FalOpenApi + " has changed: fal " + Id).Says("1 of 2 documents changed, and nothing was written; 0 not asked for.");
        Assert.Contains(check.ErrorLines, line => line.StartsWith("  + ", StringComparison.Ordinal) && line.Contains("text", StringComparison.Ordinal));
        Assert.False(dry.Exits(0).Json().GetProperty("written").GetBoolean());
        Assert.Equal(before, unwritten);
        var json = result.Exits(0).Json();
        Assert.True(json.GetProperty("written").GetBoolean());
        var changed = Assert.Single(json.GetProperty("changed").EnumerateArray());
        Assert.Equal(SpecsFolder.FalOpenApi, changed.GetProperty("path").GetString());
        Assert.NotEmpty(changed.GetProperty("changes").EnumerateArray());
        Assert.Equal([SpecsFolder.FalPage], json.GetProperty("unchanged").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal(served.Read(SpecsFolder.FalOpenApi), folder.Read(SpecsFolder.FalOpenApi));
        Assert.Equal(page, folder.Locked(Page).GetRawText());
        var locked = folder.Locked(OpenApi);
        Assert.Equal(document.GetProperty("origin").GetString(), locked.GetProperty("origin").GetString());
        Assert.Equal(DateOfToday, locked.GetProperty("date").GetString());
        Assert.NotEqual(document.GetProperty("etag").GetString(), locked.GetProperty("etag").GetString());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.PathOf(SpecsFolder.FalOpenApi)))), locked.GetProperty("sha256").GetString());
        Assert.Contains($"\"fal:{Id}\": \"Kling\"", folder.Read(SpecsFolder.Lock));
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
        (await folder.RunAsync(["specs", "update"])).Exits(0).Says("0 of 2 documents updated");
    }

    [Fact]
    public async Task Documents_without_an_address_or_changed_by_hand_are_listed()
    {
        using var served = new SpecsFolder();
        await using var simulator = await StartAsync(served);
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.EachlabsPage, "## Pricing", "## Pricing ");
        folder.Write("specs/fal/more.md", folder.Read(SpecsFolder.FalPage).Replace(Id, "fal-ai/more"));

        var result = await folder.RunAsync(["specs", "update", "--base-url", simulator.BaseUrl.ToString()]);

        result.Exits(0)
            .Says(SpecsFolder.EachlabsPage + " is not updated: it was changed by hand; `zoetrope specs add https://www.eachlabs.ai/")
            .Says(SpecsFolder.FalOpenApi + " is not updated: its origin is not a URL: written by hand")
            .Says("specs/fal/more.md is not updated: it is not in the lock file; `zoetrope specs lock` adds it")
            .Says("0 of 1 document updated; 3 not asked for.");
    }

    /// <summary>Documents that were added by older versions, or from a file, have no validators in the lock file.</summary>
    [Fact]
    public async Task What_a_server_sends_to_be_asked_with_is_remembered_without_a_new_date()
    {
        using var served = new SpecsFolder();
        await using var simulator = await StartAsync(served);
        using var folder = new SpecsFolder();
        var before = folder.Locked(Page);
        string[] update = ["specs", "update", "--base-url", simulator.BaseUrl.ToString()];

        (await folder.RunAsync([.. update, "--check"])).Exits(0);
        Assert.Equal(before.GetRawText(), folder.Locked(Page).GetRawText());
        (await folder.RunAsync(update)).Exits(0).Says("0 of 2 documents updated; 1 not asked for.");

        var after = folder.Locked(Page);
        foreach (var member in new[] { "origin", "date", "sha256" })
            Assert.Equal(before.GetProperty(member).GetString(), after.GetProperty(member).GetString());
        Assert.StartsWith("\"", after.GetProperty("etag").GetString());
        var snapshot = folder.Snapshot();
        (await folder.RunAsync(update)).Exits(0);
        Assert.Equal(snapshot, folder.Snapshot());
    }

    [Fact]
    public async Task A_tag_that_is_another_one_each_time_changes_nothing()
    {
        using var folder = new SpecsFolder();
        var page = folder.Read(SpecsFolder.FalPage);
        await using var server = new FakeServer(
            FakeServer.Reply(200, page, "Content-Type: text/plain", "ETag: W/\"1\"", "Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT"),
            FakeServer.Reply(200, page, "Content-Type: text/plain", "ETag: W/\"2\""));
        folder.DeleteSpecs();
        (await folder.RunAsync(["specs", "add", $"{server.Url}llms.txt"])).Exits(0);
        var before = folder.Snapshot();

        (await folder.RunAsync(["specs", "update"])).Exits(0).Says("0 of 1 document updated");

        Assert.Equal(before, folder.Snapshot());
        Assert.Contains("\r\nIf-None-Match: W/\"1\"\r\n", server.Requests[1]);
        Assert.Contains("\r\nIf-Modified-Since: Sun, 22 Nov 2026 10:00:00 GMT\r\n", server.Requests[1]);
    }

    [Theory]
    [InlineData("gone", "cannot be updated: {0}models/" + Id + "/llms.txt: the server responded with 410: retired. There is no such document any more")]
    [InlineData("html", "cannot be updated: {0}models/" + Id + "/llms.txt: the response is a page for people (HTML), not a document.")]
    [InlineData("half", "cannot be updated: {0}models/" + Id + "/llms.txt is not used: only a part of it came.")]
    [InlineData("other", "cannot be updated: {0}models/" + Id + "/llms.txt is not used: it was fal " + Id + ", and is fal fal-ai/other now.")]
    public async Task One_that_fails_leaves_everything_as_it_was(string kind, string reason)
    {
        using var served = new SpecsFolder();
        await using var simulator = await StartAsync(served);
        using var folder = await AddedAsync(simulator);
        var page = folder.Read(SpecsFolder.FalPage);
        served.Replace(SpecsFolder.FalOpenApi, "\"prompt\"", "\"text\"");
        await using var server = new FakeServer(kind switch
        {
            "gone" => FakeServer.Reply(410, """{"detail": "retired"}"""),
            "html" => FakeServer.Reply(200, "<html></html>", "Content-Type: text/html"),
            "half" => FakeServer.Reply(200, page[..(page.Length / 2)], "Content-Type: text/plain"),
            _ => FakeServer.Reply(200, page.Replace(Id, "fal-ai/other"), "Content-Type: text/plain"),
        });
        folder.Replace(SpecsFolder.Lock, $"{simulator.BaseUrl}models/", $"{server.Url}models/");
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "update", "--json"]);

        result.Exits(1)
            .Says($"{SpecsFolder.FalPage} {string.Format(System.Globalization.CultureInfo.InvariantCulture, reason, server.Url)}")
            .Says("Nothing was updated.");
        Assert.Equal(SpecsFolder.FalPage, result.Json().GetProperty("failed")[0].GetProperty("path").GetString());
        Assert.False(result.Json().GetProperty("written").GetBoolean());
        Assert.Equal(before, folder.Snapshot());
    }

    [Theory]
    [InlineData("../outside.md")]
    [InlineData("/etc/outside.md")]
    [InlineData("C:/outside.md")]
    [InlineData(@"..\\outside.md")]
    [InlineData(@"fal/\u0000.md")]
    public async Task A_lock_file_that_leads_out_of_the_folder_is_wrong_usage(string name)
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.Lock, $"\"{Page}\"", $"\"{name}\"");
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "update"]);

        result.Exits(2).Says("specs/specs.lock.json: '").Says("Delete the entry, or correct its path. Nothing was fetched.");
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public async Task A_folder_without_a_lock_is_wrong_usage()
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "update", "none"])).Exits(2).Says("FOLDER: no such folder: 'none'");
        folder.Write(SpecsFolder.Lock, "{");
        (await folder.RunAsync(["specs", "update"])).Exits(1).Says("Nothing was updated.");
        folder.Delete(SpecsFolder.Lock);
        (await folder.RunAsync(["specs", "update"])).Exits(2).Says("FOLDER: 'specs' has no specs.lock.json").Says("`zoetrope specs lock specs` writes it.");
    }

    private static string DateOfToday => DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<MediaSimulator> StartAsync(SpecsFolder served) =>
        MediaSimulator.StartAsync(new() { SpecsFolder = served.PathOf("specs") }, TestContext.Current.CancellationToken);

    /// <summary>A folder with a model of the simulator alone.</summary>
    private static async Task<SpecsFolder> AddedAsync(MediaSimulator simulator)
    {
        var folder = new SpecsFolder();
        folder.DeleteSpecs();
        (await folder.RunAsync(["specs", "add", Id, "--base-url", simulator.BaseUrl.ToString()])).Exits(0);
        return folder;
    }
}
