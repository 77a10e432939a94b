namespace Zoetrope.Http;

/// <summary>
/// A content was about to be sent again, and was not. The class derives from <see cref="Exception"/> directly: handlers that retry treat connection failures
/// as a reason to try again.
/// </summary>
/// <param name="problem">The reason why it cannot be sent again; null if it must not be.</param>
/// <param name="isMoved">Whether it was about to be sent to another server than at first, as when a redirect is followed.</param>
internal sealed class RepeatedContentException(string? problem, bool isMoved = false)
    : Exception("The request was about to be sent a second time, which was refused.")
{
    public string? Problem { get; } = problem;

    public bool IsMoved { get; } = isMoved;

    /// <summary>The origin of the second target. The rest of the address comes from the service, and may contain the key.</summary>
    public string? Target { get; init; }
}
