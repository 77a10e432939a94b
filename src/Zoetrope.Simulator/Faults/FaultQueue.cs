using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Faults;

/// <summary>The faults that wait for a matching request, oldest first.</summary>
internal sealed class FaultQueue
{
    private readonly Lock _gate = new();
    private readonly List<(SimulatorFault Fault, int Left)> _faults = [];

    public void Add(SimulatorFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fault.Times);
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
            _faults.Add((fault, fault.Times));
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
            var index = _faults.FindIndex(entry => Matches(entry.Fault, request, call));
            if (index < 0)
                return null;
            var (fault, left) = _faults[index];
            if (left == 1)
                _faults.RemoveAt(index);
            else
                _faults[index] = (fault, left - 1);
            return fault;
        }
    }

    private static bool Matches(SimulatorFault fault, IncomingRequest request, Call call) =>
        (fault.Kind is not (FaultKind.JobFailure or FaultKind.JobResult)
            || call.Operation is SimulatorOperation.Submit or SimulatorOperation.DirectRun
            || (call.Operation == SimulatorOperation.Stream && fault.Operation == SimulatorOperation.Stream))
        && (fault.Kind != FaultKind.JobResult || call.Provider == FalService.Provider)
        && (fault.Provider is null || string.Equals(fault.Provider, call.Provider, StringComparison.OrdinalIgnoreCase))
        && (fault.Operation is null || fault.Operation == call.Operation)
        && (fault.Method is null || string.Equals(fault.Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && (fault.PathPrefix is null || request.Path.StartsWith(fault.PathPrefix, StringComparison.Ordinal));
}
