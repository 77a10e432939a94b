using System.Net;

namespace Zoetrope.Operations;

/// <summary>The status and the headers of a response.</summary>
public sealed class ResponseHeaders
{
    private readonly HttpResponseMessage _response;

    internal ResponseHeaders(HttpResponseMessage response) => _response = response;

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode => _response.StatusCode;

    /// <summary>The names of the headers, including those about the body.</summary>
    public IEnumerable<string> Names => [.. _response.Headers.Concat(_response.Content.Headers).Select(static header => header.Key)];

    /// <summary>Returns a header's value (the first, where there are several), including headers about the body; null where the header is missing.</summary>
    public string? Get(string name)
    {
        var values = GetAll(name);
        return values.Count > 0 ? values[0] : null;
    }

    /// <summary>Returns all values of a header; empty where the header is missing.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _response.Headers.TryGetValues(name, out var values) || _response.Content.Headers.TryGetValues(name, out values) ? [.. values] : [];
    }
}
