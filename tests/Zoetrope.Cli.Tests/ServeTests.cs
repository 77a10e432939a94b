using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>Who can read the page of a ledger, and what it is told.</summary>
public sealed class ServeTests : BatchTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_shown_without_the_token()
    {
        string[] paths =
        [
            "/", "/?token=", $"/?token={new string('0', 64)}", "/assets/app.js", "/api/overview", "/api/jobs", "/api/jobs/joba", "/api/gallery",
            "/files/joba/0", "/nothing",
        ];
        using var page = await ServeAsync(Delivered("joba", Write("out/a.txt", "content of the file")));
        using var stranger = new HttpClient { BaseAddress = page.Origin };

        foreach (var path in paths)
        {
            foreach (var authorization in new[] { null, "Bearer x", page.Token, $"Basic {page.Token}" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
                using var response = await stranger.SendAsync(request, Token);
                Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{path} with '{authorization}': {response.StatusCode}");
                Assert.False(response.Headers.Contains("Set-Cookie"));
                var text = await response.Content.ReadAsStringAsync(Token);
                Assert.Contains("jobs serve", text, StringComparison.Ordinal);
                Assert.Contains("printed: it has the token of this page.", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_address_opens_the_page_and_sets_a_cookie_that_no_script_and_no_other_site_has()
    {
        using var page = await ServeAsync(new RecordedJob("joba"));
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = page.Page };

        using var opened = await browser.GetAsync(page.Url, Token);

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie")).Split("; ");
        Assert.StartsWith("zoetrope-", cookie[0], StringComparison.Ordinal);
        // Of all that other ports of this machine are asked for, nothing is below that path.
        Assert.Matches("^/[0-9a-f]{32}/$", page.Page.AbsolutePath);
        Assert.Equal(["httponly", "path=" + page.Page.AbsolutePath, "samesite=strict"], cookie[1..].Order(StringComparer.Ordinal));
        Assert.DoesNotContain(page.Token, await opened.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        foreach (var path in new[] { "", "assets/app.js", "assets/page.css", "api/overview" })
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path, Token)).StatusCode);
            using var stranger = new HttpClient { BaseAddress = page.Page };
            Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(path, Token)).StatusCode);
        }
        // Elsewhere, the token in the address opens nothing.
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(new Uri(page.Origin, $"/?token={page.Token}"), Token)).StatusCode);
    }

    [Fact]
    public async Task Only_the_names_of_this_machine_are_responded_to()
    {
        (string Host, int Status)[] expected =
        [
            ("evil.example", 421), ("evil.example:80", 421), ("127.0.0.1.evil.example", 421), ("10.0.0.1", 421), ("127.0.0.1", 200), ("localhost:9", 200),
        ];
        using var page = await ServeAsync(new RecordedJob("joba"));
        var actual = new List<(string, int)>();
        foreach (var (host, _) in expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/overview");
            request.Headers.Host = host;
            using var response = await page.Client.SendAsync(request, Token);
            actual.Add((host, (int)response.StatusCode));
        }

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Only_this_machine_can_connect()
    {
        using var page = await ServeAsync(new RecordedJob("joba"));
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), Token)).Where(address => !IPAddress.IsLoopback(address)).ToList();
        Assert.SkipWhen(others.Count == 0, "This machine has no address but its own.");
        foreach (var address in others)
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync(address, page.Origin.Port, Token).AsTask());
        }
    }

    [Fact]
    public async Task It_only_shows()
    {
        using var page = await ServeAsync(new RecordedJob("joba"));
        foreach (var method in new[] { "POST", "PUT", "DELETE", "PATCH", "OPTIONS" })
        {
            foreach (var path in new[] { "/", "/api/jobs/joba", "/files/joba/0" })
            {
                using var response = await page.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Token);
                Assert.True(response.StatusCode == HttpStatusCode.MethodNotAllowed, $"{method} {path}: {response.StatusCode}");
                Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
            }
        }
    }

    [Fact]
    public async Task Other_sites_get_nothing_even_with_the_cookie()
    {
        (string Site, int Status)[] expected = [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)];
        using var page = await ServeAsync(new RecordedJob("joba"));
        var actual = new List<(string, int)>();
        foreach (var (site, _) in expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/overview");
            request.Headers.Add("Sec-Fetch-Site", site);
            using var response = await page.Client.SendAsync(request, Token);
            actual.Add((site, (int)response.StatusCode));

            // A link to the page itself may be anywhere.
            using var link = new HttpRequestMessage(HttpMethod.Get, page.Url);
            link.Headers.Add("Sec-Fetch-Site", site);
            using var opened = await page.Client.SendAsync(link, Token);
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Every_response_says_what_a_browser_may_do_with_it()
    {
        using var page = await ServeAsync(Delivered("joba", Write("out/a.mp4", "not a video")));
        foreach (var path in new[] { "/", "/assets/app.js", "/api/overview", "/api/jobs/unknown", "/nothing", "/files/joba/0", "/files/joba/1" })
        {
            using var response = await page.Client.GetAsync(path, Token);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(path == "/files/joba/0", policy.EndsWith("sandbox", StringComparison.Ordinal));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task The_overview_has_each_batch_and_is_sent_again_only_when_it_has_changed()
    {
        var file = Shots("wave", "smile");
        (await CliProcess.RunAsync(Batch(file, "--max-cost", "0.7", "--max-job-cost", "0.5"))).Exits(4);
        using var page = await ServedLedger.StartAsync(Ledger);

        using var first = await page.Client.GetAsync("/api/overview", Token);
        var overview = await page.JsonAsync("/api/overview");
        var batch = Assert.Single(overview.GetProperty("batches").EnumerateArray());
        Assert.Equal("shots.jsonl", batch.GetProperty("batch").GetString());
        Assert.Equal((2, 1, 1, 0), (Count("jobs"), Count("done"), Count("paused"), Count("queued")));
        Assert.Equal((0.5m, 0.7m), (batch.GetProperty("spent").GetDecimal(), batch.GetProperty("cap").GetDecimal()));
        Assert.StartsWith("batch:shots.jsonl has a cap of $0.70", batch.GetProperty("waiting").GetString(), StringComparison.Ordinal);
        Assert.Equal(Ledger, overview.GetProperty("ledger").GetString());
        using var same = new HttpRequestMessage(HttpMethod.Get, "/api/overview");
        same.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await page.Client.SendAsync(same, Token);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        (await CliProcess.RunAsync(Batch(file, "--max-cost", "2", "--max-job-cost", "0.5"))).Exits(0);
        while ((await page.JsonAsync("/api/overview")).GetProperty("batches")[0].GetProperty("done").GetInt32() != 2)
            await Task.Delay(50, Token);

        int Count(string name) => batch.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Jobs_are_listed_page_by_page_without_their_inputs()
    {
        using var page = await ServeAsync([.. Enumerable.Range(0, 120).Select(i =>
            new RecordedJob($"job{i:000}") { Batch = i % 2 == 0 ? "even" : "", State = i < 3 ? "failed" : "intended", Prompt = "a long prompt" })]);

        var all = new List<string>();
        for (var path = "/api/jobs?order=oldest"; path is not null;)
        {
            var text = await page.Client.GetStringAsync(path, Token);
            Assert.DoesNotContain("a long prompt", text, StringComparison.Ordinal);
            using var list = JsonDocument.Parse(text);
            var ids = Ids(list.RootElement);
            Assert.InRange(ids.Count, 1, 50);
            all.AddRange(ids);
            path = list.RootElement.TryGetProperty("next", out var next) ? $"/api/jobs?order=oldest&after={next.GetString()}" : null;
        }
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"job{i:000}"), all);
        Assert.Equal("job119", Ids(await page.JsonAsync("/api/jobs"))[0]);
        Assert.Equal(["job002", "job000"], Ids(await page.JsonAsync("/api/jobs?batch=even&state=failed")));
        Assert.Equal(["job001"], Ids(await page.JsonAsync("/api/jobs?batch=&state=failed&state=canceled")));
        Assert.Empty(Ids(await page.JsonAsync("/api/jobs?endpoint=other")));
        foreach (var query in new[] { "state=lost", "order=random" })
            Assert.Equal(HttpStatusCode.BadRequest, (await page.Client.GetAsync("/api/jobs?" + query, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Client.GetAsync("/api/jobs/job999", Token)).StatusCode);
    }

    [Fact]
    public async Task A_job_in_doubt_has_the_command_lines_that_resolve_it()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Out)!, "it's #1");
        Simulator.AddFault(LostReceipt());
        (await CliProcess.RunAsync(Batch(Shots("wave"), "--ledger", Path.Combine(folder, "jobs.db")))).Exits(5);
        using var page = await ServedLedger.StartAsync(Path.Combine(folder, "jobs.db"));

        var item = Assert.Single((await page.JsonAsync("/api/jobs?state=in_doubt")).GetProperty("items").EnumerateArray());
        var lines = item.GetProperty("commands").EnumerateArray().Select(command => command.GetProperty("line").GetString()!).ToList();

        var id = item.GetProperty("job").GetProperty("id").GetString();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its shells quote otherwise.");
        var quoted = $"'{Path.Combine(folder, "jobs.db").Replace("'", "'\\''", StringComparison.Ordinal)}'";
        Assert.Equal(
            [$"zoetrope jobs resolve {id} --accepted REQUEST --ledger {quoted}", $"zoetrope jobs resolve {id} --not-accepted --ledger {quoted}"], lines);
        // As a shell reads it.
        var echo = new ProcessStartInfo("/bin/sh", ["-c", "zoetrope() { printf '%s\\n' \"$@\"; }; " + lines[0]]) { RedirectStandardOutput = true };
        using var shell = Process.Start(echo)!;
        var words = await shell.StandardOutput.ReadToEndAsync(Token);
        Assert.Equal(["jobs", "resolve", id, "--accepted", "REQUEST", "--ledger", Path.Combine(folder, "jobs.db")], words.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Secrets_of_the_ledger_are_in_no_response()
    {
        using var page = await ServeAsync(Delivered("joba", Write("out/a.png", "x")), new RecordedJob("jobb") { State = "in_doubt" });
        Assert.Contains(RecordedJob.Secret, (await JobsAsync("export")).Exits(0).Output, StringComparison.Ordinal);

        foreach (var path in new[] { "/", "/api/overview", "/api/jobs", "/api/jobs/joba", "/api/jobs/jobb", "/api/gallery" })
            Assert.DoesNotContain(RecordedJob.Secret, await page.Client.GetStringAsync(path, Token), StringComparison.Ordinal);
        Assert.Contains("She waves", await page.Client.GetStringAsync("/api/jobs/joba", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_neither_creates_nor_changes_a_ledger()
    {
        (await JobsAsync("serve")).Exits(2).Says($"--ledger: there is no ledger '{Ledger}'");
        Assert.False(Directory.Exists(Out));
        var empty = Write("empty.db", "");
        (await CliProcess.RunAsync("jobs", "serve", "--ledger", empty)).Exits(2).Says($"--ledger: '{empty}' is empty, not a ledger");
        Assert.Equal(0, new FileInfo(empty).Length);

        await ImportAsync(new RecordedJob("joba"), new RecordedJob("jobb") { State = "in_doubt" });
        var before = await File.ReadAllBytesAsync(Ledger, Token);
        using (var page = await ServedLedger.StartAsync(Ledger))
        {
            foreach (var path in new[] { "/api/overview", "/api/jobs", "/api/jobs/joba", "/api/gallery", "/files/joba/0" })
                (await page.Client.GetAsync(path, Token)).Dispose();
            await page.Process.InterruptAsync();
            (await page.Process.FinishAsync()).Exits(0);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(Ledger, Token));
        // What SQLite lets readers and writers agree by may stay, without a page.
        Assert.All(Directory.EnumerateFileSystemEntries(Out), path => Assert.StartsWith(Ledger, path, StringComparison.Ordinal));
        Assert.False(File.Exists(Ledger + "-wal") && new FileInfo(Ledger + "-wal").Length > 0);
    }

    [Fact]
    public async Task A_ledger_that_goes_away_is_an_error_that_is_shown()
    {
        using var page = await ServeAsync(new RecordedJob("joba"));
        File.Delete(Ledger);

        using var response = await page.Client.GetAsync("/api/jobs", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("cannot be opened", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(File.Exists(Ledger));
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task A_signal_ends_it_at_once_although_somebody_reads(string signal)
    {
        using var page = await ServeAsync(new RecordedJob("joba"));
        using var reader = new TcpClient();
        await reader.ConnectAsync(IPAddress.Loopback, page.Origin.Port, Token);
        await reader.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: 127"u8.ToArray(), Token);

        await page.Process.InterruptAsync(signal);

        (await page.Process.FinishAsync()).Exits(0);
    }

    [Fact]
    public async Task A_port_that_is_taken_and_a_folder_that_is_not_there_are_refused()
    {
        using var page = await ServeAsync(new RecordedJob("joba"));
        var port = $"{page.Origin.Port}";

        (await JobsAsync("serve", "--port", port)).Exits(2).Says($"--port: cannot listen on port {port}: ");
        (await JobsAsync("serve", "--port", "65536")).Exits(2).Says("--port: must be from 0 to 65535");
        (await JobsAsync("serve", "--out", Out + "x")).Exits(2).Says($"--out: no such folder: '{Out}x'");
    }

    [Fact]
    public async Task The_address_is_printed_for_people_too()
    {
        await ImportAsync(new RecordedJob("joba"));
        using var process = CliProcess.Start(["jobs", "serve", "--ledger", Ledger], collectOutput: false);

        var line = await process.Output.ReadLineAsync(Token);

        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/[0-9a-f]{32}/\\?token=[0-9a-f]{64}$", line);
        await process.ErrorLineAsync($"The page of {Ledger}. ");
    }

    private static RecordedJob Delivered(string id, string output) => new(id) { State = "delivered", Outputs = [output] };

    private async Task<ServedLedger> ServeAsync(params IEnumerable<RecordedJob> jobs)
    {
        await ImportAsync(jobs);
        return await ServedLedger.StartAsync(Ledger);
    }

    private static List<string> Ids(JsonElement list) =>
        [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("job").GetProperty("id").GetString()!)];
}
