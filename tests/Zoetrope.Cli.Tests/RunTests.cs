using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>Jobs that go well.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zoetrope-").FullName;
    private MediaSimulator _simulator = null!;

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_result_is_printed_as_JSON_and_the_progress_as_plain_lines(string provider)
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider));

        result.Exits(0).Says("handle: " + provider + ":").Says("completed, ");
        Assert.StartsWith(_simulator.BaseUrl.ToString(), VideoUrl(result), StringComparison.Ordinal);
        Assert.DoesNotContain(result.ErrorLines, line => line.Contains('\u001b'));
        Assert.Equal(1, _simulator.Submits);
        Assert.Equal(1, _simulator.CountsOf(provider).Accepted);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task Output_saves_the_bytes_that_the_result_points_to(string provider)
    {
        var path = Path.Combine(_folder, "clip.mp4");

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider, "--output", path));

        result.Exits(0).Says($"saved: {path}");
        using var http = new HttpClient();
        Assert.Equal(await http.GetByteArrayAsync(VideoUrl(result)), await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task An_output_without_extension_gets_the_one_of_the_media_type(string provider)
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider, "--output", Path.Combine(_folder, "clip")));

        result.Exits(0);
        Assert.Equal([Path.Combine(_folder, "clip.mp4")], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("flux-2-pro", "fal", "prompt=A zoetrope", "width=1024", "height=768", "safety_tolerance=2")]
    [InlineData("flux-2-pro", "bfl", "prompt=A zoetrope", "width=1024", "height=768", "output_format=png")]
    [InlineData("flux-2-pro", "replicate", "prompt=A zoetrope", "width=1024", "height=768", "output_format=jpeg")]
    [InlineData("image-to-video", "runway", "image_url=https://example.com/a.png", "duration=5", "aspect_ratio=9:16")]
    [InlineData("image-to-video", "luma", "image_url=https://example.com/a.png", "duration=9", "aspect_ratio=9:16")]
    public async Task A_neutral_model_runs_at_each_of_its_providers(string model, string provider, params string[] inputs)
    {
        var result = await CliProcess.RunAsync(
            ["run", model, "--simulate", "--provider", provider, .. inputs.SelectMany(input => new[] { "--input", input })]);

        result.Exits(0).Says("handle: " + provider + ":").Says("completed");
        Assert.Contains("\"url\"", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_folder_takes_the_files_own_name()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", _folder));

        result.Exits(0);
        var saved = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(".mp4", Path.GetExtension(saved));
        Assert.True(new FileInfo(saved).Length > 0);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task The_result_says_where_its_files_were_saved(string provider)
    {
        var path = Path.Combine(_folder, "clip.mp4");

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider, "--output", path));

        Assert.Equal([path], result.Exits(0).Json().GetProperty("saved").EnumerateArray().Select(saved => saved.GetString()));
        Assert.StartsWith(_simulator.BaseUrl.ToString(), VideoUrl(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_exists_is_refused_before_anything_is_paid()
    {
        var path = Path.Combine(_folder, "clip.mp4");
        await File.WriteAllTextAsync(path, "mine", TestContext.Current.CancellationToken);

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", path));

        result.Exits(2).Says($"--output: '{path}' already exists");
        Assert.Empty(_simulator.Requests);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", "output")]
    [InlineData("clip", "clip")]
    public async Task A_name_that_only_the_result_has_gets_a_number_where_it_is_taken(string output, string name)
    {
        foreach (var taken in new[] { $"{name}.mp4", $"{name}-2.mp4" })
            await File.WriteAllTextAsync(Path.Combine(_folder, taken), "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_folder, $"{name}-3.mp4"), "nowhere");

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", Path.Combine(_folder, output)));

        result.Exits(0).Says($"'{Path.Combine(_folder, name + ".mp4")}' already exists and is kept.").Says($"saved: {Path.Combine(_folder, name + "-4.mp4")}");
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder).Length);
        Assert.All(new[] { $"{name}.mp4", $"{name}-2.mp4" }, taken => Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, taken))));
        Assert.Equal("nowhere", new FileInfo(Path.Combine(_folder, $"{name}-3.mp4")).LinkTarget);
    }

    [Fact]
    public async Task A_file_that_cannot_be_fetched_leaves_nothing()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 404, Operation = SimulatorOperation.File });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", _folder));

        result.Exits(3).Says("resume with: ");
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("fal", "FAL_BASE_URL")]
    [InlineData("eachlabs", "EACHLABS_BASE_URL")]
    public async Task The_environment_names_a_server(string provider, string variable)
    {
        var result = await CliProcess.RunAsync(
            ["run", Kling.Neutral, "--provider", provider, "--input", Kling.Image, "--input", Kling.Prompt, "--no-wait"],
            new Dictionary<string, string> { [variable] = _simulator.BaseUrl.ToString() });
        var resumed =
            await CliProcess.RunAsync(["resume", result.Exits(0).Handle()], new Dictionary<string, string> { [variable] = _simulator.BaseUrl.ToString() });

        resumed.Exits(0);
        Assert.Equal(1, _simulator.CountsOf(provider).Accepted);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("http://192.168.1.7:8787")]
    [InlineData("localhost:8787")]
    [InlineData("ftp://localhost")]
    public async Task A_server_of_the_environment_that_is_not_safe_is_refused(string url)
    {
        var result = await CliProcess.RunAsync(
            [
                "run",
                Kling.Neutral,
                "--input",
                Kling.Image,
                "--input",
                Kling.Prompt
            ], new Dictionary<string, string> { ["FAL_BASE_URL"] = url, ["FAL_KEY"] = "a:key" });

        result.Exits(2).Says("The environment variable FAL_BASE_URL must be ");
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_refused_before_anything_is_paid()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", Path.Combine(_folder, "missing", "clip.mp4")));

        result.Exits(2).Says("--output: ");
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task An_endpoint_id_runs_at_its_provider()
    {
        var result = await CliProcess.RunAsync(
            "run", Kling.FalEndpoint, "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(0).Says("handle: fal:" + Kling.FalEndpoint);
        Assert.StartsWith(_simulator.BaseUrl.ToString(), VideoUrl(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neutral_model_prefers_fal()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator));

        result.Exits(0).Says("handle: fal:");
        Assert.Equal(0, _simulator.CountsOf("eachlabs").Submits);
    }

    [Fact]
    public async Task A_neutral_model_falls_back_when_the_first_provider_surely_did_not_accept_and_says_so()
    {
        _simulator.AddFault(
            new SimulatorFault { Kind = FaultKind.Status, StatusCode = 402, Provider = "fal", Operation = SimulatorOperation.Submit, Times = 10 });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator));

        result.Exits(0).Says("warning: ").Says("handle: eachlabs:");
        Assert.Equal(0, _simulator.CountsOf("fal").Accepted);
        Assert.Equal(1, _simulator.CountsOf("eachlabs").Accepted);
    }

    [Fact]
    public async Task A_named_provider_is_the_only_one()
    {
        _simulator.AddFault(
            new SimulatorFault { Kind = FaultKind.Status, StatusCode = 402, Provider = "fal", Operation = SimulatorOperation.Submit, Times = 10 });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "fal"));

        result.Exits(3);
        Assert.Equal(0, _simulator.CountsOf("eachlabs").Submits);
    }

    [Fact]
    public async Task What_only_one_provider_cannot_take_goes_to_the_other()
    {
        var shots = string.Join(',', Enumerable.Repeat("""{"prompt":"a"}""", 6));

        var result = await CliProcess.RunAsync(
            "run", Kling.Neutral, "--input", Kling.Image, "--input", $"multi_prompt=[{shots}]", "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(0).Says("handle: fal:");
        Assert.Equal(0, _simulator.CountsOf("eachlabs").Submits);
    }

    [Theory]
    [InlineData("eachlabs", "--deny", "fal")]
    [InlineData("fal", "--policy", "preferred")]
    [InlineData("fal", "--policy", "cheapest")]
    public async Task The_policy_chooses_the_provider_of_a_neutral_model(string provider, params string[] options)
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, options));

        result.Exits(0).Says($"handle: {provider}:");
        Assert.Equal(provider == "fal" ? 0 : 1, _simulator.CountsOf("eachlabs").Submits);
    }

    [Fact]
    public async Task The_cost_is_reported_where_the_provider_reports_it()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "eachlabs"));

        result.Exits(0).Says("cost $");
    }

    [Fact]
    public async Task The_embedded_simulator_takes_over_where_there_is_no_key_and_says_so()
    {
        var result = await CliProcess.RunAsync("run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt);

        result.Exits(0).Says("No key is in the environment").Says("Using the embedded simulator").Says("The links in the result work only until this command");
        Assert.Equal(JsonValueKind.String, result.Json().GetProperty("video").GetProperty("url").ValueKind);
    }

    [Fact]
    public async Task Simulate_wins_over_a_key()
    {
        var result = await CliProcess.RunAsync(
            ["run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt, "--simulate"], new Dictionary<string, string> { ["FAL_KEY"] = "bad-key" });

        result.Exits(0).Says("Using the embedded simulator");
    }

    [Fact]
    public async Task Nothing_of_a_simulation_goes_through_a_proxy()
    {
        using var proxy = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        proxy.Start();
        var address = $"http://{proxy.LocalEndpoint}";
        var environment = new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY" }.ToDictionary(name => name, _ => address);

        var simulated = await CliProcess.RunAsync(
            ["run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt, "--simulate", "--output", Path.Combine(_folder, "clip.mp4")], environment);
        var local = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", Path.Combine(_folder, "other.mp4")), environment);

        simulated.Exits(0);
        local.Exits(0);
        Assert.False(proxy.Pending());
    }

    private static string VideoUrl(CliResult result) => result.Json().GetProperty("video").GetProperty("url").GetString()!;
}
