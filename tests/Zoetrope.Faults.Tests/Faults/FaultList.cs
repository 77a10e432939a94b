namespace Zoetrope.Faults.Tests;

/// <summary>All faults. One that is listed here is played to every call.</summary>
internal static class FaultList
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. StatusFaults.All,
        .. ErrorBodyFaults.All,
        .. RetryFaults.All,
        .. RedirectFaults.All,
        .. ConnectionFaults.All,
        .. FramingFaults.All,
        .. InterimFaults.All,
        .. EncodingFaults.All.Select(OfBody),
        .. MediaTypeFaults.All.Select(OfBody),
        .. JsonFaults.All.Select(OfBody),
        .. FormFaults.All,
        .. ReceiptFaults.All,
        .. JobFaults.All,
        .. EchoFaults.All,
        .. MessageFaults.All,
        .. HeaderFaults.All,
        .. UnreachedFaults.All,
        .. ClockFaults.All,
        .. DeclaredFaults.All.Select(fault => fault with { IsRare = true }),
        .. HeavyFaults.All,
    ];

    private static Fault OfBody(Fault fault) => fault with { NeedsBody = true };
}
