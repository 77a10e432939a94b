using System.Net.Http.Headers;
using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>What a user's own <see cref="HttpClient"/> would do wrong with a request, told before anything is sent.</summary>
internal static class ClientChecks
{
    private const string Authorization = "Authorization";

    /// <summary>Refuses a request that the client would show to others, or would repeat.</summary>
    /// <param name="http">The user's client.</param>
    /// <param name="request">The request.</param>
    /// <param name="message">Its message.</param>
    /// <param name="key">The header with the client's key, which the message has; none where it has none.</param>
    /// <exception cref="TransportException">The request is refused (<see cref="TransportFailure.Refused"/>).</exception>
    public static void Check(HttpClient http, TransportRequest request, HttpRequestMessage message, AuthHeader key)
    {
        if (HandlerChain.FollowsRedirects(http) == true && SecretOf(request, message.Headers, key) is { } secret)
        {
            throw Refused(
                $"The HttpClient follows redirects, and would take {secret} along to another host (.NET leaves out only '{Authorization}'): "
                + "set AllowAutoRedirect = false on its primary handler, or take the HttpClient away from the client's options.");
        }
        if (BaseAddress.IsThisMachine(request.Uri) && HandlerChain.EnvironmentProxy(http, request.Uri) is { } proxy)
        {
            throw Refused(
                $"The HttpClient would send what is meant for this machine through the proxy of the environment ({proxy.GetLeftPart(UriPartial.Authority)}), "
                + "key and all: set UseProxy = false on its primary handler, or add the host to the environment variable NO_PROXY.");
        }
        // Without a body the head is all of the request, and it is sent up to four times before the expectation is met.
        if (message.Content?.Headers.ContentLength == 0 && http.DefaultRequestHeaders.ExpectContinue == true)
        {
            throw Refused(
                "The HttpClient sends 'Expect: 100-continue' with each request, and .NET repeats one without a body then when the connection closes: "
                + "leave ExpectContinue of its default headers unset.");
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
