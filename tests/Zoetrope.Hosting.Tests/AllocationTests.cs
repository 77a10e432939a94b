using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Hosting.Tests;

/// <summary>
/// What a call of a client of a host allocates over one of a client that is made by hand: nothing, where nobody listens and nothing is logged. It is measured
/// in a process of its own, because the server allocates too, and without the stack allocation of objects, by which the JIT compiler hides brief delegates
/// that the native compiler does not hide.
/// </summary>
public sealed class AllocationTests
{
    private const string Address = "ZOETROPE_ALLOCATIONS";
    private const int WarmUp = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_of_a_client_of_a_host_allocates_no_more_than_one_by_hand()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"request_id":"job-1","status":"IN_PROGRESS"}"""));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
            [typeof(AllocationTests).Assembly.Location, "-noColor", "-explicit", "only", "-method", $"*.{nameof(AllocationTests)}.{nameof(Measure_the_calls)}"];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[Address] = server.Url.ToString();
        start.Environment["DOTNET_JitObjectStackAllocation"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "0";

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token) + await errors;
        await process.WaitForExitAsync(Token);

        Assert.True(process.ExitCode == 0 && output.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", StringComparison.Ordinal), output);
    }

    /// <summary>What the process of its own does.</summary>
    [Fact(Explicit = true)]
    public async Task Measure_the_calls()
    {
        var url = new Uri(Environment.GetEnvironmentVariable(Address)!);
        const string Key = "id:secret-0123456789";
        Assert.True(Hidden(1) > 0, "Objects are still allocated on the stack, so that this measures less than a native app allocates.");
        var services = new ServiceCollection();
        services.AddFal(options => (options.BaseUrl, options.ApiKey) = (url, Key));
        await using var provider = services.BuildServiceProvider();
        using var own = new FalClient(new FalClientOptions { BaseUrl = url, ApiKey = Key });
        FalClient[] clients = [own, provider.GetRequiredService<FalClient>()];
        var handle = new JobHandle("fal", "some/model", "job-1");

        AssertSame(await MeasureAsync(clients, 1200, client => client.Protocol.GetStatusAsync(handle, logs: false, default)), "poll");
        AssertSame(await MeasureAsync(clients, 300, client => client.SubmitAsync("some/model", RawJson.Parse("{}"))), "submit");
    }

    /// <summary>
    /// What each call allocates at each client, in bytes. A response that comes later than it is awaited costs a state machine more, so that the calls of one
    /// client differ, by chance, in a few amounts; the clients take turns, so that what else the machine does concerns both.
    /// </summary>
    private static async Task<(List<long> Own, List<long> Hosted)> MeasureAsync(FalClient[] clients, int calls, Func<FalClient, Task> call)
    {
        List<long>[] amounts = [[], []];
        for (var i = -WarmUp; i < calls; i++)
        {
            for (var which = 0; which < clients.Length; which++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                await call(clients[which]);
                var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
                if (i >= 0)
                    amounts[which].Add(bytes);
            }
        }
        return (amounts[0], amounts[1]);
    }

    /// <summary>
    /// Fails where the client of the host commonly allocates an amount that the other never does: an object more a call would shift each of its amounts.
    /// </summary>
    private static void AssertSame((List<long> Own, List<long> Hosted) calls, string what)
    {
        var common = Common(calls.Hosted);
        var figures = $"{what}: {string.Join(", ", common)} B at the host, {string.Join(", ", Common(calls.Own))} B by hand";
        Assert.True(common.All(calls.Own.Contains), figures);
        TestContext.Current.TestOutputHelper!.WriteLine(figures);
    }

    /// <summary>The most frequent amount, and each that makes up a quarter of all.</summary>
    private static List<long> Common(List<long> amounts)
        => [.. amounts.CountBy(bytes => bytes).OrderByDescending(pair => pair.Value).TakeWhile((pair, i) => i == 0 || pair.Value * 4 >= amounts.Count)
            .Select(pair => pair.Key)];

    /// <summary>What a delegate allocates that does not leave its method.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Hidden(int value)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Func<int> add = () => value + 1;
        return add() == value + 1 ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
    }
}
