using System.Net.Sockets;

namespace Zoetrope.Http;

/// <summary>
/// A connection that is read although its other end takes no more of the request: a server that refuses an upload (413) answers, and closes its side, before it
/// has all of it. HttpClient would report the failure to write and never look at the response.
/// </summary>
internal sealed class ListeningStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private bool _takesNoMore;
    private bool _wasReadSince;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_takesNoMore)
        {
            try
            {
                await base.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (IOException)
            {
                // What was to be said is lost, and the response says why; without one, reading fails too.
                _takesNoMore = true;
                return;
            }
        }
        // The next request must not be lost as well.
        if (_wasReadSince)
            throw new IOException("The connection was closed by its other end.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _wasReadSince = _takesNoMore;
        return await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }
}
