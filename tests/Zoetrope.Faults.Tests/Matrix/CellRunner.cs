using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>Runs one cell of the matrix: one call, at a service with one fault.</summary>
internal static class CellRunner
{
    /// <summary>How much faster the clients' time goes. One exchange then has four seconds of the world's time.</summary>
    public const double Factor = 100;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    public static async Task<Outcome> RunAsync(Cell cell)
    {
        var (call, fault) = (cell.Call, cell.Fault);
        await using var foreign = new ForeignOrigin(call.Responses[call.FaultAt][0]);
        var around = new Surroundings(foreign.Url, call);
        var script = new Script(call, fault);
        await using IService server = cell.Http2 is { } http2 ? new Http2FaultServer(script, http2, around) : new FaultServer(script, fault, around);
        script.Origin = server.Url;
        using var nobody = new Nobody();
        var url = fault.IsNobody ? nobody.Url : server.Url;
        using var setup = new CallSetup(url, new FastTime(Factor), cell.Http);
        var start = Stopwatch.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var outcome = await TryAsync(new Outcome(cell), setup);
        if (server.Mistake is { } mistake)
            throw new InvalidOperationException("The server made a mistake.", mistake);
        return outcome with
        {
            Took = Stopwatch.GetElapsedTime(start),
            Allocated = fault.IsHeavy ? GC.GetTotalAllocatedBytes(precise: true) - allocated : 0,
            Requests = server.Requests,
            Foreign = foreign.Requests,
            Sent = server.Sent,
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

    /// <summary>An address that is taken, so that nobody else listens there meanwhile, and where connections are refused.</summary>
    private sealed class Nobody : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public Nobody() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}/");

        public void Dispose() => _socket.Dispose();
    }
}
