using System.Net.Http.Headers;
using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Reports, before anything is sent, what a user's own <see cref="HttpClient"/> would do wrong with a request.</summary>
internal static class ClientChecks
{
    private const string Authorization = "Authorization";

    /// <summary>Refuses a request that the client would disclose to other hosts, or would repeat.</summary>
    /// <param name="http">The user's client, or connections for files.</param>
    /// <param name="request">The request.</param>
    /// <param name="message">The HTTP message of the request.</param>
    /// <param name="key">The header of the message that carries the client's key; without a value if there is none.</param>
    /// <exception cref="TransportException">The request is refused (<see cref="TransportFailure.Refused"/>).</exception>
    public static void Check(HttpMessageInvoker http, TransportRequest request, HttpRequestMessage message, AuthHeader key)
    {
        if (HandlerChain.FollowsRedirects(http) == true && SecretOf(request, message.Headers, key) is { } secret)
        {
            throw Refused(
                $"The HttpClient follows redirects, and would send {secret} to another host (.NET omits only '{Authorization}'): "
                + "set AllowAutoRedirect = false on its primary handler, or remove the HttpClient from the client's options.");
        }
        if (HandlerChain.UsesEnvironmentProxy(http) && BaseAddress.IsThisMachine(request.Uri) && HandlerChain.EnvironmentProxy(request.Uri) is { } proxy)
        {
            throw Refused(
                $"The HttpClient would send a request for this machine through the environment's proxy ({proxy.GetLeftPart(UriPartial.Authority)}), "
                + "including the key: set UseProxy = false on its primary handler, or add the host to the environment variable NO_PROXY.");
        }
        // Without a body the headers are the whole request, which is sent up to four times before the expectation is met.
        if (message.Content?.Headers.ContentLength == 0 && http is HttpClient { DefaultRequestHeaders.ExpectContinue: true })
        {
            throw Refused(
                "The HttpClient sends 'Expect: 100-continue' with each request, and .NET then repeats a request without a body when the connection closes: "
                + "leave ExpectContinue unset in its default headers.");
        }
    }

    private static string? SecretOf(TransportRequest request, HttpRequestHeaders headers, AuthHeader key)
    {
        if (request.HasKeyInAddress)
            return "the key in the address";
        if (request.Cookies is not null)
            return "the cookies";
        if (key.Name is not null && !key.IsAuthorization)
            return $"the key in the header '{key.Name}'";
        foreach (var (name, _) in headers.NonValidated)
        {
            if (!name.Equals(Authorization, StringComparison.OrdinalIgnoreCase) && HeaderRules.MayHoldSecret(name))
                return $"the header '{name}'";
        }
        return null;
    }

    private static TransportException Refused(string problem) => new(problem + " Nothing was sent.", TransportFailure.Refused);
}
