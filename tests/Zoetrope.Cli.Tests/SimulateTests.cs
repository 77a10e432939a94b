namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope simulate</c> with the documents, times and faults that the user gives.</summary>
public sealed class SimulateTests
{
    [Fact]
    public async Task Documents_times_and_faults_are_the_users_and_requests_are_shown()
    {
        using var specs = new OwnDocument("fal-ai/flux/dev");
        using var simulator = CliProcess.Start(
            [
                "simulate", "--port", "0", "--specs", specs.Folder, "--queue-time", "0", "--job-time", "1h", "--log",
                "--fail", "malformed", "--fail", """{"kind":"status","operation":"submit","status_code":402,"times":1}""",
            ],
            collectOutput: false);
        var address = (await simulator.Output.ReadLineAsync())!;
        string[] run = ["run", "fal-ai/flux/dev", "--provider", "fal", "--input", "prompt=x", "--base-url", address, "--no-wait"];

        var malformed = await CliProcess.RunAsync(run);
        var refused = await CliProcess.RunAsync(run);
        var accepted = await CliProcess.RunAsync(run);

        malformed.Exits(5);
        refused.Exits(3).Says("fal did not accept the job");
        accepted.Exits(0);
        var mistyped = await CliProcess.RunAsync(["run", "fal-ai/flux/dew", "--provider", "fal", "--input", "prompt=x", "--base-url", address]);
        Assert.Contains(mistyped.Exits(3).ErrorLines, line => line.Contains("Did you mean 'fal-ai/flux/dev'?", StringComparison.Ordinal));
        // What only this build has a document of is played as well, and what nobody has a document of.
        (await CliProcess.RunAsync(
            ["run", Kling.FalEndpoint, "--provider", "fal", "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", address, "--no-wait"])).Exits(0);
        (await CliProcess.RunAsync(["run", "fal-ai/other", "--provider", "fal", "--input", "prompt=x", "--base-url", address, "--no-wait"])).Exits(0);
        // Jobs run long enough to be canceled by hand.
        var cancelled = await CliProcess.RunAsync("cancel", accepted.Handle(), "--base-url", address);
        Assert.Equal("requested", cancelled.Exits(0).Json().GetProperty("outcome").GetString());
        await simulator.InterruptAsync();
        var ended = (await simulator.FinishAsync()).Exits(0);
        ended
            .Says("warning: the simulator has no document of 'fal-ai/other'")
            .Says("POST /fal-ai/flux/dev Malformed 200")
            .Says("POST /fal-ai/flux/dev Status 402")
            .Says("POST /fal-ai/flux/dev 200")
            .Says("PUT /fal-ai/flux/requests/");
    }

    [Fact]
    public async Task Only_documented_endpoints_are_played_where_that_is_asked_for()
    {
        using var simulator = CliProcess.Start(["simulate", "--port", "0", "--documented-only"], collectOutput: false);
        var address = (await simulator.Output.ReadLineAsync())!;

        var refused = await CliProcess.RunAsync("run", "fal-ai/other", "--provider", "fal", "--input", "prompt=x", "--base-url", address);

        const string Reason = "Application 'fal-ai/other' not found. This simulator has no document of it.";
        Assert.Contains(refused.Exits(3).ErrorLines, line => line.Contains(Reason, StringComparison.Ordinal));
        await simulator.InterruptAsync();
        (await simulator.FinishAsync()).Exits(0);
    }

