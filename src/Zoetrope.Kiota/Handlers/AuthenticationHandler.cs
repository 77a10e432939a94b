using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Kiota.Handlers;

/// <summary>Adds the key of a Kiota authentication provider to requests that have one, in place of the client's own.</summary>
/// <param name="authentication">The provider, which knows the hosts that the key may be sent to.</param>
/// <param name="options">The options of the client.</param>
/// <param name="key">What stands in for the key.</param>
internal sealed class AuthenticationHandler(IAuthenticationProvider authentication, ClientOptions options, OwnKey key) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (key.TakeFrom(request) is not { } taken)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await AuthenticateAsync(request, taken, cancellationToken).ConfigureAwait(false);
        var address = request.RequestUri!;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            taken.PutBack(request, address);
        }
    }

    private async Task AuthenticateAsync(HttpRequestMessage request, OwnKey.Taken taken, CancellationToken ct)
    {
        var before = request.RequestUri!;
        // Providers do not look at the method, and Kiota has no name for some.
        var information = KiotaRequests.Of(request, KiotaRequests.MethodOf(request.Method) ?? Method.POST);
        try
        {
            await authentication.AuthenticateRequestAsync(information, null, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Without a connection nothing was accepted, and what is missing now may be there the next time, which is how this failure is treated, too.
            throw new TransportException(
                $"Kiota's authentication provider failed, so nothing was sent: {exception.Message.TrimEnd('.')}.", TransportFailure.NotConnected, exception);
        }
        if (!Apply(information, request, taken))
        {
            throw Refused(
                $"Kiota's authentication provider ({authentication.GetType().Name}) added no key for {before.GetLeftPart(UriPartial.Authority)}: "
                + "its allowed hosts may not include this one.");
        }
    }

    private bool Apply(RequestInformation information, HttpRequestMessage request, OwnKey.Taken taken)
    {
        var isChanged = false;
        var added = new List<(string Name, string Value)>();
        foreach (var (name, values) in information.Headers)
        {
            var value = string.Join(", ", values);
            if (request.Headers.NonValidated.TryGetValues(name, out var known) && known.ToString() == value)
                continue;
            if (!HeaderRules.IsValidValue(value))
                throw Refused($"The value that Kiota's authentication provider set for '{name}' contains characters that are not valid in a header.");
            added.Add((name, value));
            request.Headers.Remove(name);
            isChanged |= request.Headers.TryAddWithoutValidation(name, value);
        }
        var (address, before) = (information.URI, request.RequestUri!);
        if (address != before)
        {
            if (address.GetLeftPart(UriPartial.Authority) != before.GetLeftPart(UriPartial.Authority))
                throw Refused("Kiota's authentication provider changed the server of a request.");
            added.AddRange(AddedKeys.ParametersOf(address, before));
            request.RequestUri = address;
            isChanged = true;
        }
        AddedKeys.Redact(options, taken, added, hasKey: true);
        return isChanged;
    }

    private static TransportException Refused(string problem) => new(problem + " Nothing was sent.", TransportFailure.Refused);
}
