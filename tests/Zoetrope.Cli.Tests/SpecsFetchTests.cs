using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs add</c> with sources on servers: the simulator, and servers that respond wrongly.</summary>
public sealed class SpecsFetchTests
{
    private const string Id = "fal-ai/kling-video/o3/pro/image-to-video";
    private const string Slug = "kling-o3-pro-image-to-video";
    private const string FalPage = "fal/kling-video-o3-pro-image-to-video.md";

    [Fact]
    public async Task A_model_of_fal_is_its_page_and_its_document()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var folder = new SpecsFolder();
        folder.DeleteSpecs();

        var result = await folder.RunAsync(["specs", "add", Id, "--base-url", simulator.BaseUrl.ToString()]);

        result.Exits(0)
            .Says("[2/2] ")
            .Says("specs/fal/kling-video-o3-pro-image-to-video.json (new): fal " + Id + ", generates fal.KlingVideoO3ProImageToVideo")
            .Says("  In C#: fal.KlingVideoO3ProImageToVideo.RunAsync(")
            .Says("specs/fal/kling-video-o3-pro-image-to-video.md was written: fal " + Id);
        Assert.Equal(File.ReadAllText(Repository.PathOf(SpecsFolder.FalPage)), folder.Read(SpecsFolder.FalPage));
        Assert.Equal(File.ReadAllText(Repository.PathOf(SpecsFolder.FalOpenApi)), folder.Read(SpecsFolder.FalOpenApi));
        var page = folder.Locked(FalPage);
        Assert.Equal($"{simulator.BaseUrl}models/{Id}/llms.txt", page.GetProperty("origin").GetString());
        Assert.StartsWith("\"", page.GetProperty("etag").GetString());
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
    }

    [Fact]
    public async Task Several_sources_of_all_kinds_are_added_at_once()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var folder = new SpecsFolder();
        folder.DeleteSpecs();
        folder.Write("own.json", OwnDocument);
        var address = $"{simulator.BaseUrl}models/{Id}/llms.txt";

        var result = await folder.RunAsync(
            ["specs", "add", address, $"eachlabs:{Slug}", "-", "--base-url", simulator.BaseUrl.ToString().TrimEnd('/'), "--json"], folder.Read("own.json"));

        var documents = result.Exits(0).Json().EnumerateArray().ToList();
        Assert.Equal(
            ["specs/" + FalPage, SpecsFolder.EachlabsPage, "specs/studio/api.json"],
            documents.Select(document => document.GetProperty("path").GetString()));
        Assert.All(documents, document => Assert.True(document.GetProperty("written").GetBoolean()));
        Assert.Equal(
            [address, $"{simulator.BaseUrl}ai-models/{Slug}/llms.txt", null],
            documents.Select(document => document.GetProperty("origin").GetString()));
        Assert.Equal("unknown", folder.Locked("studio/api.json").GetProperty("origin").GetString());
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
    }

    [Fact]
    public async Task A_dry_run_says_everything_and_writes_nothing()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var folder = new SpecsFolder();
        folder.DeleteSpecs();

        var result = await folder.RunAsync(["specs", "add", Slug, "--base-url", simulator.BaseUrl.ToString(), "--dry-run"]);

        result.Exits(0)
            .Says($"{SpecsFolder.EachlabsPage} (new): eachlabs {Slug}, generates eachlabs.KlingO3ProImageToVideo")
            .Says("Nothing was written, because of --dry-run.");
        Assert.False(Directory.Exists(folder.PathOf("specs")));
    }

    [Fact]
    public async Task One_source_that_fails_leaves_everything_as_it_was()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var folder = new SpecsFolder();
        folder.Write("own.json", OwnDocument);
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "add", "own.json", "fal-ai/no/such", "--base-url", simulator.BaseUrl.ToString()]);

        result.Exits(1)
            .Says($"{simulator.BaseUrl}models/fal-ai/no/such/llms.txt: the server responded with 404: Endpoint fal-ai/no/such not found. There is no such")
            .Says("Nothing was added.");
        Assert.Equal(before, folder.Snapshot());
    }

    /// <summary>The folder has the place of the last file, which is found when the others are written.</summary>
    [Theory]
    [InlineData("specs/studio/api.json")]
    [InlineData("specs/specs.lock.json.tmp")]
    public async Task A_file_that_cannot_be_written_leaves_everything_as_it_was(string obstacle)
    {
        using var folder = new SpecsFolder();
        folder.Write("own.json", OwnDocument);
        folder.Write("page.md", folder.Read(SpecsFolder.FalPage).Replace("## Overview", "## Overview "));
        Directory.CreateDirectory(folder.PathOf(obstacle));
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "add", "page.md", "own.json"]);

        result.Exits(1).Says("Nothing was changed, because a file cannot be written: ");
        Assert.Equal(before, folder.Snapshot());
        Assert.Empty(Directory.GetFiles(folder.PathOf("specs"), "*.tmp", SearchOption.AllDirectories));
    }

    public static TheoryData<string, string> WrongResponses => new()
    {
        { "html", "the response is a page for people (HTML), not a document. Use the address of the OpenAPI document itself" },
        { "hidden html", "the response is a page for people (HTML), not a document." },
        { "error", "the response is an error, not a document: no such model" },
        { "empty", "the response is empty." },
        { "not found", "the server responded with 404: no such page. There is no such document any more, or the id is misspelled." },
        { "busy", "the server responded with 503. Try again later." },
        { "half", "the response broke off: " },
        { "reset", "the request failed: " },
        { "nonsense", "the request failed: " },
        { "huge", "the response is larger than 32 MiB, which no document is." },
        { "endless", "the response is larger than 32 MiB, which no document is." },
        { "bomb", "the response is larger than 32 MiB, which no document is." },
        { "elsewhere", "it redirects to another host, http://other.example, which is not followed. If you trust that host, use http://other.example/a." },
        { "circle", "there are more than 5 redirects." },
    };

    [Theory]
    [MemberData(nameof(WrongResponses))]
    public async Task What_is_not_a_document_is_refused_with_the_reason(string kind, string reason)
    {
        await using var server = new FakeServer(Respond(kind));
        using var folder = new SpecsFolder();
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "add", $"{server.Url}doc"]);

        result.Exits(1).Says($"{server.Url}doc: {reason}").Says("Nothing was added.");
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public async Task A_host_that_is_not_reached_is_named()
    {
        using var folder = new SpecsFolder();
        var nowhere = FakeServer.Nowhere();
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "add", $"{nowhere}doc", "http://no-such-host.invalid/doc"]);

        result.Exits(1)
            .Says($"{nowhere}doc: the request failed: ")
            .Says("http://no-such-host.invalid/doc: ")
            .Says("Nothing was added.");
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public async Task Half_a_page_is_refused_also_where_its_length_is_right()
    {
        using var folder = new SpecsFolder();
        var page = folder.Read(SpecsFolder.FalPage);
        await using var server = new FakeServer(FakeServer.Reply(200, page[..(page.Length / 2)], "Content-Type: text/plain"));
        var before = folder.Snapshot();

        var result = await folder.RunAsync(["specs", "add", $"{server.Url}llms.txt"]);

        result.Exits(1).Says($"{server.Url}llms.txt was not added: only a part of it came.");
        Assert.Contains("ZT0036", result.Output);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public async Task A_document_of_another_model_is_refused()
    {
        using var folder = new SpecsFolder();
        await using var server = new FakeServer(FakeServer.Reply(200, folder.Read(SpecsFolder.FalPage), "Content-Type: text/plain"));

        var result = await folder.RunAsync(["specs", "add", "fal-ai/flux/dev", "--base-url", server.Url.ToString()]);

        result.Exits(1).Says($"{server.Url}models/fal-ai/flux/dev/llms.txt was not added: it is not of fal fal-ai/flux/dev, but of fal {Id}.");
    }

    [Fact]
    public async Task A_redirect_on_the_same_host_is_followed()
    {
        using var folder = new SpecsFolder();
        await using var server = new FakeServer(
            FakeServer.Reply(301, "", "Location: /new/llms.txt"), FakeServer.Reply(200, folder.Read(SpecsFolder.FalPage), "Content-Type: text/plain"));

        (await folder.RunAsync(["specs", "add", $"{server.Url}llms.txt"])).Exits(0);

        Assert.StartsWith("GET /new/llms.txt ", server.Requests[1]);
        Assert.Equal($"{server.Url}llms.txt", folder.Locked(FalPage).GetProperty("origin").GetString());
    }

    [Theory]
    [InlineData("../../toy", "SOURCE: '../../toy' is neither a file nor the id of a model: '..' is not a valid part of an id")]
    [InlineData("fal:fal-ai/../../toy", "SOURCE: 'fal:fal-ai/../../toy' is neither a file nor the id of a model: '..' is not")]
    [InlineData("/etc/no-such", "SOURCE: '/etc/no-such' is neither a file nor the id of a model: '' is not")]
    [InlineData(@"C:\toy", @"SOURCE: 'C:\toy' is neither a file nor the id of a model: 'C:\toy' is not")]
    [InlineData(@"fal-ai\..\toy", @"SOURCE: 'fal-ai\..\toy' is neither a file nor")]
    [InlineData("fal-ai/toy?x=1", "SOURCE: 'fal-ai/toy?x=1' is neither a file nor")]
    [InlineData("eachlabs:a/b", "SOURCE: 'a/b' is not an id of Eachlabs, whose ids have no '/'")]
    [InlineData("ftp://example.com/a.json", "SOURCE: 'ftp://example.com/a.json' is not an http or https URL")]
    [InlineData("https://me:secret@example.com/a", "SOURCE: the URL at example.com has a user name or a password, which specs.lock.json would keep")]
    [InlineData("none.json", "SOURCE: cannot read 'none.json': ")]
    public async Task A_source_that_leads_elsewhere_or_nowhere_is_wrong_usage(string source, string problem)
    {
        using var folder = new SpecsFolder();
        var before = folder.Snapshot();

        (await folder.RunAsync(["specs", "add", source])).Exits(2).Says(problem);

        Assert.Equal(before, folder.Snapshot());
    }

    [Theory]
    [InlineData("../toy")]
    [InlineData("..")]
    [InlineData(@"a\b")]
    [InlineData("C:toy")]
    public async Task A_name_that_leads_elsewhere_is_wrong_usage(string name)
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "add", SpecsFolder.FalPage, "--name", name]))
            .Exits(2)
            .Says($"--name: must be a name such as Deepgram, but is '{name}'");
    }

    /// <summary>The id of a document becomes the name of its file.</summary>
    [Theory]
    [InlineData(@"..\\..\\toy")]
    [InlineData(@"fal-ai/\u0000toy")]
    [InlineData("/fal-ai//toy")]
    public async Task An_id_in_a_document_leads_nowhere_else(string id)
    {
        using var folder = new SpecsFolder();
        var files = Directory.GetFiles(folder.Folder, "*", SearchOption.AllDirectories).Length;
        var text = folder.Read(SpecsFolder.FalOpenApi).Replace(Id, id);
        await using var server = new FakeServer(FakeServer.Reply(200, text));

        var result = await folder.RunAsync(["specs", "add", $"{server.Url}toy.json"]);

        var added = Directory.GetFiles(folder.Folder, "*", SearchOption.AllDirectories).Except(
            new[] { SpecsFolder.FalPage, SpecsFolder.FalOpenApi, SpecsFolder.EachlabsPage, SpecsFolder.Catalog, SpecsFolder.Lock }.Select(folder.PathOf));
        Assert.All(added, file => Assert.Equal(folder.PathOf("specs/fal"), Path.GetDirectoryName(file)));
        Assert.Equal(result.ExitCode == 0 ? files + 1 : files, Directory.GetFiles(folder.Folder, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Options_that_fit_one_document_alone_are_refused_for_others()
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "add", SpecsFolder.FalPage, SpecsFolder.EachlabsPage, "--name", "Both"])).Exits(2).Says("--name: there are several");
        (await folder.RunAsync(["specs", "add", "fal-ai/a/b", "--origin", "there"])).Exits(2).Says("--origin: the origin of a document that is fetched is");
        (await folder.RunAsync(["specs", "add", "-", "-"], "x")).Exits(2).Says("SOURCE: stdin can be read only once");
        (await folder.RunAsync(["specs", "add", SpecsFolder.FalPage, "./" + SpecsFolder.FalPage]))
            .Exits(2)
            .Says($"SOURCE: ./{SpecsFolder.FalPage} is fal {Id}, as another source is");
    }

    private const string OwnDocument = """
        {"openapi": "3.1.0", "info": {"title": "Studio", "version": "1"}, "servers": [{"url": "https://api.studio.example/v1"}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"204": {"description": ""}}}}}}
        """;

    private static Func<FakeServer.Exchange, Task> Respond(string kind) => kind switch
    {
        "html" => FakeServer.Reply(200, "<!doctype html><title>Models</title>", "Content-Type: text/html"),
        "hidden html" => FakeServer.Reply(200, "\n  <html></html>"),
        "error" => FakeServer.Reply(200, """{"error": {"message": "no such model"}}"""),
        "empty" => FakeServer.Reply(200, ""),
        "not found" => FakeServer.Reply(404, """{"detail": "no such page"}"""),
        "busy" => FakeServer.Reply(503, "<html>busy</html>", "Content-Type: text/html"),
        "half" => FakeServer.Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"openapi\": \"3.1.0\""),
        "reset" => FakeServer.Reset,
        "nonsense" => FakeServer.Raw("no HTTP at all\r\n\r\n"),
        "huge" => FakeServer.Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 209715200\r\n\r\n{"),
        "endless" => EndlessAsync,
        "bomb" => BombAsync,
        "elsewhere" => FakeServer.Reply(302, "", "Location: http://other.example/a"),
        _ => FakeServer.Reply(302, "", "Location: /again"),
    };

    private static async Task EndlessAsync(FakeServer.Exchange exchange)
    {
        await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{");
        var blanks = new byte[1024 * 1024];
        Array.Fill(blanks, (byte)' ');
        // Until the client has gone.
        while (true)
            await exchange.WriteAsync(blanks);
    }

    private static async Task BombAsync(FakeServer.Exchange exchange)
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)' ');
            for (var i = 0; i < 200; i++)
                await gzip.WriteAsync(blanks);
        }
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ";
        await exchange.WriteAsync($"{Head}{compressed.Length}\r\n\r\n");
        await exchange.WriteAsync(compressed.ToArray());
    }
}
