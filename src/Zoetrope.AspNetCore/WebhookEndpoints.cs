using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zoetrope.Eachlabs;
using Zoetrope.Fal.Webhooks;
using Zoetrope.Json;
using Zoetrope.Webhooks;

namespace Zoetrope.AspNetCore;

/// <summary>
/// Webhooks as endpoints. A request is verified over its raw body before anything of it is parsed, and the handler gets a delivery with a typed result.
/// <list type="bullet">
/// <item>200: the handler has finished, or had finished when the same delivery came before. The provider does not send it again.</item>
/// <item>400 (not about a job, or cut off), 401 (not the provider's, or not of this time), 413 (too large): refused, and the handler is not called.</item>
/// <item>500: the handler has thrown. The delivery is forgotten, and accepted when the provider sends it again.</item>
/// <item>503: it cannot be verified now, because the provider's keys cannot be fetched, or the same delivery is being handled. The provider sends it
/// again.</item>
/// </list>
/// So a delivery is handled at least once: handle it so that twice does no harm. The reason of a refusal is in the response and in the log.
/// </summary>
/// <remarks>
/// The sender is verified here, so the endpoint needs <c>AllowAnonymous()</c> where the app requires users to log in. Providers do not follow redirects: name
/// the https address in a submit.
/// </remarks>
public static class WebhookEndpoints
{
    private const string Category = "Zoetrope.AspNetCore.Webhooks";

    /// <summary>Maps the webhook of fal.</summary>
    /// <typeparam name="TResult">The result type of the model, or <see cref="RawJson"/> for any model.</typeparam>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path, such as <c>/hooks/fal</c>.</param>
    /// <param name="handler">Handles a delivery. It is responded to when the handler has finished; fal waits 15 seconds.</param>
    /// <param name="options">
    /// The options; null for the defaults, with which nothing shows whose job a delivery is about (see <see cref="FalWebhookOptions.UserIds"/>): then
    /// <see cref="WebhookDelivery{TResult}.TryRead"/> is false, and <see cref="WebhookDelivery{TResult}.GetResultAsync"/> asks fal.
    /// </param>
    /// <returns>The endpoint, for conventions such as <c>AllowAnonymous()</c>.</returns>
    public static IEndpointConventionBuilder MapFalWebhook<TResult>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Func<WebhookDelivery<TResult>, Task> handler,
        FalWebhookOptions? options = null)
        where TResult : IJsonModel<TResult> =>
        endpoints.MapFalWebhook(pattern, WithoutContext(handler), options);

    /// <summary>Maps the webhook of fal.</summary>
    /// <typeparam name="TResult">The result type of the model, or <see cref="RawJson"/> for any model.</typeparam>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path, such as <c>/hooks/fal</c>.</param>
    /// <param name="handler">
    /// Handles a delivery, with the request's services. <see cref="HttpContext.RequestAborted"/> fires when the provider stops waiting; a handler that goes on
    /// nevertheless has the delivery completed.
    /// </param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The endpoint, for conventions such as <c>AllowAnonymous()</c>.</returns>
    public static IEndpointConventionBuilder MapFalWebhook<TResult>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Func<WebhookDelivery<TResult>, HttpContext, Task> handler,
        FalWebhookOptions? options = null)
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var receiver = new FalWebhookReceiver(options);
        endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(receiver.Dispose);
        return endpoints.MapWebhook(pattern, receiver, handler);
    }

    /// <summary>Maps the webhook of Eachlabs.</summary>
    /// <typeparam name="TResult">The result type of the model, or <see cref="RawJson"/> for any model.</typeparam>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path, such as <c>/hooks/eachlabs</c>.</param>
    /// <param name="secret">The <see cref="Jobs.SubmitOptions.WebhookSecret"/> of the submits.</param>
    /// <param name="handler">Handles a delivery, which is responded to when the handler has finished.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The endpoint, for conventions such as <c>AllowAnonymous()</c>.</returns>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public static IEndpointConventionBuilder MapEachlabsWebhook<TResult>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string secret, Func<WebhookDelivery<TResult>, Task> handler,
        WebhookOptions? options = null)
        where TResult : IJsonModel<TResult> =>
        endpoints.MapWebhook(pattern, new EachlabsWebhookReceiver(secret, options), handler);

    /// <summary>Maps the webhook of any provider.</summary>
    /// <typeparam name="TResult">The result type of the model, or <see cref="RawJson"/> for any model.</typeparam>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path, such as <c>/hooks/flux</c>.</param>
    /// <param name="receiver">The provider's receiver, such as <c>new ReplicateWebhookReceiver(secret)</c>.</param>
    /// <param name="handler">Handles a delivery, which is responded to when the handler has finished.</param>
    /// <returns>The endpoint, for conventions such as <c>AllowAnonymous()</c>.</returns>
    public static IEndpointConventionBuilder MapWebhook<TResult>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, WebhookReceiver receiver,
        Func<WebhookDelivery<TResult>, Task> handler)
        where TResult : IJsonModel<TResult> =>
        endpoints.MapWebhook(pattern, receiver, WithoutContext(handler));

    /// <summary>Maps the webhook of any provider.</summary>
    /// <typeparam name="TResult">The result type of the model, or <see cref="RawJson"/> for any model.</typeparam>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path, such as <c>/hooks/flux</c>.</param>
    /// <param name="receiver">The provider's receiver, such as <c>new ReplicateWebhookReceiver(secret)</c>.</param>
    /// <param name="handler">
    /// Handles a delivery, with the request's services. <see cref="HttpContext.RequestAborted"/> fires when the provider stops waiting; a handler that goes on
    /// nevertheless has the delivery completed.
    /// </param>
    /// <returns>The endpoint, for conventions such as <c>AllowAnonymous()</c>.</returns>
    public static IEndpointConventionBuilder MapWebhook<TResult>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, WebhookReceiver receiver,
        Func<WebhookDelivery<TResult>, HttpContext, Task> handler)
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentNullException.ThrowIfNull(handler);
        var logger = endpoints.ServiceProvider.GetService<ILoggerFactory>()?.CreateLogger(Category) ?? NullLogger.Instance;
        var endpoint = new WebhookEndpoint(receiver, (delivery, context) => handler(new(delivery), context), logger);
        return endpoints.MapPost(pattern, endpoint.HandleAsync);
    }

    private static Func<WebhookDelivery<TResult>, HttpContext, Task> WithoutContext<TResult>(Func<WebhookDelivery<TResult>, Task> handler)
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return (delivery, _) => handler(delivery);
    }
}
