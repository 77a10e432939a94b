namespace Zoetrope.TestKit;

/// <summary>What a server can do to a request that it has read, other than to respond.</summary>
public enum WireFault
{
    /// <summary>Ends the connection hard (RST).</summary>
    Reset,

    /// <summary>Ends the connection in order (FIN), without a byte.</summary>
    EmptyResponse,

    /// <summary>Sends bytes that are not HTTP, and ends the connection.</summary>
    RandomData,

    /// <summary>Sends the head of a good response and a chunk without a length, and ends the connection.</summary>
    MalformedChunk,

    /// <summary>Sends nothing, and keeps the connection.</summary>
    Stall,
}
