using System.Net.Http.Headers;
using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Puts the key that a token provider returns in place of the client's own, in requests that have the latter.</summary>
/// <param name="provider">Returns the key.</param>
internal sealed class TokenKeys(Func<CancellationToken, ValueTask<string?>> provider)
{
    private static int _clients;

    private readonly bool _isBrief = provider.Target is IBriefTokenProvider;
    private volatile CurrentKey? _current;

    /// <summary>What stands in for the key in a client that has none of its own. It is never sent, and names the account within the process.</summary>
    public string StandIn { get; } = $"key-of-token-provider-{Interlocked.Increment(ref _clients)}";

    /// <summary>Replaces the client's own key in the headers of an attempt, which has it.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="auth">The header with the client's own key.</param>
    /// <param name="redactor">Removes keys from messages.</param>
    /// <inheritdoc cref="ApplyAsync(HttpRequestHeaders, AuthHeader, KeyRedactor, CancellationToken)" path="/exception"/>
    public ValueTask ApplyAsync(Attempt attempt, AuthHeader auth, KeyRedactor redactor)
    {
        // What the provider begins may go on with the token, also where it returns a key at once.
        attempt.IsTokenShared |= !_isBrief;
        return ApplyAsync(attempt.Message.Headers, auth, redactor, attempt.Token);
    }

    /// <summary>Replaces the client's own key in the headers of a message.</summary>
    /// <param name="headers">The headers, which have it.</param>
    /// <param name="auth">The header with the client's own key.</param>
    /// <param name="redactor">Removes keys from messages; null where nothing of the response is shown.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    /// <exception cref="TransportException">The provider failed, or returned no key. Nothing was sent.</exception>
    public ValueTask ApplyAsync(HttpRequestHeaders headers, AuthHeader auth, KeyRedactor? redactor, CancellationToken ct)
    {
        ValueTask<string?> key;
        try
        {
            key = provider(ct);
        }
        catch (Exception exception) when (IsFailure(exception, ct))
        {
            throw Failed(exception.Message, exception);
        }
        if (!key.IsCompletedSuccessfully)
            return ApplyAsync(key, headers, auth, redactor, ct);
        Apply(key.Result, headers, auth, redactor);
        return default;
    }

    private async ValueTask ApplyAsync(ValueTask<string?> pending, HttpRequestHeaders headers, AuthHeader auth, KeyRedactor? redactor, CancellationToken ct)
    {
        string? key;
        try
        {
            key = await pending.ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception, ct))
        {
            throw Failed(exception.Message, exception);
        }
        Apply(key, headers, auth, redactor);
    }

    // A cancellation that nobody asked it for is its own, such as that of an HttpClient whose time is over.
    private static bool IsFailure(Exception exception, CancellationToken ct) =>
        exception is not OperationCanceledException || !ct.IsCancellationRequested;

    private void Apply(string? key, HttpRequestHeaders headers, AuthHeader auth, KeyRedactor? redactor)
    {
        key = key?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            if (auth.Value.EndsWith(StandIn, StringComparison.Ordinal))
                throw Failed("it returned no key, and the client has none of its own");
            return;
        }
        var current = _current;
        if (current is null || current.Key != key || current.Own != auth.Value)
        {
            if (!HeaderRules.IsValidValue(key))
                throw Failed("its key contains characters that are not valid in a header, such as a line break");
            // Providers take a key with or without a scheme before it.
            var scheme = auth.Value[..(auth.Value.IndexOf(' ', StringComparison.Ordinal) + 1)];
            _current = current = new CurrentKey(key, auth.Value, scheme + key);
        }
        if (current.Header == auth.Value)
            return;
        redactor?.Learn(current.Header);
        headers.Remove(auth.Name);
        headers.TryAddWithoutValidation(auth.Name, current.Header);
    }

    // Without a connection nothing was accepted, and what is missing now may be there the next time, which is how this failure is treated, too.
    private static TransportException Failed(string problem, Exception? cause = null) =>
        new($"The token provider failed, so nothing was sent: {problem.TrimEnd('.')}.", TransportFailure.NotConnected, cause);

    private sealed record CurrentKey(string Key, string Own, string Header);
}
