using System.Net;
using System.Net.Http.Headers;

namespace Zoetrope.Benchmarks;

/// <summary>Responds at once from memory, and remembers the address and the body of the last request.</summary>
internal sealed class MemoryNetwork(Func<HttpRequestMessage, byte[]> respond) : HttpMessageHandler
{
    public string Last { get; private set; } = "";

    public int Count { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Count++;
        Last = request.RequestUri!.AbsoluteUri;
        // As a connection does; some clients write JSON only then.
        if (request.Content is not null)
            await request.Content.CopyToAsync(Stream.Null, cancellationToken);
        var content = new ByteArrayContent(respond(request));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
