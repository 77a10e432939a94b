namespace Zoetrope.Faults.Tests;

/// <summary>Services that no exchange comes about with: their names do not resolve, or no handshake of TLS succeeds.</summary>
internal static class UnreachedFaults
{
    private static readonly byte[] _handshakeFailure = [21, 3, 3, 0, 2, 2, 40];

    private static int _names;

    public static IEnumerable<Fault> All { get; } =
    [
        To("dns: the name does not resolve", () => new DeadEnd(new Uri($"https://{NextName()}/"))) with { TakesNames = true, MayBeLate = true },
        To("tls: plain text, with a page", () => FailingTls.InPlainText(async connection =>
        {
            await connection.SendAsync(StatusFaults.Page(400).With("Connection: close"));
            await connection.CloseAsync();
        })),
        To("tls: plain text, closed", () => FailingTls.InPlainText(connection => connection.CloseAsync())),
        To("tls: plain text, reset", () => FailingTls.InPlainText(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        })),
        To("tls: plain text, silent", () => FailingTls.InPlainText(connection => connection.StallAsync())) with { MayBeLate = true },
        To("tls: the handshake is refused", () => FailingTls.InPlainText(async connection =>
        {
            await connection.WriteAsync(_handshakeFailure);
            await connection.CloseAsync();
        })),
        To("tls: a certificate that nobody trusts", () => FailingTls.With(Certificates.SelfSigned)),
        To("tls: a certificate of another host", () => FailingTls.With(Certificates.OfAnotherHost)),
        To("tls: a certificate that has expired", () => FailingTls.With(Certificates.Expired)),
    ];

    /// <summary>A fault that is an address.</summary>
    public static Fault To(string name, Func<DeadEnd> open) => new(name, Meaning.NoResponse, _ => Task.CompletedTask) { DeadEnd = open, Status = 0 };

    // The domain is reserved for this (RFC 2606). .NET resolves a name for one request after the other, so that each cell has its own.
    private static string NextName() => $"no-such-host-{Interlocked.Increment(ref _names)}.invalid";
}
