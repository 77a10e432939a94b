using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>A key is one job, a job is paid once, and the limit holds, whichever calls, servers and commands meet.</summary>
public sealed class MoneyTests : ToolTest
{
    private const string Key = ",\"key\":\"k\"";

    [Fact]
    public async Task Calls_at_the_same_time_with_one_key_are_one_job_also_with_other_inputs_and_providers_and_at_two_servers()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var runs = new[] { "a", "b", "c", "d" }.Select(prompt => Run(prompt, Key)).Append(AtEachlabs(Run("a", Key))).ToList();

        var calls = await Task.WhenAll(
            runs.SelectMany(run => new[] { one, other }.Select(server => ToolClient.CallAsync(server.Client, "run_model", run, null))));

        Assert.Equal(1, Simulator.Submits);
        var paid = calls.Where(call => !call.IsError).ToList();
        var job = Assert.Single(paid.Select(call => Text(call.Content, "job")).Distinct());
        // Both servers have had the same call, and each other one is an error that names the job.
        foreach (var error in calls.Where(call => call.IsError).Select(call => call.Content.GetProperty("error")))
            Assert.Equal(("key_conflict", job), (Text(error, "code"), Text(error, "job")));
        Assert.Equal(2, paid.Count);
        Assert.Equal(job, Text(Assert.Single((await one.CallAsync("list_jobs", "{}")).GetProperty("jobs").EnumerateArray()), "job"));
    }

    [Fact]
    public async Task A_call_without_a_provider_finds_its_job_whichever_keys_are_set()
    {
        var url = Simulator.BaseUrl.ToString();
        var eachlabs = new Dictionary<string, string> { ["EACHLABS_BASE_URL"] = url, ["EACHLABS_API_KEY"] = "key" };
        var both = new Dictionary<string, string>(eachlabs) { ["FAL_BASE_URL"] = url, ["FAL_KEY"] = "a:key" };
        var fal = both.Where(pair => pair.Key.StartsWith("FAL", StringComparison.Ordinal)).ToDictionary();
        var runs = new[] { "", Key }.Select(more => Run(more: more).Replace("\"provider\":\"fal\",", "", StringComparison.Ordinal)).ToList();
        var jobs = new List<string>();

        foreach (var environment in new[] { eachlabs, both, fal })
        {
            await using var server = await ToolClient.StartAsync(["mcp", "--no-spend-limit", "--ledger", Ledger], environment: environment);
            foreach (var run in runs)
            {
                var job = await server.CallAsync("run_model", run);
                Assert.Equal("eachlabs", Text(job, "provider"));
                Assert.True(job.TryGetProperty("result", out _));
                jobs.Add(Text(job, "job"));
            }
        }

        Assert.Equal(2, jobs.Distinct().Count());
        Assert.Equal(2, Simulator.Submits);
    }

    [Fact]
    public async Task Calls_without_a_provider_at_the_same_time_are_one_job_whichever_keys_their_servers_have()
    {
        await using var atFal = await WithKeysAsync("FAL_BASE_URL", "FAL_KEY");
        await using var atEachlabs = await WithKeysAsync("EACHLABS_BASE_URL", "EACHLABS_API_KEY");
        string[] prompts = ["a", "b", "c", "d", "e"];
        var calls = await Task.WhenAll(prompts.SelectMany(prompt => new[] { atFal, atEachlabs }.Select(server =>
            ToolClient.CallAsync(server.Client, "run_model", AtAny(Run(prompt)), null))));

        Assert.Equal(prompts.Length, Simulator.Submits);
        Assert.All(calls.Chunk(2), pair => Assert.Equal(JobOf(pair[0]), JobOf(pair[1])));
        Assert.Equal(prompts.Length, calls.Select(JobOf).Distinct().Count());

        // Without its key, a server names the job; with it, it has the result, and none of it is paid for again.
        await using var both = await WithKeysAsync("FAL_BASE_URL", "FAL_KEY", "EACHLABS_BASE_URL", "EACHLABS_API_KEY");
        foreach (var (prompt, pair) in prompts.Zip(calls.Chunk(2)))
            Assert.Equal(JobOf(pair[0]), Text(await both.CallAsync("run_model", AtAny(Run(prompt))), "job"));
        Assert.Equal(prompts.Length, Simulator.Submits);
    }

    [Fact]
    public async Task A_call_that_names_the_provider_of_a_job_is_that_job_also_at_the_same_time()
    {
        await using var one = await WithKeysAsync("FAL_BASE_URL", "FAL_KEY", "EACHLABS_BASE_URL", "EACHLABS_API_KEY");
        await using var other = await WithKeysAsync("FAL_BASE_URL", "FAL_KEY", "EACHLABS_BASE_URL", "EACHLABS_API_KEY");
        string[] prompts = ["a", "b", "c", "d", "e"];
        var calls = await Task.WhenAll(prompts.SelectMany(prompt => new[]
        {
            ToolClient.CallAsync(one.Client, "run_model", AtAny(Run(prompt)), null),
            ToolClient.CallAsync(other.Client, "run_model", Run(prompt), null),
            ToolClient.CallAsync(one.Client, "run_model", Run(prompt), null),
        }));

        Assert.Equal(prompts.Length, Simulator.Submits);
        Assert.All(calls.Chunk(3), same => Assert.Single(same.Select(JobOf).Distinct()));
        // At another provider it is another job.
        Assert.Equal("eachlabs", Text(await one.CallAsync("run_model", AtEachlabs(Run("a"))), "provider"));
        Assert.Equal(prompts.Length + 1, Simulator.Submits);
    }

    [Fact]
    public async Task A_job_that_is_recorded_at_a_provider_without_a_key_is_sent_by_no_other_one()
    {
        Simulator.AddFault(OfSubmit(429));
        await using (var atFal = await WithKeysAsync("FAL_BASE_URL", "FAL_KEY"))
            await atFal.FailAsync("not_accepted", "run_model", AtAny(Run()));
        Simulator.ClearFaults();
        await using var atEachlabs = await WithKeysAsync("EACHLABS_BASE_URL", "EACHLABS_API_KEY");
        var before = Simulator.Submits;

        var error = await atEachlabs.FailAsync("no_key", "run_model", AtAny(Run()));

        Assert.Contains("fal", Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal(before, Simulator.Submits);
        Assert.Equal("eachlabs", Text(await atEachlabs.CallAsync("run_model", AtEachlabs(Run())), "provider"));
    }

    [Fact]
    public async Task A_job_that_a_call_named_a_provider_for_is_sent_by_no_other_one_where_its_key_is_missing()
    {
        Simulator.AddFault(OfSubmit(429));
        string job;
        await using (var atEachlabs = await WithKeysAsync("EACHLABS_BASE_URL", "EACHLABS_API_KEY"))
            job = Text(await atEachlabs.FailAsync("not_accepted", "run_model", AtEachlabs(Run())), "job");
        Simulator.ClearFaults();
        await using var atFal = await WithKeysAsync("FAL_BASE_URL", "FAL_KEY");
        var before = Simulator.Submits;

        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(job, Text(await atFal.FailAsync("no_key", "run_model", AtAny(Run())), "job"));

        Assert.Equal(before, Simulator.Submits);
        // Of what waits at two providers, a server takes what it has the key for.
        Simulator.AddFault(OfSubmit(429));
        var named = Text(await atFal.FailAsync("not_accepted", "run_model", Run()), "job");
        Simulator.ClearFaults();
        var sent = await atFal.CallAsync("run_model", AtAny(Run()));
        Assert.Equal(("fal", named, "done"), (Text(sent, "provider"), Text(sent, "job"), Text(sent, "state")));
        await using var both = await WithKeysAsync("FAL_BASE_URL", "FAL_KEY", "EACHLABS_BASE_URL", "EACHLABS_API_KEY");
        Assert.Equal(job, Text(await both.CallAsync("run_model", AtEachlabs(Run())), "job"));
    }

    [Fact]
    public async Task Calls_with_and_without_a_provider_at_the_same_time_count_once_within_the_limit()
    {
        await using var server = await StartAsync("--max-cost", "0.6");
        // The price is not there until all of them have asked for it.
        Simulator.AddFault(new SimulatorFault
        {
            Kind = FaultKind.Delay, PathPrefix = "/platform/v1/models/pricing", Delay = TimeSpan.FromMilliseconds(300), Times = 10,
        });

        var calls = await Task.WhenAll(new[] { AtAny(Run()), Run(), AtAny(Run()), Run() }.Select(run =>
            ToolClient.CallAsync(server.Client, "run_model", run, null)));

        Assert.All(calls, call => Assert.False(call.IsError, call.Content.GetRawText()));
        Assert.Single(calls.Select(JobOf).Distinct());
        Assert.Equal(1, Simulator.Submits);
        Assert.Equal(0.1m, (await server.CallAsync("estimate_cost", Run())).GetProperty("left").GetDecimal());
    }

    [Fact]
    public async Task An_input_that_a_provider_had_as_its_own_is_the_same_job_by_the_name_of_the_model_also_where_nothing_is_left()
    {
        await using var server = await StartAsync("--max-cost", "0.15");
        const string ofProvider = """{"model":"fal:fal-ai/flux-2-pro","input":{"prompt":"a","image_size":{"width":512,"height":512}}}""";
        const string neutral = """{"model":"flux-2-pro","provider":"fal","input":{"prompt":"a","width":512,"height":512}}""";
        var first = await server.CallAsync("run_model", ofProvider);

        var same = await server.CallAsync("run_model", neutral);

        Assert.Equal((Text(first, "job"), "done"), (Text(same, "job"), Text(same, "state")));
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_call_of_a_job_that_is_paid_for_returns_its_result_whatever_is_left()
    {
        string first;
        await using (var server = await StartAsync())
            first = Text(await server.CallAsync("run_model", Run()), "job");
        await using var limited = await StartAsync("--max-cost", "0.1");

        var job = await limited.CallAsync("run_model", Run());

        Assert.Equal(first, Text(job, "job"));
        Assert.StartsWith("http", Text(job.GetProperty("result").GetProperty("video"), "url"), StringComparison.Ordinal);
        Assert.Single(job.GetProperty("files").EnumerateArray());
        await limited.FailAsync("over_limit", "run_model", Run("Something else"));
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_job_that_is_put_back_is_sent_again_only_within_the_limit()
    {
        Simulator.AddFault(new SimulatorFault { Kind = FaultKind.JobFailure, StatusCode = 500, Body = """{"detail":"out of memory"}""" });
        await using var server = await StartAsync("--max-cost", "0.6");
        var (job, _) = await ToolClient.CallAsync(server.Client, "run_model", Run(), null);
        Assert.Equal(0.5m, job.GetProperty("spent").GetDecimal());
        (await CliProcess.RunAsync("jobs", "retry", Text(job, "job"), "--ledger", Ledger)).Exits(0);

        var error = await server.FailAsync("over_limit", "run_model", Run());

        Assert.Equal(0.1m, error.GetProperty("left").GetDecimal());
        Assert.Equal(1, Simulator.Submits);
        await using var roomy = await StartAsync("--max-cost", "1");
        var again = await roomy.CallAsync("run_model", Run());
        Assert.Equal((Text(job, "job"), "done"), (Text(again, "job"), Text(again, "state")));
        Assert.Equal(0m, (await roomy.CallAsync("estimate_cost", Run())).GetProperty("left").GetDecimal());
    }

    [Fact]
    public async Task Jobs_without_a_known_price_need_something_that_is_left()
    {
        await using var server = await StartAsync("--max-cost", "0.5", "--allow-unknown-price");
        await server.CallAsync("run_model", Run());

        var error = await server.FailAsync("over_limit", "run_model", AtEachlabs(Run("b")));

        Assert.Equal(0m, error.GetProperty("left").GetDecimal());
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_price_that_cannot_be_read_is_asked_for_again_by_the_next_call()
    {
        Simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, PathPrefix = "/platform/v1/models/pricing", StatusCode = 400, Times = 1000 });
        await using var server = await StartAsync("--max-cost", "0.5");
        var error = await server.FailAsync("unknown_price", "run_model", Run());
        Assert.DoesNotContain("--allow-unknown-price", Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal(0, Simulator.Submits);
        Simulator.ClearFaults();

        Assert.Equal(0.5m, (await server.CallAsync("run_model", Run())).GetProperty("at_most").GetDecimal());
    }

    /// <summary>Starts a server with those of the keys and addresses of providers that are named.</summary>
    private Task<ToolClient> WithKeysAsync(params string[] names)
    {
        var environment = names.ToDictionary(
            name => name, name => name.EndsWith("URL", StringComparison.Ordinal) ? Simulator.BaseUrl.ToString() : "a:key");
        return ToolClient.StartAsync(["mcp", "--no-spend-limit", "--ledger", Ledger], environment: environment);
    }

    private static string JobOf((System.Text.Json.JsonElement Content, bool IsError) call) =>
        Text(call.IsError ? call.Content.GetProperty("error") : call.Content, "job");

    private static string AtAny(string run) => run.Replace("\"provider\":\"fal\",", "", StringComparison.Ordinal);

    private static string AtEachlabs(string run) => run.Replace("\"fal\"", "\"eachlabs\"", StringComparison.Ordinal);
}
