namespace Zoetrope.Faults.Tests;

/// <summary>A service that a fault is played at.</summary>
internal interface IService : IAsyncDisposable
{
    Uri Url { get; }

    /// <summary>What it was asked.</summary>
    IReadOnlyList<ReceivedRequest> Requests { get; }

    /// <summary>What the fault sent, each time that it was played.</summary>
    IReadOnlyList<byte[]> Sent { get; }

    /// <summary>What went wrong in the server itself, which is a mistake of the test.</summary>
    Exception? Mistake { get; }
}
