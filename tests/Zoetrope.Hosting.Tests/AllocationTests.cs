using System.Diagnostics;
using System.Globalization;
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
    private const int Rounds = 6;

    // The smallest object has 24 bytes; what connections allocate differs by less than a byte a call.
    private const double LessThanAnObject = 16;

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

        var polls = await MeasureAsync(clients, 200, client => client.Protocol.GetStatusAsync(handle, logs: false, default));
        var submits = await MeasureAsync(clients, 50, client => client.SubmitAsync("some/model", RawJson.Parse("{}")));

        var figures = string.Create(
            CultureInfo.InvariantCulture, $"poll: {polls.Own:F1} and {polls.Hosted:F1} B; submit: {submits.Own:F1} and {submits.Hosted:F1} B");
        Assert.True(polls.Hosted - polls.Own < LessThanAnObject, figures);
        Assert.True(submits.Hosted - submits.Own < LessThanAnObject, figures);
        TestContext.Current.TestOutputHelper!.WriteLine(figures);
    }

    /// <summary>The least that a call allocates at each client. They take turns, so that what else the process does concerns both.</summary>
    private static async Task<(double Own, double Hosted)> MeasureAsync(FalClient[] clients, int calls, Func<FalClient, Task> call)
    {
        double[] least = [double.MaxValue, double.MaxValue];
        for (var round = -1; round < Rounds; round++)
        {
            for (var which = 0; which < clients.Length; which++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                for (var i = 0; i < calls; i++)
                    await call(clients[which]);
                var bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / calls;
                if (round >= 0)
                    least[which] = Math.Min(least[which], bytes);
            }
        }
        return (least[0], least[1]);
    }

    /// <summary>What a delegate allocates that does not leave its method.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Hidden(int value)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Func<int> add = () => value + 1;
        return add() == value + 1 ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
    }
}
