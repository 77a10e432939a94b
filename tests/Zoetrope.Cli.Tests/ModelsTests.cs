using System.Text;
using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope models</c>: search, order, pages, and the listings of providers with their cache.</summary>
public sealed class ModelsTests : IDisposable
{
    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData(6, "kling")]
    [InlineData(2, "KLING", "O3", "--provider", "fal")]
    [InlineData(0, "kling", "nothing-is-called-so")]
    [InlineData(1, "animating", "transition", "--provider", "fal", "--category", "VIDEO")]
    public async Task Words_are_looked_for_in_all_texts(int count, params string[] arguments)
    {
        var listing = (await CliProcess.RunAsync(["models", "--json", .. arguments])).Exits(0).Json();

        Assert.Equal(count, listing.GetProperty("total").GetInt32());
        Assert.Equal(count, listing.GetProperty("models").GetArrayLength() + listing.GetProperty("endpoints").GetArrayLength());
    }

    [Fact]
    public async Task Models_are_ordered_and_what_is_not_known_comes_last()
    {
        var times = Column((await CliProcess.RunAsync("models", "--sort", "time")).Exits(0), 5);
        var names = Column((await CliProcess.RunAsync("models", "--sort", "name")).Exits(0), 0);
        var prices = Column((await CliProcess.RunAsync("models", "--sort", "price")).Exits(0), 4);

        Assert.NotEqual("", times[0]);
        Assert.Equal("", times[^1]);
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        Assert.DoesNotContain(prices.SkipWhile(price => price.Length > 0), price => price.Length > 0);
    }

    [Fact]
    public async Task Pages_together_are_the_whole_list()
    {
        var all = (await CliProcess.RunAsync("models")).Exits(0).Output;
        var paged = "";
        CliResult page;
        var number = 0;
        do
        {
            page = (await CliProcess.RunAsync("models", "--limit", "20", "--page", $"{++number}")).Exits(0);
            paged += page.Output;
        }
        while (page.ErrorLines[^1].Contains("has more", StringComparison.Ordinal));

        Assert.Equal(all, paged);
        Assert.True(number >= 3);
        (await CliProcess.RunAsync("models", "--limit", "20", "--page", $"{number + 1}")).Exits(2).Says($"--page: there are {number} pages");
    }

    [Theory]
    [InlineData("--page: must be a whole number of at least 1, but is '0'", "--page", "0")]
    [InlineData("--limit: must be a whole number of at least 1, but is '-1'", "--limit", "-1")]
    [InlineData("--limit: must be a whole number of at least 1, but is '99999999999'", "--limit", "99999999999")]
    [InlineData("--sort: must be one of name, ", "--sort", "beauty")]
    [InlineData("--provider: must be one of fal, ", "--provider", "fla")]
    [InlineData("--refresh: needs --all", "--refresh")]
    [InlineData("--offline: needs --all", "--offline")]
    [InlineData("--base-url: needs --all", "--base-url", "http://localhost:1")]
    [InlineData("--offline: cannot be used together with --refresh", "--all", "--refresh", "--offline")]
    [InlineData("--base-url: must be an http or https URL", "--all", "--base-url", "file:///x")]
    public async Task Wrong_usage_ends_with_2(string problem, params string[] arguments) =>
        (await CliProcess.RunAsync(["models", .. arguments])).Exits(2).Says(problem);

    [Fact]
    public async Task Listings_are_read_to_their_last_page_and_then_from_the_cache()
    {
        await using var server = new ListingServer(1287);

        var first = Column((await AllAsync(server)).Exits(0), 0);
        var asked = server.Requests.Count;
        var second = Column((await AllAsync(server)).Exits(0), 0);

        Assert.Contains("fal-ai/model-1287", first);
        Assert.Contains("slug-0003", first);
        Assert.Equal(first, second);
        Assert.Equal(1290, first.Length - Column((await CliProcess.RunAsync("models")).Exits(0), 0).Length);
        Assert.Equal((13 + 1, asked), (asked, server.Requests.Count));
        var found = (await AllAsync(server, "model-12", "--json", "--limit", "10")).Exits(0).Json();
        Assert.Equal((88, 10), (found.GetProperty("total").GetInt32(), found.GetProperty("endpoints").GetArrayLength()));
        Assert.Equal("text-to-image", found.GetProperty("endpoints")[0].GetProperty("category").GetString());
    }

    [Fact]
    public async Task Only_pages_that_have_changed_are_sent_again()
    {
        await using var server = new ListingServer(250);
        (await AllAsync(server)).Exits(0);
        server.Fal[150] = ListingServer.FalModel("fal-ai/changed", "Changed", "image-to-video", 12.5);

        var refreshed = (await AllAsync(server, "--refresh", "changed")).Exits(0);

        Assert.Equal(2, server.NotModified);
        Assert.Equal("fal-ai/changed\tfal\timage-to-video\t\t\t12.5\n", refreshed.Output);
        Assert.Equal("", (await AllAsync(server, "model-0151")).Exits(0).Output);
        Assert.NotEqual("", (await AllAsync(server, "model-0152")).Exits(0).Output);
    }

    [Fact]
    public async Task Without_a_connection_the_cache_is_shown_and_its_age_said()
    {
        string[] offline;
        var server = new ListingServer(2);
        var url = server.Url;
        (await AllAsync(server)).Exits(0);
        await server.DisposeAsync();

        var refreshed = (await RunAsync("models", "--all", "--base-url", url, "--refresh")).Exits(0).Says("The models that fal lists are shown as they were on ");
        offline = Column((await RunAsync("models", "--all", "--base-url", url, "--offline")).Exits(0), 0);

        Assert.Equal(offline, Column(refreshed, 0));
        Assert.Contains("fal-ai/model-0002", offline);
    }

    [Fact]
    public async Task Without_a_connection_and_a_cache_this_build_is_shown_and_the_rest_missed()
    {
        var url = FakeServer.Nowhere().ToString();

        var result = (await RunAsync("models", "--all", "--base-url", url, "--json")).Exits(1).Says("The models that fal lists are not shown.");

        Assert.Equal("failed", result.Error().GetProperty("code").GetString());
        Assert.True(result.Json().GetProperty("total").GetInt32() > 10);
        // To look into a cache that is not there yet is not an error.
        (await RunAsync("models", "--all", "--base-url", url, "--offline")).Exits(0);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("another version")]
    [InlineData("bytes")]
    [InlineData("empty")]
    public async Task A_cache_that_is_damaged_is_made_again(string damage)
    {
        await using var server = new ListingServer(5);
        var whole = (await AllAsync(server)).Exits(0).Output;
        var path = Directory.GetFiles(Path.Combine(_cache.Path, "zoetrope"), "models-fal-*.jsonl").Single();
        var text = await File.ReadAllTextAsync(path);
        var damaged = damage switch
        {
            "cut off" => text[..(text.Length / 2)],
            "not JSON" => text.Replace("{\"id\"", "{id", StringComparison.Ordinal),
            "null" => text.Replace("\"text-to-image\"", "null", StringComparison.Ordinal),
            "another version" => text.Replace("\"version\":1", "\"version\":99", StringComparison.Ordinal),
            "bytes" => text.Replace("Model 3", "\u00ff\u00fe", StringComparison.Ordinal),
            _ => "",
        };
        await File.WriteAllTextAsync(path, damaged, Encoding.Latin1);

        (await RunAsync("models", "--all", "--base-url", server.Url, "--offline")).Exits(1).Says("The cache of the models that fal lists is damaged.");
        Assert.Equal(whole, (await AllAsync(server)).Exits(0).Output);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("<html>", "the response is a page for people")]
    [InlineData("""{"error":{"message":"no"}}""", "the response is an error")]
    [InlineData("""{"data":[]}""", "the response is not a listing of models")]
    [InlineData("""{"models":[{]}""", "the response is not a listing of models: line 1, column 13")]
    [InlineData("7", "the response is not a listing of models")]
    [InlineData("""{"models":[],"next_cursor":"0"}""", "the pages of the listing do not end")]
    public async Task A_response_that_is_not_a_listing_leaves_the_cache_as_it_was(string body, string problem)
    {
        await using var server = new ListingServer(5);
        var before = (await AllAsync(server)).Exits(0).Output;
        server.Instead = body;

        var result = (await AllAsync(server, "--refresh")).Exits(0);

        Assert.Contains(result.ErrorLines, line => line.Contains(problem, StringComparison.Ordinal));
        Assert.Equal(before, result.Output);
    }

    [Fact]
    public async Task Hostile_texts_are_shown_and_ids_that_could_not_be_typed_are_not()
    {
        const string Hostile = "evil \u001b[2J\u202Ertl\u009b31m\ttab\nline \u200bend";
        await using var server = new ListingServer(0);
        server.Fal.Add(ListingServer.FalModel("fal-ai/hostile", Hostile, Hostile, -1, Hostile));
        server.Fal.Add(ListingServer.FalModel("fal-ai/with\u001b[31m", "x", "x"));
        server.Fal.Add(ListingServer.FalModel(new string('x', 1000), "x", "x"));
        server.Fal.Add(new JsonObject { ["endpoint_id"] = 7, ["metadata"] = "none" });
        server.Fal.Add(new JsonObject { ["metadata"] = new JsonObject { ["display_name"] = new JsonArray(1) } });
        server.Fal.Add(ListingServer.FalModel("fal-ai/last", "Last", "x", 1e300));

        var rows = (await AllAsync(server, "--provider", "fal")).Exits(0).Output;
        var json = (await AllAsync(server, "--json")).Exits(0).Output;

        Assert.Contains("fal-ai/hostile\tfal\tevil  [2J rtl 31m tab line  end\t\t\t\n", rows, StringComparison.Ordinal);
        Assert.Contains("fal-ai/last\t", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("with", rows, StringComparison.Ordinal);
        foreach (var output in new[] { rows, json })
            Assert.DoesNotContain(output, letter => (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter is '\u202e' or '\u200b');
    }

    [Theory]
    [InlineData(60)]
    [InlineData(33)]
    public async Task Nothing_but_names_is_wider_than_the_terminal(int columns)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        await using var server = new ListingServer(120);
        server.Fal[0] = ListingServer.FalModel("fal-ai/wide", string.Join(' ', Enumerable.Repeat("絵を作る模型", 20)), "text-to-image");
        using var run = CliProcess.Start(["models", "--all", "--base-url", server.Url, "--provider", "fal", "model"], Cache, onTerminal: true, columns: columns);

        var output = (await run.FinishAsync()).Exits(0).Output;

        var lines = output.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.Contains("fal-ai/model-0003", lines);
        Assert.All(lines.Where(line => line.StartsWith("    ", StringComparison.Ordinal)), line => Assert.True(CellsOf(line) <= columns, line));
        Assert.Contains("page 1 of 3; --page 2 has more.", output, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Cache => new() { ["XDG_CACHE_HOME"] = _cache.Path, ["TERM"] = "xterm" };

    private static int CellsOf(string line) => line.Sum(letter => letter is >= '\u3000' and <= '\u9fff' ? 2 : 1);

    private static string[] Column(CliResult result, int column) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[column])];

    private Task<CliResult> AllAsync(ListingServer server, params string[] more) => RunAsync(["models", "--all", "--base-url", server.Url, .. more]);

    private Task<CliResult> RunAsync(params string[] arguments) => CliProcess.RunAsync(arguments, Cache);
}
