using System.Text.Json;
using System.Text.RegularExpressions;
using Zoetrope.Simulator;

namespace Zoetrope.Packaging.Tests.Samples;

/// <summary>The samples and templates without pages, as native programs against the simulator.</summary>
public sealed partial class SampleTests(PackedPackages packages, SampleProjects samples)
{
    private const string Prompt = "The character walks forward";

    // The first bytes of a PNG: what a picture is recognized by.
    internal static readonly byte[] Png =
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 4, 0, 0, 0, 4, 0, 8, 2, 0, 0, 0, 0xF0, 0x7F, 0xBC, 0xD4,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_console_app_makes_a_video_of_a_file_and_says_what_is_not_valid_before_it_sends()
    {
        var app = await samples.FromTemplateAsync(packages, "zoetrope-console");
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "a.png"), Png, Token);

        var invalid = await Command.RunAsync(app, ["a.png", new string('x', 2501), "video.mp4"], folder.Path, Environment(simulator));
        Assert.Equal(1, invalid.ExitCode);
        Assert.Contains("prompt", invalid.Error, StringComparison.Ordinal);
        Assert.Empty(simulator.Requests);
        var unknown = await Command.RunAsync(app, ["--resume", "nonsense", "video.mp4"], folder.Path, Environment(simulator));
        Assert.Equal(1, unknown.ExitCode);
        Assert.Equal(2, (await Command.RunAsync(app, [], folder.Path, Environment(simulator))).ExitCode);

        var run = await Command.RunAsync(app, ["a.png", Prompt, "video.mp4"], folder.Path, Environment(simulator));

        Assert.True(run.ExitCode == 0, run.All);
        Assert.True(new FileInfo(run.Output.Trim()).Length > 0);
        Assert.Equal(1, simulator.Submits);
    }

    [Fact]
    public async Task The_console_app_is_stopped_and_resumes_its_job()
    {
        var app = await samples.FromTemplateAsync(packages, "zoetrope-console");
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.FromSeconds(2) }, Token);
        using var folder = new TemporaryFolder();

        string handle;
        await using (var run = RunningProgram.Start(app, folder.Path, ["https://example.com/a.png", Prompt, "video.mp4"], Environment(simulator)))
        {
            handle = (await run.ErrorLineAsync("Submitted: ")).Split(": ", 2)[1];
            await run.SignalAsync("INT");
            Assert.Equal(130, await run.ExitAsync());
        }
        var resumed = await Command.RunAsync(app, ["--resume", handle, "video.mp4"], folder.Path, Environment(simulator));

        Assert.True(resumed.ExitCode == 0, resumed.All);
        Assert.True(File.Exists(Path.Combine(folder.Path, "video.mp4")));
        Assert.Equal(1, simulator.Submits);
    }

    [Fact]
    public async Task The_worker_is_killed_in_the_middle_of_a_job_and_pays_once()
    {
        var app = await samples.FromTemplateAsync(packages, "zoetrope-worker");
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.FromSeconds(2) }, Token);
        using var folder = new TemporaryFolder();
        var videos = new DirectoryInfo(Path.Combine(folder.Path, "videos"));
        folder.Write("orders/first.json", $$"""{ "image_url": "https://example.com/a.png", "prompt": "{{Prompt}}" }""");
        folder.Write("orders/second.json", """{ "image_url": "https://example.com/a.png" }""");
        folder.Write("orders/third.json", "{");

        await using (var run = RunningProgram.Start(app, folder.Path, [], Environment(simulator)))
        {
            await run.LineAsync("The order first.json is the job ");
            Assert.Contains("prompt", await run.LineAsync("second.json was refused"), StringComparison.Ordinal);
            await run.LineAsync("third.json was refused");
            await UntilAsync(() => simulator.Submits == 1);
            await run.SignalAsync("KILL");
            await run.ExitAsync();
        }
        // What was taken before a crash may be found again.
        File.Move(Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "orders/taken"))), Path.Combine(folder.Path, "orders/first.json"));
        await using (var run = RunningProgram.Start(app, folder.Path, [], Environment(simulator)))
        {
            await run.LineAsync("The order first.json is the job ");
            await UntilAsync(() => Directory.Exists(videos.FullName) && videos.GetFiles("first-*.mp4").Length == 1);
            Assert.Equal(1, simulator.Submits);
            // Another order may have the name of an earlier one.
            var other = folder.Write("first.json", """{ "image_url": "https://example.com/b.png", "prompt": "She turns" }""");
            File.Move(other, Path.Combine(folder.Path, "orders/first.json"));
            await UntilAsync(() => videos.GetFiles("first-*.mp4").Length == 2);
            await run.SignalAsync("TERM");
            Assert.Equal(0, await run.ExitAsync());
        }

        Assert.Equal(2, simulator.Submits);
        Assert.Equal(["second.json", "third.json"], Directory.GetFiles(Path.Combine(folder.Path, "orders/refused")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_function_submits_on_one_event_and_has_the_video_on_a_later_one()
    {
        var app = await samples.PublishedAsync(packages, "VideoFunction", "bootstrap");
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
        using var folder = new TemporaryFolder();

        var submitted = await ReplyAsync($$"""{ "picture": "https://example.com/a.png", "prompt": "{{Prompt}}" }""");
        var completed = await ReplyAsync($$"""{ "handle": "{{submitted.GetProperty("handle").GetString()}}" }""");

        Assert.Equal("completed", completed.GetProperty("state").GetString());
        Assert.StartsWith(simulator.BaseUrl + "files/", completed.GetProperty("video").GetString(), StringComparison.Ordinal);
        var tooLong = $$"""{ "picture": "https://example.com/a.png", "prompt": "{{new string('x', 2501)}}" }""";
        foreach (var invalid in new[] { """{ "handle": "nonsense" }""", "{}", tooLong })
            Assert.Equal("invalid", (await ReplyAsync(invalid)).GetProperty("state").GetString());
        Assert.Equal("JsonException", (await ReplyAsync("[", "error")).GetProperty("errorType").GetString());
        Assert.Equal(1, simulator.Submits);

        // What the function posts to Lambda for an event.
        async Task<JsonElement> ReplyAsync(string order, string kind = "response")
        {
            var posted = new TaskCompletionSource<string>();
            await using var lambda = new FakeServer(
                FakeServer.Reply(200, order, "Lambda-Runtime-Aws-Request-Id: one"),
                exchange =>
                {
                    posted.SetResult(exchange.Request);
                    return exchange.ReplyAsync(202, "");
                },
                FakeServer.Hang);
            await using var function = RunningProgram.Start(
                app, folder.Path, [], [.. Environment(simulator), ("AWS_LAMBDA_RUNTIME_API", lambda.Url.Authority)]);
            var request = await posted.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
            Assert.StartsWith($"POST /2018-06-01/runtime/invocation/one/{kind} ", request, StringComparison.Ordinal);
            return JsonDocument.Parse(request[request.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]).RootElement;
        }
    }

    [Fact]
    public async Task The_program_of_one_file_makes_a_video()
    {
        var folder = samples.Copy(packages, "", "*.cs");
        await File.WriteAllBytesAsync(Path.Combine(folder, "a.png"), Png, Token);
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);

        var run = await Command.RunAsync("dotnet", ["run", "video.cs", "--", "a.png", Prompt], folder, Environment(simulator));

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(Assert.Single(Directory.GetFiles(folder, "video-*.mp4")), run.Output.Trim());
        Assert.StartsWith("fal:", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, simulator.Submits);
    }

    /// <summary>A sample that names another version than the packages were built and tested with is one that nobody ran.</summary>
    [Fact]
    public void Samples_name_the_versions_of_the_repository()
    {
        var central = Versions().Matches(File.ReadAllText(Repository.PathOf("Directory.Packages.props"))).ToDictionary(
            match => match.Groups[1].Value, match => match.Groups[2].Value);
        var named = Directory.EnumerateFiles(Repository.PathOf("samples"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => Versions().Matches(File.ReadAllText(project)))
            .Where(match => !match.Groups[1].Value.StartsWith("Zoetrope", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.Equal(central[match.Groups[1].Value], match.Groups[2].Value));
    }

    internal static (string Name, string Value)[] Environment(MediaSimulator simulator) =>
        [("FAL_KEY", "any"), ("FAL_BASE_URL", simulator.BaseUrl.AbsoluteUri)];

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!happened())
            await Task.Delay(50, limit.Token);
    }

    [GeneratedRegex("""<Package(?:Version|Reference) Include="([^"]+)" Version="([^"]+)" />""")]
    private static partial Regex Versions();
}
