using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Zoetrope.Faults.Tests;

/// <summary>A port of https at which no handshake succeeds. It notes what arrives all the same.</summary>
internal sealed class FailingTls : DeadEnd
{
    private const int HeaderLength = 5;

    // ChangeCipherSpec, Alert and Handshake (RFC 8446, section 5.1); requests are in records of another type.
    private const byte FirstOfHandshake = 20, LastOfHandshake = 22;

    private readonly Listener _listener;
    private readonly List<byte[]> _received;
    private readonly StrongBox<int> _connections;

    private FailingTls(Listener listener, List<byte[]> received, StrongBox<int> connections)
        : base(new Uri($"https://127.0.0.1:{listener.Url.Port}/")) => (_listener, _received, _connections) = (listener, received, connections);

    public override int? Connections => Volatile.Read(ref _connections.Value);

    public override IReadOnlyList<byte[]> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    public override Exception? Mistake => _listener.Mistake;

    /// <summary>A port that speaks no TLS.</summary>
    /// <param name="respond">What it does when the client has begun the handshake.</param>
    public static FailingTls InPlainText(Func<Connection, Task> respond) => Open(async (socket, received, stop) =>
    {
        var buffer = new byte[16 * 1024];
        var count = await socket.ReceiveAsync(buffer, stop);
        if (AfterHandshake(buffer.AsSpan(0, count)) is { Length: > 0 } rest)
            received(rest);
        await respond(new Connection(socket, stop));
    });

    /// <summary>A port that shows a certificate.</summary>
    public static FailingTls With(X509Certificate2 certificate) => Open(async (socket, received, stop) =>
    {
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, stop) is var count and > 0)
                received(buffer[..count]);
        }
        catch (AuthenticationException)
        {
            // The client refuses the certificate, as it should.
        }
    });

    public override async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await base.DisposeAsync();
    }

    private static FailingTls Open(Func<Socket, Action<byte[]>, CancellationToken, Task> serve)
    {
        var received = new List<byte[]>();
        var connections = new StrongBox<int>();
        var listener = new Listener((socket, stop) =>
        {
            Interlocked.Increment(ref connections.Value);
            return serve(socket, Note, stop);
        });
        return new FailingTls(listener, received, connections);

        void Note(byte[] bytes)
        {
            lock (received)
                received.Add(bytes);
        }
    }

    private static byte[] AfterHandshake(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= HeaderLength && bytes[0] is >= FirstOfHandshake and <= LastOfHandshake)
            bytes = bytes[Math.Min(bytes.Length, HeaderLength + ((bytes[3] << 8) | bytes[4]))..];
        return bytes.ToArray();
    }
}
