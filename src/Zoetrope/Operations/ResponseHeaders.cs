using System.Net;

namespace Zoetrope.Operations;

/// <summary>The status and the headers of an answer.</summary>
public sealed class ResponseHeaders
{
    private readonly HttpResponseMessage _response;

    internal ResponseHeaders(HttpResponseMessage response) => _response = response;

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode => _response.StatusCode;

    /// <summary>A header's value (the first, where there are several), also of those about the body; null where it is not there.</summary>
    public string? Get(string name)
    {
        var values = GetAll(name);
        return values.Count > 0 ? values[0] : null;
    }

    /// <summary>All values of a header; empty where it is not there.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _response.Headers.TryGetValues(name, out var values) || _response.Content.Headers.TryGetValues(name, out values) ? [.. values] : [];
    }
}
