using System.Diagnostics;

namespace Zoetrope.Faults.Tests;

/// <summary>Runs one cell of the matrix: one call, at a service with one fault.</summary>
internal static class CellRunner
{
    /// <summary>How much faster the clients' time goes. One exchange then has four seconds of the world's time.</summary>
    public const double Factor = 100;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    // A name service that is asked more at once leaves some without an answer.
    private static readonly SemaphoreSlim _names = new(4);

    public static async Task<Outcome> RunAsync(Cell cell)
    {
        if (!cell.Fault.TakesNames)
            return await RunAloneAsync(cell);
        await _names.WaitAsync();
        try
        {
            return await RunAloneAsync(cell);
        }
        finally
        {
            _names.Release();
        }
    }

    private static async Task<Outcome> RunAloneAsync(Cell cell)
    {
        var (call, fault) = (cell.Call, cell.Fault);
        await using var foreign = new ForeignOrigin(call.Responses[call.FaultAt][0]);
        var time = new FastTime(cell.IsForGood ? Factor * 10 : Factor);
        var around = new Surroundings(foreign.Url, call, time);
        var script = new Script(call, fault);
        await using IService server = cell.Http2 is { } http2 ? new Http2FaultServer(script, http2, around) : new FaultServer(script, fault, around);
        script.Origin = server.Url;
        await using var deadEnd = fault.DeadEnd?.Invoke();
        var isAstray = cell.Http == HttpKind.Astray;
        var url = deadEnd is null || isAstray ? server.Url : deadEnd.Url;
        var http = isAstray ? HttpClientsOfUsers.CreateAstray(script, deadEnd!.Url, cell.IsNamed ? url : null) : HttpClientsOfUsers.Create(cell.Http, url);
        using var setup = new CallSetup(url, time, http, cell.IsNamed) { Handlers = HostPipelines.Of(cell.Http) };
        var start = Stopwatch.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var outcome = await TryAsync(new Outcome(cell), setup);
        var passed = time.Elapsed;
        if ((server.Mistake ?? deadEnd?.Mistake) is { } mistake)
            throw new InvalidOperationException("The server made a mistake.", mistake);
        return outcome with
        {
            Took = Stopwatch.GetElapsedTime(start),
            Allocated = fault.IsHeavy ? GC.GetTotalAllocatedBytes(precise: true) - allocated : 0,
            Requests = server.Requests,
            Foreign = foreign.Requests,
            Sent = server.Sent,
            Passed = passed,
            AtDeadEnd = deadEnd?.Received ?? [],
            Played = deadEnd is null ? server.Sent.Count : isAstray ? script.TakenAway : deadEnd.Connections ?? 1,
            Files = outcome.IsHung ? outcome.Files : Directory.GetFiles(setup.Folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllText),
        };
    }

    private static async Task<Outcome> TryAsync(Outcome outcome, CallSetup setup)
    {
        // On another thread: what takes the processor for itself must not stop the test.
        var run = Task.Run(() => outcome.Call.Run(setup));
        try
        {
            return outcome with { Value = await run.WaitAsync(_patience) ?? "nothing" };
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
            return outcome with { IsHung = true };
        }
        catch (Exception exception)
        {
            return outcome with { Thrown = exception };
        }
    }
}
