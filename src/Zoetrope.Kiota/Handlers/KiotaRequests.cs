using Microsoft.Kiota.Abstractions;

namespace Zoetrope.Kiota.Handlers;

/// <summary>Describes requests of the client to Kiota.</summary>
internal static class KiotaRequests
{
    /// <summary>Describes a request without its content.</summary>
    public static RequestInformation Of(HttpRequestMessage request, Method method)
    {
        var information = new RequestInformation { HttpMethod = method, URI = request.RequestUri! };
        foreach (var (name, values) in request.Headers.NonValidated)
            information.Headers.Add(name, values.ToString());
        return information;
    }

    /// <summary>Kiota's name of a method; null where it has none.</summary>
    public static Method? MethodOf(HttpMethod method) => Enum.TryParse<Method>(method.Method, ignoreCase: false, out var found) ? found : null;
}
