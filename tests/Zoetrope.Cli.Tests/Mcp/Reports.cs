using System.Collections.Concurrent;
using ModelContextProtocol;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>What a server has reported while a call waited.</summary>
internal sealed class Reports : IProgress<ProgressNotificationValue>
{
    private readonly ConcurrentQueue<ProgressNotificationValue> _values = new();

    public void Report(ProgressNotificationValue value) => _values.Enqueue(value);

    /// <summary>Waits for a message: the client passes reports on in its own time.</summary>
    public async Task HasAsync(string message)
    {
        while (_values.All(value => value.Message != message))
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
