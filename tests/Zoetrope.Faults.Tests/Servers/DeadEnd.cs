namespace Zoetrope.Faults.Tests;

/// <summary>An address with which no exchange can come about, so that nothing of a request may be sent there.</summary>
/// <param name="url">The address.</param>
internal class DeadEnd(Uri url) : IAsyncDisposable
{
    /// <summary>The address.</summary>
    public Uri Url => url;

    /// <summary>How many connections were made to it; null where none can be.</summary>
    public virtual int? Connections => null;

    /// <summary>What arrived that is not part of a handshake, which must be nothing.</summary>
    public virtual IReadOnlyList<byte[]> Received => [];

    /// <summary>What went wrong in the server itself, which is a mistake of the test.</summary>
    public virtual Exception? Mistake => null;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
