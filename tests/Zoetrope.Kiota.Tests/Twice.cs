using Microsoft.Kiota.Abstractions;

namespace Zoetrope.Kiota.Tests;

/// <summary>What a handler sends a second time.</summary>
public enum Resent
{
    /// <summary>The message that it was given.</summary>
    Same,

    /// <summary>A copy with its options.</summary>
    Copy,

    /// <summary>A copy that has lost them.</summary>
    CopyWithoutOptions,
}

/// <summary>A handler of a user's that does not know the rules: sends what failed once more.</summary>
internal sealed class Twice : DelegatingHandler
{
    /// <summary>What it sends.</summary>
    public Resent Sends { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                return response;
        }
        catch (Errors.TransportException)
        {
            // Once more, as after an error.
        }
        return await base.SendAsync(Sends == Resent.Same ? request : CopyOf(request), cancellationToken);
    }

    private HttpRequestMessage CopyOf(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
        foreach (var (name, values) in request.Headers.NonValidated)
            copy.Headers.TryAddWithoutValidation(name, values.ToString());
        foreach (var (name, value) in request.Options)
        {
            if (Sends == Resent.Copy || value is not IRequestOption)
                copy.Options.Set(new HttpRequestOptionsKey<object?>(name), value);
        }
        return copy;
    }
}
