using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using Zoetrope.Fal;

namespace Zoetrope.Kiota.Tests;

/// <summary>What apps have set up for Kiota, with everything in it that would send again or elsewhere.</summary>
internal static class KiotaSetups
{
    public const string KiotaKey = "kiota-0123456789-abcdef";
    public const string BufferingAdapter = "adapter that buffers";
    public const string OwnKey = "own-id:own-0123456789-abcdef";

    private static readonly Dictionary<string, Action<FalClientOptions>> _all = new()
    {
        ["handlers"] = static options => options.UseKiota(Handlers()),
        ["handlers and connections"] = static options => options.UseKiota(Handlers(), Connections()),
        ["authentication"] = static options => options.UseKiota(Bearer()),
        ["authentication with handlers"] = static options => options.UseKiota(Bearer(), Handlers(), Connections()),
        ["key"] = static options => options.UseKiota(new HeaderAuthentication("Key " + KiotaKey)),
        ["authorization handler"] = static options => options.UseKiota([.. Handlers(), new AuthorizationHandler(Bearer())]),
        ["adapter"] = static options => options.UseKiota(Adapter(Bearer())),
        [BufferingAdapter] = static options => options.UseKiota(Adapter(Bearer(), inspects: true)),
        ["adapter without a key"] = static options => options.UseKiota(Adapter(new AnonymousAuthenticationProvider()), sendsOwnKey: true),
    };

    public static TheoryData<string> Names => [.. _all.Keys];

    public static TheoryData<string, string> With(params string[] values) => [.. from name in _all.Keys from value in values select (name, value)];

    public static bool SendsOwnKey(string name) => name is "handlers" or "handlers and connections" or "adapter without a key";

    public static string KeyOf(string name) => SendsOwnKey(name) ? OwnKey : KiotaKey;

    /// <summary>A client that uses one.</summary>
    public static FalClient Client(string name, Uri address, int attempts = 3)
    {
        var options = new FalClientOptions { ApiKey = OwnKey, BaseUrl = address, SubmitAttempts = attempts };
        _all[name](options);
        return new(options);
    }

    /// <summary>Kiota's handlers, set up to repeat and redirect as much as they can.</summary>
    public static IList<DelegatingHandler> Handlers(bool inspects = true) =>
        KiotaClientFactory.CreateDefaultHandlers(
        [
            new RetryHandlerOption { Delay = 1, MaxRetry = 5, ShouldRetry = static (_, _, response) => !response.IsSuccessStatusCode },
            new RedirectHandlerOption
            {
                ShouldRedirect = static _ => true,
                AllowRedirectOnSchemeChange = true,
                ScrubSensitiveHeaders = static (_, _, _) => { },
            },
            new BodyInspectionHandlerOption { InspectRequestBody = inspects },
        ]);

    public static SocketsHttpHandler Connections() => new() { AllowAutoRedirect = false };

    public static BaseBearerTokenAuthenticationProvider Bearer(params string[] hosts) => new(new Tokens(hosts));

    public static HttpClientRequestAdapter Adapter(IAuthenticationProvider authentication, bool inspects = false) =>
        new(authentication, httpClient: KiotaClientFactory.Create(Handlers(inspects), Connections()));

    /// <summary>As Kiota's <see cref="ApiKeyAuthenticationProvider"/> does it, which refuses http, also at this machine.</summary>
    public sealed class HeaderAuthentication(string value) : IAuthenticationProvider
    {
        public Task AuthenticateRequestAsync(
            RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
        {
            request.Headers.Add("Authorization", value);
            return Task.CompletedTask;
        }
    }

    /// <summary>Returns the key for the hosts that it allows.</summary>
    private sealed class Tokens(string[] hosts) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new(hosts);

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(AllowedHostsValidator.IsUrlHostValid(uri) ? KiotaKey : "");
    }
}