    [Fact]
    public async Task A_run_that_asks_for_the_simulator_has_it_play_any_endpoint()
    {
        var run = await CliProcess.RunAsync("run", "fal-ai/flux/dev", "--provider", "fal", "--input", "prompt=x", "--simulate");

        run.Exits(0).Says("warning: the simulator has no document of 'fal-ai/flux/dev'");
        Assert.StartsWith("http", run.Json().GetProperty("images")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_webhook_reaches_a_receiver_on_this_machine_whatever_proxy_there_is()
    {
        using var receiver = new System.Net.HttpListener();
        var port = FreePort();
        receiver.Prefixes.Add($"http://127.0.0.1:{port}/");
        receiver.Start();
        using var simulator = CliProcess.Start(
            ["simulate", "--port", "0", "--queue-time", "0", "--job-time", "0"],
            new Dictionary<string, string> { ["http_proxy"] = "http://127.0.0.1:1", ["ALL_PROXY"] = "http://127.0.0.1:1" },
            collectOutput: false);
        var address = (await simulator.Output.ReadLineAsync())!;
        using var http = new HttpClient();
        using var submit = new HttpRequestMessage(HttpMethod.Post, $"{address}/{Kling.FalEndpoint}?fal_webhook=http://127.0.0.1:{port}/hook")
        {
            Content = new StringContent($$"""{"image_url":"{{Kling.ImageUrl}}","prompt":"x"}"""),
        };
        submit.Headers.Authorization = new("Key", "any");

        using var accepted = await http.SendAsync(submit, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)accepted.StatusCode);
        var posted = await receiver.GetContextAsync().WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        Assert.Equal(("POST", "/hook"), (posted.Request.HttpMethod, posted.Request.RawUrl));
        posted.Response.Close();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Fact]
    public async Task A_document_that_cannot_be_used_is_named()
    {
        using var specs = new OwnDocument("fal-ai/flux/dev");
        await File.WriteAllTextAsync(Path.Combine(specs.Folder, "broken.json"), "{", TestContext.Current.CancellationToken);

        (await CliProcess.RunAsync("simulate", "--port", "0", "--specs", specs.Folder)).Exits(2).Says("--specs: broken.json: ");
    }

    [Fact]
    public async Task The_limits_of_documents_are_enforced_when_asked()
    {
        using var simulator = CliProcess.Start(["simulate", "--port", "0", "--job-time", "1h", "--limits"], collectOutput: false);
        var address = (await simulator.Output.ReadLineAsync())!;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-API-Key", "any");
        var statuses = new List<int>();
        for (var i = 0; i < 11; i++)
        {
            using var content = new StringContent(
                $$$"""{"model":"kling-o3-pro-image-to-video","input":{"image_url":"{{{Kling.ImageUrl}}}","prompt":"x"}}""");
            using var response = await http.PostAsync(new Uri(address + "/v1/prediction"), content, TestContext.Current.CancellationToken);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(200, 10), 429], statuses);
        await simulator.InterruptAsync();
        (await simulator.FinishAsync()).Exits(0);
    }

    [Fact]
    public async Task A_fixture_is_played_back_and_what_it_does_not_have_is_shown()
    {
        const string Fixture = """
            {"zoetrope_fixture":1,"exchanges":[
              {"request":{"method":"POST","url":"https://queue.fal.run/fal-ai/flux/dev","json":{"prompt":"x"}},
               "response":{"status":200,"after_ms":0,"headers":{"Content-Type":"application/json"},"json":{"request_id":"job-1","status":"IN_QUEUE"}}},
              {"request":{"method":"GET","url":"https://queue.fal.run/fal-ai/flux/requests/job-1/status?logs=1"},
               "response":{"status":200,"after_ms":0,"headers":{"Content-Type":"application/json"},"json":{"request_id":"job-1","status":"COMPLETED"}}},
              {"request":{"method":"GET","url":"https://queue.fal.run/fal-ai/flux/requests/job-1"},
               "response":{"status":200,"after_ms":0,"headers":{"Content-Type":"application/json"},"json":{"text":"recorded"}}}]}
            """;
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "run.json");
        await File.WriteAllTextAsync(path, Fixture, TestContext.Current.CancellationToken);
        using var simulator = CliProcess.Start(["simulate", "--port", "0", "--replay", path], collectOutput: false);
        var address = (await simulator.Output.ReadLineAsync())!;

        var played = await CliProcess.RunAsync("run", "fal-ai/flux/dev", "--provider", "fal", "--input", "prompt=x", "--base-url", address);
        var other = await CliProcess.RunAsync("run", "fal-ai/flux/dev", "--provider", "fal", "--input", "prompt=y", "--base-url", address);

        Assert.Contains("recorded", played.Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("body at /prompt: recorded \"x\", sent \"y\"", string.Join('\n', other.Exits(3).ErrorLines), StringComparison.Ordinal);
        await simulator.InterruptAsync();
        (await simulator.FinishAsync()).Exits(0).Says("No recorded request matches POST https://queue.fal.run/fal-ai/flux/dev. The nearest is number 1");
    }

    [Theory]
    [InlineData("--replay: ", "--replay", "no-such-file.json")]
    [InlineData("--job-time: has no meaning with --replay", "--replay", "a.json", "--job-time", "1s")]
    [InlineData("--fail: has no meaning with --replay", "--replay", "a.json", "--fail", "reset")]
    [InlineData("--original-timing: needs --replay", "--original-timing")]
    public async Task A_replay_that_makes_no_sense_is_refused(string problem, params string[] arguments) =>
        (await CliProcess.RunAsync(["simulate", "--port", "0", .. arguments])).Exits(2).Says(problem);
}
