namespace Zoetrope.Faults.Tests;

/// <summary>What a fault of HTTP/2 plays with.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Stream">The stream of the request; 0 before there is one.</param>
/// <param name="Request">The request; null before there is one.</param>
/// <param name="Good">What a good service would send.</param>
/// <param name="Around">Where else there is to point to.</param>
internal sealed record Http2Stage(Http2Connection Connection, int Stream, ReceivedRequest? Request, CannedResponse Good, Surroundings Around);

/// <summary>A fault that is HTTP/2's own.</summary>
/// <param name="Facts">Its name and what a client can know from it.</param>
/// <param name="Play">Plays it.</param>
internal sealed record Http2Fault(Fault Facts, Func<Http2Stage, Task> Play)
{
    public override string ToString() => Facts.Name;
}
