namespace Zoetrope.Http;

/// <summary>
/// A content was to be sent once more, and was not. It derives from <see cref="Exception"/> alone: handlers that retry would take those of connections for a
/// reason to try again.
/// </summary>
/// <param name="problem">Why it cannot be sent again; null where it must not be.</param>
/// <param name="isMoved">Whether it was to go to another server than at first, as when a redirect is followed.</param>
internal sealed class RepeatedContentException(string? problem, bool isMoved = false)
    : Exception("The request was to be sent a second time, which was refused.")
{
    public string? Problem { get; } = problem;

    public bool IsMoved { get; } = isMoved;

    /// <summary>The origin of where it was to go. The rest of the address is the service's own words, and may hold the key.</summary>
    public string? Target { get; init; }
}
