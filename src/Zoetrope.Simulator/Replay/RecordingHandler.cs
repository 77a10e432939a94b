using System.Net;
using System.Net.Sockets;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// Records what an <see cref="HttpClient"/> sends and receives, so that a run against the real service becomes a fixture that
/// <see cref="ReplayHandler"/> or <see cref="ReplayServer"/> plays back. Keys, tokens, signatures and what
/// <see cref="RecordingOptions"/> names are taken out before anything is written.
/// </summary>
/// <remarks>
/// It is a handler and no server between, because a handler sees each request before it is encrypted, works with every client that is made over an
/// <see cref="HttpClient"/>, and leaves the hosts alone, so that the client's rules for hosts and keys hold while it is recorded. It is the primary handler,
/// below handlers that repeat requests, so that it sees what leaves. Requests and responses pass as they are, streams while they come; WebSockets do not.
/// <para>
/// A body is recorded while it is read through the content that this handler returns. It must therefore not be below a handler that replaces the content of a
/// response without reading it (a cache, a filter, one that answers by itself): what such a handler does not read is recorded as broken off, and what it makes
/// itself is not recorded. Handlers that change a response belong below, in <c>inner</c>; what they make is then recorded.
/// </para>
/// </remarks>
public sealed class RecordingHandler : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<RawExchange> _exchanges = [];
    private readonly RecordingOptions _options;
    private readonly HttpMessageInvoker _inner;

    /// <summary>Creates a handler that sends by itself, as Zoetrope's clients do: no redirects are followed.</summary>
    /// <param name="options">What is taken out; null for keys only.</param>
#pragma warning disable RS0030 // It is for users' clients, which have no rules of ours.
    public RecordingHandler(RecordingOptions? options = null)
        : this(new SocketsHttpHandler { AllowAutoRedirect = false }, options)
    {
    }
#pragma warning restore RS0030

    /// <summary>Creates a handler over another, such as that of a test server.</summary>
    /// <param name="inner">What sends.</param>
    /// <param name="options">What is taken out; null for keys only.</param>
    public RecordingHandler(HttpMessageHandler inner, RecordingOptions? options = null)
    {
        _inner = new(inner);
        _options = options ?? new();
    }

    /// <summary>
    /// What was recorded so far, without secrets: all exchanges in the order of their requests, each with how it ended. What has not ended yet is recorded as
    /// an exchange that breaks off.
    /// </summary>
    public ReplayFixture ToFixture()
    {
        RawExchange[] exchanges;
        lock (_gate)
            exchanges = [.. _exchanges];
        return new(new FixtureBuilder(_options).Build(exchanges), _options.MaxBodyBytes);
    }

    /// <summary>Writes what was recorded so far, as <see cref="ToFixture"/> has it.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => File.WriteAllTextAsync(path, ToFixture().ToJson(), cancellationToken);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var exchange = new RawExchange(request, _options);
        lock (_gate)
            _exchanges.Add(exchange);
        var given = request.Content;
        using var captured = given is null ? null : new CapturedContent(given, exchange.Sent);
        request.Content = captured;
        HttpResponseMessage response;
        try
        {
            response = await _inner.SendAsync(request, cancellationToken);
        }
        catch (Exception exception)
        {
            exchange.Fail(cancellationToken.IsCancellationRequested ? new OperationCanceledException("The caller canceled the request.") : exception);
            throw;
        }
        finally
        {
            request.Content = given;
        }
        Capture(exchange, response);
        return response;
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests are recorded when they are sent with SendAsync.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Whether an exception is a failure of the connection, and not a decision of the caller.</summary>
    internal static bool IsOfConnection(Exception exception) => exception is HttpRequestException or IOException or SocketException;

    private static void Capture(RawExchange exchange, HttpResponseMessage response)
    {
        exchange.Respond(response);
        // The body of a connection that was switched is the connection.
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
            return;
        var content = new StreamContent(new ReadingTee(response.Content, exchange.Received));
        foreach (var (name, values) in response.Content.Headers.NonValidated)
            content.Headers.TryAddWithoutValidation(name, values);
        response.Content = content;
    }

    /// <summary>The body of a response, which is captured while it is read.</summary>
    private sealed class ReadingTee(HttpContent content, CapturedBody body) : PassingStream(null)
    {
        private Stream? _stream;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                _stream ??= await content.ReadAsStreamAsync(cancellationToken);
                var read = await _stream.ReadAsync(buffer, cancellationToken);
                if (read > 0)
                    body.Add(buffer.Span[..read]);
                else if (!buffer.IsEmpty)
                    body.Complete();
                return read;
            }
            catch (Exception exception) when (IsOfConnection(exception) && !cancellationToken.IsCancellationRequested)
            {
                body.Fail(exception);
                throw;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                body.Leave();
                content.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
