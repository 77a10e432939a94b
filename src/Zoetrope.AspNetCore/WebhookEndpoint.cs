using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zoetrope.Webhooks;

namespace Zoetrope.AspNetCore;

/// <summary>Receives the requests to one webhook.</summary>
internal sealed partial class WebhookEndpoint(WebhookReceiver receiver, Func<WebhookDelivery, HttpContext, Task> handler, ILogger logger)
{
    /// <summary>Verifies a request, has it handled, and responds.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        // A result may contain files.
        BodyLimit.Raise(context, receiver.MaxBodyBytes);
        WebhookReception reception;
        try
        {
            reception = await receiver.ReceiveAsync(context.Request.Body, name => context.Request.Headers[name], context.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            // Cut off, too slow or too large.
            LogUnreadable(receiver.Provider, exception.StatusCode, exception.Message);
            await RespondAsync(context, exception.StatusCode, "The body cannot be read.");
            return;
        }
        catch (Exception exception) when (
            exception is IOException || (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            // The sender has gone before the request was complete, and sends it again.
            return;
        }
        if (reception.Delivery is { } delivery)
        {
            await RespondAsync(context, await ProcessAsync(context, delivery) ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError, "");
            return;
        }
        LogRefused(receiver.Provider, reception.StatusCode, reception.Refusal!.Message);
        await RespondAsync(context, reception.StatusCode, reception.Refusal.Message);
    }

    private async Task<bool> ProcessAsync(HttpContext context, WebhookDelivery delivery)
    {
        try
        {
            await handler(delivery, context);
            // The sender may have gone meanwhile: what it sends again is a repeated delivery.
            await delivery.CompleteAsync(CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            // Whatever the handler threw, only a 5xx makes every provider send the delivery again.
            LogFailed(exception, receiver.Provider);
        }
        try
        {
            await delivery.ForgetAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // It is accepted again when its lease is over.
            LogNotForgotten(exception, receiver.Provider);
        }
        return false;
    }

    private static async Task RespondAsync(HttpContext context, int statusCode, string text)
    {
        // A handler that has responded by itself has had its say, except for a failure, which a sender must see.
        if (context.Response.HasStarted)
        {
            if (statusCode != StatusCodes.Status200OK)
                context.Abort();
            return;
        }
        if (statusCode == StatusCodes.Status500InternalServerError)
            context.Response.Clear();
        context.Response.StatusCode = statusCode;
        if (text.Length > 0)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(text, context.RequestAborted);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A webhook of {Provider} was refused with {StatusCode}: {Reason}")]
    private partial void LogRefused(string provider, int statusCode, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The body of a webhook of {Provider} could not be read, and was refused with {StatusCode}: {Reason}")]
    private partial void LogUnreadable(string provider, int statusCode, string reason);

    [LoggerMessage(3, LogLevel.Error, "A webhook of {Provider} was not handled. The provider sends it again.")]
    private partial void LogFailed(Exception exception, string provider);

    [LoggerMessage(4, LogLevel.Error, "A webhook of {Provider} that was not handled could not be forgotten. It is accepted when its lease is over.")]
    private partial void LogNotForgotten(Exception exception, string provider);
}
