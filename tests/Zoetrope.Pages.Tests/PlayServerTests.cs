using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Zoetrope.Cli.Tests;
using Zoetrope.Simulator;

namespace Zoetrope.Pages.Tests;

/// <summary>Who can use the playground, and that no way of asking for a job pays twice.</summary>
public sealed class PlayServerTests(PlayFixture fixture) : IClassFixture<PlayFixture>
{
    private const string Json = "application/json";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServedPlay Play => fixture.Play;

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/assets/app.js")]
    [InlineData("GET", "/api/models")]
    [InlineData("GET", "/api/history")]
    [InlineData("GET", "/uploads/x")]
    [InlineData("POST", "/api/draft")]
    [InlineData("POST", "/api/files?name=a.png")]
    [InlineData("POST", "/api/quotes")]
    [InlineData("POST", "/api/runs")]
    [InlineData("POST", "/api/jobs/x/cancel")]
    [InlineData("POST", "/api/jobs/x/resume")]
    public async Task Nothing_is_done_without_the_token(string method, string path)
    {
        using var stranger = new HttpClient { BaseAddress = Play.Origin };
        foreach (var authorization in new[] { null, "Bearer x", $"Basic {Play.Token}" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = method == "POST" ? new StringContent("{}", null, Json) : null;
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            request.Headers.TryAddWithoutValidation("Origin", Play.Origin.GetLeftPart(UriPartial.Authority));
            using var response = await stranger.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Theory]
    [InlineData(null, null, 403)]
    [InlineData("null", null, 403)]
    [InlineData("http://evil.example", null, 403)]
    [InlineData("http://127.0.0.1:1", null, 403)]
    [InlineData("https://SELF", null, 403)]
    [InlineData("http://SELF", "cross-site", 403)]
    [InlineData("http://SELF", "same-site", 403)]
    [InlineData("http://SELF", "same-origin", 200)]
    [InlineData("http://SELF", null, 200)]
    public async Task Another_site_cannot_send_anything_even_with_the_cookie(string? origin, string? site, int status)
    {
        using var browser = await OpenedAsync();
        using var content = new StringContent(ServedPlay.Draft().ToJsonString(), null, Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/draft") { Content = content };
        request.Headers.TryAddWithoutValidation("Origin", origin?.Replace("SELF", Play.Origin.Authority, StringComparison.Ordinal));
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);

        using var response = await browser.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("localhost:9", 200)]
    public async Task A_name_that_leads_here_is_not_this_page(string host, int status)
    {
        using var content = new StringContent(ServedPlay.Draft().ToJsonString(), null, Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/draft") { Content = content };
        request.Headers.Host = host;
        using var response = await Play.Client.SendAsync(request, Token);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_refused(string method)
    {
        using var response = await Play.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/runs"), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("text/plain", "{}", 415)]
    [InlineData("application/x-www-form-urlencoded", "a=b", 415)]
    [InlineData(Json, "{", 400)]
    [InlineData(Json, "[]", 400)]
    [InlineData(Json, """{"model":"fal:nothing","input":{}}""", 400)]
    [InlineData(Json, """{"model":"fal:fal-ai/flux-2-pro","input":[]}""", 400)]
    [InlineData(Json, """{"model":7,"input":{}}""", 400)]
    [InlineData(Json, """{"model":"\ud800","input":{}}""", 400)]
    [InlineData(Json, """{"model":"fal:fal-ai/flux-2-pro","input":{"prompt":"\ud800"}}""", 400)]
    [InlineData(Json, """{"model":"fal:fal-ai/flux-2-pro","input":{"prompt":"x","other":[{"\udc00":1}]}}""", 400)]
    public async Task What_is_no_draft_is_refused(string type, string body, int status)
    {
        foreach (var path in new[] { "/api/draft", "/api/cost", "/api/quotes" })
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var response = await Play.Client.PostAsync(path, content, Token);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        using var json = new ByteArrayContent(new byte[(8 << 20) + 1]);
        json.Headers.ContentType = new MediaTypeHeaderValue(Json);
        using var refused = await Play.Client.PostAsync("/api/draft", json, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);

        // The length is known from the first bytes on; nothing of it is sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/files?name=a.bin") { Content = new EmptyContent((200 << 20) + 1) };
        request.Headers.ExpectContinue = true;
        using var file = await Play.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, file.StatusCode);
    }

    [Fact]
    public async Task A_draft_is_validated_by_path_and_written_as_code()
    {
        var (status, body) = await Play.PostAsync("/api/draft", ServedPlay.Draft(new JsonObject
        {
            ["prompt"] = "It's \"quoted\" $(here) `too` \\",
            ["multi_prompt"] = new JsonArray(new JsonObject { ["duration"] = "99" }),
            ["seed"] = 7,
        }));

        Assert.Equal(200, status);
        Assert.False(body.GetProperty("valid").GetBoolean());
        var paths = body.GetProperty("issues").EnumerateArray().Select(issue => issue.GetProperty("path").GetString()).ToList();
        Assert.Contains("image_url", paths);
        Assert.Contains("multi_prompt[0].prompt", paths);
        Assert.Contains("multi_prompt[0].duration", paths);
        var curl = body.GetProperty("curl").GetString()!;
        Assert.StartsWith("curl 'https://queue.fal.run/fal-ai/kling-video/o3/pro/image-to-video'", curl, StringComparison.Ordinal);
        Assert.Contains("-H 'Authorization: Key '\"$FAL_KEY\" ", curl, StringComparison.Ordinal);
        Assert.Contains("It'\\''s", curl, StringComparison.Ordinal);
        // Not the form's members, but what the document does not have is sent too.
        Assert.Contains("SubmitAsync(", body.GetProperty("csharp").GetString(), StringComparison.Ordinal);
        Assert.Contains("Console.WriteLine(job.Handle);", body.GetProperty("csharp").GetString(), StringComparison.Ordinal);
        Assert.Contains("ExtraProperties", body.GetProperty("csharp").GetString(), StringComparison.Ordinal);
        Assert.Equal(7, JsonNode.Parse(body.GetProperty("json").GetString()!)!["seed"]!.GetValue<int>());
        Assert.Equal(0, fixture.Simulator.CountsOf("runway").Submits);
    }

    [Fact]
    public async Task The_command_line_of_curl_is_made_without_another_server()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "What a process listens to is known on Linux.");
        var (_, body) = await Play.PostAsync("/api/draft", ServedPlay.Draft());
        Assert.StartsWith("curl ", body.GetProperty("curl").GetString(), StringComparison.Ordinal);

        var sockets = Directory.EnumerateFiles($"/proc/{Play.Process.Id}/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? "").ToHashSet(StringComparer.Ordinal);
        var listening = new[] { "tcp", "tcp6" }.SelectMany(name => File.ReadLines($"/proc/net/{name}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => line[3] == "0A" && sockets.Contains($"socket:[{line[9]}]"));
        Assert.Single(listening);
    }

    [Fact]
    public async Task A_form_is_shown_part_by_part()
    {
        var (_, body) = await Play.PostAsync("/api/draft", ServedPlay.Draft(
            new JsonObject { ["prompt"] = "it's", ["image"] = "data:image/png;base64,SUQz" }, "topaz:enhance-gen"));

        var curl = body.GetProperty("curl").GetString();
        Assert.Contains("--form-string 'prompt=it'\\''s'", curl, StringComparison.Ordinal);
        Assert.Contains("--form-string 'image=data:image/png;base64,SUQz'", curl, StringComparison.Ordinal);
        Assert.DoesNotContain("multipart", curl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_draft_is_one_job_however_often_and_by_however_many_it_is_asked_for()
    {
        var before = fixture.Simulator.Submits;
        var draft = ServedPlay.Draft(ServedPlay.Input("once"), key: "the-key-of-once-0001");
        var quotes = new[] { await Play.QuoteAsync(draft), await Play.QuoteAsync(draft) };

        var ran = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Play.PostAsync("/api/runs", new JsonObject { ["quote"] = quotes[i % 2] })));

        Assert.All(ran, run => Assert.Equal(200, run.Status));
        var id = Assert.Single(ran.Select(run => run.Body.GetProperty("job").GetString()!).Distinct());
        await Play.UntilAsync(id, job => ServedPlay.StateOf(job) == "accepted");
        Assert.Equal(before + 1, fixture.Simulator.Submits);

        // With the key of a job, another input is not run, and not taken for it.
        var other = await Play.QuoteAsync(ServedPlay.Draft(ServedPlay.Input("another"), key: "the-key-of-once-0001"));
        var (status, refused) = await Play.PostAsync("/api/runs", new JsonObject { ["quote"] = other });
        Assert.Equal((409, id), (status, refused.GetProperty("job").GetString()));
        Assert.Equal(before + 1, fixture.Simulator.Submits);
        // What is to be paid is said to have been run, where it was.
        var (_, again) = await Play.PostAsync("/api/quotes", ServedPlay.Draft(ServedPlay.Input("once"), key: "the-key-of-once-0002"));
        Assert.True(again.TryGetProperty("earlier", out _), again.ToString());
        var (_, first) = await Play.PostAsync("/api/quotes", ServedPlay.Draft(ServedPlay.Input("never"), key: "the-key-of-once-0003"));
        Assert.False(first.TryGetProperty("earlier", out _), first.ToString());
    }

    [Theory]
    [InlineData("zoetrope-file:unknown")]
    [InlineData("zoetrope-upload://x")]
    public async Task What_stands_for_no_file_of_the_playground_is_not_sent(string text)
    {
        var input = ServedPlay.Input();
        input["image_url"] = text;

        var (status, body) = await Play.PostAsync("/api/quotes", ServedPlay.Draft(input));

        Assert.Equal(422, status);
        Assert.Contains("image_url: must be a file of this playground", body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_does_not_exist_is_not_found()
    {
        foreach (var action in new[] { "cancel", "resume" })
            Assert.Equal(404, (await Play.PostAsync($"/api/jobs/unknown/{action}", new JsonObject())).Status);
    }

    [Fact]
    public async Task What_was_not_quoted_or_is_not_valid_is_not_run()
    {
        Assert.Equal(409, (await Play.PostAsync("/api/runs", new JsonObject { ["quote"] = "nothing", ["confirmed"] = true })).Status);
        Assert.Equal(422, (await Play.PostAsync("/api/quotes", ServedPlay.Draft(new JsonObject()))).Status);
        Assert.Equal(400, (await Play.PostAsync("/api/quotes", ServedPlay.Draft(key: "short"))).Status);
    }

    [Fact]
    public async Task A_dropped_file_is_uploaded_when_its_job_is_run_and_never_before()
    {
        using var content = new ByteArrayContent(Recorded.PngOf(320, 320));
        using var uploaded = await Play.Client.PostAsync("/api/files?name=" + Uri.EscapeDataString("../../my cat.png"), content, Token);
        var file = JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(Token))!;
        Assert.Equal("my cat.png", (string)file["name"]!);
        using var shown = await Play.Client.GetAsync("/" + (string)file["url"]!, Token);
        Assert.Equal("image/png", shown.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sandbox", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var input = new JsonObject { ["prompt"] = "with a file", ["image_url"] = (string)file["value"]! };
        var draft = ServedPlay.Draft(input, key: "the-key-of-files-0001");
        var before = fixture.Simulator.Counts.Uploads;

        var (_, checkedDraft) = await Play.PostAsync("/api/draft", draft.DeepClone());
        Assert.True(checkedDraft.GetProperty("valid").GetBoolean(), checkedDraft.ToString());
        Assert.Contains("UploadFile.FromFile(\"my cat.png\")", checkedDraft.GetProperty("csharp").GetString(), StringComparison.Ordinal);
        var quote = await Play.QuoteAsync(draft);
        Assert.Equal(before, fixture.Simulator.Counts.Uploads);

        var (_, run) = await Play.PostAsync("/api/runs", new JsonObject { ["quote"] = quote });
        await Play.UntilAsync(run.GetProperty("job").GetString()!, job => ServedPlay.StateOf(job) == "accepted");

        Assert.True(fixture.Simulator.Counts.Uploads > before);
        var submit = fixture.Simulator.Requests.Last(request => request.Operation == SimulatorOperation.Submit);
        Assert.DoesNotContain("zoetrope-", submit.Body, StringComparison.Ordinal);
        Assert.Contains("\"image_url\":\"http", submit.Body.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_real_keys_a_job_is_confirmed_with_its_price_and_no_key_is_in_any_response()
    {
        const string key = "id-of-key:secret-of-key";
        using var folder = new TemporaryFolder();
        await using var simulator = await Kling.QuickAsync();
        var environment = new Dictionary<string, string> { ["FAL_KEY"] = key, ["FAL_BASE_URL"] = simulator.BaseUrl.ToString() };
        using var play = await ServedPlay.StartAsync(["--out", Path.Combine(folder.Path, "out"), "--max-cost", "5"], environment);
        Assert.True(play.Line.GetProperty("paid").GetBoolean());
        var quote = await play.QuoteAsync(ServedPlay.Draft());

        foreach (var body in new[] { new JsonObject { ["quote"] = quote }, new JsonObject { ["quote"] = quote, ["confirmed"] = "yes" } })
            Assert.Equal(409, (await play.PostAsync("/api/runs", body)).Status);
        Assert.Equal(0, simulator.Submits);
        // Of a provider without a key nothing is run, and it is said which variable it needs.
        var (status, refused) = await play.PostAsync(
            "/api/quotes", ServedPlay.Draft(new JsonObject { ["prompt"] = "x", ["image_url"] = Kling.ImageUrl }, "eachlabs:kling-o3-pro-image-to-video"));
        Assert.Equal(409, status);
        Assert.Contains("EACHLABS_API_KEY", refused.ToString(), StringComparison.Ordinal);

        var (_, run) = await play.PostAsync("/api/runs", new JsonObject { ["quote"] = quote, ["confirmed"] = true });
        var job = await play.UntilAsync(run.GetProperty("job").GetString()!, job => ServedPlay.StateOf(job) == "delivered");

        Assert.Equal(1, simulator.Submits);
        var texts = new List<string> { job.ToString(), quote, (await play.PostAsync("/api/draft", ServedPlay.Draft())).Body.ToString() };
        foreach (var path in new[] { "/", "/api/models", "/api/history", $"/api/form?model=fal:{Kling.FalEndpoint}" })
            texts.Add(await play.Client.GetStringAsync(path, Token));
        Assert.All(texts, text => Assert.DoesNotContain("of-key", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_costs_more_than_allowed_is_not_sent()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = await Kling.QuickAsync();
        var environment = new Dictionary<string, string> { ["FAL_KEY"] = "a:b", ["FAL_BASE_URL"] = simulator.BaseUrl.ToString() };
        using var play = await ServedPlay.StartAsync(
            ["--out", Path.Combine(folder.Path, "out"), "--max-cost", "0.000001", "--strict-cost"], environment);
        var quote = await play.QuoteAsync(ServedPlay.Draft());

        var (status, body) = await play.PostAsync("/api/runs", new JsonObject { ["quote"] = quote, ["confirmed"] = true });

        Assert.Equal(409, status);
        Assert.Contains("--max-cost", body.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, simulator.Submits);
    }

    [Theory]
    [InlineData("cheap", null)]
    [InlineData("dear", "more than --max-cost")]
    [InlineData("unknown", "--strict-cost")]
    [InlineData("anothers", "nothing here")]
    public async Task What_was_recorded_is_sent_only_within_the_limits_that_are_set_now(string id, string? refusal)
    {
        using var folder = new TemporaryFolder();
        var lines = folder.Write("import.jsonl", string.Concat(
            new RecordedJob("cheap") { Batch = "playground", Ceiling = 0.4m }.Line(),
            new RecordedJob("dear") { Batch = "playground", Ceiling = 0.6m }.Line(),
            new RecordedJob("unknown") { Batch = "playground" }.Line(),
            new RecordedJob("anothers") { Batch = "night", Ceiling = 0.4m }.Line()));
        var output = Path.Combine(folder.Path, "out");
        Directory.CreateDirectory(output);
        (await CliProcess.RunAsync(["jobs", "import", lines, "--ledger", Path.Combine(output, "zoetrope.db")])).Exits(0);
        await using var simulator = await Kling.QuickAsync();
        var environment = new Dictionary<string, string> { ["FAL_KEY"] = "a:b", ["FAL_BASE_URL"] = simulator.BaseUrl.ToString() };
        using var play = await ServedPlay.StartAsync(["--out", output, "--max-cost", "0.5", "--strict-cost"], environment);

        var (status, body) = await play.PostAsync($"/api/jobs/{id}/resume", new JsonObject { ["confirmed"] = true });

        Assert.Equal(refusal is null ? 200 : id == "anothers" ? 404 : 409, status);
        Assert.Contains(refusal ?? "followed", body.ToString(), StringComparison.Ordinal);
        if (refusal is null)
            await play.UntilAsync(id, job => ServedPlay.StateOf(job) == "delivered");
        else if (id == "anothers")
            Assert.Equal(404, (await play.PostAsync($"/api/jobs/{id}/cancel", new JsonObject())).Status);
        Assert.Equal(refusal is null ? 1 : 0, simulator.Submits);
    }

    [Fact]
    public async Task A_lost_receipt_is_a_doubt_and_nothing_is_sent_again()
    {
        var before = fixture.Simulator.Submits;
        fixture.Simulator.AddFault(new SimulatorFault { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true });
        var quote = await Play.QuoteAsync(ServedPlay.Draft(ServedPlay.Input("lost"), key: "the-key-of-lost-0001"));

        var (_, run) = await Play.PostAsync("/api/runs", new JsonObject { ["quote"] = quote });
        await Play.UntilAsync(run.GetProperty("job").GetString()!, job => ServedPlay.StateOf(job) == "in_doubt");
        var (_, again) = await Play.PostAsync("/api/runs", new JsonObject { ["quote"] = quote });

        Assert.Equal(run.GetProperty("job").GetString(), again.GetProperty("job").GetString());
        Assert.Equal(before + 1, fixture.Simulator.Submits);
    }

    [Fact]
    public async Task A_job_that_was_left_is_resumed_by_the_next_playground()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--server", fixture.Simulator.BaseUrl.ToString(), "--out", Path.Combine(folder.Path, "out")];
        var temporary = Directory.CreateDirectory(Path.Combine(folder.Path, "temporary"));
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary.FullName, ["TMP"] = temporary.FullName };
        string id;
        using (var first = await ServedPlay.StartAsync(arguments, environment))
        {
            var (_, run) = await first.PostAsync("/api/runs", new JsonObject { ["quote"] = await first.QuoteAsync(ServedPlay.Draft()) });
            id = run.GetProperty("job").GetString()!;
            await first.UntilAsync(id, job => ServedPlay.StateOf(job) == "accepted");
            first.Process.Kill();
        }
        var submits = fixture.Simulator.Submits;
        using var second = await ServedPlay.StartAsync(arguments, environment);
        // The files that were dropped on the first one are private.
        Assert.Single(temporary.EnumerateDirectories("zoetrope-play-*"));
        Assert.False((await second.JsonAsync($"/api/jobs/{id}")).GetProperty("followed").GetBoolean());

        // The draft whose response was lost is the same job for this one, and another input of it is not.
        foreach (var (prompt, expected) in new[] { ("She waves", 200), ("She runs", 409) })
        {
            var quote = await second.QuoteAsync(ServedPlay.Draft(ServedPlay.Input(prompt)));
            var (status, run) = await second.PostAsync("/api/runs", new JsonObject { ["quote"] = quote });
            Assert.Equal((expected, id), (status, run.GetProperty("job").GetString()));
        }
        Assert.Equal(200, (await second.PostAsync($"/api/jobs/{id}/resume", new JsonObject())).Status);
        fixture.End();
        var job = await second.UntilAsync(id, job => ServedPlay.StateOf(job) == "delivered");

        Assert.Equal(submits, fixture.Simulator.Submits);
        using var file = await second.Client.GetAsync("/" + job.GetProperty("outputs")[0].GetProperty("url").GetString(), Token);
        Assert.Equal("video/mp4", file.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_job_that_was_left_ends_where_it_is_canceled()
    {
        using var folder = new TemporaryFolder();
        var (_, run) = await Play.PostAsync(
            "/api/runs", new JsonObject { ["quote"] = await Play.QuoteAsync(ServedPlay.Draft(ServedPlay.Input("left"), key: "the-key-of-left-0001")) });
        var accepted = await Play.UntilAsync(run.GetProperty("job").GetString()!, job => ServedPlay.StateOf(job) == "accepted");
        const string id = "left";
        var providerId = accepted.GetProperty("job").GetProperty("handle").GetString()!.Split(':')[2];
        // Another ledger has the same job, and nobody follows it there.
        var lines = folder.Write(
            "import.jsonl",
            new RecordedJob(id) { Batch = "playground", State = "accepted", ProviderId = providerId }.Line()
                + new RecordedJob("other") { State = "accepted" }.Line());
        (await CliProcess.RunAsync(["jobs", "import", lines, "--ledger", Path.Combine(folder.Path, "zoetrope.db")])).Exits(0);
        using var play = await ServedPlay.StartAsync(["--server", fixture.Simulator.BaseUrl.ToString(), "--out", folder.Path]);
        var path = $"/api/history?job={id}&job=other&job=unknown";
        var left = Assert.Single((await play.JsonAsync(path)).GetProperty("items").EnumerateArray());
        Assert.Equal((id, "accepted"), (left.GetProperty("job").GetProperty("id").GetString(), ServedPlay.StateOf(left)));
        Assert.False(left.GetProperty("followed").GetBoolean());

        Assert.Equal(200, (await play.PostAsync($"/api/jobs/{id}/cancel", new JsonObject())).Status);

        await play.UntilAsync(id, job => ServedPlay.StateOf(job) == "canceled");
        Assert.Equal("canceled", ServedPlay.StateOf((await play.JsonAsync(path)).GetProperty("items")[0]));
    }

    private async Task<HttpClient> OpenedAsync()
    {
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Play.Page };
        using var opened = await browser.GetAsync(Play.Url, Token);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        return browser;
    }

    /// <summary>A body of a length, of which nothing is sent.</summary>
    private sealed class EmptyContent(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long size)
        {
            size = length;
            return true;
        }
    }
}
