namespace Zoetrope.Faults.Tests;

/// <summary>What a service responds to the steps of one call when all is well, and at which of them the fault is played.</summary>
/// <param name="call">The call.</param>
/// <param name="fault">The fault.</param>
internal sealed class Script(Call call, Fault fault)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _asked = [];

    /// <summary>Where the service is.</summary>
    public Uri? Origin { get; set; }

    private int _left = fault.IsOnce ? 1 : call.Times;

    /// <summary>How many requests were led elsewhere.</summary>
    public int TakenAway { get; private set; }

    /// <summary>Whether a request is to be led elsewhere, because that is the fault.</summary>
    public bool TakesAway(ReceivedRequest request)
    {
        lock (_lock)
        {
            if (call.StepOf(request) != call.FaultAt || _left == 0)
                return false;
            _left--;
            TakenAway++;
            return true;
        }
    }

    /// <summary>Finds out what a request asks for, and whether the fault is its response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mayFault">Whether the fault is played to requests at all.</param>
    public CannedResponse Take(ReceivedRequest request, bool mayFault)
    {
        request.Step = call.StepOf(request);
        lock (_lock)
        {
            if (mayFault && request.Step == call.FaultAt && _left > 0)
            {
                _left--;
                request.WasFaulted = true;
                return Peek(request.Step);
            }
            var response = Peek(request.Step);
            _asked[request.Step] = Asked(request.Step) + 1;
            return response;
        }
    }

    /// <summary>The good response to the request that comes next, when the fault is to be played before it is read; null when it is not.</summary>
    public CannedResponse? TakeNext()
    {
        lock (_lock)
        {
            var isNext = call.Before is not { } before || Asked(before) >= call.Responses[before].Length;
            if (!isNext || _left == 0)
                return null;
            _left--;
            return Peek(call.FaultAt);
        }
    }

    private int Asked(string step) => _asked.GetValueOrDefault(step);

    private CannedResponse Peek(string step) => call.Responses.TryGetValue(step, out var responses)
        ? Here(responses[Math.Min(Asked(step), responses.Length - 1)])
        : OfJson("""{"detail":"the test's server has no such path"}""", 404);

    private CannedResponse Here(CannedResponse response) =>
        (call.HasOrigin || call.Recorded is not null) && response.Text.Contains(Recording.Origin, StringComparison.Ordinal)
        ? response.WithText(response.Text.Replace(Recording.Origin, Origin!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
        : response;
}
