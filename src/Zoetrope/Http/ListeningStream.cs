using System.Net.Sockets;

namespace Zoetrope.Http;

/// <summary>
/// A connection that is read even after the server has stopped receiving the request: a server that refuses an upload (413) responds and closes its side before
/// it has received everything. HttpClient would report the failed write and never read the response.
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
                // The rest of the request is lost, and the response says why; without a response, reading fails, too.
                _takesNoMore = true;
                return;
            }
        }
        // The next request must not be lost as well.
        if (_wasReadSince)
            throw new IOException("The connection was closed by the server.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _wasReadSince = _takesNoMore;
        return await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }
}
