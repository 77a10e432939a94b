using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Faults;

/// <summary>The faults that wait for a matching request, oldest first.</summary>
internal sealed class FaultQueue
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _faults = [];

    public void Add(SimulatorFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fault.Times);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fault.FromCall);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Delay, TimeSpan.Zero);
        try
        {
            _ = fault.Result;
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"The body of a fault must be base64 where its media type is {fault.MediaType}.", nameof(fault), exception);
        }
        if (fault.StatusCode is < 200 or > 599)
            throw new ArgumentOutOfRangeException(nameof(fault), "The status code of a fault must be between 200 and 599.");
        lock (_gate)
            _faults.Add(new(fault));
    }

    public void Clear()
    {
        lock (_gate)
            _faults.Clear();
    }

    public SimulatorFault? Take(IncomingRequest request, Call call)
    {
        lock (_gate)
        {
            SimulatorFault? taken = null;
            foreach (var waiting in _faults.FindAll(waiting => Matches(waiting.Fault, request, call)))
            {
                if (waiting.Passed + 1 < waiting.Fault.FromCall)
                    waiting.Passed++;
                else if (taken is null)
                {
                    taken = waiting.Fault;
                    waiting.Left--;
                }
            }
            _faults.RemoveAll(waiting => waiting.Left == 0);
            return taken;
        }
    }

    private static bool Matches(SimulatorFault fault, IncomingRequest request, Call call) =>
        (fault.Kind is not (FaultKind.JobFailure or FaultKind.JobResult)
            || call.Operation is SimulatorOperation.Submit or SimulatorOperation.DirectRun
            || (call.Operation == SimulatorOperation.Stream && fault.Operation == SimulatorOperation.Stream))
        && (fault.Provider is null || string.Equals(fault.Provider, call.Provider, StringComparison.OrdinalIgnoreCase))
        && (fault.Operation is null ? call.Operation != SimulatorOperation.Preflight : fault.Operation == call.Operation)
        && (fault.Endpoint is null || fault.Endpoint == call.Endpoint)
        && (fault.Method is null || string.Equals(fault.Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && (fault.PathPrefix is null || request.Path.StartsWith(fault.PathPrefix, StringComparison.Ordinal));

    /// <summary>A fault, and how often it was used and passed by.</summary>
    private sealed class Waiting(SimulatorFault fault)
    {
        public SimulatorFault Fault => fault;

        public int Left { get; set; } = fault.Times;

        public int Passed { get; set; }
    }
}
