using System.Net.Sockets;

namespace Zoetrope.Tests;

/// <summary>Counts the connections that a client makes, and lets some of them fail.</summary>
/// <param name="failure">What the attempt of this number, from 1, fails with; null lets it be made.</param>
internal sealed class Connections(Func<int, Exception?>? failure = null)
{
    private int _count;

    /// <summary>How many were tried.</summary>
    public int Count => _count;

    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, ct) =>
        {
            var number = Interlocked.Increment(ref _count);
            if (failure?.Invoke(number) is { } exception)
                throw exception;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
