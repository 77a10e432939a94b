namespace Zoetrope.Faults.Tests;

/// <summary>All calls. One that is listed here has every fault played to it.</summary>
internal static class CallList
{
    public static IReadOnlyList<Call> All { get; } =
    [
        .. FalCalls.All, .. EachlabsCalls.All, .. RouterCalls.All, .. DownloadCalls.All, .. OperationCalls.All, .. DeclaredCalls.All,
        .. FalStreamCalls.All, .. FalUploadCalls.All, .. EachlabsCalls.Uploads, .. EachlabsOtherCalls.All,
    ];
}
