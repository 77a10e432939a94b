using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zoetrope.Errors;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Simulator;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Hosting.Tests;

/// <summary>The log has what happens to jobs: with ids that stay, without keys, and without what users wrote.</summary>
public sealed class LogTests
{
    private const string Prompt = "a secret unicorn";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_in_the_log_from_its_submit_to_its_cost()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.FromMilliseconds(20), JobDuration = TimeSpan.FromMilliseconds(20) }, Token);
        await using var services = new TestServices(TestServices.At(simulator.BaseUrl), services => services.AddFal());

        var result = await services.Get<FalClient>().KlingVideoO3ProImageToVideo.RunAsync(
            new() { ImageUrl = "https://example.com/a.png", Prompt = Prompt }, null, new() { PollInterval = TimeSpan.FromMilliseconds(5) }, Token);

        // Whether a state between them is seen depends on when it is asked for.
        Assert.Equal([1, 3, 8, 12], services.Log.Select(static entry => entry.Id).Where(static id => id != 7));
        var text = string.Join('\n', services.Log.Select(static entry => entry.Text));
        Assert.Contains($"Zoetrope.Fal: fal accepted the job {result.Handle}", text);
        Assert.Contains("is reported as Completed", text);
        Assert.Contains("Cost: 5 units", text);
        Assert.DoesNotContain("secret", text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refusals_and_inputs_are_in_the_log_only_where_that_is_asked_for(bool isSetting)
    {
        await using var server = new FakeServer(Reply(422, $$"""{"detail":"The prompt '{{Prompt}}' of {{TestServices.Key}} is not nice."}"""));
        var settings = TestServices.At(server.Url);
        settings["Zoetrope:Fal:loud:BaseUrl"] = server.Url.ToString();
        settings["Zoetrope:Fal:loud:ApiKey"] = TestServices.Key;
        settings["Zoetrope:Fal:loud:LogInputs"] = isSetting.ToString();
        await using var services = new TestServices(settings, services =>
        {
            services.AddFal();
            var loud = services.AddFal("loud");
            if (!isSetting)
                loud.LogInputs();
        });

        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(services.Get<FalClient>()));
        var quiet = string.Concat(services.Log.Select(static entry => entry.Text));
        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(services.Get<FalClient>("loud")));

        Assert.Contains("fal did not accept a job for some/model: 422", quiet);
        Assert.DoesNotContain("unicorn", quiet);
        Assert.Equal([1, 5, 1, 2, 5], services.Log.Select(static entry => entry.Id));
        Assert.Equal(2, services.Log.Count(static entry => entry.Text.Contains("unicorn", StringComparison.Ordinal)));
        Assert.DoesNotContain(services.Log, static entry => entry.Text.Contains("key-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retries_doubt_failed_polls_and_cancels_are_in_the_log()
    {
        await using var server = new FakeServer(
            Reply(429, "{}", "Retry-After: 0"), Reply(200, """{"request_id":"job-1"}"""), Reply(503, "{}"),
            Reply(200, """{"request_id":"job-1","status":"IN_PROGRESS"}"""), Reply(200, """{"request_id":"job-1","status":"COMPLETED"}"""), Reply(200, "{}"),
            Reply(500, "{}"), Reply(202, """{"status":"CANCELLATION_REQUESTED"}"""), Raw(""));
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();

        var job = await SubmitAsync(fal);
        await job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(1) }, Token);
        await Assert.ThrowsAsync<CancelFailedException>(() => job.CancelAsync(Token));
        await job.CancelAsync(Token);
        var doubt = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.False(doubt.WasNotAccepted);
        Assert.Equal(
            [
                (1, LogLevel.Debug), (4, LogLevel.Warning), (3, LogLevel.Information), (9, LogLevel.Warning), (7, LogLevel.Debug), (8, LogLevel.Information),
                (12, LogLevel.Information), (11, LogLevel.Warning), (10, LogLevel.Information), (1, LogLevel.Debug), (6, LogLevel.Error),
            ],
            services.Log.Select(static entry => (entry.Id, entry.Level)));
    }

    [Fact]
    public async Task Each_client_has_a_log_of_its_own_with_what_will_be_gone()
    {
        await using var server = new FakeServer(Reply(404, "{}", "Deprecation: @1700000000"));
        var settings = TestServices.At(server.Url, "Fal:eu");
        var notices = new List<DeprecationNotice>();
        await using var services = new TestServices(settings, services => services.AddFal("eu", options => options.OnDeprecation = notices.Add));

        await TestServices.AskAsync(services.Get<FalClient>("eu"));

        var entry = Assert.Single(services.Log);
        Assert.Equal((17, LogLevel.Warning), (entry.Id, entry.Level));
        Assert.StartsWith("Zoetrope.Fal.eu: fal: ", entry.Text);
        Assert.Contains("is deprecated as of 2023-11-14", entry.Text);
        Assert.Single(notices);
    }

    [Fact]
    public async Task Http_clients_log_nothing_of_their_own()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        var all = new List<string>();
        await using var services = new TestServices(TestServices.At(server.Url), services =>
        {
            services.AddFal();
            services.AddLogging(logging => logging.AddProvider(new Everything(all)));
        });

        await TestServices.AskAsync(services.Get<FalClient>());

        Assert.DoesNotContain(all, static category => category.StartsWith("System.Net.Http", StringComparison.Ordinal));
    }

    private static Task<Clients.Job<RawJson>> SubmitAsync(FalClient fal) =>
        fal.SubmitAsync("some/model", RawJson.Parse($$"""{"prompt":"{{Prompt}}"}"""), null, Token);

    private sealed class Everything(List<string> categories) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName)
        {
            categories.Add(categoryName);
            return Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        }

        public void Dispose()
        {
        }
    }
}
