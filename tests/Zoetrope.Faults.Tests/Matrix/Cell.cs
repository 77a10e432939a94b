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

    /// <summary>Whether a wait can never end well, because the service is not reached at all.</summary>
    public bool IsForGood => Fault.IsUnreached && Http != HttpKind.Astray && Call.Times < int.MaxValue;

    /// <summary>Whether a handler sends again what failed, whatever it is.</summary>
    public bool IsRetrying => Http is HttpKind.Retrying or HttpKind.HostRetrying;

    /// <summary>Whether the client uses the provider's own addresses.</summary>
    public bool IsNamed => Call.Recorded?.Facts is not null;

    public override string ToString() => $"{Call} × {Fault}{(Http is HttpKind.Own or HttpKind.Http2 or HttpKind.Named ? "" : $" × {Http}")}";

    private static IEnumerable<Cell> OfCall(Call call)
    {
        var light = FaultList.All.Where(static fault => !fault.IsHeavy).ToList();
        var astray = light.Where(static fault => fault.IsUnreached).Select(fault => new Cell(call, fault, HttpKind.Astray));
        // What was written down of a provider has its own addresses, at which only a client with names is found.
        if (call.Recorded?.Facts is not null)
            return [.. light.Select(fault => new Cell(call, fault, HttpKind.Named)), .. astray];
        // What users' clients do is the same for all declared providers, but where something is sent that must not be sent twice. A client that follows
        // redirects is refused where the key is in a header that .NET does not remove then.
        var takesUsers = call.Recorded is null || call.IsWholeSubmit || call.Kind == CallKind.Cancel;
        var takesPlain = takesUsers && call.Recorded is not { IsAuthorized: false };
        // What may cost money twice, in the pipelines of a host.
        var hosted = call.Recorded is null && call.Kind is CallKind.Submit or CallKind.Direct or CallKind.Route ? HostPipelines.Kinds : [];
        var takesHeavy = takesUsers || call.Kind == CallKind.Result;
        return
        [
            .. FaultList.All.Where(fault => !fault.IsHeavy || takesHeavy).Select(fault => new Cell(call, fault, HttpKind.Own)),
            .. light.Where(_ => takesPlain).Select(fault => new Cell(call, fault, HttpKind.Plain)),
            .. light.Where(_ => takesUsers).Select(fault => new Cell(call, fault, HttpKind.Retrying)),
            .. light.SelectMany(fault => hosted.Select(kind => new Cell(call, fault, kind))),
            .. Http2Faults.All.Where(_ => !call.OpensSocket).Select(fault => new Cell(call, fault.Facts, HttpKind.Http2, fault)),
            .. astray,
        ];
    }

    // Where no service is reached, waits of all clients are the same, none comes to its result, and each would ask the name service a hundred times.
    private static bool AppliesTo(Cell cell) => cell.Fault.AppliesTo(cell.Call)
        && cell.Call.Takes(cell.Fault)
        && !(cell.IsForGood && (cell.Http is not (HttpKind.Own or HttpKind.Named) || cell.Call.Before is not null || cell.Fault.TakesNames))
        && !(cell.Fault.NeedsBody && cell.Call.Responses[cell.Call.FaultAt][0].Body.Length == 0);
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

    /// <summary>One that reaches the service under the names of the provider's hosts.</summary>
    Named,

    /// <summary>The services of a host, with the resilience handler of this SDK.</summary>
    HostZoetrope,

    /// <summary>The services of a host, with the standard resilience handler of .NET.</summary>
    HostStandard,

    /// <summary>The services of a host, with the standard hedging handler of .NET.</summary>
    HostHedging,

    /// <summary>The services of a host, with a handler that sends again what failed.</summary>
    HostRetrying,

    /// <summary>One whose requests of the step with the fault go to an address with which no exchange comes about.</summary>
    Astray,
}
