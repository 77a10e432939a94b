namespace Zoetrope.Faults.Tests;

/// <summary>One call with one fault, at one kind of HTTP client.</summary>
/// <param name="Call">The call.</param>
/// <param name="Fault">What can be known of the fault.</param>
/// <param name="Http">The HTTP client.</param>
/// <param name="Http2">The fault, when it is one of HTTP/2.</param>
internal sealed record Cell(Call Call, Fault Fault, HttpKind Http, Http2Fault? Http2 = null)
{
    /// <summary>All that there are.</summary>
    public static IReadOnlyList<Cell> All { get; } =
    [
        .. CallList.All.SelectMany(OfCall).Where(AppliesTo),
    ];

    /// <summary>Whether it is run alone, because it is measured.</summary>
    public bool IsHeavy => Fault.IsHeavy;

    public override string ToString() => $"{Call} × {Fault}{(Http is HttpKind.Own or HttpKind.Http2 ? "" : $" × {Http}")}";

    private static IEnumerable<Cell> OfCall(Call call)
    {
        var light = FaultList.All.Where(static fault => !fault.IsHeavy).ToList();
        return
        [
            .. FaultList.All.Select(fault => new Cell(call, fault, HttpKind.Own)),
            .. light.Select(fault => new Cell(call, fault, HttpKind.Plain)),
            .. light.Select(fault => new Cell(call, fault, HttpKind.Retrying)),
            .. Http2Faults.All.Select(fault => new Cell(call, fault.Facts, HttpKind.Http2, fault)),
        ];
    }

    // A service that nobody listens at cannot be well again afterwards, and no job is found at it.
    private static bool AppliesTo(Cell cell) => !(cell.Fault.IsNobody && cell.Call.Times < int.MaxValue);
}

/// <summary>The HTTP clients that users have.</summary>
internal enum HttpKind
{
    /// <summary>The SDK's own.</summary>
    Own,

    /// <summary><c>new HttpClient()</c>, which follows redirects.</summary>
    Plain,

    /// <summary>One with a handler that sends again what failed, as resilience handlers do.</summary>
    Retrying,

    /// <summary>One that speaks HTTP/2.</summary>
    Http2,
}
