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
        (await CliProcess.RunAsync(["run", "fal-ai/other", "--provider", "fal", "--input", "prompt=x", "--base-url", address])).Exits(3);
        // Jobs run long enough to be cancelled by hand.
        var cancelled = await CliProcess.RunAsync("cancel", accepted.Handle(), "--base-url", address);
        Assert.Equal("requested", cancelled.Exits(0).Json().GetProperty("outcome").GetString());
        await simulator.InterruptAsync();
        var ended = (await simulator.FinishAsync()).Exits(0);
        ended
            .Says("POST /fal-ai/flux/dev Malformed 200")
            .Says("POST /fal-ai/flux/dev Status 402")
            .Says("POST /fal-ai/flux/dev 200")
            .Says("PUT /fal-ai/flux/requests/");
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
}
